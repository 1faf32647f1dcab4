"""Elements and bytes of the schema and linkbase files that we write."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.model.qname import QName
from exporter.namespaces import CUSTOMARY_PREFIXES, XLINK

_XLINK_HREF = f"{{{XLINK}}}href"
_CUSTOMARY = {uri: prefix for prefix, uri in CUSTOMARY_PREFIXES.items()} | {
    "http://www.xbrl.org/dtr/type/numeric": "num",
    "http://www.xbrl.org/dtr/type/non-numeric": "nonnum",
}


@define(eq=False)
class FilePrefixes:
    """Gives each namespace of a file one prefix; only those asked for are declared."""

    _preferred: Mapping[str, str]
    _given: dict[str, str] = field(factory=dict, init=False)

    def of(self, namespace: str, wish: str | None = None) -> str:
        """The prefix of a namespace: the preferred or customary one, else the wish, else ``ns1``, ``ns2`` …"""
        if namespace not in self._given:
            first = self._preferred.get(namespace) or _CUSTOMARY.get(namespace) or wish or "ns1"
            taken = set(self._given.values())
            numbered = (f"ns{number}" for number in range(1, len(taken) + 2))
            self._given[namespace] = first if first not in taken else next(n for n in numbered if n not in taken)
        return self._given[namespace]

    def name(self, name: QName) -> str:
        """A name with its prefix, as it stands in attribute values."""
        return f"{self.of(name.namespace, name.prefix)}:{name.local_name}"

    def as_map(self) -> dict[str, str]:
        """Prefix to namespace, in the order in which they were asked for."""
        return {prefix: namespace for namespace, prefix in self._given.items()}


def child(
    parent: etree._Element, name: QName, attributes: Mapping[str, str | None] | None = None, text: str | None = None
) -> etree._Element:
    """A new last child; attributes that are ``None`` are left out.

    Raises:
        TaxonomyError: a value holds a character that XML forbids.
    """
    try:
        made = etree.SubElement(parent, name.clark)
        for key, value in (attributes or {}).items():
            if value is not None:
                made.set(key, value)
        made.text = text
    except ValueError as error:
        raise TaxonomyError(f"{name.local_name} cannot be written as XML: {error}") from None
    return made


def simple_link(href: str, *, role: str | None = None, arcrole: str | None = None) -> dict[str, str | None]:
    """The XLink attributes of a simple link."""
    return {
        f"{{{XLINK}}}type": "simple",
        _XLINK_HREF: href,
        f"{{{XLINK}}}role": role,
        f"{{{XLINK}}}arcrole": arcrole,
    }


def serialize(root: etree._Element) -> bytes:
    """The file's bytes: UTF-8, indented, the same for the same tree."""
    etree.indent(root, space="  ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
