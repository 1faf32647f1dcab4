"""The shape of a metadata file of xBRL-CSV 1.0: which members there are and of which JSON types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from exporter.errors import LexicalError
from exporter.findings import Finding, Location, list_text, shortened
from exporter.formats.oim.prefixes import (
    RESERVED_LINK_GROUPS,
    RESERVED_LINK_TYPES,
    check_uri_map,
    escape_pointer,
    has_loose_white_space,
)
from exporter.formats.oim.text import bound_namespace, is_prefixed
from exporter.formats.xbrl_csv.values import is_identifier, parse_decimals_source
from exporter.model.lexical import is_absolute_uri
from exporter.namespaces import OIM, RESERVED_PREFIXES

STRUCTURE: Final = "xbrlce:invalidJSONStructure"
URI_MAPS: Final[Mapping[str, Mapping[str, str]]] = {
    "namespaces": RESERVED_PREFIXES,
    "linkTypes": RESERVED_LINK_TYPES,
    "linkGroups": RESERVED_LINK_GROUPS,
}
CORE_DIMENSIONS: Final = ("concept", "entity", "period", "unit", "language")
_FINAL: Final = frozenset(
    {*URI_MAPS, "taxonomy", "features", "tableTemplates", "tables", "dimensions", "parameters", "parameterURL"}
)
_DUPLICATES: Final = frozenset({"all", "none", "complete", "consistent"})

Check = Callable[[Any, str], None]


def describe(value: object) -> str:
    """What a JSON value is, for messages."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"the number {value}" if isinstance(value, int | Decimal) else shortened(value)


