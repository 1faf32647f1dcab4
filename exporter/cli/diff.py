"""``exporter diff``: how two reports differ, whatever their syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exporter.cli.arguments import (
    FILE,
    given_access,
    item_classes,
    items_modules,
    output_options,
    profile_of_items,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.console import count
from exporter.cli.fact_text import (
    CHANGE_COLUMNS,
    cut_text,
    dimensions_text,
    entity_text,
    plain_fact,
    value_text,
)
from exporter.cli.outcome import Run, command_body
from exporter.findings import has_errors
from exporter.model.selection import PrefixedNames, period_text
from exporter.resources.streams import STANDARD

if TYPE_CHECKING:
    from exporter.model.differences import Changes, Differences, LinkEnds
    from exporter.model.fact import Fact
    from exporter.model.report import FootnoteResource, Report
    from exporter.operations.diff import Comparison

_T = TypeVar("_T")
_Row = tuple[str, ...]


@click.command(short_help="Compare what two reports say, whatever their syntax.")
@click.argument("before", metavar="A", type=FILE)
@click.argument("after", metavar="B", type=FILE)
@click.option(
    "--periods",
    is_flag=True,
    help="Compare two periods: each figure of B with the same figure of the period before in A.",
)
@click.option(
    "-o",
    "--output",
    type=FILE,
    metavar="FILE",
    help="Write what has changed from period to period as a page (.html) or a workbook (.xlsx); implies --periods.",
)
@click.option("--concept", "concepts", multiple=True, metavar="PATTERN", help="Only concepts whose name fits (*, ?).")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show only the first N differences.")
@profile_of_items
@taxonomy_packages
@taxonomy_access
@items_modules
@click.option("--strict", is_flag=True, help="Be as strict as validate, and count warnings as errors.")
@output_options
@command_body
def command(
    run: Run,
    before: Path,
    after: Path,
    periods: bool,
    output: Path | None,
    concepts: tuple[str, ...],
    limit: int | None,
    profile: str | None,
    release: str | None,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Show how report B differs from report A: facts, footnotes, links between them, taxonomy references.

    A and B are reports in any syntax, packages, archives, folders, or files of items; - is standard input. The order of
    facts, ids and prefixes do not count, and numbers compare as numbers. A fact that differs in one or two aspects
    (value, period, unit, dimensions, language, entity) from one of the same concept is one changed fact: a change names
    the aspects, and the other columns show A.
    With --concept, only facts of these concepts count, with their footnotes. Facts in doubt are left out with an error.

    With --periods A is the filing of an earlier period, and each figure of B stands beside the same figure one period
    before, with the change and per cent: what changed, what is new, what is gone, and what is restated (B says of A's
    period something else). Names of taxonomies may have another year. The exit code is then 0 whatever has changed.

    \b
    Exit codes: 0 equal; 1 differences, or an error in a document; 2 the comparison could not be made.

    \b
    Examples:
      exporter diff report.xbrl report.json
      exporter diff last-draft.json report.json --concept '*Deficit*'
      exporter diff a.xbrl b.xbrl --json
      exporter diff last-year.xbrl report.yaml --periods
      exporter diff last-year.xbrl report.yaml -o changes.xlsx
    """
    from exporter.operations.diff import compare_files

    if before == after == STANDARD:
        raise run.refuse("exporter:usage", "standard input holds one report", fix="give a file for A or for B")

    def chosen(report: Report, fact: Fact) -> bool:
        return names_of(report).fits(fact, concepts)

    run.strict = strict
    names_of = _remembered_names()
    classes = item_classes(modules)
    if periods or output is not None:
        choose = chosen if concepts else None
        from exporter.cli.period_changes import compare_periods

        compare_periods(
            run,
            before,
            after,
            output,
            limit,
            choose,
            packages=packages,
            strict=strict,
            classes=classes,
            profile=profile,
            release=release,
        )
        return
    with run.screen.progress(f"comparing {before} and {after}"):
        comparison = compare_files(
            before,
            after,
            choose=chosen if concepts else None,
            packages=packages,
            strict=strict,
            classes=classes,
            profile=profile,
            release=release,
            access=given_access(),
            warn=run.warn,
        )
    run.differs = len(comparison.differences) > 0
    names = PrefixedNames(comparison.before.namespaces, comparison.after.namespaces)
    if run.as_json:
        run.result |= _plain(comparison.differences, names, limit, is_whole=not has_errors(run.findings))
    else:
        _show(run, comparison, names, limit)


