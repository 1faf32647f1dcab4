"""What statements make together: facts, and of the taxonomy presentation, calculation, labels and own concepts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from exporter.disclosures.statements.balance_labels import without_edge
from exporter.disclosures.statements.checks import check_statements
from exporter.disclosures.statements.layout import Statement, StatementColumn, StatementKind, StatementRow
from exporter.disclosures.statements.parenthetical import PARENTHETICAL
from exporter.disclosures.statements.reading import (
    NilCell,
    PrintedCell,
    ReadRow,
    StatementReading,
    name_of,
    read_statements,
)
from exporter.findings import Finding
from exporter.items.composed import ComposedFact
from exporter.items.declarations import words
from exporter.items.document import ItemsDocument
from exporter.items.taxonomy.draft import TaxonomyDraft
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.lexical import plain
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.profiles.standard_concepts import standard_attributes
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    SUMMATION_ITEM,
)

_ROOTS: Final[Mapping[str, Mapping[StatementKind, str]]] = {
    "us-gaap": {
        StatementKind.BALANCE_SHEET: "StatementOfFinancialPositionAbstract",
        StatementKind.INCOME: "IncomeStatementAbstract",
        StatementKind.COMPREHENSIVE_INCOME: "StatementOfIncomeAndComprehensiveIncomeAbstract",
        StatementKind.CASH_FLOW: "StatementOfCashFlowsAbstract",
        StatementKind.EQUITY: "StatementOfStockholdersEquityAbstract",
    },
    "ifrs-full": {
        StatementKind.BALANCE_SHEET: "StatementOfFinancialPositionAbstract",
        StatementKind.INCOME: "IncomeStatementAbstract",
        StatementKind.COMPREHENSIVE_INCOME: "StatementOfComprehensiveIncomeAbstract",
        StatementKind.CASH_FLOW: "StatementOfCashFlowsAbstract",
        StatementKind.EQUITY: "StatementOfChangesInEquityAbstract",
    },
    "jppfs_cor": {
        StatementKind.BALANCE_SHEET: "BalanceSheetHeading",
        StatementKind.INCOME: "StatementOfIncomeHeading",
        StatementKind.COMPREHENSIVE_INCOME: "StatementOfComprehensiveIncomeHeading",
        StatementKind.CASH_FLOW: "StatementOfCashFlowsHeading",
        StatementKind.EQUITY: "StatementOfChangesInNetAssetsHeading",
    },
    "jpigp_cor": {
        StatementKind.BALANCE_SHEET: "StatementOfFinancialPositionIFRSHeading",
        StatementKind.INCOME: "StatementOfProfitOrLossIFRSHeading",
        StatementKind.COMPREHENSIVE_INCOME: "StatementOfComprehensiveIncomeIFRSHeading",
        StatementKind.CASH_FLOW: "StatementOfCashFlowsIFRSHeading",
        StatementKind.EQUITY: "StatementOfChangesInEquityIFRSHeading",
    },
}
"""The concepts that head a statement, by taxonomy; EDINET's have others for consolidated statements."""

_CONSOLIDATED: Final = re.compile(r"consolidated|連結", re.IGNORECASE)
_NOT_CONSOLIDATED: Final = re.compile(r"(non|un)-?consolidated|非連結|個別", re.IGNORECASE)
_TABLE: Final = "StatementTable"
_LINE_ITEMS: Final = "StatementLineItems"
# Preferred label roles of a row, by whether it is negated and what it is; the first that is free for its label is used.
_ROLES: Final = {
    (False, "plain"): (roles.TERSE, roles.VERBOSE, roles.NET),
    (False, "total"): (roles.TOTAL,),
    (False, "start"): (roles.PERIOD_START,),
    (False, "end"): (roles.PERIOD_END,),
    (True, "plain"): (roles.NEGATED, roles.NEGATED_TERSE, roles.NEGATED_NET),
    (True, "total"): (roles.NEGATED_TOTAL,),
    (True, "start"): (roles.NEGATED_PERIOD_START,),
    (True, "end"): (roles.NEGATED_PERIOD_END,),
}


