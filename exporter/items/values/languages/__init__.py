"""The words of printed values, language by language: one TOML file each, read when it is first needed.

A file gives ``decimal`` and ``group`` (the marks within numbers), ``months`` and ``short_months`` (twelve each, other
spellings behind ``|``), ``scales`` (a power of ten and its words) and what else the language has: `Language` lists all
that is read. Of several words the first is printed and all are read. A word for two things of one kind is an error.

Phrases with something in them are templates: ``{date}`` stands for a date, what stands in square brackets may be
absent, and ``(a|b)`` is one of several. The printed form has the first choice and nothing in brackets.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal

from attrs import define, field, fields_dict

from exporter.errors import ModelError

DecimalMark = Literal[".", ","]
ALWAYS: Final = ("en", "ja")
"""The languages that are read whatever language a text is said to be in."""

_TABLES: Final = (resources.files(__name__),)
_PIECES: Final = re.compile(r"\{(?P<name>\w+)\}|\[(?P<option>[^\[\]]*)\]|\((?P<choice>[^()]*)\)|(?P<text>[^{}\[\]()]+)")
_BLANKS: Final = r"[ \u00a0\u2009\u202f\u3000]{1,60}"
_MONTHS: Final = 12
_MYRIAD_POWERS: Final = (3, 4, 8, 12)

Words = dict[int, tuple[str, ...]]


def _month_names(value: Any) -> tuple[tuple[str, ...], ...]:
    names = tuple(tuple(choices.split("|")) for choices in str(value).split())
    if names and len(names) != _MONTHS:
        raise ModelError(f"a language has twelve months, got {len(names)}: {value!r}")
    return names


def _by_number(value: Any) -> Words:
    return {int(number): tuple(words) for number, words in value.items()}


def _by_name(value: Any) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in value.items()}


@define(kw_only=True, eq=False)
class Language:
    """How one language prints numbers, dates, periods and units. Templates are those of the module's docstring.

    ``joiners`` stand between day, month and year, ``ordinals`` behind the day; ``of`` between a scale and a currency.
    ``date``, ``month`` and ``day`` print a whole date, a month of a year, a day of every year; ``as_of``, ``between``
    and ``ended`` read periods, ``lengths`` the months of those that end on a date. ``amount`` is an amount of money
    with its ``{sign}`` (or code) or its ``{name}`` in the language. ``read_scales`` and ``read_currencies`` are read
    and never printed; a currency is a code, or several in one text where a name may mean each of them. ``eras`` are
    the first days of those eras that number years. ``unit`` and ``unit_alone`` stand at the head of a table, with the
    ``head_scales`` where those differ from the ``scales`` behind a number.
    In running text and the heads of tables these are found as well: ``read_shares`` and, of words that begin like
    shares, those that are ``not_shares``; ``each`` and ``per_words`` before what an amount is counted by, behind a
    number and in a head; ``percent_heads`` and ``per_share_heads``; percentage ``points`` and ``basis_points``;
    ``minor`` are hundredths by the currencies they are of; ``in_words`` before a scale ("in millions"); ``excepting``
    before what a head does not speak of; ``everywhere`` in a sentence on all amounts ("unless otherwise stated");
    ``also`` between two lengths of a period ("three and six months"); ``none`` in a cell without an amount;
    ``losses`` and ``profits`` are what words that say a loss or a profit end in.
    ``small`` are the numbers from zero to nineteen in words, ``tens`` those from twenty to ninety, ``count`` joins a
    ``{ten}`` and a ``{unit}``; ``counts`` are numbers whose words do not follow from these.
    ``blanks`` tells whether words are parted by blanks.
    """

    code: str
    decimal: DecimalMark
    group: str
    months: tuple[tuple[str, ...], ...] = field(converter=_month_names)
    short_months: tuple[tuple[str, ...], ...] = field(converter=_month_names, default="")
    ordinals: tuple[str, ...] = field(converter=tuple, default=())
    joiners: tuple[str, ...] = field(converter=tuple, default=())
    date: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    day: str = "{day} {month}"
    as_of: tuple[str, ...] = field(converter=tuple, default=("as of {date}",))
    between: tuple[str, ...] = field(converter=tuple, default=("{start} to {end}",))
    ended: tuple[str, ...] = field(converter=tuple, default=())
    lengths: Words = field(converter=_by_number, factory=dict)
    read_lengths: Words = field(converter=_by_number, factory=dict)
    scales: Words = field(converter=_by_number, factory=dict)
    read_scales: Words = field(converter=_by_number, factory=dict)
    currencies: dict[str, tuple[str, ...]] = field(converter=_by_name, factory=dict)
    read_currencies: dict[str, tuple[str, ...]] = field(converter=_by_name, factory=dict)
    amount: str = "{number} {sign}"
    of: tuple[str, ...] = field(converter=tuple, default=())
    shares: tuple[str, ...] = field(converter=tuple, default=())
    read_shares: tuple[str, ...] = field(converter=tuple, default=())
    not_shares: tuple[str, ...] = field(converter=tuple, default=())
    per_share: tuple[str, ...] = field(converter=tuple, default=())
    per_share_heads: tuple[str, ...] = field(converter=tuple, default=())
    each: tuple[str, ...] = field(converter=tuple, default=())
    per_words: tuple[str, ...] = field(converter=tuple, default=())
    percent: tuple[str, ...] = field(converter=tuple, default=("%",))
    percent_heads: tuple[str, ...] = field(converter=tuple, default=())
    points: tuple[str, ...] = field(converter=tuple, default=())
    basis_points: tuple[str, ...] = field(converter=tuple, default=())
    minor: dict[str, tuple[str, ...]] = field(converter=_by_name, factory=dict)
    in_words: tuple[str, ...] = field(converter=tuple, default=())
    excepting: tuple[str, ...] = field(converter=tuple, default=())
    everywhere: tuple[str, ...] = field(converter=tuple, default=())
    also: tuple[str, ...] = field(converter=tuple, default=())
    none: tuple[str, ...] = field(converter=tuple, default=())
    losses: tuple[str, ...] = field(converter=tuple, default=())
    profits: tuple[str, ...] = field(converter=tuple, default=())
    eras: dict[str, dt.date] = field(factory=dict)
    forever: str = ""
    unit: str = "{scale} {unit}"
    unit_alone: str = "{unit}"
    per: str = "{top} / {below}"
    head_scales: Words = field(converter=_by_number, factory=dict)
    small: str = ""
    tens: str = ""
    count: str = "{ten}-{unit}"
    counts: Words = field(converter=_by_number, factory=dict)
    blanks: bool = True

    def __attrs_post_init__(self) -> None:
        if self.decimal not in (".", ",") or self.group == self.decimal or self.group not in (".", ",", " ", "'"):
            raise ModelError(f"{self.code}: decimal is '.' or ',', group another of '.', ',', ' ' and \"'\"")
        _ = self.month_numbers, self.scale_of, self.currency_names

    @cached_property
    def month_numbers(self) -> dict[str, int]:
        """The months by all their names, folded."""
        names = ((name, number) for table in (self.months, self.short_months) for number, name in _numbered(table))
        return _unique(self.code, names)

    @cached_property
    def scale_of(self) -> dict[str, int]:
        """The powers of ten by all their words, folded and without a full stop at the end."""
        tables = (*self.scales.items(), *self.read_scales.items())
        return _unique(self.code, ((word.rstrip("."), power) for power, words in tables for word in words))

    @cached_property
    def myriads(self) -> dict[str, int]:
        """The powers of ten of units that may follow each other within one number, 12億3,456万, by their words."""
        powers = {power: words for power, words in self.scales.items() if power in _MYRIAD_POWERS and not self.blanks}
        return {word: power for power, words in powers.items() for word in words if len(word) == 1}

    @cached_property
    def scale_words(self) -> re.Pattern[str]:
        """A scale at the beginning of a text, with what may stand between it and a currency."""
        words = "|".join(any_blanks(word) for word in _longest_first(self.scale_of))
        if not self.blanks:
            return re.compile(f"(?P<scale>{words})")
        of = "|".join(any_blanks(word.rstrip()) + (r"(?=\s)" if word.endswith(" ") else "") for word in self.of)
        return re.compile(rf"(?P<scale>{words})\.?(?![^\W\d_])(?:\s*(?:{of or '(?!)'}))?", re.IGNORECASE)

    @cached_property
    def currency_names(self) -> dict[str, tuple[str, ...]]:
        """The currencies that a name may mean, by the name folded, without blanks and full stops."""
        tables = (*self.currencies.items(), *self.read_currencies.items())
        return _unique(self.code, ((name, tuple(codes.split())) for codes, names in tables for name in names), packed)

    @cached_property
    def _counts(self) -> Words:
        words = {number: tuple(names.split("|")) for number, names in enumerate(self.small.split())}
        tens = {number: tuple(names.split("|")) for number, names in enumerate(self.tens.split(), 2) if names != "-"}
        for ten, names in tens.items():
            words[10 * ten] = names
            for unit in range(1, 10):
                words[10 * ten + unit] = tuple(
                    print_template(self.count, ten=name, unit=last) for name in names for last in words[unit]
                )
        return words | self.counts

    @cached_property
    def count_of(self) -> dict[str, int]:
        """Whole numbers below a hundred by their words, folded, hyphens as blanks."""
        return _unique(self.code, ((name, n) for n, names in self._counts.items() for name in names), _unhyphened)

    @cached_property
    def count_words(self) -> dict[int, str]:
        """The words that are printed for whole numbers below a hundred."""
        return {number: names[0] for number, names in self._counts.items()}

    def read_count(self, text: str) -> int | None:
        """The whole number that words mean, ``None`` where they mean none below a hundred."""
        return self.count_of.get(_unhyphened(text))

    @cached_property
    def names_of_months(self) -> str:
        """A regular expression for the names of months, the longest first."""
        tables = (self.months, self.short_months)
        return "|".join(map(re.escape, _longest_first(name for table in tables for _, name in _numbered(table))))

    @cached_property
    def length_of(self) -> dict[str, int]:
        """The months of a period by the words for it, folded."""
        pairs = ((word, months) for months, words in self.lengths.items() for word in words)
        return _unique(self.code, pairs, _unhyphened)

    def months_of(self, length: str) -> int:
        """How many months the words of a period's length mean."""
        return self.length_of[_unhyphened(length)]

    def take_scale(self, text: str) -> tuple[int | None, str]:
        """The power of ten of the scale word at the start of ``text`` (``None`` where there is none), and the rest."""
        match = self.scale_words.match(text)
        if match is None or (len(match["scale"]) == 1 and not self._is_word_as_written(match["scale"])):
            return None, text
        return self.scale_of[fold_word(match["scale"])], text[match.end() :].strip()

    def _is_word_as_written(self, word: str) -> bool:
        return any(word in words for words in self.scales.values())

    @cached_property
    def _plain_units(self) -> dict[str, str]:
        """Words for what a number counts, folded, and what they are called everywhere: a code, "shares", "%"."""
        pairs = [(word, "shares") for word in self.shares]
        pairs += [(word, "%") for word in self.percent]
        tables = (*self.currencies.items(), *self.read_currencies.items())
        pairs += [(name, codes) for codes, names in tables if " " not in codes for name in names]
        return {packed(word): plain for word, plain in pairs}

    def plain_unit(self, text: str) -> str:
        """A currency, shares or a percent sign as called everywhere; any other text as it is."""
        return self._plain_units.get(packed(text), text) if text else text

    def is_evident_from(self, text: str) -> bool:
        """Whether words behind a number are of this language and not of one that is always read."""
        others = [find_language(code) for code in ALWAYS if code != self.code]
        scale, rest = self.take_scale(text)
        if scale is not None and all(other is None or other.take_scale(text)[0] is None for other in others):
            return True
        name = packed(rest)
        return name in self._plain_units and all(other is None or name not in other._plain_units for other in others)

    def scale_word(self, power: int, *, in_head: bool = False) -> str | None:
        """The word that is printed for a power of ten behind a number, or in the head of a table."""
        words = (self.head_scales if in_head else {}).get(power) or self.scales.get(power)
        return words[0] if words else None

    def patterns(self, name: Literal["as_of", "between", "ended"]) -> tuple[re.Pattern[str], ...]:
        """The expressions that read the templates of one kind of period."""
        return self._patterns[name]

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        length = (
            "|".join(any_blanks(word) for word in _longest_first(w for words in self.lengths.values() for w in words))
            or "(?!)"
        )
        parts = {"length": f"(?P<length>{length})"}
        return {
            name: tuple(
                re.compile(template_pattern(template, parts), re.IGNORECASE) for template in getattr(self, name)
            )
            for name in ("as_of", "between", "ended")
        }


