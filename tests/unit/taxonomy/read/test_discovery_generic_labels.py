"""Generic labels of concepts are labels of theirs; those of anything else are none."""

from __future__ import annotations

from pathlib import Path

from exporter.taxonomy.concepts import STANDARD, VERBOSE, Label
from exporter.taxonomy.networks import ELEMENT_LABEL
from exporter.taxonomy.read.discovery import load_taxonomy
from tests.unit.validation.taxonomy.test_links_generic import HINTS, LABEL, LINKBASE, SCHEMA

ROLE = (
    '<link:roleType id="own" roleURI="http://example.com/own"><link:definition>own</link:definition>'
    "<link:usedOn>link:presentationLink</link:usedOn></link:roleType>"
)


def labels(folder: Path, linkbase: str, schema: str = SCHEMA) -> list[Label]:
    (folder / "t.xsd").write_text(schema)
    (folder / "l.xml").write_text(linkbase)
    return list(load_taxonomy(["t.xsd"], base=folder).labels)


def test_a_concept_has_them(tmp_path: Path) -> None:
    linkbase = LINKBASE.format(hints=HINTS, resource=LABEL, kind="label")
    (label,) = labels(tmp_path, linkbase)
    assert (label.concept.local_name, label.text, label.language) == ("Cash", "Cash in hand", "en")
    assert label.role == STANDARD
    (verbose,) = labels(tmp_path, linkbase.replace("2008/role/label", "2008/role/verboseLabel"))
    assert verbose.role == VERBOSE


def test_a_prohibited_one_is_none(tmp_path: Path) -> None:
    linkbase = LINKBASE.format(hints=HINTS, resource=LABEL, kind="label")
    arc = f'<gen:arc xlink:type="arc" xlink:arcrole="{ELEMENT_LABEL}"'
    assert arc in linkbase
    assert labels(tmp_path, linkbase.replace(arc, f'{arc} use="prohibited"')) == []


def test_a_role_has_one_that_is_no_concepts(tmp_path: Path) -> None:
    linkbase = LINKBASE.format(hints=HINTS, resource=LABEL, kind="label").replace("#t_Cash", "#own")
    assert labels(tmp_path, linkbase, SCHEMA.replace("<xs:appinfo>", f"<xs:appinfo>{ROLE}")) == []
