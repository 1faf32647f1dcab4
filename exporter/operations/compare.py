"""Comparing two periods as people do: by how much each figure has changed, what is new, what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from exporter.errors import ExporterError
from exporter.findings import Finding
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.operations.diff import narrowed
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.read import OFFLINE, Access
from exporter.operations.review import compare_inputs, labels_of, read_for_review, title_of
from exporter.page.changes import ChangedFigure as ChangedFigure
from exporter.page.changes import ChangeList, change_list, write_changes
from exporter.profiles.profile import Profile
from exporter.resources.files import atomic_write

_HEADINGS: Final = (
    *(("status", 11), ("figure", 44), ("members", 30), ("period", 28), ("unit", 12)),
    *(("before", 20), ("after", 20), ("change", 18), ("per cent", 10), ("concept", 40)),
)


def _ignore(_: Finding) -> None:
    return None


def compare_filings(
    before: Source | Input,
    after: Source | Input,
    *,
    choose: Callable[[Report, Fact], bool] | None = None,
    packages: Iterable[Path] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> ChangeList:
    """Each figure of a filing beside the same figure of the period before: changed, new, gone, or restated.

    Figures are the same where concept, dimensions, unit and language agree, whatever the year in the names of
    taxonomies, and the periods lie alike to the ends of the reporting periods.

    Args:
        before: the earlier filing: a report in any syntax, or a file of items.
        after: the later one; of the same reporting period it is another draft.
        choose: compare only facts for which it is true.
        packages: taxonomy packages that the taxonomies may come from.
        strict: the files are refused where anything is wrong with them; else what is certain is compared.
        classes: item classes that a file of items may use beside the disclosures of this package.
        profile: which standard concepts the items of a file report, in place of what it says.
        release: the edition of the profile's standard taxonomies.
        access: whether taxonomies are kept, and missing public documents fetched.
        warn: takes findings that do not stop the reading.

    Raises:
        ReadError: with all findings of the file that cannot be read.
        WriteError: a file of items makes no report.
        PackageError: a package is unsafe or no taxonomy package.
    """
    packages, classes = tuple(packages), tuple(classes)
    sides = []
    for source in (before, after):
        with open_input(source) as opened:
            side = read_for_review(
                opened,
                packages=packages,
                strict=strict,
                classes=classes,
                profile=profile,
                release=release,
                access=access,
                warn=warn,
            )
        if choose is not None:
            side = evolve(side, report=narrowed(side.report, choose))
        sides.append(side)
    first, second = sides
    names = [first.name, second.name]
    if names[0] == names[1]:
        names = [f"{names[0]} (before)", f"{names[1]} (after)"]
    return change_list(
        compare_inputs(first, second),
        labels_of(second, first),
        title=title_of(second),
        before_name=names[0],
        after_name=names[1],
    )


def write_comparison(changes: ChangeList, target: Path) -> None:
    """Write what has changed as a page (``.html``) or a workbook (``.xlsx``), whole or not at all.

    Raises:
        ExporterError: ``exporter:usage``: the suffix is another.
        MissingExtraError: XlsxWriter is not installed.
        OSError: the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in (".html", ".htm", ".xlsx"):
        message = f"a comparison is written as a page or a workbook, not as {target.name}"
        finding = Finding(code="exporter:usage", message=message, fix="name it .html or .xlsx")
        raise ExporterError(findings=[finding])
    with atomic_write(target) as stream:
        if suffix != ".xlsx":
            write_changes(changes, stream)
            return
        # Imported on use: a page needs no workbook.
        from exporter.operations.workbook import SheetColumn, SheetContent, write_workbook

        columns = [SheetColumn(heading, width=width) for heading, width in _HEADINGS]
        sheet = SheetContent("changes", columns, values=map(_values, changes.figures))
        write_workbook(stream, [sheet], title=changes.title)


def _values(figure: ChangedFigure) -> tuple[Any, ...]:
    before, after = figure.numbers
    return (
        figure.status,
        figure.label,
        figure.members,
        figure.period,
        figure.unit,
        figure.before if before is None else before,
        figure.after if after is None else after,
        figure.change.difference if figure.difference else None,
        figure.change.percent if figure.percent else None,
        str(figure.change.fact.concept),
    )
