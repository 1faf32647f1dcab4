"""Small reports and documents for the tests of xBRL-JSON."""

from __future__ import annotations

import copy
import json
from typing import Any

from attrs import evolve

from exporter.model.dimensions import Context, Entity
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.namespaces import XBRL_JSON

EX = "http://example.com/tax"
CASH = QName(EX, "Cash", prefix="ex")
CONTEXT = Context(Entity.cik(1090633), Instant("2024-12-31"))
DOCUMENT: dict[str, Any] = {
    "documentInfo": {
        "documentType": XBRL_JSON,
        "namespaces": {
            "ex": EX,
            "cik": "http://www.sec.gov/CIK",
            "xbrl": "https://xbrl.org/2021",
            "iso4217": "http://www.xbrl.org/2003/iso4217",
            "xbrli": "http://www.xbrl.org/2003/instance",
        },
        "linkTypes": {"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"},
        "linkGroups": {"_": "http://www.xbrl.org/2003/role/link"},
        "taxonomy": ["ex.xsd"],
    },
    "facts": {
        "f1": {
            "value": "12",
            "decimals": 0,
            "dimensions": {
                "concept": "ex:Cash",
                "entity": "cik:0001090633",
                "period": "2025-01-01T00:00:00",
                "unit": "iso4217:JPY",
            },
            "links": {"footnote": {"_": ["n1"]}},
        },
        "n1": {"value": "A <b>note</b>.", "dimensions": {"concept": "xbrl:note", "noteId": "n1", "language": "en"}},
    },
}


def fact(**changes: Any) -> Fact:
    """A fact with a unit, changed."""
    return evolve(Fact(CASH, CONTEXT, "12", 0, Unit.currency("JPY"), id="f1"), **changes)


def report_of(*facts: Fact, **members: Any) -> Report:
    """A report of these facts."""
    return Report(**{"taxonomy": ("ex.xsd",), "namespaces": {"ex": EX}, "facts": facts, **members})


def document(*path: str, value: Any = ..., remove: bool = False) -> dict[str, Any]:
    """The sample document with one place changed."""
    changed = copy.deepcopy(DOCUMENT)
    place = changed
    for name in path[:-1]:
        place = place[name]
    if remove:
        del place[path[-1]]
    elif path:
        place[path[-1]] = value
    return changed


def encoded(value: Any) -> bytes:
    """A document as bytes."""
    return json.dumps(value, ensure_ascii=False).encode()
