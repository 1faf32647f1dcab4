"""Fetching public documents: from a server in this process, over plain http only because the tests say so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import ResolutionError
from exporter.resources.limits import Limits
from exporter.resources.online import OnlineDocuments
from exporter.resources.resolver import Resolver
from exporter.taxonomy.read.discovery import load_taxonomy

SCHEMA = (
    b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    b'targetNamespace="http://a.example.com/"><xs:import namespace="http://www.xbrl.org/2003/instance" '
    b'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/><xs:element name="A" id="a_A" '
    b'type="xbrli:stringItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/></xs:schema>'
)


class Handler(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/a.xsd":
            self._answer(SCHEMA)
        elif self.path == "/large":
            self._answer(bytes(5000))
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"short")
        else:
            self.send_error(404)

    def _answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Handler.asked = []
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    served.shutdown()
    served.server_close()


def online(folder: Path | None = None, **more: Any) -> OnlineDocuments:
    return OnlineDocuments(
        folder=folder, schemes=frozenset({"http", "https"}), hosts=frozenset({"127.0.0.1"}), timeout=5, **more
    )


def refusal(fetch: OnlineDocuments, url: str) -> str:
    with pytest.raises(ResolutionError) as caught:
        fetch(url)
    (finding,) = caught.value.findings
    assert finding.code == "exporter:notAtHand"
    return finding.message


def test_a_document_is_fetched_once_and_kept(server: str, tmp_path: Path) -> None:
    fetch = online(tmp_path / "cache")
    assert fetch(f"{server}/a.xsd") == fetch(f"{server}/a.xsd") == SCHEMA
    assert online(tmp_path / "cache")(f"{server}/a.xsd") == SCHEMA
    assert Handler.asked == ["/a.xsd"]
    assert online()(f"{server}/a.xsd") == SCHEMA
    assert Handler.asked == ["/a.xsd", "/a.xsd"]


def test_a_taxonomy_comes_over_the_network(server: str) -> None:
    resolver = Resolver(fetch=online())
    taxonomy = load_taxonomy([f"{server}/a.xsd"], base=f"{server}/report.xbrl", resolver=resolver)
    assert [concept.qname.local_name for concept in taxonomy.concepts] == ["A"]
    assert Handler.asked == ["/a.xsd"]  # the standard schemas are known
    assert resolver.identity(f"{server}/a.xsd")


def test_what_is_not_there_is_said_once(server: str) -> None:
    fetch = online()
    assert "answers 404" in refusal(fetch, f"{server}/none")
    assert "answers 404" in refusal(fetch, f"{server}/none")
    assert Handler.asked == ["/none"]
    assert "broke off" in refusal(fetch, f"{server}/cut")


def test_sizes_are_bounded(server: str) -> None:
    assert "larger than 1000 bytes" in refusal(online(limits=Limits(file_size=1000)), f"{server}/large")


def test_time_is_bounded(server: str) -> None:
    assert "within 0 seconds" in refusal(online(deadline=0), f"{server}/a.xsd")


def test_redirections_are_followed_to_public_hosts_only(server: str) -> None:
    fetch = online()
    assert fetch(f"{server}/to/{server}/a.xsd") == SCHEMA
    for target in ("file:///etc/passwd", "ftp://example.com/x", "http://127.0.0.2/x", "http://localhost/x", "data:,x"):
        assert refusal(fetch, f"{server}/to/{target}"), target
    loop = f"{server}/to/" + f"{server}/to/" * 8 + f"{server}/a.xsd"
    assert refusal(fetch, loop)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.com/a", "data:,a", "http://127.0.0.1/a", "https://[::1]/a",
        "https://10.0.0.1/a", "https://192.168.1.1/a", "https://169.254.169.254/latest", "https://localhost/a",
        "https://intranet/a", "https://user:secret@example.com/a", "https:///a", "https://printer.local/a",
    ],
)  # fmt: skip
def test_what_is_never_asked(url: str) -> None:
    assert refusal(OnlineDocuments(), url)


def test_http_addresses_are_asked_over_https() -> None:
    assert OnlineDocuments()._allowed("http://www.example.com/a?b#c") == "https://www.example.com/a?b#c"


def test_offline_nothing_is_asked(server: str) -> None:
    with pytest.raises(ResolutionError, match="nothing is fetched"):
        Resolver().read(f"{server}/a.xsd")
    assert Handler.asked == []
