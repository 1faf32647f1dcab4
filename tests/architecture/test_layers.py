"""Imports go down only, and each outside library has its doors."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "exporter"

# Highest first; rooms on one line do not know each other.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("batches", "testing"),
    ("operations",),
    ("page", "tagging"),
    ("formats",),
    ("filing",),
    ("disclosures",),
    ("items",),
    ("validation",),
    ("taxonomy", "profiles"),
    ("packages", "transformations"),
    ("sources", "model"),
    ("resources",),
    ("errors",),
    ("findings", "codes", "namespaces"),
)
HEIGHT = {room: -level for level, rooms in enumerate(LAYERS) for room in rooms}

# Which modules may import which outside library; a room's name stands for all its modules.
DOORS = {
    "attr": ("",),
    "attrs": ("",),
    "arelle": ("validation.arelle", "validation.arelle_worker"),
    "click": ("cli",),
    "distributed": ("batches.dask_engine",),
    "fsspec": ("batches.remote",),
    "pyarrow": ("batches.summary",),
    "hypothesis": ("testing",),
    "jsonschema": ("validation.json_schema",),
    "jsonschema_rs": ("validation.json_schema",),
    "markdown_it": ("disclosures.notes.markdown",),
    "lxml": (
        "resources.xml",
        "formats.inline_xbrl",
        "formats.oim",
        "formats.xbrl_xml",
        "packages",
        "tagging",
        "taxonomy",
        "validation.xml_schema",
    ),
    "jinja2": ("formats.inline_xbrl.write.theme", "page.review", "batches.summary"),
    "mcp": ("cli.mcp",),
    "markupsafe": ("formats.inline_xbrl.write.theme",),
    "matplotlib": ("page.charts",),
    "narwhals": ("model.selection", "sources.frames"),
    "openpyxl": ("operations.mark", "sources.xlsx"),
    "pytest": ("testing.plugin",),
    "re2": ("model.patterns",),
    "rich": ("cli.console",),
    "sqlalchemy": ("sources.sql",),
    "xlsxwriter": ("operations.workbook",),
    "yaml": ("sources.yaml",),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module a file imports, in function bodies and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.lineno, node.module or ""


def edges() -> dict[str, set[str]]:
    """For each module of the house the modules it imports anywhere: in function bodies and for type checkers too."""
    known = {dotted(path): path for path in modules()}
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        found[name] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                within = [f"{node.module}.{alias.name}" for alias in node.names]
                named = [each if _inside(each) in known else node.module or "" for each in within]
            else:
                continue
            found[name].update(_inside(each) for each in named if each.startswith("exporter."))
    return found


def _inside(name: str) -> str:
    return name.removeprefix("exporter.")


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The sets of modules that reach each other, each in alphabetical order."""
    reached = {name: _reached(graph, name) for name in graph}
    together = {
        tuple(sorted({name} | {other for other in others if name in reached[other]}))
        for name, others in reached.items()
        if name in others
    }
    return [list(each) for each in sorted(together)]


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph.get(name, ())
    return found


def room(name: str) -> str:
    return name.split(".")[0]


@pytest.mark.parametrize("path", [path for path in modules() if dotted(path)], ids=dotted)
def test_imports_go_down(path: Path) -> None:
    own = room(dotted(path))
    assert own in HEIGHT, f"{own} has no place in the table of layers"
    for line, name in imported(path):
        if not name.startswith("exporter"):
            continue
        assert name != "exporter", f"{path}:{line}: nothing inside imports the package root"
        other = room(name.removeprefix("exporter."))
        assert other == own or HEIGHT[other] < HEIGHT[own], f"{path}:{line}: {own} imports {name}"


# What a command needs: the verbs, the nouns that they take and give, and how the program meets the system.
OF_COMMANDS = ("cli", "batches", "operations", "filing", "model", "errors", "findings", "codes", "namespaces")
OF_THE_SYSTEM = ("resources.signals", "resources.streams")


