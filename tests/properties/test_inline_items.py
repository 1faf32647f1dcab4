"""Items to the page of a filing as Inline XBRL, and back: whatever is declared, nothing is lost on the page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exporter.filing import Filing
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import ReadOptions, WriteContext
from exporter.items.document import ItemsDocument
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.model.report import Report
from exporter.operations.to_items import to_items
from exporter.page.compose import facts_placed
from exporter.page.filing_page import filing_page
from exporter.resources.targets import StreamTarget
from tests.strategies.disclosures import ITEMS, TABLES
from tests.strategies.disclosures import read_back as as_read
from tests.strategies.item_classes import documents
from tests.support.items import same

# Without shrinking, which takes minutes here.
generated = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
generously = settings(generated, max_examples=40)
few = settings(generated, max_examples=4)


def written(filing: Filing) -> bytes:
    derived = filing.derived
    assert derived.findings == ()
    page = filing_page(filing, derived)
    assert facts_placed(page.blocks) == {fact.id for fact in derived.report.facts}
    stream = BytesIO()
    write(derived.report, StreamTarget(stream), WriteContext(page=lambda _: page))
    return stream.getvalue()


def read_back(data: bytes, filing: Filing) -> Report:
    options = ReadOptions(load_vocabulary=lambda _: filing.derived.report.vocabulary)
    return read(BytesIO(data), options)


@generously
@given(documents(), st.sampled_from(["en", "ja", "de"]))
def test_made_up_items_come_back_from_the_page(
    made: tuple[ItemsDocument, tuple[type[Any], ...]], language: str
) -> None:
    document, classes = made
    if not document.items:
        return
    filing = Filing.of(evolve(document, language=language))
    data = written(filing)
    assert data == written(Filing.of(evolve(document, language=language)))
    back = read_back(data, filing)
    assert back == filing.derived.report
    if language != "ja":  # in Japanese, notes said to be in Japanese come back as notes in the filing's own language
        items = to_items(back, classes, namespace=filing.namespace, language=language)
        assert same(items, filing.items)


def of_disclosures(*items: Any, language: str = "en") -> Filing:
    document = ItemsDocument(
        entity=Entity.cik(1090633), items=items, period_end=Instant("2005-03-31"), prefix="iij", language=language
    )
    return Filing.of(document)


@pytest.mark.parametrize("cls", ITEMS, ids=lambda cls: cls.__name__)
@few
@given(st.data())
def test_a_disclosure_comes_back_from_the_page(cls: type[Any], data: st.DataObject) -> None:
    item = data.draw(ITEMS[cls])
    filing = of_disclosures(item)
    back = read_back(written(filing), filing)
    assert back == filing.derived.report
    assert same(to_items(back, namespace=filing.namespace), [item])
    japanese = of_disclosures(item, language="ja")
    assert read_back(written(japanese), japanese) == japanese.derived.report


@pytest.mark.parametrize("cls", TABLES, ids=lambda cls: cls.__name__)
@few
@given(st.data())
def test_a_table_comes_back_from_the_page(cls: type[Any], data: st.DataObject) -> None:
    table = data.draw(TABLES[cls])
    filing = of_disclosures(table)
    back = read_back(written(filing), filing)
    assert back == filing.derived.report
    assert same(to_items(back, namespace=filing.namespace), as_read(table))
