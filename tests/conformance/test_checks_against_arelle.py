"""Every check of a report against a standard taxonomy: facts that pass and facts that fail, judged by us and by Arelle
with the same package, offline. Both agree on validity and on the concept or rule at fault; where they do not, the table
says why.

We judge each check by itself. Arelle, which takes long to start, gets one instance of all passing facts and one of all
failing ones, each check on a line of its own, so that its findings tell which check they belong to.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen

from exporter.findings import Finding
from exporter.operations.validate import validate
from exporter.validation.arelle import ask_arelle
from tests.support.standard_package import CORE, TRADE, TRADE_ENTRY, write_standard_package

pytestmark = pytest.mark.skipif(importlib.util.find_spec("arelle") is None, reason="the extra arelle is not installed")

Codes = tuple[str, ...]


def _codes(value: str | Codes) -> Codes:
    return (value,) if isinstance(value, str) else value


@frozen
class Check:
    """A check with facts that pass and facts that fail it.

    ``at`` stands in what is said of the failing ones; ``ours`` and ``theirs`` are how the codes begin. ``why`` says why
    Arelle is wrong where it condemns the passing facts, by the specification.
    """

    name: str
    good: str
    bad: str
    at: str
    ours: Codes = field(converter=_codes)
    theirs: Codes = field(converter=_codes)
    calc: str = "none"
    why: str = ""
    alone: bool = False  # Arelle tells only the first element of an instance that is out of place


# How facts, contexts and units are written: "#" becomes the number of the check


def fact(name: str, value: str | None, unit: str | None = None, *, at: str = "i", more: str = "") -> str:
    """A fact; numbers with decimals of 0 unless ``more`` says otherwise."""
    name = name if ":" in name else f"core:{name}"
    is_accurate = value is None or "decimals" in more or "precision" in more
    accuracy = ' decimals="0"' if unit and not is_accurate else ""
    attributes = f'contextRef="{at}"' + (f' unitRef="{unit}"{accuracy}' if unit else "") + (f" {more}" if more else "")
    if value is None:
        return f'<{name} {attributes} xsi:nil="true"/>'
    return f"<{name} {attributes}>{value}</{name}>"


def context(id_: str, *dimensions: str, container: str = "scenario", period: str = "2024-01-01/2024-12-31") -> str:
    """A context with dimensions ``Axis=Member`` or ``Axis~typed value``."""
    inside = "".join(map(_dimension, dimensions))
    place = f"<xbrli:{container}>{inside}</xbrli:{container}>" if inside else ""
    segment, scenario = (place, "") if container == "segment" else ("", place)
    start, slash, end = period.partition("/")
    time = f"<xbrli:instant>{start}</xbrli:instant>" if start else "<xbrli:forever/>"
    if slash:
        time = f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"
    return (
        f'<xbrli:context id="{id_}"><xbrli:entity><xbrli:identifier scheme="http://e.example.com">E</xbrli:identifier>'
        f"{segment}</xbrli:entity><xbrli:period>{time}</xbrli:period>{scenario}</xbrli:context>"
    )


def _dimension(text: str) -> str:
    axis, equals, member = text.partition("=")
    if equals:
        return f'<xbrldi:explicitMember dimension="trade:{axis}">trade:{member}</xbrldi:explicitMember>'
    axis, _, value = text.partition("~")
    domain = {"LotAxis": "Lot", "DayAxis": "Day"}.get(axis, "Lot")
    inside = f'<trade:{domain} xsi:nil="true"/>' if value == "nil" else f"<trade:{domain}>{value}</trade:{domain}>"
    return f'<xbrldi:typedMember dimension="trade:{axis}">{inside}</xbrldi:typedMember>'


def unit(id_: str, measure: str) -> str:
    return f'<xbrli:unit id="{id_}"><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>'


UNITS = "".join(
    unit(id_, measure)
    for id_, measure in {
        "USD": "iso4217:USD", "XXZ": "iso4217:XXZ", "shares": "xbrli:shares", "pure": "xbrli:pure", "sqm": "utr:sqm",
        "kg": "utr:kg", "own": "core:bushel",
    }.items()
)  # fmt: skip
PER_SHARE = (
    '<xbrli:unit id="perShare"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure>'
    "</xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator>"
    "</xbrli:divide></xbrli:unit>"
)
HEAD = f"""<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:core="{CORE}" xmlns:trade="{TRADE}"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:utr="http://www.xbrl.org/2009/utr"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<link:schemaRef xlink:type="simple" xlink:href="{TRADE_ENTRY}"/>
{context("i", period="2024-12-31")}{context("d")}{context("ever", period="")}
{UNITS}{PER_SHARE}
"""
FIRST_LINE = HEAD.count("\n") + 1


def instance(lines: Iterable[str]) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines) + "</xbrli:xbrl>\n"


# Families of checks

VALUE = ("oime:invalidFactValue", "exporter:xmlSchema")
THEIR_VALUE = "xmlSchema:valueError"


def value(name: str, good: str, bad: str, unit: str | None = None, *, at: str = "i") -> Check:
    """A value and the type of its concept."""
    return Check(
        f"value of {name}: {bad}", fact(name, good, unit, at=at), fact(name, bad, unit, at=at), name, VALUE, THEIR_VALUE
    )


def chosen(name: str, good: str, bad: str, code: str) -> Check:
    """Values of an enumeration, members of the core module separated by blanks."""
    good, bad = (" ".join(f"{CORE}#{one}" for one in text.split()) for text in (good, bad))
    code = f"enum2ie:{code}"
    return Check(f"{name}: {code}, {bad[-10:]}", fact(name, good), fact(name, bad), name, code, code)


def counted(name: str, good: str, bad: str, code: str, *, at: str = "i") -> Check:
    """A unit and the type of the concept."""
    return Check(f"{name} in {bad}", fact(name, "1", good, at=at), fact(name, "1", bad, at=at), name, code, code)


def sale(name: str, *dimensions: str, container: str = "scenario") -> str:
    """A fact of the trade module with dimensions."""
    return context("x#", *dimensions, container=container) + fact(f"trade:{name}", "5", "USD", at="x#")


def cut(name: str, good: str, bad: str, code: str, at: str, *, item: str = "FreeSales") -> Check:
    """Dimensions and their values, judged without hypercubes; ``xbrldie`` codes."""
    code = f"xbrldie:{code}"
    unknown = "oime:unknownDimension"  # the model's own code for what is no dimension at all
    return Check(name, sale(item, good), sale(item, bad), at, (code, unknown) if "axis" in name else code, code)


def shaped(name: str, item: str, good: str, bad: str, *containers: str) -> Check:
    """Dimensional validity; dimensions are separated by blanks."""
    code = "xbrldie:PrimaryItemDimensionallyInvalidError"
    right, wrong = containers or ("scenario", "scenario")
    passing = sale(item, *good.split(), container=right)
    return Check(name, passing, sale(item, *bad.split(), container=wrong), item, code, code)


def total(name: str, good: str, bad: str, *, calc: str, why: str = "") -> Check:
    """Facts ``Concept=value`` or ``Concept=value@decimals`` in a context of their own."""
    code = {
        "round": "calc11e:inconsistentCalculationUsingRounding",
        "truncate": "calc11e:inconsistentCalculationUsingTruncation",
        "xbrl21": "xbrl.5.2.5.2:calcInconsistency",
    }[calc]
    return Check(name, _summed(good), _summed(bad), bad.partition("=")[0], code, code, calc=calc, why=why)


def _summed(text: str) -> str:
    facts = [one.partition("=") for one in text.split()]
    period = "2024-12-31" if facts[0][0] in ("Assets", "Loans") else "2024-01-01/2024-12-31"
    lines = [context("x#", period=period).replace(">E<", ">E#<")]
    for name, _, text in facts:
        number, _, decimals = text.partition("@")
        is_nil = number == "nil"
        accuracy = "" if is_nil else f'decimals="{decimals or 0}"'
        lines.append(fact(name, None if is_nil else number, "USD", at="x#", more=accuracy))
    return "".join(lines)


PERIOD = "xbrl.4.7.2:contextPeriodType"
CHECKS = [
    # The concept exists and can be reported
    Check("unknown concept", fact("Title", "a"), fact("Titel", "a"), "Titel", "oime:unknownConcept", "xmlSchema:"),
    Check(
        "abstract concept", fact("Title", "a"), fact("Heading", "a", at="d"), "Heading", "oime:valueForAbstractConcept",
        "xmlSchema:abstractElement",
    ),
    Check(
        "no item", fact("Title", "a"), "<core:Loose>a</core:Loose>", "Loose", ("xbrl.", "exporter:xmlSchema", "oime:"),
        "xmlSchema:elementUnexpected", alone=True,
    ),
    # Values and types
    value("Sales", "12.5", "1,000", "USD", at="d"),
    value("Staff", "3", "-3", "pure"),
    value("Staff", "3", "3.5", "pure"),
    value("Floors", "127", "128", "pure"),
    value("Anything", "-1.5", "1e3", "pure"),
    value("Measured", "1e3", "1e", "pure"),
    value("IsListed", "1", "yes"),
    value("Founded", "2000-02-29", "2001-02-29"),
    value("Founded", "2000-02-29", "2000-02-29T00:00:00"),
    value("Signed", "2000-02-29", "2000-02-30"),
    value("Signed", "2000-02-29T24:00:00", "2000-02-29T25:00:00"),
    value("SignedAt", "2000-02-29T10:00:00Z", "2000-02-29"),
    value("FirstYear", "1999", "99"),
    value("FirstMonth", "1999-12", "1999-13"),
    value("YearEnd", "--02-29", "--02-30"),
    value("OpensAt", "09:30:00", "9:30"),
    value("Term", "P1Y2M", "1Y"),
    value("Term", "PT5M", "P1YT"),
    value("Tongue", "ja-JP", "日本語"),
    value("Tag", "a.b", "a b"),
    value("Picture", "YWJj", "YWJ"),
    value("Digest", "00fF", "00f"),
    value("Named", "core:Sales", "a b"),
    # Facets
    value("Rating", "A", "C"),
    value("Code", "JP-001", "JP-1"),
    value("NarrowCode", "JP-001", "US-001"),
    value("Brief", "12345678", "123456789"),
    value("Brief", "12", "1"),
    value("Score", "9", "9.5", "pure"),
    value("Score", "0.5", "0.55", "pure"),
    value("OpenScore", "0.5", "1", "pure"),
    value("SmallCount", "999", "1000", "pure"),
    value("LateDate", "2000-01-01", "1999-12-31"),
    value("Fees", "0", "-1", "USD", at="d"),
    # Enumerations 2.0
    chosen("Kind", "Farming", "Sales", "InvalidEnumerationValue"),
    chosen("Kind", "Mining", "Unkind", "InvalidEnumerationValue"),
    Check(
        "head of the domain", fact("HeadKind", f"{CORE}#Kinds"), fact("Kind", f"{CORE}#Kinds"), "Kind",
        "enum2ie:InvalidEnumerationValue", "enum2ie:InvalidEnumerationValue",
    ),
    Check("form of a member", fact("Kind", f"{CORE}#Mining"), fact("Kind", "Mining"), "Kind", VALUE, THEIR_VALUE),
    chosen("Activities", "Farming Mining", "Farming Sales", "InvalidEnumerationSetValue"),
    chosen("Activities", "", "Mining Farming", "InvalidEnumerationSetOrder"),
    chosen("Activities", "Trading", "Farming Farming", "RepeatedEnumerationSetValue"),
    # Periods
    Check("instant concept", fact("Assets", "1", "USD"), fact("Assets", "1", "USD", at="d"), "Assets", PERIOD, PERIOD),
    Check("duration concept", fact("Sales", "1", "USD", at="d"), fact("Sales", "1", "USD"), "Sales", PERIOD, PERIOD),
    Check("forever", fact("Sales", "1", "USD", at="ever"), fact("Cash", "1", "USD", at="ever"), "Cash", PERIOD, PERIOD),
    # Units
    counted("Assets", "USD", "pure", "xbrl.4.8.2:monetary"),
    counted("Assets", "USD", "perShare", "xbrl.4.8.2:monetary"),
    counted("Assets", "USD", "XXZ", "utre:error-NumericFactUtrInvalid"),
    counted("SharesIssued", "shares", "pure", "xbrl.4.8.2:shares"),
    counted("EarningsPerShare", "perShare", "USD", "utre:error-NumericFactUtrInvalid", at="d"),
    counted("Growth", "pure", "USD", "utre:error-NumericFactUtrInvalid", at="d"),
    counted("Leverage", "pure", "shares", "utre:error-NumericFactUtrInvalid"),
    counted("FloorSpace", "sqm", "kg", "utre:error-NumericFactUtrInvalid"),
    counted("Weight", "kg", "own", "utre:error-NumericFactUtrInvalid"),
    Check(
        "number without a unit", fact("Anything", "2", "own"), fact("Anything", "2", more='decimals="0"'), "Anything",
        ("xbrl.4.6.2", "xbrl.4.6.3"), "xbrl.4.6.2",
    ),
    Check(
        "text with a unit", fact("Title", "a"), fact("Title", "a", more='unitRef="pure"'), "Title",
        "xbrl.4.6.2", "xmlSchema:attributesExtraneous",
    ),
    Check(
        "measure that XBRL does not have", unit("u#", "xbrli:pure") + fact("Anything", "2", "u#"),
        unit("u#", "xbrli:USD") + fact("Anything", "2", "u#"), "xbrli:USD", "xbrl.4.8.2:measure", "xbrl.4.8.2:measure",
    ),
    # Accuracy
    Check(
        "number without accuracy", fact("Anything", "2", "pure", more='precision="2"'),
        fact("Anything", "2", "pure", more='decimals="0"').replace(' decimals="0"', ""), "",
        "xbrl.4.6.3", "xbrl.4.6.3",
    ),
    Check(
        "text with accuracy", fact("Title", "a"), fact("Title", "a", more='decimals="0"'), "Title", "xbrl.4.6.3",
        "xbrl.4.6.3",
    ),
    Check(
        "nil with accuracy", fact("Assets", None, "USD"), fact("Assets", None, "USD", more='decimals="0"'), "Assets",
        "xbrl.4.6.3", "xbrl.4.6.3",
    ),
    # Nil and language
    Check(
        "not nillable", fact("Required", "a"), fact("Required", None), "Required", ("exporter:xmlSchema", "oime:"),
        "xmlSchema:nilNonNillableElement",
    ),
    Check(
        "language tag", fact("Title", "a", more='xml:lang="en-GB"'), fact("Title", "a", more='xml:lang="not a tag"'),
        "not a tag", "oime:invalidLanguage", THEIR_VALUE,
    ),
    # Dimensions: names and values
    cut("unknown axis", "RegionAxis=Asia", "RegoinAxis=Asia", "ExplicitMemberNotExplicitDimensionError", "RegoinAxis"),
    cut("no axis", "ChannelAxis=Shop", "Shop=Shop", "ExplicitMemberNotExplicitDimensionError", "Shop"),
    cut("unknown member", "RegionAxis=Asia", "RegionAxis=Asai", "ExplicitMemberUndefinedQNameError", "Asai"),
    cut("default", "RegionAxis=Asia", "RegionAxis=World", "DefaultValueUsedInInstanceError", "World", item="OpenSales"),
    cut("value on an explicit axis", "LotAxis~L1", "RegionAxis~L1", "TypedMemberNotTypedDimensionError", "RegionAxis"),
    cut("member on a typed axis", "LotAxis~L1", "LotAxis=Asia", "ExplicitMemberNotExplicitDimensionError", "LotAxis"),
    Check(
        "typed value", sale("TypedSales", "LotAxis~L12"), sale("TypedSales", "LotAxis~12"), "Lot",
        ("xbrldie:IllegalTypedDimensionContentError", "exporter:xmlSchema"), THEIR_VALUE,
    ),
    Check(
        "typed date", sale("DaySales", "DayAxis~2024-02-29"), sale("DaySales", "DayAxis~2023-02-29"), "Day",
        ("xbrldie:IllegalTypedDimensionContentError", "exporter:xmlSchema"), THEIR_VALUE,
    ),
    Check(
        "typed nil", sale("DaySales", "DayAxis~nil"), sale("TypedSales", "LotAxis~nil"), "Lot",
        ("xbrldie:IllegalTypedDimensionContentError", "exporter:xmlSchema"), "xmlSchema:nilNonNillableElement",
    ),
    Check(
        "axis twice", sale("FreeSales", "RegionAxis=Asia", "ChannelAxis=Web"),
        sale("FreeSales", "RegionAxis=Asia", "RegionAxis=Europe"), "RegionAxis",
        "xbrldie:RepeatedDimensionInInstanceError", "xbrldie:RepeatedDimensionInInstanceError",
    ),
    # Dimensional validity
    shaped("member of another axis", "OpenSales", "RegionAxis=Japan", "RegionAxis=Shop"),
    shaped("unusable member", "OpenSales", "RegionAxis=Europe", "RegionAxis=Hidden"),
    shaped("unusable head", "ChannelSales", "ChannelAxis=Web", "ChannelAxis=Channels"),
    shaped("closed: one axis too many", "ClosedSales", "RegionAxis=Asia", "RegionAxis=Asia ChannelAxis=Web"),
    shaped("closed: only another axis", "ClosedSales", "", "LotAxis~L1"),
    shaped("open: one axis more", "OpenSales", "RegionAxis=Asia ChannelAxis=Web", "RegionAxis=Web LotAxis~L1"),
    shaped("an axis missing", "ChannelSales", "ChannelAxis=Shop", ""),
    shaped("a typed axis missing", "TypedSales", "LotAxis~L1", ""),
    shaped("notAll", "BannedSales", "RegionAxis=Asia", "RegionAxis=Europe"),
    shaped("notAll with the default", "BannedSales", "", "RegionAxis=Hidden"),
    shaped("inherited by the item below", "ClosedSalesBelow", "RegionAxis=Japan", "RegionAxis=Web"),
    shaped("in segment", "SegmentSales", "RegionAxis=Asia", "RegionAxis=Web", "segment", "segment"),
    shaped("segment for scenario", "ChannelSales", "ChannelAxis=Shop", "ChannelAxis=Shop", "scenario", "segment"),
    shaped("one of two roles", "EitherSales", "ChannelAxis=Shop", "RegionAxis=Asia ChannelAxis=Shop"),
    shaped("both of one role", "BothSales", "RegionAxis=Asia LotAxis~L1", "RegionAxis=Asia"),
    # Calculations 1.1
    total("exact sum", "Assets=5 Cash=2 Land=3", "Assets=7 Cash=2 Land=3", calc="round"),
    total("weight -1", "Profit=5 Sales=8 Costs=3", "Profit=11 Sales=8 Costs=3", calc="round"),
    total("within rounding", "Assets=10@-1 Cash=2 Land=3", "Assets=20@-1 Cash=2 Land=3", calc="round"),
    total("a contribution absent", "Assets=2 Cash=2", "Assets=4 Cash=2", calc="round"),
    total("a contribution nil", "Assets=2 Cash=2 Land=nil", "Assets=4 Cash=2 Land=nil", calc="round"),
    total("old arcrole", "Loans=5 LoansShort=2 LoansLong=3", "Loans=9 LoansShort=2 LoansLong=3", calc="round"),
    total("cut off", "Assets=6 Cash=2 Land=3", "Assets=4 Cash=2 Land=3", calc="truncate"),
    total("cut off, rounding refused", "Assets=5 Cash=2 Land=3", "Assets=7 Cash=2 Land=3", calc="truncate"),
    total("cut off, only ends touch", "Assets=5 Cash=2 Land=2", "Assets=6 Cash=2 Land=2", calc="truncate"),
    total(
        "many digits", f"Assets={10**29 + 3}@INF Cash={10**29}@INF Land=3@INF",
        f"Assets={10**29 + 5}@INF Cash={10**29}@INF Land=3@INF", calc="round",
        why="Calculations 1.1: what is stated with decimals INF is exact; Arelle reckons with 28 digits",
    ),
    # Calculations of XBRL 2.1
    total("2.1: sum", "Loans=5 LoansShort=2 LoansLong=3", "Loans=6 LoansShort=2 LoansLong=3", calc="xbrl21"),
    total(
        "2.1: rounded to the total", "Loans=10@-1 LoansShort=4 LoansLong=3", "Loans=10@-1 LoansShort=2 LoansLong=2",
        calc="xbrl21",
    ),
    total(
        "2.1: contributions rounded first", "Loans=3 LoansShort=1.4 LoansLong=1.6",
        "Loans=3 LoansShort=1.4 LoansLong=1.4", calc="xbrl21",
    ),
    total("2.1: no interval", "Loans=4 LoansShort=2 LoansLong=2", "Loans=5 LoansShort=2 LoansLong=2", calc="xbrl21"),
    total(
        "2.1: duplicates bind nothing", "Loans=9 LoansShort=2 LoansShort=2 LoansLong=3",
        "Loans=9 LoansShort=2 LoansLong=nil", calc="xbrl21",
    ),
]  # fmt: skip

# What Arelle says of the instances as wholes, and why it is no fault.
ELSEWHERE = {
    "xbrlxe:inconsistentDimensionsContainer": "hypercubes in segment and in scenario in one taxonomy are valid by "
    "Dimensions 1.0 section 2.3.1; only contexts that use both stand outside the mapping to the model",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("checks")
    write_standard_package(made / "standard.zip")
    return made


def written(line: str, number: int) -> str:
    return line.replace('#"', f'{number}"').replace(">E#<", f">E{number}<")


def ours(folder: Path, line: str, calc: str = "none") -> list[Finding]:
    path = folder / "one.xbrl"
    path.write_text(instance([written(line, 0)]), encoding="utf-8")
    found = validate(path, packages=[folder / "standard.zip"], calc=calc)  # type: ignore[arg-type]
    return [finding for finding in found if finding.is_error]


@pytest.fixture(scope="module")
def theirs(folder: Path) -> dict[tuple[str, str], list[Finding]]:
    """What Arelle finds on the line of each check, by the name of the check and ``good`` or ``bad``."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for group in dict.fromkeys((check.calc, check.alone) for check in CHECKS):
        checks = [check for check in CHECKS if (check.calc, check.alone) == group]
        calc = group[0]
        paths = {kind: folder / f"all-{kind}.xbrl" for kind in ("good", "bad")}
        for kind, path in paths.items():
            lines = (written(getattr(check, kind), number) for number, check in enumerate(checks))
            path.write_text(instance(lines), encoding="utf-8")
        verdicts = ask_arelle(paths.values(), packages=[folder / "standard.zip"], calc=calc)  # type: ignore[arg-type]
        for kind, verdict in zip(paths, verdicts, strict=True):
            for finding in verdict.findings:
                if finding.is_error:
                    number = (finding.location.line or 0) - FIRST_LINE
                    name = checks[number].name if 0 <= number < len(checks) else finding.code
                    found.setdefault((name, kind), []).append(finding)
    return found


each = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)


def test_the_names_of_the_checks_are_their_own() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)


@each
def test_what_passes_is_valid(check: Check, folder: Path) -> None:
    assert ours(folder, check.good, check.calc) == []


@each
def test_what_fails_is_told_with_its_rule_and_place(check: Check, folder: Path) -> None:
    found = ours(folder, check.bad, check.calc)
    assert any(finding.code.startswith(check.ours) and check.at in str(finding) for finding in found), found


@each
def test_arelle_agrees(check: Check, theirs: dict[tuple[str, str], list[Finding]]) -> None:
    assert bool(theirs.get((check.name, "good"))) == bool(check.why)
    found = theirs.get((check.name, "bad"), [])
    assert any(finding.code.startswith(check.theirs) and check.at in str(finding) for finding in found), found


def test_arelle_finds_nothing_that_is_no_check(theirs: dict[tuple[str, str], list[Finding]]) -> None:
    assert {name for name, _ in theirs} - {check.name for check in CHECKS} <= ELSEWHERE.keys()


# xBRL-JSON, for what XML has no way to say


JSON_CHECKS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "language on a date": (
        {"concept": "core:Founded", "value": "2000-01-01"},
        {"concept": "core:Founded", "value": "2000-01-01", "language": "en"},
        "oime:misplacedLanguageDimension",
    ),
    "language on a number": (
        {"concept": "core:Leverage", "value": "2"},
        {"concept": "core:Leverage", "value": "2", "language": "en"},
        "oime:misplacedLanguageDimension",
    ),
    "unit on text": (
        {"concept": "core:Title", "value": "a", "language": "en"},
        {"concept": "core:Title", "value": "a", "unit": "iso4217:USD"},
        "oime:misplacedUnitDimension",
    ),
    "unknown concept": (
        {"concept": "core:Title", "value": "a"},
        {"concept": "core:Titel", "value": "a"},
        "oime:unknownConcept",
    ),
    "abstract concept": (
        {"concept": "core:Title", "value": "a"},
        {"concept": "core:Heading", "value": "a", "period": "2024-01-01T00:00:00/2025-01-01T00:00:00"},
        "oime:valueForAbstractConcept",
    ),
    "instant concept": (
        {"concept": "core:Cash", "value": "1", "unit": "iso4217:USD"},
        {
            "concept": "core:Cash", "value": "1", "unit": "iso4217:USD",
            "period": "2024-01-01T00:00:00/2025-01-01T00:00:00",
        },
        "oime:invalidPeriodDimension",
    ),
    "instant concept without a period": (
        {"concept": "core:Cash", "value": "1", "unit": "iso4217:USD"},
        {"concept": "core:Cash", "value": "1", "unit": "iso4217:USD", "period": None},
        "oime:missingPeriodDimension",
    ),
    "unknown axis": (
        {"concept": "core:Title", "value": "a", "trade:LotAxis": "L1"},
        {"concept": "core:Title", "value": "a", "trade:RegoinAxis": "trade:Asia"},
        "oime:unknownDimension",
    ),
    "value of a typed axis": (
        {"concept": "core:Title", "value": "a", "trade:DayAxis": "2024-02-29"},
        {"concept": "core:Title", "value": "a", "trade:DayAxis": "2023-02-29"},
        "xbrlje:invalidDimensionValue",
    ),
    "value": (
        {"concept": "core:Rating", "value": "A"},
        {"concept": "core:Rating", "value": "C"},
        "xbrlje:invalidFactValue",
    ),
}  # fmt: skip


