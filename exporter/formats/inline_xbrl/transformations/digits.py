"""Digits of other scripts, as tables for ``str.translate``."""

from __future__ import annotations

from typing import Final

FULL_WIDTH_DIGITS: Final = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
DEVANAGARI_DIGITS: Final = {0x966 + digit: 0x30 + digit for digit in range(10)}
