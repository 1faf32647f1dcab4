"""What a printed statement means: the concept, unit and value of each cell, the sign of each row, the sums.

Nothing that is not printed is guessed silently: what is derived stands in the reading, and where two readings remain a
finding asks for the word that settles it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve, field, frozen

from exporter.disclosures.statements.balance_labels import UNCLEAR, balance_edge, edge_of_label, without_edge
from exporter.disclosures.statements.layout import (
    EXACT,
    Statement,
    StatementKind,
    StatementRow,
    split_accuracy,
    with_depths,
)
from exporter.disclosures.statements.parenthetical import LabelFigure, figures_in_label, parenthetical_statement
from exporter.disclosures.statements.sums import Sum, SumLine, children_of, find_sums
from exporter.errors import ModelError
from exporter.findings import Finding, Location, Severity, list_text
from exporter.items.document import ItemsDocument
from exporter.items.generate.names import camel_name
from exporter.items.values import Percent
from exporter.items.values.numerals import half_unit, last_place, shift
from exporter.items.values.parse import parse_number
from exporter.items.values.phrases import Conventions
from exporter.items.values.unknown import find_not_stated
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.standard_types import Balance
from exporter.model.unit import Unit
from exporter.profiles.profile import Profile
from exporter.profiles.standard_concepts import ConceptAttributes, standard_attributes

ITEM_TYPES: Final[Mapping[str, str]] = {
    "monetary": "monetaryItemType",
    "shares": "sharesItemType",
    "per share": "perShareItemType",
    "percent": "percentItemType",
    "pure": "pureItemType",
    "number": "decimalItemType",
    "integer": "integerItemType",
}
"""The kinds of amount that a row's ``type`` and ``unit`` name."""

_DIGIT: Final = re.compile("[0-9０-９]")
_CURRENCY_SIGN: Final = re.compile(r"(US|A|C|HK|NT|S)?[$¥￥€£]\s*")
_LOSS: Final = re.compile(r"\b(loss|losses)\b|損失", re.IGNORECASE)
_GAIN: Final = re.compile(r"\b(income|profit|earnings|gains?|benefit)\b|利益|損益", re.IGNORECASE)
_PROFIT: Final = re.compile(r"^(NetIncomeLoss|ProfitLoss|IncomeLoss|NetProfitLoss|IncomeBefore|ProfitBefore)")
_PER_SHARE: Final = re.compile(r"\bper (common |ordinary )?(share|ads)\b|1株当たり|１株当たり", re.IGNORECASE)
_SHARES: Final = re.compile(r"\((in )?shares\)|\bnumber of shares\b|株式数", re.IGNORECASE)
_OPPOSITE: Final = {"debit": "credit", "credit": "debit"}


@frozen(kw_only=True)
class PrintedCell:
    """What a column of a row says: the number as printed, in full, with its accuracy; ``None`` for an exact number."""

    column: int
    printed: Decimal
    decimals: int | None

    @property
    def places(self) -> int:
        """The digits after the point that the number has, or that its accuracy claims."""
        last = last_place(self.printed)
        return last if self.decimals is None else max(last, self.decimals) if self.printed else self.decimals

    @property
    def slack(self) -> Decimal:
        """How far the number may be off."""
        return Decimal(0) if self.decimals is None else half_unit(self.decimals)


@frozen(kw_only=True)
class NilCell:
    """A cell that states a fact without a value; ``text`` is what is printed for it, ``None`` for the word ``nil``."""

    column: int
    text: str | None


