"""What report items stand under together in a filing: the cover page, exchange rates, the major shareholders."""

from __future__ import annotations

from typing import Final

from exporter.items.declarations import ItemHeading

COVER: Final = ItemHeading.of(
    "Cover", "Cover", ja="表紙", de="Deckblatt", fr="Page de couverture", es="Portada", nl="Omslag"
)
EXCHANGE_RATES: Final = ItemHeading.of(
    "ExchangeRates",
    "Exchange Rates",
    ja="為替レート",
    de="Wechselkurse",
    fr="Taux de change",
    es="Tipos de cambio",
    nl="Wisselkoersen",
)
SELECTED_DATA: Final = ItemHeading.of(
    "SelectedFinancialData",
    "Selected Financial Data",
    ja="主要財務データ",
    de="Ausgewählte Finanzdaten",
    fr="Données financières choisies",
    es="Datos financieros seleccionados",
    nl="Geselecteerde financiële gegevens",
)
PER_SHARE_DATA: Final = ItemHeading.of(
    "PerShareData",
    "Per Share Data",
    ja="1株当たり情報",
    de="Angaben je Aktie",
    fr="Données par action",
    es="Datos por acción",
    nl="Gegevens per aandeel",
)
SHARE_DATA: Final = ItemHeading.of(
    "ShareData",
    "Share Data",
    ja="株式数",
    de="Aktienzahlen",
    fr="Nombre d'actions",
    es="Número de acciones",
    nl="Aantallen aandelen",
)
RATIOS: Final = ItemHeading.of("Ratios", "Ratios", ja="比率", de="Kennzahlen", fr="Ratios", es="Ratios", nl="Ratio's")
MAJOR_SHAREHOLDERS: Final = ItemHeading.of(
    "MajorShareholders",
    "Major Shareholders",
    ja="大株主",
    de="Großaktionäre",
    fr="Principaux actionnaires",
    es="Accionistas principales",
    nl="Grootaandeelhouders",
)
RISK_FACTORS: Final = ItemHeading.of(
    "RiskFactors",
    "Risk Factors",
    ja="リスク要因",
    de="Risikofaktoren",
    fr="Facteurs de risque",
    es="Factores de riesgo",
    nl="Risicofactoren",
)