def _remembered_names() -> Callable[[Report], PrefixedNames]:
    known: list[tuple[Report, PrefixedNames]] = []

    def names_of(report: Report) -> PrefixedNames:
        if not known or known[-1][0] is not report:
            known.append((report, PrefixedNames(report.namespaces)))
        return known[-1][1]

    return names_of


def _show(run: Run, comparison: Comparison, names: PrefixedNames, limit: int | None) -> None:
    import sys

    differences = comparison.differences
    total = len(differences)
    fitted = cut_text if sys.stdout.isatty() else str
    if total:
        run.screen.table(CHANGE_COLUMNS, islice(_rows(differences, names, fitted), limit))
    row_count = total if limit is None else min(limit, total)
    equal = "equal" if not has_errors(run.findings) else "equal in what can be read"
    headline = _summary(differences) if total else f"{equal}: {count(len(comparison.after.facts), 'fact')}"
    run.closing = headline if row_count == total else f"{headline} (the first {row_count:,} shown)"


def _summary(differences: Differences) -> str:
    kinds = (
        (differences.facts, "fact"),
        (differences.footnotes, "footnote"),
        (differences.links, "link"),
        (differences.taxonomy, "taxonomy reference"),
    )
    return "; ".join(f"{noun}s: {_counts(changes)}" for changes, noun in kinds if len(changes))


def _counts(changes: Changes[Any]) -> str:
    parts = ((len(getattr(changes, name)), name) for name in ("added", "removed", "changed"))
    return ", ".join(f"{number:,} {name}" for number, name in parts if number)


def _rows(differences: Differences, names: PrefixedNames, fitted: Callable[[str], str]) -> Iterator[_Row]:
    """One line for each difference; of texts that ``fitted`` cuts, only what is shown of them."""
    yield from _fact_rows(differences.facts, names, fitted)
    yield from _footnote_rows(differences.footnotes, fitted)
    yield from _link_rows(differences.links, names)
    for change, hrefs in (("added", differences.taxonomy.added), ("removed", differences.taxonomy.removed)):
        for href in hrefs:
            yield (change, "taxonomy", "", "", "", *_sides(change, href))


def _sides(change: str, text: str) -> tuple[str, str]:
    return ("", text) if change == "added" else (text, "")


def _fact_rows(facts: Changes[Fact], names: PrefixedNames, fitted: Callable[[str], str]) -> Iterator[_Row]:
    for pair in facts.changed:
        values = [(_aspect(pair.before, aspect, names), _aspect(pair.after, aspect, names)) for aspect in pair.aspects]
        before, after = ("; ".join(fitted(text) for text in side) for side in zip(*values, strict=True))
        yield (f"changed {', '.join(pair.aspects)}", *_subject(pair.before, names), before, after)
    for change, changed_facts in (("added", facts.added), ("removed", facts.removed)):
        for fact in changed_facts:
            yield (change, *_subject(fact, names), *_sides(change, fitted(value_text(fact))))


def _subject(fact: Fact, names: PrefixedNames) -> _Row:
    dimensions = dimensions_text(names.dimensions(fact))
    return (names.name(fact.concept), period_text(fact), names.unit(fact.unit), dimensions)


