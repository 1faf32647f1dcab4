"""Where the XBRL specifications' own schemas stand, and what they declare that a taxonomy refers to.

None of these schemas is read: what must be known of them is in tables. All those named here for writing are found
offline by Arelle 2.47.3, which carries its own copies: the XBRL 2.1, Dimensions 1.0 and reference schemas, the Data
Type Registry of 2024-01-31 and its two predecessors, Extensible Enumerations 2.0, Calculations 1.1 and the Link Role
Registry's files.

Who publishes which public taxonomy, by its URL, so that a missing one can be asked for by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen

from exporter.namespaces import (
    ARCROLE_FACT_EXPLANATORY,
    ARCROLE_FACT_FOOTNOTE,
    DTR,
    ENUM2,
    LINK,
    REF,
    ROLE_FOOTNOTE,
    ROLE_LINK,
    XBRLDI,
    XBRLDT,
    XBRLI,
    XLINK,
)
from exporter.taxonomy import concepts, networks
from exporter.taxonomy.concepts import CyclesAllowed

XBRLDT_SCHEMA: Final = "http://www.xbrl.org/2005/xbrldt-2005.xsd"
_REGISTRY: Final = "http://www.xbrl.org/lrr/role/"

SCHEMAS: Final[Mapping[str, str]] = {
    XBRLI: "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
    LINK: "http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",
    XLINK: "http://www.xbrl.org/2003/xlink-2003-12-31.xsd",
    XBRLDT: XBRLDT_SCHEMA,
    XBRLDI: "http://www.xbrl.org/2006/xbrldi-2006.xsd",
    REF: "http://www.xbrl.org/2006/ref-2006-02-27.xsd",
    "http://www.xbrl.org/2004/ref": "http://www.xbrl.org/2004/ref-2004-08-10.xsd",
    ENUM2: "https://www.xbrl.org/2020/extensible-enumerations-2.0.xsd",
    DTR: "https://www.xbrl.org/dtr/type/2024-01-31/types.xsd",
    "http://www.xbrl.org/dtr/type/2022-03-31": "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd",
    "http://www.xbrl.org/dtr/type/2020-01-21": "https://www.xbrl.org/dtr/type/2020-01-21/types.xsd",
    "http://www.xbrl.org/dtr/type/numeric": "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd",
    "http://www.xbrl.org/dtr/type/non-numeric": "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd",
}
"""Namespace to schema location."""


def _registered(file: str, *roles: str) -> dict[str, str]:
    return {role: f"{_REGISTRY}{file}#{role.rpartition('/')[2]}" for role in roles}


ROLE_HREFS: Final[Mapping[str, str]] = {
    **_registered("negated-2009-12-16.xsd", *sorted(concepts.NEGATED_ROLES)),
    **_registered("net-2009-12-16.xsd", concepts.NET),
    **_registered("deprecated-2009-12-16.xsd", concepts.DEPRECATED, concepts.DEPRECATED_DATE),
    **_registered("restated-2006-02-21.xsd", concepts.RESTATED),
}
"""Roles of the Link Role Registry that need a ``roleRef``, and where it points."""

ARCROLE_HREFS: Final[Mapping[str, str]] = {
    **{
        arcrole: f"{XBRLDT_SCHEMA}#{arcrole.rpartition('/')[2]}"
        for arcrole in (
            networks.ALL,
            networks.NOT_ALL,
            networks.HYPERCUBE_DIMENSION,
            networks.DIMENSION_DOMAIN,
            networks.DOMAIN_MEMBER,
            networks.DIMENSION_DEFAULT,
        )
    },
    networks.SUMMATION_ITEM: "https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item",
    ARCROLE_FACT_EXPLANATORY: "http://www.xbrl.org/lrr/arcrole/factExplanatory-2009-12-16.xsd#fact-explanatoryFact",
    networks.WIDER_NARROWER: "http://www.xbrl.org/lrr/arcrole/esma-arcrole-2018-11-21.xsd#wider-narrower",
}
"""Arcroles of the specifications that need an ``arcroleRef``, and where it points."""

ARCROLE_USED_ON: Final[Mapping[str, str]] = {
    **{arcrole: "definitionArc" for arcrole, href in ARCROLE_HREFS.items() if href.startswith(XBRLDT_SCHEMA)},
    networks.SUMMATION_ITEM: "calculationArc",
    ARCROLE_FACT_EXPLANATORY: "footnoteArc",
    networks.WIDER_NARROWER: "definitionArc",
}
"""The arc that each arcrole of `ARCROLE_HREFS` is declared for."""

STANDARD_ARCS: Final[Mapping[str, str]] = {
    networks.CONCEPT_LABEL: "labelArc",
    networks.CONCEPT_REFERENCE: "referenceArc",
    ARCROLE_FACT_FOOTNOTE: "footnoteArc",
    networks.PARENT_CHILD: "presentationArc",
    networks.SUMMATION_ITEM_2003: "calculationArc",
    networks.GENERAL_SPECIAL: "definitionArc",
    networks.ESSENCE_ALIAS: "definitionArc",
    networks.SIMILAR_TUPLES: "definitionArc",
    networks.REQUIRES_ELEMENT: "definitionArc",
}
"""The arc that each arcrole of XBRL 2.1 belongs to."""

ARCROLE_CYCLES: Final[Mapping[str, CyclesAllowed]] = {
    **dict.fromkeys(STANDARD_ARCS, "any"),
    networks.PARENT_CHILD: "undirected",
    networks.GENERAL_SPECIAL: "undirected",
    networks.ESSENCE_ALIAS: "undirected",
    networks.SUMMATION_ITEM: "undirected",
    networks.ALL: "undirected",
    networks.NOT_ALL: "undirected",
    networks.DOMAIN_MEMBER: "undirected",
    networks.WIDER_NARROWER: "undirected",
    networks.HYPERCUBE_DIMENSION: "none",
    networks.DIMENSION_DOMAIN: "none",
    networks.DIMENSION_DEFAULT: "none",
}
"""The cycles that standard arcroles allow."""

# Documents under these addresses belong to the specifications; regulators and taxonomies live elsewhere.
_PLACES: Final = tuple(
    f"{scheme}://{host}/{path}/"
    for scheme in ("http", "https")
    for host in ("www.xbrl.org", "xbrl.org")
    for path in ("2003", "2004", "2005", "2006", "2008", "2009", "2010", "2013", "2014", "2016", "2020", "2021", "2022",
                 "2023", "dtr/type/2020-01-21", "dtr/type/2022-03-31", "dtr/type/2024-01-31", "lrr")
) + tuple(f"{scheme}://www.w3.org/" for scheme in ("http", "https"))  # fmt: skip


def is_standard_schema(url: str) -> bool:
    """Whether a schema belongs to a specification and is known from tables; such schemas are never fetched."""
    return url in _LOCATIONS or url.startswith(_PLACES)


_LOCATIONS: Final = frozenset(SCHEMAS.values())


def _values(module: ModuleType) -> frozenset[str]:
    """The roles of XBRL 2.1 among the constants of a module."""
    values = (value for name, value in vars(module).items() if name.isupper() and isinstance(value, str))
    return frozenset(value for value in values if value.startswith("http://www.xbrl.org/2003/role/"))


LABEL_ROLES: Final = _values(concepts)
"""The label roles of XBRL 2.1."""

REFERENCE_ROLES: Final = _values(concepts)
"""The reference roles of XBRL 2.1."""

LINKBASE_REF_ROLES: Final[Mapping[str, str]] = {
    f"http://www.xbrl.org/2003/role/{name}LinkbaseRef": f"{name}Link"
    for name in ("label", "reference", "presentation", "calculation", "definition")
}
"""The roles of a ``linkbaseRef`` and the extended link that each announces."""

STANDARD_ROLES: Final = frozenset({ROLE_LINK, ROLE_FOOTNOTE, *LABEL_ROLES, *REFERENCE_ROLES, *LINKBASE_REF_ROLES})
"""The roles that are built into XBRL 2.1 and need no ``roleRef``."""


def is_standard_role(uri: str) -> bool:
    """Whether a role is built into XBRL 2.1 and needs no ``roleRef``."""
    return uri in STANDARD_ROLES


def is_standard_arcrole(uri: str) -> bool:
    """Whether an arcrole is built into XBRL 2.1 and needs no ``arcroleRef``."""
    return uri in STANDARD_ARCS


@frozen
class Published:
    """A taxonomy and who publishes it; ``edition`` is the year or date in its address, where there is one."""

    name: str
    publisher: str
    edition: str | None = None

    def __str__(self) -> str:
        edition = f" {self.edition}" if self.edition else ""
        return f"the {self.name}{edition}, published by {self.publisher}"


_SEC: Final = "the U.S. Securities and Exchange Commission"
_FASB: Final = "the Financial Accounting Standards Board"
# Host (and the hosts below it), how the path begins, name, publisher; the first that fits counts.
_TABLE: Final = (
    ("fasb.org", "/us-gaap/", "US GAAP Financial Reporting Taxonomy (us-gaap)", _FASB),
    ("fasb.org", "/srt/", "SEC Reporting Taxonomy (srt)", _FASB),
    ("xbrl.fasb.org", "/", "US GAAP Financial Reporting Taxonomy", _FASB),
    ("xbrl.us", "/us-gaap/", "US GAAP taxonomy (us-gaap)", "XBRL US"),
    ("sec.gov", "/dei/", "Document and Entity Information taxonomy (dei)", _SEC),
    ("sec.gov", "/country/", "country taxonomy (country)", _SEC),
    ("sec.gov", "/currency/", "currency taxonomy (currency)", _SEC),
    ("sec.gov", "/exch/", "exchange taxonomy (exch)", _SEC),
    ("sec.gov", "/ecd/", "Executive Compensation Disclosure taxonomy (ecd)", _SEC),
    ("sec.gov", "/cyd/", "Cybersecurity Disclosure taxonomy (cyd)", _SEC),
    ("sec.gov", "/", "SEC's taxonomies", _SEC),
    ("ifrs.org", "/taxonomy/", "IFRS Accounting Taxonomy (ifrs-full)", "the IFRS Foundation"),
    ("edinet-fsa.go.jp", "/taxonomy/jpcrp/", "EDINET taxonomy (jpcrp_cor)", "Japan's Financial Services Agency"),
    ("edinet-fsa.go.jp", "/taxonomy/jppfs/", "EDINET taxonomy (jppfs_cor)", "Japan's Financial Services Agency"),
    ("edinet-fsa.go.jp", "/taxonomy/jpdei/", "EDINET taxonomy (jpdei_cor)", "Japan's Financial Services Agency"),
    ("edinet-fsa.go.jp", "/taxonomy/jpigp/", "EDINET taxonomy (jpigp_cor)", "Japan's Financial Services Agency"),
    ("edinet-fsa.go.jp", "/", "EDINET taxonomy", "Japan's Financial Services Agency"),
    ("xbrl.tdnet.info", "/", "TDnet taxonomy", "the Tokyo Stock Exchange"),
    ("esma.europa.eu", "/taxonomy/", "ESEF taxonomy (esef_cor)", "the European Securities and Markets Authority"),
    ("efrag.org", "/", "ESRS taxonomy", "EFRAG"),
    ("eba.europa.eu", "/", "EBA reporting framework", "the European Banking Authority"),
    ("eiopa.europa.eu", "/", "EIOPA taxonomy", "the European Insurance and Occupational Pensions Authority"),
    ("xbrl.frc.org.uk", "/", "UK taxonomies", "the Financial Reporting Council"),
    ("nltaxonomie.nl", "/", "Dutch taxonomy (NT)", "SBR Nederland"),
)
_DATE: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:q[1-4]|-?[01][0-9]-?[0-3][0-9])?(?![0-9])")


def published_at(url: str) -> Published | None:
    """The taxonomy that a document at a public address belongs to, where its publisher is known."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    for place, path, name, publisher in _TABLE:
        if (host == place or host.endswith(f".{place}")) and parts.path.startswith(path):
            edition = _DATE.search(parts.path)
            return Published(name, publisher, edition[0] if edition else None)
    return None
