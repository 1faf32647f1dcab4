"""The markup of footnotes: a well-formed XHTML fragment with XHTML as default namespace (OIM 1.0)."""

from __future__ import annotations

from lxml import etree

from exporter.formats.oim.faults import LexicalFault
from exporter.formats.oim.values import unlawful_character
from exporter.namespaces import XHTML

_FRAGMENT = "oime:invalidXHTMLFragment"


def check_fragment(content: str) -> None:
    """Raise `LexicalFault` where ``content`` is no XHTML fragment."""
    if "<" not in content and "&" not in content and "]]>" not in content and unlawful_character(content) is None:
        return
    root = _parse(content)
    for element in root.iterdescendants(etree.Element):
        if element.getparent() is root and not str(element.tag).startswith(f"{{{XHTML}}}"):
            raise LexicalFault(_FRAGMENT, f"the element {element.tag} of the note is not XHTML", "use XHTML elements")
        if element.prefix is not None and str(element.tag).startswith(f"{{{XHTML}}}"):
            raise LexicalFault(
                "oime:xhtmlElementInNonDefaultNamespace",
                f"the XHTML element {element.prefix}:{etree.QName(element).localname} of the note has a prefix",
                "write XHTML elements without a prefix",
            )


def _parse(content: str) -> etree._Element:
    # The wrapper is the root, so no DOCTYPE and thus no entity can be declared inside.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(f'<div xmlns="{XHTML}">{content}</div>', parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LexicalFault(
            _FRAGMENT,
            f"the note is no well-formed XHTML fragment: {error}",
            "escape & as &amp; and < as &lt; in plain text; close every element",
        ) from None
