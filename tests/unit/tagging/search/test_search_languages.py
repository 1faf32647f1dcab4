"""Documents in German, French, Spanish and Dutch: what their texts and tables state is found under their units."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.disclosures import AccumulatedDeficit, MonetaryFact, OwnershipInterest
from exporter.disclosures.monetary_facts import MonetaryMeaning
from exporter.filing import Filing
from exporter.items.values import EntityRef, Money, Percent
from exporter.items.values.languages import get_language
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.tagging.search.expected import derive_expected
from exporter.tagging.search.search import find_placements
from exporter.transformations import IXT_4
from tests.unit.tagging.pages import page, table

LAST_DAY, YEAR = Instant("2005-12-31"), Duration("2005-01-01", "2005-12-31")
ITEMS = (
    AccumulatedDeficit(as_of=LAST_DAY, amount=Money("34400000", "EUR", -5)),
    MonetaryFact(at=LAST_DAY, meaning=MonetaryMeaning.TOTAL_ASSETS, amount=Money("12345000", "EUR", -3)),
    MonetaryFact(at=YEAR, meaning=MonetaryMeaning.REVENUE, amount=Money("98765000", "EUR", -3)),
    MonetaryFact(at=YEAR, meaning=MonetaryMeaning.OPERATING_INCOME, amount=Money("-1234000", "EUR", -3)),
    OwnershipInterest(as_of=LAST_DAY, holder=EntityRef("Acme"), share=Percent("31.6")),
)
DOCUMENTS = {
    "de": (
        "<p>Der Bilanzverlust betrug zum 31. Dezember 2005 34,4 Mio. Euro. Der Anteil von Acme beträgt 31,6 %.</p>",
        ("in Tsd. €", "31. Dezember 2005"),
        ("Vermögenswerte", "12.345"),
        ("Umsatzerlöse", "98.765"),
        ("Betriebsergebnis", "(1.234)"),
    ),
    "fr": (
        "<p>Le déficit accumulé s'élevait à 34,4 millions d'euros au 31 décembre 2005. Acme détient 31,6 %.</p>",
        ("en milliers d'euros", "31 décembre 2005"),
        ("Total de l'actif", "12 345"),
        ("Chiffre d'affaires", "98\u00a0765"),
        ("Résultat d'exploitation", "(1 234)"),
    ),
    "es": (
        "<p>El déficit acumulado era de 34,4 millones de euros a 31 de diciembre de 2005. Acme posee el 31,6 %.</p>",
        ("miles de euros", "31 de diciembre de 2005"),
        ("Activos", "12.345"),
        ("Ingresos", "98.765"),
        ("Resultado de explotación", "(1.234)"),
    ),
    "nl": (
        "<p>Het geaccumuleerd verlies bedroeg € 34,4 mln per 31 december 2005. Acme houdt 31,6%.</p>",
        ("x € 1.000", "31 december 2005"),
        ("Activa", "12.345"),
        ("Omzet", "98.765"),
        ("Bedrijfsresultaat", "(1.234)"),
    ),
}


def found_in(language: str, *rows: Any) -> dict[str, tuple[str, int | None, bool]]:
    """By concept what is tagged, its scale, and whether it is negative."""
    filing = Filing(
        entity=Entity.lei("5299000J2N45DDNE4Y28"),
        items=ITEMS,
        period_end=LAST_DAY,
        prefix="a",
        namespace="http://www.example.com/20051231",
        language=language,
    )
    text, *cells = rows
    document = page(text + table(*cells))
    expected = derive_expected(filing.derived, language=language)
    mark = get_language(language).decimal
    placements = find_placements(document, expected, registries=(IXT_4,), decimal_mark=mark, language=language)
    concepts = {fact.id: fact.fact.concept.local_name for fact in expected}
    return {
        concepts[placement.fact]: (
            document.text[placement.first.start : placement.first.end],
            placement.scale,
            placement.negative,
        )
        for placement in placements.placements
    }


@pytest.mark.parametrize("language", DOCUMENTS)
def test_texts_and_tables_of_a_language(language: str) -> None:
    rows = DOCUMENTS[language]
    assets, revenues, result = (row[1] for row in rows[2:])
    found = found_in(language, *rows)
    assert found["RetainedEarningsAccumulatedDeficit"] == ("34,4", 6, True)
    assert found["Assets"] == (assets, 3, False)
    assert found["Revenues"] == (revenues, 3, False)
    assert found["OperatingIncomeLoss"] == (result.strip("()"), 3, True)
    assert found["MajorShareholderOwnershipPercentage"] == ("31,6", -2, False)


def test_the_words_of_another_language_are_no_units() -> None:
    assert "Assets" not in found_in("fr", *DOCUMENTS["de"])
