"""Terms: words brought to a common stem, so that "nominated" meets "nominees" and 純損失 meets 当期純損失.

English words lose their endings; Japanese, which does not part its words, is cut into pairs of characters. Words that
say nothing about a figure are left out. This serves comparison only: no stem is ever shown.

Phrases: where given names and texts stand in a text, all of them found in one pass.

Texts are compared word by word with blanks and quotation marks brought to one shape; of several that begin at one
place the longest counts, so that "NTT Communications" is no mention of "NTT".

What a table says once for all its figures: the scale ("in millions", 単位：百万円), the currency, percentages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from exporter.items.values.currencies import currencies_named
from exporter.items.values.numerals import take_scale
from exporter.tagging.document.source import Span
from exporter.tagging.text.lexicon import GLUED_SCALES, SCALES

_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]*|[\u3040-\u30ff\u3400-\u9fff]+")
_ENDINGS: Final = re.compile(
    r"(?:ership|izations?|isations?|ations?|ating|ated|ates|ate|ments?|ings?|ities|ity|ions?|ees?|eds?|ied|ies|ers?|ors?"
    r"|ed|es|age|al|ly|ive|[sey])$"
)
_SHORTEST: Final = 3
_BRITISH: Final = re.compile(r"^(.{3,})is(e[ds]?|ing|ations?)$")  # authorised, authorized
_SILENT: Final = frozenset(
    re.findall(
        "[a-z]+",
        "the of a an and or in on at to for by with from as is was were be been being has have had we our us its it "
        "this that these those which who whom not no if per than their such other any all may can will would could "
        "should do does did there here into over under out up also but so between during after before",
    )
)
# Words of labels that many labels have; they tell little about which figure is meant.
GENERIC: Final = frozenset(
    re.findall(
        "[a-z]+",
        "number amount value date month day kind name indicator total text block percentage part document item rate",
    )
)
_GENERIC_JA: Final = frozenset(("日付", "金額", "の数", "種類", "名称", "比率", "割合"))


@frozen
class Term:
    """A stem and where its word stands."""

    start: int
    end: int
    stem: str


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one English word."""
    plain = word.lower().replace("’", "'")
    plain = _BRITISH.sub(r"\1iz\2", plain.removesuffix("'s").replace("'", ""))
    if len(plain) <= _SHORTEST or plain.endswith("ss"):
        return plain
    for _ in range(2):
        shorter = _ENDINGS.sub("", plain)
        if len(shorter) < _SHORTEST or shorter == plain or plain.endswith("ss"):
            break
        plain = shorter
    return plain


_SILENT_STEMS: Final = frozenset(stem(word) for word in _SILENT) | _SILENT
GENERIC_STEMS: Final = frozenset(stem(word) for word in GENERIC) | _GENERIC_JA


