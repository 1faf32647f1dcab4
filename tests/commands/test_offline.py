"""No command opens a connection unless it is asked to."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from exporter.cli.main import _COMMANDS
from tests.support.inline_set import write_set
from tests.unit.cli.running import exporter

BASE = "iij-20050331"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was tried: every way to a connection is blocked, and noted."""
    tried: list[str] = []

    def blocked(name: str) -> object:
        def refuse(*_: object, **__: object) -> None:
            tried.append(name)
            raise OSError(f"blocked: {name}")

        return refuse

    for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
        monkeypatch.setattr(socket, name, blocked(name))
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, blocked(name), raising=False)
    return tried


def test_every_command_does_without_a_network(source: Path, folder: Path, tmp_path: Path, opened: list[str]) -> None:
    away = tmp_path / "away.json"  # a report whose taxonomy is not at hand
    away.write_text(
        (folder / f"{BASE}.json").read_text().replace(f'"{BASE}.xsd"', '"https://taxonomies.xbrl.org/a.xsd"')
    )
    pages = write_set(tmp_path / "set")
    out = tmp_path / "made"
    runs: dict[str, list[tuple[object, ...]]] = {
        "export": [("export", source, "-o", out), ("export", source, "-o", out, "--profile", "sec-us-gaap")],
        "convert": [
            ("convert", away, "-o", tmp_path / "a.xbrl"),
            ("convert", folder / f"{BASE}.xbri", "-o", tmp_path / "b.json"),
        ],
        "validate": [
            ("validate", away),
            ("validate", folder),
            ("validate", source),
            ("validate", *pages, "--document-set"),
        ],
        "diff": [("diff", away, folder), ("diff", source, folder / f"{BASE}.xbrl")],
        "facts": [("facts", away), ("facts", folder), ("facts", *pages), ("facts", folder / f"{BASE}.xbri")],
        "advise": [("advise", folder / f"{BASE}.xsd"), ("advise", source)],
        "concepts": [
            ("concepts", "deficit"),
            ("concepts", "deficit", "--taxonomy-package", folder / f"{BASE}-taxonomy.zip"),
        ],
        "tag": [
            ("tag", "--strip", folder / f"{BASE}.xhtml", "-o", tmp_path / "plain.xhtml"),
            ("tag", tmp_path / "plain.xhtml", "--items", source, "-o", tmp_path / "tagged.xhtml"),
        ],
        "roll-forward": [
            ("roll-forward", away, "--to-period", "2030-03-31", "-o", tmp_path / "away.yaml"),
            ("roll-forward", source, "--to-period", "2030-03-31", "-o", tmp_path / "next.yaml"),
        ],
        "review": [("review", away, "-o", tmp_path / "away.html"), ("review", source, "-o", tmp_path / "source.html")],
        "items": [("items",), ("items", "AccumulatedDeficit")],
        "profiles": [("profiles",), ("profiles", "sec-us-gaap")],
        "schema": [("schema",)],
        "batch": [("batch", f"{source.parent}/{source.stem}*", "-o", tmp_path / "many", "--workers", "0")],
        "taxonomies": [("taxonomies",)],
        "doctor": [("doctor",)],
        "mcp": [("mcp", "--root", tmp_path / "away")],  # with a folder it serves, and has its own test
        "template": [("template", "AccumulatedDeficit", "-o", tmp_path / "template.xlsx")],
        "init": [("init", "--form", "20-F", "-o", tmp_path / "init.yaml")],
    }
    assert runs.keys() == _COMMANDS.keys(), "every command is to be run here"
    for arguments in (each for one in runs.values() for each in one):
        outcome = exporter(*arguments)
        assert "internalError" not in outcome.err + outcome.out
        assert opened == [], f"exporter {' '.join(map(str, arguments))}"


def test_with_online_it_does_not(folder: Path, tmp_path: Path, opened: list[str]) -> None:
    """The block works: what asks for the network meets it."""
    away = tmp_path / "away.json"
    away.write_text(
        (folder / f"{BASE}.json").read_text().replace(f'"{BASE}.xsd"', '"https://taxonomies.xbrl.org/a.xsd"')
    )
    assert exporter("facts", away, "--online", "--no-cache", "--json").codes == ["exporter:taxonomyNotAtHand"]
    assert opened != []
