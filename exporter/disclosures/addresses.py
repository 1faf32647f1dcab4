"""The parts of an address, as fields of the registrant's offices and of its contact person alike."""

from __future__ import annotations

from typing import Any, Final

from exporter.items.specifiers import concept

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
        label_ja=f"住所、{number}行目",
        documentation=f"{ordinal} line of the address, such as street and number or a building.",
        default=None,
    )


def city_or_town() -> Any:
    """The city of the address."""
    return concept(
        "EntityAddressCityOrTown",
        type=_LINE,
        label="Entity Address, City or Town",
        label_ja="住所、市区町村",
        documentation="City or town of the address.",
        default=None,
    )


def state_or_province() -> Any:
    """The state of the address, by its code."""
    return concept(
        "EntityAddressStateOrProvince",
        type=_CODE,
        label="Entity Address, State or Province",
        label_ja="住所、州のコード",
        documentation="Code of the state or province of the address.",
        default=None,
    )


def postal_code() -> Any:
    """The postal code of the address."""
    return concept(
        "EntityAddressPostalZipCode",
        type=_LINE,
        label="Entity Address, Postal Zip Code",
        label_ja="住所、郵便番号",
        documentation="Postal code of the address.",
        default=None,
    )


def country() -> Any:
    """The country of the address, by its code."""
    return concept(
        "EntityAddressCountry",
        type=_CODE,
        label="Entity Address, Country",
        label_ja="住所の国コード",
        documentation="Code of the country of the address.",
        default=None,
    )
