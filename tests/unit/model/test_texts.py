from __future__ import annotations

import pytest
from lxml import etree

from exporter.model.texts import first_not_in_xml, is_namespace_uri


@pytest.mark.parametrize(
    "uri",
    [
        "http://e.com/2005",
        "urn:x:y",
        "http://[::1]/x",
        "mailto:a@b",
        "x:y",
        "http://u:p@e.com:80/a?b=c?d",
        "http://e.com",
        "http://e.com/%20",
        "tag:e.com,2005:x",
        "http://e.com/(a)",
    ],
)
def test_namespaces(uri: str) -> None:
    assert is_namespace_uri(uri)
    etree.Element("a", nsmap={"p": uri})  # libxml2 agrees


@pytest.mark.parametrize(
    "uri",
    [
        "http://e.com/%",
        "http://e.com/%4",
        "http://%",
        "http://[",
        "http://e.com/[1]",
        "http://e.com:port/",
        "%",
        "foo",
        "http://e.com/¥",
        "http://e.com/\u202e",
        "http://e.com/\x01",
        "http://e.com/a b",
        "http://e.com/#x",
        "",
        ":x",
        "http://e.com/\ufdd0",
        "http://e.com/?q=[]",
        "x:",
        "http://e.com/\n",
    ],
)
def test_what_is_no_namespace(uri: str) -> None:
    assert not is_namespace_uri(uri)


def test_long_uris_take_no_time() -> None:
    assert not is_namespace_uri("http:" + "a" * 200_000 + "\n")
    assert not is_namespace_uri("http://" + "a@" * 100_000)
    assert not is_namespace_uri("http://" + "%20" * 100_000 + "%")


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_cannot_carry(character: str) -> None:
    assert first_not_in_xml(f"a{character}b") == f"U+{ord(character):04X}"


def test_characters_that_xml_can_carry() -> None:
    assert first_not_in_xml("\t\n\r a\x7f\x85\u202e\ufdd0\U0010ffff") is None
