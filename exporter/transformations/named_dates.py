"""Dates with the name of the month, in the languages of the Transformation Rules Registries.

A name is known by its beginning; what follows the beginning (an ending, a full stop, a comma) is skipped within the
bounds that the language's rule sets.

A text is cut into runs of digits and of other characters, and the name is looked for in the run where the rule expects
it: from the right where words may stand before it, at its start where it begins the text. That takes linear time.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from exporter.transformations.dates import DAY, YEAR
from exporter.transformations.rule import Gives, TransformationRule, full_year, write_date, write_month, write_month_day

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
    numbers: dict[str, int] = {}
    for month, stems in enumerate(months.split(), start=1):
        for stem in stems.split("|"):
            forms = (stem, *_capitals(stem)) if lower else tuple(_capitals(stem))
            numbers.update(dict.fromkeys(forms, month))
    return MonthNames(numbers, tuple(sorted({len(form) for form in numbers}, reverse=True)))


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


_WORDS: Final = "(?P<words>[^0-9]+)"
_APART: Final = "[^0-9]+"
_REST: Final = "[^0-9]*"
_STEM: Final = 3
_ROMAN_RUN: Final = re.compile("[XVIxvi]+")
MonthFinder = Callable[[str], "int | None"]


def _rule(pattern: str, month_of: MonthFinder, example: str) -> TransformationRule:
    """A rule for texts whose named groups are some of day, year and the words with the month's name."""
    shape = re.compile(pattern)
    has_day, has_year = "day" in shape.groupindex, "year" in shape.groupindex

    def parser(text: str) -> str | None:
        match = shape.fullmatch(text)
        month = month_of(match["words"]) if match else None
        if match is None or month is None:
            return None
        if not has_year:
            return write_month_day(month=month, day=int(match["day"]))
        year = full_year(match["year"])
        return (
            write_date(year=year, month=month, day=int(match["day"]))
            if has_day
            else write_month(year=year, month=month)
        )

    kind = (Gives.DATE if has_day else Gives.MONTH) if has_year else Gives.MONTH_DAY
    return TransformationRule(kind, parser, f"a text like {example}")


def _after_words(
    names: MonthNames, *, least: int = 0, most: int | None = None, own_word: bool = False, apart: bool = False
) -> MonthFinder:
    """The name follows at least one character that is no digit."""
    return lambda words: names.find(
        words, where=names.places(words, own_word=own_word), least=least, most=most, apart=apart
    )


def _at_start(names: MonthNames, *, apart: bool = False) -> MonthFinder:
    """The name begins the text and something follows it."""
    return lambda words: names.find(words, where=(0,), least=1, most=None, apart=apart)


# ---- Most languages -------------------------------------------------------------------------------------------------


@frozen
class _DayMonthYear:
    """How a language writes day, month and year in this order.

    ``ending`` is the number of characters that may follow the beginning of the name at the end of a text, ``own_word``
    whether the name must follow something that is no letter, ``ends_in_words`` whether words may follow the year.
    """

    code: str
    ending: int
    example: str
    own_word: bool = False
    ends_in_words: bool = False


_LANGUAGES: Final = (
    _DayMonthYear("bg", 6, "31 декември", ends_in_words=True),
    _DayMonthYear("de", 6, "31. Dezember"),
    _DayMonthYear("el", 8, "31 Δεκεμβρίου"),
    _DayMonthYear("es", 7, "31 de diciembre"),
    _DayMonthYear("et", 5, "31. detsember"),
    _DayMonthYear("fi", 8, "31. joulukuuta", own_word=True),
    _DayMonthYear("fr", 5, "31 décembre"),
    _DayMonthYear("hr", 6, "31. prosinca"),
    _DayMonthYear("it", 6, "31 dicembre"),
    _DayMonthYear("nl", 6, "31 december"),
    _DayMonthYear("no", 6, "31. desember"),
    _DayMonthYear("pl", 9, "31 grudnia", own_word=True, ends_in_words=True),
    _DayMonthYear("pt", 6, "31 de dezembro"),
    _DayMonthYear("ro", 7, "31 decembrie"),
    _DayMonthYear("sk", 6, "31. decembra"),
    _DayMonthYear("sl", 6, "31. december"),
)


def _rules_of(language: _DayMonthYear) -> dict[str, TransformationRule]:
    names, code, example = BY_LANGUAGE[language.code], language.code, language.example
    rest = _REST if language.ends_in_words else ""
    month_name = example.split()[-1]
    at_end = _after_words(names, most=language.ending, own_word=language.own_word)
    inside = _after_words(names, least=1, own_word=language.own_word)
    return {
        f"date-day-monthname-{code}": _rule(DAY + _WORDS, at_end, example),
        f"date-day-monthname-year-{code}": _rule(DAY + _WORDS + YEAR + rest, inside, f"{example} 2024"),
        f"date-monthname-year-{code}": _rule(_WORDS + YEAR + rest, _at_start(names), f"{month_name} 2024"),
    }


