"""The head of an instance: which schemas, roles and arcroles it refers to (XBRL 2.1 sections 4.2 to 4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.faults import Faults, line_of
from exporter.model.report import Vocabulary
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ARCROLE_FACT_FOOTNOTE, ROLE_LINK

_ORDER: Final = (tags.SCHEMA_REF, tags.LINKBASE_REF, tags.ROLE_REF, tags.ARCROLE_REF)
_URIS: Final = {tags.ROLE_REF: "roleURI", tags.ARCROLE_REF: "arcroleURI"}
_SECTIONS: Final = {tags.SCHEMA_REF: "4.2", tags.LINKBASE_REF: "4.3", tags.ROLE_REF: "4.4", tags.ARCROLE_REF: "4.5"}


class ReferenceReader:
    """Gathers references and checks them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._last = 0
        self.schemas: dict[str, None] = {}
        self.role_hrefs: dict[str, str] = {}

    def read(self, element: etree._Element, *, late: bool) -> None:
        """Read one reference; ``late`` if facts, contexts or units came before it."""
        tag, line = str(element.tag), line_of(element)
        self._faults.refuse_base(element)
        if late or _ORDER.index(tag) < self._last:
            message = "references stand first: schemaRef, linkbaseRef, roleRef, arcroleRef, in this order"
            self._faults.add("xbrl.4.1:order", message, line)
        self._last = _ORDER.index(tag)
        href = (element.get(tags.XLINK_HREF) or "").strip(tags.WHITE_SPACE)
        if not href or element.get(tags.XLINK_TYPE) != "simple":
            message = f'{etree.QName(element).localname} has xlink:type="simple" and an xlink:href'
            self._faults.add(f"xbrl.{_SECTIONS[tag]}:simpleLink", message, line)
        elif tag == tags.SCHEMA_REF:
            self.schemas[href] = None
        elif tag in _URIS:
            self._read_role(element, href, line)
        if tag == tags.LINKBASE_REF:
            message = "an instance that refers to a linkbase directly is outside the mapping to the OIM"
            mend = "refer to the linkbase in the schema instead"
            self._faults.add("xbrlxe:unsupportedLinkbaseReference", message, line, mend=mend)

    def _read_role(self, element: etree._Element, href: str, line: int | None) -> None:
        section, key = _SECTIONS[str(element.tag)], _URIS[str(element.tag)]
        uri = element.get(key)
        if not uri:
            self._faults.add(f"xbrl.{section}:uriMissing", f"the {key} is missing", line)
        elif uri in self.role_hrefs:
            self._faults.add(f"xbrl.{section}:duplicateRef", f"{uri} is referred to twice", line)
        else:
            self.role_hrefs[uri] = href

    def check_roles(
        self, roles: Mapping[str, int | None], arcroles: Mapping[str, int | None], loaded: Vocabulary
    ) -> None:
        """Every role and arcrole that is not standard is referred to, and is the taxonomy's where that is known."""
        for uris, standard, section, name in (
            (roles, {ROLE_LINK}, "4.4", "roleRef"),
            (arcroles, {ARCROLE_FACT_FOOTNOTE}, "4.5", "arcroleRef"),
        ):
            for uri, line in uris.items():
                if uri in standard:
                    continue
                if uri not in self.role_hrefs:
                    message = f"{uri} is used by a footnote link, but there is no {name} for it"
                    self._faults.add(f"xbrl.{section}:{name}Missing", message, line, mend=f"add a link:{name}")
                elif loaded.datatypes and uri not in loaded.role_hrefs and uri != ARCROLE_FACT_EXPLANATORY:
                    message = f"{uri} is declared outside the taxonomy of the report"
                    self._faults.add("xbrlxe:unsupportedExternalRoleRef", message, line)
