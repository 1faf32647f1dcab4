"""Ids of contexts by a profile: which periods and members have names, and what happens to the others.

What the page is called: by the profile's name, or by its grammar of file names.

Schemas that stand in for public ones while a filing is read back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures import AccumulatedDeficit, OwnershipInterest
from exporter.filing import Filing
from exporter.items.values import EntityRef, Money, Percent
from exporter.model.dimensions import Context, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.operations.export_files import context_namer, page_name, standard_schemas
from exporter.profiles.profile import ContextName, DocumentRules, ExtensionRules, Profile, StandardTaxonomy
from exporter.resources.resolver import Resolver
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.unit.items.made import ACME, NAMESPACE, OTHER
from tests.unit.operations.test_check import END
from tests.unit.operations.test_check import filing as standard_schemas_filing
from tests.unit.operations.test_export import SMALL

STANDARD = "http://standard"
NAMES = [
    ContextName(months=12, current="CurrentYear", prior="Prior{years}Year", at_end=True),
    ContextName(months=3, current="Quarter", prior="Prior{years}Quarter"),
]
AXIS = QName(NAMESPACE, "PlaceAxis")


def filing(end: str = "2024-03-31", **rules: Any) -> Filing:
    document = DocumentRules(**{"context_names": NAMES, **rules})
    taxonomy = StandardTaxonomy(prefix="s", namespace=STANDARD, schema="http://standard/s.xsd", package="S")
    profile = Profile(name="p", title="P", taxonomies={"s": taxonomy}, document=document)
    return evolve(SMALL, profile=profile, period_end=Instant(end))


def context(period: Period, *dimensions: Any, entity: Any = ACME) -> Context:
    return Context(entity, period, dimensions)


def names(given: Filing, *contexts: Context, id: str | None = None) -> list[str | None]:
    facts = [Fact(QName(NAMESPACE, "Gain"), each, "1", id=id) for each in contexts]
    namer = context_namer(given, Report(taxonomy=("a.xsd",), facts=facts))
    assert namer is not None
    return [namer(each) for each in contexts]


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (Duration("2023-04-01", "2024-03-31"), "CurrentYearDuration"),
        (Instant("2024-03-31"), "CurrentYearInstant"),
        (Duration("2022-04-01", "2023-03-31"), "Prior1YearDuration"),
        (Instant("2014-03-31"), "Prior10YearInstant"),
        (Duration("2024-01-01", "2024-03-31"), "QuarterDuration"),
        (Duration("2023-01-01", "2023-03-31"), "Prior1QuarterDuration"),
        (Duration("2023-04-02", "2024-03-31"), None),
        (Duration("2023-04-01", "2023-06-30"), None),
        (Instant("2023-12-31"), None),
        (FOREVER, None),
    ],
)
def test_periods(period: Period, name: str | None) -> None:
    assert names(filing(), context(period)) == [name]


@pytest.mark.parametrize(
    ("end", "start"), [("2024-02-29", "2023-03-01"), ("2023-02-28", "2022-03-01"), ("2024-05-15", "2023-05-16")]
)
def test_years_end_on_any_day(end: str, start: str) -> None:
    assert names(filing(end), context(Duration(start, end))) == ["CurrentYearDuration"]
    leap = Duration("2019-03-01", "2020-02-29")
    assert names(filing("2024-02-29"), context(leap)) == ["Prior4YearDuration"]
    assert names(filing("2023-02-28"), context(leap)) == ["Prior3YearDuration"]


def test_members() -> None:
    year = Duration("2023-04-01", "2024-03-31")
    own = ExplicitDimension(AXIS, QName(NAMESPACE, "TokyoMember"))
    standard = ExplicitDimension(QName(STANDARD, "ScopeAxis"), QName(STANDARD, "NonConsolidatedMember"))
    strange = ExplicitDimension(AXIS, QName("http://else.where", "TokyoMember"))
    assert names(
        filing(),
        context(year, own),
        context(year, own, standard),
        context(year, strange),
        context(year, TypedDimension(AXIS, "a")),
        context(year, standard, entity=OTHER),
    ) == [
        "CurrentYearDuration_acmeTokyoMember",
        "CurrentYearDuration_acmeTokyoMember_NonConsolidatedMember",
        None,
        None,
        None,
    ]


def test_of_two_with_one_name_the_first_has_it() -> None:
    other = QName(NAMESPACE, "OtherAxis")
    both = [context(Instant("2024-03-31"), ExplicitDimension(axis, QName(NAMESPACE, "A"))) for axis in (AXIS, other)]
    assert names(filing(), *both) == ["CurrentYearInstant_acmeA", None]


def test_what_is_no_id_or_not_of_the_form_is_not_used() -> None:
    end = context(Instant("2024-03-31"))
    assert names(filing(), end, id="CurrentYearInstant") == [None]
    assert names(filing(context_id="[a-z]+"), end) == [None]
    odd = [ContextName(months=12, current=name, prior="{years}", at_end=True) for name in ("1 a", "c1")]
    assert names(filing(context_names=odd[:1]), end) == [None]
    assert context_namer(filing(context_names=()), Report(taxonomy=("a.xsd",))) is None


def under(prefix: str = "acme", **rules: Any) -> Filing:
    return evolve(SMALL, prefix=prefix, profile=Profile(name="p", title="P", document=DocumentRules(**rules)))


@pytest.mark.parametrize(
    ("grammar", "name"),
    [
        (None, "acme-20240331.xhtml"),
        (r"[a-z0-9-]+\.(htm|xsd)", "acme-20240331.htm"),
        (r".*\.html", "acme-20240331.html"),
        (r".*\.pdf", "acme-20240331.xhtml"),
        (r"[a-z0-9-]{1,10}\.htm", "acme-20240331.htm"),
        (r"[a-z].{0,11}\.htm", "acme-20240331.htm"),
    ],
)
def test_the_suffix_is_what_the_grammar_allows(grammar: str | None, name: str) -> None:
    assert page_name(under(file_name=grammar)) == name


def test_small_letters_where_there_have_to_be() -> None:
    assert page_name(under("Acme", file_name=r"[a-z0-9-]+\.htm")) == "acme-20240331.htm"
    assert page_name(under("Acme", file_name=r"[A-Za-z0-9-]+\.htm")) == "Acme-20240331.htm"


def test_a_profile_may_give_the_name() -> None:
    assert page_name(under(page_file="0101010_{base}_ixbrl.htm")) == "0101010_acme-20240331_ixbrl.htm"


def made(profile: str) -> Filing:
    return standard_schemas_filing(
        AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END),
        OwnershipInterest(holder=EntityRef("Someone"), share=Percent("1.5"), as_of=END),
        profile=profile,
    )


def write(one: Filing, folder: Path) -> None:
    for name, content in write_taxonomy(one.taxonomy, one.base_name).items():
        (folder / name).write_bytes(content)


def test_the_taxonomy_comes_back_whole_with_them(tmp_path: Path) -> None:
    for profile in ("sec-us-gaap", "edinet"):
        one = made(profile)
        write(one, tmp_path)
        catalogs = standard_schemas(one)
        assert load_taxonomy([one.schema_name], base=tmp_path, resolver=Resolver(catalogs=catalogs)) == one.taxonomy


def test_locators_name_their_concepts_without_them(tmp_path: Path) -> None:
    for profile in ("sec-us-gaap", "edinet"):
        one = made(profile)
        write(one, tmp_path)
        read = load_taxonomy([one.schema_name], base=tmp_path)
        assert set(read.relationships) == set(one.taxonomy.relationships)


def test_own_concepts_need_none() -> None:
    assert standard_schemas(made("extension-only")) == ()


def test_other_periods_and_repeated_names_have_numbers() -> None:
    given = filing(other_context="RecordDate")
    others: list[Period] = [Instant("2023-12-31"), Duration("2023-06-01", "2023-06-30"), Instant("2023-11-30")]
    assert names(given, *map(context, others)) == ["RecordDateInstant", "RecordDateDuration", "RecordDateInstant_001"]
    typed = TypedDimension(AXIS, "here")
    assert names(given, context(Instant("2024-03-31")), context(Instant("2024-03-31"), typed)) == [
        "CurrentYearInstant",
        "CurrentYearInstant_001",
    ]
    assert names(filing(), context(Instant("2024-03-31"), typed)) == [None]


def test_the_day_of_filing_has_a_name() -> None:
    rules = {"filing_day": "{1}", "filing_context": "FilingDateInstant"}
    extension = ExtensionRules(namespace="http://acme\\.example\\.com/([0-9-]+)")
    given = evolve(filing(extension=extension, **rules), namespace="http://acme.example.com/2024-06-25")
    assert names(given, context(Instant("2024-06-25"))) == ["FilingDateInstant"]
    elsewhere = evolve(given, namespace="http://acme.example.com/report")
    assert elsewhere.filing_day is None
    assert names(elsewhere, context(Instant("2024-06-25"))) == [None]
