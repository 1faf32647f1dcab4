"""How each language's month names begin, and how a rule finds one among other words.

A name is known by its beginning; what follows the beginning (an ending, a full stop, a comma) is skipped within the
bounds that the language's rule sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

_LATIN_TWINS: Final = {"Α": "A", "Ι": "I", "Ο": "O"}
_LETTERS_THEN_STOP: Final = re.compile(r"[A-Za-z]+\.")


@frozen
class MonthNames:
    """The beginnings of twelve names with the numbers of their months."""

    months: Mapping[str, int]
    lengths: tuple[int, ...]

    def find(self, text: str, *, where: Iterable[int], least: int, most: int | None, apart: bool = False) -> int | None:
        """The month of the first place of ``where`` that has a name and suits what follows it.

        ``least`` and ``most`` bound the number of characters after the beginning; ``apart`` asks that the character
        after it be no ASCII letter.
        """
        for start in where:
            for length in self.lengths:
                rest = len(text) - start - length
                if rest < least or (most is not None and rest > most):
                    continue
                month = self.months.get(text[start : start + length])
                if month and not (apart and _is_plain(text, start + length)):
                    return month
        return None

    def places(self, text: str, *, own_word: bool = False) -> Iterator[int]:
        """From the right: every place but the first; with ``own_word`` only after what is no ASCII letter."""
        shortest = self.lengths[-1]
        return (place for place in range(len(text) - shortest, 0, -1) if not (own_word and _is_plain(text, place - 1)))


def _is_plain(text: str, place: int) -> bool:
    """Whether the character there is an ASCII letter or digit."""
    return place < len(text) and text[place].isascii() and text[place].isalnum()


def has_letters_and_stops(text: str, start: int) -> bool:
    """Whether ASCII letters and then a full stop stand there."""
    return _LETTERS_THEN_STOP.match(text, start) is not None


def _capitals(stem: str) -> Iterator[str]:
    """Title and upper case; Greek capitals may be typed as their Latin twins."""
    for form in (stem.capitalize(), stem.upper()):
        yield form
        if form[0] in _LATIN_TWINS:
            yield _LATIN_TWINS[form[0]] + form[1:]


def _names(months: str, *, lower: bool = True) -> MonthNames:
    """From twelve words parted by blanks, each the stems of one month parted by bars."""
    found: dict[str, int] = {}
    for month, stems in enumerate(months.split(), start=1):
        for stem in stems.split("|"):
            forms = (stem, *_capitals(stem)) if lower else tuple(_capitals(stem))
            found.update(dict.fromkeys(forms, month))
    return MonthNames(found, tuple(sorted({len(form) for form in found}, reverse=True)))


_ENGLISH_LONG: Final = "january february march april may june july august september october november december"
_ENGLISH_SHORT: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_ENGLISH: Final = " ".join(f"{a}|{b}" for a, b in zip(_ENGLISH_LONG.split(), _ENGLISH_SHORT.split(), strict=True))
ENGLISH_NAMES: Final = tuple(name.capitalize() for name in _ENGLISH_LONG.split())
ENGLISH: Final = _names(_ENGLISH, lower=False)

_CZECH_SHORT: Final = "led úno|uno bře|bre dub kvě|kve čvn|cvn čvc|cvc srp zář|zar říj|rij lis pro"
_CZECH_GENITIVE: Final = (
    "ledna února|unora března|brezna dubna května|kvetna června|cervna července|cervence srpna září|zari října|rijna "
    "listopadu prosince"
)
_CZECH_OTHER: Final = (
    "leden|lednu únor|unor|únoru|unoru březen|brezen|březnu|breznu duben|dubnu květen|kveten|květnu|kvetnu "
    "červen|cerven|červnu|cervnu červenec|cervenec|červenci|cervenci srpen|srpnu září říjen|rijen|říjnu|rijnu listopad "
    "prosinec|prosinci"
)
_WELSH: Final = "ion chwe maw ebr mai meh gor aws med hyd tach rhag"
_WELSH_MUTATED: Final = "ion chwe maw|faw ebr mai|fai meh|feh gor|ngor aws med|fed hyd tach|dach|nhach|thach rhag|rag"


def _joined(*lists: str) -> str:
    """Lists of twelve, month by month."""
    return " ".join("|".join(stems) for stems in zip(*(months.split() for months in lists), strict=True))


CZECH_OF_DATES: Final = _names(_joined(_CZECH_GENITIVE, _CZECH_SHORT))
CZECH_OF_MONTHS: Final = _names(_joined(_CZECH_OTHER, _CZECH_GENITIVE, _CZECH_SHORT))
WELSH_OF_DATES: Final = _names(_WELSH)
WELSH_OF_MONTHS: Final = _names(_WELSH_MUTATED)
SCANDINAVIAN: Final = _names("jan feb mar apr maj jun jul aug sep okt nov dec")
BY_LANGUAGE: Final = {
    "bg": _names("ян фев мар апр май|маи юни юли авг сеп окт ное дек"),
    "de": _names("jan|jän|jaen feb mär|maer|mar apr mai jun jul aug sep okt nov dez"),
    "el": _names(
        "ιαν|ίαν φεβ μάρ|μαρ απρ|άπρ|αρίλ|άρίλ|αριλ|άριλ μαΐ|μαι|μάι|μαϊ|μάϊ ιούν|ίούν|ίουν|ιουν ιούλ|ίούλ|ίουλ|ιουλ "
        "αύγ|αυγ σεπ οκτ|όκτ νοέ|νοε δεκ"
    ),
    "es": _names("ene feb mar abr may jun jul ago sep oct nov dic"),
    "et": _names("jaan veebr märts|marts apr mai juuni juuli aug sept okt nov dets"),
    "fi": _names("tam hel maa huh tou kes hei elo syy lok mar jou"),
    "fr": _names("janv févr|fevr mars avr mai juin juil août|aout sept oct nov déc|dec"),
    "hr": _names("sij velj ožu|ozu tra svi lip srp kol ruj lis stu pro"),
    "hu": _names("jan feb márc|marc ápr|apr máj|maj jún|jun júl|jul aug szept okt nov dec"),
    "it": _names("gen feb mar apr mag giu lug ago set ott nov dic"),
    "lt": _names("sau vas kov bal geg bir lie rugp|rgp rugs|rgs spa|spl lap gru|grd"),
    "lv": _names("janv febr marts apr maijs jūn|jun jūl|jul aug sept okt nov dec"),
    "nl": _names("jan feb maa|mrt apr mei jun jul aug sep okt nov dec"),
    "no": _names("jan feb mar apr mai jun jul aug sep okt nov des"),
    "pl": _names("sty lut mar kwi maj cze lip sie wrz paź|paz lis gru"),
    "pt": _names("jan fev mar abr mai jun jul ago set out nov dez"),
    "ro": _names("ian feb mar apr mai iun iul aug sep oct noi|nov dec"),
    "sk": _names("jan feb mar apr máj|maj jún|jun júl|jul aug sep okt nov dec"),
    "sl": _names("jan feb mar apr maj jun jul avg sep okt nov dec"),
}
_ROMAN_NUMERALS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN: Final = {form: month for month, name in enumerate(_ROMAN_NUMERALS, start=1) for form in (name, name.upper())}
