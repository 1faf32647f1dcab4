"""Why a number is rightly untagged: it numbers a heading, refers to something, is part of a name, or names a period.

The rules look at the characters beside a surface, never at the facts; what they do not explain stays unexplained.

Places where the document says something else than an item: the very words, period and party, another number.

A contradiction stops a filing, so that the words are read strictly: a caption that names the figure and nothing else, a
sentence in which only words that report stand between the name and the number.

Reported numbers that a document repeats in fewer digits: "¥34.4 billion" for ¥34,412 million.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final

from attrs import define, evolve, field

from exporter.findings import Finding, Location, Severity
from exporter.tagging.captions import find_line_items, read_caption
from exporter.tagging.document.layout import Block
from exporter.tagging.document.source import Span
from exporter.tagging.expected import ExpectedFact, Shape
from exporter.tagging.lexicon import ADVERBS, NEUTRAL, PARTS, REPORTING, ROUGHLY, SECTIONS
from exporter.tagging.meaning import Naming, captions_of, stems_of_fact
from exporter.tagging.search.score import Score, Scorer
from exporter.tagging.search.search import Found
from exporter.tagging.text.printed_values import PrintedValue, SurfaceKind
from exporter.tagging.text.surroundings import CellPlace, Surroundings
from exporter.tagging.text.words import GENERIC_STEMS, find_terms, stem, stems_of

_REACH: Final = 48
_B: Final = r"[ \u00a0\u2009\u202f\u3000]"


class Reason(enum.StrEnum):
    """Why a surface is knowingly left untagged."""

    NUMBERING = "numbers a heading or an entry of a list"
    REFERENCE = "refers to a part of a document, a law or a rule"
    FOOTNOTE = "marks a footnote"
    PAGE = "is the number of a page"
    NAME = "is part of a name or a word"
    VERSION = "is the number of a version or model"
    IDIOM = "is an idiom and counts nothing"
    BASE = "is the one unit that a rate is quoted for"
    IDENTIFIER = "is part of an identifier, an address or a telephone number"
    TIME = "is a time of day"
    PERIOD = "names the period of what is told"
    PERIOD_HEAD = "is the head of a row or column and names its period"
    ROUNDED = "states a reported number in fewer digits"
    PART = "is part of a tagged text"
    GIVEN = "is left untagged by the anchors file"


_NUMBERING: Final = re.compile(
    rf"(?:(?:item|part|section|chapter|article|note|第){_B}?)?\(?[0-9]{{1,3}}(?:\.[0-9A-Za-z]{{1,3}})*(?:\)|\.(?![0-9])|{_B}|$)?",
    re.I,
)
_REFERENCE: Final = re.compile(
    r"(?:\b(?:items?|parts?|sections?|chapters?|articles?|notes?|rules?|regulations?|forms?|exhibits?|schedules?|pages?|p\.|pp\.|paragraphs?"
    r"|tables?|figures?|annex(?:es)?|appendix|acts?(?:{b}of)?|code{b}of|no\.|number|nos\.|file{b}(?:no\.|number)|release|title|clause|sfas|fas|ifrs|ias"
    r"|statements?{b}no\.|volume|vol\.|fin|eitf|asc)|第|注記?|※|\*){b}?[(\"“]?(?:[0-9A-Za-z.\-()]{{0,12}}(?:,|{b}and|{b}or|{b}to|{b}through|-){b}?)?"
    r"(?:[0-9]{{1,4}}[A-Za-z]?[.\-(])*$".replace("{b}", _B)
    .replace("{{", "{")
    .replace("}}", "}"),
    re.I,
)
_REFERENCE_AFTER: Final = re.compile(rf"{_B}?(?:条|項|号|章|節|頁|ページ)|\([a-z0-9]\)")
_VERSION: Final = re.compile(
    rf"\b(?:versions?|releases?|models?|types?|ver\.|v\.|windows|generation){_B}(?:[0-9.]+|[a-z]+)?"
    rf"(?:[^.;:()]{{0,40}}?(?:,|{_B}(?:to|and|or|through)){_B}(?:versions?{_B})?)?$",
    re.I,
)
_GENERATION: Final = re.compile(r"(?:st|nd|rd|th)?[ -](?:generation|dimensional)\b|G\b|-bit\b", re.I)
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)\b", re.I)
_IDIOM_AFTER: Final = re.compile(
    rf"{_B}(?:of(?!{_B}which){_B}|or{_B}more\b|another\b|and{_B}the{_B}same|by{_B}one|hand\b|such\b|time\b|day\b|more\b|person\b|must\b|can\b|should\b"
    rf"|may\b)|[-’']",
    re.I,
)
_IDIOM_BEFORE: Final = re.compile(
    rf"\b(?:no|any|every|each|some|this|that|which|the|another|only|not|or|all|as|is){_B}$", re.I
)
_BASE: Final = re.compile(
    rf"(?:\bper|\bto|\bfor|/|=|a{_B}rate{_B}of){_B}?(?:each{_B}|one{_B}|the{_B})?(?:[A-Za-z.]{{0,6}}{_B}?\\?[$¥€£]|[A-Z]{{3}})?{_B}?$",
    re.I,
)
_BASE_AFTER: Final = re.compile(rf"{_B}?(?:米ドル|ドル|ユーロ|円)?{_B}?(?:=|当たり|につき|に対し|あたり)")
_TIME: Final = re.compile(rf"(?::[0-9]{{2}})?{_B}?(?:[ap]\.?m\.?\b|o'clock|時|分)", re.I)
_CLOCK: Final = re.compile(r":[0-9]{2}(?![0-9])")
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]$|[^\W\d_]-$", re.ASCII)
_MARKER_BEFORE: Final = re.compile(r"\((?:note{_B}?)?$".replace("{_B}", _B), re.I)
_CHAIN_BEFORE: Final = re.compile(r"[0-9A-Za-z]\)?-$|\+[0-9]{0,3}$|[0-9]-[0-9]*$|\([0-9]{1,4}\)$")
_CHAIN_AFTER: Final = re.compile(r"-[0-9A-Za-z]")
_TELEPHONE: Final = re.compile(r"(?:\b(?:tel(?:ephone)?|phone|fax|facsimile|zip|cik|ein)\b|〒|電話)[^\n]{0,40}$", re.I)
_ADDRESS: Final = re.compile(
    r"[0-9,.\-]{0,8}(?:-chome|-ku\b|-shi\b|{_B}(?:street|avenue|road|floor|st\.|丁目|番地|番|階)|丁目|番地|階)".replace(
        "{_B}", _B
    ),
    re.I,
)
_LINK: Final = re.compile(r"(?:https?://|www\.)\S*$|\S+@\S*$")
_PERIOD_BEFORE: Final = re.compile(
    rf"(?:end(?:ed|ing|s)?(?:{_B}on)?|as{_B}(?:of|at)|through|until|since|from|to|before|after|by|at|for|during|in|fiscal(?:{_B}years?)?|calendar(?:{_B}years?)?"
    rf"|years?|quarter|period|beginning|commencing|dated|on|of|between|and|,|FY){_B}(?:the{_B})?(?:fiscal{_B}|calendar{_B})?(?:years?{_B})?$",
    re.I,
)
_PERIOD_STRICT: Final = re.compile(
    rf"(?:end(?:ed|ing|s)(?:{_B}on)?|as{_B}(?:of|at)|fiscal(?:{_B}years?)?|calendar(?:{_B}years?)?|years?|\(through|\(to){_B}$",
    re.I,
)
_PERIOD_AFTER: Final = re.compile(r"(?:現在|時点|期|度|に終了|末|まで|から)")


def reason_for(surface: PrintedValue, land: Surroundings) -> Reason | None:
    """The rule that explains a surface that is not tagged, if one does."""
    block = land.leaf_at(surface.span.start)
    start = max(block.start if block else 0, surface.span.start - _REACH)
    before = land.text[start : surface.span.start]
    after = land.text[surface.span.end : surface.span.end + _REACH].partition("\n")[0].partition("\t")[0]
    if surface.kind.is_calendar:
        return _calendar_reason(surface, before, after)
    if surface.kind is SurfaceKind.WORDS:
        return _word_reason(surface, before, after)
    if surface.kind is SurfaceKind.BOX:
        return None
    return _number_reason(surface, before, after, block, land)


def _calendar_reason(surface: PrintedValue, before: str, after: str) -> Reason | None:
    if surface.months is not None or _PERIOD_STRICT.search(before) or _PERIOD_AFTER.match(after):
        return Reason.PERIOD
    if _LINK.search(before):
        return Reason.IDENTIFIER
    if surface.kind is SurfaceKind.YEAR and re.search(rf"\b(?:Act|Code|Law){_B}(?:No\.{_B})?(?:of{_B})?$", before):
        return Reason.REFERENCE
    return None


def _word_reason(surface: PrintedValue, before: str, after: str) -> Reason | None:
    if _VERSION.search(before):
        return Reason.VERSION
    if surface.value == 1 and surface.currencies and (_BASE.search(before) or _BASE_AFTER.match(after)):
        return Reason.BASE
    if surface.value == 1 and (
        _IDIOM_AFTER.match(after) or _IDIOM_BEFORE.search(before) or not after or after[0] in ".,;:)!?"
    ):
        return Reason.IDIOM
    if _REFERENCE.search(before):
        return Reason.REFERENCE
    return None


def _number_reason(
    surface: PrintedValue, before: str, after: str, block: Block | None, land: Surroundings
) -> Reason | None:
    plain = not (surface.currencies or surface.percent is not None or surface.scale is not None or surface.is_shares)
    if surface.value == 1 and (_BASE.search(before) or _BASE_AFTER.match(after)) and (surface.currencies or not plain):
        return Reason.BASE
    if surface.value == 1 and _BASE_AFTER.match(after):
        return Reason.BASE
    if not plain:
        return None
    if _TELEPHONE.search(before) or _LINK.search(before) or _ADDRESS.match(after):
        return Reason.IDENTIFIER
    if _REFERENCE.search(before) or _REFERENCE_AFTER.match(after):
        return Reason.REFERENCE
    if surface.attached or _ORDINAL.match(after):
        return Reason.NAME
    if _VERSION.search(before) or _GENERATION.match(after):
        return Reason.VERSION
    if _TIME.match(after) or _CLOCK.match(after):
        return Reason.TIME
    if _is_chain(before, after):
        return Reason.IDENTIFIER
    return _reason_by_place(surface, before, after, block, land)


def _is_chain(before: str, after: str) -> bool:
    """Whether digits and hyphens go on at both or several places: 0-30204, +81-3-5205, 2-10-1."""
    return bool(
        (_CHAIN_BEFORE.search(before) and _CHAIN_AFTER.match(after))
        or re.search(r"[0-9]-[0-9]+-$|^0[0-9]*$", before)
        or re.search(r"(?<![0-9.,])0-$", before)
        or re.match(r"-[0-9]+-[0-9]", after)
        or (before.endswith("+"))
    )


def _reason_by_place(
    surface: PrintedValue, before: str, after: str, block: Block | None, land: Surroundings
) -> Reason | None:
    small = surface.places == 0 and len(surface.text) <= 3
    if block is None or not small:
        return None
    text = land.text[block.start : block.end]
    at = surface.span.start - block.start
    if surface.parenthesised and (at <= 1 or before.rstrip("(")[-1:].strip()) and not _is_figure_cell(block, text):
        return Reason.FOOTNOTE
    if _MARKER_BEFORE.search(before) and after[:1] == ")" and not _is_figure_cell(block, text):
        return Reason.FOOTNOTE
    head = _NUMBERING.match(text)
    if head is not None and at < head.end() < len(text) and re.match(r"[.)、．]|[.][0-9]", after):
        return Reason.NUMBERING
    if block.kind == "paragraph" and re.fullmatch(r"[\s\-–—]*[0-9]{1,3}[\s\-–—]*", text):
        return Reason.PAGE
    return None


def _is_figure_cell(block: Block, text: str) -> bool:
    """Whether a cell holds a number in parentheses and nothing else: a negative, no mark."""
    return block.kind == "cell" and re.fullmatch(r"[\s(]*[0-9,.]+[\s)]*", text) is not None


_LIKE_MARK: Final = 15  # points that any dimension needs
_OF_HEADS: Final = 15  # points of a period that the heads, or the words above the table, name
_OF_SENTENCE: Final = 25  # points of a period that is the nearest one a sentence names
_MOST: Final = 40  # facts looked at for one surface
_NEAR: Final = 6
_BEFORE: Final = 3  # words before the name of a figure that may narrow it
_TELLING: Final = 2  # words of the figure's name between a number and its party
_PUNCTUATION: Final = ",.;:()–—"


def find_mismatches(
    surfaces: Sequence[PrintedValue], wanted: Sequence[ExpectedFact], found: Found
) -> Iterator[Finding]:
    """For each surface that nothing explains, the fact whose place it is.

    A fact that no place states makes it an error, one that is stated elsewhere a warning.
    """
    reader = _Reader(found, tuple(wanted))
    for surface in surfaces:
        best: tuple[int, ExpectedFact] | None = None
        for each in reader.like(surface):
            score = reader.fit(each, surface)
            if score is not None and (best is None or score.context > best[0]):
                best = (score.context, each)
        if best is not None:
            yield _differs(surface, best[1], found, reader.places.get(best[1].id, []))


@define(eq=False)
class _Reader:
    """Reads the words round the unexplained numbers of one document."""

    found: Found
    wanted: tuple[ExpectedFact, ...]
    places: dict[str, list[Span]] = field(factory=dict)
    _by_stem: dict[str, list[ExpectedFact]] = field(factory=dict)
    _alike: Counter[tuple[object, ...]] = field(factory=Counter)

    def __attrs_post_init__(self) -> None:
        for placement in self.found.placements:
            self.places.setdefault(placement.fact, []).append(placement.first)
        for each in self.wanted:
            if each.shape.is_numeric:
                names = (*each.labels, *(name for mark in each.marks if mark.is_open for name in mark.names))
                for one in sorted({one for text in names for one in stems_of(text)} - GENERIC_STEMS):
                    self._by_stem.setdefault(one, []).append(each)
                self._alike[_kind_of(each)] += 1

    def like(self, surface: PrintedValue) -> Iterator[ExpectedFact]:
        """The facts of this kind of number that share most words with the place."""
        counts: Counter[int] = Counter()
        known: dict[int, ExpectedFact] = {}
        around = self.found.scorer.surrounding(surface.span)
        for one, weight in around.weights.items():
            if weight >= _NEAR:
                for each in self._by_stem.get(one, ()):
                    known[id(each)] = each
                    counts[id(each)] += 1
        for key, _ in counts.most_common(_MOST):
            if _is_of_kind(known[key], surface, around.cell is not None):
                yield known[key]

    def fit(self, wanted: ExpectedFact, surface: PrintedValue) -> Score | None:
        """The score of a place that is the fact's, ``None`` where it is not surely."""
        land = self.found.land
        around = self.found.scorer.surrounding(surface.span)
        before = land.text[max(land.sentence(around.sentence).start, surface.outer.start - 24) : surface.outer.start]
        if ROUGHLY.search(before) or self._is_stated(wanted, surface):
            return None
        score = self.found.scorer.score(wanted, surface)
        if score.veto is not None or score.marks < _LIKE_MARK * len(wanted.marks):
            return None
        if not score.is_named:
            return None
        alone = any(mark.is_open for mark in wanted.marks) and self._alike[_kind_of(wanted)] == 1
        if around.cell is not None and land.stands_in_body(around.cell):
            return score if self._is_cell_of(wanted, around.cell, score, alone=alone) else None
        if not self._is_dated(wanted, score, alone=alone):
            return None
        sentences = {land.sentence_number(span.start) for span in self.places.get(wanted.id, ())}
        if around.sentence in sentences or not self._is_sentence_of(wanted, surface, alone=alone):
            return None
        return score

    def _is_stated(self, wanted: ExpectedFact, surface: PrintedValue) -> bool:
        """Whether the place states the fact, or may state another one."""
        candidates = self.found.candidates.get(surface, ())
        return any(
            candidate.is_good or (candidate.wanted is wanted and candidate.score.veto is None)
            for candidate in candidates
        )

    def _is_dated(self, wanted: ExpectedFact, score: Score, *, alone: bool) -> bool:
        return score.period >= _OF_SENTENCE or (alone and score.period >= 0) or wanted.last_day is None

    def _is_cell_of(self, wanted: ExpectedFact, cell: CellPlace, score: Score, *, alone: bool) -> bool:
        """Whether row, column and section name the fact and nothing else."""
        land = self.found.land
        if score.period < _OF_HEADS and wanted.last_day is not None and not alone:
            return False
        if not wanted.marks and any(PARTS.search(text) for text in self._above(cell)):
            return False
        known = stems_of_fact(wanted) | GENERIC_STEMS
        section, own = land.row_words(cell)
        column = read_caption(land.column_head(cell))
        mine = frozenset(item for label in captions_of(wanted) for item in label.items)
        if column.rest - known or (column.items and not column.items & mine and mine):
            return False
        if own and read_caption(section).rest - known - _sections():
            return False
        return score.naming is Naming.SAME or (alone and not read_caption(own).rest - known)

    def _above(self, cell: CellPlace) -> tuple[str, ...]:
        land = self.found.land
        start = land.document.tables[cell.table].start
        texts = (*land.headings(start)[-1:], *land.table_texts(cell.table))
        return tuple(text for text in texts if len(text) < 100)

    def _is_sentence_of(self, wanted: ExpectedFact, surface: PrintedValue, *, alone: bool) -> bool:
        """Whether only words that report stand between the name of the figure, or of its party, and the number."""
        land = self.found.land
        span = land.sentence(land.sentence_number(surface.span.start))
        before = land.text[span.start : surface.outer.start]
        mine = {item for label in captions_of(wanted) for item in label.items}
        named = [line_item for line_item in find_line_items(before) if line_item.item in mine]
        if named:
            start, end = named[-1].start, named[-1].end
        elif alone:
            keys = [each for _, each in land.named_in(Span(span.start, max(surface.outer.start, span.start + 1)))]
            if not keys:
                return self._is_told_of(wanted, surface, span)
            start, end = keys[-1].start - span.start, keys[-1].end - span.start
        else:
            return False
        known = stems_of_fact(wanted) | GENERIC_STEMS
        narrowing = _stems(_last_clause(before[:start]))[-_BEFORE:]
        between = _stems(before[end:])
        if alone and not named and not any(each in known for each in between):
            return False
        return not (set(narrowing) | set(between)) - known - _reporting()

    def _is_told_of(self, wanted: ExpectedFact, surface: PrintedValue, sentence: Span) -> bool:
        """Whether the number is followed by the name of the figure and the party: "of loans receivable from Delta"."""
        if surface.outer.end >= sentence.end:
            return False
        keys = [each for _, each in self.found.land.named_in(Span(surface.outer.end, sentence.end))]
        between = self.found.land.text[surface.outer.end : keys[0].start] if keys else ""
        stems = _stems(between)
        known = stems_of_fact(wanted)
        return len(known & set(stems)) >= _TELLING and not set(stems) - known - _reporting()


