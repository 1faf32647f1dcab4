"""Which names each registry has, and the way from a name and a text to a value (Transformation Rules Registries 1 to 5,
EDGAR's ``ixt-sec``).

The modules with the rules are imported when a name is looked up that they may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Final

from attrs import define, frozen

from exporter.findings import list_text, shortened
from exporter.model.qname import QName
from exporter.transformations.rule import TransformationRule, UnknownTransformation, ValueNotAccepted, collapse

_BASE: Final = "http://www.xbrl.org/inlineXBRL/transformation/"
IXT_1_BEFORE_RECOMMENDATION: Final = "http://www.xbrl.org/2008/inlineXBRL/transformation"
IXT_1: Final = _BASE + "2010-04-20"
IXT_2: Final = _BASE + "2011-07-31"
IXT_3: Final = _BASE + "2015-02-26"
IXT_4: Final = _BASE + "2020-02-12"
IXT_5: Final = _BASE + "2022-02-16"
IXT_SEC: Final = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"


@frozen
class TransformationTable:
    """Rules by name, as a module of this room has them under ``name``; their names begin with one of ``stems``."""

    module: str
    name: str
    stems: tuple[str, ...]

    @property
    def rules(self) -> Mapping[str, TransformationRule]:
        rules: Mapping[str, TransformationRule] = getattr(
            import_module(f"exporter.transformations.{self.module}"), self.name
        )
        return rules


@define(eq=False, slots=False)
class RuleRegistry(Mapping[str, TransformationRule]):
    """The rules of several tables by name; what a later table has takes the place of an earlier one's."""

    tables: tuple[TransformationTable, ...]

    def __getitem__(self, name: str) -> TransformationRule:
        for table in reversed(self.tables):
            if name.startswith(table.stems) and name in table.rules:
                return table.rules[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    @cached_property
    def _rules(self) -> dict[str, TransformationRule]:
        return {name: rule for table in self.tables for name, rule in table.rules.items()}


_NUM: Final = ("num",)
_DATE: Final = ("date",)
_TABLES_1: Final = (
    TransformationTable("numbers", "NUMBERS_1", _NUM),
    TransformationTable("dates", "NUMERIC_DATES_1", _DATE),
    TransformationTable("named_dates", "NAMED_DATES_1", _DATE),
)
_TABLES_2: Final = (
    TransformationTable("names", "FIXED_2", ("nocontent", "boolean")),
    TransformationTable("numbers", "NUMBERS_2", (*_NUM, "zerodash")),
    TransformationTable("dates", "NUMERIC_DATES_2", _DATE),
    TransformationTable("named_dates", "NAMED_DATES_2", _DATE),
    TransformationTable("dates", "ERA_DATES_2", _DATE),
)
_TABLES_3: Final = (
    *_TABLES_2,
    TransformationTable("numbers", "NUMBERS_3", _NUM),
    TransformationTable("dates", "NUMERIC_DATES_3", _DATE),
    TransformationTable("named_dates", "NAMED_DATES_3", _DATE),
    TransformationTable("dates", "INDIAN_DATES_3", (*_DATE, "calin")),
)
_TABLES_4: Final = (
    TransformationTable("names", "FIXED_4", ("fixed-",)),
    TransformationTable("numbers", "NUMBERS_4", _NUM),
    TransformationTable("dates", "NUMERIC_DATES_4", _DATE),
    TransformationTable("named_dates", "NAMED_DATES_4", _DATE),
    TransformationTable("dates", "ERA_DATES_4", _DATE),
    TransformationTable("dates", "INDIAN_DATES_4", _DATE),
)
_TABLES_5: Final = (
    *_TABLES_4,
    TransformationTable("numbers", "NUMBERS_5", _NUM),
    TransformationTable("named_dates", "NAMED_DATES_5", _DATE),
)
_TABLES_SEC: Final = (
    TransformationTable("names", "FIXED_SEC", ("numinf", "numneginf", "numnan", "bool", "yesno")),
    TransformationTable("numbers", "NUMBER_WORDS", ("numwords",)),
    TransformationTable("durations", "DURATIONS", ("dur",)),
    TransformationTable("dates", "QUARTER_ENDS", ("datequarterend",)),
    TransformationTable(
        "names", "NAMES", ("countryname", "stateprovname", "edgarprovcountry", "exchname", "entityfiler")
    ),
)

REGISTRIES: Final[Mapping[str, RuleRegistry]] = MappingProxyType(
    {
        IXT_1_BEFORE_RECOMMENDATION: RuleRegistry(_TABLES_1),
        IXT_1: RuleRegistry(_TABLES_1),
        IXT_2: RuleRegistry(_TABLES_2),
        IXT_3: RuleRegistry(_TABLES_3),
        IXT_4: RuleRegistry(_TABLES_4),
        IXT_5: RuleRegistry(_TABLES_5),
        IXT_SEC: RuleRegistry(_TABLES_SEC),
    }
)


@cache
def find_rule(name: QName) -> TransformationRule:
    """The rule of that name.

    Raises:
        UnknownTransformation: the namespace is none of a registry, or the registry has no such rule.
    """
    rules = REGISTRIES.get(name.namespace)
    if rules is None:
        known = list_text(REGISTRIES)
        message = f"expected a transformation of a known registry, got {name.local_name!r} of {name.namespace!r}"
        raise UnknownTransformation(name, message, f"bind the prefix of the format to one of: {known}")
    rule = rules.get(name.local_name)
    if rule is None:
        raise UnknownTransformation(name, f"the registry {name.namespace} has no transformation {name.local_name!r}")
    return rule


def parse(name: QName, text: str) -> str:
    """The value's text for the text that a document displays. White space is collapsed first.

    Numbers come out without a sign (the attribute ``sign`` holds it), dates as XML Schema writes them.

    Raises:
        UnknownTransformation: no registry has the name.
        ValueNotAccepted: the rule does not accept the text.
    """
    rule = find_rule(name)
    value = rule.parser(collapse(text))
    if value is None:
        message = f"{name.local_name} does not accept {shortened(text)}; expected {rule.expects}"
        raise ValueNotAccepted(name, message, "correct the text or its format")
    return value
