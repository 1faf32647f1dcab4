"""Standard concepts for the rows of a printed statement: candidates with reasons, for a person to decide.

What speaks for a candidate: the words of the row's label in the labels and names of the taxonomy and in the phrases by
which companies usually print it; the section of the statement; unit, kind of period and balance; whether the release
has the concept; and before all the choices of an earlier filing, whose labels and concepts are given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, field, frozen

from exporter.disclosures.statements.concept_names import KnownConcept, concept_names
from exporter.disclosures.statements.layout import Statement, StatementKind, StatementRow, with_depths
from exporter.disclosures.statements.row_query import EDGE, RowQuery, queries_of, row_query
from exporter.disclosures.statements.sections import plain_label, section_fit, sections_of
from exporter.profiles.profile import StandardTaxonomy
from exporter.profiles.standard_concepts import ConceptAttributes
from exporter.taxonomy.search import ConceptIndex, Labelled, normalized

MOST_CANDIDATES: Final = 5
_SEARCHED: Final = 80  # candidates by words alone, of which context chooses
_CLEAR: Final = 0.8  # score from which on a candidate is taken for clear
_CLEAR_LEAD: Final = 0.04
_SECTION_SCORES: Final = {3: 0.3, 2: 0.12, 0: 0.0, -1: -0.12, -2: -0.35}
_NEXT_USUAL: Final = 0.00001  # among equals the table of usual lines has the more usual first
_NOT_USABLE: Final = 0.4
_LEAST_SHARED: Final = 0.5  # of the words of two labels, for one to speak for the other
_MODERN: Final = 2012  # names that only the release of 2009 shows are rarely right from then on
_OF_GROUP: Final = re.compile(r"IncludingPortionAttributableToNoncontrollingInterest|^ProfitLoss$")
_OF_PARENT: Final = frozenset(("StockholdersEquity", "NetIncomeLoss", "ComprehensiveIncomeNetOfTax"))
_NOT_IN_RELEASE: Final = "the release has not got it, or no longer"
_HIGHEST: Final = 1.6  # the sum of all that speaks for a candidate


@frozen(kw_only=True)
class PreviousChoice:
    """A row of an earlier filing: its label, the concept that was chosen (``us-gaap:Assets``, or a name of the filing's
    own) and where it stood; ``source`` names the filing.
    """

    label: str
    concept: str
    kind: StatementKind
    section: str = ""
    at: str | None = None
    is_heading: bool = False
    source: str = "the previous filing"


@frozen(kw_only=True)
class ConceptCandidate:
    """A concept that a row may report. ``score`` runs from 0 to 1; ``label`` is the text that fits the row's."""

    concept: str
    label: str
    score: float
    reasons: tuple[str, ...] = ()


