"""Report item classes made from a taxonomy: what they are, their source, and the way through facts and back."""

from __future__ import annotations

import datetime as dt
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import exporter as ex
from exporter.items.bind import bind
from exporter.items.bound import Namespace
from exporter.items.declarations import is_item_class
from exporter.items.document import ItemsDocument
from exporter.items.from_facts import derive_items
from exporter.items.generate.names import UniqueNames, camel_name, plain_title, snake_name
from exporter.items.generate.outline import ClassOutline, ModuleOutline, derive_outline
from exporter.items.generate.source import docstring, literal, toml_text, write_module, write_profile
from exporter.items.to_facts import derive_report
from exporter.model.datatypes import DataType, Facets
from exporter.model.report import Vocabulary
from exporter.model.standard_types import standard_type
from exporter.namespaces import XSD
from exporter.operations.concepts import load_packaged_taxonomy
from exporter.profiles.read import load_profile
from exporter.taxonomy.concepts import DOCUMENTATION, Concept, EnumerationDomain, Label, RoleType, TypedDomain
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    Relationship,
)
from exporter.taxonomy.taxonomy import Taxonomy

ROOT = Path(__file__).parents[4]
FERC = ROOT.parent / "shared" / "data" / "ferc"
STD = "http://standard.example.com/2024"
PLACE = f"{STD}/standard.xsd"
SHEET, NOTES, CUBE = (f"{STD}/role/{name}" for name in ("sheet", "notes", "cube"))
OWN = Namespace(uri="http://acme.example.com/2024", prefix="acme")


def name(local: str) -> ex.QName:
    return ex.QName(STD, local, prefix="std")


def declared(local: str, type: str = "monetaryItemType", period: str = "duration", **more: Any) -> Concept:
    return Concept(qname=name(local), datatype=standard_type(type), period_type=period, schema=PLACE, **more)  # type: ignore[arg-type]


def arcs(arcrole: str, role: str, source: str, *targets: str, **more: Any) -> Iterator[Relationship]:
    for order, target in enumerate(targets, start=1):
        yield Relationship(arcrole=arcrole, role=role, source=name(source), target=name(target), order=order, **more)


RATING = standard_type("stringItemType").derive(name("ratingItemType"), Facets(enumeration=frozenset({"A+", 'B "2"'})))
HEADING: dict[str, Any] = {"type": "stringItemType", "abstract": True}
MEMBER: dict[str, Any] = {"type": "domainItemType", "abstract": True}
CONCEPTS = [
    declared("Assets", period="instant", balance="debit"),
    declared("Sales", balance="credit"),
    declared("EarningsPerShare", "perShareItemType"),
    declared("SharesIssued", "sharesItemType"),
    declared("Growth", "percentItemType"),
    declared("Leverage", "pureItemType"),
    declared("Density", "decimalItemType"),
    declared("Staff", "nonNegativeIntegerItemType"),
    declared("IsListed", "booleanItemType"),
    declared("Founded", "dateItemType"),
    declared("FirstMonth", "gYearMonthItemType"),
    declared("YearEnd", "gMonthDayItemType"),
    declared("Remark", "textBlockItemType"),
    declared("class", "stringItemType"),
    declared("Term", "durationItemType"),
    evolve(declared("Rating", "stringItemType"), datatype=RATING),
    declared("Kind", "enumerationItemType", enumeration=EnumerationDomain(domain=name("Kinds"), linkrole=CUBE)),
    declared("FloorSpace", "areaItemType"),
    evolve(declared("Strange"), datatype=None),
    declared("Heading", **HEADING),
    declared("Kinds", **MEMBER),
    declared("FarmingMember", **MEMBER),
    declared("MiningMember", **MEMBER),
    declared("World", **MEMBER),
    declared("AsiaMember", **MEMBER),
    declared("NorthAmericaMember", **MEMBER),
    declared("RegionAxis", **HEADING, kind="dimension"),
    declared("LotAxis", **HEADING, kind="dimension", typed_domain_ref=name("Lot")),
    declared("RegionTable", **HEADING, kind="hypercube"),
    declared("RegionLineItems", **HEADING),
    declared("RegionSales"),
]  # fmt: skip
PLAIN = [one.qname.local_name for one in CONCEPTS[1:19]]
TAXONOMY = Taxonomy(
    namespace="http://standard.example.com/entry",
    prefix="entry",
    concepts=CONCEPTS,
    labels=[
        Label(concept=name("Sales"), text="Net  sales \"all\""),
        Label(concept=name("Sales"), text="売上高", language="ja"),
        Label(concept=name("Sales"), text='What was sold.\n\nNot """free""" \\ things"', role=DOCUMENTATION),
        Label(concept=name("RegionAxis"), text="Region [Axis]"),
        Label(concept=name("AsiaMember"), text="Asia [Member]"),
    ],
    roles=[
        RoleType(uri=SHEET, id="sheet", definition="[210000] Statement - Balance sheet (short)"),
        RoleType(uri=NOTES, id="notes", definition="000002 - Disclosure - Notes"),
        RoleType(uri=CUBE, id="cube", definition="000003 - Disclosure - Sales by region"),
    ],
    relationships=[
        *arcs(PARENT_CHILD, SHEET, "Heading", "Assets"),
        *arcs(PARENT_CHILD, NOTES, "Heading", "Assets", *PLAIN, "Sales"),
        *arcs(PARENT_CHILD, CUBE, "Heading", "RegionTable", "RegionSales", "Growth"),
        *arcs(ALL, CUBE, "RegionLineItems", "RegionTable", context_element="scenario", closed=True),
        *arcs(DOMAIN_MEMBER, CUBE, "RegionLineItems", "RegionSales"),
        *arcs(HYPERCUBE_DIMENSION, CUBE, "RegionTable", "RegionAxis", "LotAxis"),
        *arcs(DIMENSION_DOMAIN, CUBE, "RegionAxis", "World"),
        *arcs(DIMENSION_DEFAULT, CUBE, "RegionAxis", "World"),
        *arcs(DOMAIN_MEMBER, CUBE, "World", "AsiaMember", "NorthAmericaMember"),
        *arcs(DOMAIN_MEMBER, CUBE, "Kinds", "FarmingMember", "MiningMember"),
    ],
    typed_domains=[
        TypedDomain(
            qname=name("Lot"), datatype=DataType(ex.QName(XSD, "string", prefix="xs"), "string", "string"), schema=PLACE
        )
    ],
)  # fmt: skip


