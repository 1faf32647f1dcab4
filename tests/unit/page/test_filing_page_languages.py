"""The page of a filing in each language: its words, labels, figures and dates, and what is read back of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import exporter as ex
from exporter.disclosures import AccumulatedDeficit, ControlRight, DocumentInfo, ExchangeRates, OwnershipInterest
from exporter.disclosures.related_parties import ControlRightKind
from exporter.items.values import CurrencyPair, EntityRef, Money, Percent, Rate
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant

YEAR = Duration("2004-04-01", "2005-03-31")
ITEMS = (
    DocumentInfo(over=YEAR, document_type="20-F", annual_report=True, period_end=dt.date(2005, 3, 31)),
    ExchangeRates(
        over=YEAR, pair=CurrencyPair(base="EUR", quote="USD"), high=Rate("1.3625"), low=Rate("1.2024"), average=None
    ),
    AccumulatedDeficit(as_of=Instant("2005-03-31"), amount=Money("1234500000", "EUR", -5, scale=6)),
    OwnershipInterest(as_of=Instant("2005-03-31"), holder=EntityRef("Acme"), share=Percent("31.6")),
    ControlRight(over=YEAR, holder=EntityRef("Acme"), kind=ControlRightKind.VETO),
)


def text_of(folder: Path) -> str:
    (page,) = folder.glob("*.xhtml")
    body = page.read_text(encoding="utf-8").partition("</ix:header>")[2]
    body = re.sub(r"</(?:tr|p|h[1-6]|div|li)>", "\n", body)
    return re.sub(r"<[^>]+>", "", re.sub(r"</t[dh]>", " | ", body))


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        ("de", ["Inhalt", "Deckblatt", "Bilanzverlust | 31. März 2005 | 1.234,5 Mio. €", "31. März 2005", "31,6%"]),
        ("de-AT", ["Kontrollrecht, Art", "Vetorecht", "Ja |", "1,3625 US$ je 1 €"]),
        (
            "fr",
            ["Sommaire", "Déficit accumulé | 31 mars 2005 | 1\u00a0234,5 millions d'euros", "Droit de veto", "Oui |"],
        ),
        ("es", ["Índice", "Déficit acumulado | 31 de marzo de 2005 | 1.234,5 millones de euros", "Derecho de veto"]),
        ("nl", ["Inhoud", "Geaccumuleerd verlies | 31 maart 2005 | 1.234,5 mln €", "Vetorecht", "hoogste"]),
        ("ja", ["目次", "2005年3月31日"]),
        ("en", ["Contents", "Accumulated Deficit", "€1,234.5 million", "$1.3625 per €1"]),
    ],
)
def test_a_page_is_in_the_language_of_its_filing(tmp_path: Path, language: str, phrases: list[str]) -> None:
    filing = ex.Filing(
        entity=Entity.lei("5299000J2N45DDNE4Y28"),
        prefix="a",
        namespace="http://a.example/20050331",
        period_end=Instant("2005-03-31"),
        language=language,
        items=ITEMS,
    )
    ex.export_filing(filing, tmp_path / "out", force=True)
    text = text_of(tmp_path / "out")
    assert [phrase for phrase in phrases if phrase not in text] == []
