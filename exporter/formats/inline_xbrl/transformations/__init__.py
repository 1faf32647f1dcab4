"""Transformation registries of Inline XBRL: displayed text → value (`parse`) and value → displayed text.

Known are the Transformation Rules Registries 1 to 5 of XBRL International, registry 1 also under the namespace it had
before its recommendation, and the registry of the SEC (``ixt-sec``).
"""

from __future__ import annotations

from exporter.formats.inline_xbrl.transformations.faults import (
    NotPrintable,
    TransformationError,
    UnknownTransformation,
    ValueNotAccepted,
)
from exporter.formats.inline_xbrl.transformations.registry import REGISTRIES, find_rule, parse
from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

__all__ = [
    "REGISTRIES",
    "Gives",
    "NotPrintable",
    "Rule",
    "TransformationError",
    "UnknownTransformation",
    "ValueNotAccepted",
    "find_rule",
    "parse",
]
