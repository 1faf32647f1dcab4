"""What a table says once for all its figures: the scale ("in millions", 単位：百万円, "in Tsd. €"), currency, percent.

A head is the text over a column, beside a row, in the corner or the caption of a table, or just above it. Its words are
those of `exporter.items.values.printed_words`; `exporter.items.values.printing` prints such heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Final

from attrs import frozen

from exporter.items.values.currencies import CURRENCIES
from exporter.items.values.languages import template_pattern
from exporter.items.values.printed_words import NEVER, PrintedWords, either, printed_words, whole

_BLANK: Final = r"[ \u00a0\u2009\u202f\u3000]{0,8}"
_SPACE: Final = r"[ \u00a0]"
_SIGN: Final = r"(?:[A-Za-z]{1,3}\.?)?(?:[A-Za-z]\.)?[ \u00a0]?[$€£¥₩₹]"
_UNIT: Final = rf"(?:{_SIGN}|(?<![A-Za-z])(?:[A-Z]{{3}}|kr|Kr|zł|Kč|Rs|RMB)\.?)"
_UNIT_ALONE: Final = rf"(?:{_SIGN}|(?<![A-Za-z])(?:[A-Z]{{3}}(?![A-Za-z])|kr|Kr|zł|Kč|Rs|RMB)\.?)"
_NO_AMOUNT: Final = r"(?<![0-9][ \u00a0])(?<![0-9])"
_LETTERS: Final = r"[^\W\d_]"
_LETTER: Final = r"(?:[^\W\d_]|[.'-])"
_NAME: Final = rf"(?:{_LETTER}+{_SPACE}){{0,2}}{_LETTER}+"
# Letters before a currency: TEUR, MSEK, k€; and behind one: €m.
_GLUED_SCALES: Final = {"T": 3, "k": 3, "K": 3, "M": 6, "B": 9}
_LETTER_SCALES: Final = {"000": 3, "k": 3, "m": 6, "b": 9}
_MINOR_LETTERS: Final = r"p(?= |$|\))|¢|øre|öre|sen"


@frozen(eq=False, slots=False)
class HeadReader:
    """Reads the heads of tables with the words of some languages."""

    words: PrintedWords

    # --- expressions --------------------------------------------------------------------------------------------------

    @cached_property
    def _in(self) -> str:
        return either(word for language in self.words.languages for word in language.in_words)

    @cached_property
    def _scaled(self) -> re.Pattern[str]:
        scale, of = self.words.head_scales, f"(?:{self.words.of or NEVER})"
        every = rf"(?:{scale}|{self.words.short_scales})"
        letters = r"[A-Za-z.]"
        return re.compile(
            rf"(?:\b(?:{self._in})|[¥$€£(]|\b(?:{self.words.currency_words}))(?:{_SPACE}(?:{_UNIT}|{letters}+))?"
            rf"[ \u00a0]?(?P<scale>{scale})(?!\w)"
            rf"|\b(?:{self._in}){_SPACE}(?P<short>{every})(?!\w)"
            rf"|{_NO_AMOUNT}\b(?P<of>{scale}){_SPACE}{of}?(?:{_LETTER}+{_SPACE})?(?:{_LETTERS}+|[¥$€£])"
            rf"|^[(\s]*(?P<alone>{scale})[)\s]*$"
            rf"|(?<![\w])[x×]{_BLANK}(?:{_UNIT}|{_LETTERS}+)?{_BLANK}1(?P<times>(?:[., \u00a0]000)+)(?![0-9])"
            r"|(?<![0-9.,])['’]?(?P<zeros>(?<=['’])000s?|000['’]?s)\b",
            re.IGNORECASE,
        )

    @cached_property
    def _beside(self) -> re.Pattern[str]:
        scale = rf"(?i:{self.words.head_scales}|{self.words.short_scales})"
        return re.compile(
            r"(?<![A-Za-z])(?P<glued>[MTkKB])(?P<code>[A-Z]{3}|[€$£¥])(?![A-Za-z])"
            rf"|(?P<unit>{_UNIT}){_BLANK}(?P<scale>{scale}|[mMkK]|[bB]|['’]?000['’]?s?)(?![A-Za-z0-9])"
            rf"|{_NO_AMOUNT}(?<![A-Za-z])(?P<first>{scale}){_BLANK}(?P<last>{_UNIT})(?![A-Za-z])"
        )

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        units = "円|米ドル|ドル|ユーロ|株|口|人"
        return re.compile(
            rf"(?:単位{_BLANK}[:：]?{_BLANK}|[(（]|^|[ 、,・])(?P<scale>{self.words.joined_scales})(?P<unit>{units})"
        )

    @cached_property
    def _named(self) -> re.Pattern[str]:
        names = (
            name
            for language in self.words.spaced
            for table in (language.currencies, language.read_currencies)
            for words in table.values()
            for name in words
            if name.split(" ")[-1] not in ("won", "real", "reals", "reais", "rand", "pounds", "pound")
        )
        return re.compile(
            rf"(?<![A-Za-z])(?:[A-Z]{{3}}|[A-Za-z]{{0,2}}[$€£¥₩₹]|U\.S\. dollars?|{either(names)})(?![A-Za-z])"
        )

    @cached_property
    def _declared(self) -> re.Pattern[str]:
        scale, of = self.words.head_scales, f"(?:{self.words.of or NEVER})"
        every = rf"(?:{scale}|{self.words.short_scales})"
        return re.compile(
            rf"\b(?:{scale}){_SPACE}{of}?(?P<after>{_NAME})"
            rf"|(?<![A-Za-z.])(?P<before>{_NAME}){_SPACE}(?:{self._in}){_SPACE}(?:{every})"
            rf"(?:{_SPACE}{of}?(?P<then>{_NAME}))?"
            rf"|\b(?:{self._in}){_SPACE}(?:{every}{_SPACE}{of}?)?(?P<in>{_UNIT_ALONE}|{_NAME})"
            rf"|(?<![\w])[x×]{_BLANK}(?P<times>{_UNIT}|{_LETTERS}+){_BLANK}1(?=[., \u00a0]000)"
            rf"|[(（]\s*(?P<alone>{_UNIT}|{_NAME})\s*[)）,]",
            re.IGNORECASE,
        )

    @cached_property
    def _rate(self) -> re.Pattern[str]:
        per = either(word for language in self.words.languages for word in language.per_words)
        return re.compile(
            rf"(?<![A-Za-z])(?:{per}|/){_SPACE}?(?:one )?(?:[A-Z]{{3}}|euro|(?:U\.?S\.? )?dollar|[A-Z]{{0,2}}[$€£¥])",
            re.I,
        )

    @cached_property
    def everywhere(self) -> re.Pattern[str]:
        """Sentences on all amounts of a document: "In millions of euros unless otherwise stated"."""
        phrases = "|".join(
            template_pattern(phrase) for language in self.words.languages for phrase in language.everywhere
        )
        return re.compile(rf"(?<![^.\n])[^.\n]*(?:{phrases})[^.\n]*", re.I)

    @cached_property
    def _except(self) -> re.Pattern[str]:
        excepting = either(word for language in self.words.languages for word in language.excepting)
        return re.compile(rf"(?:{excepting})[^.;)]{{0,60}}", re.I)

    @cached_property
    def _percent(self) -> re.Pattern[str]:
        words = [word for language in self.words.spaced for word in language.percent_heads]
        joined = [word for language in self.words.languages if not language.blanks for word in language.percent_heads]
        return re.compile(rf"%|％|(?<!\w){whole(words)}|{either(joined)}", re.I)

    @cached_property
    def _minor(self) -> re.Pattern[str]:
        words = (name for language in self.words.languages for names in language.minor.values() for name in names)
        return re.compile(rf"(?<![A-Za-z])(?:{either(words)}|{_MINOR_LETTERS})(?![A-Za-z])", re.I)

    # --- what a head says ---------------------------------------------------------------------------------------------

    def scale(self, head: str) -> int | None:
        """The power of ten that a head or caption gives its figures, if it gives one."""
        if match := self._joined.search(head):
            return self.words.scale_of(match["scale"])
        for _, scale in self._scales_beside(head):
            return scale
        if match := self._scaled.search(head):
            if match["times"]:
                return 3 * match["times"].count("000")
            word = match["scale"] or match["short"] or match["of"] or match["alone"]
            return 3 if match["zeros"] else self._scale_of(word)
        return None

    def _scale_of(self, word: str) -> int | None:
        plain = word.lower().strip("'’.").removesuffix("s").rstrip("'’")
        known = self.words.scale_of(word)
        return _LETTER_SCALES.get(plain) if known is None else known

    def _scales_beside(self, head: str) -> Iterator[tuple[tuple[str, ...], int]]:
        """Scales that stand beside a currency: "NOK million", "€m", "MSEK", "Mio. €"."""
        for match in self._beside.finditer(head):
            unit = (match["unit"] or match["last"] or match["code"]).strip()
            named = self.words.currencies(unit) or self.words.currencies(unit[-1:])
            scale = (
                _GLUED_SCALES[match["glued"]] if match["glued"] else self._scale_of(match["scale"] or match["first"])
            )
            if named and scale is not None:
                yield named, scale

    def currencies(self, head: str) -> frozenset[str]:
        """The currencies that a head or caption names; a sign of several counts for all of them."""
        named = {code for codes, _ in self._scales_beside(head) for code in codes}
        for match in (*self._named.finditer(head), *re.finditer(self.words.joined_currencies, head)):
            named.update(self.words.currencies(match[0]))
        return frozenset(named)

    def declared_currencies(self, text: str) -> frozenset[str]:
        """The currencies that a text above a table declares for its figures, those of amounts in it left out."""
        named = {code for codes, _ in self._scales_beside(text) for code in codes}
        for match in self._declared.finditer(text):
            for name in filter(None, match.groups()):
                named.update(self._named_in(name))
        if (japanese := self._joined.search(text)) is not None:
            named.update(self.words.currencies(japanese["unit"]))
        return frozenset(named)

    def _named_in(self, name: str) -> tuple[str, ...]:
        """The currency of the first or last words of a phrase, the longest that is one."""
        words = name.replace("\u00a0", " ").split(" ")
        for length in range(len(words), 0, -1):
            for part in (words[:length], words[-length:]):
                text = " ".join(part)
                is_code = text.upper() in CURRENCIES
                if (len(text) > 2 or not text.isascii()) and (named := self.words.currencies(text.rstrip(".,"))):
                    return named if text != text.lower() or not is_code else ()
        return ()

    def is_rate(self, head: str) -> bool:
        """Whether the figures under the head are exchange rates, so that no one currency is theirs."""
        return bool(self._rate.search(head))

    def is_percent(self, head: str) -> bool:
        """Whether the figures under the head are percentages."""
        return bool(self._percent.search(head))

    def is_per_share(self, head: str) -> bool:
        """Whether the figures beside the head are amounts per share, which a table's scale does not reach."""
        return bool(self.words.per_share_heads.search(self._except.sub("", head)))

    def is_minor(self, head: str) -> bool:
        """Whether the figures beside the head are counted in the hundredths of a currency: pence, cents."""
        return bool(self._minor.search(head))


@lru_cache(maxsize=32)
def head_reader(language: str | None = None) -> HeadReader:
    """A reader of heads in English, Japanese and a further language."""
    return HeadReader(printed_words(language))
