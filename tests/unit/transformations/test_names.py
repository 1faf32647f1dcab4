"""Codes for names."""

from __future__ import annotations

import pytest

from exporter.transformations.names import (
    COUNTRY_TABLE,
    EDGAR_TABLE,
    EXCHANGE_TABLE,
    FILER_TABLE,
    STATE_TABLE,
    read_countries,
)
from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("sec:countrynameen", "Japan", "JP"),
    ("sec:countrynameen", "japan", "JP"),
    ("sec:countrynameen", "JAPAN", None),
    ("sec:countrynameen", "the Republic of Korea", None),
    ("sec:countrynameen", "Republic of Korea", "KR"),
    ("sec:countrynameen", "Cote d’Ivoire", "CI"),
    ("sec:countrynameen", "Côte d'Ivoire", "CI"),
    ("sec:countrynameen", "people's republic of china", "CN"),
    ("sec:countrynameen", "The People’s Republic of China", "CN"),
    ("sec:countrynameen", "United  States", "US"),
    ("sec:countrynameen", "U.S.A.", "US"),
    ("sec:countrynameen", "US", None),
    ("sec:countrynameen", "Åland Islands", "AX"),
    ("sec:countrynameen", "guinea-bissau", "GW"),
    ("sec:countrynameen", "Cocos (Keeling) Islands", "CC"),
    ("sec:countrynameen", "U.S. Virgin Islands", "VI"),
    ("sec:countrynameen", "Heard Island and mcDonald Islands", "HM"),
    ("sec:countrynameen", "Democratic Republic of Congo", "CD"),
    ("sec:countrynameen", "Timor-Leste", "TL"),
    ("sec:countrynameen", "", None),
    ("sec:edgarprovcountryen", "Japan", "M0"),
    ("sec:edgarprovcountryen", "Ontario, Canada", "A6"),
    ("sec:edgarprovcountryen", "Alberta", "A0"),
    ("sec:edgarprovcountryen", "Macedonia", "1U"),
    ("sec:edgarprovcountryen", "North Macedonia", "1U"),
    ("sec:edgarprovcountryen", "Puerto Rico", "PR"),
    ("sec:edgarprovcountryen", "Guam", "GU"),
    ("sec:edgarprovcountryen", "Cape Verde", "E8"),
    ("sec:edgarprovcountryen", "Virgin Islands, U.S.", "VI"),
    ("sec:edgarprovcountryen", "Curaçao", None),
    ("sec:edgarprovcountryen", "Unknown", "XX"),
    ("sec:edgarprovcountryen", "Netherlands Antilles", "P8"),
    ("sec:edgarprovcountryen", "Delaware", None),
    ("sec:stateprovnameen", "Delaware", "DE"),
    ("sec:stateprovnameen", "district of columbia", "DC"),
    ("sec:stateprovnameen", "Québec", "QC"),
    ("sec:stateprovnameen", "Newfoundland", "NL"),
    ("sec:stateprovnameen", "Virgin Islands, U.S.", "VI"),
    ("sec:stateprovnameen", "Japan", None),
    ("sec:exchnameen", "The New York Stock Exchange", "NYSE"),
    ("sec:exchnameen", "New York Stock Exchange LLC", "NYSE"),
    ("sec:exchnameen", "NYSE", "NYSE"),
    ("sec:exchnameen", "the nyse", "NYSE"),
    ("sec:exchnameen", "The Nasdaq Stock Market LLC", "NASDAQ"),
    ("sec:exchnameen", "NASDAQ Global Select Market", "NASDAQ"),
    ("sec:exchnameen", "NASDAQ", "NASDAQ"),
    ("sec:exchnameen", "NYSE American", "NYSEAMER"),
    ("sec:exchnameen", "NYSE Arca, Inc.", "NYSEArca"),
    ("sec:exchnameen", "Cboe BZX Exchange, Inc.", "CboeBZX"),
    ("sec:exchnameen", "Tokyo Stock Exchange", None),
    ("sec:exchnameen", "MIAX PEARL, LLC", "PEARL"),
    ("sec:entityfilercategoryen", "Large accelerated filer", "Large Accelerated Filer"),
    ("sec:entityfilercategoryen", "Non-accelerated filer", "Non-accelerated Filer"),
    ("sec:entityfilercategoryen", "Non accelerated Filer", "Non-accelerated Filer"),
    ("sec:entityfilercategoryen", "filer", None),
    ("sec:entityfilercategoryen", "accelerated filer", "Accelerated Filer"),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value


def test_every_code_stands_for_its_first_name() -> None:
    for table in (COUNTRY_TABLE, EDGAR_TABLE, STATE_TABLE, EXCHANGE_TABLE, FILER_TABLE):
        assert {code: table.code_of(name) for code, name in table.names.items()} == {code: code for code in table.names}


def test_the_tables_are_whole() -> None:
    """249 entries of ISO 3166-1; 50 states, the district, 6 dependencies and 13 provinces."""
    assert len(COUNTRY_TABLE.names) == 249
    assert len(STATE_TABLE.names) == 70
    assert len(EXCHANGE_TABLE.names) == 21
    assert all(len(code) == 2 and code.isupper() for code in COUNTRY_TABLE.names)


def test_no_name_stands_for_two_codes() -> None:
    tables = read_countries()
    for entries in ([entry["names"] for entry in tables["countries"].values()], tables["states"].values()):
        names = [name for entry in entries for name in entry if not name.startswith("+")]
        assert len(names) == len(set(names))
