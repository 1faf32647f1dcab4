"""Documents and their elements: what the tree of a page gives up while it is parsed, and what stays known."""

from __future__ import annotations

import gc

import pytest
from lxml import etree

from exporter.findings import Location
from exporter.formats.inline_xbrl.document_set import DocumentElement, load_documents, place_of
from exporter.formats.inline_xbrl.read.inline_set import load_set
from exporter.formats.inline_xbrl.read.report import read_target
from exporter.formats.options import InlineFile, ReadOptions
from tests.unit.formats.inline_xbrl.documents import document, number, text

LONG = "x" * 10_001
pytestmark = pytest.mark.door("lxml")


def nodes(body: str) -> dict[str, DocumentElement]:
    found = load_documents([InlineFile("a.htm", document(body))])
    return {node.id or "": node for node in found.facts}


def elements_of(root_id: str) -> list[etree._Element]:
    """The elements of a document that something still holds."""
    gc.collect()
    elements = [thing for thing in gc.get_objects() if isinstance(thing, etree._Element)]
    return [element for element in elements if element.getroottree().getroot().get("id") == root_id]


def test_the_tree_gives_up_the_attributes_of_facts_with_text_only() -> None:
    node = nodes(number("12", 'id="a" scale="3"'))["a"]
    assert not node.element.attrib
    assert dict(node.attributes.items()) == {
        "name": "t:Sales",
        "contextRef": "c",
        "unitRef": "eur",
        "decimals": "0",
        "id": "a",
        "scale": "3",
    }
    assert (node.get("scale"), node.get("sign"), node.get("sign", "+")) == ("3", None, "+")
    assert place_of(DocumentElement(node.element, node.document)) == Location(file="a.htm", line=node.line, fact="a")


@pytest.mark.parametrize(
    "body",
    [
        number("<b>1</b>", 'id="a"'),
        text("x", 'id="a" style="color: red"'),
        text("x", f'id="a" format="ixt:{LONG}"'),
    ],
)
def test_attributes_stay_where_something_may_look_for_them_in_the_tree(body: str) -> None:
    assert nodes(body)["a"].element.get("id") == "a"


def test_numbers_inside_each_other_keep_theirs_to_be_compared() -> None:
    found = nodes(number(number("1", 'id="inner"'), 'id="outer"'))
    assert found["inner"].element.get("unitRef") == found["outer"].element.get("unitRef") == "eur"


def test_a_released_set_keeps_attributes_and_lines_and_lets_the_tree_go() -> None:
    inline = load_set([InlineFile("a.htm", document(number("1", 'id="a"') + "<p>x</p>"))])
    reading = read_target(inline, inline.targets[0], ReadOptions(), with_instance=True)
    (node,) = inline.document_set.facts
    location, name, attributes = place_of(node), node.name, dict(node.attributes.items())
    inline.document_set.documents[0].root.set("id", "this-page")
    assert elements_of("this-page")
    assert reading.instance is not None
    reading.instance.release()
    inline.release()
    assert not elements_of("this-page")
    assert (place_of(node), node.name, dict(node.attributes.items())) == (location, name, attributes)
    assert b"<t:Sales" in reading.instance.close()


def test_the_instance_tells_which_element_a_line_comes_from() -> None:
    body = number("1", 'id="a"') + text("two\nlines", 'id="b"') + number("3", 'id="c3"')
    inline = load_set([InlineFile("a.htm", document(body))])
    instance = read_target(inline, inline.targets[0], ReadOptions(), with_instance=True).instance
    assert instance is not None
    lines = instance.close().decode().split("\n")
    ids = [node and node.id for node in map(instance.node_at, range(1, len(lines) + 1))]
    for id_, start in (("a", "<t:Sales"), ("b", "<t:Name"), ("c3", "<t:Sales")):
        at = ids.index(id_)
        assert lines[at].startswith(start)
        assert f'id="{id_}"' in lines[at]
    assert instance.node_at(0) is None


def test_no_instance_is_kept_unless_it_is_asked_for() -> None:
    inline = load_set([InlineFile("a.htm", document(number("1")))])
    assert read_target(inline, inline.targets[0], ReadOptions()).instance is None
