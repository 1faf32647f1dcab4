"""The standard item types."""

from __future__ import annotations

from exporter.model.datatypes import DataType
from exporter.model.standard_types import STANDARD_TYPES


def test_every_standard_type_comes_down_to_a_base() -> None:
    assert all(isinstance(each, DataType) and each.base and each.standard for each in STANDARD_TYPES.values())
    assert len({name.local_name for name in STANDARD_TYPES}) > 80