def classes_of(outline: ModuleOutline) -> dict[str, ClassOutline]:
    return {one.name: one for one in outline.classes}


def write(outline: ModuleOutline, folder: Path, stem: str) -> Path:
    module = folder / f"{stem}.py"
    module.write_text(write_module(outline, profile_name=f"{stem}.toml", source="a test"), encoding="utf-8")
    profile = write_profile(outline, title="Test", package="the test", own_schema=f"{STD}/entry.xsd")
    (folder / f"{stem}.toml").write_text(profile, encoding="utf-8")
    return module


def imported(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


# What is made


def test_a_class_for_each_role_and_set_of_axes() -> None:
    outline = derive_outline(TAXONOMY)
    made = classes_of(outline)
    assert list(made) == ["BalanceSheetShort", "Notes", "SalesByRegion", "SalesByRegion2"]
    assert [one.period for one in outline.classes] == ["instant", "duration", "duration", "duration"]
    assert [axis.name for axis in made["SalesByRegion"].axes] == ["region", "lot"]
    assert [each.name for each in made["SalesByRegion2"].fields] == ["growth"]


def test_types_of_fields() -> None:
    fields = {each.concept.qname.local_name: each for each in classes_of(derive_outline(TAXONOMY))["Notes"].fields}
    assert {local: each.annotation for local, each in fields.items()} == {
        "Assets": "ex.Money",
        "Sales": "ex.Money",
        "EarningsPerShare": "ex.PerShare",
        "SharesIssued": "ex.ShareCount",
        "Growth": "ex.Percent",
        "Leverage": "ex.Ratio",
        "Density": "ex.Ratio",
        "Staff": "int",
        "IsListed": "bool",
        "Founded": "dt.date",
        "FirstMonth": "ex.Month",
        "YearEnd": "ex.MonthDay",
        "Remark": "ex.TextBlock",
        "class": "str",
        "Term": "str",
        "Rating": "rating",
        "Kind": "Kinds",
    } | {"Rating": "Rating"}
    assert (fields["class"].name, fields["class"].declared) == ("class_2", "Class")


def test_what_items_do_not_hold_is_told() -> None:
    left_out = derive_outline(TAXONOMY).left_out
    assert {reason: [each.local_name for each in names] for reason, names in left_out.items()} == {
        "the type areaItemType": ["FloorSpace"],
        "a type that is not known": ["Strange"],
    }


def test_axes() -> None:
    region, lot = classes_of(derive_outline(TAXONOMY))["SalesByRegion"].axes
    assert (region.optional, region.annotation, region.default) == (True, "Region", name("World"))
    assert region.enumeration is not None
    assert [(one.value, one.label) for one in region.enumeration.values] == [
        ("asia", "Asia"),
        ("north_america", "North America Member"),
    ]
    assert (lot.optional, lot.annotation, lot.typed_domain) == (False, "str", name("Lot"))


def test_patterns_choose() -> None:
    assert list(classes_of(derive_outline(TAXONOMY, roles=["*balance*"]))) == ["BalanceSheetShort"]
    assert list(classes_of(derive_outline(TAXONOMY, roles=["*/role/notes"]))) == ["Notes"]
    outline = derive_outline(TAXONOMY, concepts=["std:s*"])
    assert [[each.name for each in one.fields] for one in outline.classes] == [["sales", "shares_issued", "staff"]]
    assert derive_outline(TAXONOMY, roles=["nothing"]).classes == ()


def test_period_types_may_be_split() -> None:
    outline = derive_outline(TAXONOMY, roles=["*notes"], split_periods=True)
    assert [(one.name, one.period) for one in outline.classes] == [("Notes", "duration"), ("NotesAtInstant", "instant")]
    assert [each.name for each in outline.classes[1].fields] == ["assets"]


def test_an_axis_whose_values_are_no_text_leaves_its_items_out() -> None:
    unheld = TypedDomain(qname=name("Lot"), datatype=None, schema=PLACE)
    outline = derive_outline(evolve(TAXONOMY, typed_domains=[unheld]))
    assert "SalesByRegion" in classes_of(outline)
    assert [each.name for each in classes_of(outline)["SalesByRegion"].fields] == ["growth"]
    assert [each.local_name for each in outline.left_out["an axis whose values items do not hold"]] == ["RegionSales"]


# Names


@pytest.mark.parametrize(
    ("local", "snake"),
    [
        ("NetIncomeLoss", "net_income_loss"),
        ("IFRS9Effect", "ifrs_9_effect"),
        ("_x-y.z", "x_y_z"),
        ("2ndLoan", "item_2_nd_loan"),
        ("売上高", "item"),
        ("Société", "societe"),
    ],
)
def test_snake_names(local: str, snake: str) -> None:
    assert snake_name(local, "item") == snake


def test_other_names() -> None:
    assert camel_name("balance sheet (net)", "Item") == "BalanceSheetNet"
    assert camel_name("2 of 3", "Item") == "Item2Of3"
    assert len(camel_name("x" * 500, "Item")) == 200
    assert plain_title("[110000] Notes - Leases [Table]") == "Leases"
    assert plain_title("0001 - Disclosure - Debt - Details") == "Debt - Details"
    assert plain_title("12") == "12"
    names = UniqueNames.without(["None"])
    assert [names.take("a"), names.take("A"), names.take("none", "_")] == ["a", "A2", "none_2"]


# Source


@pytest.mark.parametrize(
    "text", ["", "plain", 'a "b"', "it's", "\"'", "\\", "a\nb\t\x00\u2028\ud800", "売上高", '\\"', '"""']
)
def test_literals_are_what_they_were(text: str) -> None:
    assert eval(literal(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        '"""',
        'a"',
        '"a',
        "\\",
        "a\\",
        'x """ y',
        'a\\"',
        '""',
        '"""""',
        '\\"""',
        "a\n\nb",
        "",
        '" + __import__("os") + "',
        "long " * 60 + '"',
    ],
)
def test_docstrings_stay_within_themselves(text: str) -> None:
    source = "\n".join(docstring(text, "    "))
    found = eval(source.strip())
    assert isinstance(found, str)
    assert found.split() == (text.split() or ["No", "label."])


def test_toml_texts() -> None:
    import tomllib

    for text in ('a"b\\c', "\x00\n\x7f", "売上高"):
        assert tomllib.loads(f"a = {toml_text(text)}")["a"] == text


def test_the_module_passes_the_linter_and_the_type_checker(tmp_path: Path) -> None:
    module = write(derive_outline(TAXONOMY), tmp_path, "made_for_checks")
    text = module.read_text(encoding="utf-8")
    assert text == write_module(derive_outline(TAXONOMY), profile_name="made_for_checks.toml", source="a test")
    for command in (
        [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), str(module)],
        [sys.executable, "-m", "ruff", "check", "--isolated", str(module)],
        [
            *(sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"),
            *("--cache-dir", str(ROOT / ".mypy_cache"), str(module)),
        ],
    ):
        pytest.importorskip(command[2])
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


# Round trips


def round_trip(items: list[Any], profile: Any, classes: list[type[Any]]) -> Any:
    """The report that items make, after the items made of it are the same."""
    bindings = bind(classes, OWN, profile, items=items)
    assert [one for each in bindings for one in each.misfits] == []
    document = ItemsDocument(
        entity=ex.Entity.cik("0000000005"),
        items=items,
        prefix="acme",
        namespace=OWN.uri,
        period_end=ex.Instant("2024-12-31"),
    )
    derived = derive_report(document, schema="acme.xsd", bindings=bindings, vocabulary=Vocabulary())
    assert derived.findings == ()
    found = derive_items(derived.report, bindings)
    assert set(found.items) == set(items)
    assert found.findings == ()
    return derived.report


def test_items_report_the_standard_concepts_and_come_back(tmp_path: Path) -> None:
    m = imported(write(derive_outline(TAXONOMY), tmp_path, "made_for_trip"))
    year = ex.Duration("2024-01-01", "2024-12-31")
    items = [
        m.BalanceSheetShort(as_of=ex.Instant("2023-12-31"), assets=ex.Money("5", "EUR")),
        m.Notes(
            over=year,
            assets=ex.Money("7", "EUR"),
            sales=ex.Money("-9", "EUR"),
            earnings_per_share=ex.PerShare("1.25", "EUR"),
            shares_issued=ex.ShareCount("5"),
            growth=ex.Percent("3.5"),
            leverage=ex.Ratio("2.5"),
            density=ex.Ratio("1.5"),
            staff=12,
            is_listed=True,
            founded=dt.date(1999, 5, 1),
            first_month=ex.Month.parse("1999-05"),
            year_end=ex.MonthDay.parse("--12-31"),
            remark=ex.TextBlock.of("Well."),
            class_2="first",
            term="P3Y",
            rating=m.Rating.B_2,
            kind=m.Kinds.MINING,
        ),
        m.SalesByRegion(over=year, lot="L1", region_sales=ex.Money("3", "EUR")),
        m.SalesByRegion(over=year, lot="L1", region=m.Region.ASIA, region_sales=ex.Money("1", "EUR")),
    ]
    classes = [each for each in vars(m).values() if is_item_class(each)]
    report = round_trip(items, load_profile(m.PROFILE), classes)
    assert {fact.concept.namespace for fact in report.facts} == {STD}
    values = {fact.concept.local_name: fact.value for fact in report.facts if not fact.dimensions}
    assert (values["class"], values["Rating"], values["Kind"]) == ("first", 'B "2"', f"{STD}#MiningMember")
    cut = next(fact for fact in report.facts if len(fact.dimensions) == 2)
    assert {each.axis for each in cut.dimensions} == {name("RegionAxis"), name("LotAxis")}
    assert cut.context.dimension(name("RegionAxis")).member == name("AsiaMember")
    instant = next(fact for fact in report.facts if fact.value == "7")
    assert instant.period == ex.Instant("2024-12-31")


def test_a_nil_fact_leaves_its_field_out_and_the_others_in(tmp_path: Path) -> None:
    m = imported(write(derive_outline(TAXONOMY, roles=["*notes"]), tmp_path, "made_for_nil"))
    item = m.Notes(over=ex.Duration("2024-01-01", "2024-12-31"), sales=ex.Money("9", "EUR"), staff=12)
    profile = load_profile(m.PROFILE)
    report = round_trip([item], profile, [m.Notes])
    nil = evolve(report, facts=[evolve(fact, value=None) if fact.value == "12" else fact for fact in report.facts])
    found = derive_items(nil, bind([m.Notes], OWN, profile))
    assert found.items == (evolve(item, staff=None),)
    assert [fact.concept.local_name for fact in found.unbound] == ["Staff"]


def test_a_regulators_form_and_a_real_filing_in_it(tmp_path: Path) -> None:
    package = FERC / "form-1-2022-01-01.package.zip"
    if not package.is_file():
        pytest.skip("shared data are not here")
    url = "https://eCollection.ferc.gov/taxonomy/form1/2022-01-01/form/form1/form-1_2022-01-01.xsd"
    outline = derive_outline(load_packaged_taxonomy(package, entry_point=url), split_periods=True)
    assert sum(len(one.fields) for one in outline.classes) > 2000
    m = imported(write(outline, tmp_path, "made_of_ferc"))
    classes = [each for each in vars(m).values() if is_item_class(each)]
    profile = load_profile(m.PROFILE)
    filed = ex.read_report(FERC / "desertlink-2021.xbrl", packages=[package])
    found = derive_items(filed, bind(classes, OWN, profile))
    assert found.findings == ()
    left = {fact.concept.local_name for fact in found.unbound}
    assert left <= {each.local_name for names in outline.left_out.values() for each in names}
    items = list(found.items)
    report = round_trip([evolve(each, footnotes=()) for each in items], profile, classes)
    aspects = {(fact.concept, fact.value, fact.period, fact.unit, frozenset(fact.dimensions)) for fact in filed.facts}
    made = {(fact.concept, fact.value, fact.period, fact.unit, frozenset(fact.dimensions)) for fact in report.facts}
    assert made <= aspects
    assert len(made) > 900