@frozen(kw_only=True, eq=False)
class ReadRow:
    """A row with what it means.

    ``sign`` is -1 where the print shows the opposite of the fact, ``total`` the sum that the row is. ``path`` is where
    it stands below the item; ``figures`` are the amounts in its label, rows of the reading's ``parenthetical``.
    """

    number: int
    row: StatementRow
    concept: QName
    attributes: ConceptAttributes
    is_own: bool
    unit: Unit | None
    scale: int
    cells: tuple[PrintedCell, ...]
    nil_cells: tuple[NilCell, ...] = ()
    at: str | None = None
    sign: int = 1
    total: Sum | None = None
    is_heading: bool = False
    path: str = ""
    figures: tuple[LabelFigure, ...] = ()

    def field(self, cell: PrintedCell | NilCell) -> str:
        """The path of what states the fact of a cell, below the item."""
        return f"{self.path}/values/{cell.column}"

    @property
    def is_negated(self) -> bool:
        """Whether a negated label shows the fact as printed."""
        return self.sign < 0

    def value(self, cell: PrintedCell) -> Decimal:
        """The value of the fact of a cell."""
        return cell.printed * self.sign if cell.printed else abs(cell.printed)


@frozen(eq=False)
class StatementReading:
    """A statement read: its rows, and what is wrong with them; ``index`` is its place in the document.

    ``parenthetical`` are the amounts in the labels of its rows.
    """

    index: int
    statement: Statement
    rows: tuple[ReadRow, ...]
    findings: tuple[Finding, ...] = ()
    parenthetical: StatementReading | None = None

    @property
    def name(self) -> str:
        """What findings call the statement."""
        return f"items[{self.index}] {type(self.statement).__name__}"

    def period(self, row: ReadRow, cell: PrintedCell | NilCell) -> Instant | Duration:
        """The period of the fact of a cell."""
        period = self.statement.columns[cell.column].period
        if isinstance(period, Duration) and row.attributes.period_type == "instant":
            return period.start_instant if row.at == "start" else period.end_instant
        return period

    def members(self, row: ReadRow, cell: PrintedCell | NilCell) -> frozenset[tuple[str, str]]:
        """The axes and members that cut the fact of a cell, as written."""
        return frozenset((*self.statement.columns[cell.column].members, *row.row.members))

    def parent_of(self) -> dict[int, int]:
        """For each row that is part of a sum, the row that is the sum."""
        return children_of({row.number: row.total for row in self.rows if row.total is not None})

    def weights(self) -> Iterator[tuple[ReadRow, ReadRow, int]]:
        """Each sum with each of its parts and the weight of the part's fact."""
        for row in self.rows:
            for part, printed in row.total.addends if row.total is not None else ():
                yield row, self.rows[part], printed * self.rows[part].sign * row.sign


def read_statements(
    document: ItemsDocument, profile: Profile, statements: Sequence[tuple[int, Statement]]
) -> tuple[StatementReading, ...]:
    """Read the statements of a filing, those first whose signs are plain; they come in the order given."""
    known: dict[tuple[QName, object, object], Decimal] = {}
    readings: dict[int, StatementReading] = {}
    late = (StatementKind.COMPREHENSIVE_INCOME, StatementKind.CASH_FLOW, StatementKind.EQUITY, StatementKind.SCHEDULE)
    for index, statement in sorted(
        statements, key=lambda pair: late.index(pair[1].kind) + 1 if pair[1].kind in late else 0
    ):
        reading = readings[index] = _StatementReader(document, profile, index, statement, known).read()
        for row in reading.rows:
            for cell in row.cells:
                key = (row.concept, reading.period(row, cell), reading.members(row, cell))
                known.setdefault(key, row.value(cell))
    return tuple(readings[index] for index, _ in statements)


