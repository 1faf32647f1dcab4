"""Transformation registries of Inline XBRL: displayed text → value (`parse`), value → displayed text by a
named rule (`format_as`) or by the style of a document (`format_value`).

Known are the Transformation Rules Registries 1 to 5 of XBRL International, registry 1 also under the namespace it had
before its recommendation, and the registry of the SEC (``ixt-sec``).
"""

from __future__ import annotations

from exporter.transformations.display import (
    DateForm,
    Displayed,
    Negative,
    Style,
    format_boolean,
    format_date,
    format_duration,
    format_number,
    format_value,
    format_with_units,
)
from exporter.transformations.inverse import find_formats, format_as, writable_formats
from exporter.transformations.registry import IXT_1, IXT_2, IXT_3, IXT_4, IXT_5, IXT_SEC, REGISTRIES, find_rule, parse
from exporter.transformations.rule import (
    Gives,
    NotPrintable,
    TransformationError,
    TransformationRule,
    UnknownTransformation,
    ValueNotAccepted,
)

__all__ = [
    "IXT_1",
    "IXT_2",
    "IXT_3",
    "IXT_4",
    "IXT_5",
    "IXT_SEC",
    "REGISTRIES",
    "DateForm",
    "Displayed",
    "Gives",
    "Negative",
    "NotPrintable",
    "Style",
    "TransformationError",
    "TransformationRule",
    "UnknownTransformation",
    "ValueNotAccepted",
    "find_formats",
    "find_rule",
    "format_as",
    "format_boolean",
    "format_date",
    "format_duration",
    "format_number",
    "format_value",
    "format_with_units",
    "parse",
    "writable_formats",
]
