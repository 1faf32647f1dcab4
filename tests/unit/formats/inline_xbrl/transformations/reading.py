"""Reading by a transformation's short name, for the tests of this folder."""

from __future__ import annotations

from exporter.model.qname import QName
from exporter.transformations import IXT_1, IXT_2, IXT_3, IXT_4, IXT_5, IXT_SEC, ValueNotAccepted, parse

REGISTRY = {"1": IXT_1, "2": IXT_2, "3": IXT_3, "4": IXT_4, "5": IXT_5, "sec": IXT_SEC}


def named(name: str) -> QName:
    """``4:num-dot-decimal`` → the name in registry 4."""
    registry, _, local_name = name.partition(":")
    return QName(REGISTRY[registry], local_name)


def read(name: str, text: str) -> str | None:
    """The value, or ``None`` where the transformation does not accept the text."""
    try:
        return parse(named(name), text)
    except ValueNotAccepted:
        return None