@frozen(kw_only=True)
class RowProposal:
    """The candidates for a row, the best first."""

    number: int
    row: StatementRow
    candidates: tuple[ConceptCandidate, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the best candidate stands well before the others."""
        scores = [candidate.score for candidate in self.candidates[:2]]
        return bool(scores) and scores[0] >= _CLEAR and (len(scores) < 2 or scores[0] - scores[1] >= _CLEAR_LEAD)


@frozen(eq=False)
class ConceptSearch:
    """Looks for the concepts of rows.

    Args:
        taxonomies: the standard taxonomies of the filing by their prefixes.
        labelled: taxonomies at hand, whose labels are searched too.
        previous: the choices of earlier filings.
        has_minority: whether others have a part of the group, so that profit and equity are those of all.
    """

    taxonomies: Mapping[str, StandardTaxonomy]
    labelled: Sequence[Labelled] = ()
    previous: Sequence[PreviousChoice] = ()
    has_minority: bool = False
    _indexes: dict[str, ConceptIndex] = field(factory=dict, init=False)

    def proposals(self, statement: Statement) -> tuple[RowProposal, ...]:
        """The candidates for each row of a statement that names no concept and is none of the filing's own."""
        rows = with_depths(statement.rows)
        sections = list(sections_of(statement.kind, rows))
        open_rows = [number for number, row in enumerate(rows) if row.concept is None and row.own is not True]
        taken = Counter(concept for row in rows for concept in row.concepts)
        ranked: dict[int, list[ConceptCandidate]] = {}
        for number in open_rows:
            query = row_query(statement, rows, sections, number, has_minority=self.has_minority)
            ranked[number] = sorted(self._candidates(statement, query), key=_preference)
        return tuple(
            RowProposal(number=number, row=rows[number], candidates=tuple(candidates[:MOST_CANDIDATES]))
            for number, candidates in sorted(_assigned(rows, ranked, taken).items())
        )

    def _candidates(self, statement: Statement, query: RowQuery) -> Iterator[ConceptCandidate]:
        best: dict[str, ConceptCandidate] = {}
        for candidate in (*self._earlier(statement, query), *self._standard(query)):
            if candidate.score > best.get(candidate.concept, _NOTHING).score:
                best[candidate.concept] = candidate
        return iter(best.values())

    def _earlier(self, statement: Statement, query: RowQuery) -> Iterator[ConceptCandidate]:
        """What an earlier filing chose for rows of this label, or of one that has most of its words."""
        words = set(queries_of(query.row.label)[-1].split())
        for choice in self.previous:
            prefix = choice.concept.rpartition(":")[0]
            if (prefix and prefix not in self.taxonomies) or (
                choice.is_heading != query.is_heading and not query.is_bare
            ):
                continue
            same_label = plain_label(choice.label) == plain_label(query.row.label)
            others = set(queries_of(choice.label)[-1].split())
            share = 1.0 if same_label else len(words & others) / max(1, len(words | others))
            if share < _LEAST_SHARED:
                continue
            same_kind = choice.kind is statement.kind
            same_place = same_kind and choice.section == query.section
            score = (1.0 if same_label else 0.5 + 0.3 * share) - (0 if same_place else 0.06 if same_kind else 0.15)
            reasons = [f"{choice.source} has it for {choice.label!r}", *(["same section"] if same_place else [])]
            if not self._is_usable(choice.concept):
                score -= _NOT_USABLE
                reasons.append(_NOT_IN_RELEASE)
            yield ConceptCandidate(
                concept=choice.concept, label=choice.label, score=round(max(0.0, score), 4), reasons=tuple(reasons)
            )

    def _is_usable(self, concept: str) -> bool:
        """Whether the filing's release has a concept that an earlier filing chose, as far as is known."""
        prefix, _, name = concept.rpartition(":")
        if prefix not in self.taxonomies:
            return True
        known = concept_names(prefix)[0].known.get(name)
        return known is None or known.name is None or known.name.is_usable(_year_of(self.taxonomies[prefix]))

    def _standard(self, query: RowQuery) -> Iterator[ConceptCandidate]:
        texts = queries_of(query.row.label)
        if query.heading and query.section == "eps":
            texts = [f"{_subject_of(query.heading)} {texts[-1]}", *texts]
        for prefix, taxonomy in self.taxonomies.items():
            names, index = concept_names(prefix)
            matches: dict[str, tuple[float, str]] = {}
            for place, text in enumerate(texts):
                for match in index.nearest(text, limit=_SEARCHED, least=0.15):
                    name = match.concept.qname.local_name
                    score = (match.score + (0.1 if match.label == text else 0)) * (1 - 0.02 * place)
                    if score > matches.get(name, (0.0, ""))[0]:
                        matches[name] = (score, match.label)
            for name, score, label in self._of_packages(prefix, texts):
                if name not in names.known or score > matches.get(name, (0.0, ""))[0]:
                    matches[name] = (score, label)
            year = _year_of(taxonomy)
            for name, (score, label) in matches.items():
                known = names.known.get(name) or KnownConcept(attributes=ConceptAttributes.of_name(name))
                candidate = _weighed(f"{prefix}:{name}", score, label, known, query, year)
                if candidate is not None:
                    yield candidate

    def _of_packages(self, prefix: str, texts: Sequence[str]) -> Iterator[tuple[str, float, str]]:
        """What the labels of taxonomies at hand say."""
        if not self.labelled:
            return
        if prefix not in self._indexes:
            namespace = self.taxonomies[prefix].namespace
            self._indexes[prefix] = ConceptIndex.of(
                *self.labelled, accept=lambda concept: concept.qname.namespace == namespace and concept.kind == "item"
            )
        for place, text in enumerate(texts):
            for match in self._indexes[prefix].nearest(text, limit=_SEARCHED, least=0.15):
                bonus = 0.1 if normalized(match.label) == text else 0
                yield match.concept.qname.local_name, (match.score + bonus) * (1 - 0.02 * place), match.label


_NOTHING: Final = ConceptCandidate(concept="", label="", score=0.0)


def _subject_of(heading: str) -> str:
    """What a heading over amounts per share adds to the label of a row below it."""
    text = heading.lower()
    if "weighted" in text or "shares used" in text or "average" in text:
        return "shares"
    return "basic" if "basic" in text else "diluted" if "diluted" in text else ""


def _year_of(taxonomy: StandardTaxonomy) -> int | None:
    year = re.search(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])", taxonomy.namespace)
    return int(year[1]) if year is not None else None


