"""Language tags of items, footnotes and filings (BCP 47, as XML Schema's ``language`` spells them)."""

from __future__ import annotations

import re
from typing import Final

LANGUAGE_PATTERN: Final = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_TAG: Final = re.compile(LANGUAGE_PATTERN)


def is_language_tag(value: object) -> bool:
    """Whether ``value`` is a language tag such as ``en`` or ``zh-Hant``."""
    return isinstance(value, str) and _TAG.fullmatch(value) is not None
