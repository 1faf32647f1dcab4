"""Finding facts in a document: which place states which fact, and which facts the document does not state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import define, field, frozen

from exporter.findings import MOST_LISTED, Finding, Severity, list_text
from exporter.items.values.languages import DecimalMark
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind, readings_of
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.source import Placement
from exporter.tagging.search.anchors import NO_ANCHORS, Anchors
from exporter.tagging.search.apply_anchors import AnchorPlacer
from exporter.tagging.search.conflicts import Conflicts, Ranker
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.matches import DEFAULT_REGISTRIES, Candidate, CandidateFinder, Prover, find_candidates
from exporter.tagging.search.score import Scorer, key_of, rivals_of
from exporter.tagging.search.texts import TextPlacer
from exporter.tagging.search.weights import (
    FRACTION,
    FRACTION_OF_FEW,
    LABELLED,
    TIE,
)
from exporter.tagging.text.surroundings import Surroundings
from exporter.tagging.text.words import Phrasebook, phrasebook

_MOST_CANDIDATES: Final = 5  # places told of a fact that has none


@frozen(kw_only=True)
class Missing:
    """A fact that the document does not state, and why it is thought so.

    ``candidates`` are places where its value stands, each with the reason why it is not tagged there.
    """

    expected: ExpectedFact
    reason: str
    candidates: tuple[str, ...] = ()


@frozen(kw_only=True)
class Worded:
    """A fact that the document states in words which no transformation reads as its value: one for hidden facts."""

    expected: ExpectedFact
    span: Span


@frozen(kw_only=True, eq=False)
class Placements:
    """What was found: placements in reading order, facts without any, and what could not be decided.

    ``surfaces`` are all places that state something, ``placed`` the facts that a surface is tagged with,
    ``surroundings`` the document as the search saw it: the audit goes on from there.
    """

    placements: tuple[Placement, ...]
    missing: tuple[Missing, ...]
    worded: tuple[Worded, ...]
    findings: tuple[Finding, ...]
    surroundings: Surroundings
    scorer: Scorer
    candidates: dict[PrintedValue, tuple[Candidate, ...]]


def find_placements(
    document: DocumentText,
    expected: Sequence[ExpectedFact],
    anchors: Anchors = NO_ANCHORS,
    *,
    registries: tuple[str, ...] = DEFAULT_REGISTRIES,
    decimal_mark: DecimalMark = ".",
    language: str | None = None,
) -> Placements:
    """Where the document states the facts.

    Every place whose print states exactly the fact's value with its accuracy, and whose surroundings speak for it and
    not against it, is a placement; the format, scale and sign of each have been tried out. An anchor decides alone
    where its fact stands.

    Args:
        anchors: places named by people.
        registries: the transformation registries that may be used, the preferred first.
        decimal_mark: what stands before the decimals in the document's figures.
        language: that of the document, which is read beside English and Japanese.
    """
    surroundings = Surroundings(document, _names_of(expected), decimal_mark, language)
    scorer = Scorer(surroundings, rivals_of(expected))
    prover = Prover(document, registries)
    anchored = AnchorPlacer(surroundings, scorer, prover, tuple(expected)).place(anchors)
    free = tuple(fact for fact in expected if fact.id not in anchored.facts)
    finder = CandidateFinder(free, surroundings, scorer, prover)
    candidates = find_candidates(_free_surfaces(surroundings.surfaces, anchored.spans), finder)
    assigned = _Assignment(surroundings, Ranker(surroundings, scorer), candidates).run()
    texts = TextPlacer(surroundings, scorer, prover, free).run()
    placements = nested((*anchored.placements, *assigned.placements()), texts.placements)
    tagged = {placement.fact for placement in placements}
    worded = tuple(Worded(expected=fact, span=span) for fact, span in texts.worded if fact.id not in tagged)
    explained = tagged | {fact.expected.id for fact in worded}
    missing = tuple(
        Missing(
            expected=fact,
            reason=assigned.reason(fact) or texts.reason(fact),
            candidates=tuple(assigned.candidates_of(fact)),
        )
        for fact in expected
        if fact.id not in explained
    )
    return Placements(
        placements=tuple(placements),
        missing=missing,
        worded=worded,
        findings=(*anchored.findings, *assigned.findings, *_open_dates(surroundings, free, anchored.spans)),
        surroundings=surroundings,
        scorer=scorer,
        candidates=candidates,
    )


def nested(firm: Iterable[Placement], texts: Iterable[Placement]) -> list[Placement]:
    """Placements in reading order, outer ones first, without the texts that cross another or lie within a number."""
    firm = tuple(firm)
    kept = {id(placement) for placement in firm}
    open_: list[Placement] = []
    ordered = sorted(
        (*firm, *texts), key=lambda placement: (placement.first.start, -placement.spans[-1].end, _order(placement.fact))
    )
    crossing: set[int] = set()
    for placement in ordered:
        while open_ and open_[-1].spans[-1].end <= placement.first.start:
            open_.pop()
        outer = open_[-1] if open_ else None
        if outer is not None and (
            placement.spans[-1].end > outer.spans[-1].end or (id(outer) in kept and id(placement) not in kept)
        ):
            crossing.add(id(outer) if id(placement) in kept else id(placement))
            if id(placement) not in kept:
                continue
            open_.pop()
        open_.append(placement)
    return [placement for placement in ordered if id(placement) in kept or id(placement) not in crossing]


def _order(fact: str) -> tuple[int, str]:
    digits = "".join(character for character in fact if character.isdigit())
    return int(digits or 0), fact


def _names_of(expected: Iterable[ExpectedFact]) -> Phrasebook:
    return phrasebook((key_of(mark), mark.names) for fact in expected for mark in fact.marks)


def _free_surfaces(surfaces: Iterable[PrintedValue], taken: Sequence[Span]) -> Iterator[PrintedValue]:
    for surface in surfaces:
        if not any(span.overlaps(surface.span) for span in taken):
            yield surface


def _open_dates(
    surroundings: Surroundings, expected: Sequence[ExpectedFact], taken: Sequence[Span]
) -> Iterator[Finding]:
    """Dates that may state a fact, were it certain which part of them is the day."""
    dates: dict[str, list[ExpectedFact]] = {}
    for expected_fact in expected:
        if expected_fact.shape is Shape.DATE and expected_fact.fact.value is not None:
            dates.setdefault(expected_fact.fact.value, []).append(expected_fact)
    for surface in _free_surfaces(surroundings.surfaces, taken):
        days = readings_of(surface)
        facts = [expected_fact for day in days for expected_fact in dates.get(day, ())]
        if facts:
            yield Finding(
                code="exporter:ambiguousPlace",
                severity=Severity.WARNING,
                message=(
                    f"{surface.text!r} may be {list_text(days, last=' or ')}, so it is not known whether it states "
                    + list_text((fact.title for fact in facts), last=" or ")
                ),
                location=surroundings.document.place(surface.span.start),
                fix="write the month as a word, or name the place in the anchors file",
            )


@define(eq=False)
class _Assignment:
    """Gives surfaces to facts: the clear cases first, then what is left to the facts that have no place yet."""

    surroundings: Surroundings
    ranker: Ranker
    candidates: dict[PrintedValue, tuple[Candidate, ...]]
    chosen: dict[PrintedValue, list[Candidate]] = field(factory=dict)
    placed: dict[str, int] = field(factory=dict)
    findings: list[Finding] = field(factory=list)
    _best: dict[str, int] = field(factory=dict)
    _by_fact: dict[str, list[Candidate]] = field(factory=dict)

    def run(self) -> _Assignment:
        for candidates in self.candidates.values():
            for candidate in candidates:
                self._by_fact.setdefault(candidate.expected.id, []).append(candidate)
                if candidate.is_good:
                    known = self._best.get(candidate.expected.id, 0)
                    self._best[candidate.expected.id] = max(known, candidate.score.total)
        self._decide_numbers()
        open_: list[list[Candidate]] = []
        for surface, candidates in self.candidates.items():
            for group in _conflicts(surface, [candidate for candidate in candidates if self._is_worthy(candidate)]):
                open_.append(group)
        tied = [group for group in open_ if not self._decide(group)]
        for group in tied:
            self._settle(group)
        self._give_seconds()
        self._only_once()
        return self

    def _decide_numbers(self) -> None:
        """Numbers are decided together, for the cells of a table bear on each other."""
        open_: list[tuple[Candidate, ...]] = []
        for verdict in Conflicts(self.surroundings, self.ranker, self.candidates).verdicts():
            if verdict.winner is not None:
                if not verdict.winner.is_good or self._is_worthy(verdict.winner):
                    self._choose(verdict.winner)
            elif len(verdict.rivals) > 1 and any(self._is_worthy(rival) for rival in verdict.rivals):
                open_.append(verdict.rivals)
        for rivals in open_:
            waiting = [rival for rival in rivals if rival.expected.id not in self.placed]
            if len(waiting) == 1 and waiting[0].is_good and _differ_by_period(rivals):
                self._choose(waiting[0])  # the others have places of their own
            else:
                self.findings.append(self._ambiguous(rivals))

    def _is_worthy(self, candidate: Candidate) -> bool:
        """Whether the place is good by itself and not poor beside the fact's best one."""
        best = self._best.get(candidate.expected.id, 0)
        surface = candidate.surface
        is_weak = surface.kind is SurfaceKind.WORDS or (surface.kind is SurfaceKind.NUMBER and surface.figures < 2)
        fraction = FRACTION_OF_FEW if is_weak else FRACTION
        return candidate.is_good and candidate.score.total * 100 >= best * fraction

    def _decide(self, group: list[Candidate]) -> bool:
        if len(group) > 1 and group[0].score.total - group[1].score.total < TIE:
            return False
        self._choose(group[0])
        return True

    def _choose(self, candidate: Candidate) -> None:
        self.chosen.setdefault(candidate.surface, []).append(candidate)
        self.placed[candidate.expected.id] = self.placed.get(candidate.expected.id, 0) + 1

    def _settle(self, group: list[Candidate]) -> None:
        """Of facts that fit about as well, the one that has no place yet; of several the place is not clear."""
        near = [candidate for candidate in group if group[0].score.total - candidate.score.total < TIE]
        waiting = [candidate for candidate in near if candidate.expected.id not in self.placed]
        if len(waiting) == 1:
            self._choose(waiting[0])
        elif near[0].score.total > near[1].score.total or not waiting:
            self._choose((waiting or near)[0])
        elif not group[0].expected.shape.is_numeric:
            for candidate in waiting:
                self._choose(candidate)
        else:
            self.findings.append(self._ambiguous(waiting))

    def _ambiguous(self, group: Sequence[Candidate]) -> Finding:
        surface = group[0].surface
        titles = [candidate.expected.title for candidate in group]
        more = f"one of {len(titles) - MOST_LISTED:,} more" if len(titles) > MOST_LISTED + 1 else None
        names = list_text([*titles[:MOST_LISTED], more] if more else titles, most=MOST_LISTED + 1, last=" or ")
        return Finding(
            code="exporter:ambiguousPlace",
            severity=Severity.WARNING,
            message=f"{surface.text!r} may state {names}; nothing near it decides",
            location=self.surroundings.document.place(surface.span.start),
            fix="name the place in the anchors file: the item, its field, a quote and the words before it",
        )

    def _give_seconds(self) -> None:
        """A fact without a place of its own shares that of another, where all speaks for it."""
        for candidates in self._by_fact.values():
            expected = candidates[0].expected
            if expected.id in self.placed:
                continue
            good = sorted(
                (candidate for candidate in candidates if candidate.is_good),
                key=lambda candidate: -candidate.score.total,
            )
            if good and (not expected.shape.is_numeric or self._may_share(good[0])):
                self._choose(good[0])

    def _may_share(self, candidate: Candidate) -> bool:
        """Whether a number may stand for a second fact: words and period must be sure, the units and signs the same."""
        others = self.chosen.get(candidate.surface, [])
        return (
            bool(others)
            and candidate.score.label >= LABELLED
            and candidate.score.period >= 10
            and all(self._are_reported(candidate, other) for other in others)
        )

    def _are_reported(self, candidate: Candidate, other: Candidate) -> bool:
        return (
            other.expected.fact.unit == candidate.expected.fact.unit
            and other.proof == candidate.proof
            and self.ranker.is_distinguished(candidate.expected, other.expected, candidate.surface.span)
        )

    def _only_once(self) -> None:
        """A date of the whole document, which nothing distinguishes, is tagged where it is stated best."""
        best: dict[str, Candidate] = {}
        for candidates in self.chosen.values():
            for candidate in candidates:
                if candidate.expected.shape.is_calendar and not candidate.expected.marks:
                    known = best.get(candidate.expected.id)
                    if known is None or candidate.score.total > known.score.total:
                        best[candidate.expected.id] = candidate
        for surface, candidates in self.chosen.items():
            self.chosen[surface] = [
                candidate for candidate in candidates if best.get(candidate.expected.id, candidate) is candidate
            ]

    def placements(self) -> Iterator[Placement]:
        for surface, candidates in self.chosen.items():
            for candidate in candidates:
                assert candidate.proof is not None
                yield candidate.proof.placement(candidate.expected, surface.span)

    def candidates_of(self, expected: ExpectedFact) -> Iterator[str]:
        """Places where the value of a fact stands, the likeliest first, and why it is not tagged there."""
        candidates = self._by_fact.get(expected.id, [])
        ranked = sorted(
            candidates,
            key=lambda candidate: (not candidate.is_meant, candidate.score.veto is not None, -candidate.score.total),
        )
        for candidate in ranked[:_MOST_CANDIDATES]:
            where = self.surroundings.document.place(candidate.surface.span.start)
            yield f"{candidate.surface.text!r} at {where}: {self._why_not(candidate)}"

    def _why_not(self, candidate: Candidate) -> str:
        if candidate.score.veto is not None:
            return candidate.score.veto
        if candidate.proof is None:
            return "no transformation that may be used reads it as the value"
        if candidate.is_narrower:
            return "its words name a part of the figure"
        return "it may state other facts as well" if candidate.is_good else "nothing near it tells that it is meant"

    def reason(self, expected: ExpectedFact) -> str | None:
        """Why a number or date has no place."""
        if expected.shape is Shape.UNKNOWN:
            return "its value is not known, so there is nothing to find"
        candidates = self._by_fact.get(expected.id, [])
        if not candidates:
            return None
        best = max(
            candidates, key=lambda candidate: (candidate.is_meant, candidate.score.veto is None, candidate.score.total)
        )
        where = self.surroundings.document.place(best.surface.span.start)
        if best.proof is None and best.is_meant:
            return f"no transformation that may be used reads {best.surface.text!r} at {where} as its value"
        if best.score.veto is not None:
            return f"its value stands at {where}, but {best.score.veto}"
        if others := [candidate for candidate in self.chosen.get(best.surface, ()) if best.is_good]:
            return f"its value stands at {where}, but {others[0].expected.title} fits better there"
        return f"its value stands at {where}, but nothing near it tells that it is meant"


def _differ_by_period(rivals: Sequence[Candidate]) -> bool:
    """Whether the facts are of one concept and one set of members, so that only the period tells them apart."""
    return len({(rival.expected.fact.concept, rival.expected.fact.dimensions) for rival in rivals}) == 1


def _conflicts(surface: PrintedValue, candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Who competes for a surface: all for a number, for a date only facts of one concept."""
    if not candidates:
        return
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if not candidate.expected.shape.is_numeric:
            groups.setdefault(candidate.expected.fact.concept.clark, []).append(candidate)
    yield from groups.values()
