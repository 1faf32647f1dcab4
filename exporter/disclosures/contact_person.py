"""The person at the registrant to turn to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.addresses import address_line, city_or_town, country, postal_code, state_or_province
from exporter.disclosures.lines import check_codes, check_lines
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period
from exporter.model.period import Duration

_LINES: Final = (
    *("name", "address_line_1", "address_line_2", "address_line_3", "address_city", "address_postal_code"),
    *("phone", "fax", "email"),
)
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


class AddressType(Enumeration):
    """Whose address an address is, where it is not that of the registrant's principal offices."""

    BUSINESS_CONTACT = "business_contact", "Business Contact", "連絡先"


@report_item(
    label="Contact Person",
    label_ja="連絡担当者",
    documentation="Person at the registrant to turn to, with address and telephone number.",
    documentation_ja="登録者の連絡担当者並びにその住所及び電話番号。",
)
class ContactPerson(ReportItem):
    """Name, address, telephone and fax number and mail address of the person to turn to.

    ``over`` is the period that the report covers. The concepts of the address are those of the registrant's offices,
    told apart by the type of the address.
    """

    address_type: AddressType = dimension(
        "EntityAddressesAddressType",
        label="Entity Addresses, Address Type",
        label_ja="住所の種類",
        default=AddressType.BUSINESS_CONTACT,
    )
    over: Duration = period()
    name: str = concept(
        "ContactPersonnelName",
        type="normalizedStringItemType",
        label="Contact Personnel Name",
        label_ja="担当者の氏名",
        documentation="Person at the registrant to turn to.",
    )
    address_line_1: str | None = address_line(1)
    address_line_2: str | None = address_line(2)
    address_line_3: str | None = address_line(3)
    address_city: str | None = city_or_town()
    address_state: str | None = state_or_province()
    address_postal_code: str | None = postal_code()
    address_country: str | None = country()
    phone: str | None = concept(
        "LocalPhoneNumber",
        type="normalizedStringItemType",
        label="Local Phone Number",
        label_ja="電話番号",
        documentation="Telephone number of the person to turn to.",
        default=None,
    )
    fax: str | None = concept(
        "ContactPersonnelFaxNumber",
        type="normalizedStringItemType",
        label="Contact Personnel Fax Number",
        label_ja="ファクシミリ番号",
        documentation="Fax number of the person to turn to.",
        default=None,
    )
    email: str | None = concept(
        "ContactPersonnelEmailAddress",
        type="normalizedStringItemType",
        label="Contact Personnel Email Address",
        label_ja="電子メールアドレス",
        documentation="Mail address of the person to turn to.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_lines(self, *_LINES)
        yield from check_codes(self, "address_state", "address_country")
        if self.email is not None and not _MAIL.fullmatch(self.email):
            yield problem(
                "exporter:mailAddress",
                f"a mail address is like name@example.com, got {self.email!r}",
                "email",
                warning=True,
            )
