"""Last period's filing as the start of the next: periods moved, values kept as comparatives or left to be filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from exporter.disclosures.statements.layout import Statement, StatementColumn, StatementRow
from exporter.errors import ExporterError, ModelError
from exporter.filing import Filing
from exporter.findings import Finding, Location, Severity, list_text, truncated
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    DimensionDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
)
from exporter.items.fields import FieldSpec
from exporter.items.placed import placed_items
from exporter.items.tree_values import DOCUMENT_TYPE, header_to_plain, item_to_plain, period_to_plain
from exporter.items.values import EntityRef, Month, Unknown
from exporter.items.values.texts import TextBlock
from exporter.items.written_forms import Noted, yaml_text
from exporter.model.fiscal_calendar import FiscalCalendar
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.operations.inputs import Input, Source
from exporter.operations.read import OFFLINE, Access
from exporter.operations.template import FORMS, find_form
from exporter.operations.to_items import read_filing
from exporter.resources.files import atomic_write
from exporter.taxonomy.concepts import DEPRECATED, DEPRECATED_DATE
from exporter.taxonomy.taxonomy import Taxonomy

_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_DATE: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(-?)([01][0-9])(-?)([0-3][0-9])(?![0-9])")
_YEARS: Final = frozenset({"gYearItemType"})
_LONG: Final = 80  # characters of a text that somebody has to read again
_LONGEST: Final = 60  # characters of last year's value in a comment
_SUCCESSOR: Final = "/dep-"  # what the arcroles of US GAAP from a concept to those it takes the place of have in common
Warn = Callable[[Finding], None]


@frozen(kw_only=True)
class RolledFiling:
    """The start of the next filing, as a tree, with comments on top of it.

    ``emptied`` values are to be filled in, ``kept`` ones are comparatives, ``due`` are items that the form has besides.
    """

    tree: dict[str, Any]
    comments: tuple[str, ...]
    emptied: int
    kept: int
    due: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The file of items in YAML, with comments."""
        lines = [*(f"# {comment}" for comment in self.comments), f"schema: {DOCUMENT_TYPE}"]
        return "\n".join([*lines, yaml_text(self.tree), ""])


def roll_forward(
    source: Source | Input,
    to_period: dt.date,
    *,
    form: str | None = None,
    classes: Iterable[type[Any]] = (),
    packages: Iterable[Path] = (),
    access: Access = OFFLINE,
) -> RolledFiling:
    """The file of items to begin the next filing with.

    A period moves as the end of the reporting period does: by months, the end of a month to the end of a month, or by
    weeks where the fiscal year has 52 or 53. Where last year's filing has the value of the moved period, as it has for
    all columns of a table but the first, it stays as a comparative; else the place is empty, with last year's value in
    a comment. Texts, names and choices stay.

    Args:
        source: last period's filing: items, or a report in any syntax.
        to_period: the end of the next reporting period.
        form: whose items are listed as due: ``20-F``, ``esef``, ``edinet``; left out, that of the document.
        classes: item classes beside the disclosures of this package.
        packages: taxonomy packages that a report's taxonomy may come from.
        access: whether taxonomies are kept, and missing public documents fetched.

    Raises:
        ReadError: the source cannot be read, or has no items.
        ExporterError: ``exporter:usage``: there is no such form, or the period is not later.
    """
    last = read_filing(source, tuple(classes), packages=packages, access=access)
    filing, findings = last.filing, list(last.findings)
    last_end = filing.period_end.date
    if to_period <= last_end:
        message = f"the next period ends after {last_end}, not on {to_period}"
        raise ExporterError(findings=[Finding(code="exporter:usage", message=message, fix="give a later --to-period")])
    calendar = FiscalCalendar(last_end, to_period)
    rolling = _Rolling(calendar)
    items = rolling.items(filing.items)
    due = tuple(_due(filing, form))
    if calendar.is_week_based:
        message = f"fiscal years of weeks: {last_end} to {to_period} is {(to_period - last_end).days // 7} weeks"
        fix = "check the periods of comparatives"
        findings += [Finding(code="exporter:weekCalendar", message=message, severity=Severity.WARNING, fix=fix)]
    findings += _deprecated(filing, last.taxonomy)
    comments = [
        f"Rolled forward from {_name(source)}: the period to {last_end} becomes that to {to_period}.",
        f"{rolling.emptied} values are to be filled in; last period's stand in comments.",
        f"{rolling.kept} comparatives are kept from last period's filing.",
        *(f"{finding.message}: {finding.fix}" if finding.fix else finding.message for finding in findings),
        *([f"The form has items that are not here: {list_text(due, most=len(due))}."] if due else []),
    ]
    return RolledFiling(
        tree={"filing": rolling.header(filing), "items": items},
        comments=tuple(" ".join(comment.split()) for comment in comments),
        emptied=rolling.emptied,
        kept=rolling.kept,
        due=due,
        findings=tuple(findings),
    )