class StatementComposer:
    """Makes the composition of a filing's statements."""

    def compose(
        self, document: ItemsDocument, profile: Profile, items: Sequence[tuple[int, Statement]]
    ) -> StatementComposition:
        """What the statements make."""
        return StatementComposition(document, profile, tuple(items))


STATEMENTS: Final = StatementComposer()


@frozen(eq=False, slots=False)
class StatementComposition:
    """The statements of a filing, read together."""

    document: ItemsDocument
    profile: Profile
    items: tuple[tuple[int, Statement], ...]

    @cached_property
    def readings(self) -> tuple[StatementReading, ...]:
        """The statements as they are read, in the order of the document."""
        return read_statements(self.document, self.profile, self.items)

    @cached_property
    def _by_index(self) -> dict[int, StatementReading]:
        return {reading.index: reading for reading in self.readings}

    def facts(self, index: int) -> Iterator[ComposedFact]:
        """The facts of a statement, row by row."""
        reading = self._by_index.get(index)
        if reading is None:
            return
        yield from self._facts(reading)
        if reading.parenthetical is not None:
            yield from self._facts(reading.parenthetical)

    def _facts(self, reading: StatementReading) -> Iterator[ComposedFact]:
        columns = [column.members for column in reading.statement.columns]
        cuts: dict[object, tuple[Dimension, ...]] = {}
        for row in reading.rows:
            stated: tuple[PrintedCell | NilCell, ...] = (*row.cells, *row.nil_cells)
            for cell in stated:
                pairs = (*columns[cell.column], *row.row.members)
                if pairs not in cuts:
                    cuts[pairs] = self._dimensions(pairs)
                yield ComposedFact(
                    field=row.field(cell),
                    concept=row.concept,
                    period=reading.period(row, cell),
                    value=plain(row.value(cell)) if isinstance(cell, PrintedCell) else None,
                    decimals=cell.decimals if isinstance(cell, PrintedCell) else None,
                    unit=row.unit,
                    dimensions=cuts[pairs],
                    notes=row.row.notes,
                )

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the statements, by themselves and together."""
        for reading in self.readings:
            yield from reading.findings
        yield from check_statements(self.readings)

    def add_to(self, draft: TaxonomyDraft) -> None:
        """Declare, label and relate the concepts of the statements, each in a link role of its own."""
        for reading in self.readings:
            _StatementDraft(draft, self, reading).add()
            if reading.parenthetical is not None:
                _StatementDraft(draft, self, reading.parenthetical).add()

    # --- members ------------------------------------------------------------------------------------------------------

    def member_name(self, text: str, ending: str) -> QName:
        """A standard name, or one of the filing's own made of words, which ends in what it names."""
        prefix, colon, name = text.partition(":")
        if colon and prefix in self.profile.taxonomies:
            return self.profile.qname(text)
        own = name if colon and prefix == self.document.prefix else name_of(text)
        return self.document.own_namespace.name(own if own.endswith(ending) else own + ending)

    def _dimensions(self, pairs: Iterable[tuple[str, str]]) -> tuple[Dimension, ...]:
        """The dimensions of axes with members; of two members of an axis, that of the row counts."""
        members = {self.member_name(axis, "Axis"): self.member_name(member, "Member") for axis, member in pairs}
        return tuple(itertools.starmap(ExplicitDimension, members.items()))


