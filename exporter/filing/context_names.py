"""Ids of contexts that say what they are, as a profile names them: ``CurrentYearDuration_SomeMember``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from exporter.filing.filing import Filing
from exporter.model.dimensions import Context, ExplicitDimension
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Report
from exporter.profiles.profile import ContextName, DocumentRules

_MOST_YEARS: Final = 100
_PLAIN: Final = re.compile("[cu]_*[0-9]+_*")  # what writers call contexts and units themselves


def context_namer(filing: Filing, report: Report) -> Callable[[Context], str | None] | None:
    """What gives a context of the report its id; ``None`` where the profile names no contexts.

    A context that the profile has no name for, or none that is its own, is given ``None``: the writer names it.
    """
    rules = filing.rules.document
    if not rules.context_names:
        return None
    prefixes = {each.namespace: "" for each in filing.rules.taxonomies.values()}
    prefixes[filing.namespace] = filing.prefix
    contexts = (fact.context for fact in report.facts if fact.context.entity == filing.entity)
    taken = {fact.id for fact in report.facts} | {note.id for note in report.footnotes}
    periods = dict(_periods(rules.context_names, filing.period_end.date))
    named = ((context, _name(context, periods, prefixes)) for context in dict.fromkeys(contexts))
    return _chosen(named, rules, taken).get


def _chosen(
    named: Iterable[tuple[Context, str | None]], rules: DocumentRules, taken: set[str | None]
) -> dict[Context, str]:
    """The names that are ids of the form asked for; of two contexts that would have the same, the first has it."""
    grammar = re.compile(rules.context_id or ".*")
    chosen: dict[Context, str] = {}
    for context, name in named:
        if name is None or name in taken or not is_ncname(name) or _PLAIN.fullmatch(name):
            continue
        if grammar.fullmatch(name):
            chosen[context] = name
            taken.add(name)
    return chosen


def _name(context: Context, periods: Mapping[Period, str], prefixes: Mapping[str, str]) -> str | None:
    parts = [periods.get(context.period)]
    for dimension in context.dimensions:
        parts.append(_member(dimension.member, prefixes) if isinstance(dimension, ExplicitDimension) else None)
    known = [part for part in parts if part is not None]
    return "_".join(known) if len(known) == len(parts) else None


def _member(member: QName, prefixes: Mapping[str, str]) -> str | None:
    """A standard member by its local name, one of the filing's own with its prefix before it."""
    prefix = prefixes.get(member.namespace)
    return None if prefix is None else f"{prefix}{member.local_name}"


def _periods(names: Iterable[ContextName], end: dt.date) -> Iterator[tuple[Period, str]]:
    """The periods that have names, this year's and those of years before; the first name of a period counts."""
    found: dict[Period, str] = {}
    for each in names:
        for years in range(_MOST_YEARS):
            name = each.prior.replace("{years}", str(years)) if years else each.current
            last = _months_before(end, 12 * years)
            first = _months_before(end, 12 * years + each.months)
            if first is None or last is None:
                break
            found.setdefault(Duration(first + dt.timedelta(days=1), last), f"{name}Duration")
            if each.at_end:
                found.setdefault(Instant(last), f"{name}Instant")
    yield from found.items()


def _months_before(day: dt.date, months: int) -> dt.date | None:
    """The day so many months before; the last of a month stays the last of one."""
    if not months:
        return day
    month = day.year * 12 + day.month - 1 - months
    if month < 12:
        return None
    following = dt.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = following - dt.timedelta(days=1)
    is_last = (day + dt.timedelta(days=1)).day == 1
    return last if is_last or day.day > last.day else last.replace(day=day.day)