def write_rolled(rolled: RolledFiling, target: Path) -> None:
    """Write the start of the next filing as YAML or, by its suffix, as a workbook; whole or not at all.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
        OSError: the file cannot be written.
    """
    with atomic_write(target) as stream:
        if target.suffix.lower() != ".xlsx":
            stream.write(rolled.text.encode())
            return
        # Imported on use: YAML needs no workbook.
        from exporter.operations.rolled_workbook import write_rolled_workbook

        write_rolled_workbook(rolled.tree, stream, notes=rolled.comments, title="The next filing")


def _name(source: Source | Input) -> str:
    if isinstance(source, Input):
        return source.name
    return Path(source if isinstance(source, str | Path) else next(iter(source))).name


def _due(filing: Filing, form: str | None) -> Iterator[str]:
    """The items of a form that the filing lacks."""
    types = (getattr(item, "document_type", None) for item in filing.items)
    name = form or next((str(kind) for kind in types if kind is not None), None)
    if form is None and name not in FORMS:
        return
    present = {item_specification(type(placed.item)).name for placed in placed_items(filing.items)}
    chosen = find_form(name or "")
    from exporter.operations.classes import known_item_classes

    yield from (name for name in chosen.items or known_item_classes(()) if name not in present)


def _deprecated(filing: Filing, taxonomy: Taxonomy | None) -> Iterator[Finding]:
    """The standard concepts that the taxonomy at hand calls deprecated, with those that take their place."""
    if taxonomy is None:
        return
    successors: dict[QName, list[str]] = {}
    for arc in taxonomy.relationships:
        if _SUCCESSOR in arc.arcrole:
            successors.setdefault(arc.target, []).append(str(arc.source))
    for concept in sorted({fact.concept for fact in filing.derived.report.facts}, key=lambda name: name.sort_key):
        labels = [label.text for label in taxonomy.labels_of(concept) if label.role in (DEPRECATED, DEPRECATED_DATE)]
        if labels or concept in successors:
            words = f" ({' '.join(labels[0].split())})" if labels else ""
            yield Finding(
                code="exporter:deprecatedConcept",
                message=f"{concept} is deprecated{words}",
                severity=Severity.WARNING,
                location=Location(),
                fix=f"use {list_text(successors[concept], last=' or ')}" if concept in successors else None,
            )