@cache
def _reporting() -> frozenset[str]:
    words = REPORTING | NEUTRAL
    return words | frozenset(stem(word) for word in words)


@cache
def _sections() -> frozenset[str]:
    return SECTIONS | frozenset(stem(word) for word in SECTIONS)


def _stems(text: str) -> list[str]:
    return [term.stem for term in find_terms(ADVERBS.sub("", text))]


def _last_clause(text: str) -> str:
    return text[max(text.rfind(mark) for mark in _PUNCTUATION) + 1 :]


def _kind_of(wanted: ExpectedFact) -> tuple[object, ...]:
    """What facts have in common that a place with their party named does not tell apart."""
    return wanted.fact.unit, wanted.is_percent, tuple(mark.names[:1] for mark in wanted.marks if mark.is_open)


def _is_of_kind(wanted: ExpectedFact, surface: PrintedValue, in_cell: bool) -> bool:
    if not surface.is_number or surface.kind is SurfaceKind.DASH:
        return False
    if wanted.shape is Shape.COUNT:
        return surface.percent is None and not surface.currencies and surface.places == 0
    if surface.kind is SurfaceKind.WORDS:
        return False
    if wanted.is_percent:
        return surface.percent is not None or in_cell
    if wanted.currency and not wanted.is_quotient:
        return bool(surface.currencies) or in_cell
    if wanted.is_shares:
        return surface.is_shares or in_cell
    return surface.percent is None


