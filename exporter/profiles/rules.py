"""Filing rules as data: a table holds what a regulator asks of a report, each rule with a code of its own.

The types say how a rule may look; what the rules say stands in files (`exporter.profiles.read_rules`), and what
applies them to a report is `exporter.validation.filing_rules`. No code branches on a regulator.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from attrs import field, frozen

from exporter.findings import Severity
from exporter.model.patterns import RulePattern, compile_rule_pattern
from exporter.profiles.toml import is_pattern


class Level(enum.StrEnum):
    """How much the cover page needs a fact."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    CONDITIONAL = "conditional"
    FORBIDDEN = "forbidden"
    OPTIONAL = "optional"


Need = Literal["any", "all", "all_or_none", "one_true"]
"""Of several concepts: one is reported, all are, all or none, or all and exactly one of them is true."""


@frozen(kw_only=True)
class Condition:
    """A question about the cover page; what is given holds together.

    ``concept`` with ``values``: a fact of it has one of them; without: it is reported. ``forms``: the document is of
    one of these types. ``namespace``: a pattern that the namespace of some fact fits, or that of the
    filer's own taxonomy.
    """

    concept: str | None = None
    values: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    namespace: str | None = field(default=None, validator=is_pattern)
    every: tuple[Condition, ...] = ()
    some: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()

    @property
    def concepts(self) -> Iterator[str]:
        """Every concept that the question names."""
        if self.concept is not None:
            yield self.concept
        for part in (*self.every, *self.some, *self.none):
            yield from part.concepts


def _texts(value: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(value))


