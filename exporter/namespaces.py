"""Namespace, role, arcrole and document-type URIs of the XBRL specifications.

Namespaces are identifiers: never change ``http`` to ``https`` or add a slash.
"""

from __future__ import annotations

from typing import Final

# XBRL 2.1 and friends
XBRLI: Final = "http://www.xbrl.org/2003/instance"
LINK: Final = "http://www.xbrl.org/2003/linkbase"
XL: Final = "http://www.xbrl.org/2003/XLink"
XLINK: Final = "http://www.w3.org/1999/xlink"
XBRLDT: Final = "http://xbrl.org/2005/xbrldt"
XBRLDI: Final = "http://xbrl.org/2006/xbrldi"
REF: Final = "http://www.xbrl.org/2006/ref"
GEN: Final = "http://xbrl.org/2008/generic"
GENERIC_LABEL: Final = "http://xbrl.org/2008/label"
GENERIC_REFERENCE: Final = "http://xbrl.org/2008/reference"
ISO4217: Final = "http://www.xbrl.org/2003/iso4217"
UTR: Final = "http://www.xbrl.org/2009/utr"
DTR: Final = "http://www.xbrl.org/dtr/type/2024-01-31"
ENUM2: Final = "http://xbrl.org/2020/extensible-enumerations-2.0"
TAXONOMY_PACKAGE: Final = "http://xbrl.org/2016/taxonomy-package"
CATALOG: Final = "urn:oasis:names:tc:entity:xmlns:xml:catalog"

# W3C
XSD: Final = "http://www.w3.org/2001/XMLSchema"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XML: Final = "http://www.w3.org/XML/1998/namespace"
XHTML: Final = "http://www.w3.org/1999/xhtml"

# Open Information Model
OIM: Final = "https://xbrl.org/2021"
XBRL_JSON: Final = "https://xbrl.org/2021/xbrl-json"
XBRL_CSV: Final = "https://xbrl.org/2021/xbrl-csv"
ENTITIES: Final = "https://xbrl.org/2021/entities"

# Entity schemes
CIK: Final = "http://www.sec.gov/CIK"
LEI: Final = "http://standards.iso.org/iso/17442"

# Roles and arcroles
ROLE_LINK: Final = "http://www.xbrl.org/2003/role/link"
ROLE_FOOTNOTE: Final = "http://www.xbrl.org/2003/role/footnote"
ARCROLE_FACT_FOOTNOTE: Final = "http://www.xbrl.org/2003/arcrole/fact-footnote"
ARCROLE_FACT_EXPLANATORY: Final = "http://www.xbrl.org/2009/arcrole/fact-explanatoryFact"

# Prefixes that a report must bind to exactly these URIs if it uses them (OIM 1.0).
RESERVED_PREFIXES: Final[dict[str, str]] = {
    "xbrl": OIM,
    "xbrli": XBRLI,
    "xs": XSD,
    "iso4217": ISO4217,
    "utr": UTR,
    "enum2": ENUM2,
}

# The prefixes we write by custom, beside the reserved ones.
CUSTOMARY_PREFIXES: Final[dict[str, str]] = {
    **RESERVED_PREFIXES,
    "link": LINK,
    "xlink": XLINK,
    "xbrldt": XBRLDT,
    "xbrldi": XBRLDI,
    "xsi": XSI,
    "ref": REF,
    "dtr-types": DTR,
    "cik": CIK,
    "lei": LEI,
}