@frozen(eq=False)
class _StatementReader:
    """Reads one statement; ``known`` are the values of those read before, by concept, period and members."""

    document: ItemsDocument
    profile: Profile
    index: int
    statement: Statement
    known: Mapping[tuple[QName, object, object], Decimal]
    paths: Sequence[str] = ()
    findings: list[Finding] = field(factory=list)
    _names: dict[str, set[str | None]] = field(factory=dict)  # those made, with the edges at which they stand

    def read(self) -> StatementReading:
        rows = [self._row(number, row) for number, row in enumerate(with_depths(self.statement.rows))]
        rows = self._placed(rows)
        kinds = (StatementKind.INCOME, StatementKind.BALANCE_SHEET, StatementKind.SCHEDULE)
        sums = find_sums(self._lines(rows), subtracts=self.statement.kind in kinds)
        rows = [evolve(row, total=sums.get(row.number)) for row in rows]
        signed = self._signed(self._with_balances(rows))
        if not any(row.parenthetical for row in self.statement.rows):
            return StatementReading(self.index, self.statement, signed, tuple(self.findings))
        amounts = self._amounts_in_labels()
        signed = self._with_figures(signed, amounts)
        return StatementReading(self.index, self.statement, signed, tuple(self.findings), amounts)

    # --- amounts in labels --------------------------------------------------------------------------------------------

    def _amounts_in_labels(self) -> StatementReading | None:
        made = parenthetical_statement(self.statement)
        if made is None:
            return None
        statement, paths = made
        reader = _StatementReader(self.document, self.profile, self.index, statement, self.known, paths, self.findings)
        return reader.read()

    def _with_figures(self, rows: Sequence[ReadRow], amounts: StatementReading | None) -> tuple[ReadRow, ...]:
        """The rows with the places of the amounts in their labels."""
        of_row: dict[str, list[ReadRow]] = {}
        for amount in amounts.rows if amounts is not None else ():
            of_row.setdefault(amount.path.rpartition("/parenthetical/")[0], []).append(amount)
        placed: list[ReadRow] = []
        for row in rows:
            texts = [
                (amount.number, {cell.column: amount.row.values[cell.column] for cell in amount.cells})
                for amount in of_row.get(row.path, ())
            ]
            figures: list[LabelFigure] = []
            for match in figures_in_label(row.row.label, texts):
                if isinstance(match, LabelFigure):
                    figures.append(match)
                    continue
                amount = next(amount for amount in of_row[row.path] if amount.number == match)
                self._report(
                    "exporter:amountNotInLabel",
                    f"the label {row.row.label!r} does not print the amount {amount.row.label!r}, "
                    f"{list_text(amount.row.values)}",
                    f"{amount.path}/values",
                    fix="write the value as the label prints it, or give it a row in a Schedule",
                )
            placed.append(evolve(row, figures=tuple(figures)) if figures else row)
        return tuple(placed)

    def _path(self, number: int) -> str:
        """Where a row stands below the item."""
        return self.paths[number] if self.paths else f"rows/{number}"

    # --- concepts -----------------------------------------------------------------------------------------------------

    def _row(self, number: int, row: StatementRow) -> ReadRow:
        concept, attributes, is_own = self._concept(number, row)
        unit, scale = self._unit(number, row, attributes)
        cells = tuple(self._cells(number, row, scale))
        nil_cells = () if all(map(_DIGIT.search, filter(None, row.values))) else tuple(self._nil_cells(row))
        return ReadRow(
            number=number,
            row=row,
            concept=concept,
            attributes=attributes,
            is_own=is_own,
            unit=unit,
            scale=scale,
            cells=cells,
            nil_cells=nil_cells,
            path=self._path(number),
            is_heading=row.is_heading
            and (attributes.abstract or (is_own and row.type is None) or not attributes.is_monetary),
        )

    def _concept(self, number: int, row: StatementRow) -> tuple[QName, ConceptAttributes, bool]:
        prefix, colon, name = self._chosen(row).partition(":")
        if colon and prefix != self.document.prefix:
            taxonomy = self.profile.taxonomies.get(prefix)
            if taxonomy is not None:
                attributes = standard_attributes(prefix, name) or _with_words(row, ConceptAttributes.of_name(name))
                return taxonomy.name(name), attributes, False
            known = list_text(self.profile.taxonomies) or "no standard taxonomy"
            self._report(
                "exporter:unknownPrefix",
                f"the concept {prefix}:{name} of the row {row.label!r} has the prefix {prefix}; "
                f"the profile {self.profile.name} knows {known}",
                f"{self._path(number)}/concept",
                fix=f"choose a profile that knows {prefix}, or take the prefix off for a concept of the filing's own",
            )
        attributes = self._own_attributes(row)
        local_name = (name if colon else prefix) or self._own_name(row, attributes)
        return self.document.own_namespace.name(local_name), attributes, True

    def _chosen(self, row: StatementRow) -> str:
        """The first concept of a row that is the filing's own or of a known taxonomy; else the first."""
        known = {"", self.document.prefix, *self.profile.taxonomies}
        choices = row.concepts or ("",)
        return next((name for name in choices if name.rpartition(":")[0] in known), choices[0])

    def _own_name(self, row: StatementRow, attributes: ConceptAttributes) -> str:
        """A name made of the label; opening and closing balance have one."""
        edge = self._printed_edge(row) if attributes.period_type == "instant" else None
        edge = "end" if edge == UNCLEAR else edge  # as it is taken
        base = name_of(row.label if edge is None else without_edge(row.label))
        base += "Abstract" if attributes.abstract else ""
        name, count = base, 1
        while not self._names.get(name, set()).isdisjoint((None, edge)) or (edge is None and name in self._names):
            count += 1
            name = f"{base}{count}"
        self._names.setdefault(name, set()).add(edge)
        return name

    def _printed_edge(self, row: StatementRow) -> str | None:
        """The edge of the columns' periods at which a row of balances stands, by its word or its label.

        `UNCLEAR` where the label says no more than that it is a balance, ``None`` for what is none.
        """
        columns = [column.period for column, text in zip(self.statement.columns, row.values, strict=False) if text]
        periods = [period for period in columns if isinstance(period, Duration)]
        if row.at is not None or not periods or len(periods) < len(columns):
            return row.at
        return balance_edge(row.label, periods, asks=self.statement.kind is StatementKind.EQUITY)

    def _own_attributes(self, row: StatementRow) -> ConceptAttributes:
        """What a concept of the filing's own is like, as its row says or shows."""
        if row.is_heading and row.type is None and row.balance is None:
            return ConceptAttributes(item_type="stringItemType", period_type="duration", abstract=True)
        alike = self._alternative(row) if row.type is None and row.unit is None else None
        if alike is not None:
            return evolve(alike, balance=_balance_of(row)) if row.balance is not None else alike
        kind = row.type or row.unit or ""
        if kind not in ITEM_TYPES:
            kind = (
                "per share" if _PER_SHARE.search(row.label) else "shares" if _SHARES.search(row.label) else "monetary"
            )
        is_balance = self.statement.is_at_instants or self._printed_edge(row) is not None
        period = row.period or ("instant" if is_balance else "duration")
        return ConceptAttributes(
            item_type=ITEM_TYPES[kind],
            period_type="instant" if period == "instant" else "duration",
            balance=_balance_of(row),
        )

    @staticmethod
    def _alternative(row: StatementRow) -> ConceptAttributes | None:
        """What the standard concepts are like that a row names beside the one of the filing's own."""
        for choice in row.concepts:
            prefix, colon, name = choice.partition(":")
            attributes = standard_attributes(prefix, name) if colon else None
            if attributes is not None and attributes.abstract == row.is_heading and attributes.period_type is not None:
                return attributes
        return None

    def _unit(self, number: int, row: StatementRow, attributes: ConceptAttributes) -> tuple[Unit | None, int]:
        """The unit of a row's facts, and the scale of its numbers."""
        currency = self.statement.currency or self.document.reporting_currency
        if row.unit is not None and re.fullmatch("[A-Z]{3}", row.unit):
            currency = row.unit
        elif row.unit is not None and row.unit not in ITEM_TYPES:
            known = list_text([*ITEM_TYPES, "a currency"], last=" or ")
            self._report(
                "exporter:invalidValue", f"the unit is {known}, got {row.unit!r}", f"{self._path(number)}/unit"
            )
        item_type = ITEM_TYPES.get(row.unit or "", attributes.item_type)
        scale = row.scale
        match item_type:
            case "monetaryItemType":
                return Unit.currency(currency), self.statement.scale if scale is None else scale
            case "sharesItemType":
                return Unit.shares(), self.statement.share_scale if scale is None else scale
            case "perShareItemType":
                return Unit.per_share(currency), scale or 0
        return None, scale or 0

    def _cells(self, number: int, row: StatementRow, scale: int) -> Iterator[PrintedCell]:
        conventions = Conventions(scale=scale, language=self.document.language, dash_is_zero=True)
        for column, text in enumerate(row.values):
            if not text or (_DIGIT.search(text) is None and self._is_without_number(row, text)):
                continue
            text, accuracy = split_accuracy(text)
            accuracy = row.decimals if accuracy is None else accuracy
            try:
                if text.endswith(("%", "％")):
                    percent = Percent.parse(text)
                    printed, decimals = percent.value, percent.decimals or 0
                else:
                    numeral = parse_number(_CURRENCY_SIGN.sub("", text), conventions=conventions)
                    printed, decimals = numeral.value, numeral.decimals or 0
                    if numeral.decimals is None:
                        decimals = last_place(numeral.value)
            except ModelError as error:
                self._report(
                    "exporter:invalidValue",
                    f"the row {row.label!r}, column {self._column(column)}: {error}",
                    f"{self._path(number)}/values/{column}",
                    fix="write the number as printed, a dash for zero, nothing where nothing is printed; "
                    "for n/a and the like say dash: nil or dash: none",
                )
                continue
            yield PrintedCell(column=column, printed=printed, decimals=_decimals(accuracy, decimals))

    def _is_without_number(self, row: StatementRow, text: str) -> bool:
        """Whether a cell without digits states nil or nothing; one that does not say so is read like the others."""
        missing = find_not_stated(text)
        return missing is not None and (_is_nil(text) or (row.dash or self.statement.dash) in ("nil", "none"))

    def _nil_cells(self, row: StatementRow) -> Iterator[NilCell]:
        dash = row.dash or self.statement.dash
        for column, text in enumerate(row.values):
            if _is_nil(text):
                yield NilCell(column=column, text=None)
            elif text and dash == "nil" and find_not_stated(text) is not None:
                yield NilCell(column=column, text=text)

    def _column(self, column: int) -> str:
        given = self.statement.columns[column]
        return given.label or str(given.period)

    # --- balances carried forward -------------------------------------------------------------------------------------

    def _placed(self, rows: list[ReadRow]) -> list[ReadRow]:
        """The rows, with the start or end of the columns' periods for those that hold at an instant."""
        if self.statement.is_at_instants:
            return [self._at_instant(row) for row in rows]
        balances = {row.concept for row in rows if row.is_own and row.attributes.period_type == "instant"}
        rows = [
            evolve(row, attributes=evolve(row.attributes, period_type="instant")) if row.concept in balances else row
            for row in rows
        ]
        last: dict[object, int] = {
            (row.concept, row.row.members): row.number for row in rows if row.cells or row.nil_cells
        }
        seen: set[object] = set()
        placed = []
        for row in rows:
            at, key = row.row.at, (row.concept, row.row.members)
            if at is None and (row.cells or row.nil_cells) and row.attributes.period_type == "instant":
                at = self._edge(row, is_last=last[key] == row.number, is_first=key not in seen)
            seen.add(key)
            placed.append(row if at == row.at else evolve(row, at=at))
        return placed

    def _at_instant(self, row: ReadRow) -> ReadRow:
        if row.attributes.period_type is None:
            return evolve(row, attributes=evolve(row.attributes, period_type="instant"))
        if row.cells and row.attributes.period_type == "duration":
            self._report(
                "exporter:periodKind",
                f"{row.concept.local_name} of the row {row.row.label!r} holds for a duration, the columns are dates",
                f"{row.path}/concept",
                fix="choose a concept that holds at an instant",
            )
        return row

    def _edge(self, row: ReadRow, *, is_last: bool, is_first: bool) -> str:
        label = row.row.label
        printed = self._printed_edge(row.row)
        edge = edge_of_label(label) if printed in (None, UNCLEAR) else printed
        if edge is not None:
            return edge
        is_unclear = printed == UNCLEAR and row.row.concept is None
        if is_first and not is_last and not is_unclear:
            return "start"
        if is_first or is_unclear:
            self._report(
                "exporter:edgeUnclear",
                f"{row.concept.local_name} of the row {label!r} holds at an instant, the columns are periods: "
                "it is taken to stand at their end",
                row.path,
                fix="say at: start or at: end",
                warning=True,
            )
        return "end"

    # --- sums and signs -----------------------------------------------------------------------------------------------

    def _lines(self, rows: Sequence[ReadRow]) -> list[SumLine]:
        """The rows as sums see them, numbers in units of the last digit that is printed of their measure."""
        measures = [
            (
                row.unit,
                row.attributes.period_type == "instant" and not self.statement.is_at_instants,
                # what is cut by members adds up to nothing that a calculation could say
                (row.row.members, row.number if row.row.members else 0),
            )
            for row in rows
        ]
        finest: dict[object, int] = {}
        for row, measure in zip(rows, measures, strict=True):
            for cell in row.cells:
                finest[measure] = max(finest.get(measure, cell.places), cell.places)
        return [
            SumLine(
                depth=row.row.depth,
                label=row.row.label,
                measure=measure,
                balance=row.attributes.balance,
                values=self._whole_numbers(row, finest[measure]) if row.cells else (),
                is_heading=row.is_heading or not (row.cells or self._counts_blank(row)),
                is_total=row.row.total,
                addends=self._addends(row) if row.row.sum_of is not None else None,
            )
            for row, measure in zip(rows, measures, strict=True)
        ]

    def _whole_numbers(self, row: ReadRow, places: int) -> tuple[int | None, ...]:
        values: list[int | None] = [None] * len(self.statement.columns)
        for cell in row.cells:
            values[cell.column] = int(shift(cell.printed, places))
        return tuple(values)

    @staticmethod
    def _counts_blank(row: ReadRow) -> bool:
        """Whether a row without numbers belongs to sums all the same: an amount that nobody can state yet."""
        return row.attributes.is_monetary and row.attributes.is_certain and not row.attributes.abstract

    def _addends(self, row: ReadRow) -> tuple[tuple[int, int], ...]:
        addends: list[tuple[int, int]] = []
        rows = self.statement.rows
        for name in row.row.sum_of or ():
            bare = name[1:].strip() if name[:1] in "-−" else name
            numbers = [
                n
                for n, other in enumerate(rows)
                if n != row.number and bare in (other.label, other.concept, *other.concepts)
            ]
            numbers = [n for n in numbers if n < row.number][-1:] or numbers[:1]
            if not numbers:
                self._report(
                    "exporter:unknownRow",
                    f"the row {row.row.label!r} is the sum of {bare!r}, which no row is called",
                    f"{row.path}/sum_of",
                    fix="write the label or the concept of a row of the statement",
                )
            addends += [(number, -1 if bare != name else 1) for number in numbers]
        return tuple(addends)

    def _with_balances(self, rows: list[ReadRow]) -> list[ReadRow]:
        """Own amounts of money that say no balance have that of their sum, or its opposite where they are subtracted.

        So have standard concepts that are sums and whose balance is not known: few sums are printed with a turned sign.
        """
        settled = list(rows)
        for row in sorted(rows, key=lambda row: -row.number):
            total = settled[row.number]
            for part, sign in total.total.addends if total.total is not None else ():
                child, balance = settled[part], total.attributes.balance
                is_open = child.is_own and child.row.balance is None and child.attributes.balance is None
                is_open = is_open or (not child.attributes.is_certain and child.total is not None)
                if is_open and child.attributes.is_monetary and balance is not None:
                    own = balance if sign > 0 else _OPPOSITE[balance]
                    attributes = evolve(child.attributes, balance="debit" if own == "debit" else "credit")
                    settled[part] = evolve(child, attributes=attributes)
        return settled

    def _signed(self, rows: list[ReadRow]) -> tuple[ReadRow, ...]:
        """The rows with their signs, from the sums at the top down to their parts."""
        signs: dict[int, int] = {}
        parent = children_of({row.number: row.total for row in rows if row.total is not None})
        for row in reversed(rows):
            given = row.row.negated
            if given is not None:
                signs[row.number] = -1 if given else 1
            elif row.number not in parent or parent[row.number] not in signs:
                signs[row.number] = self._sign_of_root(row)
            else:
                total = rows[parent[row.number]]
                printed = dict(total.total.addends)[row.number] if total.total is not None else 1
                signs[row.number] = self._sign_of_part(row, total, printed, signs[total.number])
        return tuple(row if signs[row.number] > 0 else evolve(row, sign=-1) for row in rows)

    def _sign_of_root(self, row: ReadRow) -> int:
        """A loss that is printed without a sign is a negative profit."""
        elsewhere = self._sign_elsewhere(row)
        if elsewhere is not None:
            return elsewhere
        is_loss = _LOSS.search(row.row.label) is not None and _GAIN.search(row.row.label) is None
        of_profit = row.attributes.balance == "credit" and "Loss" in row.concept.local_name
        return -1 if is_loss and of_profit and row.cells and all(cell.printed >= 0 for cell in row.cells) else 1

    def _sign_of_part(self, row: ReadRow, total: ReadRow, printed: int, sign_of_total: int) -> int:
        own, above = row.attributes.balance, total.attributes.balance
        if own is not None and above is not None:
            return printed * (1 if own == above else -1) * sign_of_total
        if (elsewhere := self._sign_elsewhere(row)) is not None:
            return elsewhere
        if (
            own is not None
            and self.statement.kind is StatementKind.CASH_FLOW
            and not _PROFIT.match(row.concept.local_name)
        ):
            return printed * (1 if own == "debit" else -1) * sign_of_total
        return 1

    def _sign_elsewhere(self, row: ReadRow) -> int | None:
        """The sign with which the facts are those that another statement has already."""
        for cell in row.cells:
            period = self.statement.columns[cell.column].period
            if isinstance(period, Duration) and row.attributes.period_type == "instant":
                period = period.start_instant if row.at == "start" else period.end_instant
            members = frozenset((*self.statement.columns[cell.column].members, *row.row.members))
            value = self.known.get((row.concept, period, members))
            if value and abs(value) == abs(cell.printed):
                return 1 if value == cell.printed else -1
        return None

    def _report(self, code: str, message: str, field: str, *, fix: str | None = None, warning: bool = False) -> None:
        self.findings.append(
            Finding(
                code=code,
                message=message,
                severity=Severity.WARNING if warning else Severity.ERROR,
                location=Location(
                    pointer=f"/items/{self.index}/{field}", item=f"items[{self.index}] {type(self.statement).__name__}"
                ),
                fix=fix,
            )
        )


