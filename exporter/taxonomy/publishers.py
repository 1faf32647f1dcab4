"""Who publishes which public taxonomy, told by where it stands, so that a missing one can be asked for by name."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen


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
