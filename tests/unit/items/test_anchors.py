"""Anchoring concepts of the filing's own in a standard taxonomy."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import DeclarationError
from exporter.items.anchors import ROLE_NAME
from exporter.items.binding import bind
from exporter.items.bound import Namespace
from exporter.items.extension.deriving import taxonomy_of
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, concept_choice, option, period
from exporter.items.values import Money
from exporter.model.period import Instant
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.profiles.profile import Profile, StandardTaxonomy
from exporter.resources.resolver import Resolver
from exporter.taxonomy.discovery import load_taxonomy
from exporter.taxonomy.networks import WIDER_NARROWER
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.writer import write_taxonomy
from tests.support.standard_package import CORE, CORE_ENTRY, write_standard_package

OWN = Namespace(uri="http://acme.example.com/20241231", prefix="acme")
ROLE = "http://acme.example.com/role/Anchoring"


@report_item(label="Forest")
class Forest:
    wood: Money | None = concept(
        "StandingWood", balance="debit", wider=["core:Land", "other:Land"], label="Standing Wood", default=None
    )
    total: Money | None = concept("CashAndLand", balance="debit", narrower=("core:Cash", "core:Land"), default=None)
    either: Money | None = concept_choice(option("OwnLoans", balance="credit", wider="core:Loans"), default=None)
    at: Instant = period()


def profile(**more: object) -> Profile:
    core = StandardTaxonomy(prefix="core", namespace=CORE, schema=CORE_ENTRY, package="Standard 2024")
    return Profile(name="p", title="P", taxonomies={"core": core}, **more)  # type: ignore[arg-type]


def anchors(taxonomy: Taxonomy) -> set[tuple[str, str, str]]:
    return {
        (str(arc.source.local_name), str(arc.target.local_name), arc.role)
        for arc in taxonomy.relationships
        if arc.arcrole == WIDER_NARROWER
    }


EXPECTED = {
    ("Land", "StandingWood", ROLE),
    ("CashAndLand", "Cash", ROLE),
    ("CashAndLand", "Land", ROLE),
    ("Loans", "OwnLoans", ROLE),
}


def test_anchors_lead_from_wider_to_narrower_in_a_role_of_their_own() -> None:
    made = taxonomy_of(bind([Forest], OWN, profile()))
    assert anchors(made) == EXPECTED
    role = made.role(ROLE)
    assert role is not None
    assert [name.local_name for name in role.used_on] == ["definitionLink"]
    assert {arc.arcrole for arc in made.relationships if arc.role == ROLE} == {WIDER_NARROWER}


def test_without_a_standard_taxonomy_there_is_nothing_to_anchor_to() -> None:
    made = taxonomy_of(bind([Forest], OWN))
    assert anchors(made) == set()
    assert made.role(ROLE) is None


def test_the_linkbase_declares_the_arcrole_where_the_registry_has_it() -> None:
    files = write_taxonomy(taxonomy_of(bind([Forest], OWN, profile())), "acme-20241231")
    text = files["acme-20241231_def.xml"].decode()
    assert 'arcroleURI="http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"' in text
    assert 'href="http://www.xbrl.org/lrr/arcrole/esma-arcrole-2018-11-21.xsd#wider-narrower"' in text
    assert f'href="{CORE_ENTRY}#core_Land"' in text


def test_anchors_are_read_back(tmp_path: Path) -> None:
    made = taxonomy_of(bind([Forest], OWN, profile()))
    for name, data in write_taxonomy(made, "acme-20241231").items():
        (tmp_path / name).write_bytes(data)
    with read_taxonomy_package(write_standard_package(tmp_path / "standard.zip")) as package:
        read = load_taxonomy(["acme-20241231.xsd"], base=tmp_path, resolver=Resolver(catalogs=[package]))
    assert anchors(read) == EXPECTED
    own = {arc for arc in made.relationships if arc.arcrole == WIDER_NARROWER}
    assert {arc for arc in read.relationships if arc.arcrole == WIDER_NARROWER} == own
    assert read.network(WIDER_NARROWER, ROLE).to(OWN.name("StandingWood"))[0].source.local_name == "Land"


@pytest.mark.parametrize("name", ["Land", "core:", ":Land", "core:La nd", "http://x#Land"])
def test_an_anchor_is_a_qualified_name(name: str) -> None:
    with pytest.raises(DeclarationError, match="prefix:name"):
        concept("Wood", wider=[name])


def test_the_role_name() -> None:
    assert OWN.role(ROLE_NAME) == ROLE
