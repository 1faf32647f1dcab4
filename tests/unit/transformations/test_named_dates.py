"""Dates with month names: where the name may stand, which letters may follow it, which case is taken."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("1:datelongus", "December 31, 2024", "2024-12-31"),
    ("1:datelongus", "DECEMBER 31, 2024", None),
    ("1:datelongus", "December 31,  2024", "2024-12-31"),
    ("1:datelongus", "December 31 2024", None),
    ("1:dateshortuk", "31 Dec 24", "2024-12-31"),
    ("1:dateshortuk", "31 December 24", None),
    ("1:datelongyearmonth", "2024 December", "2024-12"),
    ("1:dateshortmonthdayus", "Dec 31", "--12-31"),
    ("4:date-monthname-day-year-en", "DEC. 31ST 2024", "2024-12-31"),
    ("4:date-monthname-day-year-en", "december 31, 2024", None),
    ("4:date-monthname-day-year-en", "Dec31,2024", None),
    ("4:date-monthname-day-year-en", "February 29, 2023", None),
    ("4:date-day-monthname-year-en", "31st of December, 2024", "2024-12-31"),
    ("4:date-day-monthname-year-en", "31 December 224", None),
    ("4:date-day-monthname-en", "31 Decembers", None),
    ("4:date-monthname-year-en", "Dec 2024", "2024-12"),
    ("4:date-year-monthname-en", "2024, December", "2024-12"),
    ("4:date-day-monthname-year-de", "31. Dezember 2024", "2024-12-31"),
    ("4:date-day-monthname-year-de", "1. März 2024", "2024-03-01"),
    ("4:date-day-monthname-de", "31 dezembers2", None),
    ("4:date-day-monthname-year-fr", "1er août 2024", "2024-08-01"),
    ("4:date-day-monthname-year-fr", "31 décembre 2024", "2024-12-31"),
    ("4:date-day-monthname-fr", "31 décembrexxx", None),
    ("4:date-day-monthname-year-es", "31 de diciembre de 2024", "2024-12-31"),
    ("4:date-day-monthname-year-pl", "31 grudnia 2024 r.", "2024-12-31"),
    ("4:date-day-monthname-pl", "31xgru", None),
    ("4:date-day-monthname-year-bg", "31 декември 2024 г.", "2024-12-31"),
    ("4:date-day-monthname-year-el", "31 Δεκεμβρίου 2024", "2024-12-31"),
    ("4:date-day-monthname-year-el", "1 Ιανουαρίου 2024", "2024-01-01"),
    ("4:date-day-monthname-year-fi", "31. joulukuuta 2024", "2024-12-31"),
    ("4:date-day-monthname-year-fi", "31.xjoulukuuta 2024", None),
    ("4:date-day-monthname-year-cs", "31. července 2024", "2024-07-31"),
    ("4:date-monthname-year-cs", "červenec 2024", "2024-07"),
    ("4:date-monthname-year-cs", "červen 2024", "2024-06"),
    ("4:date-day-monthname-cs", "31. prosince.", "--12-31"),
    ("4:date-day-monthname-cs", "31. prosincex", None),
    ("4:date-day-monthname-da", "31. december", "--12-31"),
    ("4:date-day-monthname-da", "31. dec.", "--12-31"),
    ("4:date-day-monthname-da", "31. december.", None),
    ("4:date-day-monthname-year-sv", "31 DECEMBER 2024", "2024-12-31"),
    ("4:date-year-monthname-day-hu", "2024. december 31", "2024-12-31"),
    ("4:date-monthname-day-hu", "szeptember 1", "--09-01"),
    ("4:date-year-monthname-hu", "2024. március", "2024-03"),
    ("4:date-year-monthname-day-lt", "2024 m. gruodžio 31 d.", "2024-12-31"),
    ("4:date-monthname-day-lt", "rugsėjo 1 d.", "--09-01"),
    ("4:date-monthname-day-lt", "gruodžio 31 d.", "--12-31"),
    ("4:date-year-day-monthname-lv", "2024. gada 31. decembris", "2024-12-31"),
    ("4:date-day-monthname-lv", "31. decembris", "--12-31"),
    ("4:date-year-monthname-lv", "2024. gada janvāris", "2024-01"),
    ("4:date-day-monthroman-year", "31.XII.2024", "2024-12-31"),
    ("4:date-day-monthroman", "1 iv", "--04-01"),
    ("4:date-day-monthroman", "1 Iv", None),
    ("4:date-day-monthroman", "1 XIII", None),
    ("4:date-monthroman-year", "VIII/2024", "2024-08"),
    ("5:date-day-monthname-year-cy", "1 Ionawr 2024", "2024-01-01"),
    ("5:date-day-monthname-year-cy", "1 January 2024", None),
    ("5:date-monthname-year-cy", "Fehefin 2024", "2024-06"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value
