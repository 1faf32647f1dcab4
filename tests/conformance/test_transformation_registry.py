"""Transformations against published tests of registry 3, the project's cases, and an independent processor."""

from __future__ import annotations

import csv
import json
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.model.qname import QName
from exporter.transformations import (
    IXT_1,
    IXT_2,
    IXT_3,
    IXT_4,
    IXT_5,
    REGISTRIES,
    Gives,
    NotPrintable,
    TransformationError,
    find_rule,
    format_as,
    parse,
)
from exporter.transformations.named_dates import (
    BY_LANGUAGE,
    CZECH_OF_DATES,
    CZECH_OF_MONTHS,
    ENGLISH,
    ENGLISH_NAMES,
    ROMAN,
    SCANDINAVIAN,
    WELSH_OF_MONTHS,
)

DATA = Path(__file__).parents[2].parent / "shared" / "data"
REGISTRY_TESTS = DATA / "trr" / "trrv3-tests.xml"
CASES = DATA / "inline-cases"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"


def _read(name: QName, text: str) -> str | None:
    try:
        return parse(name, text)
    except TransformationError:
        return None


# ---- Registry 3's own tests -----------------------------------------------------------------------------------------


@pytest.mark.skipif(not REGISTRY_TESTS.is_file(), reason="the registry's tests are not here")
def test_all_of_registry_3_passes() -> None:
    names = {"t": "http://xbrl.org/2011/conformance-rendering/transforms"}
    wrong, count = [], 0
    for transform in ET.parse(REGISTRY_TESTS).iterfind("t:transform", names):
        name = QName(IXT_3, transform.attrib["name"].removeprefix("ixt:"))
        for variation in transform:
            text, valid = variation.attrib["input"], variation.attrib["result"] == "valid"
            expected = variation.attrib["output"] if valid else None
            count += 1
            if (got := _read(name, text)) != expected:
                wrong.append((name.local_name, text, expected, got))
    assert not wrong
    assert count > 480


# ---- The project's cases --------------------------------------------------------------------------------------------


def _cases() -> list[dict[str, str]]:
    index = CASES / "index.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["id"].startswith("tr") and not row["judge"].startswith("uncertain")]


def _tagged(case: dict[str, str]) -> Iterator[tuple[QName, str]]:
    """Formats with texts; the cases have neither scale nor continuations."""
    for element in etree.parse(CASES / case["file"]).iter(f"{IX}nonFraction", f"{IX}nonNumeric"):
        if name := element.get("format"):
            prefix, local_name = str(name).split(":")
            yield QName(element.nsmap[prefix], local_name), "".join(map(str, element.itertext()))


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_a_case_has_its_values_or_its_code(case: dict[str, str]) -> None:
    found, codes = [], []
    for name, text in _tagged(case):
        try:
            found.append(parse(name, text))
        except TransformationError as error:
            codes.append(error.code)
    if case["expected"] == "valid":
        facts = json.loads((CASES / case["facts"]).read_text(encoding="utf-8"))
        assert sorted(found) == sorted(fact["value"] for fact in facts)
        assert not codes
    else:
        assert codes == [f"ixe:{case['expected']}"]


# ---- An independent processor ---------------------------------------------------------------------------------------

_SEPARATORS = (" ", " ", " ", ". ", "/", "-", ".", ", ", "", "\u00a0", " de ", "a", "年", " m. ")
_TAILS = ("", "", "ember", "a", ".", "ja", "xxxxxxxxxx")
_ENDS = ("", "", "", "th", " d.", " г.", ".")
_NUMBER_PARTS = (*"1,.'’ \u00a0円銭５，-0", "23", "456", "000", " x ", ",789", ".5", ".000")
_OTHER_NAMES = {
    "cs": [*CZECH_OF_MONTHS.months, *CZECH_OF_DATES.months],
    "cy": list(WELSH_OF_MONTHS.months),
    "da": list(SCANDINAVIAN.months),
    "dk": list(SCANDINAVIAN.months),
    "sv": list(SCANDINAVIAN.months),
    "en": [*ENGLISH.months, "Sept", "Decembers"],
    "uk": list(ENGLISH_NAMES),
    "us": list(ENGLISH_NAMES),
    # The processor has one spelling of the last months in its pattern and another in its table.
    "hi": ["जनवरी", "जून", "अगस्त", "सितंबर"],
    "in": ["जनवरी", "जून", "अगस्त", "सितंबर"],
}


