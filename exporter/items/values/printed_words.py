"""The words of the languages that a text is read in, as the expressions that find them in running text.

English and Japanese are always read, a further language where the caller names it; its words come first, so that a
German "Billion" is no English one. Everything here is made of the tables in `exporter.items.values.languages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Final

from attrs import define

from exporter.errors import ModelError
from exporter.items.values.currencies import currencies_named
from exporter.items.values.languages import (
    ALWAYS,
    Language,
    any_blanks,
    find_language,
    fold_word,
    get_language,
    packed,
    template_pattern,
)
from exporter.items.values.parse import parse_count

BLANKS: Final = " \u00a0\u2009\u202f\u3000"
BLANK: Final = rf"(?:[{BLANKS}]{{1,60}})"
CURRENCY_SIGN: Final = r"[$¥€£₩₹₺₦₪₱₫฿₽]"
NEVER: Final = "(?!)"
_OTHER_WORDS: Final = frozenset(("won", "real", "reais", "rand"))  # currencies that are other words in English text


def either(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first; a full stop at the end may be absent."""
    chosen = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "|".join(any_blanks(word.rstrip(".")) + (r"\.?" if word.endswith(".") else "") for word in chosen) or NEVER


def whole(words: Iterable[str]) -> str:
    """As `either`; no letter or digit follows a word that ends in a letter."""
    listed = list(words)
    apart = either(word for word in listed if word.rstrip(".")[-1:].isalnum())
    return rf"(?:(?:{apart})(?!\w)|{either(word for word in listed if not word.rstrip('.')[-1:].isalnum())})"