def fold_word(word: str) -> str:
    """A word as words are compared: composed, in small letters, with plain blanks."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().replace("’", "'").split())


def _unhyphened(words: str) -> str:
    return fold_word(words).replace("-", " ")


def packed(name: str) -> str:
    """The name of a currency as names are compared: folded, without blanks and full stops."""
    return re.sub(r"[ .]", "", fold_word(name))


def _numbered(table: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, str]]:
    return ((number, name) for number, names in enumerate(table, 1) for name in names)


def _unique(code: str, pairs: Iterable[tuple[str, Any]], fold: Any = fold_word) -> dict[str, Any]:
    meanings: dict[str, Any] = {}
    for word, meaning in pairs:
        if meanings.setdefault(fold(word), meaning) != meaning:
            raise ModelError(f"{code}: {word!r} stands for {meanings[fold(word)]} and for {meaning}")
    return meanings


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))


def any_blanks(text: str) -> str:
    """An expression for a text with any blanks between its words, and blanks for hyphens."""
    return _BLANKS.join(re.escape(word).replace("'", "['’]").replace(r"\-", "[- ]") for word in text.split(" "))


def _either(choices: str) -> str:
    return f"(?:{'|'.join(any_blanks(choice) for choice in choices.split('|'))})"


def template_pattern(template: str, parts: Mapping[str, str] = {}) -> str:
    """The regular expression that reads a template; a part that ``parts`` does not give is any text."""
    pieces = []
    for piece in _PIECES.finditer(template):
        if piece["name"]:
            pieces.append(parts.get(piece["name"]) or f"(?P<{piece['name']}>.+?)")
        elif piece["option"] is not None:
            pieces.append(f"{_either(piece['option'])}?")
        elif piece["choice"] is not None:
            pieces.append(_either(piece["choice"]))
        else:
            pieces.append(any_blanks(piece["text"]))
    return "".join(pieces)


def print_template(template: str, **values: str) -> str:
    """A template with its values, the first of each choice, and nothing of what may be absent."""
    pieces = []
    for piece in _PIECES.finditer(template):
        if piece["name"]:
            pieces.append(values[piece["name"]])
        elif piece["choice"] is not None:
            pieces.append(piece["choice"].partition("|")[0])
        elif piece["option"] is None:
            pieces.append(piece["text"])
    return "".join(pieces)


def _file_of(code: str) -> Traversable | None:
    for folder in _TABLES:
        if (file := folder / f"{code}.toml").is_file():
            return file
    return None


def language_code(tag: str) -> str:
    """The code of a language tag, without region and script: ``de`` for ``de-AT``."""
    return tag.lower().partition("-")[0].partition("_")[0]


@lru_cache(maxsize=64)
def find_language(tag: str) -> Language | None:
    """The words of a language by its tag (``de``, ``de-AT``), ``None`` where no file has them.

    Raises:
        ModelError: the file of the language is not sound.
    """
    code = language_code(tag)
    file = _file_of(code) if code.isalpha() else None
    if file is None:
        return None
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    if unknown := sorted(set(table) - set(fields_dict(Language))):
        raise ModelError(f"{file.name}: there is no {unknown[0]!r} in the words of a language")
    return Language(code=code, **table)


def get_language(tag: str) -> Language:
    """As `find_language`.

    Raises:
        ModelError: there are no words of the language.
    """
    language = find_language(tag)
    if language is None:
        known = ", ".join(map(repr, languages()))
        raise ModelError(f"printed forms are in {known}, got {tag!r}")
    return language


def languages() -> tuple[str, ...]:
    """The codes of all languages that have a file."""
    return tuple(
        sorted(
            file.name.removesuffix(".toml")
            for folder in _TABLES
            for file in folder.iterdir()
            if file.name.endswith(".toml")
        )
    )