def json_report(facts: Iterable[dict[str, Any]]) -> str:
    document = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": {
                "core": CORE, "trade": TRADE, "e": "http://e.example.com", "iso4217": "http://www.xbrl.org/2003/iso4217",
                "xbrl": "https://xbrl.org/2021",
            },
            "taxonomy": [TRADE_ENTRY],
        },
        "facts": {f"f{number}": _json_fact(dict(one)) for number, one in enumerate(facts)},
    }  # fmt: skip
    return json.dumps(document)


def _json_fact(dimensions: dict[str, Any]) -> dict[str, Any]:
    value = dimensions.pop("value")
    dimensions = {"entity": "e:E", "period": "2025-01-01T00:00:00", **dimensions}
    return {"value": value, "dimensions": {name: one for name, one in dimensions.items() if one is not None}}


def test_checks_of_xbrl_json(folder: Path) -> None:
    passing = folder / "good.json"
    passing.write_text(json_report(good for good, _, _ in JSON_CHECKS.values()))
    paths = {name: folder / f"{name}.json" for name in JSON_CHECKS}
    for name, (_, bad, _) in JSON_CHECKS.items():
        paths[name].write_text(json_report([bad]))
    package = [folder / "standard.zip"]
    verdicts = ask_arelle([passing, *paths.values()], packages=package)
    assert [one for one in verdicts[0].findings if one.is_error and one.code not in ELSEWHERE] == []
    assert [one for one in validate(passing, packages=package) if one.is_error] == []
    for (_, _, code), path, verdict in zip(JSON_CHECKS.values(), paths.values(), verdicts[1:], strict=True):
        found = {one.code for one in validate(path, packages=package) if one.is_error}
        assert code in found, (path.name, found)
        assert code in {one.code for one in verdict.findings}, (path.name, verdict.findings)