# ---- Languages with rules of their own ------------------------------------------------------------------------------


def _czech_at_end(words: str) -> int | None:
    """One full stop may follow the name."""
    bare = words.removesuffix(".")
    return CZECH_OF_DATES.find(bare, where=CZECH_OF_DATES.places(bare), least=0, most=0)


def _scandinavian(names: MonthNames, *, at_start: bool) -> MonthFinder:
    """Danish and Swedish: any case; letters or full stops may follow the beginning of the name, not both."""

    def month_of(words: str) -> int | None:
        words = words.lower()
        for place in (0,) if at_start else names.places(words):
            month = names.months.get(words[place : place + _STEM])
            if month:
                return None if has_letters_and_stops(words, place + _STEM) else month
        return None

    return month_of


def _scandinavian_at_end(words: str) -> int | None:
    """Nothing but letters, or but full stops, follows to the end."""
    words = words.lower()
    bare = words.rstrip(".")
    letters_from = len(bare.rstrip(string.ascii_letters))
    for place in range(len(bare) - _STEM, max(letters_from - _STEM, 1) - 1, -1):
        month = SCANDINAVIAN.months.get(bare[place : place + _STEM])
        if month:
            return month if place + _STEM == len(bare) or bare == words else None
    return None


def _roman(*, at_start: bool, at_end: bool) -> MonthFinder:
    """A run of Roman figures: the last one, or the one that begins the text."""

    def month_of(words: str) -> int | None:
        runs = [run for run in _ROMAN_RUN.finditer(words) if run[0] in ROMAN]
        fitting = [run for run in runs if (run.start() == 0) == at_start and (run.end() == len(words)) == at_end]
        return ROMAN[fitting[-1][0]] if fitting else None

    return month_of


def _scandinavian_rules(code: str, example: str) -> dict[str, TransformationRule]:
    names = SCANDINAVIAN
    return {
        f"date-day-monthname-{code}": _rule(DAY + _WORDS, _scandinavian_at_end, example),
        f"date-day-monthname-year-{code}": _rule(
            DAY + _WORDS + YEAR, _scandinavian(names, at_start=False), f"{example} 2024"
        ),
        f"date-monthname-year-{code}": _rule(_WORDS + YEAR, _scandinavian(names, at_start=True), "december 2024"),
    }


_CZECH: Final = {
    "date-day-monthname-cs": _rule(DAY + _WORDS, _czech_at_end, "31. prosince"),
    "date-day-monthname-year-cs": _rule(
        DAY + _WORDS + YEAR, _after_words(CZECH_OF_DATES, least=1, apart=True), "31. prosince 2024"
    ),
    "date-monthname-year-cs": _rule(_WORDS + YEAR, _at_start(CZECH_OF_MONTHS, apart=True), "prosinec 2024"),
}
_WELSH_5: Final = {
    "date-day-monthname-cy": _rule(DAY + _WORDS, _after_words(WELSH_OF_DATES, most=7, own_word=True), "31 Rhagfyr"),
    "date-day-monthname-year-cy": _rule(
        DAY + _WORDS + YEAR, _after_words(WELSH_OF_DATES, least=1, own_word=True), "31 Rhagfyr 2024"
    ),
    "date-monthname-year-cy": _rule(_WORDS + YEAR, _at_start(WELSH_OF_MONTHS), "Rhagfyr 2024"),
}
_HU, _LT, _LV = BY_LANGUAGE["hu"], BY_LANGUAGE["lt"], BY_LANGUAGE["lv"]
_YEAR_FIRST: Final = {
    "date-monthname-day-hu": _rule(_WORDS + DAY, _at_start(_HU), "december 31"),
    "date-year-monthname-day-hu": _rule(YEAR + _WORDS + DAY, _after_words(_HU, least=1), "2024. december 31"),
    "date-year-monthname-hu": _rule(YEAR + _WORDS, _after_words(_HU, most=7), "2024. december"),
    "date-monthname-day-lt": _rule(_WORDS + DAY + _REST, _at_start(_LT), "gruodžio 31 d."),
    "date-year-monthname-day-lt": _rule(
        YEAR + _WORDS + DAY + _REST, _after_words(_LT, least=1, own_word=True), "2024 m. gruodžio 31 d."
    ),
    "date-year-monthname-lt": _rule(YEAR + _WORDS, _after_words(_LT, own_word=True), "2024 m. gruodis"),
    "date-day-monthname-lv": _rule(DAY + _WORDS, _after_words(_LV, most=6), "31. decembris"),
    "date-year-day-monthname-lv": _rule(YEAR + _APART + DAY + _WORDS, _after_words(_LV), "2024. gada 31. decembris"),
    "date-year-monthname-lv": _rule(YEAR + _WORDS, _after_words(_LV, most=7), "2024. gada decembris"),
}
_ROMAN_MONTHS: Final = {
    "date-day-monthroman": _rule(DAY + _WORDS, _roman(at_start=False, at_end=True), "31.XII"),
    "date-day-monthroman-year": _rule(DAY + _WORDS + YEAR, _roman(at_start=False, at_end=False), "31.XII.2024"),
    "date-monthroman-year": _rule(_WORDS + YEAR, _roman(at_start=True, at_end=False), "XII.2024"),
}

