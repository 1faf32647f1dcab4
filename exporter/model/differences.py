"""How two reports differ: facts, footnotes, links and taxonomy; order, ids and prefixes do not count.

Facts are paired first where they agree in all aspects, then with the nearest fact of the same concept, so that a
changed period is one change and not one fact gone and another come. Cost grows linearly: every step is a look-up by
key. The outcome does not depend on the order of the facts, and the other way round it is the same with sides exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urljoin

from attrs import frozen

from exporter.model.fact import Fact
from exporter.model.pairing import Forms, Pairing, fact_order, pair_facts
from exporter.model.report import FootnoteResource, Report

T = TypeVar("T")
Name = tuple[str, ...]
LinkName = tuple[Name | None, Name | None, str, str]
LinksByEnds = dict[tuple[Name | None, Name | None], list["LinkEnds"]]


@frozen
class Change(Generic[T]):
    """One thing in both reports that is not the same; ``aspects`` names in what it differs."""

    before: T
    after: T
    aspects: tuple[str, ...]

    @property
    def mirrored(self) -> Change[T]:
        """The same change the other way round."""
        return Change(self.after, self.before, self.aspects)


@frozen(kw_only=True)
class Changes(Generic[T]):
    """What only the second report has, what only the first has, and what both have in different form."""

    added: tuple[T, ...] = ()
    removed: tuple[T, ...] = ()
    changed: tuple[Change[T], ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)

    @property
    def mirrored(self) -> Changes[T]:
        """The same changes the other way round."""
        return Changes(
            added=self.removed, removed=self.added, changed=tuple(change.mirrored for change in self.changed)
        )


@frozen
class LinkEnds:
    """A link with its ends in place of their ids; ``type`` is the arcrole, ``group`` the extended link role."""

    source: Fact
    target: Fact | FootnoteResource
    type: str
    group: str


@frozen(kw_only=True)
class Differences:
    """How two reports differ; nothing at all where they are equal.

    A fact's aspects are ``value``, ``decimals``, ``unit``, ``period``, ``dimensions``, ``language`` and ``entity``; a
    footnote's ``content`` and ``language``; a link's ``type`` and ``group``. ``taxonomy`` holds the references,
    absolute where the report has a base URL. Links of a fact or footnote that only one report has are not listed.
    """

    facts: Changes[Fact] = Changes()
    footnotes: Changes[FootnoteResource] = Changes()
    links: Changes[LinkEnds] = Changes()
    taxonomy: Changes[str] = Changes()

    def __len__(self) -> int:
        return len(self.facts) + len(self.footnotes) + len(self.links) + len(self.taxonomy)

    @property
    def mirrored(self) -> Differences:
        """The differences the other way round."""
        return Differences(
            facts=self.facts.mirrored,
            footnotes=self.footnotes.mirrored,
            links=self.links.mirrored,
            taxonomy=self.taxonomy.mirrored,
        )


def compare_reports(before: Report, after: Report) -> Differences:
    """How ``after`` differs from ``before``.

    Facts that are equal count as one: a document states a fact at several places. Values compare in the value space
    of their type, where a vocabulary of either report knows it (OIM 1.0): ``1.0`` and ``1.00`` are one number, ``NaN``
    is taken to be the same as ``NaN``.
    Footnotes and links compare as sets.
    """
    forms = Forms(before.vocabulary, after.vocabulary)
    pairing = pair_facts(before.facts, after.facts, forms)
    notes = _NotePairing(_Side(before, pairing, forms), _Side(after, pairing, forms))
    return Differences(
        facts=Changes(
            added=pairing.added,
            removed=pairing.removed,
            changed=tuple(Change(*change) for change in pairing.changed),
        ),
        footnotes=notes.footnotes(),
        links=notes.links(),
        taxonomy=_sets(_references(before), _references(after)),
    )


def _references(report: Report) -> set[str]:
    return {urljoin(report.base_url, href) if report.base_url else href for href in report.taxonomy}


def _sets(before: set[str], after: set[str]) -> Changes[str]:
    return Changes(added=tuple(sorted(after - before)), removed=tuple(sorted(before - after)))


class _Side:
    """The notes and links of one report, their facts named so that both sides name the same fact alike."""

    def __init__(self, report: Report, pairing: Pairing, forms: Forms) -> None:
        ends = {end for link in report.links for end in (link.source, link.target)}
        self.facts = {fact.id: fact for fact in report.facts if fact.id in ends}
        self.notes = {_note_name(note): note for note in sorted(report.footnotes, key=_note_order, reverse=True)}
        self._notes_by_id = {note.id: note for note in report.footnotes}
        self._names = {id_: pairing.name_of(fact, forms) for id_, fact in self.facts.items()}
        self.links: dict[LinkName, LinkEnds] = {}
        self.sources: dict[Name, set[tuple[Name, str, str]]] = {}
        for link in report.links:
            self._take(link.source, link.target, link.type, link.group)

    def _take(self, source: str, target: str, type_: str, group: str) -> None:
        start = self.facts.get(source)
        note = self._notes_by_id.get(target)
        end = note if note is not None else self.facts.get(target)
        if start is None or end is None:
            return
        name = _note_name(note) if note is not None else self._names[target]
        self.links.setdefault((self._names[source], name, type_, group), LinkEnds(start, end, type_, group))
        fact = self._names[source]
        if note is not None and fact is not None:
            self.sources.setdefault(_note_name(note), set()).add((fact, type_, group))


def _note_name(note: FootnoteResource) -> Name:
    return ("note", note.language.lower(), note.content)


def _note_order(note: FootnoteResource) -> tuple[str, str, str]:
    return (note.language.lower(), note.content, note.id)


def _link_order(link: LinkEnds) -> tuple[object, ...]:
    target = link.target
    end = ("", fact_order(target)) if isinstance(target, Fact) else ("note", _note_order(target))
    return (fact_order(link.source), end[0], end[1], link.type, link.group)


class _NotePairing:
    """The footnotes of two reports, paired by what they say, else by the facts that they explain."""

    def __init__(self, before: _Side, after: _Side) -> None:
        self._before, self._after = before, after
        gone = [name for name in before.notes if name not in after.notes]
        come = [name for name in after.notes if name not in before.notes]
        self._changed = list(self._pair(gone, come))
        changed = {name for pair in self._changed for name in pair}
        self._gone = [name for name in gone if name not in changed]
        self._come = [name for name in come if name not in changed]

    def _pair(self, gone: Sequence[Name], come: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
        """Notes of the same facts in the same language, of the same facts, of one fact in common."""
        taken: set[Name] = set()
        for keys in (self._by_facts_and_language, self._by_facts, self._by_content, self._by_fact):
            left = _keyed((name, keys(self._before, name)) for name in gone if name not in taken)
            right = _keyed((name, keys(self._after, name)) for name in come if name not in taken)
            for key, names in sorted(left.items(), key=lambda item: item[0]):
                unpaired = [name for name in names if name not in taken]
                unpaired_right = [name for name in right.get(key, ()) if name not in taken]
                for pair in zip(sorted(unpaired), sorted(unpaired_right), strict=False):
                    taken.update(pair)
                    yield pair

    @staticmethod
    def _by_facts_and_language(side: _Side, name: Name) -> list[Any]:
        sources = side.sources.get(name)
        return [(_ordered(sources), side.notes[name].language.lower())] if sources else []

    @staticmethod
    def _by_facts(side: _Side, name: Name) -> list[Any]:
        sources = side.sources.get(name)
        return [_ordered(sources)] if sources else []

    @staticmethod
    def _by_content(side: _Side, name: Name) -> list[Any]:
        return [side.notes[name].content]

    @staticmethod
    def _by_fact(side: _Side, name: Name) -> list[Any]:
        return list(_ordered(side.sources.get(name, set())))

    def footnotes(self) -> Changes[FootnoteResource]:
        changed = (self._note_change(before, after) for before, after in self._changed)
        return Changes(
            added=_notes(self._after, self._come),
            removed=_notes(self._before, self._gone),
            changed=tuple(sorted(changed, key=lambda change: sorted(map(_note_order, (change.before, change.after))))),
        )

    def _note_change(self, name: Name, other: Name) -> Change[FootnoteResource]:
        before, after = self._before.notes[name], self._after.notes[other]
        aspects: tuple[str, ...] = ("content",) if before.content != after.content else ()
        aspects += ("language",) if before.language.lower() != after.language.lower() else ()
        return Change(before, after, aspects)

    def links(self) -> Changes[LinkEnds]:
        before = self._between(self._before, {**dict.fromkeys(self._gone), **dict(self._changed)})
        after = self._between(self._after, dict.fromkeys(self._come))
        gone = {key: link for key, link in before.items() if key not in after}
        come = {key: link for key, link in after.items() if key not in before}
        left, right = _by_ends(gone), _by_ends(come)
        changed = [
            Change(before_link, after_link, _link_aspects(before_link, after_link))
            for ends, links in left.items()
            for before_link, after_link in zip(links, right.get(ends, ()), strict=False)
        ]
        return Changes(
            added=_rest(right, left),
            removed=_rest(left, right),
            changed=tuple(
                sorted(changed, key=lambda change: sorted((_link_order(change.before), _link_order(change.after))))
            ),
        )

    @staticmethod
    def _between(side: _Side, renamed: dict[Name, Name | None]) -> dict[LinkName, LinkEnds]:
        """The links whose ends both reports have, a changed note under its name in the second."""
        ends: dict[LinkName, LinkEnds] = {}
        for (source, target, type_, group), link in side.links.items():
            end = None if target is None else renamed.get(target, target)
            if source is not None and end is not None:
                ends[(source, end, type_, group)] = link
        return ends


def _notes(side: _Side, names: Iterable[Name]) -> tuple[FootnoteResource, ...]:
    return tuple(sorted((side.notes[name] for name in names), key=_note_order))


def _ordered(sources: set[tuple[Name, str, str]]) -> tuple[tuple[Name, str, str], ...]:
    return tuple(sorted(sources))


def _keyed(named: Iterable[tuple[Name, list[Any]]]) -> dict[Any, list[Name]]:
    names: dict[Any, list[Name]] = {}
    for name, keys in named:
        for key in keys:
            names.setdefault(key, []).append(name)
    return names


def _by_ends(
    links: dict[LinkName, LinkEnds],
) -> LinksByEnds:
    links_by_ends: LinksByEnds = {}
    for key in sorted(links, key=lambda key: key[2:]):
        links_by_ends.setdefault(key[:2], []).append(links[key])
    return links_by_ends


def _rest(links: LinksByEnds, others: LinksByEnds) -> tuple[LinkEnds, ...]:
    """The links beyond those that have a counterpart between the same ends."""
    rest = (link for ends, same_ends in links.items() for link in same_ends[len(others.get(ends, ())) :])
    return tuple(sorted(rest, key=_link_order))


def _link_aspects(link_ends: LinkEnds, other: LinkEnds) -> tuple[str, ...]:
    return tuple(name for name in ("type", "group") if getattr(link_ends, name) != getattr(other, name))
