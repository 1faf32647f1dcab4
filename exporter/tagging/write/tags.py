"""Inline XBRL tags put into a document that exists already; what its reader sees stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import define, evolve, frozen

from exporter.errors import WriteError
from exporter.findings import Finding, FindingLog, Location
from exporter.formats.inline_xbrl.write.markup import Tag, continuation_tag, fact_tag, footnote_tag, header_markup
from exporter.formats.inline_xbrl.write.resources import Resources
from exporter.formats.oim.xhtml import escape_attribute, escape_text
from exporter.model.fact import Fact
from exporter.model.report import FootnoteResource, Report
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.source import Placement
from exporter.tagging.write.nesting import EXCLUDE, Woven, place_of, weave
from exporter.tagging.write.read_back import Occurrence, check_tagged
from exporter.transformations import IXT_4, Displayed

HEADER_START: Final = '<div style="display:none">'
HEADER_END: Final = "</div>"


def tag_document(
    document: DocumentText,
    report: Report,
    placements: Iterable[Placement],
    *,
    registry: str = IXT_4,
    hidden: Iterable[str] = (),
) -> bytes:
    """The document with its facts tagged: XHTML with Inline XBRL 1.1.

    Nothing is changed but by insertion: taking the tags out again gives ``document.xhtml``. The result is read back
    before it is returned, and every tagged fact compared with the report's. Of footnotes and links go those that belong
    to tagged facts; footnotes stand in ``ix:hidden``.

    Args:
        document: what to tag.
        report: where facts, contexts and units come from; its facts have ids.
        placements: where the facts stand. A fact may stand in several places.
        registry: the transformation registry that the prefix ``ixt`` stands for.
        hidden: ids of facts that go to ``ix:hidden`` where they have no place.

    Raises:
        WriteError: with every finding: a place that cannot be tagged, two facts that claim one text, a text that its
            format cannot read, a fact whose text says something else.
    """
    placements = tuple(placements)
    facts = {fact.id: fact for fact in report.facts if fact.id is not None}
    written = _Written.of(document, report, placements, facts, registry=registry, hidden=frozenset(hidden))
    woven = weave(document, placements, facts, written.resources.is_numeric)
    tagged = _Splicer(document, placements, woven, written).splice()
    data = document.page.decoded.encode(tagged)
    check_tagged(document, data, written.report, written.occurrences(placements))
    return data


@define(eq=False)
class _Written:
    """The report as it is written: with ids that the document does not have itself, and the links of what is there."""

    report: Report
    resources: Resources
    log: FindingLog
    facts: dict[str, Fact]
    ids: list[str]
    hidden: tuple[Fact, ...]

    @classmethod
    def of(
        cls,
        document: DocumentText,
        report: Report,
        placements: Sequence[Placement],
        facts: dict[str, Fact],
        *,
        registry: str,
        hidden: frozenset[str],
    ) -> _Written:
        placed = {placement.fact for placement in placements}
        visible = [fact for fact in report.facts if fact.id in placed]
        others = [fact for fact in report.facts if fact.id in hidden and fact.id not in placed]
        chosen = _with_free_ids(report, [*visible, *others], document.ids)
        log = FindingLog()
        bound = {prefix: uri for prefix, uri in document.namespaces.items() if prefix}
        resources = Resources(chosen.report, log, registry=registry, bound=bound)
        resources.claim([*document.ids, *chosen.ids.values(), *(note.id for note in chosen.report.footnotes)])
        renamed = {old: evolve(facts[old], id=new) for old, new in chosen.ids.items() if old in facts}
        seen: set[str] = set()
        ids: list[str] = []
        for placement in placements:
            id_ = chosen.ids.get(placement.fact, placement.fact)
            ids.append(resources.free_id(f"{id_}-{len(ids) + 1}") if id_ in seen else id_)
            seen.add(id_)
        concealed = tuple(chosen.report.facts[len(visible) :])
        return cls(chosen.report, resources, log, renamed, ids, concealed)

    def occurrences(self, placements: Sequence[Placement]) -> dict[str, Occurrence]:
        """The facts to be found in the result, by the ids of their elements."""
        return {
            id_: Occurrence(self.facts[placement.fact], placement)
            for id_, placement in zip(self.ids, placements, strict=True)
        }


@frozen
class _Chosen:
    report: Report
    ids: dict[str, str]


def _with_free_ids(report: Report, facts: Sequence[Fact], taken: frozenset[str]) -> _Chosen:
    """The report of some facts; ids that the document has already get a tail."""
    used = set(taken)
    ids: dict[str, str] = {}
    renamed = []
    for number, fact in enumerate(facts, 1):
        id_ = fact.id or f"f{number}"
        while id_ in used:
            id_ += "_"
        used.add(id_)
        ids[fact.id or id_] = id_
        renamed.append(evolve(fact, id=id_))
    notes = {note.id: note for note in report.footnotes}
    links = [link for link in report.links if link.source in ids and (link.target in ids or link.target in notes)]
    reached = {link.target for link in links}
    footnotes = []
    for note in report.footnotes:
        if note.id in reached:
            id_ = note.id
            while id_ in used:
                id_ += "_"
            used.add(id_)
            ids[note.id] = id_
            footnotes.append(evolve(note, id=id_))
    moved = [evolve(link, source=ids[link.source], target=ids[link.target]) for link in links]
    return _Chosen(evolve(report, facts=renamed, footnotes=footnotes, links=moved), ids)


@define(eq=False)
class _Splicer:
    """Puts the tags into the text of the page, from front to back."""

    _document: DocumentText
    _placements: Sequence[Placement]
    _woven: Woven
    _written: _Written

    def splice(self) -> str:
        """The text of the tagged page."""
        insertions = self._insertions()
        # All facts are tagged by now; the header knows their contexts.
        markup = self._document.markup
        root = markup.inner[0] - 1
        body = markup.inner[self._document.body]
        hidden = [*map(self._hidden, self._written.hidden), *map(self._note, self._written.report.footnotes)]
        header = header_markup(self._written.resources, hidden=hidden)
        self._finish()
        bound = self._document.namespaces
        declared = [
            f' xmlns:{prefix}="{escape_attribute(uri)}"'
            for prefix, uri in self._written.resources.declarations
            if bound.get(prefix) != uri
        ]
        # The first of them tells what was there before from what has been added.
        declared.sort(key=lambda attribute: not attribute.startswith(" xmlns:ix="))
        start = [(root, "".join(declared)), (body, f"{HEADER_START}{header}{HEADER_END}")]
        return _inserted(self._document.page.text, [*start, *insertions])

    def _finish(self) -> None:
        """Raise what the writer found, with the places of the facts."""
        try:
            self._written.log.raise_as(WriteError)
        except WriteError as error:
            first = dict(zip(self._written.ids, self._placements, strict=True))
            raise WriteError(findings=[self._placed(finding, first) for finding in error.findings]) from None

    def _placed(self, finding: Finding, first: dict[str, Placement]) -> Finding:
        placement = first.get(finding.location.fact or "")
        place = Location(file=self._document.name) if placement is None else place_of(self._document, placement)
        return evolve(finding, location=place)

    def _insertions(self) -> list[tuple[int, str]]:
        ends: list[tuple[int, str]] = []
        points: list[tuple[int, str]] = []
        chains = [self._chain(number) for number in range(len(self._placements))]
        for strand in self._woven.strands:
            while ends and ends[-1][0] <= strand.start:
                points.append(ends.pop())
            if strand.part == EXCLUDE:
                start, end = "<ix:exclude>", "</ix:exclude>"
            else:
                tag = chains[strand.number][strand.part]
                start, end = tag.start, tag.end
            points.append((strand.start, start))
            ends.append((strand.end, end))
        return points + ends[::-1]

    def _chain(self, number: int) -> list[Tag]:
        """The tag of a fact and of the pieces that it goes on with."""
        placement = self._placements[number]
        written, resources = self._written, self._written.resources
        own = written.ids[number]
        count = self._woven.parts[number]
        stems = [resources.free_id(f"{own}-part{part}") for part in range(2, count + 1)]
        displayed = Displayed(text="", format=placement.format, scale=placement.scale, negative=placement.negative)
        fact = written.facts[placement.fact]
        tags = [
            fact_tag(
                fact,
                displayed,
                resources,
                id_=own,
                escape=placement.escape and not resources.is_numeric(fact),
                continued_at=stems[0] if stems else None,
            )
        ]
        for id_, following in zip(stems, [*stems[1:], None], strict=False):
            tags.append(continuation_tag(id_, continued_at=following))
        return tags

    def _hidden(self, fact: Fact) -> str:
        return fact_tag(fact, Displayed(text=""), self._written.resources).round(escape_text(fact.value or ""))

    def _note(self, note: FootnoteResource) -> str:
        return footnote_tag(note, self._written.resources).round(note.content)


def _inserted(text: str, insertions: Iterable[tuple[int, str]]) -> str:
    pieces = []
    at = 0
    for offset, piece in insertions:
        pieces += [text[at:offset], piece]
        at = offset
    return "".join([*pieces, text[at:]])