def find_terms(
    text: str, start: int = 0, end: int | None = None, *, kept: frozenset[str] = frozenset()
) -> Iterator[Term]:
    """The terms of a stretch of text, silent words left out but for those ``kept``."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        if word[0] < "\u3040":
            found = stem(word)
            if (word.lower() not in _SILENT or word.lower() in kept) and (len(found) > 1 or word.isupper()):
                yield Term(match.start(), match.end(), found)
        else:
            yield from _pairs(word, match.start())


def _pairs(word: str, start: int) -> Iterator[Term]:
    if len(word) == 1:
        yield Term(start, start + 1, word)
    for place in range(len(word) - 1):
        pair = word[place : place + 2]
        if not all("\u3040" <= character <= "\u309f" for character in pair):  # particles and endings
            yield Term(start + place, start + place + 2, pair)


@lru_cache(maxsize=16384)
def stems_of(text: str) -> frozenset[str]:
    """The stems in a text, as a set."""
    return frozenset(term.stem for term in find_terms(text))


@lru_cache(maxsize=16384)
def weighted_stems(text: str) -> tuple[tuple[str, int], ...]:
    """The stems of a label and how much each tells: 3, or 1 for a generic one."""
    stems = dict.fromkeys(term.stem for term in find_terms(text))
    return tuple((stem, 1 if stem in GENERIC_STEMS else 3) for stem in stems)


_TOKEN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff_]+|[^\w\s]", re.UNICODE)
_SHAPES: Final = {"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "−": "-"}


def tokens_of(text: str, *, fold_case: bool = False) -> list[tuple[str, int, int]]:
    """Words and marks with their places; blanks are left out."""
    source = text.casefold() if fold_case and len(text.casefold()) == len(text) else text
    return [(_SHAPES.get(match[0], match[0]), match.start(), match.end()) for match in _TOKEN.finditer(source)]


@frozen(eq=False)
class Phrasebook:
    """A set of phrases to look for, each under a key of the caller's.

    Args:
        fold_case: capitals and small letters are the same.
    """

    phrases: dict[str, tuple[str, ...]]
    fold_case: bool = False
    _by_first: dict[str, list[tuple[tuple[str, ...], str]]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, texts in self.phrases.items():
            for text in dict.fromkeys(texts):
                words = tuple(token for token, _, _ in tokens_of(text, fold_case=self.fold_case))
                if words:
                    by_first.setdefault(words[0], []).append((words, key))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        object.__setattr__(self, "_by_first", by_first)

    def find(self, text: str, *, longest_only: bool = True) -> Iterator[tuple[str, Span]]:
        """Every phrase that stands in the text, in reading order.

        With ``longest_only`` the phrases do not overlap; several keys with the same words all count.
        """
        tokens = tokens_of(text, fold_case=self.fold_case)
        words = [token for token, _, _ in tokens]
        place = 0
        while place < len(words):
            step = 1
            for phrase, key in self._by_first.get(words[place], ()):
                if longest_only and step > 1 and len(phrase) < step:
                    break
                if tuple(words[place : place + len(phrase)]) == phrase:
                    yield key, Span(tokens[place][1], tokens[place + len(phrase) - 1][2])
                    step = max(step, len(phrase))
            place += step if longest_only else 1


def phrasebook(entries: Iterable[tuple[str, Iterable[str]]], *, fold_case: bool = False) -> Phrasebook:
    """A phrasebook from pairs of a key and its texts; texts of one key are joined."""
    phrases: dict[str, tuple[str, ...]] = {}
    for key, texts in entries:
        phrases[key] = (*phrases.get(key, ()), *texts)
    return Phrasebook(phrases, fold_case=fold_case)


_BLANK: Final = r"[ \u00a0\u2009\u202f\u3000]{0,8}"
_SCALE_WORD: Final = r"(?:thousand|million|billion|trillion|crore|lakh)s?"
_SIGN: Final = r"(?:[A-Za-z]{1,3}\.?)?(?:[A-Za-z]\.)?[ \u00a0]?[$€£¥₩₹]"
_UNIT: Final = rf"(?:{_SIGN}|(?<![A-Za-z])(?:[A-Z]{{3}}|kr|Kr|zł|Kč|Rs|RMB)\.?)"
_NO_AMOUNT: Final = r"(?<![0-9][ \u00a0])(?<![0-9])"
_ENGLISH: Final = re.compile(
    rf"(?:\bin|[¥$€£(]|\b(?:yen|dollars?|euros?|francs?|kron[aeo]r?|pounds?|rupees?))(?:[ \u00a0](?:{_UNIT}"
    rf"|[A-Za-z.]+))?"
    rf"[ \u00a0]?(?P<scale>{_SCALE_WORD})\b"
    rf"|{_NO_AMOUNT}\b(?P<of>{_SCALE_WORD})[ \u00a0](?:of[ \u00a0])?(?:[A-Za-z.]+[ \u00a0])?(?:[A-Za-z]+|[¥$€£])"
    rf"|^[(\s]*(?P<alone>{_SCALE_WORD})[)\s]*$"
    r"|(?<![0-9.,])['’]?(?P<zeros>(?<=['’])000s?|000['’]?s)\b",
    re.I,
)
_BESIDE: Final = re.compile(
    r"(?<![A-Za-z])(?P<glued>[MTkKB])(?P<code>[A-Z]{3})(?![A-Za-z])"
    rf"|(?P<unit>{_UNIT}){_BLANK}(?P<scale>(?i:{_SCALE_WORD}|mn|mln|bn|bln|mio\.?)|[mMkK]|[bB]"
    rf"|['’]?000['’]?s?)(?![A-Za-z0-9])"
    rf"|{_NO_AMOUNT}(?<![A-Za-z])(?P<first>(?i:{_SCALE_WORD}|mn|mln|bn|mio\.?)){_BLANK}(?P<last>{_UNIT})(?![A-Za-z])"
)
_JAPANESE: Final = re.compile(
    rf"(?:単位{_BLANK}[:：]?{_BLANK}|[(（]|^|[ 、,・])(?P<scale>十億|百億|千億|百万|千万|十万|億|兆|万|千)"
    r"(?P<unit>円|米ドル|ドル|ユーロ|株|口|人)"
)
_CODE: Final = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{3}|U\.S\. dollars?|US dollars?|[A-Za-z]{0,2}[$€£¥₩₹]|yen|euros?|dollars?)(?![A-Za-z])"
)
_CURRENCY_JA: Final = re.compile(r"米ドル|ユーロ|人民元|円|ドル")
_NAME: Final = r"(?:[A-Za-z.]+[ \u00a0]){0,2}[A-Za-z.]+"
_DECLARED: Final = re.compile(
    rf"\b(?:{_SCALE_WORD})[ \u00a0](?:of[ \u00a0])?(?P<after>{_NAME})"
    rf"|(?<![A-Za-z.])(?P<before>{_NAME})[ \u00a0]in[ \u00a0]{_SCALE_WORD}"
    rf"|\bin[ \u00a0](?:{_SCALE_WORD}[ \u00a0])?(?P<in>{_UNIT}|{_NAME})"
    rf"|[(（]\s*(?P<alone>{_UNIT}|{_NAME})\s*[)）,]",
    re.I,
)
_PER: Final = re.compile(
    r"(?<![A-Za-z])(?:per|to the|/)[ \u00a0]?(?:one )?(?:[A-Z]{3}|euro|(?:U\.?S\.? )?dollar|[A-Z]{0,2}[$€£¥])", re.I
)
_PER_SHARE: Final = re.compile(
    r"per[ \u00a0](?:(?:ordinary|common|registered|bearer|equity)[ \u00a0])?share|per[ \u00a0]ADS|\bEPS\b"
    r"|1株当たり|一株当たり",
    re.I,
)
_EXCEPT: Final = re.compile(r"(?:except|other than|excluding|but)[^.;)]{0,60}", re.I)
_PERCENT: Final = re.compile(r"%|％|\bper[ \u00a0]?cent|percentage|割合|比率", re.I)
_MINOR: Final = re.compile(r"(?<![A-Za-z])(?:pence|p(?= |$|\))|cents?|¢|øre|öre|sen)(?![A-Za-z])", re.I)


def scale_of_word(word: str) -> int | None:
    """The power of ten of a word or sign for a scale: "million", "mn", "'000"."""
    plain = word.lower().strip("'’.").removesuffix("s").rstrip("'’")
    return SCALES.get(plain) if plain in SCALES else take_scale(plain)[0]


@lru_cache(maxsize=8192)
def scale_in(head: str) -> int | None:
    """The power of ten that a head or caption gives its figures, if it gives one."""
    if match := _JAPANESE.search(head):
        return take_scale(match["scale"])[0]
    for _, scale in _beside(head):
        return scale
    if match := _ENGLISH.search(head):
        return 3 if match["zeros"] else scale_of_word(match["scale"] or match["of"] or match["alone"])
    return None


def _beside(head: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Scales that stand beside a currency: "NOK million", "€m", "MSEK"."""
    for match in _BESIDE.finditer(head):
        unit = match["unit"] or match["last"] or match["code"]
        word = match["scale"] or match["first"]
        named = currencies_named(unit.strip()) or currencies_named(unit.strip()[-1:])
        scale = GLUED_SCALES[match["glued"]] if match["glued"] else scale_of_word(word)
        if named and scale is not None:
            yield named, scale


