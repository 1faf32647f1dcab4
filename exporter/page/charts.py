"""Charts of a review, where a person would rather look: rates over time, shares of holders, amounts over years.

Drawn by matplotlib as SVG whose colours follow the theme of the page; the same figures give the same bytes. This is the
one door to matplotlib (extra ``charts``).
"""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, Final

from attrs import frozen

from exporter.errors import MissingExtraError
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.report import Report
from exporter.namespaces import ISO4217
from exporter.page.report_page import common_scale
from exporter.page.review import Chart, ReviewRow, ReviewSubject, ReviewTable, RowGroup
from exporter.page.words import PageLanguage

_FEWEST_PERIODS: Final = 3
_FEWEST_MEMBERS: Final = 2
_MOST_MEMBERS: Final = 15
_MOST_LINES: Final = 4
_MOST_CHARTS: Final = 2  # of a subject
_ENGLISH: Final = PageLanguage.single("en")
_LONGEST_LABEL: Final = 40
_RATES: Final = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (("high", "high"), ("low", "low"), ("average", "average|mean"))
}
_SIZE: Final = (6.4, 3.2)  # inches
# Colours that stand for those of the page's theme.
_INK: Final = "#010101"
_GRID: Final = "#020202"
_SERIES: Final = ("#030303", "#040404", "#050505", "#060606")
_THEME: Final = {
    _INK: "currentColor",
    _GRID: "var(--grid)",
    **{colour: f"var(--chart-{number})" for number, colour in enumerate(_SERIES, 1)},
}
_SETTINGS: Final[Any] = {
    "svg.hashsalt": "exporter",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "text.parse_math": False,
    "axes.unicode_minus": True,
}


@frozen
class ChartSeries:
    """Numbers by the label of their period, the earliest first; ``None`` where there is none."""

    label: str
    numbers: tuple[Decimal | None, ...]


def can_draw() -> bool:
    """Whether matplotlib is installed."""
    from importlib.util import find_spec

    return find_spec("matplotlib") is not None


