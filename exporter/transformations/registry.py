"""Which names each registry has, and the way from a name and a text to a value (Transformation Rules Registries 1 to 5,
EDGAR's ``ixt-sec``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from exporter.findings import list_text, shortened
from exporter.model.qname import QName
from exporter.transformations.dates import (
    ERA_DATES_2,
    ERA_DATES_4,
    INDIAN_DATES_3,
    INDIAN_DATES_4,
    NUMERIC_DATES_1,
    NUMERIC_DATES_2,
    NUMERIC_DATES_3,
    NUMERIC_DATES_4,
    QUARTER_ENDS,
)
from exporter.transformations.durations import DURATIONS
from exporter.transformations.named_dates import (
    NAMED_DATES_1,
    NAMED_DATES_2,
    NAMED_DATES_3,
    NAMED_DATES_4,
    NAMED_DATES_5,
)
from exporter.transformations.names import FIXED_2, FIXED_4, FIXED_SEC, NAMES
from exporter.transformations.numbers import NUMBER_WORDS, NUMBERS_1, NUMBERS_2, NUMBERS_3, NUMBERS_4, NUMBERS_5
from exporter.transformations.rule import TransformationRule, UnknownTransformation, ValueNotAccepted, collapse

_BASE: Final = "http://www.xbrl.org/inlineXBRL/transformation/"
IXT_1_BEFORE_RECOMMENDATION: Final = "http://www.xbrl.org/2008/inlineXBRL/transformation"
IXT_1: Final = _BASE + "2010-04-20"
IXT_2: Final = _BASE + "2011-07-31"
IXT_3: Final = _BASE + "2015-02-26"
IXT_4: Final = _BASE + "2020-02-12"
IXT_5: Final = _BASE + "2022-02-16"
IXT_SEC: Final = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"

_RULES_1 = {**NUMBERS_1, **NUMERIC_DATES_1, **NAMED_DATES_1}
_RULES_2 = {**FIXED_2, **NUMBERS_2, **NUMERIC_DATES_2, **NAMED_DATES_2, **ERA_DATES_2}
_RULES_3 = {**_RULES_2, **NUMBERS_3, **NUMERIC_DATES_3, **NAMED_DATES_3, **INDIAN_DATES_3}
_RULES_4 = {**FIXED_4, **NUMBERS_4, **NUMERIC_DATES_4, **NAMED_DATES_4, **ERA_DATES_4, **INDIAN_DATES_4}
_RULES_5 = {**_RULES_4, **NUMBERS_5, **NAMED_DATES_5}
_RULES_SEC = {**FIXED_SEC, **NUMBER_WORDS, **DURATIONS, **QUARTER_ENDS, **NAMES}

REGISTRIES: Final[Mapping[str, Mapping[str, TransformationRule]]] = MappingProxyType(
    {
        IXT_1_BEFORE_RECOMMENDATION: MappingProxyType(_RULES_1),
        IXT_1: MappingProxyType(_RULES_1),
        IXT_2: MappingProxyType(_RULES_2),
        IXT_3: MappingProxyType(_RULES_3),
        IXT_4: MappingProxyType(_RULES_4),
        IXT_5: MappingProxyType(_RULES_5),
        IXT_SEC: MappingProxyType(_RULES_SEC),
    }
)


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
