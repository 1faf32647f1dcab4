"""Every disclosure class: items to facts and back, to items JSON and back, for any valid item."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.disclosures import DISCLOSURES
from exporter.items.bind import bind
from exporter.items.document import ItemsDocument
from exporter.items.from_facts import derive_items
from exporter.items.from_tree import ItemStructurer
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.items.to_facts import derive_report
from exporter.items.tree_values import DOCUMENT_TYPE, header_to_plain, item_to_plain
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from tests.strategies.disclosures import ITEMS, TABLES, distinct, items, items_and_tables, read_back
from tests.support.items import members, same

few = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
some = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def document(*items: Any) -> ItemsDocument:
    return ItemsDocument(
        entity=Entity.cik(1090633), items=items, period_end=Instant("2005-03-31"), prefix="iij", title=None
    )


OWN = document().own_namespace
BINDINGS = bind(DISCLOSURES, OWN)
VOCABULARY = taxonomy_of(BINDINGS).vocabulary("x.xsd")


def back_from_facts(*items: Any) -> Any:
    derived = derive_report(document(*items), schema="x.xsd", vocabulary=VOCABULARY, bindings=BINDINGS)
    assert derived.findings == ()
    back = derive_items(derived.report, BINDINGS)
    assert back.findings == ()
    assert back.unbound == ()
    return back.items


@pytest.mark.parametrize("cls", ITEMS, ids=lambda cls: cls.__name__)
@few
@given(st.data())
def test_an_item_to_facts_and_back(cls: type[Any], data: st.DataObject) -> None:
    item = data.draw(ITEMS[cls])
    assert same(back_from_facts(item), [item])


@pytest.mark.parametrize("cls", TABLES, ids=lambda cls: cls.__name__)
@few
@given(st.data())
def test_a_table_comes_back(cls: type[Any], data: st.DataObject) -> None:
    table = data.draw(TABLES[cls])
    assert same(back_from_facts(table), read_back(table))


@some
@given(items_and_tables)
def test_an_item_to_items_json_and_back(item: Any) -> None:
    tree = {"schema": DOCUMENT_TYPE, "filing": header_to_plain(document(item)), "items": [item_to_plain(item)]}
    structurer = ItemStructurer.of(DISCLOSURES)
    back = structurer.document(tree)
    assert structurer.findings == []
    assert back is not None
    assert list(back.items) == [item]


@some
@given(items_and_tables)
def test_an_item_makes_the_same_bytes_twice(item: Any) -> None:
    from exporter.formats.items_json import write

    first, second = BytesIO(), BytesIO()
    write(document(item), first)
    write(document(item), second)
    assert first.getvalue() == second.getvalue()


@some
@given(distinct(items, max_size=5))
def test_items_side_by_side_to_facts_and_back(found: list[Any]) -> None:
    """Rows of one kind come back in their table, which has the same items."""
    assert same(members(back_from_facts(*found)), members(found))