@pytest.mark.parametrize("path", [path for path in modules() if room(dotted(path)) == "cli"], ids=dotted)
def test_commands_know_operations_only(path: Path) -> None:
    for line, name in imported(path):
        inside = _inside(name)
        known = not name.startswith("exporter.") or room(inside) in OF_COMMANDS or inside in OF_THE_SYSTEM
        assert known, f"{path}:{line}: a command imports {name}; give its operation what it needs"


@pytest.mark.parametrize("path", modules(), ids=lambda path: dotted(path) or "root")
def test_outside_libraries_have_their_doors(path: Path) -> None:
    own = dotted(path)
    for line, name in imported(path):
        library = room(name)
        if library == "exporter" or library in sys.stdlib_module_names:
            continue
        doors = DOORS.get(library)
        assert doors is not None, f"{path}:{line}: {library} has no door"
        open_to = any(door == "" or own == door or own.startswith(f"{door}.") for door in doors)
        assert open_to, f"{path}:{line}: {library} is imported outside {', '.join(doors)}"


def test_every_door_has_tests_that_run_with_other_versions() -> None:
    """``.ci/doors`` runs the tests so marked with the lowest and the newest versions of all libraries."""
    marked = {
        argument.value
        for path in PACKAGE.parent.glob("tests/**/test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "door"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }
    own_import = {"attr"}  # the old name of attrs
    assert set(DOORS) - own_import <= marked
    assert "cssselect" in marked  # by way of lxml


def test_no_modules_import_each_other_in_a_circle() -> None:
    """An import in a function body saves time at the start; it never hides that two modules need each other."""
    graph = edges()
    graph.pop("")  # the root names what is public, and is imported by nothing inside
    assert sum(map(len, graph.values())) > 1000
    assert circles(graph) == []


SYNTAXES = sorted(name for name in edges() if name.startswith("formats.") and name.count(".") > 1)
"""The modules of the syntaxes, such as ``formats.xbrl_csv.read.tables``."""


@pytest.mark.parametrize("name", SYNTAXES)
def test_reading_writing_and_checking_a_syntax_are_apart(name: str) -> None:
    """``check`` knows neither ``read`` nor ``write``, ``read`` knows no ``write``, and what they share knows none."""
    _, syntax, part, *_ = name.split(".")
    allowed = {"check": {"check"}, "read": {"check", "read"}, "write": {"check", "read", "write"}}.get(part, set())
    for target in edges()[name]:
        parts = target.split(".")
        if parts[:2] == ["formats", syntax] and len(parts) > 3 and parts[2] in ("check", "read", "write"):
            assert parts[2] in allowed, f"{name} imports {target}"


def test_packages_of_syntaxes_import_nothing() -> None:
    """Else each module of the syntax would load all of it, and import itself in a circle by way of its package."""
    for path in (PACKAGE / "formats").rglob("__init__.py"):
        assert not list(imported(path)), path


def test_circles_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": {"e"}, "f": {"g"}, "g": {"f", "a"}}
    assert circles(graph) == [["a", "b", "c"], ["e"], ["f", "g"]]


# Inside tagging: what is read of a document, what its text says, the search and the writing, the audit.
TAGGING = (("document",), ("text",), ("search", "write"), ("audit",))
STEP = {part: step for step, parts in enumerate(TAGGING) for part in parts}


@pytest.mark.parametrize("path", sorted((PACKAGE / "tagging").rglob("*.py")), ids=dotted)
def test_tagging_goes_from_the_document_to_the_audit(path: Path) -> None:
    name = dotted(path)
    if name == "tagging":
        return
    own = name.split(".")[1]
    assert own in STEP, f"{path}: tagging has the rooms {', '.join(STEP)}"
    for line, other in imported(path):
        if other.startswith("exporter.tagging."):
            part = other.split(".")[2]
            assert part == own or STEP[part] < STEP[own], f"{path}:{line}: {own} imports {other}"


def test_the_table_names_every_room() -> None:
    rooms = {entry.stem for entry in PACKAGE.iterdir() if entry.suffix == ".py" or (entry / "__init__.py").exists()}
    assert rooms - {"__init__"} <= set(HEIGHT)
