"""The registrant on the cover page: its names and numbers, its offices, what kind of filer it is, whom to turn to.

The parts of an address are declared once, for offices and for the contact person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from exporter.disclosures.checks import check_codes, check_lines, check_stated_with
from exporter.disclosures.cover_document import CoverDocument
from exporter.disclosures.headings import COVER
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, dimension, item_base, period, report_item
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration

_LINE: Final = "normalizedStringItemType"
_CODE: Final = "tokenItemType"
_ORDINALS: Final = ("First", "Second", "Third")


def address_line(number: int) -> Any:
    """A line of street and building: the first, second or third."""
    ordinal = _ORDINALS[number - 1]
    return concept(
        f"EntityAddressAddressLine{number}",
        type=_LINE,
        label=f"Entity Address, Address Line {number}",
        documentation=f"{ordinal} line of the address, such as street and number or a building.",
        default=None,
    )


def city_or_town() -> Any:
    """The city of the address."""
    return concept(
        "EntityAddressCityOrTown",
        type=_LINE,
        label="Entity Address, City or Town",
        documentation="City or town of the address.",
        default=None,
    )


def state_or_province() -> Any:
    """The state of the address, by its code."""
    return concept(
        "EntityAddressStateOrProvince",
        type=_CODE,
        label="Entity Address, State or Province",
        documentation="Code of the state or province of the address.",
        default=None,
    )


def postal_code() -> Any:
    """The postal code of the address."""
    return concept(
        "EntityAddressPostalZipCode",
        type=_LINE,
        label="Entity Address, Postal Zip Code",
        documentation="Postal code of the address.",
        default=None,
    )


def country() -> Any:
    """The country of the address, by its code."""
    return concept(
        "EntityAddressCountry",
        type=_CODE,
        label="Entity Address, Country",
        documentation="Code of the country of the address.",
        default=None,
    )


_CIK: Final = re.compile(r"[0-9]{10}", re.ASCII)
_LINES: Final = (
    *("registrant", "file_number", "address_line_1", "address_line_2", "address_line_3"),
    *("address_city", "address_postal_code"),
)
_CODES: Final = ("country_of_incorporation", "address_state", "address_country")


class FilerCategory(Enumeration):
    """Filers by the market value of what others than affiliates hold."""

    LARGE_ACCELERATED_FILER = "large_accelerated_filer", "Large Accelerated Filer"
    ACCELERATED_FILER = "accelerated_filer", "Accelerated Filer"
    NON_ACCELERATED_FILER = "non_accelerated_filer", "Non-accelerated Filer"


@item_base
class CoverRegistrant(CoverDocument):
    """What the cover page says of the registrant, beside what it says of the document."""

    registrant: str | None = concept(
        "EntityRegistrantName",
        type="normalizedStringItemType",
        label="Entity Registrant Name",
        documentation="Name of the registrant as in its charter.",
        default=None,
    )
    central_index_key: str | None = concept(
        "EntityCentralIndexKey",
        type="tokenItemType",
        label="Entity Central Index Key",
        documentation="Number of ten digits under which the SEC knows the registrant.",
        default=None,
    )
    file_number: str | None = concept(
        "EntityFileNumber",
        type="normalizedStringItemType",
        label="Entity File Number",
        documentation="Number that the SEC gave to the registration.",
        default=None,
    )
    country_of_incorporation: str | None = concept(
        "EntityIncorporationStateCountryCode",
        type="tokenItemType",
        label="Entity Incorporation, State or Country Code",
        documentation="Code of the state or country under whose law the registrant was set up.",
        default=None,
    )
    address: tuple[str, ...] = concept(
        "EntityAddress",
        label="Entity Address",
        documentation="Address of the registrant's principal offices, line by line as printed.",
        lines=True,
        default=(),
    )
    address_line_1: str | None = address_line(1)
    address_line_2: str | None = address_line(2)
    address_line_3: str | None = address_line(3)
    address_city: str | None = city_or_town()
    address_state: str | None = state_or_province()
    address_postal_code: str | None = postal_code()
    address_country: str | None = country()
    filer_category: FilerCategory | None = concept(
        "EntityFilerCategory",
        label="Entity Filer Category",
        documentation="Category of filers that the registrant belongs to.",
        default=None,
    )
    well_known_seasoned_issuer: bool | None = concept(
        "EntityWellKnownSeasonedIssuer",
        label="Entity Well-Known Seasoned Issuer",
        documentation="Whether the registrant is a well-known seasoned issuer.",
        default=None,
    )
    voluntary_filer: bool | None = concept(
        "EntityVoluntaryFilers",
        label="Entity Voluntary Filers",
        documentation="Whether the registrant files without being obliged to.",
        default=None,
    )
    current_reporting: bool | None = concept(
        "EntityCurrentReportingStatus",
        label="Entity Current Reporting Status",
        documentation="Whether the registrant has filed all reports required in the last twelve months.",
        default=None,
    )
    interactive_data_current: bool | None = concept(
        "EntityInteractiveDataCurrent",
        label="Entity Interactive Data Current",
        documentation="Whether the registrant has submitted all interactive data required in the last twelve months.",
        default=None,
    )
    shell_company: bool | None = concept(
        "EntityShellCompany",
        label="Entity Shell Company",
        documentation="Whether the registrant is a shell company.",
        default=None,
    )
    emerging_growth_company: bool | None = concept(
        "EntityEmergingGrowthCompany",
        label="Entity Emerging Growth Company",
        documentation="Whether the registrant is an emerging growth company.",
        default=None,
    )
    ex_transition_period: bool | None = concept(
        "EntityExTransitionPeriod",
        label="Entity Ex Transition Period",
        documentation="Whether an emerging growth company forgoes the longer time to adopt new accounting standards.",
        default=None,
    )
    auditor_attestation: bool | None = concept(
        "IcfrAuditorAttestationFlag",
        label="ICFR Auditor Attestation Flag",
        documentation="Whether the auditor reports on internal control over financial reporting.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from super().check()
        yield from check_lines(self, *_LINES)
        yield from check_codes(self, *_CODES)
        yield from check_stated_with(self, "ex_transition_period", flag="emerging_growth_company")
        if self.central_index_key is not None and not _CIK.fullmatch(self.central_index_key):
            yield problem(
                "exporter:centralIndexKey",
                f"a central index key has ten digits, got {self.central_index_key!r}",
                "central_index_key",
                fix="fill it up with zeros on the left",
            )


_CONTACT_LINES: Final = (
    *("name", "address_line_1", "address_line_2", "address_line_3", "address_city", "address_postal_code"),
    *("area_code", "phone", "fax", "email"),
)
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


class AddressType(Enumeration):
    """Whose address an address is, where it is not that of the registrant's principal offices."""

    BUSINESS_CONTACT = "business_contact", "Business Contact"


