""""""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.model.datatypes import Facets
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.namespaces import LINK, XLINK, XSD
from exporter.taxonomy import Concept, Import, Label, Relationship, Taxonomy, TypedDomain, networks
from exporter.taxonomy import concepts as labels
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.strategies.taxonomies import NAMESPACE, ROLE, everything, own

pytestmark = pytest.mark.door("lxml")

XS = f"{{{XSD}}}"


def small(**more: object) -> Taxonomy:
    cash = Concept(
        qname=own("Cash"), datatype=standard_type("monetaryItemType"), period_type="instant", balance="debit"
    )
    return Taxonomy(**{"namespace": NAMESPACE, "prefix": "abc", "concepts": [cash], **more})  # type: ignore[arg-type]


def schema_of(taxonomy: Taxonomy) -> etree._Element:
    return etree.fromstring(write_taxonomy(taxonomy, "abc")["abc.xsd"])


def test_only_files_with_content_are_written() -> None:
    assert list(write_taxonomy(everything(), "abc-20050331")) == [
        "abc-20050331.xsd",
        "abc-20050331_lab.xml",
        "abc-20050331_pre.xml",
        "abc-20050331_def.xml",
        "abc-20050331_cal.xml",
        "abc-20050331_ref.xml",
    ]
    assert list(write_taxonomy(small(), "abc")) == ["abc.xsd"]


def test_the_schema_names_its_linkbases() -> None:
    refs = schema_of(small(labels=[Label(concept=own("Cash"), text="Cash")])).iter(f"{{{LINK}}}linkbaseRef")
    assert [(ref.get(f"{{{XLINK}}}href"), ref.get(f"{{{XLINK}}}role")) for ref in refs] == [
        ("abc_lab.xml", "http://www.xbrl.org/2003/role/labelLinkbaseRef")
    ]


def test_same_taxonomy_same_bytes() -> None:
    assert write_taxonomy(everything(), "abc") == write_taxonomy(everything(), "abc")


def test_only_what_is_used_is_imported_and_declared() -> None:
    schema = schema_of(small())
    assert [one.get("namespace") for one in schema.iter(XS + "import")] == ["http://www.xbrl.org/2003/instance"]
    assert set(schema.nsmap) == {"xs", "abc", "xbrli"}
    for data in write_taxonomy(everything(), "abc").values():
        text = data.decode()
        for prefix in etree.fromstring(data).nsmap:
            assert text.count(f"{prefix}:") > 1, prefix


def test_registered_label_roles_are_referred_to() -> None:
    presentation = etree.fromstring(write_taxonomy(everything(), "abc")["abc_pre.xml"])
    refs = {ref.get("roleURI"): ref.get(f"{{{XLINK}}}href") for ref in presentation.iter(f"{{{LINK}}}roleRef")}
    assert refs == {
        ROLE + "Balance": "abc.xsd#Balance",
        labels.NEGATED: "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd#negatedLabel",
    }


def test_no_arc_repeats_its_ends_within_a_link() -> None:
    for name, data in write_taxonomy(everything(), "abc").items():
        for link in etree.fromstring(data) if name != "abc.xsd" else ():
            ends = [(one.get(f"{{{XLINK}}}from"), one.get(f"{{{XLINK}}}to")) for one in link]
            joined = [pair for pair in ends if pair != (None, None)]
            assert len(joined) == len(set(joined))


def test_concepts_of_other_schemas_are_located_not_declared() -> None:
    other = QName("http://base.example/2024", "Assets", prefix="base")
    concept = Concept(
        qname=other,
        datatype=standard_type("monetaryItemType"),
        period_type="instant",
        schema="http://base.example/b.xsd",
    )
    arc = Relationship(arcrole=networks.PARENT_CHILD, source=other, target=own("Cash"))
    taxonomy = small(
        concepts=[*small().concepts, concept],
        relationships=[arc],
        imports=[Import(namespace=other.namespace, location="http://base.example/b.xsd")],
    )
    files = write_taxonomy(taxonomy, "abc")
    assert b'name="Assets"' not in files["abc.xsd"]
    assert b'schemaLocation="http://base.example/b.xsd"' in files["abc.xsd"]
    assert b'xlink:href="http://base.example/b.xsd#base_Assets"' in files["abc_pre.xml"]
    with pytest.raises(TaxonomyError, match="needs the schema that declares it"):
        write_taxonomy(evolve(taxonomy, concepts=[*small().concepts, evolve(concept, schema=None)]), "abc")


