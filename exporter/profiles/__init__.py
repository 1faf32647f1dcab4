"""What binds the fields of items to standard concepts and what a regulator wants of a document: data, and its types.

Which regulators there are is a matter of the files in ``data``; code never asks for one by name.
"""

from __future__ import annotations

from typing import Final

PROFILES: Final = ("extension-only", "sec-us-gaap", "sec-ifrs", "esef-ifrs", "edinet")
"""The profiles of this package."""

RULE_TABLES: Final = ("edinet", "esef", "form-20-f")
"""The tables of filing rules of this package."""
