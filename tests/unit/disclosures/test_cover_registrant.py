"""Rules of the cover page: the document, the registrant, its securities, its auditor, the person to turn to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporter.disclosures import ContactPerson, DocumentInfo, RegisteredSecurity
from exporter.disclosures.cover_document import ReportingItem
from exporter.disclosures.monetary_facts import AccountingStandard
from exporter.disclosures.securities import RegistrationSection
from exporter.items.values import MonthDay
from exporter.model.period import Duration
from tests.unit.disclosures.found import YEAR, ShareCount, errors, warnings


def cover(**values: Any) -> DocumentInfo:
    said = {"over": YEAR, "document_type": "20-F", "period_end": dt.date(2005, 3, 31), **values}
    return DocumentInfo(**said)


def test_the_period_ends_with_the_fiscal_year() -> None:
    assert warnings(cover(fiscal_year_end=MonthDay(3, 31), fiscal_year_focus=2005)) == []
    assert errors(lambda: cover(fiscal_year_end=MonthDay(12, 31))) == ["periodEndNotYearEnd"]
    assert warnings(cover(fiscal_year_end=MonthDay(12, 31), transition_report=True)) == []
    leap: dict[str, Any] = {"over": Duration("2003-03-01", "2004-02-29"), "period_end": dt.date(2004, 2, 29)}
    assert warnings(cover(fiscal_year_end=MonthDay(2, 28), **leap)) == []


def test_years_and_periods_of_the_cover() -> None:
    assert warnings(cover(fiscal_year_focus=2004)) == ["fiscalYearFocus"]
    assert errors(lambda: cover(fiscal_year_focus=0)) == ["yearOutOfRange"]
    assert warnings(cover(period_end=dt.date(2005, 3, 30))) == ["periodEndNotOver"]


def test_codes_and_lines_of_the_cover() -> None:
    assert warnings(cover(central_index_key="0001090633", address_country="JP")) == []
    assert errors(lambda: cover(central_index_key="1090633")) == ["centralIndexKey"]
    assert errors(lambda: cover(address_country="Japan")) == ["countryCode"]
    assert errors(lambda: cover(registrant="Internet\nInitiative")) == ["brokenLine"]
    assert errors(lambda: cover(document_type=" ")) == ["brokenLine"]
    assert errors(lambda: cover(address_city="")) == ["brokenLine"]
    assert errors(lambda: cover(address_state="California")) == ["countryCode"]


def test_securities_and_their_markets() -> None:
    two = ("Common Stock", "American Depositary Shares")
    assert warnings(cover(securities=two, exchanges=("Nasdaq", "Nasdaq"), trading_symbols=("IIJI", "IIJI"))) == []
    assert errors(lambda: cover(securities=two, exchanges=("Nasdaq",))) == ["securitiesUneven"]
    assert errors(lambda: cover(shares_outstanding=ShareCount("0.5"))) == ["fractionOfCount"]


def test_securities_under_either_section() -> None:
    under_12g = {"securities_12g": ("Common Stock",)}
    assert warnings(cover(**under_12g, trading_symbols=("ACME",))) == []
    both = {"securities": ("American Depositary Shares",), **under_12g}
    assert warnings(cover(**both, exchanges=("NASDAQ",), trading_symbols=("ACME",))) == []
    assert warnings(cover(**both, trading_symbols=("ACME", "ACMO"))) == []
    assert errors(lambda: cover(**both, exchanges=("NASDAQ", "NYSE"))) == ["securitiesUneven"]


def test_a_symbol_and_none() -> None:
    assert warnings(cover(securities=("Common Stock",), no_trading_symbol=True)) == []
    one = {"securities": ("Common Stock",), "trading_symbols": ("ACME",)}
    assert errors(lambda: cover(**one, no_trading_symbol=True)) == ["symbolAndNone"]
    assert warnings(cover(**one, no_trading_symbol=False)) == []


def test_an_amendment_is_described_where_there_is_one() -> None:
    assert warnings(cover(amendment=True, amendment_description="Exhibits are added.")) == []
    assert errors(lambda: cover(amendment=False, amendment_description="Exhibits are added.")) == ["notAmended"]
    assert errors(lambda: cover(amendment_description="Exhibits are added.")) == ["notAmended"]


KINDS = ("annual_report", "registration_statement", "transition_report", "shell_company_report")


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_of_one_kind(kind: str) -> None:
    boxes = {name: name == kind for name in KINDS}
    assert warnings(cover(**boxes)) == []
    assert warnings(cover(**{kind: True})) == []
    assert warnings(cover(**{**boxes, kind: False})) == ["reportKind"]
    assert warnings(cover(**{kind: False})) == []
    other = next(name for name in KINDS if name != kind)
    assert warnings(cover(**{**boxes, other: True})) == ["reportKind"]


def test_the_start_of_a_transition_period() -> None:
    first, transition = YEAR.first_day, {"transition_report": True}
    assert warnings(cover(period_start=first, **transition)) == []
    assert warnings(cover(period_start=first)) == ["statedWithoutFlag"]
    assert warnings(cover(period_start=first + dt.timedelta(days=1), **transition)) == ["periodStartNotOver"]
    assert errors(lambda: cover(period_start=dt.date(2005, 4, 1), **transition)) == ["periodReversed"]


def test_what_belongs_to_a_checked_box() -> None:
    event = dt.date(2005, 3, 1)
    assert warnings(cover(shell_company_event_date=event, shell_company_report=True)) == []
    assert warnings(cover(shell_company_event_date=event, shell_company_report=False)) == ["statedWithoutFlag"]
    assert warnings(cover(ex_transition_period=False, emerging_growth_company=True)) == []
    assert warnings(cover(ex_transition_period=False)) == ["statedWithoutFlag"]
    assert warnings(cover(recovery_analysis=True, error_correction=True)) == []
    assert warnings(cover(recovery_analysis=True, error_correction=False)) == ["statedWithoutFlag"]
    assert warnings(cover(recovery_analysis=False, error_correction=False)) == []


def test_the_item_for_other_accounting_principles() -> None:
    item = ReportingItem.ITEM_18
    for standard in (None, AccountingStandard.OTHER, AccountingStandard.JAPANESE_GAAP):
        assert warnings(cover(other_standard_item=item, accounting_standard=standard)) == []
    for standard in (AccountingStandard.US_GAAP, AccountingStandard.IFRS):
        assert warnings(cover(other_standard_item=item, accounting_standard=standard)) == ["otherStandardItem"]


AUDITOR = {"auditor": "Auditors & Co.", "auditor_firm_id": "1234", "auditor_location": "Tokyo, Japan"}


@pytest.mark.parametrize("left_out", AUDITOR)
def test_an_auditor_is_stated_in_full(left_out: str) -> None:
    assert warnings(cover(**AUDITOR)) == []
    assert warnings(cover(**{**AUDITOR, left_out: None})) == ["auditorIncomplete"]
    assert warnings(cover(**{left_out: AUDITOR[left_out]})) == ["auditorIncomplete"]


def security(**values: Any) -> RegisteredSecurity:
    return RegisteredSecurity(**{"class_of_stock": "Common Stock", "over": YEAR, "title": "Common Stock", **values})


def test_one_of_several_securities() -> None:
    assert security().section is RegistrationSection.SECTION_12B
    assert warnings(security(trading_symbol="ACME", exchange="NASDAQ", shares_outstanding=ShareCount("38360"))) == []
    assert errors(lambda: security(trading_symbol="ACME", no_trading_symbol=True)) == ["symbolAndNone"]
    assert errors(lambda: security(title="Common\nStock")) == ["brokenLine"]
    assert errors(lambda: security(shares_outstanding=ShareCount("-1"))) == ["negativeCount"]
    assert errors(lambda: security(shares_outstanding=ShareCount("0.5"))) == ["fractionOfCount"]


def contact(**values: Any) -> ContactPerson:
    return ContactPerson(**{"over": YEAR, "name": "Taro Example", **values})


def test_the_person_to_turn_to() -> None:
    assert warnings(contact(email="ir@acme.example", address_country="JP", address_state="CA")) == []
    assert warnings(contact(email="acme.example")) == ["mailAddress"]
    assert errors(lambda: contact(name=" ")) == ["brokenLine"]
    assert errors(lambda: contact(phone="+81\n3")) == ["brokenLine"]
    assert errors(lambda: contact(address_country="Japan")) == ["countryCode"]