# ---- English --------------------------------------------------------------------------------------------------------

_DAY_NAME = _rule(DAY + _WORDS, _after_words(ENGLISH, most=0), "31 December")
_NAME_DAY = _rule(_WORDS + DAY + "[A-Za-z]{0,2}", _at_start(ENGLISH), "December 31st")
_DAY_NAME_YEAR = _rule(DAY + _WORDS + YEAR, _after_words(ENGLISH, least=1), "31 December 2024")
_NAME_DAY_YEAR = _rule(_WORDS + DAY + _APART + YEAR, _at_start(ENGLISH), "December 31, 2024")
_NAME_YEAR = _rule(_WORDS + YEAR, _at_start(ENGLISH), "December 2024")
_YEAR_NAME = _rule(YEAR + _WORDS, _after_words(ENGLISH, most=0), "2024 December")


def _strict(pattern: str, *, long: bool, example: str) -> TransformationRule:
    """Registry 1: Title case, full or short names as the rule says, single blanks, years of two or four digits."""
    names = {(name if long else name[:3]): month for month, name in enumerate(ENGLISH_NAMES, start=1)}
    words = f"(?P<words>{'|'.join(names)})"
    return _rule(pattern.format(day=DAY, words=words, year="(?P<year>[0-9]{4}|[0-9]{2})"), names.get, example)


NAMED_DATES_1: Final = {
    "datelongus": _strict("{words} {day}, {year}", long=True, example="December 31, 2024"),
    "dateshortus": _strict("{words} {day}, {year}", long=False, example="Dec 31, 2024"),
    "datelonguk": _strict("{day} {words} {year}", long=True, example="31 December 2024"),
    "dateshortuk": _strict("{day} {words} {year}", long=False, example="31 Dec 2024"),
    "datelongdaymonthuk": _strict("{day} {words}", long=True, example="31 December"),
    "dateshortdaymonthuk": _strict("{day} {words}", long=False, example="31 Dec"),
    "datelongmonthdayus": _strict("{words} {day}", long=True, example="December 31"),
    "dateshortmonthdayus": _strict("{words} {day}", long=False, example="Dec 31"),
    "datelongyearmonth": _strict("{year} {words}", long=True, example="2024 December"),
    "dateshortyearmonth": _strict("{year} {words}", long=False, example="2024 Dec"),
    "datelongmonthyear": _strict("{words} {year}", long=True, example="December 2024"),
    "dateshortmonthyear": _strict("{words} {year}", long=False, example="Dec 2024"),
}
NAMED_DATES_2: Final = {
    "datedaymonthen": _DAY_NAME,
    "datemonthdayen": _NAME_DAY,
    "datedaymonthyearen": _DAY_NAME_YEAR,
    "datemonthdayyearen": _NAME_DAY_YEAR,
    "datemonthyearen": _NAME_YEAR,
    "dateyearmonthen": _YEAR_NAME,
}
_DANISH: Final = _scandinavian_rules("da", "31. december")
NAMED_DATES_3: Final = {
    "datedaymonthdk": _DANISH["date-day-monthname-da"],
    "datedaymonthyeardk": _DANISH["date-day-monthname-year-da"],
    "datemonthyeardk": _DANISH["date-monthname-year-da"],
}
NAMED_DATES_4: Final = {
    "date-day-monthname-en": _DAY_NAME,
    "date-monthname-day-en": _NAME_DAY,
    "date-day-monthname-year-en": _DAY_NAME_YEAR,
    "date-monthname-day-year-en": _NAME_DAY_YEAR,
    "date-monthname-year-en": _NAME_YEAR,
    "date-year-monthname-en": _YEAR_NAME,
    **{name: rule for language in _LANGUAGES for name, rule in _rules_of(language).items()},
    **_CZECH,
    **_DANISH,
    **_scandinavian_rules("sv", "31 december"),
    **_YEAR_FIRST,
    **_ROMAN_MONTHS,
}
NAMED_DATES_5: Final = _WELSH_5
