""""""

from __future__ import annotations

import pytest

from exporter.taxonomy.standard import published_at


@pytest.mark.parametrize(
    ("url", "name", "publisher", "edition"),
    [
        ("https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd", "us-gaap", "Accounting Standards Board", "2024"),
        ("http://fasb.org/srt/2023q3/srt.xsd", "srt", "Accounting Standards Board", "2023q3"),
        ("http://xbrl.us/us-gaap/2009-01-31/elts/us-gaap-std-2009-01-31.xsd", "us-gaap", "XBRL US", "2009-01-31"),
        ("https://xbrl.sec.gov/dei/2024/dei-2024.xsd", "dei", "Securities and Exchange", "2024"),
        ("https://xbrl.sec.gov/country/2024/country-2024.xsd", "country", "Securities and Exchange", "2024"),
        ("https://xbrl.sec.gov/currency/2024/currency-2024.xsd", "currency", "Securities and Exchange", "2024"),
        ("https://xbrl.ifrs.org/taxonomy/2024-03-27/full_ifrs/x.xsd", "ifrs-full", "IFRS Foundation", "2024-03-27"),
        ("http://disclosure.edinet-fsa.go.jp/taxonomy/jppfs/2023-12-01/x.xsd", "jppfs", "Japan's", "2023-12-01"),
        ("http://disclosure.edinet-fsa.go.jp/taxonomy/common/2013-08-31/x.xsd", "EDINET", "Japan's", "2013-08-31"),
        ("https://www.esma.europa.eu/taxonomy/2022-03-24/esef_cor.xsd", "ESEF", "European Securities", "2022-03-24"),
    ],
)  # fmt: skip
def test_well_known_taxonomies(url: str, name: str, publisher: str, edition: str) -> None:
    found = published_at(url)
    assert found is not None
    assert name in found.name
    assert publisher in str(found)
    assert found.edition == edition


@pytest.mark.parametrize(
    "url", ["http://www.example.com/us-gaap/2024/x.xsd", "https://notsec.gov/dei/2024/x.xsd", "http://[", "", "urn:x"]
)
def test_others_are_not_guessed(url: str) -> None:
    assert published_at(url) is None