def _names_for(local_name: str) -> list[str]:
    if "roman" in local_name:
        return list(ROMAN)
    language = local_name[-2:]
    if language == "el":  # capitals with letters of another alphabet are taken more freely here
        return [name for name in BY_LANGUAGE["el"].months if name.islower()]
    return list(BY_LANGUAGE[language].months) if language in BY_LANGUAGE else _OTHER_NAMES.get(language, ["May"])


def _figure(chance: random.Random, kind: str) -> str:
    if chance.random() < 0.8:
        return str(chance.randint(1990, 2030) if kind == "y" else chance.randint(1, 31))
    return chance.choice(["0", "00", "13", "32", "203", "0203", "99", "３１", "१२"])


def _date_text(chance: random.Random, names: list[str]) -> str:
    text = ""
    for kind in chance.choice(["dn", "dny", "ny", "nd", "yn", "ynd", "ydn", "dmy", "dm", "ndy", "ymd", "my"]):
        text += chance.choice(_SEPARATORS) if text else ""
        text += chance.choice(names) + chance.choice(_TAILS) if kind == "n" else _figure(chance, kind)
    return text + chance.choice(_ENDS)


def _era_text(chance: random.Random) -> str:
    era, year = chance.choice(["令和", "平", "昭和", "大", "x", ""]), chance.choice(["元", "1", "6", "３１", "100"])
    day = chance.choice(["", f"{chance.randint(1, 32)}日", f" {chance.randint(1, 31)} 日"])
    return f"{era}{chance.choice(['', ' '])}{year}年{chance.randint(0, 13)}{chance.choice(['月', ' 月 ', ''])}{day}"


def _printed(chance: random.Random, name: QName) -> str | None:
    """What our own writer prints, here and there with a character changed."""
    year, month, day = chance.randint(1900, 2030), chance.randint(1, 12), chance.randint(1, 28)
    values = {
        Gives.NUMBER: f"{chance.randint(0, 10**7)}{chance.choice(['', '.5', '.25'])}",
        Gives.DATE: f"{year}-{month:02}-{day:02}",
        Gives.MONTH: f"{year}-{month:02}",
        Gives.MONTH_DAY: f"--{month:02}-{day:02}",
    }
    try:
        text = format_as(name, values.get(find_rule(name).gives, ""))
    except NotPrintable:
        return None
    place = chance.randint(0, len(text))
    return text if chance.random() < 0.5 else text[:place] + chance.choice("0123,. a年") + text[place + 1 :]


def _text(chance: random.Random, name: QName) -> str:
    local_name = name.local_name
    if chance.random() < 0.5 and (printed := _printed(chance, name)) is not None:
        text = printed
    elif local_name.startswith("num"):
        text = "".join(chance.choice(_NUMBER_PARTS) for _ in range(chance.randint(1, 7)))
    elif "era" in local_name:
        text = _era_text(chance)
    else:
        text = _date_text(chance, _names_for(local_name))
    return " ".join(filter(None, text.split(" ")))


def _checked(function: Callable[[str], Any], text: str) -> str | None:
    try:
        return str(function(text))
    except Exception:  # The processor refuses with errors of many kinds.
        return None


def _is_stricter_here(local_name: str, text: str, judged: str | None) -> bool:
    """Where the processor passes on dates that do not exist, takes ordinals and no-break spaces in registry 1 or a day
    of three figures, lets a Roman figure begin inside a number, or reads a point with nothing but blanks after it."""
    if local_name.startswith(("dateslash", "datedot")) or local_name == "dateshortmonthdayus" or "roman" in local_name:
        return True
    if local_name.startswith(("dateshort", "datelong")) and "\u00a0" in text:
        return True
    return judged is not None and (text.endswith(("\u00a0", ".")) or len(judged.split("-")[-1]) == 3)


@pytest.mark.parametrize(("version", "namespace"), list(enumerate([IXT_1, IXT_2, IXT_3, IXT_4, IXT_5], start=1)))
def test_an_independent_processor_agrees(version: int, namespace: str) -> None:
    judge = pytest.importorskip("arelle.FunctionIxt")
    functions = judge.ixtNamespaceFunctions[namespace]
    assert functions.keys() - {"numdotdecimalin"} == REGISTRIES[namespace].keys() - {"numdotdecimalin"}
    chance, different, accepted = random.Random(version), [], 0
    for local_name in REGISTRIES[namespace]:
        for _ in range(60):
            text = _text(chance, QName(namespace, local_name))
            judged, found = _checked(functions[local_name], text), _read(QName(namespace, local_name), text)
            accepted += found is not None
            if judged != found and not (found is None and _is_stricter_here(local_name, text, judged)):
                different.append((local_name, text, judged, found))
    assert not different
    assert accepted > 5 * len(REGISTRIES[namespace])