def _differs(surface: PrintedValue, wanted: ExpectedFact, found: Found, places: list[Span]) -> Finding:
    document = found.land.document
    printed = found.land.text[surface.outer.start : surface.outer.end].strip()
    elsewhere = f"; at {document.place(places[0].start)} it says what the item says" if places else ""
    location = document.place(surface.span.start)
    return Finding(
        code="exporter:documentDiffers",
        severity=Severity.WARNING if places else Severity.ERROR,
        message=(
            f"the document says {printed!r} where {wanted.title} has {wanted.fact.value}"
            f"{f' (decimals {wanted.fact.decimals})' if wanted.fact.decimals is not None else ''}{elsewhere}"
        ),
        location=_both(location, wanted),
        fix="correct the item or the document, or list the number under untagged: with the reason",
    )


def _both(location: Location, wanted: ExpectedFact) -> Location:
    return evolve(location, pointer=f"{wanted.pointer}/{wanted.field}", item=wanted.item or None, fact=wanted.id)


_MOST_PLACES: Final = 9
_EXACT: Final = Context(prec=400)
_WAYS: Final = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)


@define(eq=False)
class RoundedNumbers:
    """Looks a printed number up among the reported ones at every lesser accuracy."""

    wanted: Iterable[ExpectedFact]
    scorer: Scorer
    _numbers: dict[tuple[Decimal, int], list[ExpectedFact]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._numbers = {}
        for each in self.wanted:
            if each.shape is Shape.NUMBER and each.number and each.fact.decimals is not None:
                self._add(each, abs(each.number), each.fact.decimals)

    def _add(self, wanted: ExpectedFact, number: Decimal, decimals: int) -> None:
        for coarser in range(decimals - 1, decimals - 1 - _MOST_PLACES, -1):
            step = Decimal(1).scaleb(-coarser)
            if step > number:
                break
            for value in dict.fromkeys(number.quantize(step, way, _EXACT) for way in _WAYS):
                self._numbers.setdefault((value, coarser), []).append(wanted)

    def of(self, surface: PrintedValue) -> ExpectedFact | None:
        """The reported number that the surface states less exactly, if the words round it speak for that."""
        for scale in self.scorer.units.possible_scales(surface):
            value = abs(surface.amount(scale))
            for wanted in self._numbers.get((value, surface.places - scale), ()):
                score = self.scorer.score(wanted, surface)
                if score.veto is None and score.label >= 20 and surface.figures > 1:
                    return wanted
        return None
