from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.errors import ResolutionError
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver, Rewrite, file_url, is_local, local_path


class Shelf:
    """A catalog in memory."""

    def __init__(self, rewrites: dict[str, str], files: dict[str, bytes]) -> None:
        self.rewrites = tuple(Rewrite(start, prefix) for start, prefix in rewrites.items())
        self._files = files

    def read(self, path: str) -> bytes:
        return self._files[path]

    def __contains__(self, path: object) -> bool:
        return path in self._files


def test_the_longest_mapping_of_all_catalogs_wins() -> None:
    wide = Shelf({"http://a.example/": "wide/"}, {"wide/x/y.xsd": b"wide", "wide/z.xsd": b"z"})
    narrow = Shelf({"http://a.example/x/": "narrow/"}, {"narrow/y.xsd": b"narrow"})
    resolver = Resolver(catalogs=[wide, narrow])
    assert resolver.read("http://a.example/x/y.xsd") == b"narrow"
    assert resolver.read("http://a.example/z.xsd") == b"z"
    assert resolver.is_at_hand("http://a.example/z.xsd")
    assert not resolver.is_at_hand("http://a.example/x/z.xsd")


def test_mapped_but_missing_is_an_error_that_names_the_place() -> None:
    resolver = Resolver(catalogs=[Shelf({"http://a.example/": "in/"}, {})])
    with pytest.raises(ResolutionError, match=r"in/b\.xsd"):
        resolver.read("http://a.example/b.xsd")
    assert resolver.is_mapped("http://a.example/b.xsd")


def test_http_does_not_match_https() -> None:
    resolver = Resolver(catalogs=[Shelf({"http://a.example/": ""}, {"b": b"1"})])
    assert resolver.read("http://a.example/b") == b"1"
    with pytest.raises(ResolutionError, match="network"):
        resolver.read("https://a.example/b")


def test_escaped_names_are_found() -> None:
    resolver = Resolver(catalogs=[Shelf({"http://a.example/": "t/"}, {"t/a b.xsd": b"1", "t/c%20d.xsd": b"2"})])
    assert resolver.read("http://a.example/a%20b.xsd") == b"1"
    assert resolver.read("http://a.example/c%20d.xsd") == b"2"


def test_local_files_relative_to_the_referring_document(tmp_path: Path) -> None:
    (tmp_path / "deep dir").mkdir()
    (tmp_path / "deep dir" / "a#b.xsd").write_bytes(b"1")
    resolver = Resolver()
    start = file_url(tmp_path / "report.xbrl")
    url = resolver.absolute("deep%20dir/a%23b.xsd#frag", start)
    assert resolver.read(url) == b"1"
    assert resolver.absolute("../report.xbrl", url) == start
    assert local_path(start) == tmp_path / "report.xbrl"


def test_the_network_is_never_asked() -> None:
    for url in ("http://www.xbrl.org/x.xsd", "https://a.example/", "ftp://a.example/x", "file://other-host/x", "urn:x"):
        assert not is_local(url)
        with pytest.raises(ResolutionError, match="network"):
            Resolver().read(url)


def test_public_documents_do_not_reach_local_files() -> None:
    with pytest.raises(ResolutionError, match="refers to a local file"):
        Resolver().absolute("file:///etc/passwd", "http://a.example/a.xsd")


def test_roots_confine(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "a.xsd").write_bytes(b"1")
    (outside / "b.xsd").write_bytes(b"2")
    os.symlink(outside / "b.xsd", inside / "link.xsd")
    resolver = Resolver(roots=(inside,))
    assert resolver.read(file_url(inside / "a.xsd")) == b"1"
    for path in (outside / "b.xsd", inside / "link.xsd", inside / ".." / "out" / "b.xsd"):
        with pytest.raises(ResolutionError, match="outside"):
            resolver.read(file_url(path))
        assert not resolver.is_at_hand(file_url(path))


def test_only_regular_files_of_a_bearable_size(tmp_path: Path) -> None:
    with pytest.raises(ResolutionError, match="no such file"):
        Resolver().read(file_url(tmp_path / "none"))
    with pytest.raises(ResolutionError, match="no regular file"):
        Resolver().read(file_url(tmp_path))
    (tmp_path / "big").write_bytes(b"12345")
    with pytest.raises(ResolutionError, match="larger"):
        Resolver(limits=Limits(file_size=4)).read(file_url(tmp_path / "big"))


def test_malformed_urls_are_told() -> None:
    with pytest.raises(ResolutionError, match="no URL"):
        Resolver().absolute("http://[half", "file:///a")
