"""What is written of a taxonomy is read back as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from lxml import etree

from exporter.taxonomy import Taxonomy
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.strategies.taxonomies import taxonomies


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(taxonomies())
def test_read_is_what_was_written(taxonomy: Taxonomy) -> None:
    files = write_taxonomy(taxonomy, "abc-20050331")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        read = load_taxonomy(["abc-20050331.xsd"], base=Path(folder))
    assert read == taxonomy
    assert {one.qname: one.id for one in read.concepts} == {one.qname: one.id for one in taxonomy.concepts}
    assert write_taxonomy(read, "abc-20050331") == files


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(taxonomies())
def test_every_file_is_well_formed_and_indented(taxonomy: Taxonomy) -> None:
    for data in write_taxonomy(taxonomy, "abc").values():
        root = etree.fromstring(data)
        assert data.endswith(b">\n")
        assert all("\n" in (child.tail or "") for child in root)
