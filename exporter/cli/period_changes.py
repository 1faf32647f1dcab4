"""What ``exporter diff --periods`` shows and writes: each figure beside that of the period before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exporter.cli.arguments import check_output, given_access, keep_apart
from exporter.cli.console import Column
from exporter.cli.fact_text import CHANGE_COLUMNS, cut_text
from exporter.cli.outcome import Run

if TYPE_CHECKING:
    from exporter.model.fact import Fact
    from exporter.model.report import Report
    from exporter.operations.compare import ChangedFigure

_COLUMNS: Final = (*CHANGE_COLUMNS, Column(title="per cent"))


def compare_periods(
    run: Run,
    before: Path,
    after: Path,
    output: Path | None,
    limit: int | None,
    choose: Callable[[Report, Fact], bool] | None,
    **options: Any,
) -> None:
    """What ``--periods`` shows, prints and writes."""
    from exporter.operations.compare import compare_filings, write_comparison

    if output is not None:
        check_output(run, output)
        keep_apart((output,), (before, after))
    with run.screen.progress(f"comparing {before} and {after}"):
        changes = compare_filings(before, after, choose=choose, access=given_access(), warn=run.warn, **options)
        if output is not None:
            write_comparison(changes, output)
    if output is not None:
        run.result["output"] = str(output)
    run.result |= {"before_end": changes.before_end, "after_end": changes.after_end, "counts": dict(changes.counts)}
    different = [figure for figure in changes.figures if figure.status != "unchanged"]
    if run.as_json:
        run.result["figures"] = [_plain_change(figure) for figure in different[:limit]]
        return
    if output is None and different:
        run.screen.table(_COLUMNS, map(_row, different[:limit]))
    counts = ", ".join(f"{number:,} {status}" for status, number in changes.counts.items() if number)
    run.closing = f"{counts or 'nothing to compare'}{f': {output}' if output is not None else ''}"


def _row(figure: ChangedFigure) -> tuple[str, ...]:
    subject = (figure.status, figure.label, figure.period, figure.unit, figure.members)
    return (*subject, cut_text(figure.before), cut_text(figure.after), figure.percent)


def _plain_change(figure: ChangedFigure) -> dict[str, Any]:
    """What ``--json`` prints of a figure; numbers are text, so that they stay exact."""
    change = figure.change
    sides = {
        name: None if fact is None else {"value": fact.value, "period": str(fact.period)}
        for name, fact in (("before", change.before), ("after", change.after))
    }
    return {
        "status": figure.status,
        "concept": str(change.fact.concept),
        "label": figure.label,
        "dimensions": figure.members,
        "unit": figure.unit,
        **sides,
        "change": None if not figure.difference else str(change.difference),
        "percent": None if not figure.percent else str(change.percent),
    }
