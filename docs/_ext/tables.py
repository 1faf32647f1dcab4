"""Directives that show what the package itself knows: codes of findings, report items, profiles.

Items and profiles come from the commands that list them, so that the site says what the commands say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

Cell = nodes.Node | str | None
_BOUND = {"field": 32, "concept": 45, "remark": 23}


def answer(*arguments: str) -> Any:
    """What a command prints with ``--json``."""
    from click.testing import CliRunner

    from exporter.cli.main import program

    done = CliRunner().invoke(program, [*arguments, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def literal(text: str, target: str | None = None) -> nodes.Node:
    """A text in typewriter letters; ``target`` is the fragment that leads to it."""
    node = nodes.literal(text, text)
    if target is not None:
        node["ids"] = [target]
    return node


def table(widths: Mapping[str, int], rows: Iterable[Sequence[Cell]]) -> nodes.table:
    """A table with the columns and relative widths given; cells hold a text, a node, or nothing."""
    columns = (nodes.colspec(colwidth=width) for width in widths.values())
    head, body = nodes.thead("", _row(list(widths))), nodes.tbody("", *map(_row, rows))
    return nodes.table("", nodes.tgroup("", *columns, head, body, cols=len(widths)), classes=["colwidths-given"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    contents = (nodes.Text(cell or "") if not isinstance(cell, nodes.Node) else cell for cell in cells)
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", content)) for content in contents))


class FindingCodes(SphinxDirective):
    """The package's own codes in alphabetical order."""

    def run(self) -> list[nodes.Node]:
        from exporter.codes import CODES

        codes = sorted(CODES.items(), key=lambda entry: entry[0].casefold())
        rows = ((literal(code, code.replace(":", "-")), meaning) for code, meaning in codes)
        return [table({"code": 35, "meaning": 65}, rows)]


class _Sections(SphinxDirective):
    """A directive that makes a section for each of several things."""

    def section(self, title: str, *content: nodes.Node) -> nodes.section:
        made = nodes.section("", nodes.title(title, title), *content, names=[nodes.fully_normalize_name(title)])
        self.state.document.note_implicit_target(made, made)
        return made


class ReportItems(_Sections):
    """The report items of the package: the fields of each with what they take and report, and an example."""

    def run(self) -> list[nodes.Node]:
        return [self._item(item["name"]) for item in answer("items")["items"]]

    def _item(self, name: str) -> nodes.Node:
        (item,) = answer("items", name)["items"]
        widths = {"field": 20, "given": 10, "takes": 35, "concept": 35}
        example = nodes.literal_block(item["example"], item["example"], language="yaml")
        parts: list[nodes.Node] = [nodes.paragraph("", nodes.Text(item["documentation"] or item["label"]))]
        parts += [table(widths, (row for field in item["fields"] for row in self._rows(field))), example]
        return self.section(name, *parts)

    def _rows(self, field: dict[str, Any]) -> Iterator[Sequence[Cell]]:
        takes = " or ".join(dict.fromkeys(field["takes"]))
        if field["values"]:
            takes = ", ".join(value["value"] for value in field["values"])
        first: tuple[Cell, ...] = (literal(field["name"]), "always" if field["required"] else "perhaps", takes)
        concepts = [literal(concept["name"]) for concept in field["concepts"]]
        for number, concept in enumerate(concepts or [None]):
            yield (*(first if number == 0 else ("", "", "")), concept)


class FilingRules(_Sections):
    """The numbered rules of regulators: what each asks, and under which codes, or why it is not asked."""

    def run(self) -> list[nodes.Node]:
        from exporter.profiles.read_rules import RULE_TABLES

        return [section for name in RULE_TABLES if (section := self._table(name)) is not None]

    def _table(self, name: str) -> nodes.section | None:
        from exporter.profiles.read_rules import published_rules, read_rule_table

        rules, codes = published_rules(name), dict[str | None, list[str]]()
        if not rules:
            return None
        rule_table = read_rule_table(name)
        for rule in rule_table.rules:
            codes.setdefault(rule.number, []).append(rule.code)
        needs = {rule.number: f"needs {rule.needs}" for rule in rule_table.elsewhere}
        applicable = [rule for rule in rules if not rule.not_asked]
        asked = sum(rule.number in codes for rule in applicable)
        text = f"{rule_table.source}. {asked} of {len(applicable)} numbers that apply are asked."
        rows = (
            (
                rule.number,
                rule.text,
                ", ".join(codes.get(rule.number, ())) or rule.not_asked or needs.get(rule.number, "not asked"),
            )
            for rule in rules
        )
        widths = {"number": 10, "rule": 50, "code, or why not": 40}
        return self.section(rule_table.title, nodes.paragraph("", nodes.Text(text)), table(widths, rows))


class Profiles(_Sections):
    """The profiles of the package: the standard concept of each field that has one."""

    def run(self) -> list[nodes.Node]:
        return [self._profile(profile) for profile in answer("profiles")["profiles"]]

    def _profile(self, listed: dict[str, Any]) -> nodes.Node:
        profile = answer("profiles", listed["name"])
        about = f"{listed['title']}. "
        if listed["releases"]:
            about += f"Releases: {', '.join(listed['releases'])}. "
        about += f"{listed['bound']} fields are bound to a standard concept, {listed['gaps']} have none."
        content: list[nodes.Node] = [nodes.paragraph("", nodes.Text(about))]
        bound = [row for row in profile["fields"] if row.get("concept")]
        for item, fields in groupby(bound, key=lambda row: str(row["item"])):
            content += [nodes.rubric("", "", nodes.Text(item)), table(_BOUND, map(self._row, fields))]
        return self.section(listed["name"], *content)

    def _row(self, field: dict[str, Any]) -> Sequence[Cell]:
        remarks = ["sign inverted" if field["sign"] == "inverted" else None, field["remark"]]
        return literal(field["field"]), literal(field["concept"]), ". ".join(filter(None, remarks))


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("finding-codes", FindingCodes)
    app.add_directive("report-items", ReportItems)
    app.add_directive("filing-rules", FilingRules)
    app.add_directive("profiles", Profiles)
    return {"parallel_read_safe": True}
