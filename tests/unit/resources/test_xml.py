"""The door for XML: what it refuses, and that it says where."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import iter_children, parse_xml, parsers_own

pytestmark = pytest.mark.door("lxml")

Door = Callable[..., object]
BOMB = (
    b'<?xml version="1.0"?>\n<!-- note -->\n<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">'
    b'<!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'
)


def whole(source: object, limits: Limits = DEFAULT_LIMITS) -> object:
    return parse_xml(source, limits, "n.xml")  # type: ignore[arg-type]


def streamed(source: object, limits: Limits = DEFAULT_LIMITS) -> object:
    return list(iter_children(source, limits, "n.xml"))  # type: ignore[arg-type]


doors = pytest.mark.parametrize("door", [whole, streamed])


def refused(door: Door, source: object, limits: Limits = DEFAULT_LIMITS) -> Finding:
    with pytest.raises(ReadError) as caught:
        door(source, limits)
    (finding,) = caught.value.findings
    assert finding.location.file == "n.xml"
    assert finding.fix
    return finding


@doors
@pytest.mark.parametrize(
    ("document", "line"),
    [
        (BOMB, 3),
        (b'\xef\xbb\xbf<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 1),
        ('<?xml version="1.0" encoding="utf-16"?>\n<!DOCTYPE a><a/>'.encode("utf-16"), 2),
        (b"<!--" + b" " * 100_000 + b"-->\n<!DOCTYPE a><a/>", 2),
    ],
)
def test_a_doctype_is_refused_wherever_it_stands(door: Door, document: bytes, line: int) -> None:
    finding = refused(door, document)
    assert (finding.code, finding.location.line) == ("exporter:doctypeRefused", line)


@doors
@pytest.mark.parametrize(
    ("document", "line"),
    [
        (b"", None),
        (b"<a>\n<b>\n</a>", 3),
        (b"<a>\n&x;</a>", 2),
        (b"<a>\xff</a>", 1),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', 1),
        (b"<a/><b/>", 1),
    ],
)
def test_what_is_not_well_formed_is_told_with_its_line(door: Door, document: bytes, line: int | None) -> None:
    finding = refused(door, document)
    assert finding.code == "exporter:malformedXml"
    assert finding.location.line == line


@doors
@pytest.mark.parametrize(
    ("document", "limits"),
    [
        (b"<a>" * 21 + b"</a>" * 21, Limits(depth=20)),
        (b"<a>" * 5000 + b"</a>" * 5000, Limits()),
        # What libxml2 bounds by itself, with other codes and words in each version:
        (b"<a>" * 258 + b"</a>" * 258, parsers_own(Limits())),
        (b"<a>" + b"x" * 10_000_001 + b"</a>", parsers_own(Limits())),
        (b"<a b='" + b"x" * 10_000_001 + b"'/>", parsers_own(Limits())),
        (b"<a><![CDATA[" + b"x" * 10_000_001 + b"]]></a>", parsers_own(Limits())),
        (b"<a><!--" + b"x" * 10_000_001 + b"--></a>", parsers_own(Limits())),
        (b"<" + b"x" * 60_000 + b"/>", parsers_own(Limits())),
        (b"<a><b>" + b"x" * 101_000 + b"</b></a>", Limits(text_size=100_000)),
        (b"<a><b c='" + b"x" * 101_000 + b"'/></a>", Limits(text_size=100_000)),
        (b"<!--" + b"x" * 201_000 + b"--><a/>", Limits(text_size=100_000)),
        (b"<a>" + b"x" * 100 + b"</a>", Limits(file_size=100)),
    ],
)
def test_limits_hold(door: Door, document: bytes, limits: Limits) -> None:
    assert refused(door, document, limits).code == "exporter:limitExceeded"


@doors
def test_what_is_just_within_the_limits_is_read(door: Door) -> None:
    assert door(b"<a>" * 20 + b"</a>" * 20, Limits(depth=20))
    assert door(b"<a><b>" + b"x" * 11_000_000 + b"</b></a>")


@doors
def test_an_absent_file_is_told(door: Door, tmp_path: Path) -> None:
    assert refused(door, tmp_path / "none.xml").code == "exporter:unreadableFile"


def test_paths_bytes_and_streams_give_the_same(tmp_path: Path) -> None:
    document = b"<a><!-- c --><b>1<?p?>2</b></a>"
    path = tmp_path / "a.xml"
    path.write_bytes(document)
    for source in (path, document, io.BytesIO(document)):
        tree = parse_xml(source)
        assert etree.tostring(tree) == b"<a><b>12</b></a>"
    assert etree.tostring(parse_xml(document, keep_comments=True)) == document


def test_children_come_one_by_one_and_leave_the_tree() -> None:
    children = iter_children(b"<a x='1'><b><c/></b>text<d/></a>")
    root = next(children)
    assert (root.tag, root.get("x")) == ("a", "1")
    assert [(child.tag, len(child)) for child in children] == [("b", 1), ("d", 0)]
    many = iter_children(b"<a>" + b"<b>text</b>" * 20_000 + b"</a>")
    root = next(many)
    assert max(len(root) for _ in many) < 10_000


def test_a_limit_on_text_holds_late_in_a_stream() -> None:
    document = b"<a>" + b"<b>xxxxxxxxxx</b>" * 20_000 + b"<c>" + b"x" * 300_000 + b"</c></a>"
    with pytest.raises(ReadError, match="limitExceeded"):
        list(iter_children(document, Limits(text_size=200_000)))
    assert len(list(iter_children(document, Limits(text_size=300_000)))) == 20_002


def test_faults_after_good_children_are_told() -> None:
    children = iter_children(b"<a><b/>\n<c></a>", name="n.xml")
    assert [next(children).tag, next(children).tag] == ["a", "b"]
    with pytest.raises(ReadError, match=r"n\.xml:2"):
        list(children)


def test_a_prefix_without_a_namespace_is_refused_before_anybody_meets_its_name() -> None:
    document = b'<a xmlns:y="u">\n<y:b/><x:c y:d="1"/></a>'
    for read in (parse_xml, lambda source: list(iter_children(source))):
        with pytest.raises(ReadError) as caught:
            read(document)
        (finding,) = caught.value.findings
        assert (finding.code, finding.location.line) == ("exporter:malformedXml", 2)
        assert "x" in finding.message


@pytest.mark.parametrize("namespace", ["http:{http://a}b", "a}b", "{", "a b"])
def test_a_namespace_that_is_no_uri_is_refused_before_anybody_takes_a_name_apart(namespace: str) -> None:
    content = f"<a xmlns:x='{namespace}'><x:b/><c/></a>".encode()
    assert refused(whole, content).code == "exporter:malformedXml"
    children = iter_children(content, name="n.xml")
    with pytest.raises(ReadError) as caught:
        next(children)
    assert caught.value.findings[0].code == "exporter:malformedXml"