@report_item(
    label="Contact Person",
    documentation="Person at the registrant to turn to, with address and telephone number.",
    part="cover",
    heading=COVER,
)
class ContactPerson(ReportItem):
    """Name, address, telephone and fax number and mail address of the person to turn to.

    ``over`` is the period that the report covers. The concepts of the address are those of the registrant's offices,
    told apart by the type of the address. ``phone`` is the local number where there is an ``area_code``.
    """

    address_type: AddressType = dimension(
        "EntityAddressesAddressType",
        label="Entity Addresses, Address Type",
        default=AddressType.BUSINESS_CONTACT,
    )
    over: Duration = period()
    name: str = concept(
        "ContactPersonnelName",
        type="normalizedStringItemType",
        label="Contact Personnel Name",
        documentation="Person at the registrant to turn to.",
    )
    address_line_1: str | None = address_line(1)
    address_line_2: str | None = address_line(2)
    address_line_3: str | None = address_line(3)
    address_city: str | None = city_or_town()
    address_state: str | None = state_or_province()
    address_postal_code: str | None = postal_code()
    address_country: str | None = country()
    area_code: str | None = concept(
        "CityAreaCode",
        type="normalizedStringItemType",
        label="City Area Code",
        documentation="Area code of the telephone number of the person to turn to.",
        default=None,
    )
    phone: str | None = concept(
        "LocalPhoneNumber",
        type="normalizedStringItemType",
        label="Local Phone Number",
        documentation="Telephone number of the person to turn to.",
        default=None,
    )
    fax: str | None = concept(
        "ContactPersonnelFaxNumber",
        type="normalizedStringItemType",
        label="Contact Personnel Fax Number",
        documentation="Fax number of the person to turn to.",
        default=None,
    )
    email: str | None = concept(
        "ContactPersonnelEmailAddress",
        type="normalizedStringItemType",
        label="Contact Personnel Email Address",
        documentation="Mail address of the person to turn to.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_lines(self, *_CONTACT_LINES)
        yield from check_codes(self, "address_state", "address_country")
        if self.email is not None and not _MAIL.fullmatch(self.email):
            yield problem(
                "exporter:mailAddress",
                f"a mail address is like name@example.com, got {self.email!r}",
                "email",
                warning=True,
            )