@define(eq=False, slots=False)
class PrintedWords:
    """The words of some languages, the first of which comes before the others."""

    languages: tuple[Language, ...]

    @property
    def further(self) -> Language | None:
        """The language that is read beside those that always are."""
        return self.languages[0] if self.languages[0].code not in ALWAYS else None

    @cached_property
    def spaced(self) -> tuple[Language, ...]:
        """The languages that put blanks between words."""
        return tuple(language for language in self.languages if language.blanks)

    def _all(self, name: str, *, spaced: bool | None = None) -> list[str]:
        known = (language for language in self.languages if spaced is None or language.blanks is spaced)
        return [word for language in known for word in getattr(language, name)]

    # --- scales ---------------------------------------------------------------------------------------------------

    @cached_property
    def scale_words(self) -> dict[str, int]:
        """The powers of ten by their words, folded, without a full stop at the end."""
        words: dict[str, int] = {}
        for language in reversed(self.languages):
            words |= language.scale_of
        return words

    @cached_property
    def _scale(self) -> re.Pattern[str]:
        words = (word for language in self.spaced for word in language.scale_of)
        joined = (word for language in self.languages if not language.blanks for word in language.scale_of)
        return re.compile(rf"\)?{BLANK}?(?P<word>{whole(words)}|{either(joined)})\.?", re.IGNORECASE)

    def match_scale(self, text: str) -> tuple[int, int] | None:
        """The power of ten of the scale word at the start of a text, a parenthesis before it, and where it ends."""
        match = self._scale.match(text)
        if match is None:
            return None
        word = match["word"]
        if len(word) == 1 and word not in self._words_as_written:
            return None
        is_short = f"{word}.".casefold() in map(str.casefold, self._words_as_written)
        return self.scale_words[fold_word(word)], match.end() if is_short else match.end("word")

    @cached_property
    def _words_as_written(self) -> frozenset[str]:
        tables = [table for language in self.languages for table in (language.scales, language.read_scales)]
        return frozenset(word for table in tables for words in table.values() for word in words)

    @cached_property
    def head_scales(self) -> str:
        """Scale words as they stand in the heads of tables: whole ones."""
        words = [word for language in self.spaced for word in language.scale_of if len(word) > 3 or " " in word]
        heads = (word for language in self.spaced for names in language.head_scales.values() for word in names)
        return either([*words, *heads])

    @cached_property
    def short_scales(self) -> str:
        """Short scale words, which stand beside a currency in heads: mn, Mio., T."""
        words = (word for language in self.spaced for word in language.scale_of if len(word) <= 3)
        return f"(?:{either(words)})\\.?"

    @cached_property
    def joined_scales(self) -> str:
        """Scale words of languages without blanks."""
        return either(word for language in self.languages if not language.blanks for word in language.scale_of)

    def scale_of(self, word: str) -> int | None:
        """The power of ten of a scale word, ``None`` for any other."""
        plain = fold_word(word.rstrip("."))
        heads = (
            power
            for language in self.languages
            for power, words in language.head_scales.items()
            if plain in map(fold_word, words)
        )
        return self.scale_words.get(plain) or next(heads, None)

    @cached_property
    def myriads(self) -> dict[str, int]:
        """The units within a Japanese number, 12億3,456万, by their words."""
        return {word: power for language in self.languages for word, power in language.myriads.items()}

    # --- currencies -----------------------------------------------------------------------------------------------

    def currencies(self, name: str) -> tuple[str, ...]:
        """The currencies that a code, a sign or a name may mean, as `currencies_named`, in any of the languages."""
        if self.further is not None and (codes := self.further.currency_names.get(packed(name))) is not None:
            return tuple(codes)
        return currencies_named(name)

    @cached_property
    def joined_currencies(self) -> str:
        """Names of currencies in languages without blanks; none that goes on in katakana."""
        names = (
            name
            for language in self.languages
            if not language.blanks
            for table in (language.currencies, language.read_currencies)
            for words in table.values()
            for name in words
        )
        return rf"(?:{either(names)})(?![ァ-ヶー])"

    @cached_property
    def currency_words(self) -> str:
        """The last words of the names of currencies, but for those that are other words as well."""
        names = (
            name
            for language in self.spaced
            for table in (language.currencies, language.read_currencies)
            for words in table.values()
            for name in words
        )
        return either({name.split(" ")[-1] for name in names} - _OTHER_WORDS)

    @cached_property
    def of(self) -> str:
        """What stands between a scale and a currency."""
        return "|".join(
            any_blanks(word.rstrip()) + (BLANK if word.endswith(" ") else "") for word in self._all("of", spaced=True)
        )

    # --- what numbers count ---------------------------------------------------------------------------------------

    @cached_property
    def percent(self) -> re.Pattern[str]:
        """A percent sign or word: ``points``, ``basis`` points, ``mille`` or ``percent``."""
        return re.compile(
            rf"\)?{BLANK}?(?:(?P<points>{whole(self._all('points'))})|(?P<basis>{whole(self._all('basis_points'))})"
            rf"|(?P<mille>‰)|(?P<percent>{whole(('%', *self._all('percent')))}))",
            re.IGNORECASE,
        )

    @cached_property
    def minor(self) -> re.Pattern[str]:
        """Hundredths of a currency behind a number: pence, cents, ¢."""
        words = (name for language in self.languages for names in language.minor.values() for name in names)
        return re.compile(rf"{BLANK}?(?P<unit>{either(words)}|¢)(?![A-Za-z])|(?P<glued>p)(?![A-Za-z])", re.IGNORECASE)

    def minor_currencies(self, word: str) -> tuple[str, ...]:
        """The currencies that a word for hundredths names; a glued "p" is a penny."""
        plain = fold_word(word)
        for language in self.languages:
            for codes, names in language.minor.items():
                if plain in map(fold_word, names):
                    return tuple(codes.split())
        return ("GBP",) if plain == "p" else ()

    @cached_property
    def _share_words(self) -> str:
        return whole((*self._all("shares", spaced=True), *self._all("read_shares")))

    @cached_property
    def shares(self) -> re.Pattern[str]:
        """What says that a number counts shares, with a word before it: "ordinary shares", 株."""
        apiece, joined = whole(self._all("each")), either(self._all("shares", spaced=False))
        others = either(self._all("not_shares"))
        return re.compile(
            rf"{BLANK}?(?:(?!{apiece})[^\W\d_]+{BLANK})?{self._share_words}(?!-)|{BLANK}?(?!{others})(?:{joined})",
            re.IGNORECASE,
        )

    @cached_property
    def per_share(self) -> re.Pattern[str]:
        """What says behind a number that it is an amount for each share."""
        apiece = whole(self._all("each"))
        return re.compile(rf"{BLANK}?{apiece}{BLANK}(?:[^\W\d_]+{BLANK})?{self._share_words}", re.IGNORECASE)

    @cached_property
    def per_share_heads(self) -> re.Pattern[str]:
        """Heads of amounts for each share."""
        phrases = (*self._all("per_share"), *self._all("per_share_heads"))
        apiece = whole(self._all("per_words"))
        return re.compile(
            rf"{apiece}{BLANK}(?:[^\W\d_]+{BLANK})?{self._share_words}|(?<!\w){whole(phrases)}"
            rf"|{either(self._all('per_share', spaced=False))}",
            re.IGNORECASE,
        )

    # --- counts in words ------------------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> re.Pattern[str]:
        """Whole numbers in words; of a further language from two on, for its one is an article as well."""
        english = get_language("en")
        small = "|".join(word for word, number in english.count_of.items() if number and " " not in word)
        larger = "|".join(("hundred", *(english.scales[power][0] for power in (3, 6))))
        spoken = rf"(?:{small})(?:(?:-|{BLANK}(?:and{BLANK})?)(?:{small}|{larger}))*"
        further = self.further
        words = [word for word, number in further.count_of.items() if number > 1] if further and further.blanks else []
        # Words are looked up with blanks for hyphens: "vingt-deux" is "vingt deux".
        named = "|".join(
            re.escape(word).replace(r"\ ", r"[ \u00a0-]") for word in sorted(words, key=lambda word: -len(word))
        )
        return re.compile(rf"(?<![\w-])(?:{f'(?:{named})|' if named else ''}{spoken})(?![\w])", re.IGNORECASE)

    def read_counts(self, text: str) -> list[tuple[int, int, int]]:
        """Where the words found by `counts` make numbers: one, or each word by itself ("two three")."""
        further = self.further
        number = further.read_count(text) if further is not None else None
        try:
            return [(0, len(text), parse_count(text) if number is None else number)]
        except ModelError:
            words = re.finditer(r"[^\W\d_]+", text)
            return [
                (word.start(), word.end(), count)
                for word in words
                if (count := get_language("en").read_count(word[0])) is not None
            ]

    # --- periods --------------------------------------------------------------------------------------------------

    @cached_property
    def lengths(self) -> dict[str, int]:
        """The months of a period by the words for it, folded, hyphens as blanks."""
        lengths: dict[str, int] = {}
        for language in reversed(self.spaced):
            lengths |= language.length_of | {
                fold_word(word).replace("-", " "): months
                for months, words in language.read_lengths.items()
                for word in words
            }
        return lengths

    @cached_property
    def ended(self) -> re.Pattern[str]:
        """What stands before the date on which a period ends: its ``length``; ``also`` where there are two."""
        counts = (
            rf"(?:[0-9]{{1,2}}|{either(word for word, number in get_language('en').count_of.items() if number < 13)})"
        )
        tables = [table for language in self.spaced for table in (language.lengths, language.read_lengths)]
        lengths = (word for table in tables for words in table.values() for word in words)
        endings = (
            template.partition("{length}")[2].partition("{date}")[0].strip()
            for language in self.spaced
            for template in language.ended
        )
        return re.compile(
            rf"(?P<also>{counts}[ -]?(?:[^\W\d_]+)?{BLANK}{whole(self._all('also', spaced=True))}{BLANK})?"
            rf"(?<!\w)(?P<length>{either(lengths)}){BLANK}"
            rf"(?:{'|'.join(map(template_pattern, endings)) or NEVER}){BLANK}$",
            re.IGNORECASE,
        )

    def months_of(self, length: str) -> int:
        """How many months the words of a period's length mean."""
        return self.lengths[fold_word(length).replace("-", " ")]


@lru_cache(maxsize=32)
def printed_words(language: str | None = None) -> PrintedWords:
    """The words of the languages that are always read, and of a further one that has a table."""
    further = find_language(language) if language else None
    known = [get_language(code) for code in ALWAYS if further is None or further.code != code]
    return PrintedWords((*([further] if further is not None else []), *known))
