"""Every printed value of the example filing is read as its inventory says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from exporter.items.values import (
    CurrencyPair,
    Month,
    SourceRef,
    parse_count,
    parse_date,
    parse_money,
    parse_percent,
    parse_period,
    parse_rate,
)

SEED = Path(__file__).parents[3] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not (SEED / "inventory.yaml").exists(), reason="the example's inventory is not at hand")


@pytest.fixture(scope="module")
def inventory() -> Any:
    return yaml.load((SEED / "inventory.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


def test_rates(inventory: Any) -> None:
    pair = CurrencyPair(base="USD", quote="JPY")
    for entry in inventory["exchange_rates"]:
        rate = parse_rate(entry["surface"], pair=pair)
        assert (rate.value, rate.decimals) == (Decimal(entry["value"]), entry["decimals"])
    assert len(inventory["exchange_rates"]) == 50


def test_amounts(inventory: Any) -> None:
    for entry in inventory["amounts"]:
        money = parse_money(entry["surface"])
        stated = Decimal(entry.get("value_as_stated", entry["value"]))
        assert (money.value, money.decimals, money.scale) == (stated, entry["decimals"], entry["scale"])
        assert money.currency == entry["unit"]
        assert list(money.interval()) == [Decimal(bound) for bound in entry["precision_interval"]]
        assert str(money) == entry["surface"]


def test_percentages(inventory: Any) -> None:
    for entry in inventory["percentages"]:
        percent = parse_percent(entry["surface"])
        assert (percent.value, percent.decimals) == (Decimal(entry["value"]), entry["decimals"])
        assert list(percent.interval()) == [Decimal(bound) for bound in entry["precision_interval"]]


def test_counts(inventory: Any) -> None:
    for entry in inventory["counts"]:
        assert parse_count(entry["surface"]) == int(entry["value"])


def test_dates(inventory: Any) -> None:
    read = 0
    for entry in inventory["dates"]:
        if any(ch.isalpha() for ch in entry["surface"]) and "header_surface" not in entry and " " in entry["surface"]:
            found = parse_date(entry["surface"]) if entry["precision"] == "day" else Month.parse(entry["surface"])
            assert str(found) == entry["value"]
            read += 1
    assert read >= 10


def test_labels_of_fiscal_years_and_months(inventory: Any) -> None:
    read = 0
    for entry in inventory["periods"].values():
        label = entry.get("label", "")
        if label.startswith(("Fiscal year ended", "As of")) or re.fullmatch(r"[A-Z][a-z]+ \d{4}", label):
            assert parse_period(label).oim == entry["oim"]
            read += 1
    assert read >= 15


def test_surfaces_stand_where_they_are_said_to(inventory: Any) -> None:
    text = (SEED / "form-20f-excerpt.txt").read_text("utf-8")
    for entry in inventory["exchange_rates"] + inventory["amounts"] + inventory["percentages"]:
        at = entry["at"]
        source = SourceRef("form.txt", line=at["line"], start=at["start"], end=at["end"], surface=entry["surface"])
        assert source.fits(text)
