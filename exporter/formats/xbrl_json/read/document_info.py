"""``documentInfo`` of xBRL-JSON 1.0: document type, URI maps, features, taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import define, field

from exporter.errors import LexicalError
from exporter.findings import Finding, Location, list_text
from exporter.formats.oim.json_scanner import kind
from exporter.formats.oim.prefixes import (
    RESERVED_LINK_GROUPS,
    RESERVED_LINK_TYPES,
    check_uri_map,
    escape_pointer,
    has_loose_white_space,
)
from exporter.formats.oim.text import bound_namespace, is_prefixed
from exporter.model.duplicates import Agreement
from exporter.model.lexical import is_absolute_uri
from exporter.namespaces import OIM, RESERVED_PREFIXES, XBRL_JSON

STRUCTURE: Final = "xbrlje:invalidJSONStructure"
_MAPS: Final = {
    "namespaces": RESERVED_PREFIXES,
    "linkTypes": RESERVED_LINK_TYPES,
    "linkGroups": RESERVED_LINK_GROUPS,
}
_MEMBERS: Final = frozenset({"documentType", "taxonomy", "features", "baseURL", *_MAPS})
_DUPLICATES: Final = frozenset({"all", "none", *(Agreement.COMPLETE, Agreement.CONSISTENT)})


@define
class JsonDocumentInfo:
    """What ``documentInfo`` says; what is wrong in it is left at its default."""

    namespaces: Mapping[str, str] = field(factory=dict)
    link_types: Mapping[str, str] = field(factory=dict)
    link_groups: Mapping[str, str] = field(factory=dict)
    taxonomy: tuple[str, ...] = ()
    base_url: str | None = None
    canonical_values: bool = False
    allowed_duplicates: str = "all"

    @property
    def features(self) -> Mapping[str, object]:
        """The features of the specification, by names in Clark notation."""
        return {
            f"{{{OIM}}}canonicalValues": self.canonical_values,
            f"{{{OIM}}}allowedDuplicates": self.allowed_duplicates,
        }


def document_type_error(value: Any) -> LexicalError | None:
    """Whether the document type, which is checked before anything else, is not that of xBRL-JSON 1.0."""
    type_ = dict(value).get("documentType") if isinstance(value, tuple) else None
    if type_ == XBRL_JSON:
        return None
    return LexicalError(
        "oimce:unsupportedDocumentType",
        f"expected the documentType {XBRL_JSON!r}, got {kind(type_) if type_ is not None else 'none'}",
        "check that this is an xBRL-JSON 1.0 report",
    )


def parse_document_info(value: Any, add: Callable[[Finding], None]) -> JsonDocumentInfo:
    """``documentInfo``, an object of the right type; ``add`` takes what is wrong with it."""
    members: dict[str, Any] = dict(value)
    info = JsonDocumentInfo()
    info.namespaces = _uri_map("namespaces", members, add)
    info.link_types = _uri_map("linkTypes", members, add)
    info.link_groups = _uri_map("linkGroups", members, add)
    for error, name in extension_errors(members, _MEMBERS, info.namespaces):
        add(error.finding(_place(name)))
    info.taxonomy = _taxonomy(members, add)
    info.base_url = _base_url(members, add)
    _features(members, info, add)
    return info


def extension_errors(
    names: Iterable[str], known: frozenset[str], namespaces: Mapping[str, str]
) -> list[tuple[LexicalError, str]]:
    """Members that are neither known nor named by a QName with a declared prefix."""
    errors = []
    for name in names:
        if name in known:
            continue
        if not is_prefixed(name):
            error = LexicalError(STRUCTURE, f"there is no member {name!r} here", f"expected {list_text(sorted(known))}")
            errors.append((error, name))
            continue
        try:
            bound_namespace(name.partition(":")[0], namespaces)
        except LexicalError as unbound:
            errors.append((unbound, name))
    return errors


def _place(*parts: str) -> Location:
    return Location(pointer="".join(f"/{escape_pointer(part)}" for part in ("documentInfo", *parts)))


def _structure(message: str, place: Location, fix: str | None = None) -> Finding:
    return Finding(code=STRUCTURE, message=message, location=place, fix=fix)


def _uri_map(name: str, members: Mapping[str, Any], add: Callable[[Finding], None]) -> Mapping[str, str]:
    if name not in members:
        return {}
    value = members[name]
    if not isinstance(value, tuple):
        add(_structure(f"expected an object of URIs, got {kind(value)}", _place(name)))
        return {}
    entries = dict(value)
    for finding in check_uri_map(
        entries, reserved=_MAPS[name], structure_code=STRUCTURE, pointer=f"/documentInfo/{name}"
    ):
        add(finding)
    # What is declared wrongly still counts as declared, so that its uses are not reported as well.
    return {alias: uri if isinstance(uri, str) else f"urn:x-invalid:{alias}" for alias, uri in entries.items()}


def _taxonomy(members: Mapping[str, Any], add: Callable[[Finding], None]) -> tuple[str, ...]:
    value = members.get("taxonomy")
    if not isinstance(value, list) or not all(isinstance(uri, str) for uri in value):
        message = f"expected an array of schema URLs, got {kind(value) if 'taxonomy' in members else 'none'}"
        add(_structure(message, _place("taxonomy"), 'write "taxonomy": ["schema.xsd"]'))
        return ()
    if not value:
        add(
            Finding(
                code="oime:noTaxonomy",
                message="a report names at least one taxonomy schema",
                location=_place("taxonomy"),
                fix="name the schema",
            )
        )
    return tuple(value)


def _base_url(members: Mapping[str, Any], add: Callable[[Finding], None]) -> str | None:
    if "baseURL" not in members:
        return None
    value = members["baseURL"]
    if not isinstance(value, str) or has_loose_white_space(value):
        add(_structure(f"expected a URL without white space, got {kind(value)}", _place("baseURL")))
        return None
    if not is_absolute_uri(value):
        message = f"expected an absolute URL, got {kind(value)}"
        add(Finding(code="oime:invalidBaseURL", message=message, location=_place("baseURL"), fix="write it in full"))
        return None
    return value


def _features(members: Mapping[str, Any], info: JsonDocumentInfo, add: Callable[[Finding], None]) -> None:
    if "features" not in members:
        return
    value = members["features"]
    if not isinstance(value, tuple):
        add(_structure(f"expected an object of features, got {kind(value)}", _place("features")))
        return
    features = dict(value)
    for error, name in extension_errors(features, frozenset(), info.namespaces):
        add(error.finding(_place("features", name)))
    for name, setting in features.items():
        prefix, _, local_name = name.partition(":")
        if info.namespaces.get(prefix) == OIM and not _known_feature(local_name, setting, info):
            message = f"{name} is no feature, or {kind(setting)} no setting of it"
            fix = "xbrl:allowedDuplicates is all, none, complete or consistent; xbrl:canonicalValues true or false"
            add(_structure(message, _place("features", name), fix))


def _known_feature(local_name: str, setting: Any, info: JsonDocumentInfo) -> bool:
    if local_name == "canonicalValues" and isinstance(setting, bool):
        info.canonical_values = setting
        return True
    if local_name == "allowedDuplicates" and isinstance(setting, str) and setting in _DUPLICATES:
        info.allowed_duplicates = setting
        return True
    return False