def _weighed(
    concept: str, score: float, label: str, known: KnownConcept, query: RowQuery, year: int | None
) -> ConceptCandidate | None:
    """A candidate with all that speaks for and against it; ``None`` where it cannot be."""
    attributes = known.attributes
    if attributes.abstract != query.is_heading and not query.is_bare:
        return None
    reasons = [f"{label!r} fits the label"]
    if not attributes.abstract:
        if attributes.is_certain and attributes.item_type not in query.item_types:
            return None
        if attributes.period_type is not None and attributes.period_type not in query.periods:
            return None
        if attributes.is_certain:
            reasons.append(f"holds for {'an instant' if attributes.period_type == 'instant' else 'a period'}")
    fit = section_fit(query.section, known.sections)
    score += _SECTION_SCORES[fit]
    if fit == 3:
        reasons.append("stands in this section")
    elif fit < 0:
        reasons.append("usually stands in another section")
    if known.usual_place is not None:
        score += 0.15 - known.usual_place * _NEXT_USUAL
        reasons.append("is often printed")
    if query.balance is not None and attributes.balance is not None:
        same = attributes.balance == query.balance
        score += 0.05 if same else -0.05
        reasons += [f"balance {attributes.balance}"] if same else []
    if query.is_of_group:
        name = concept.partition(":")[2]
        score += 0.16 if _OF_GROUP.search(name) else -0.16 if name in _OF_PARENT else 0
    if known.name is not None:
        if not known.name.is_usable(year):
            score -= _NOT_USABLE
            reasons.append(_NOT_IN_RELEASE)
        elif known.name.first_only and not attributes.abstract and year is not None and year >= _MODERN:
            score -= 0.2
    return ConceptCandidate(
        concept=concept, label=label, score=round(max(0.0, score) / _HIGHEST, 6), reasons=tuple(reasons)
    )


def _preference(candidate: ConceptCandidate) -> tuple[float, bool, str]:
    """The order of candidates: the best first; of equals, standard concepts before the filing's own."""
    return -candidate.score, ":" not in candidate.concept, candidate.concept


def _assigned(
    rows: Sequence[StatementRow], ranked: Mapping[int, list[ConceptCandidate]], taken: Mapping[str, int]
) -> dict[int, list[ConceptCandidate]]:
    """The candidates of each row, those after the others that a row with a better claim has.

    A concept stands in a statement once, but for a balance at the start and the end of the period.
    """
    order = sorted(ranked, key=lambda number: -(ranked[number][0].score if ranked[number] else 0))
    used = Counter(taken)
    settled: dict[int, list[ConceptCandidate]] = {}
    for number in order:
        candidates = [
            candidate
            if _is_free(candidate.concept, used, rows[number])
            else evolve(
                candidate, score=max(0.0, candidate.score - 0.3), reasons=(*candidate.reasons, "another row has it")
            )
            for candidate in ranked[number]
        ]
        candidates.sort(key=_preference)
        settled[number] = candidates
        if candidates:
            used[candidates[0].concept] += 1
    return settled


def _is_free(concept: str, used: Counter[str], row: StatementRow) -> bool:
    return used[concept] < (2 if EDGE.search(row.label) or row.at else 1)


def previous_choices(statements: Iterable[Statement], *, source: str) -> Iterator[PreviousChoice]:
    """The choices of an earlier filing's statements."""
    for statement in statements:
        rows = with_depths(statement.rows)
        for row, section in zip(rows, sections_of(statement.kind, rows), strict=True):
            for concept in row.concepts:
                yield PreviousChoice(
                    label=row.label,
                    concept=concept,
                    kind=statement.kind,
                    section=section,
                    at=row.at,
                    is_heading=row.is_heading,
                    source=source,
                )