@lru_cache(maxsize=8192)
def currencies_in(head: str) -> frozenset[str]:
    """The currencies that a head or caption names; a sign of several counts for all of them."""
    found: set[str] = set()
    for named, _ in _beside(head):
        found.update(named)
    for match in _CODE.finditer(head):
        found.update(currencies_named(match[0]))
    for match in _CURRENCY_JA.finditer(head):
        found.update(currencies_named(match[0]))
    return frozenset(found)


@lru_cache(maxsize=8192)
def declared_currencies(text: str) -> frozenset[str]:
    """The currencies that a text above a table declares for its figures, those of amounts in it left out."""
    found: set[str] = set()
    for named, _ in _beside(text):
        found.update(named)
    for match in _DECLARED.finditer(text):
        for name in match.groups():
            found.update(_named_in(name) if name else ())
    if (japanese := _JAPANESE.search(text)) is not None:
        found.update(currencies_named(japanese["unit"]))
    return frozenset(found)


def _named_in(name: str) -> tuple[str, ...]:
    """The currency of the first or last words of a phrase, the longest that is one."""
    words = name.replace("\u00a0", " ").split(" ")
    for length in range(len(words), 0, -1):
        for part in (words[:length], words[-length:]):
            text = " ".join(part)
            if (len(text) > 2 or not text.isascii()) and (named := currencies_named(text.rstrip(".,"))):
                return named if text != text.lower() or len(text) > 3 else ()
    return ()


@lru_cache(maxsize=8192)
def is_rate_head(head: str) -> bool:
    """Whether the figures under the head are exchange rates, so that no one currency is theirs."""
    return bool(_PER.search(head))


@lru_cache(maxsize=8192)
def is_percent_head(head: str) -> bool:
    """Whether the figures under the head are percentages."""
    return bool(_PERCENT.search(head))


@lru_cache(maxsize=8192)
def is_per_share_head(head: str) -> bool:
    """Whether the figures beside the head are amounts per share, which a table's scale does not reach."""
    return bool(_PER_SHARE.search(_EXCEPT.sub("", head)))


@lru_cache(maxsize=8192)
def is_minor_head(head: str) -> bool:
    """Whether the figures beside the head are counted in the hundredths of a currency: pence, cents."""
    return bool(_MINOR.search(head))
