"""Write the workbook of a made-up issuer: cover, statements, notes, rates, holders, risk factors.

``python make_workbook.py BOOK.xlsx [PROFILE]`` with ``sec-us-gaap``, ``sec-ifrs``, ``esef-ifrs`` or ``edinet``. The
sheets are the same for every regulator; the sheet ``filing`` names the issuer as the regulator does. Cover, statements
and notes are those of the example ``statements``.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import yaml

STATEMENTS = Path(__file__).parents[1] / "statements" / "report.yaml"
YEAR = {"start": dt.date(2024, 4, 1), "end": dt.date(2025, 3, 31)}
LAST_YEAR = {"start": dt.date(2023, 4, 1), "end": dt.date(2024, 3, 31)}

ITEMS: list[dict[str, Any]] = [
    {"type": "ExchangeRates", "pair": "JPY per USD", "over": YEAR}
    | {"high": "161.73", "low": "140.79", "average": "152.48", "period_end": "149.54"},
    {"type": "ExchangeRates", "pair": "JPY per USD", "over": LAST_YEAR}
    | {"high": "151.70", "low": "130.66", "average": "144.56", "period_end": "151.22"},
    {"type": "OwnershipInterest", "holder": "Kita Holdings, Inc.", "share": "31.6%", "as_of": dt.date(2025, 3, 31)},
    {"type": "OwnershipInterest", "holder": "Sapporo Invented Bank", "share": "8.2%", "as_of": dt.date(2025, 3, 31)},
    {"type": "RiskFactor", "ordinal": 1, "over": YEAR}
    | {
        "heading": "The price of copper may rise faster than ours.",
        "body": "Most of what a cable costs is its copper.",
    },
    {"type": "RiskFactor", "ordinal": 2, "over": YEAR}
    | {"heading": "We depend on few customers.", "body": "Three customers buy half of what we make."},
]
"""What the other example does not have; the types are those of `exporter items`."""

COVER: dict[str, Any] = {"type": "EdinetCover", "language": "ja", "as_of": dt.date(2025, 6, 25)} | {
    "document_title": "有価証券報告書",
    "clause": "金融商品取引法第24条第１項",
    "place_of_filing": "北海道財務局長",
    "filing_date": dt.date(2025, 6, 25),
    "fiscal_year": "第54期（自　2024年４月１日　至　2025年３月31日）",
    "company_name": "北電線株式会社",
    "company_name_in_english": "Kita Cable Works, Inc.",
    "representative": "代表取締役社長　北　太郎",
    "headquarter": "北海道札幌市北区北七条西一丁目１番地",
    "headquarter_phone": "011-000-0000",
    "headquarter_contact": "経理部長　南　花子",
    "nearest_place": "北海道札幌市北区北七条西一丁目１番地",
    "nearest_place_phone": "011-000-0000",
    "nearest_place_contact": "経理部長　南　花子",
    "public_inspection": "<p>証券会員制法人札幌証券取引所（札幌市中央区南一条西五丁目14番地の１）</p>",
    "edinet_code": "E00017",
    "security_code": "00170",
    "filer_name": "北電線株式会社",
    "filer_name_in_english": "Kita Cable Works, Inc.",
    "ordinance": "企業内容等の開示に関する内閣府令",
    "form": "第三号様式",
    "accounting_standard": "ifrs",
    "consolidated": "true",
    "industry_code_consolidated": "CTE",
    "industry_code": "CTE",
    "year_start": dt.date(2024, 4, 1),
    "period_end": dt.date(2025, 3, 31),
    "period_type": "FY",
    "year_end": dt.date(2025, 3, 31),
    "previous_year_start": dt.date(2023, 4, 1),
    "comparative_period_end": dt.date(2024, 3, 31),
    "previous_year_end": dt.date(2024, 3, 31),
    "submission_number": "1",
    "amendment": "false",
    "report_amendment": "false",
    "xbrl_amendment": "false",
}
"""The cover of EDINET, in Japanese."""

ISSUER: dict[str, dict[str, Any]] = {
    "sec-us-gaap": {},
    "sec-ifrs": {},
    "esef-ifrs": {
        "entity": {"scheme": "http://standards.iso.org/iso/17442", "identifier": "529900T8BM49AURSDO55"},
    },
    "edinet": {
        "entity": {"scheme": "http://disclosure.edinet-fsa.go.jp", "identifier": "E00017-000"},
        "prefix": "jpcrp030000-asr_E00017-000",
        "namespace": ("http://disclosure.edinet-fsa.go.jp/jpcrp030000/asr/001/E00017-000/2025-03-31/01/2025-06-25"),
    },
}
NUMBER = re.compile(r"\(?(?P<digits>[0-9,]+(?:\.(?P<decimals>[0-9]+))?)\)?(?P<percent>%?)")
NUMBERS_OF = {"values", "high", "low", "average", "period_end", "share", "ordinal"}


def filing_of(profile: str) -> dict[str, Any]:
    """The items with their head, as a file of items in YAML has them."""
    document: dict[str, Any] = yaml.safe_load(STATEMENTS.read_text(encoding="utf-8"))
    items = document["items"] + ITEMS
    if profile == "sec-ifrs":
        items = [{**items[0], "accounting_standard": "ifrs"}, *items[1:]]
    if not profile.startswith("sec-"):  # the cover page is the SEC's
        items = items[2:]
    if profile == "edinet":
        items = [COVER, *items]
    return {"filing": document["filing"] | ISSUER[profile] | {"profile": profile}, "items": items}


def flattened(node: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    """Headings with their values: ``over.start``, ``concept[]`` with semicolons, ``values.1``."""
    for name, value in node.items():
        if isinstance(value, Mapping):
            yield from flattened(value, f"{start}{name}.")
        elif name == "values":
            yield from ((f"{start}values.{number}", part) for number, part in enumerate(value, 1))
        elif isinstance(value, list):
            yield f"{start}{name}[]", "; ".join(part if isinstance(part, str) else day(part) for part in value)
        else:
            yield f"{start}{name}", value


def day(value: Any) -> str:
    return f"{value['start']} to {value['end']}" if isinstance(value, Mapping) else str(value)


def sheets_of(items: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Rows by sheet: one for each kind of item, a second for the rows or parts of those that have some."""
    sheets: dict[str, list[dict[str, Any]]] = {}
    for number, item in enumerate(items, 1):
        own = {name: value for name, value in item.items() if name not in ("type", "rows", "parts")}
        parts = {name: item[name] for name in ("rows", "parts") if name in item}
        key = {"#item": str(number)} if parts else {}
        sheets.setdefault(item["type"], []).append(key | {"#order": number} | dict(flattened(own)))
        for name, rows in parts.items():
            for row in rows:
                label = row.get("label", "")
                depth = {"depth": (len(label) - len(label.lstrip())) // 2} if label else {}
                cells = depth | row | ({"label": label.strip()} if label else {})
                sheets.setdefault(f"{item['type']}.{name}", []).append(key | dict(flattened(cells)))
    return sheets


def cell(heading: str, value: Any) -> tuple[Any, str]:
    """What a person types: a number with its format, a date, else the text."""
    match = NUMBER.fullmatch(value) if isinstance(value, str) and heading.partition(".")[0] in NUMBERS_OF else None
    if match is None:
        return value, "General"
    number = Decimal(match["digits"].replace(",", "")) * (-1 if value.startswith("(") else 1)
    places = f".{'0' * len(match['decimals'])}" if match["decimals"] else ""
    return (number / 100, f"0{places}%") if match["percent"] else (number, f"#,##0{places};(#,##0{places})")


def write_workbook(target: Path, profile: str) -> None:
    """The workbook of one regulator."""
    document = filing_of(profile)
    book = openpyxl.Workbook()
    head = book.active
    assert head is not None
    head.title = "filing"
    for name, value in flattened(document["filing"]):
        head.append([name, value])
    for title, rows in sheets_of(document["items"]).items():
        sheet = book.create_sheet(title)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append(headings)
        for number, row in enumerate(rows, 2):
            for column, heading in enumerate(headings, 1):
                value, code = cell(heading, row.get(heading))
                sheet.cell(number, column, value).number_format = code if value is not None else "General"
                if isinstance(value, dt.date):
                    sheet.cell(number, column).number_format = "yyyy-mm-dd"
    book.save(target)


def main(target: str, profile: str = "sec-us-gaap") -> None:
    write_workbook(Path(target), profile)
    print(f"{target}: Kita Cable Works, Inc. for {profile}")


if __name__ == "__main__":
    main(*sys.argv[1:])