def _aspect(fact: Fact, aspect: str, names: PrefixedNames) -> str:
    texts = {
        "value": lambda: value_text(fact),
        "decimals": lambda: "INF" if fact.decimals is None else str(fact.decimals),
        "unit": lambda: names.unit(fact.unit) or "(pure)",
        "period": lambda: period_text(fact),
        "dimensions": lambda: dimensions_text(names.dimensions(fact)) or "(none)",
        "language": lambda: fact.language or "(none)",
        "entity": lambda: entity_text(fact) or "(none)",
    }
    return texts[aspect]()


def _footnote_rows(notes: Changes[FootnoteResource], fitted: Callable[[str], str]) -> Iterator[_Row]:
    for pair in notes.changed:
        before, after = (
            "; ".join(fitted(getattr(note, aspect)) for aspect in pair.aspects) for note in (pair.before, pair.after)
        )
        yield (f"changed {', '.join(pair.aspects)}", f"footnote ({pair.before.language})", "", "", "", before, after)
    for change, changed_notes in (("added", notes.added), ("removed", notes.removed)):
        for note in changed_notes:
            yield (change, f"footnote ({note.language})", "", "", "", *_sides(change, fitted(note.content)))


def _link_rows(links: Changes[LinkEnds], names: PrefixedNames) -> Iterator[_Row]:
    for pair in links.changed:
        before, after = (
            "; ".join(getattr(link, aspect) for aspect in pair.aspects) for link in (pair.before, pair.after)
        )
        yield (f"changed {', '.join(pair.aspects)}", *_link_subject(pair.before, names), before, after)
    for change, changed_links in (("added", links.added), ("removed", links.removed)):
        for link in changed_links:
            yield (change, *_link_subject(link, names), *_sides(change, _end(link, names)))


def _link_subject(link: LinkEnds, names: PrefixedNames) -> _Row:
    name, *rest = _subject(link.source, names)
    return (f"link from {name}", *rest)


def _end(link: LinkEnds, names: PrefixedNames) -> str:
    content = getattr(link.target, "content", None)
    if content is not None:
        return f"footnote: {cut_text(content)}"
    return " ".join(part for part in _subject(link.target, names) if part)  # type: ignore[arg-type]


# JSON


def _plain(differences: Differences, names: PrefixedNames, limit: int | None, *, is_whole: bool) -> dict[str, Any]:
    """What ``--json`` prints; the counts are of all differences, the lists go as far as the limit."""
    budget = [limit]

    def fact(fact_: Fact) -> dict[str, Any]:
        return plain_fact(fact_, names)

    def link(link_ends: LinkEnds) -> dict[str, Any]:
        target: Any = link_ends.target
        end = footnote(target) if hasattr(target, "content") else fact(target)
        return {"source": fact(link_ends.source), "target": end, "type": link_ends.type, "group": link_ends.group}

    def footnote(note: FootnoteResource) -> dict[str, Any]:
        return {"id": note.id, "language": note.language, "content": note.content}

    kinds: tuple[tuple[str, Changes[Any], Callable[[Any], Any]], ...] = (
        ("facts", differences.facts, fact),
        ("footnotes", differences.footnotes, footnote),
        ("links", differences.links, link),
        ("taxonomy", differences.taxonomy, str),
    )
    return {
        "equal": is_whole and len(differences) == 0,
        "counts": {
            name: {kind: len(getattr(changes, kind)) for kind in ("added", "removed", "changed")}
            for name, changes, _ in kinds
        },
        "namespaces": names.prefixes,
        **{name: _plain_changes(changes, plain, budget) for name, changes, plain in kinds},
    }


def _plain_changes(changes: Changes[_T], plain: Callable[[_T], Any], budget: list[int | None]) -> dict[str, Any]:
    def taken(things: tuple[Any, ...]) -> tuple[Any, ...]:
        if budget[0] is None:
            return things
        kept = things[: budget[0]]
        budget[0] -= len(kept)
        return kept

    return {
        "changed": [
            {"aspects": list(pair.aspects), "before": plain(pair.before), "after": plain(pair.after)}
            for pair in taken(changes.changed)
        ],
        "added": [plain(value) for value in taken(changes.added)],
        "removed": [plain(value) for value in taken(changes.removed)],
    }