def test_a_chain_of_restrictions_is_kept() -> None:
    base = standard_type("stringItemType")
    chain = base.derive(own("codeType"), Facets(max_length=5)).derive(own("codeType"), Facets(pattern=("A.*",)))
    concept = Concept(qname=own("Code"), datatype=chain, period_type="duration")
    types = schema_of(small(concepts=[concept])).iter(XS + "complexType")
    assert [one.get("name") for one in types] == ["codeType.1", "codeType"]


_STRING = standard_type("stringItemType")
_LONG = Facets(max_length=9, min_inclusive=Decimal(1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: small(labels=[Label(concept=own("None"), text="x")]), "not declared"),
        (lambda: small(labels=[Label(concept=own("Cash"), text="x", role=ROLE + "label")]), "role .* not declared"),
        (lambda: small(labels=[Label(concept=own("Cash"), text="a\x00b")]), "cannot be written as XML"),
        (lambda: small(relationships=[_arc("http://own/arcrole")]), "arcrole .* not declared"),
        (lambda: small(relationships=[_arc(networks.SUMMATION_ITEM)]), "weight other than zero"),
        (lambda: small(relationships=[_arc(networks.SUMMATION_ITEM, weight=0)]), "weight other than zero"),
        (lambda: small(relationships=[_arc(networks.ALL)]), "segment or scenario"),
        (lambda: small(concepts=[Concept(qname=own("No Name"))]), "no XML name"),
        (lambda: small(concepts=[*small().concepts, *small().concepts]), "more than once"),
        (lambda: small(concepts=[Concept(qname=own("Cash"), period_type="instant")]), "needs a type"),
        (lambda: small(concepts=[_item(typed_domain_ref=own("None"))]), "typed domain"),
        (lambda: small(typed_domains=[TypedDomain(qname=own("D"))]), "simple type"),
        (lambda: small(prefix="a:b"), "prefix"),
        (lambda: small(concepts=[_item(datatype=evolve(_STRING, name=QName("http://x", "t")))]), "not imported"),
        (lambda: small(concepts=[_item(datatype=evolve(_STRING, name=own("t"), standard="no"))]), "no standard type"),
        (
            lambda: small(concepts=[_item(datatype=_STRING.derive(_STRING.name, _LONG).derive(_STRING.name, _LONG))]),
            "give it one",
        ),
    ],
)
def test_what_cannot_be_written_is_told(change: Callable[[], Taxonomy], message: str) -> None:
    with pytest.raises(TaxonomyError, match=message):
        write_taxonomy(change(), "abc")


def _item(**more: object) -> Concept:
    return Concept(**{"qname": own("A"), "datatype": _STRING, "period_type": "duration", **more})  # type: ignore[arg-type]


def _arc(arcrole: str, weight: int | None = None) -> Relationship:
    return Relationship(arcrole=arcrole, source=own("Cash"), target=own("Cash"), weight=weight)


def test_linkbases_may_stand_in_the_schema(tmp_path: Path) -> None:
    files = write_taxonomy(everything(), "abc", embedded=True)
    assert list(files) == ["abc.xsd"]
    schema = etree.fromstring(files["abc.xsd"])
    assert len(list(schema.iter(f"{{{LINK}}}linkbase"))) == 5
    assert not list(schema.iter(f"{{{LINK}}}linkbaseRef"))
    (tmp_path / "abc.xsd").write_bytes(files["abc.xsd"])
    assert load_taxonomy(["abc.xsd"], base=tmp_path) == everything()
    assert write_taxonomy(everything(), "abc", embedded=True) == files
    assert write_taxonomy(small(), "abc", embedded=True) == write_taxonomy(small(), "abc")
