"""The names that may be given: of formats, profiles and tables of filing rules."""

from __future__ import annotations

from typing import Final

from exporter.formats.registry import YAML_SUFFIXES as YAML_SUFFIXES
from exporter.formats.registry import format_to_write as format_to_write
from exporter.formats.registry import formats
from exporter.profiles import PROFILES, RULE_TABLES

FORMATS: Final = tuple(syntax.name for syntax in formats())
PROFILE_NAMES: Final = PROFILES
RULE_TABLE_NAMES: Final = RULE_TABLES
