"""The profiles of the package say something of every field of every disclosure, and bind only what they describe."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from exporter.disclosures import DISCLOSURES
from exporter.items.bind import bind
from exporter.items.bound import Namespace
from exporter.items.compile import item_specification
from exporter.items.declarations import DimensionDeclaration
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Gap, Profile, ProfileAxis, ProfileConcept
from exporter.profiles.read import PROFILES, load_profile
from exporter.validation.json_schema import check_json_schema

STANDARD = [name for name in PROFILES if load_profile(name).is_standard]


def unsaid(profile: Profile, classes: tuple[type[Any], ...] = DISCLOSURES) -> Iterator[str]:
    for cls in classes:
        spec = item_specification(cls)
        for field in spec.fields:
            for concept in field.concepts:
                if profile.binding(spec.name, field.name, concept.name, concept.part) is None:
                    part = f".{concept.part}" if concept.part else ""
                    yield f"bindings.{spec.name}.{field.name}{part}:{concept.name}"
        for each in spec.declared(DimensionDeclaration):
            if profile.axis(spec.name, each.name) is None:
                yield f"axes.{spec.name}.{each.name}"


def known(classes: tuple[type[Any], ...] = DISCLOSURES) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for cls in classes:
        spec = item_specification(cls)
        for field in spec.fields:
            for concept in field.concepts:
                place = f"{field.name}.{concept.part}" if concept.part else field.name
                found |= {(spec.name, place), (spec.name, f"{place}:{concept.name}")}
        found |= {(spec.name, each.name) for each in spec.declared(DimensionDeclaration)}
    return found


@pytest.mark.parametrize("name", STANDARD)
def test_every_field_is_bound_or_a_gap(name: str) -> None:
    assert list(unsaid(load_profile(name))) == []


def test_a_new_field_is_told_with_its_key() -> None:
    from exporter.items.declare import ReportItem, concept, dimension, period, report_item
    from exporter.items.values import Money
    from exporter.model.period import Instant

    @report_item
    class NewDisclosure(ReportItem):
        at: Instant = period()
        amount: Money = concept("SomeAmount")
        place: str | None = dimension("Place", default=None)

    NewDisclosure.__annotations__.update(at=Instant, amount=Money, place=str | None)
    assert list(unsaid(load_profile("edinet"), (NewDisclosure,))) == [
        "bindings.NewDisclosure.amount:SomeAmount",
        "axes.NewDisclosure.place",
    ]


@pytest.mark.parametrize("name", STANDARD)
def test_nothing_is_said_of_fields_that_do_not_exist(name: str) -> None:
    profile = load_profile(name)
    assert {*profile.bindings, *profile.axes} - known() == set()


@pytest.mark.parametrize("name", STANDARD)
def test_each_gap_has_a_reason_and_each_doubt_a_remark(name: str) -> None:
    profile = load_profile(name)
    entries = [*profile.bindings.values(), *profile.axes.values()]
    assert all(entry.reason.strip() for entry in entries if isinstance(entry, Gap))
    assert all(concept.verified or concept.remark for concept in profile.concepts.values())
    assert all(axis.verified or axis.remark for axis in profile.axes.values() if isinstance(axis, ProfileAxis))
    assert all(standard_type(concept.item_type) for concept in profile.concepts.values())


@pytest.mark.parametrize("name", STANDARD)
@pytest.mark.parametrize("release_number", [0, 1])
def test_every_binding_fits_its_field(name: str, release_number: int) -> None:
    profile = load_profile(name, release=load_profile(name).releases[release_number])
    bindings = bind(DISCLOSURES, Namespace(uri="http://example.com/2005", prefix="ex"), profile)
    assert [misfit for binding in bindings for misfit in binding.misfits] == []
    bound = {option.concept for binding in bindings for option in binding.concepts if option.standard}
    named = {each.concept for each in profile.bindings.values() if isinstance(each, ProfileConcept)}
    names = {profile.qname(str(each)) for each in named}
    axes = [axis for axis in profile.axes.values() if isinstance(axis, ProfileAxis)]
    names |= {profile.qname(str(axis.name_concept)) for axis in axes if axis.name_concept}
    assert bound == names
    described = {profile.qname(each) for each in profile.concepts}
    assert described == names


@pytest.mark.parametrize("name", STANDARD)
def test_the_rest_has_no_name_of_a_standard_concept(name: str) -> None:
    profile = load_profile(name)
    standard = {each.local_name for each in profile.concepts.values()}
    bindings = bind(DISCLOSURES, Namespace(uri="http://example.com/2005", prefix="ex"), profile)
    for binding in bindings:
        own = {option.concept.local_name for option in binding.concepts if option.standard is None}
        own |= {option.fallback.concept.local_name for option in binding.concepts if option.fallback}
        assert own & standard == set()


def test_deprecated_and_misleading_concepts_are_not_used() -> None:
    wrong = {
        "us-gaap:AvailableForSaleSecurities",
        "us-gaap:AvailableForSaleSecuritiesDebtSecurities",
        "us-gaap:RelatedAndNonrelatedPartyStatusAxis",
        "us-gaap:EquityMethodInvestmentOwnershipPercentage",
        "us-gaap:MinorityInterestOwnershipPercentageByNoncontrollingOwners",
        "ifrs-full:FinancialAssetsAvailableforsale",
    }
    for name in STANDARD:
        profile = load_profile(name)
        axes = {axis.axis for axis in profile.axes.values() if isinstance(axis, ProfileAxis)}
        assert not wrong & (profile.concepts.keys() | axes)


def test_what_regulators_want_of_documents() -> None:
    sec, edinet, own = (load_profile(name).document for name in ("sec-us-gaap", "edinet", "extension-only"))
    assert (sec.context_element, sec.open_axes, sec.with_sec, sec.inline_version) == (
        "segment",
        "explicit",
        True,
        "1.1",
    )
    assert sec.hidden_style == "-sec-ix-hidden"
    assert (edinet.context_element, edinet.inline_version, edinet.negative_glyph) == ("scenario", "1.0", "△")
    assert (own.context_element, own.open_axes, own.with_sec) == ("scenario", "typed", False)


def test_the_release_is_in_every_namespace() -> None:
    assert load_profile("sec-us-gaap").qname("us-gaap:Assets").namespace == "http://fasb.org/us-gaap/2025"
    older = load_profile("sec-ifrs", release="2024")
    assert older.taxonomies["ifrs-full"].namespace == "https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full"
    assert older.taxonomies["dei"].schema == "https://xbrl.sec.gov/dei/2024/dei-2024.xsd"


@pytest.mark.parametrize("name", PROFILES)
def test_the_files_fit_their_schema(name: str) -> None:
    text = (files("exporter.profiles") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    assert list(check_json_schema(tomllib.loads(text), "profile.schema.json")) == []


@pytest.mark.parametrize(
    "text",
    [
        "colour = 1",
        '[concepts.a]\nB = { type = "x", period = "instant" }',
        '[bindings.A]\nb = { gap = "c", concept = "d:e" }',
        "[axes.A]\nb = { members = {} }",
        "[document]\nopen_axes = 'maybe'",
        "[document]\nnegative_glyph = 'minus'",
        "[document]\npage_file = '../page.htm'",
        "[document]\ncontext_names = [{ months = 12, current = 'a', prior = 'b' }]",
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    assert list(check_json_schema(tomllib.loads(f'title = "x"\n{text}'), "profile.schema.json"))


@pytest.mark.parametrize("name", PROFILES)
def test_all_classes_together_make_a_taxonomy(name: str) -> None:
    bindings = bind(DISCLOSURES, Namespace(uri="http://www.example.com/20240331", prefix="x"), load_profile(name))
    taxonomy = taxonomy_of(bindings)
    own = [each for each in taxonomy.concepts if each.qname.namespace == "http://www.example.com/20240331"]
    assert len({each.qname for each in taxonomy.concepts}) == len(taxonomy.concepts)
    assert len(own) > len(DISCLOSURES)
