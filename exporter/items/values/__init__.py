"""The values that items hold, each with its accuracy, and the readers of the forms in which people write them."""

from exporter.items.values.amounts import Amount, InCurrency, Money, Percent, PerShare, Rate, Ratio, ShareCount
from exporter.items.values.currencies import CURRENCIES, Currency, find_currency, resolve_currency
from exporter.items.values.dates import Month, MonthDay, parse_date, parse_period
from exporter.items.values.numerals import AS_WRITTEN, Numeral
from exporter.items.values.parse import (
    parse_count,
    parse_money,
    parse_number,
    parse_per_share,
    parse_percent,
    parse_quotation,
    parse_rate,
    parse_ratio,
    parse_shares,
    spell_count,
)
from exporter.items.values.parties import CurrencyPair, EntityKind, EntityRef, SourceRef
from exporter.items.values.phrases import DEFAULT_CONVENTIONS, Conventions
from exporter.items.values.printing import print_date, print_period
from exporter.items.values.unknown import NotStated, NotStatedKind, Unknown, find_not_stated

__all__ = [
    "AS_WRITTEN",
    "CURRENCIES",
    "DEFAULT_CONVENTIONS",
    "Amount",
    "Conventions",
    "Currency",
    "CurrencyPair",
    "EntityKind",
    "EntityRef",
    "InCurrency",
    "Money",
    "Month",
    "MonthDay",
    "NotStated",
    "NotStatedKind",
    "Numeral",
    "PerShare",
    "Percent",
    "Rate",
    "Ratio",
    "ShareCount",
    "SourceRef",
    "Unknown",
    "find_currency",
    "find_not_stated",
    "parse_count",
    "parse_date",
    "parse_money",
    "parse_number",
    "parse_per_share",
    "parse_percent",
    "parse_period",
    "parse_quotation",
    "parse_rate",
    "parse_ratio",
    "parse_shares",
    "print_date",
    "print_period",
    "resolve_currency",
    "spell_count",
]
