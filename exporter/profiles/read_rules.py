"""Reading tables of filing rules: those that come with this package, and files of one's own (TOML).

A file has a head (``schema``, ``name``, ``prefix``, ``title``, ``source``, and what `RuleTable` has beside the rules),
then ``[[cover]]`` and ``[[document]]`` entries. Every key is known: a misspelt one is an
error, not a rule that never fires.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from exporter.errors import ProfileError
from exporter.findings import Finding, Location, Severity, choice_hint, list_text
from exporter.profiles.rules import NEEDS, Condition, CoverRule, Cut, DocumentRule, Level, RuleTable, ValueRule

SCHEMA: Final = "exporter-rules/1"
RULE_TABLES: Final = ("edinet", "esef", "form-20-f")
"""The tables of this package."""

_HEAD: Final = frozenset(
    {"schema", "name", "prefix", "title", "source", "forms", "standard", "cover_namespace", "form_concept"}
    | {"period_concept", "cover", "document"}
)
_RULE: Final = frozenset({"name", "number", "severity", "when", "message", "fix"})
_COVER: Final = _RULE | {"concept", "concepts", "level", "need", "value", "each", "divided", "within", "instant"}
_DOCUMENT: Final = _RULE | {"kind"}
_CONDITION: Final = frozenset({"concept", "values", "forms", "every", "some", "none"})
_VALUE: Final = frozenset({"pattern", "one_of", "aliases", "equals"})
_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]*")
_DEFAULT_SEVERITY: Final = {Level.REQUIRED: Severity.ERROR}


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
        raise ProfileError(findings=[_fault(str(name), f"no rules are called {str(name)!r}", fix)])
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(findings=[_fault(str(path), f"the rules cannot be read: {error}")]) from error
    return parse_rule_table(text, file=str(path))


@cache
def _own_table(name: str) -> RuleTable:
    file = resources.files("exporter.profiles") / "data" / "rules" / f"{name}.toml"
    return parse_rule_table(file.read_text(encoding="utf-8"), file=f"{name}.toml")


def parse_rule_table(text: str, *, file: str) -> RuleTable:
    """The table that TOML text writes.

    Raises:
        ProfileError: with a finding for everything that is wrong.
    """
    try:
        document = tomllib.loads(text)
    except RecursionError as error:
        raise ProfileError(findings=[_fault(file, "not well-formed TOML: its arrays are nested too deeply")]) from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(findings=[_fault(file, f"not well-formed TOML: {error}")]) from error
    return _Parser(file).table(document)


def _fault(file: str, message: str, fix: str | None = None) -> Finding:
    return Finding(code="exporter:invalidRules", message=message, location=Location(file=file), fix=fix)


@define(eq=False)
class _Parser:
    """Reads one table and gathers what is wrong with it."""

    file: str
    findings: list[Finding] = field(factory=list, init=False)
    _place: str = field(default="the head", init=False)
    _prefix: str = field(default="", init=False)

    def table(self, document: Mapping[str, Any]) -> RuleTable:
        self._keys(document, _HEAD)
        if document.get("schema") != SCHEMA:
            self._add(f"schema is {SCHEMA!r}, got {document.get('schema')!r}")
        self._prefix = self._text(document, "prefix") or "rules"
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self._prefix):
            self._add(f"a prefix is a word in lower case, got {self._prefix!r}")
        head = {name: self._text(document, name) or "" for name in ("name", "title", "source")}
        optional = {
            name: self._text(document, name)
            for name in ("form_concept", "period_concept", "cover_namespace")
            if name in document
        }
        lists = {name: self._texts(document, name) for name in ("forms", "standard")}
        self._patterns(*lists["standard"], optional.get("cover_namespace"))
        cover = tuple(self._cover(entry) for entry in self._entries(document, "cover"))
        others = tuple(self._document(entry) for entry in self._entries(document, "document"))
        self._unique([rule.code for rule in (*cover, *others)])
        if self.findings:
            raise ProfileError(findings=self.findings)
        parts: dict[str, Any] = {**head, **optional, **lists}
        return RuleTable(prefix=self._prefix, cover_rules=cover, document_rules=others, **parts)

    # Rules

    def _common(self, entry: Mapping[str, Any], severity: Severity) -> dict[str, Any]:
        name, number = self._text(entry, "name") or "", self._text(entry, "number", needed=False)
        if not _NAME.fullmatch(name):
            self._add(f"a rule's name is in capitalised words, letters and digits only, got {name!r}")
        stated = self._text(entry, "severity", needed=False)
        if stated is not None and stated not in list(Severity):
            self._add(f"severity is error, warning or info, got {stated!r}")
        return {
            "code": f"{self._prefix}:{number + '-' if number else ''}{name}",
            "name": name,
            "number": number,
            "severity": Severity(stated) if stated in list(Severity) else severity,
            "when": self._condition(entry["when"]) if "when" in entry else None,
            "message": self._text(entry, "message", needed=False),
            "fix": self._text(entry, "fix", needed=False),
        }

    def _cover(self, entry: Mapping[str, Any]) -> CoverRule:
        self._keys(entry, _COVER)
        level = self._text(entry, "level") or "optional"
        if level not in list(Level):
            self._add(f"level is one of {list_text(Level)}, got {level!r}")
            level = "optional"
        need = self._text(entry, "need", needed=False) or "any"
        if need not in NEEDS:
            self._add(f"need is one of {list_text(NEEDS)}, got {need!r}")
        concepts = self._texts(entry, "concepts") or tuple(filter(None, [self._text(entry, "concept")]))
        common = self._common(entry, _DEFAULT_SEVERITY.get(Level(level), Severity.WARNING))
        if level == Level.CONDITIONAL and "when" not in entry and "each" not in entry:
            self._add("a conditional rule says when it holds")
        within = entry.get("within")
        return CoverRule(
            **common,
            concepts=concepts,
            level=Level(level),
            need=need,  # type: ignore[arg-type]
            value=self._value(entry["value"]) if "value" in entry else None,
            each=self._text(entry, "each", needed=False),
            divided=self._flag(entry, "divided"),
            within=Cut(axis=str(within.get("axis")), member=str(within.get("member"))) if within else None,
            instant=self._flag(entry, "instant"),
        )

    def _document(self, entry: Mapping[str, Any]) -> DocumentRule:
        parameters = {name: value for name, value in entry.items() if name not in _DOCUMENT}
        for name, value in parameters.items():
            if name.endswith(("pattern", "patterns")):
                self._patterns(*([value] if isinstance(value, str) else value))
        common = self._common(entry, Severity.ERROR)
        return DocumentRule(**common, kind=self._text(entry, "kind") or "", parameters=parameters)

    def _condition(self, entry: Any) -> Condition:
        if not isinstance(entry, Mapping) or not entry:
            self._add(f"a condition is a table, got {entry!r}")
            return Condition()
        self._keys(entry, _CONDITION)
        parts = {
            name: tuple(self._condition(each) for each in entry.get(name, ())) for name in ("every", "some", "none")
        }
        return Condition(
            concept=self._text(entry, "concept", needed=False),
            values=self._texts(entry, "values"),
            forms=self._texts(entry, "forms"),
            **parts,
        )

    def _value(self, entry: Any) -> ValueRule | None:
        if not isinstance(entry, Mapping):
            self._add(f"value is a table, got {entry!r}")
            return None
        self._keys(entry, _VALUE)
        self._patterns(entry.get("pattern"))
        equals = entry.get("equals")
        if equals not in (None, "period_end", "entity", "fiscal_year_end"):
            self._add(f"equals is period_end, entity or fiscal_year_end, got {equals!r}")
        return ValueRule(
            pattern=entry.get("pattern"),
            one_of=self._texts(entry, "one_of"),
            aliases=entry.get("aliases", {}),
            equals=equals,
        )

    # Parts

    def _entries(self, document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        found = document.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
            self._add(f"{name} is a list of tables: write [[{name}]]")
            return []
        entries: list[Mapping[str, Any]] = []
        for each in found:
            self._place = f"{name} rule {each.get('name')!r}"
            entries.append(each)
        return entries

    def _keys(self, entry: Mapping[str, Any], known: frozenset[str]) -> None:
        self._place = f"rule {entry['name']!r}" if "level" in entry or "kind" in entry else self._place
        for name in entry:
            if name not in known:
                self._add(f"{name!r} is not known here", choice_hint(name, sorted(known)))

    def _text(self, entry: Mapping[str, Any], name: str, *, needed: bool = True) -> str | None:
        value = entry.get(name)
        if value is None and not needed:
            return None
        if not isinstance(value, str):
            self._place = f"rule {entry.get('name')!r}" if entry.get("name") else self._place
            self._add(f"{name} is a text, got {value!r}")
            return None
        return value

    def _texts(self, entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = entry.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._add(f"{name} is a list of texts, got {value!r}")
            return ()
        return tuple(value)

    def _flag(self, entry: Mapping[str, Any], name: str) -> bool:
        value = entry.get(name, False)
        if not isinstance(value, bool):
            self._add(f"{name} is true or false, got {value!r}")
        return value is True

    def _patterns(self, *patterns: str | None) -> None:
        for pattern in patterns:
            try:
                re.compile(pattern or "")
            except (re.error, TypeError) as error:
                self._add(f"{pattern!r} is no regular expression: {error}")

    def _unique(self, codes: list[str]) -> None:
        for code in sorted({each for each in codes if codes.count(each) > 1}):
            self._add(f"two rules have the code {code}", "give each its own name")

    def _add(self, message: str, fix: str | None = None) -> None:
        self.findings.append(_fault(self.file, f"{self._place}: {message}", fix))
