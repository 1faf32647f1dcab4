"""Reads tables of filing rules: those that come with this package, and files of one's own (TOML).

A file has a head (``schema``, ``name``, ``prefix``, ``title``, ``source``, and what `RuleTable` has beside the rules),
then ``[[cover]]`` and ``[[document]]`` entries. Every key is known: a misspelt one is an
error, not a rule that never fires.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from attrs import evolve, fields_dict

from exporter.errors import ProfileError, ReadError
from exporter.findings import Finding, Location, Severity, choice_hint, list_text
from exporter.profiles import RULE_TABLES as RULE_TABLES
from exporter.profiles.rules import CoverRule, DocumentRule, Level, PublishedRule, RuleTable
from exporter.profiles.toml import TableReader, TomlFile, Tree, is_pattern

SCHEMA: Final = "exporter-rules/1"
_INVALID: Final = "exporter:invalidRules"
_KEYS_OF_DOCUMENT: Final = fields_dict(DocumentRule).keys() - {"code", "parameters"}


def read_rule_table(name: str | Path) -> RuleTable:
    """The table of a name (`RULE_TABLES`), or of a TOML file.

    Raises:
        ProfileError: there is no such table, or the file is malformed; ``findings`` say where.
    """
    if isinstance(name, str) and name in RULE_TABLES:
        return _own_table(name)
    path = Path(name)
    if path.suffix.lower() != ".toml":
        fix = choice_hint(str(name), RULE_TABLES, f"choose {list_text(RULE_TABLES)}, or a file (.toml)")
        raise ProfileError(findings=[_refusal(str(name), f"no rules are called {str(name)!r}", fix)])
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(findings=[_refusal(str(path), f"the rules cannot be read: {error}")]) from error
    return parse_rule_table(text, file=str(path))


@cache
def _own_table(name: str) -> RuleTable:
    file = resources.files("exporter.profiles") / "data" / "rules" / f"{name}.toml"
    return parse_rule_table(file.read_text(encoding="utf-8"), file=f"{name}.toml")


def published_rules(name: str) -> tuple[PublishedRule, ...]:
    """The numbered rules that a regulator has published, for a table of this package; none where there is no list."""
    file = resources.files("exporter.profiles") / "data" / "rules" / f"{name}.published.tsv"
    if not file.is_file():
        return ()
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:])
    return tuple(PublishedRule(number=number, text=text, not_asked=reason) for number, text, reason in rows)


def parse_rule_table(text: str, *, file: str) -> RuleTable:
    """The table that TOML text writes.

    Raises:
        ProfileError: with a finding for everything that is wrong.
    """
    try:
        source = TomlFile(file, text, Path())
    except ReadError as error:
        raise ProfileError(findings=[evolve(finding, code=_INVALID) for finding in error.findings]) from error
    return _RuleReader(source, code=_INVALID).rule_table()


def _refusal(file: str, message: str, fix: str | None = None) -> Finding:
    return Finding(code=_INVALID, message=message, location=Location(file=file), fix=fix)


class _RuleReader(TableReader):
    """Makes a table of rules of a file."""

    def rule_table(self) -> RuleTable:
        tree = dict(self.source.tree)
        if (schema := tree.pop("schema", None)) != SCHEMA:
            self.error("/schema", _INVALID, f"schema is {SCHEMA!r}, got {schema!r}")
        prefix = str(tree.get("prefix"))
        cover = [self._cover(entry, pointer, prefix) for entry, pointer in self._entries(tree, "cover")]
        document = [self._document(entry, pointer, prefix) for entry, pointer in self._entries(tree, "document")]
        rules = {"cover_rules": tuple(filter(None, cover)), "document_rules": tuple(filter(None, document))}
        table = self.structure(tree, "", RuleTable, keys=("cover", "document"), **rules)
        if table is not None:
            for code in sorted({code for code in table.codes if table.codes.count(code) > 1}):
                self.error("", _INVALID, f"two rules have the code {code}", "give each its own name")
        self.log.raise_as(ProfileError)
        assert table is not None
        return table

    def _entries(self, tree: Tree, name: str) -> Iterator[tuple[Tree, str]]:
        entries = tree.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.error(f"/{name}", _INVALID, f"{name} is a list of tables: write [[{name}]]")
            return
        for number, entry in enumerate(entries):
            yield entry, f"/{name}/{number}"

    def _cover(self, entry: Tree, pointer: str, prefix: str) -> CoverRule | None:
        if "concepts" in entry:
            concepts = self.value(entry["concepts"], f"{pointer}/concepts", tuple[str, ...])
        elif "concept" in entry:
            concept = self.value(entry["concept"], f"{pointer}/concept", str)
            concepts = (concept,) if concept is not None else ()
        else:
            self.error(pointer, _INVALID, "concept is missing", "add concept, or concepts")
            concepts = ()
        if entry.get("level") == Level.CONDITIONAL and "when" not in entry and "each" not in entry:
            self.error(pointer, _INVALID, "a conditional rule says when it holds", "add when or each")
        usual = Severity.ERROR if entry.get("level") == Level.REQUIRED else Severity.WARNING
        given = self._given(entry, pointer, prefix, usual)
        return self.structure(
            entry, pointer, CoverRule, keys=("concept", "concepts", "severity"), concepts=concepts or (), **given
        )

    def _document(self, entry: Tree, pointer: str, prefix: str) -> DocumentRule | None:
        parameters = {name: value for name, value in entry.items() if name not in _KEYS_OF_DOCUMENT}
        for name, value in parameters.items():
            if name.endswith(("pattern", "patterns")):
                self.value(value, f"{pointer}/{name}", str if isinstance(value, str) else tuple[str, ...], is_pattern)
        given = self._given(entry, pointer, prefix, Severity.ERROR)
        return self.structure(
            entry, pointer, DocumentRule, keys=(*parameters, "severity"), parameters=parameters, **given
        )

    def _given(self, entry: Tree, pointer: str, prefix: str, severity: Severity) -> dict[str, Any]:
        """The code, and the usual severity of a rule that names none."""
        if entry.get("when", True) == {}:
            self.error(f"{pointer}/when", _INVALID, "when is a condition, got an empty table")
        number = f"{entry['number']}-" if "number" in entry else ""
        given: dict[str, Any] = {"code": f"{prefix}:{number}{entry.get('name')}"}
        return given if "severity" in entry else {**given, "severity": severity}
