"""Transformation registries of Inline XBRL: displayed text → value (`parse`), value → displayed text by a
named rule (`format_as`) or by the style of a document (`format_value`).

Known are the Transformation Rules Registries 1 to 5 of XBRL International, registry 1 also under the namespace it had
before its recommendation, and the registry of the SEC (``ixt-sec``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.transformations.display import DateForm as DateForm
    from exporter.transformations.display import Displayed as Displayed
    from exporter.transformations.display import Negative as Negative
    from exporter.transformations.display import Style as Style
    from exporter.transformations.display import format_boolean as format_boolean
    from exporter.transformations.display import format_date as format_date
    from exporter.transformations.display import format_duration as format_duration
    from exporter.transformations.display import format_number as format_number
    from exporter.transformations.display import format_value as format_value
    from exporter.transformations.display import format_with_units as format_with_units
    from exporter.transformations.inverse import find_formats as find_formats
    from exporter.transformations.inverse import format_as as format_as
    from exporter.transformations.inverse import writable_formats as writable_formats
    from exporter.transformations.registry import IXT_1 as IXT_1
    from exporter.transformations.registry import IXT_2 as IXT_2
    from exporter.transformations.registry import IXT_3 as IXT_3
    from exporter.transformations.registry import IXT_4 as IXT_4
    from exporter.transformations.registry import IXT_5 as IXT_5
    from exporter.transformations.registry import IXT_SEC as IXT_SEC
    from exporter.transformations.registry import REGISTRIES as REGISTRIES
    from exporter.transformations.registry import find_rule as find_rule
    from exporter.transformations.registry import parse as parse
    from exporter.transformations.rule import Gives as Gives
    from exporter.transformations.rule import NotPrintable as NotPrintable
    from exporter.transformations.rule import TransformationError as TransformationError
    from exporter.transformations.rule import TransformationRule as TransformationRule
    from exporter.transformations.rule import UnknownTransformation as UnknownTransformation
    from exporter.transformations.rule import ValueNotAccepted as ValueNotAccepted

_MODULES = {
    "display": (
        "DateForm",
        "Displayed",
        "Negative",
        "Style",
        "format_boolean",
        "format_date",
        "format_duration",
        "format_number",
        "format_value",
        "format_with_units",
    ),
    "inverse": (
        "find_formats",
        "format_as",
        "writable_formats",
    ),
    "registry": (
        "IXT_1",
        "IXT_2",
        "IXT_3",
        "IXT_4",
        "IXT_5",
        "IXT_SEC",
        "REGISTRIES",
        "find_rule",
        "parse",
    ),
    "rule": (
        "Gives",
        "NotPrintable",
        "TransformationError",
        "TransformationRule",
        "UnknownTransformation",
        "ValueNotAccepted",
    ),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value