@frozen(eq=False, slots=False)
class _StatementDraft:
    """The part of a statement in the taxonomy."""

    draft: TaxonomyDraft
    composition: StatementComposition
    reading: StatementReading

    def add(self) -> None:
        root = self._root()
        members = self._members()
        head = root
        if members:
            head = self._hypercube(root, members)
        levels = [head]
        reported: dict[QName, int] = {}
        orders: dict[QName, int] = {root: 1} if members else {}
        whole = {row.concept for row in self.reading.rows if not row.row.members}
        for row in self.reading.rows:
            self._declare(row)
            if row.row.members and row.concept in whole:
                continue  # a cut of a row that stands there whole: its members are presented on their axis
            whole.add(row.concept)
            del levels[row.row.depth + 1 :]
            parent = levels[-1]
            orders[parent] = orders.get(parent, 0) + 1
            self.draft.arc(
                PARENT_CHILD, self.role, parent, row.concept, orders[parent], preferred_label=self._label(row)
            )
            levels.append(row.concept)
            if members and not row.attributes.abstract:
                reported.setdefault(
                    row.concept, row.number + 1
                )  # once, though opening and closing balances stand apart
        for concept, order in reported.items():
            self.draft.arc(DOMAIN_MEMBER, self.role, head, concept, order)
        self._calculation()

    @cached_property
    def role(self) -> str:
        """The link role of the statement, declared."""
        title = self.reading.statement.title
        name = name_of(title.removesuffix(PARENTHETICAL))
        return self.draft.group_role(
            f"{name}Parenthetical" if title.endswith(PARENTHETICAL) else name, "statement", title
        )

    # --- concepts and labels ------------------------------------------------------------------------------------------

    def _root(self) -> QName:
        statement = self.reading.statement
        counts: dict[str, int] = {}
        for row in self.reading.rows:
            prefix = row.concept.prefix or ""
            counts[prefix] = counts.get(prefix, 0) + 1
        prefix = max(counts, key=lambda name: counts[name])
        local_name = _ROOTS.get(prefix, {}).get(statement.kind)
        if local_name is not None and prefix in self.composition.profile.taxonomies:
            title = statement.title
            if _CONSOLIDATED.search(title) and not _NOT_CONSOLIDATED.search(title):
                consolidated = f"Consolidated{local_name}"
                local_name = consolidated if standard_attributes(prefix, consolidated) is not None else local_name
            root = self.composition.profile.taxonomies[prefix].name(local_name)
            if root not in {row.concept for row in self.reading.rows}:
                self._declare_abstract(root)
                return root
        root = self.draft.abstract(f"{self.role.rpartition('/')[2]}Abstract")
        self._label_heading(root, statement.title)
        return root

    def _declare_abstract(self, name: QName) -> None:
        if name not in self.draft.concepts:
            self.draft.declare(
                Concept(
                    qname=name,
                    datatype=standard_type("stringItemType"),
                    period_type="duration",
                    abstract=True,
                    schema=self.draft.import_of(name),
                )
            )

    def _declare(self, row: ReadRow) -> None:
        attributes, name = row.attributes, row.concept
        if attributes.abstract:
            self._declare_abstract(name)
            if row.is_own:
                self._label_heading(name, row.row.label)
            return
        if name not in self.draft.concepts:
            usual = "instant" if self.reading.statement.is_at_instants else "duration"
            self.draft.declare(
                Concept(
                    qname=name,
                    datatype=standard_type(attributes.item_type),
                    period_type=attributes.period_type or ("instant" if usual == "instant" else "duration"),
                    balance=attributes.balance,
                    schema=self.draft.import_of(name),
                )
            )
        if row.is_own:
            self._label_own(row)
            self.draft.anchors.update(dict.fromkeys((name, wider) for wider in row.row.wider))

    def _label_heading(self, name: QName, text: str) -> None:
        if not self.draft.is_labelled(name):
            ending = self.draft.rules.ending("abstract", self._language)
            self._label_standard(name, f"{text.rstrip(':：')} {ending}")

    def _label_own(self, row: ReadRow) -> None:
        if not self.draft.is_labelled(row.concept):
            is_carried = row.at is not None and row.row.concept is None
            self._label_standard(row.concept, without_edge(row.row.label) if is_carried else row.row.label)
        if row.row.documentation is not None:
            known = (row.concept, roles.DOCUMENTATION, self._language)
            if known not in self.draft.labels:
                self.draft.label(row.concept, row.row.documentation, role=roles.DOCUMENTATION, language=self._language)

    def _label_standard(self, name: QName, text: str) -> None:
        """The standard label: the printed one where no other concept has it, else the words of the name."""
        english = words(name.local_name)
        for language in dict.fromkeys((self._language, *self.draft.languages)):
            own = text if language == self._language else english
            choices = itertools.chain((own, english), (f"{english} ({number})" for number in itertools.count(2)))
            self.draft.label(
                name, next(choice for choice in choices if choice not in self.draft.titles), language=language
            )

    @cached_property
    def _language(self) -> str:
        """The language of the printed labels, as the taxonomy writes it."""
        language = self.composition.document.language
        return self.draft.rules.english if language.lower().partition("-")[0] == "en" else language

    def _label(self, row: ReadRow) -> str:
        """The role under which the printed label of a row stands; a concept may be printed under several."""
        kind = row.at or ("total" if row.total is not None else "plain")
        choices = _ROLES[row.is_negated, kind]
        for role in choices:
            known = self.draft.labels.get((row.concept, role, self._language))
            if known is None:
                self.draft.label(row.concept, row.row.label, role=role, language=self._language)
                return role
            if known.text == row.row.label:
                return role
        return choices[0]

    # --- networks -----------------------------------------------------------------------------------------------------

    def _calculation(self) -> None:
        seen: set[tuple[QName, QName]] = set()
        orders: dict[QName, int] = {}
        for total, part, weight in self.reading.weights():
            pair = (total.concept, part.concept)
            if pair in seen or total.concept == part.concept:
                continue
            seen.add(pair)
            orders[total.concept] = orders.get(total.concept, 0) + 1
            self.draft.arc(SUMMATION_ITEM, self.role, *pair, orders[total.concept], weight=weight)

    def _members(self) -> dict[QName, dict[QName, None]]:
        """The members of each axis that columns and rows name, in order."""
        members: dict[QName, dict[QName, None]] = {}
        statement = self.reading.statement
        parts: Iterable[StatementColumn | StatementRow] = (*statement.columns, *statement.rows)
        for cut in parts:
            for axis, member in cut.members:
                name = self.composition.member_name(axis, "Axis")
                members.setdefault(name, {})[self.composition.member_name(member, "Member")] = None
        return members

    def _hypercube(self, root: QName, members: dict[QName, dict[QName, None]]) -> QName:
        """The table of a statement whose columns have members; its line items, which head the rows."""
        name, role, draft = self.role.rpartition("/")[2], self.role, self.draft
        table, lines = draft.abstract(f"{name}Table", "hypercube"), draft.abstract(f"{name}LineItems")
        for concept, kind in ((table, "table"), (lines, "line_items")):
            ending = draft.rules.ending(kind, self._language)
            self._label_standard(concept, f"{self.reading.statement.title} {ending}")
        draft.arc(PARENT_CHILD, role, root, table, 1)
        element = self.composition.profile.document.context_element
        draft.arc(ALL, role, lines, table, context_element=element, closed=True)
        for order, (axis, named) in enumerate(members.items(), start=1):
            self._declare_named(axis, "Axis", kind="dimension")
            draft.arc(PARENT_CHILD, role, table, axis, order)
            draft.arc(HYPERCUBE_DIMENSION, role, table, axis, order)
            domain = draft.namespace.name(f"{axis.local_name.removesuffix('Axis')}Domain")
            self._declare_named(domain, "Domain")
            draft.arc(PARENT_CHILD, role, axis, domain)
            draft.arc(DIMENSION_DOMAIN, role, axis, domain)
            draft.arc(DIMENSION_DEFAULT, role, axis, domain)
            for place, member in enumerate(named, start=1):
                self._declare_named(member, "Member")
                draft.arc(PARENT_CHILD, role, domain, member, place)
                draft.arc(DOMAIN_MEMBER, role, domain, member, place)
        draft.arc(PARENT_CHILD, role, table, lines, len(members) + 1)
        return lines

    def _declare_named(self, name: QName, ending: str, **more: Any) -> None:
        if name in self.draft.concepts:
            return
        own = name.namespace == self.draft.namespace.uri
        if not own:
            self.draft.standard(name, **more)
            return
        if more:
            self.draft.abstract(name.local_name, **more)
        else:
            self.draft.member(name.local_name)
        suffix = self.draft.rules.ending(ending.lower(), self._language)
        self._label_standard(name, f"{words(name.local_name.removesuffix(ending))} {suffix}")


def readings_of(compositions: Iterable[object]) -> tuple[StatementReading, ...]:
    """The statements among what the composed items of a filing make."""
    return tuple(
        reading
        for composition in compositions
        if isinstance(composition, StatementComposition)
        for reading in composition.readings
    )
