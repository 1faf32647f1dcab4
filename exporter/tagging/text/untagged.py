"""Why a number is rightly untagged: it numbers a heading, refers to something, is part of a name, or names a period.

The rules look at the characters beside a surface, never at the facts; what they do not explain stays unexplained.
"""

from __future__ import annotations

import enum
import re
from typing import Final

from exporter.items.values.printed import PrintedValue, SurfaceKind
from exporter.tagging.document.layout import Block
from exporter.tagging.text.surroundings import Surroundings

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
_LINK: Final = re.compile(r"(?<!\S)(?>\S*?(?:https?://|www\.|\S@))\S*+$")
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


def reason_for(surface: PrintedValue, surroundings: Surroundings) -> Reason | None:
    """The rule that explains a surface that is not tagged, if one does."""
    block = surroundings.leaf_at(surface.span.start)
    start = max(block.start if block else 0, surface.span.start - _REACH)
    before = surroundings.text[start : surface.span.start]
    after = surroundings.text[surface.span.end : surface.span.end + _REACH].partition("\n")[0].partition("\t")[0]
    if surface.kind.is_calendar:
        return _calendar_reason(surface, before, after)
    if surface.kind is SurfaceKind.WORDS:
        return _word_reason(surface, before, after)
    if surface.kind is SurfaceKind.BOX:
        return None
    return _number_reason(surface, before, after, block, surroundings)


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
    surface: PrintedValue, before: str, after: str, block: Block | None, surroundings: Surroundings
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
    return _reason_by_place(surface, before, after, block, surroundings)


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
    surface: PrintedValue, before: str, after: str, block: Block | None, surroundings: Surroundings
) -> Reason | None:
    small = surface.places == 0 and len(surface.text) <= 3
    if block is None or not small:
        return None
    text = surroundings.text[block.start : block.end]
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
