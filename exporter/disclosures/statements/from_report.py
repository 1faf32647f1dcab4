"""Statements out of a report with its taxonomy: the way back from presentation and calculation to printed tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from html import unescape
from typing import Any, Final

from attrs import field, frozen

from exporter.disclosures.statements.items import (
    BalanceSheet,
    CashFlowStatement,
    ChangesInEquity,
    ComprehensiveIncome,
    IncomeStatement,
    Schedule,
)
from exporter.disclosures.statements.layout import Statement, StatementColumn, StatementRow
from exporter.disclosures.statements.parenthetical import with_amounts_in_labels
from exporter.items.values.numerals import last_place
from exporter.items.values.printing import digits_at, print_sign
from exporter.model.dimensions import Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.networks import PARENT_CHILD, SUMMATIONS, WIDER_NARROWER, Network
from exporter.taxonomy.taxonomy import Taxonomy

_TITLE: Final = re.compile(r"^[0-9]+[a-z]? - Statement - ")
_OF_STATEMENT: Final = re.compile(r"BalanceSheet|StatementOf|IncomeStatement|CashFlow|ComprehensiveIncome", re.I)
_KINDS: Final = {"shares": "shares", "perShare": "per share", "percent": "percent", "pure": "pure", "decimal": "number"}
_FEWEST: Final = 4  # of how many rows one has a value in a column that is kept
Period = Instant | Duration
Key = tuple[Period, tuple[Dimension, ...]]


@frozen(kw_only=True)
class DerivedStatements:
    """Statements made of a report, and the facts that they hold, by their identity."""

    statements: tuple[Statement, ...]
    facts: frozenset[int]


def derive_statements(
    report: Report, taxonomy: Taxonomy, *, entity: Entity | None, namespace: str, language: str
) -> DerivedStatements:
    """The statements whose presentation the taxonomy has, in the order of their roles' definitions.

    Args:
        namespace: of the filing's own concepts.
        language: in which labels are printed.
    """
    facts: dict[QName, list[Fact]] = {}
    for fact in report.facts:
        if (
            fact.entity == entity
            and (fact.looks_numeric or fact.value is not None)
            and isinstance(fact.period, Instant | Duration)
        ):
            facts.setdefault(fact.concept, []).append(fact)
    statements: list[Statement] = []
    notes = _footnotes(report)
    used: set[int] = set()
    for role in sorted(taxonomy.roles_of(PARENT_CHILD), key=lambda uri: _definition(taxonomy, uri)):
        definition = _definition(taxonomy, role)
        is_named = _TITLE.match(definition) or (not re.match("[0-9]+ - ", definition) and _OF_STATEMENT.search(role))
        if not is_named:
            continue
        table = _StatementTable(taxonomy, role, facts, notes, namespace, language)
        statement = table.statement(_TITLE.sub("", definition) or role)
        if statement is not None:
            statements.append(statement)
            used |= table.used
    return DerivedStatements(statements=tuple(with_amounts_in_labels(statements)), facts=frozenset(used))


def _definition(taxonomy: Taxonomy, role: str) -> str:
    return taxonomy.definition(role) or role


@frozen(eq=False)
class _TreeRow:
    """A row of a presentation."""

    concept: QName
    depth: int
    preferred: str | None

    @property
    def at(self) -> str | None:
        """The edge of the period that a label of balances carried forward says."""
        text = (self.preferred or "").lower()
        return "start" if "periodstart" in text else "end" if "periodend" in text else None

    @property
    def sign(self) -> int:
        """-1 where the label shows the opposite of the fact."""
        return -1 if self.preferred in roles.NEGATED_ROLES else 1


def _footnotes(report: Report) -> dict[str, dict[str, None]]:
    """The texts of footnotes without markup, by the ids of the facts that they belong to."""
    texts = {note.id: unescape(note.content) for note in report.footnotes if "<" not in note.content}
    notes: dict[str, dict[str, None]] = {}
    for link in report.links:
        if link.target in texts:
            notes.setdefault(link.source, {})[texts[link.target]] = None
    return notes


@frozen(eq=False, slots=False)
class _StatementTable:
    """One statement: the rows of its presentation and the facts that stand in them."""

    taxonomy: Taxonomy
    role: str
    facts: dict[QName, list[Fact]]
    notes: Mapping[str, Mapping[str, None]]
    namespace: str
    language: str
    used: set[int] = field(factory=set)

    def statement(self, title: str) -> Statement | None:
        """The statement; ``None`` where no row of the presentation has a number."""
        rows = list(self._tree())
        numbers = [row for row in rows if any(fact.looks_numeric for fact in self.facts.get(row.concept, ()))]
        if not numbers:
            return None
        columns = self._columns(numbers)
        scale, share_scale = self._scale(numbers, "monetary"), self._scale(numbers, "shares")
        made = [self._row(row, rows, columns, scale, share_scale) for row in rows]
        currencies = {
            fact.unit.single_currency for row in numbers for fact in self.facts[row.concept] if fact.unit is not None
        }
        currency = next(iter(sorted(filter(None, currencies))), None)
        cls = self._class(columns)
        return cls(
            title=title,
            columns=tuple(self._column(period, dimensions) for period, dimensions in columns),
            rows=tuple(made),
            currency=currency,
            scale=scale,
            share_scale=share_scale,
        )

    # --- the tree -----------------------------------------------------------------------------------------------------

    def _tree(self) -> Iterator[_TreeRow]:
        network = self.taxonomy.network(PARENT_CHILD, self.role)
        heads = [root for root in network.roots if not self._is_dropped(root)]
        for root in heads:
            yield from self._below(network, root, 0, {root})

    def _below(self, network: Network, parent: QName, depth: int, above: set[QName]) -> Iterator[_TreeRow]:
        for arc in network.from_(parent):
            name = arc.target
            if self._is_dropped(name) or name in above:
                continue
            if self._is_lifted(name):
                yield from self._below(network, name, depth, above | {name})
                continue
            yield _TreeRow(name, depth, arc.preferred_label)
            yield from self._below(network, name, depth + 1, above | {name})

    def _is_dropped(self, name: QName) -> bool:
        concept = self.taxonomy.concept(name)
        is_axis = concept is not None and concept.kind == "dimension"
        return name not in self.facts and (is_axis or name.local_name.endswith(("Axis", "Domain", "Member")))

    def _is_lifted(self, name: QName) -> bool:
        return name not in self.facts and name.local_name.endswith(("Table", "LineItems"))

    # --- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, rows: list[_TreeRow]) -> list[Key]:
        """The periods and members that most rows have facts of; balances alone make a column of members too."""
        counts: dict[Key, set[QName]] = {}
        for row in rows:
            for fact in self._presented(row.concept):
                if isinstance(fact.period, Instant | Duration):
                    counts.setdefault((fact.period, fact.dimensions), set()).add(row.concept)
        durations = {key: concepts for key, concepts in counts.items() if isinstance(key[0], Duration)}
        chosen = durations or counts
        most = max(len(concepts) for concepts in chosen.values())
        kept = [key for key, concepts in chosen.items() if len(concepts) * _FEWEST >= most]
        if durations and self._places:
            periods = dict.fromkeys(period for period, _ in kept)
            cuts = dict.fromkeys(dimensions for (period, dimensions) in counts if isinstance(period, Instant))
            kept = list(dict.fromkeys((*kept, *((period, cut) for period in periods for cut in cuts))))
            kept = [key for key in kept if key in durations or self._has_balance(counts, key)]
        newest_first = not self.language.lower().startswith("ja")
        kept.sort(key=lambda key: self._place(key[1]))
        return sorted(kept, key=lambda key: (key[0].end, key[0].oim), reverse=newest_first)

    @staticmethod
    def _has_balance(counts: Mapping[Key, object], key: Key) -> bool:
        """Whether a balance stands at the start or the end of a column's period."""
        period, dimensions = key
        edges = (period.start_instant, period.end_instant) if isinstance(period, Duration) else (period,)
        return any((edge, dimensions) in counts for edge in edges)

    @cached_property
    def _places(self) -> dict[QName, int]:
        """The axes and members of the presentation, each with its place."""
        network = self.taxonomy.network(PARENT_CHILD, self.role)
        names = (arc.target for root in network.roots for _, arc in network.walk(root))
        ends = ("Axis", "Domain", "Member")
        return {name: place for place, name in enumerate(names) if name.local_name.endswith(ends)}

    def _presented(self, concept: QName) -> list[Fact]:
        """The facts of a concept without dimensions or on axes that are presented; all where there are none of them."""
        facts = self.facts.get(concept, [])
        presented = [fact for fact in facts if all(dimension.axis in self._places for dimension in fact.dimensions)]
        return presented or facts

    def _place(self, dimensions: tuple[Dimension, ...]) -> tuple[bool, list[int]]:
        """The order of columns: as members are presented, what has none last."""
        members = (dimension.member for dimension in dimensions if isinstance(dimension, ExplicitDimension))
        return not dimensions, [self._places.get(member, 0) for member in members]

    def _column(self, period: Period, dimensions: tuple[Dimension, ...]) -> StatementColumn:
        members = {
            self._name(dimension.axis): self._name(dimension.member)
            for dimension in dimensions
            if isinstance(dimension, ExplicitDimension)
        }
        return StatementColumn(period=period, members=members)

    def _class(self, columns: list[Key]) -> type[Statement]:
        if all(isinstance(period, Instant) for period, _ in columns):
            return BalanceSheet if "arenthetical" not in self.role else Schedule
        network = self.taxonomy.network(PARENT_CHILD, self.role)
        heading = " ".join([self.role, *(root.local_name for root in network.roots)]).lower()
        for word, cls in (
            ("cashflow", CashFlowStatement),
            ("equity", ChangesInEquity),
            ("netassets", ChangesInEquity),
            ("comprehensive", ComprehensiveIncome),
            ("income", IncomeStatement),
            ("operations", IncomeStatement),
            ("earnings", IncomeStatement),
        ):
            if word in heading:
                return cls
        return Schedule

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _row(
        self, row: _TreeRow, rows: list[_TreeRow], columns: list[Key], scale: int, share_scale: int
    ) -> StatementRow:
        cells = [self._fact(row, key) for key in columns]
        facts = [fact for fact in cells if fact is not None]
        own_scale = self._scale_of(facts, scale, share_scale)
        usual = (
            scale
            if self._kind(row.concept) == "monetary"
            else share_scale
            if self._kind(row.concept) == "shares"
            else 0
        )
        described = self._described(row.concept) if row.concept.namespace == self.namespace and facts else {}
        return StatementRow(
            label=self._label(row),
            concept=self._name(row.concept),
            depth=row.depth,
            values=[self._print(fact, row.sign, own_scale) for fact in cells] if facts else (),
            negated=row.sign < 0 if facts else None,
            at=row.at,
            notes=self._notes(facts),
            sum_of=self._sum(row, rows) if facts else None,
            scale=own_scale if facts and own_scale != usual else None,
            **described,
        )

    def _notes(self, facts: list[Fact]) -> tuple[str, ...]:
        """The footnotes that all facts of a row have."""
        texts = [self.notes.get(fact.id or "", {}) for fact in facts]
        return tuple(text for text in texts[0] if all(text in others for others in texts)) if texts else ()

    def _fact(self, row: _TreeRow, key: Key) -> Fact | None:
        """The most accurate fact of a row in a column."""
        period, dimensions = key
        facts = self.facts.get(row.concept, ())
        expected: Period = period
        if isinstance(period, Duration) and any(isinstance(fact.period, Instant) for fact in facts):
            expected = period.start_instant if row.at == "start" else period.end_instant
        matches = [fact for fact in facts if fact.period == expected and fact.dimensions == dimensions]
        self.used.update(map(id, matches))
        return max(matches, key=_accuracy, default=None)

    def _sum(self, row: _TreeRow, rows: list[_TreeRow]) -> list[str]:
        """The parts of a row with the signs that the print has; none where it is no sum."""
        parts: list[str] = []
        signs = {other.concept: other.sign for other in reversed(rows)}
        for arcrole in SUMMATIONS:
            for arc in self.taxonomy.network(arcrole, self.role).from_(row.concept):
                if arc.target in signs:
                    printed = int(arc.weight or 1) * signs[arc.target] * row.sign
                    parts.append(f"{'-' if printed < 0 else ''}{self._name(arc.target)}")
        return list(dict.fromkeys(parts))

    def _label(self, row: _TreeRow) -> str:
        for role in (row.preferred or roles.STANDARD, roles.STANDARD):
            if label := self.taxonomy.label(row.concept, role=role, language=self.language):
                return " ".join(label.split())
        return row.concept.local_name

    def _name(self, name: QName) -> str:
        return name.local_name if name.namespace == self.namespace or not name.prefix else str(name)

    def _kind(self, name: QName) -> str:
        concept = self.taxonomy.concept(name)
        if concept is not None and concept.datatype is not None:
            text = concept.datatype.name.local_name if concept.datatype.name else ""
            return next((kind for start, kind in _KINDS.items() if text.startswith(start)), "monetary")
        unit = next((fact.unit for fact in self.facts.get(name, ()) if fact.unit is not None), None)
        return "monetary" if unit is None or unit.single_currency else "per share" if unit.denominators else "shares"

    def _described(self, name: QName) -> dict[str, Any]:
        concept = self.taxonomy.concept(name)
        if concept is None:
            return {}
        return {
            "type": self._kind(name),
            "period": concept.period_type,
            "balance": concept.balance or "none",
            "wider": [
                str(arc.source)
                for arc in self.taxonomy.relationships
                if arc.arcrole == WIDER_NARROWER and arc.target == name and arc.source.namespace != self.namespace
            ],
            "documentation": self.taxonomy.label(name, role=roles.DOCUMENTATION, language=self.language),
        }

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _scale(self, rows: Iterable[_TreeRow], kind: str) -> int:
        """The power of ten that most facts of a kind are rounded to."""
        counts: dict[int, int] = {}
        for row in rows:
            if self._kind(row.concept) == kind:
                for fact in (fact for fact in self.facts[row.concept] if not fact.is_nil):
                    scale = max(0, -(fact.decimals or 0))
                    counts[scale] = counts.get(scale, 0) + 1
        return max(counts, key=lambda scale: (counts[scale], -scale), default=0)

    def _scale_of(self, facts: list[Fact], scale: int, share_scale: int) -> int:
        """The scale of a row: the statement's, or a finer or coarser one that its accuracy needs."""
        if not facts:
            return 0
        kind = self._kind(facts[0].concept)
        usual = scale if kind == "monetary" else share_scale if kind == "shares" else -2 if kind == "percent" else 0
        coarsest = max(max(0, -fact.decimals) if fact.decimals is not None else 0 for fact in facts)
        return max(usual, coarsest) if coarsest > usual else usual

    def _print(self, fact: Fact | None, sign: int, scale: int) -> str:
        if fact is not None and fact.is_nil:
            return "nil"
        number = fact.number if fact is not None else None
        if fact is None or number is None:
            return ""
        printed = number * sign if number else abs(number)
        decimals = fact.decimals if fact.decimals is not None else max(0, last_place(number))
        text = digits_at(abs(printed), max(decimals, -scale), scale)
        style = "triangle" if self.language.lower().startswith("ja") else "parentheses"
        signed = print_sign(text, negative=printed < 0, style="triangle" if style == "triangle" else "parentheses")
        return f"{signed}%" if scale == -2 else signed


def _accuracy(fact: Fact) -> int:
    """The decimals of a fact; what is exact is most accurate, what is nil least."""
    return 999 if fact.decimals is None and not fact.is_nil else -999 if fact.decimals is None else fact.decimals
