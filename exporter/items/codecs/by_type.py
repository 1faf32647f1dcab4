"""The codec of each type of value."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, Final

from exporter.items.codecs.codec import Codec
from exporter.items.codecs.entities import ENTITY_REF
from exporter.items.codecs.enumerations import enumeration_codec
from exporter.items.codecs.numbers import INTEGER, MONEY, PER_SHARE, PERCENT, RATE, RATIO, SHARE_COUNT
from exporter.items.codecs.simple_values import BOOLEAN, DATE, MONTH, MONTH_DAY, STRING, TEXT_BLOCK

_CODECS: Final[Mapping[type, Codec]] = {
    codec.python_type: codec
    for codec in (
        *(MONEY, PER_SHARE, PERCENT, RATE, RATIO, SHARE_COUNT, INTEGER, BOOLEAN, STRING),
        *(TEXT_BLOCK, DATE, MONTH, MONTH_DAY, ENTITY_REF),
    )
}


def codec_for(python_type: Any) -> Codec | None:
    """The codec of a type, or ``None`` where there is none."""
    if isinstance(python_type, type) and issubclass(python_type, enum.StrEnum):
        return enumeration_codec(python_type)
    return _CODECS.get(python_type)
