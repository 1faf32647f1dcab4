"""The style of a document: which registry it uses, and how it writes negative numbers, dates and decimal marks."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from exporter.formats.inline_xbrl.transformations.registry import (
    IXT_1,
    IXT_1_BEFORE_RECOMMENDATION,
    IXT_2,
    IXT_3,
    IXT_4,
    IXT_5,
    IXT_SEC,
    REGISTRIES,
)
from exporter.model.qname import QName


class Negative(enum.StrEnum):
    """What shows that a number is below zero."""

    MINUS = "minus"
    PARENTHESES = "parentheses"
    TRIANGLE = "triangle"
    FILLED_TRIANGLE = "filled-triangle"


class DateForm(enum.StrEnum):
    """The order and the words of a date; the parts of shorter dates stand in the same order."""

    MONTH_NAME_FIRST = "December 31, 2024"
    DAY_FIRST = "31 December 2024"
    YEAR_FIRST = "2024年12月31日"
    ERA = "令和6年12月31日"


NEGATIVE_MARKS: Final[Mapping[Negative, tuple[str, str]]] = {
    Negative.MINUS: ("-", ""),
    Negative.PARENTHESES: ("(", ")"),
    Negative.TRIANGLE: ("△", ""),
    Negative.FILLED_TRIANGLE: ("▲", ""),
}
# The names of one meaning, by the first registry that has them.
POINT: Final = {IXT_1: "numcommadot", IXT_2: "numdotdecimal", IXT_4: "num-dot-decimal"}
COMMA: Final = {IXT_1: "numdotcomma", IXT_2: "numcommadecimal", IXT_4: "num-comma-decimal"}
UNITS: Final = {IXT_2: "numunitdecimal", IXT_4: "num-unit-decimal"}
ZERO: Final = {IXT_1: "numdash", IXT_2: "zerodash", IXT_4: "fixed-zero"}
TRUE: Final = {IXT_2: "booleantrue", IXT_4: "fixed-true"}
FALSE: Final = {IXT_2: "booleanfalse", IXT_4: "fixed-false"}
DATES: Final = {
    DateForm.MONTH_NAME_FIRST: {
        IXT_1: "datelongus",
        IXT_2: "datemonthdayyearen",
        IXT_4: "date-monthname-day-year-en",
    },
    DateForm.DAY_FIRST: {IXT_1: "datelonguk", IXT_2: "datedaymonthyearen", IXT_4: "date-day-monthname-year-en"},
    DateForm.YEAR_FIRST: {IXT_2: "dateyearmonthdaycjk", IXT_4: "date-year-month-day"},
    DateForm.ERA: {IXT_2: "dateerayearmonthdayjp", IXT_4: "date-jpn-era-year-month-day"},
}
_NAME_YEAR: Final = {IXT_1: "datelongmonthyear", IXT_2: "datemonthyearen", IXT_4: "date-monthname-year-en"}
MONTHS: Final = {
    DateForm.MONTH_NAME_FIRST: _NAME_YEAR,
    DateForm.DAY_FIRST: _NAME_YEAR,
    DateForm.YEAR_FIRST: {IXT_2: "dateyearmonthcjk", IXT_4: "date-year-month"},
    DateForm.ERA: {IXT_2: "dateerayearmonthjp", IXT_4: "date-jpn-era-year-month"},
}
_NAME_DAY: Final = {IXT_1: "datelongmonthdayus", IXT_2: "datemonthdayen", IXT_4: "date-monthname-day-en"}
_FIGURES_DAY: Final = {IXT_1: "dateslashmonthdayus", IXT_2: "datemonthday", IXT_4: "date-month-day"}
MONTH_DAYS: Final = {
    DateForm.MONTH_NAME_FIRST: _NAME_DAY,
    DateForm.DAY_FIRST: {IXT_1: "datelongdaymonthuk", IXT_2: "datedaymonthen", IXT_4: "date-day-monthname-en"},
    DateForm.YEAR_FIRST: _FIGURES_DAY,
    DateForm.ERA: _FIGURES_DAY,
}
_LIKE: Final = {IXT_1_BEFORE_RECOMMENDATION: IXT_1, IXT_3: IXT_2, IXT_5: IXT_4}


def _known(style: object, attribute: object, registry: str) -> None:
    if registry not in REGISTRIES or registry == IXT_SEC:
        raise ValueError(f"expected one of the registries of XBRL International, got {registry!r}")


@frozen(kw_only=True)
class Style:
    """How a document shows its values.

    ``registry`` is the namespace of the transformation registry to use, ``with_sec`` says that EDGAR's own may be used
    beside it. ``decimal_mark`` is ``.`` or ``,``; ``zero_as_dash`` shows a zero as a dash; ``figures_only`` leaves the
    group marks out.
    """

    language: str = "en"
    registry: str = field(default=IXT_4, validator=_known)
    with_sec: bool = False
    negative: Negative = Negative.PARENTHESES
    dates: DateForm = DateForm.MONTH_NAME_FIRST
    decimal_mark: str = "."
    zero_as_dash: bool = False
    figures_only: bool = False

    @classmethod
    def of(cls, language: str, *, registry: str = IXT_4, with_sec: bool = False, eras: bool = False) -> Style:
        """The custom of a language: English, or Japanese with △ and 年月日 or the eras."""
        if language.lower().partition("-")[0] != "ja":
            return cls(language=language, registry=registry, with_sec=with_sec)
        dates = DateForm.ERA if eras else DateForm.YEAR_FIRST
        return cls(language=language, registry=registry, with_sec=with_sec, negative=Negative.TRIANGLE, dates=dates)

    @property
    def is_japanese(self) -> bool:
        return self.language.lower().partition("-")[0] == "ja"

    def named(self, names: Mapping[str, str]) -> QName | None:
        """The name in the style's registry, from names by the first registry that has them."""
        local_name = names.get(_LIKE.get(self.registry, self.registry))
        return QName(self.registry, local_name, prefix="ixt") if local_name else None
