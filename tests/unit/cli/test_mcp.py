"""The tools of an agent, driven by the SDK's own client: as a process on standard input and output."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import SOURCE
from tests.unit.cli.running import ROOT, exporter
from tests.unit.cli.test_settings import OWN

mcp = pytest.importorskip("mcp")
pytestmark = pytest.mark.door("mcp")

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "filings"
    folder.mkdir()
    (folder / "report.yaml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "secret.yaml").write_text(SOURCE, encoding="utf-8")
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "linked").symlink_to(tmp_path)
    return folder


def talk(root: Path, conversation: Callable[[Any, Call], Coroutine[Any, Any, None]], *options: str) -> None:
    """Hold a conversation with a server of its own: ``call`` gives the plain answer of a tool."""
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "exporter", "mcp", "--root", root.name, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=root.parent,
    )

    async def main() -> None:
        async with mcp.Client(server, read_timeout_seconds=120) as client:

            async def call(tool: str, **arguments: Any) -> dict[str, Any]:
                result = await client.call_tool(tool, arguments)
                assert not result.is_error, result.content
                answer: dict[str, Any] = result.structured_content
                return answer

            await conversation(client, call)

    asyncio.run(main())


def codes(answer: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in answer["findings"]]


def test_an_agent_goes_from_items_to_facts(root: Path) -> None:
    async def conversation(client: Any, call: Call) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"list_items", "show_item", "validate", "export", "read_facts", "diff"}
        assert all(tool.description for tool in tools.values())
        assert tools["validate"].input_schema["required"] == ["file"]

        items = (await call("list_items"))["items"]
        assert {"AccumulatedDeficit", "OwnershipInterest"} <= {item["name"] for item in items}
        item = (await call("show_item", name="AccumulatedDeficit"))["item"]
        assert {"amount", "as_of"} <= {field["name"] for field in item["fields"]}

        assert await call("validate", file="report.yaml") == {"valid": True, "findings": [], "count_of_findings": 0}
        done = await call("export", file="report.yaml", folder="out")
        assert (done["items"], done["facts"]) == (2, 2)
        assert all((root / made["path"]).exists() for made in done["files"])

        facts = await call("read_facts", file="out/iij-20050331.xbrl", concept="*Deficit*")
        assert [fact["value"] for fact in facts["facts"]] == ["-34400000000"]
        first = await call("read_facts", file="report.yaml", limit=1)
        second = await call("read_facts", file="report.yaml", limit=1, offset=1)
        assert first["count"] == second["count"] == 2
        assert len(first["facts"]) == len(second["facts"]) == 1
        assert first["facts"] != second["facts"]

        (root / "next.yaml").write_text(SOURCE.replace("¥34.4 billion", "¥35.6 billion"), encoding="utf-8")
        changes = await call("diff", before="out/iij-20050331.xbrl", after="next.yaml")
        assert changes["counts"] == {"added": 0, "removed": 0, "changed": 1}
        assert changes["changed"][0]["after"]["value"] == "-35600000000"
        assert (await call("diff", before="report.yaml", after="out/iij-20050331.xbrl"))["equal"]

    talk(root, conversation)


def test_findings_are_those_of_the_command(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "wrong.yaml").write_text(SOURCE.replace("31.6%", "316%"), encoding="utf-8")
    monkeypatch.chdir(root)
    expected = exporter("validate", "wrong.yaml", "--json").json["findings"]
    assert expected

    async def conversation(client: Any, call: Call) -> None:
        answer = await call("validate", file="wrong.yaml")
        assert answer["findings"] == expected
        assert not answer["valid"]
        assert codes(await call("validate", file="report.yaml", rules=["form-20-f"]))
        assert codes(await call("export", file="wrong.yaml", folder="out")) == [f["code"] for f in expected]
        assert not (root / "out").exists()
        assert codes(await call("show_item", name="Nothing"))
        assert codes(await call("validate", file="away.yaml")) == ["exporter:unreadableFile"]

    talk(root, conversation)


def test_paths_outside_the_folder_are_refused(root: Path, tmp_path: Path) -> None:
    paths = ("../secret.yaml", str(tmp_path / "secret.yaml"), "link.yaml", "linked/secret.yaml", "a/../../secret.yaml")
    others = ("", ".", "-", "/dev/stdin", "file:///etc/passwd", "report.yaml\0")

    async def conversation(client: Any, call: Call) -> None:
        for path in (*paths, *others):
            for tool in ("validate", "read_facts"):
                assert codes(await call(tool, file=path)) == ["exporter:outsideFolder"], path
            assert codes(await call("export", file="report.yaml", folder=path)) == ["exporter:outsideFolder"], path
            assert codes(await call("diff", before="report.yaml", after=path)) == ["exporter:outsideFolder"], path
        for name in ("../ours.toml", "/etc/ours.toml"):
            assert codes(await call("validate", file="report.yaml", profile=name)) == ["exporter:outsideFolder"]
            assert codes(await call("validate", file="report.yaml", rules=[name])) == ["exporter:outsideFolder"]

    talk(root, conversation)


def test_what_files_name_outside_the_folder_is_not_opened(root: Path, tmp_path: Path) -> None:
    """A source or report may name files: tables, databases, profiles, schemas."""
    (tmp_path / "secret.csv").write_text("amount,as_of\nJPY 5 billion,2005-03-31\n", encoding="utf-8")
    with sqlite3.connect(tmp_path / "secret.db") as database:
        database.execute("create table deficits as select 'JPY 5 billion' as amount, '2005-03-31' as as_of")
    (tmp_path / "ours.toml").write_text('extends = "edinet"\ntitle = "SECRET"\n', encoding="utf-8")
    head = SOURCE.partition("items:")[0]
    table = "tables:\n  - {{type: AccumulatedDeficit, {}}}\n"
    sources = {
        "table.yaml": head + table.format("file: ../secret.csv"),
        "absolute.yaml": head + table.format(f"file: {tmp_path}/secret.csv"),
        "linked.yaml": head + table.format("file: linked/secret.csv"),
        "database.yaml": head + table.format(f"database: 'sqlite:///{tmp_path}/secret.db', table: deficits"),
        "profile.yaml": SOURCE.replace("filing: {", "filing: {profile: ../ours.toml, "),
    }
    for name, text in sources.items():
        (root / name).write_text(text, encoding="utf-8")
        assert exporter("validate", root / name).code == 0, name  # the command, which nobody confines, reads them

    async def conversation(client: Any, call: Call) -> None:
        for name in sources:
            answer = await call("read_facts", file=name)
            assert "facts" not in answer, name
            assert codes(answer), name
            assert "SECRET" not in str(answer)

    talk(root, conversation)


def test_items_of_ones_own_are_known(root: Path, tmp_path: Path) -> None:
    (tmp_path / "churn.py").write_text(OWN, encoding="utf-8")
    (root / "own.yaml").write_text(SOURCE + "  - {type: ChurnRate, as_of: 2005-03-31, share: 1.2%}\n", encoding="utf-8")

    async def conversation(client: Any, call: Call) -> None:
        assert "ChurnRate" in {item["name"] for item in (await call("list_items"))["items"]}
        assert (await call("show_item", name="ChurnRate"))["item"]["label"] == "Churn"
        assert (await call("read_facts", file="own.yaml", concept="*Churn*"))["count"] == 1

    talk(root, conversation, "--items-module", "churn.py")


def test_answers_are_bounded(root: Path) -> None:
    items = "".join(
        f"  - {{type: AccumulatedDeficit, amount: nonsense, as_of: {1000 + n}-03-31}}\n" for n in range(300)
    )
    (root / "many.yaml").write_text(SOURCE.partition("items:")[0] + "items:\n" + items, encoding="utf-8")
    long = (
        SOURCE
        + "  - {type: RiskFactor, ordinal: 1, over: {start: 2004-04-01, end: 2005-03-31}, heading: Risk, body: "
        + "word " * 2000
        + "}\n"
    )
    (root / "long.yaml").write_text(long, encoding="utf-8")

    async def conversation(client: Any, call: Call) -> None:
        answer = await call("validate", file="many.yaml")
        assert len(answer["findings"]) <= 200
        answer = await call("read_facts", file="long.yaml", limit=10**9)
        assert answer["findings"] == []
        facts = answer["facts"]
        assert max(len(fact["value"]) for fact in facts) <= 401

    talk(root, conversation)


def test_a_folder_is_needed(tmp_path: Path) -> None:
    done = exporter("mcp", "--root", tmp_path / "away")
    assert done.code == 2
    assert "there is no such folder" in done.err
