"""Statements out of a report with its taxonomy: the way back from presentation and calculation to printed tables.

The facts that a tree presents stand in the statement's columns; what members cut that no column has stands in rows of
its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from html import unescape
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.disclosures.statements.balance_labels import edge_of_label
from exporter.disclosures.statements.items import (
    BalanceSheet,
    CashFlowStatement,
    ChangesInEquity,
    ComprehensiveIncome,
    IncomeStatement,
    Schedule,
)
from exporter.disclosures.statements.layout import EXACT, Statement, StatementColumn, StatementRow
from exporter.disclosures.statements.parenthetical import with_amounts_in_labels
from exporter.disclosures.statements.presented import ColumnKey, Period, PresentedFacts
from exporter.disclosures.statements.reading import ITEM_TYPES
from exporter.disclosures.statements.statement_roles import statement_roles
from exporter.items.values.numerals import last_place
from exporter.items.values.printing import digits_at, print_sign
from exporter.model.dimensions import Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.profiles.standard_concepts import standard_attributes
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.networks import PARENT_CHILD, SUMMATIONS, WIDER_NARROWER, Network
from exporter.taxonomy.taxonomy import Taxonomy

_KINDS: Final = {"shares": "shares", "perShare": "per share", "percent": "percent", "pure": "pure", "decimal": "number"}
_CLASSES: Final = {
    cls.kind: cls for cls in (IncomeStatement, ComprehensiveIncome, CashFlowStatement, ChangesInEquity, Schedule)
}


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
        if fact.entity == entity and isinstance(fact.period, Instant | Duration):
            facts.setdefault(fact.concept, []).append(fact)
    presented = statement_roles(taxonomy)
    elsewhere = _presented_elsewhere(taxonomy, {role.uri for role in presented})
    statements: list[Statement] = []
    notes = _footnotes(report)
    used: set[int] = set()
    presentations = [PresentedFacts(taxonomy, role, facts) for role in presented]
    placed = {id(fact) for presented_facts in presentations for fact in presented_facts.usual_facts}
    newest_first = not language.lower().startswith("ja")
    for presented_facts in presentations:
        columns = presented_facts.columns(placed, elsewhere, newest_first=newest_first)
        if columns:
            table = _StatementTable(presented_facts, columns, notes, namespace, language)
            statements.append(table.statement())
            used |= table.used
    return DerivedStatements(statements=tuple(with_amounts_in_labels(statements)), facts=frozenset(used))


def _presented_elsewhere(taxonomy: Taxonomy, statements: set[str]) -> frozenset[QName]:
    """The concepts that roles other than statements present."""
    others = (taxonomy.network(PARENT_CHILD, uri) for uri in taxonomy.roles_of(PARENT_CHILD) if uri not in statements)
    return frozenset(arc.target for network in others for root in network.roots for _, arc in network.walk(root))


@frozen(eq=False)
class _TreeRow:
    """A row of a presentation."""

    concept: QName
    depth: int
    preferred: str | None
    at: str | None = field()

    @at.default
    def _edge_of_label(self) -> str | None:
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

    presented: PresentedFacts
    columns: list[ColumnKey]
    notes: Mapping[str, Mapping[str, None]]
    namespace: str
    language: str
    used: set[int] = field(factory=set)

    @property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy of the report."""
        return self.presented.taxonomy

    def statement(self) -> Statement:
        """The statement."""
        made = [made for row in self._tree for made in self._rows(row)]
        units = {fact.unit for row in self._tree for fact in self.presented.of(row.concept)}
        currency = next(iter(sorted(filter(None, (unit.single_currency for unit in units if unit is not None)))), None)
        cls = self._class()
        return cls(
            title=self.presented.role.title,
            columns=tuple(StatementColumn(period=period, members=self._members(cut)) for period, cut in self.columns),
            rows=tuple(made),
            currency=currency,
            scale=self._usual_scales["monetary"],
            share_scale=self._usual_scales["shares"],
        )

    # --- the tree -----------------------------------------------------------------------------------------------------

    @cached_property
    def _tree(self) -> tuple[_TreeRow, ...]:
        network, roots = self.presented.network, self.presented.role.roots
        heads = (root for root in roots if not self._is_dropped(root))
        return tuple(row for root in heads for row in self._below(network, root, 0, {root}))

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
        return not self.presented.of(name) and (is_axis or name.local_name.endswith(("Axis", "Domain", "Member")))

    def _is_lifted(self, name: QName) -> bool:
        return not self.presented.of(name) and name.local_name.endswith(("Table", "LineItems"))

    # --- columns ------------------------------------------------------------------------------------------------------

    def _members(self, dimensions: tuple[Dimension, ...]) -> dict[str, str]:
        return {
            self._name(dimension.axis): self._name(dimension.member)
            for dimension in dimensions
            if isinstance(dimension, ExplicitDimension)
        }

    def _class(self) -> type[Statement]:
        role, instants = self.presented.role, [isinstance(period, Instant) for period, _ in self.columns]
        if all(instants):
            return Schedule if role.is_parenthetical else BalanceSheet
        return Schedule if any(instants) else _CLASSES[role.kind]

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _rows(self, row: _TreeRow) -> Iterator[StatementRow]:
        """A row of the tree, and those of its facts that are cut by members that no column has."""
        row = self._placed(row)
        whole = [self._fact(row, period, cut) for period, cut in self.columns]
        in_columns = {cut for _, cut in self.columns}
        cuts = dict.fromkeys(fact.dimensions for fact in self.presented.of(row.concept))
        below = {
            cut: [self._fact(row, period, cut) if not own else None for period, own in self.columns]
            for cut in cuts
            if cut not in in_columns
        }
        below = {cut: cells for cut, cells in below.items() if any(cells)}
        if any(whole) or not below:
            yield self._row(row, whole)
        for cut, cells in below.items():
            label = ", ".join(self._label_of(name.member) for name in cut if isinstance(name, ExplicitDimension))
            yield evolve(
                self._row(row, cells), label=label, depth=row.depth + 1, members=self._members(cut), sum_of=None
            )

    def _placed(self, row: _TreeRow) -> _TreeRow:
        """A row of balances with the edge that its label role, the label, or its facts alone say."""
        if row.at is not None:
            return row
        instants = {fact.period for fact in self.presented.of(row.concept) if isinstance(fact.period, Instant)}
        periods = [period for period, _ in self.columns if isinstance(period, Duration)]
        at_ends = instants.intersection(period.end_instant for period in periods)
        at_starts = instants.intersection(period.start_instant for period in periods)
        edge = edge_of_label(self._label_of(row.concept, row.preferred)) if instants and periods else None
        if edge is None and len(at_starts) > len(at_ends) and self._counts[row.concept] == 1:
            edge = "start"
        return row if edge is None else evolve(row, at=edge)

    @cached_property
    def _counts(self) -> Counter[QName]:
        """How often the tree has each concept."""
        return Counter(row.concept for row in self._tree)

    def _row(self, row: _TreeRow, cells: list[Fact | None]) -> StatementRow:
        facts = [fact for fact in cells if fact is not None]
        label, concept = self._label_of(row.concept, row.preferred), self._name(row.concept)
        if not facts:
            return StatementRow(label=label, concept=concept, depth=row.depth, at=row.at)
        usual = self._usual_scales.get(self._kind(row.concept), 0)
        scale = self._scale_of(facts, usual)
        texts = [self._print(fact, row.sign, scale) for fact in cells]
        is_exact = {fact.decimals for fact in facts if fact.value is not None} == {None}
        return StatementRow(
            label=label,
            concept=concept,
            depth=row.depth,
            values=[text.removesuffix(f" {EXACT}") for text in texts] if is_exact else texts,
            decimals=EXACT if is_exact else None,
            negated=row.sign < 0,
            at=row.at,
            notes=self._notes(facts),
            sum_of=self._sum(row),
            scale=scale if scale != usual else None,
            **self._described(row.concept, facts),
        )

    def _notes(self, facts: list[Fact]) -> tuple[str, ...]:
        """The footnotes that all facts of a row have."""
        texts = [self.notes.get(fact.id or "", {}) for fact in facts]
        return tuple(text for text in texts[0] if all(text in others for others in texts)) if texts else ()

    def _fact(self, row: _TreeRow, period: Period, dimensions: tuple[Dimension, ...]) -> Fact | None:
        """The most accurate fact of a row in a column."""
        facts = self.presented.of(row.concept)
        expected: Period = period
        if isinstance(period, Duration) and any(isinstance(fact.period, Instant) for fact in facts):
            expected = period.start_instant if row.at == "start" else period.end_instant
        matches = [
            fact
            for fact in facts
            if fact.period == expected and fact.dimensions == dimensions and self.presented.is_number(fact)
        ]
        fact = max(matches, key=_preference, default=None)
        self.used.update(id(match) for match in matches if match == fact)
        return fact

    def _sum(self, row: _TreeRow) -> list[str]:
        """The parts of a row with the signs that the print has; none where it is no sum."""
        parts: list[str] = []
        signs = {other.concept: other.sign for other in reversed(self._tree)}
        for arcrole in SUMMATIONS:
            for arc in self.taxonomy.network(arcrole, self.presented.role.uri).from_(row.concept):
                if arc.target in signs:
                    printed = int(arc.weight or 1) * signs[arc.target] * row.sign
                    parts.append(f"{'-' if printed < 0 else ''}{self._name(arc.target)}")
        return list(dict.fromkeys(parts))

    def _label_of(self, name: QName, preferred: str | None = None) -> str:
        for role in (preferred or roles.STANDARD, roles.STANDARD):
            if label := self.taxonomy.label(name, role=role, language=self.language):
                return " ".join(label.split())
        return name.local_name

    def _name(self, name: QName) -> str:
        return name.local_name if name.namespace == self.namespace or not name.prefix else str(name)

    def _kind(self, name: QName) -> str:
        concept = self.taxonomy.concept(name)
        if concept is not None and concept.datatype is not None:
            text = concept.datatype.name.local_name if concept.datatype.name else ""
            return next((kind for start, kind in _KINDS.items() if text.startswith(start)), "monetary")
        unit = next((fact.unit for fact in self.presented.of(name) if fact.unit is not None), None)
        return "monetary" if unit is None or unit.single_currency else "per share" if unit.denominators else "shares"

    def _described(self, name: QName, facts: list[Fact]) -> dict[str, Any]:
        """What a row says of its concept: one of the filing's own, or one that no table of this package tells of."""
        concept, kind = self.taxonomy.concept(name), self._kind(name)
        known = standard_attributes(name.prefix or "", name.local_name) if name.namespace != self.namespace else None
        if known is not None:
            return {"unit": kind} if known.item_type != ITEM_TYPES.get(kind) else {}
        is_instant = isinstance(facts[0].period, Instant)
        described = {
            "type": kind,
            "period": "instant" if is_instant else "duration",
            "balance": (concept.balance if concept is not None else None) or "none",
        }
        if concept is None or name.namespace != self.namespace:
            return described
        return described | {
            "wider": [
                str(arc.source)
                for arc in self.taxonomy.relationships
                if arc.arcrole == WIDER_NARROWER and arc.target == name and arc.source.namespace != self.namespace
            ],
            "documentation": self.taxonomy.label(name, role=roles.DOCUMENTATION, language=self.language),
        }

    # --- numbers ------------------------------------------------------------------------------------------------------

    @cached_property
    def _usual_scales(self) -> dict[str, int]:
        """The power of ten that most facts of a kind are rounded to."""
        scales = {"monetary": Counter[int](), "shares": Counter[int]()}
        for row in self._tree:
            if (counts := scales.get(self._kind(row.concept))) is not None:
                facts = (fact for fact in self.presented.of(row.concept) if fact.value is not None)
                counts.update(max(0, -(fact.decimals or 0)) for fact in facts)
        usual = {kind: max(counts, key=lambda n: (counts[n], -n), default=0) for kind, counts in scales.items()}
        return usual | {"percent": -2}

    @staticmethod
    def _scale_of(facts: list[Fact], usual: int) -> int:
        """The scale of a row: the usual one, or a coarser one that its accuracy needs and its digits allow."""
        coarsest = max(max(0, -fact.decimals) if fact.decimals is not None else 0 for fact in facts)
        numbers = [fact.number or Decimal(0) for fact in facts]
        return coarsest if coarsest > usual and all(-last_place(n) >= coarsest for n in numbers if n) else usual

    def _print(self, fact: Fact | None, sign: int, scale: int) -> str:
        """A fact as printed, with its accuracy where the digits do not show it."""
        if fact is None:
            return ""
        if (number := fact.number) is None:
            return "nil"
        printed = number * sign if number else abs(number)
        last = max(last_place(number), -scale) if number else -scale
        places = last if fact.decimals is None else max(last, fact.decimals)
        text = digits_at(abs(printed), places, scale)
        style = "triangle" if self.language.lower().startswith("ja") else "parentheses"
        signed = print_sign(text, negative=printed < 0, style="triangle" if style == "triangle" else "parentheses")
        signed = f"{signed}%" if scale == -2 else signed
        accuracy = "" if fact.decimals == places else EXACT if fact.decimals is None else f"decimals {fact.decimals}"
        return f"{signed} {accuracy}".rstrip()


def _preference(fact: Fact) -> tuple[bool, int]:
    """Of facts that agree but for their accuracy the most accurate is printed."""
    return fact.value is not None, 999 if fact.decimals is None else fact.decimals