def _is_nil(text: str) -> bool:
    return text.casefold() == "nil"


def _decimals(accuracy: int | str | None, printed: int) -> int | None:
    """The decimals of a cell whose print shows ``printed``; those that the cell states go before."""
    return printed if accuracy is None else None if accuracy == EXACT else int(accuracy)


def _balance_of(row: StatementRow) -> Balance | None:
    return "debit" if row.balance == "debit" else "credit" if row.balance == "credit" else None


def _with_words(row: StatementRow, attributes: ConceptAttributes) -> ConceptAttributes:
    """What a concept is like of which only the name is known, with what its row says of it."""
    kind = row.type or row.unit or ""
    if kind in ITEM_TYPES or not row.is_heading:
        item_type = ITEM_TYPES.get(kind, "monetaryItemType" if attributes.abstract else attributes.item_type)
        attributes = evolve(attributes, item_type=item_type, abstract=False)
    if row.period is not None:
        attributes = evolve(attributes, period_type="instant" if row.period == "instant" else "duration")
    if row.balance is not None:
        attributes = evolve(attributes, balance=_balance_of(row))
    return attributes


def name_of(label: str) -> str:
    """A name for a concept from a label; one without Latin letters is distinguished from others by its digest."""
    bare = re.sub(r"\([^()]*\)", " ", label)
    return (
        camel_name(bare.lower() if bare.isupper() else bare, "Row") if re.search("[A-Za-z]", bare) else _digest(label)
    )


def _digest(label: str) -> str:
    return f"Row{hashlib.sha256(label.encode()).hexdigest()[:8]}"