class _Rolling:
    """Rolls items, and counts what is emptied and what is kept."""

    def __init__(self, calendar: FiscalCalendar) -> None:
        self._calendar = calendar
        self._years = round(calendar.months / 12)
        self._past = FiscalCalendar(calendar.next_end, calendar.last_end).date(calendar.last_end)
        self.emptied = 0
        self.kept = 0

    def header(self, filing: Filing) -> dict[str, Any]:
        """What the items share, for the next period."""
        header = header_to_plain(filing)
        header["period_end"] = self._calendar.next_end.isoformat()
        header["namespace"] = _DATE.sub(self._moved_date, header["namespace"])
        for name in ("title", "release"):
            if name in header:
                moved = self._text(header[name]) if name == "title" else header[name]
                header[name] = Noted(moved, "as last period: check it")
        return header

    def items(self, items: Sequence[Any]) -> list[Any]:
        """Items, or the rows of one; those whose period stays with the same identity keep their values."""
        known = {(_identity(item), _period(item)): item for item in items}
        return [self._item(item, known) for item in items]

    def _item(self, item: Any, known: Mapping[Any, Any]) -> dict[str, Any]:
        if isinstance(item, Statement):
            return self._statement(item)
        period = _period(item)
        moved = self._moved(period)
        comparative = known.get((_identity(item), moved)) if period is not None else None
        spec, node = item_specification(type(item)), item_to_plain(item)
        if comparative is not None:
            self.kept += 1
            kept = item_to_plain(comparative)
            name = spec.name_of(PeriodDeclaration) or ""
            return {field: Noted(value, "kept") if field == name else value for field, value in kept.items()}
        emptied = self.emptied
        rolled = {
            field.name: self._field(field, getattr(item, field.name), node[field.name])
            for field in spec.fields
            if field.name in node
        }
        if self.emptied == emptied and self._is_past(period):  # what has happened does not happen again a year later
            return node
        return {**node, **rolled}

    def _is_past(self, value: Any) -> bool:
        """Whether a date or period lies before the last reporting period."""
        match value:
            case Instant():
                return value.date <= self._past
            case Duration():
                return value.last_day <= self._past
            case Month():
                return dt.date(value.year, value.month, 1) <= self._past
            case dt.date():
                return value <= self._past
        return False

    def _field(self, field: FieldSpec, value: Any, node: Any) -> Any:
        """A field of an item that is of the next period."""
        match field.declaration:
            case PeriodDeclaration():
                return period_to_plain(self._moved(value)) if not isinstance(value, Unknown) else node
            case RowsDeclaration():
                return self.items(value)
            case (
                DimensionDeclaration()
                | SelectorDeclaration()
                | UnitDeclaration()
                | NotesDeclaration()
                | ProvenanceDeclaration()
            ):
                return node
        if any(concept.item_type in _YEARS for concept in field.concepts) and str(value).isdigit():
            return Noted(str(int(str(value)) + self._years), "moved: check it")
        if isinstance(value, dt.date | Month | Instant | Duration):
            return node if self._is_past(value) else Noted(period_to_plain(self._moved(value)), "moved: check it")
        if isinstance(value, bool | EntityRef | tuple):
            return node
        if isinstance(value, str | TextBlock):
            return Noted(node, "as last period: read it again") if len(str(node)) > _LONG else node
        if isinstance(value, int | Decimal) or hasattr(value, "decimals") or isinstance(value, Unknown):
            self.emptied += 1
            return Noted(None, f"was {_printed(value)}")
        return node

    def _moved(self, value: Any) -> Any:
        """A date or period of the last reporting period where it lies in the next one."""
        match value:
            case Instant() | Duration():
                return self._calendar.period(value)
            case Month():
                day = self._calendar.date(dt.date(value.year, value.month, 1))
                return Month(day.year, day.month)
            case dt.date():
                return self._calendar.date(value)
        return value

    def _statement(self, statement: Statement) -> dict[str, Any]:
        """A statement: each column is of the next period, its values those that the column of that period had."""
        columns = [self._column(column) for column in statement.columns]
        places = {(column.period, column.members): number for number, column in enumerate(statement.columns)}
        sources = [places.get((column.period, column.members)) for column in columns]
        rows = []
        for row in statement.rows:
            inner = []
            for amount in row.parenthetical:
                given = amount.values * len(columns) if len(amount.values) == 1 else amount.values
                inner.append(self._row(evolve(amount, values=given), sources))
            moved, empty = self._row(row, sources)
            rows.append((evolve(moved, parenthetical=[amount for amount, _ in inner]), empty, inner))
        changed: Any = statement  # an attrs class in each of its kinds
        node = item_to_plain(evolve(changed, columns=tuple(columns), rows=tuple(row for row, _, _ in rows)))
        for row_node, (_, empty, inner) in zip(node["rows"], rows, strict=True):
            if empty:
                row_node["values"] = Noted(row_node["values"], f"was {list_text(empty)}")
            for amount_node, (_, of_label) in zip(row_node.get("parenthetical", ()), inner, strict=True):
                if of_label:
                    text = f"was {list_text(dict.fromkeys(of_label))}, which the label prints"
                    amount_node["values"] = Noted(amount_node["values"], text)
        return node

    def _row(self, row: StatementRow, sources: Sequence[int | None]) -> tuple[StatementRow, list[str]]:
        """A row with the values of the columns that it keeps, and those that are gone."""
        values = [row.values[at] if at is not None and at < len(row.values) else "" for at in sources]
        self.kept += sum(bool(value) for value in values)
        empty = [
            row.values[number]
            for number, at in enumerate(sources)
            if at is None and number < len(row.values) and row.values[number]
        ]
        self.emptied += len(empty)
        return (evolve(row, values=values) if row.values else row), empty

    def _column(self, column: StatementColumn) -> StatementColumn:
        label = None if column.label is None else self._text(column.label)
        return evolve(column, period=self._moved(column.period), label=label)

    def _text(self, text: str) -> str:
        """A heading with its years moved."""
        return _YEAR.sub(lambda match: str(int(match[1]) + self._years), text)

    def _moved_date(self, match: re.Match[str]) -> str:
        try:
            day = self._calendar.date(dt.date(int(match[1]), int(match[3]), int(match[5])))
        except (ValueError, ModelError):
            return match[0]
        return f"{day.year:04}{match[2]}{day.month:02}{match[4]}{day.day:02}"


def _period(item: Any) -> Any:
    """The period of an item, ``None`` where it has none or it is not known."""
    name = item_specification(type(item)).name_of(PeriodDeclaration)
    value = getattr(item, name) if name is not None else None
    return None if isinstance(value, Unknown) else value


def _identity(item: Any) -> tuple[Any, ...]:
    """What makes an item the same from period to period: its class, its members and what it is about."""
    spec: ItemSpec = item_specification(type(item))
    fields = spec.declared(DimensionDeclaration, SelectorDeclaration, UnitDeclaration)
    return (spec.name, *(getattr(item, field.name) for field in fields))


def _printed(value: Any) -> str:
    """Last period's value as people write it, cut where it is long."""
    if isinstance(value, Unknown):
        text = f"not known: {value.reason}"
    else:
        text = value.printed() if hasattr(value, "printed") else str(value)
    return truncated(text, _LONGEST)