class StructureCheck:
    """Checks one file; ``namespaces`` are those of all files of the report, as a base may declare a prefix."""

    def __init__(self, name: str, namespaces: Mapping[str, str], add: Callable[[Finding], None]) -> None:
        self._name, self._namespaces, self._add = name, namespaces, add

    def check(self, tree: Mapping[str, Any]) -> None:
        """Report everything that is wrong with the shape of ``tree``."""
        self._members(
            tree,
            "",
            {
                "documentInfo": self._document_info,
                "tableTemplates": self._named(self._template, identifiers=True),
                "tables": self._named(self._table, identifiers=True),
                "parameters": self._named(self._string, identifiers=True),
                "parameterURL": self._string,
                "dimensions": self._dimensions,
                "decimals": self._decimals,
                "links": self._named(self._named(self._named(self._strings))),
            },
        )

    def _document_info(self, value: Any, pointer: str) -> None:
        self._members(
            value,
            pointer,
            {
                "documentType": self._string,
                "namespaces": self._uri_map,
                "linkTypes": self._uri_map,
                "linkGroups": self._uri_map,
                "taxonomy": self._strings,
                "extends": self._strings,
                "final": self._final,
                "features": self._features,
                "baseURL": self._base_url,
            },
        )

    def _template(self, value: Any, pointer: str) -> None:
        known: dict[str, Check] = {
            "columns": self._named(self._column, identifiers=True),
            "dimensions": self._dimensions,
            "decimals": self._decimals,
            "rowIdColumn": self._string,
        }
        self._members(value, pointer, known, required=("columns",))

    def _column(self, value: Any, pointer: str) -> None:
        known: dict[str, Check] = {
            "dimensions": self._dimensions,
            "decimals": self._decimals,
            "propertyGroups": self._named(self._group, identifiers=True),
            "propertiesFrom": self._strings,
            "comment": self._boolean,
        }
        self._members(value, pointer, known)

    def _group(self, value: Any, pointer: str) -> None:
        self._members(value, pointer, {"dimensions": self._dimensions, "decimals": self._decimals})

    def _table(self, value: Any, pointer: str) -> None:
        known: dict[str, Check] = {
            "url": self._string,
            "template": self._string,
            "optional": self._boolean,
            "parameters": self._named(self._string, identifiers=True),
        }
        self._members(value, pointer, known, required=("url",))

    def _members(self, value: Any, pointer: str, known: Mapping[str, Check], *, required: tuple[str, ...] = ()) -> None:
        if not isinstance(value, dict):
            self._expected("an object", value, pointer)
            return
        for name in required:
            if name not in value:
                self._finding(STRUCTURE, f"the member {name!r} is missing", pointer, f"add {name!r}")
        for name, inner in value.items():
            place = f"{pointer}/{escape_pointer(name)}"
            if name in known:
                known[name](inner, place)
            else:
                self._extension(name, place, known)

    def _extension(self, name: str, pointer: str, known: Mapping[str, Check]) -> None:
        if not is_prefixed(name):
            fix = f"expected {list_text(sorted(known))}"
            self._finding(STRUCTURE, f"there is no member {name!r} here", pointer, fix)
            return
        try:
            bound_namespace(name.partition(":")[0], self._namespaces)
        except LexicalError as error:
            self._finding(error.code, error.message, pointer, error.fix)

    def _named(self, check: Check, *, identifiers: bool = False) -> Check:
        """A check of an object whose member names are free or, on request, identifiers."""

        def check_members(value: Any, pointer: str) -> None:
            if not isinstance(value, dict):
                self._expected("an object", value, pointer)
                return
            for name, inner in value.items():
                place = f"{pointer}/{escape_pointer(name)}"
                if identifiers and not is_identifier(name):
                    message = f"expected an XML name without colon and point, got {shortened(name)}"
                    self._finding("xbrlce:invalidIdentifier", message, place, "choose another name")
                check(inner, place)

        return check_members

    def _string(self, value: Any, pointer: str) -> None:
        if not isinstance(value, str):
            self._expected("a string", value, pointer)

    def _boolean(self, value: Any, pointer: str) -> None:
        if not isinstance(value, bool):
            self._expected("true or false", value, pointer)

    def _strings(self, value: Any, pointer: str) -> None:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._expected("an array of strings", value, pointer)

    def _decimals(self, value: Any, pointer: str) -> None:
        if value is None or isinstance(value, dict | list | bool):
            self._expected("an integer or a string", value, pointer)
            return
        try:
            parse_decimals_source(value)
        except LexicalError as error:
            self._finding(error.code, error.message, pointer, error.fix)

    def _uri_map(self, value: Any, pointer: str) -> None:
        if not isinstance(value, dict):
            self._expected("an object of URIs", value, pointer)
            return
        reserved = URI_MAPS[pointer.rpartition("/")[2]]
        for finding in check_uri_map(value, reserved=reserved, structure_code=STRUCTURE, pointer=pointer):
            self._add(finding.at(file=self._name))

    def _base_url(self, value: Any, pointer: str) -> None:
        if not isinstance(value, str) or has_loose_white_space(value):
            self._expected("a URL without white space", value, pointer)
        elif not is_absolute_uri(value):
            message = f"expected an absolute URL, got {shortened(value)}"
            self._finding("oime:invalidBaseURL", message, pointer, "write it in full")

    def _final(self, value: Any, pointer: str) -> None:
        self._members(value, pointer, dict.fromkeys(_FINAL, self._boolean))

    def _features(self, value: Any, pointer: str) -> None:
        if not isinstance(value, dict):
            self._expected("an object of features", value, pointer)
            return
        for name, setting in value.items():
            place = f"{pointer}/{escape_pointer(name)}"
            prefix, _, local_name = name.partition(":")
            if self._namespaces.get(prefix) != OIM:
                self._extension(name, place, {})
            elif not _known_feature(local_name, setting):
                message = f"{name} is no feature, or {describe(setting)} no setting of it"
                fix = "xbrl:allowedDuplicates is all, none, complete or consistent"
                self._finding(STRUCTURE, message, place, fix)

    def _dimensions(self, value: Any, pointer: str) -> None:
        if not isinstance(value, dict):
            self._expected("an object of dimensions", value, pointer)
            return
        for name, inner in value.items():
            place = f"{pointer}/{escape_pointer(name)}"
            if name not in CORE_DIMENSIONS:
                self._extension(name, place, dict.fromkeys(CORE_DIMENSIONS, self._string))
                if self._namespaces.get(name.partition(":")[0]) == OIM:
                    self._finding(STRUCTURE, f"core dimensions have no prefix, got {name!r}", place, "remove it")
            self._string(inner, place)

    def _expected(self, what: str, value: Any, pointer: str) -> None:
        self._finding(STRUCTURE, f"expected {what}, got {describe(value)}", pointer)

    def _finding(self, code: str, message: str, pointer: str, fix: str | None = None) -> None:
        place = Location(file=self._name, pointer=pointer)
        self._add(Finding(code=code, message=message, location=place, fix=fix))


def _known_feature(name: str, setting: object) -> bool:
    if name == "allowedDuplicates":
        return isinstance(setting, str) and setting in _DUPLICATES
    return name == "canonicalValues" and isinstance(setting, bool)
