"""The engine of all rules: what a rule is, how a function becomes one, and how a set of rules is run.

A rule is a generator of findings over a subject. `rule` names the codes it may yield, their severity and the section of
the specification that it checks. A set of rules has one kind of subject (a report, a taxonomy, a filing, the items of a
report …) and is gathered from its modules by `rules_of`, so that adding a rule is adding one function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any, Final, Generic, Literal, TypeVar

from attrs import evolve, frozen

from exporter.findings import Finding, Location, Severity
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact

Syntax = Literal["json", "csv", "xml"]
S = TypeVar("S")
T = TypeVar("T")


@frozen(kw_only=True)
class Codes:
    """One finding that each syntax's specification gives a code of its own."""

    json: str
    csv: str
    xml: str

    @classmethod
    def oim(cls, code: str, *, xml: str) -> Codes:
        """A code of the Open Information Model, and the one that XBRL 2.1 has for the same."""
        return cls(json=code, csv=code, xml=xml)

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((self.json, self.csv, self.xml))


Code = str | Codes


@frozen(kw_only=True)
class Rule(Generic[S]):
    """A check of one kind of subject.

    ``codes`` are those of its findings. A finding that names no other severity has that of the rule. ``section`` is the
    part of a specification that the rule checks, such as ``XBRL 2.1, 4.8.2``. ``about`` are the classes of which a rule
    across report items needs one; with none it looks at all. ``needs`` names what the subject must have for the rule to
    have anything to look at, as the ``has`` of its class understands it.
    """

    codes: tuple[Code, ...]
    check: Callable[[S], Iterable[Finding]]
    severity: Severity = Severity.ERROR
    section: str | None = None
    about: tuple[type, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.check.__name__


def rule(
    *codes: Code,
    severity: Severity = Severity.ERROR,
    section: str | None = None,
    about: tuple[type, ...] = (),
    needs: tuple[str, ...] = (),
) -> Callable[[Callable[[S], Iterable[Finding]]], Rule[S]]:
    """Make a generator of findings a rule that may yield ``codes``."""
    return lambda check: Rule(codes=codes, check=check, severity=severity, section=section, about=about, needs=needs)


def run(rules: Iterable[Rule[S]], subject: S) -> Iterator[Finding]:
    """Yield the findings of each rule in turn; a rule runs when its first finding is asked for.

    A rule that needs what the subject does not have is left out.
    """
    held: Any = subject
    for entry in rules:
        if not all(held.has(need) for need in entry.needs):
            continue
        if entry.severity is Severity.ERROR:
            yield from entry.check(subject)
            continue
        for finding in entry.check(subject):
            yield evolve(finding, severity=entry.severity) if finding.is_error else finding


def rules_of(*modules: ModuleType) -> tuple[Rule[Any], ...]:
    """The rules that modules define, in the order in which they stand there."""
    return tuple(defined_in(modules, Rule))


def defined_in(modules: Iterable[ModuleType], kind: type[T]) -> Iterator[T]:
    """What modules define of one kind with the decorators of this package, not what they import of it."""
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, kind) and getattr(value, "check").__module__ == module.__name__:  # noqa: B009
                yield value


def codes_of(rules: Iterable[Rule[Any]]) -> frozenset[str]:
    """Every code that rules may yield, in any syntax."""
    codes = (code for entry in rules for code in entry.codes)
    return frozenset(text for code in codes for text in ((code,) if isinstance(code, str) else code))


def at_fact(finding: Finding, fact: Fact) -> Finding:
    """The finding at a fact; a fact without an id is named by concept and period."""
    location = Location(fact=fact.id) if fact.id is not None else Location(item=f"{fact.concept}, {fact.period}")
    return evolve(finding, location=location)


def is_a(datatype: DataType, *names: str) -> bool:
    """Whether a type is one of the standard types with these local names, or derived from one."""
    return datatype.standard in names or not datatype.lineage.isdisjoint(names)


_LONGEST_VALUE: Final = 60


def value_text(value: str | None, limit: int = _LONGEST_VALUE) -> str:
    """A value for a message: quoted, cut where it is long, ``nil`` for none."""
    if value is None:
        return "nil"
    return repr(value) if len(value) <= limit else f"{value[:limit]!r}…"
