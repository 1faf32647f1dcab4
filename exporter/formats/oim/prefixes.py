"""URI maps: prefixes of namespaces, aliases of link types and groups, read and chosen (OIM 1.0, xBRL-JSON 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from exporter.findings import Finding, Location, shortened
from exporter.model.lexical import is_absolute_uri
from exporter.model.qname import is_ncname
from exporter.namespaces import (
    ARCROLE_FACT_EXPLANATORY,
    ARCROLE_FACT_FOOTNOTE,
    CUSTOMARY_PREFIXES,
    RESERVED_PREFIXES,
    ROLE_LINK,
)

RESERVED_LINK_TYPES: Final = {"footnote": ARCROLE_FACT_FOOTNOTE, "explanatoryFact": ARCROLE_FACT_EXPLANATORY}
RESERVED_LINK_GROUPS: Final = {"_": ROLE_LINK}
_LOOSE_WHITE_SPACE = re.compile(r"\A\s|\s\Z|\s\s")


def has_loose_white_space(text: str) -> bool:
    """White space at an edge, or two of it in a row: no value of ``xs:anyURI``."""
    return _LOOSE_WHITE_SPACE.search(text) is not None


def check_uri_map(
    entries: Mapping[str, object], *, reserved: Mapping[str, str], structure_code: str, pointer: str
) -> Iterator[Finding]:
    """Every breach of the rules for ``namespaces``, ``linkTypes`` and ``linkGroups``.

    ``structure_code`` is the format's code for a wrong shape, ``pointer`` the place of the map in the document.
    """
    aliases: dict[str, str] = {}
    reserved_aliases = {uri: alias for alias, uri in reserved.items()}
    for alias, uri in entries.items():
        place = Location(pointer=f"{pointer}/{escape_pointer(alias)}")
        parts = _alias_finding(alias, uri, structure_code)
        if parts is None and isinstance(uri, str):
            parts = _binding_finding(alias, uri, reserved, reserved_aliases) or _second_alias(uri, aliases)
            aliases.setdefault(uri, alias)
        if parts is not None:
            code, message, fix = parts
            yield Finding(code=code, message=message, fix=fix, location=place)


def escape_pointer(name: str) -> str:
    """A member name as a part of a JSON Pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


_FindingParts = tuple[str, str, str]


def _alias_finding(alias: str, uri: object, structure_code: str) -> _FindingParts | None:
    if not is_ncname(alias):
        return structure_code, f"a prefix is an XML name without a colon, got {shortened(alias)}", "choose another name"
    if not isinstance(uri, str):
        return structure_code, f"expected a URI as a string, got {shortened(uri)}", "give the URI in quotes"
    if has_loose_white_space(uri):
        return structure_code, f"the URI {shortened(uri)} has loose white space", "remove the white space"
    if not is_absolute_uri(uri):
        return "oimce:invalidURI", f"expected an absolute URI, got {shortened(uri)}", "write the URI with its scheme"
    return None


def _binding_finding(
    alias: str, uri: str, reserved: Mapping[str, str], reserved_aliases: Mapping[str, str]
) -> _FindingParts | None:
    if reserved.get(alias, uri) != uri:
        return (
            "oimce:invalidURIForReservedAlias",
            f"{alias!r} is reserved for {reserved[alias]}, got {shortened(uri)}",
            f"bind {alias!r} to {reserved[alias]} or choose another name",
        )
    if reserved_aliases.get(uri, alias) != alias:
        return (
            "oimce:invalidAliasForReservedURI",
            f"{uri} may only be bound to {reserved_aliases[uri]!r}, got {alias!r}",
            f"use {reserved_aliases[uri]!r}",
        )
    return None


def _second_alias(uri: str, aliases: Mapping[str, str]) -> _FindingParts | None:
    if uri not in aliases:
        return None
    return "oimce:multipleAliasesForURI", f"{uri} is already bound to {aliases[uri]!r}", "keep one of the two"


class AliasChooser:
    """Gives every URI one alias, the first time it is asked for; the same questions get the same answers.

    Reserved aliases come first, then ``preferred`` (alias to URI), then ``customary``, then the wish of the asker,
    then ``stem`` with a number.
    """

    def __init__(
        self,
        preferred: Mapping[str, str] | None = None,
        *,
        reserved: Mapping[str, str] = RESERVED_PREFIXES,
        customary: Mapping[str, str] = CUSTOMARY_PREFIXES,
        stem: str = "ns",
    ) -> None:
        self._chosen: dict[str, str] = {}
        self._stem = stem
        self._number = 0
        self._fixed: dict[str, str] = {uri: alias for alias, uri in reserved.items()}
        self._set_aside: dict[str, str] = dict(reserved)
        for source in (preferred or {}, customary):
            for alias, uri in source.items():
                if uri not in self._fixed and alias not in self._set_aside and is_ncname(alias):
                    self._fixed[uri] = alias
                    self._set_aside[alias] = uri

    def alias(self, uri: str, wish: str | None = None) -> str:
        """The alias of ``uri``; ``wish`` is heard if it is a free XML name."""
        known = self._chosen.get(uri)
        if known is None:
            known = self._fixed.get(uri) or self._free(wish)
            self._chosen[uri] = known
            self._set_aside[known] = uri
        return known

    def _free(self, wish: str | None) -> str:
        if wish and wish not in self._set_aside and is_ncname(wish):
            return wish
        while True:
            self._number += 1
            if (made := f"{self._stem}{self._number}") not in self._set_aside:
                return made

    @property
    def used(self) -> dict[str, str]:
        """The aliases given so far, sorted, with their URIs."""
        return dict(sorted((alias, uri) for uri, alias in self._chosen.items()))


def link_type_aliases() -> AliasChooser:
    """A chooser for arcroles."""
    return AliasChooser(reserved=RESERVED_LINK_TYPES, customary={}, stem="linkType")


def link_group_aliases() -> AliasChooser:
    """A chooser for extended link roles."""
    return AliasChooser(reserved=RESERVED_LINK_GROUPS, customary={}, stem="linkGroup")


def last_segment(uri: str) -> str | None:
    """The last part of a URI where it can serve as an alias."""
    part = re.split("[/#:?]", uri.rstrip("/"))[-1]
    return part if is_ncname(part) else None