def charts_of(subject: ReviewSubject, report: Report) -> tuple[Chart, ...]:
    """The charts of a subject; none where tables say it as well.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    drafts = islice(_drafts(subject, report), _MOST_CHARTS)
    return tuple(draw(f"{subject.id}-c{number}") for number, draw in enumerate(drafts, 1))


def _drafts(subject: ReviewSubject, report: Report) -> Iterator[Callable[[str], Chart]]:
    """What draws each chart of a subject, given the beginning of its ids."""
    for table in subject.tables:
        shares = list(_shares(table, report))
        if _FEWEST_MEMBERS <= len(shares) <= _MOST_MEMBERS:
            yield partial(_bars, title=subject.title, shares=shares)
        for group in table.groups:
            periods = _periods(group, report)
            if len(periods) < _FEWEST_PERIODS:
                continue
            title = f"{subject.title}, {group.title}" if group.title else subject.title
            rates = _rates(group, report, periods)
            if len(rates) == len(_RATES):
                yield partial(_ranges, title=title, rates=rates, periods=periods)
                continue
            measure, amounts = _amounts(group, report, periods)
            if amounts:
                lines = amounts[:_MOST_LINES]
                yield partial(_columns, title=title, amounts=lines, periods=periods, measure=measure)


def _facts(row: ReviewRow, report: Report) -> Iterator[Fact]:
    return (report.facts[number] for number in row.facts)


def _periods(group: RowGroup, report: Report) -> list[Period]:
    """The periods of the numbers of a group, the earliest first."""
    periods = {fact.period for row in group.rows if row.is_number for fact in _facts(row, report)}
    durations = {period for period in periods if isinstance(period, Duration)}
    return sorted(durations or periods, key=lambda period: getattr(period, "end", ""))


def _series(row: ReviewRow, report: Report, periods: Sequence[Period], scale: int = 0) -> ChartSeries:
    given = {fact.period: fact.number for fact in _facts(row, report)}
    numbers = [number if number is not None and number.is_finite() else None for number in map(given.get, periods)]
    if scale:
        numbers = [None if number is None else number.scaleb(-scale).normalize() for number in numbers]
    return ChartSeries(row.label, tuple(numbers))


def _rates(group: RowGroup, report: Report, periods: Sequence[Period]) -> dict[str, ChartSeries]:
    """The high, low and average rates of exchange of a group."""
    rates: dict[str, ChartSeries] = {}
    for row in group.rows:
        if not row.is_number or not all(map(_is_rate, _facts(row, report))):
            continue
        name = next((name for name, pattern in _RATES.items() if pattern.search(row.concept)), None)
        series = _series(row, report, periods)
        if name is not None and sum(number is not None for number in series.numbers) >= _FEWEST_PERIODS:
            rates.setdefault(name, series)
    return rates


def _is_rate(fact: Fact) -> bool:
    unit = fact.unit
    measures = () if unit is None else (*unit.numerators, *unit.denominators)
    return (
        len(measures) == 2 and bool(unit and unit.denominators) and all(name.namespace == ISO4217 for name in measures)
    )


def _amounts(group: RowGroup, report: Report, periods: Sequence[Period]) -> tuple[str, list[ChartSeries]]:
    """Amounts in one currency of at least three periods, and what they are measured in."""
    by_row = [(row, list(_facts(row, report))) for row in group.rows if row.is_number]
    in_money = [(row, facts) for row, facts in by_row if facts and all(_is_money(fact) for fact in facts)]
    unit = next((facts[0].unit for _, facts in in_money), None)
    if unit is None:
        return "", []
    alike = [(row, facts) for row, facts in in_money if all(fact.unit == unit for fact in facts)]
    scale = common_scale([fact for _, facts in alike for fact in facts], unit)
    series = (_series(row, report, periods, scale) for row, _ in alike)
    counted = [line for line in series if sum(number is not None for number in line.numbers) >= _FEWEST_PERIODS]
    return _ENGLISH.measure(scale, unit), counted


def _is_money(fact: Fact) -> bool:
    return fact.unit is not None and fact.unit.single_currency is not None


def _shares(table: ReviewTable, report: Report) -> Iterator[tuple[str, Decimal]]:
    """The latest percentage of each member, by its name; the first that a member has."""
    for group in table.groups:
        if not group.title:
            continue
        for row in group.rows:
            facts = [fact for fact in _facts(row, report) if _is_percent(fact, report) and fact.number is not None]
            if facts and facts[0].number is not None:
                yield group.title.partition(": ")[2] or group.title, facts[0].number.scaleb(2)
                break


def _is_percent(fact: Fact, report: Report) -> bool:
    datatype = report.vocabulary.datatypes.get(fact.concept)
    return datatype is not None and datatype.is_percent


def _short(period: Period) -> str:
    """A period under an axis: the month and year of its end."""
    day = period.last_day if isinstance(period, Duration) else period.date if isinstance(period, Instant) else None
    return "" if day is None else f"{calendar.month_abbr[day.month]} {day.year}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


# --- drawing ----------------------------------------------------------------------------------------------------------


def _ranges(id: str, title: str, rates: dict[str, ChartSeries], periods: Sequence[Period]) -> Chart:
    """Bars from low to high with a mark at the average."""
    names = list(map(_short, periods))

    def draw(axes: Any) -> None:
        for at, (high, low, average) in enumerate(zip(*(rates[name].numbers for name in _RATES), strict=True)):
            if high is not None and low is not None:
                axes.bar(at, float(high - low), 0.5, bottom=float(low), color=_SERIES[0])
            if average is not None:
                axes.plot([at - 0.36, at + 0.36], [float(average)] * 2, color=_SERIES[1], linewidth=2.2)
        axes.use_sticky_edges = False  # rates have no zero to stand on
        axes.margins(y=0.08)
        axes.plot([], [], color=_SERIES[0], linewidth=6, label="low to high")
        axes.plot([], [], color=_SERIES[1], linewidth=2.2, label="average")
        axes.set_xticks(range(len(names)), names)

    return Chart(f"{title}: low, high and average", _drawn(id, draw), _described(rates.items(), names))


def _columns(id: str, title: str, amounts: Sequence[ChartSeries], periods: Sequence[Period], measure: str) -> Chart:
    """Columns for each period, those of several lines side by side."""
    names = list(map(_short, periods))

    def draw(axes: Any) -> None:
        width = 0.8 / len(amounts)
        for number, series in enumerate(amounts):
            places = [at - 0.4 + width * (number + 0.5) for at in range(len(names))]
            heights = [0.0 if value is None else float(value) for value in series.numbers]
            axes.bar(places, heights, width * 0.92, color=_SERIES[number], label=_cut(series.label))
        axes.axhline(0, color=_INK, linewidth=0.8)
        axes.yaxis.set_major_formatter("{x:,.12g}")
        axes.set_ylabel(measure, color=_INK)
        axes.set_xticks(range(len(names)), names)

    entries = ((series.label, series) for series in amounts)
    return Chart(f"{title}, over time", _drawn(id, draw), _described(entries, names))


def _bars(id: str, title: str, shares: Sequence[tuple[str, Decimal]]) -> Chart:
    """A bar for each holder, the largest on top, with its percentage."""
    ordered = sorted(shares, key=lambda share: share[1])

    def draw(axes: Any) -> None:
        axes.barh(range(len(ordered)), [float(share) for _, share in ordered], 0.6, color=_SERIES[0])
        axes.set_yticks(range(len(ordered)), [_cut(name) for name, _ in ordered])
        for at, (_, share) in enumerate(ordered):
            text = f"{share.normalize():f}%"
            axes.annotate(text, (float(share), at), (4, 0), textcoords="offset points", va="center", color=_INK)
        axes.margins(x=0.15)

    text = "; ".join(f"{name} {share.normalize():f}%" for name, share in reversed(ordered))
    return Chart(f"{title}, per cent", _drawn(id, draw, is_lying=True), text)


def _described(series: Iterable[tuple[str, ChartSeries]], names: Sequence[str]) -> str:
    """What a chart shows, in words."""
    parts = []
    for label, numbers in series:
        by_name = zip(names, numbers.numbers, strict=True)
        values = ", ".join(f"{name} {number:,f}" for name, number in by_name if number is not None)
        parts.append(f"{label}: {values}")
    return "; ".join(parts)


def _drawn(id: str, draw: Callable[[Any], None], *, is_lying: bool = False) -> str:
    """The SVG of a drawing; its ids begin with ``id``, for a page has several."""
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("charts", "drawing charts") from None
    stream = io.StringIO()
    with rc_context(_SETTINGS):
        figure = Figure(figsize=_SIZE, layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(_INK)
        axes.tick_params(colors=_INK, length=0)
        axes.yaxis.offsetText.set_color(_INK)
        axes.set_axisbelow(True)
        axes.grid(axis="x" if is_lying else "y", color=_GRID, linewidth=0.7)
        if axes.get_legend_handles_labels()[1]:
            axes.legend(frameon=False, labelcolor=_INK, loc="upper center", bbox_to_anchor=(0.5, 1.18), ncols=2)
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _embedded(stream.getvalue(), id)


def _embedded(svg: str, id: str) -> str:
    """The element to stand in a page: without prolog, metadata and style sheet, in the colours of the page."""
    svg = svg[svg.index("<svg") :]
    before, _, metadata = svg.partition("<metadata>")
    svg = before.rstrip() + metadata.partition("</metadata>")[2]
    before, _, style = svg.partition('<style type="text/css">')
    svg = before.rstrip().removesuffix("<defs>").rstrip()
    svg += style.partition("</style>")[2].lstrip().removeprefix("</defs>")
    svg = re.sub(r'(\sid="|url\(#|xlink:href="#)', rf"\g<1>{id}-", svg)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "sans-serif", svg)
    for colour, theme in _THEME.items():
        svg = svg.replace(colour, theme)
    return svg.replace("<svg ", '<svg role="presentation" aria-hidden="true" focusable="false" ', 1)