def _parameters(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


@frozen(kw_only=True)
class ValueRule:
    """What values a fact may have.

    ``pattern`` is a regular expression for the whole value, ``one_of`` lists values, ``aliases`` maps local names of
    enumeration members to such values. ``equals`` names what the value repeats: ``period_end`` (the last day of the
    report's period), ``entity`` (the identifier), ``fiscal_year_end`` (its month and day).
    """

    pattern: str | None = field(default=None, validator=is_pattern)
    one_of: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(factory=dict, converter=_texts)
    equals: Literal["period_end", "entity", "fiscal_year_end"] | None = None

    def meaning(self, text: str) -> str:
        """The value, an enumeration member by the value it stands for."""
        return self.aliases.get(text.rpartition("#")[2].rpartition("}")[2], text)

    def allows(self, text: str) -> bool:
        """Whether pattern and list allow the value."""
        text = self.meaning(text)
        if self.pattern is not None and compile_rule_pattern(self.pattern).fullmatch(text) is None:
            return False
        return not self.one_of or text in self.one_of


@frozen(kw_only=True)
class Cut:
    """An axis and a member of it, by local name: facts stand there, or, in a taxonomy without the axis, undivided."""

    axis: str
    member: str


@frozen(kw_only=True)
class TableRule:
    """What every rule has.

    ``code`` is the code of its findings: ``{prefix}:{number}-{name}``, without the number where the regulator has none.
    ``when`` says under which circumstances it holds; ``message`` and ``fix`` are in place of those that the kind of
    rule words itself.
    """

    code: str
    name: str = field()
    severity: Severity
    number: str | None = None
    when: Condition | None = None
    message: str | None = None
    fix: str | None = None

    @name.validator
    def _is_in_capitalised_words(self, _: object, value: str) -> None:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", value):
            raise ValueError(f"is in capitalised words, letters and digits only, got {value!r}")


@frozen(kw_only=True)
class CoverRule(TableRule):
    """A rule on facts of the cover page, named by the local names of their concepts.

    ``each`` asks it of every context in which that concept is reported. ``divided`` lets the facts stand on any axes
    (classes of shares); else they stand undivided, or ``within`` a cut. ``instant`` is for facts at a date.
    """

    concepts: tuple[str, ...]
    level: Level
    need: Need = "any"
    value: ValueRule | None = None
    each: str | None = None
    divided: bool = False
    within: Cut | None = None
    instant: bool = False


@frozen(kw_only=True)
class DocumentRule(TableRule):
    """A rule of a kind that `exporter.validation.filing_rules` knows, with its parameters."""

    kind: str
    parameters: Mapping[str, Any] = field(factory=dict, converter=_parameters)

    def texts(self, name: str) -> tuple[str, ...]:
        """A parameter that lists texts; empty where it is not given."""
        return tuple(self.parameters.get(name, ()))

    def text(self, name: str, default: str = "") -> str:
        """A parameter that is one text."""
        return str(self.parameters.get(name, default))

    def pattern(self, default: str = ".*") -> RulePattern:
        """The parameter ``pattern``."""
        return compile_rule_pattern(self.text("pattern", default))

    def number_of(self, name: str, default: int) -> int:
        """A parameter that is a number."""
        return int(self.parameters.get(name, default))

    def texts_by_name(self, name: str) -> Mapping[str, Any]:
        """A parameter that maps names to something."""
        value = self.parameters.get(name, {})
        return value if isinstance(value, Mapping) else {}


@frozen(kw_only=True)
class RuleElsewhere:
    """A published rule that nothing here can check: its number, and what ``needs`` it."""

    number: str
    needs: str


@frozen(kw_only=True)
class PublishedRule:
    """A rule that a regulator has published: its number, what it asks in our words, and why nothing here asks it.

    ``not_asked`` is empty for rules that apply to what is written and read here.
    """

    number: str
    text: str
    not_asked: str = ""


@frozen(kw_only=True, slots=False)
class RuleTable:
    """The rules of one kind of filing.

    ``standard`` are regular expressions of namespaces that are nobody's own; every other namespace is the filer's.
    ``cover_namespace`` is one for the namespace of cover facts; the filer's own names of the same local name count too.
    ``form_concept`` and ``period_concept`` report the type and the last day of the document. ``elsewhere`` are the
    published rules that need software which is not part of this package. ``submission`` says that a plain folder is
    what is filed, so that a folder which is validated is looked at as a whole.
    """

    name: str
    prefix: str = field()
    title: str
    source: str
    forms: tuple[str, ...] = ()
    standard: tuple[str, ...] = field(default=(), validator=is_pattern)
    cover_namespace: str | None = field(default=None, validator=is_pattern)
    form_concept: str | None = None
    period_concept: str | None = None
    cover_rules: tuple[CoverRule, ...] = field(default=(), metadata={"key": "cover"})
    document_rules: tuple[DocumentRule, ...] = field(default=(), metadata={"key": "document"})
    elsewhere: tuple[RuleElsewhere, ...] = ()
    submission: bool = False

    @prefix.validator
    def _is_in_lower_case(self, _: object, value: str) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", value):
            raise ValueError(f"is a word in lower case, got {value!r}")

    @property
    def rules(self) -> tuple[TableRule, ...]:
        """All rules, those of the cover page first."""
        return (*self.cover_rules, *self.document_rules)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all rules, in order."""
        return tuple(rule.code for rule in self.rules)

    def rule(self, code: str) -> TableRule | None:
        """The rule with a code."""
        return next((rule for rule in self.rules if rule.code == code), None)

    @cached_property
    def _standard(self) -> RulePattern | None:
        return compile_rule_pattern("|".join(f"(?:{pattern})" for pattern in self.standard)) if self.standard else None

    def is_standard(self, namespace: str) -> bool:
        """Whether a namespace belongs to a standard taxonomy or to XBRL itself."""
        return self._standard is not None and self._standard.match(namespace) is not None

    def has_cover_facts(self, namespace: str) -> bool:
        """Whether a namespace is the regulator's for facts of the cover page."""
        pattern = self.cover_namespace
        return pattern is not None and compile_rule_pattern(pattern).match(namespace) is not None

    def is_cover(self, namespace: str) -> bool:
        """Whether facts of the namespace may stand on the cover page: the regulator's, or the filer's own."""
        return self.has_cover_facts(namespace) or not self.is_standard(namespace)
