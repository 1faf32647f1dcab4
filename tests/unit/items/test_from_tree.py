"""Plain trees to items: every fault with its code, its place and its fix; several at once."""

from __future__ import annotations

from decimal import Decimal
from types import EllipsisType
from typing import Any

import pytest

from exporter.errors import DeclarationError
from exporter.findings import Location
from exporter.items import declare as d
from exporter.items.from_tree import ItemStructurer
from exporter.items.values import Money, Month, Percent, Rate
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from tests.support.items import members
from tests.unit.items.made import CLASSES, PAIR, YEAR, Plan, Quotes, declared

FILING = {"entity": {"cik": "5"}, "period_end": "2024-03-31"}
PLAN = {"type": "Plan", "over": {"start": "2023-04-01", "end": "2024-03-31"}, "gain": "JPY 5"}
QUOTE = {"type": "Quote", "on": "2024-01-05", "pair": "JPY per USD", "rate": "1.5"}


def faults(tree: Any) -> list[tuple[str, str, str | None]]:
    structurer = ItemStructurer.of(CLASSES)
    assert structurer.document(tree) is None
    assert all(finding.is_error for finding in structurer.findings)
    return [(each.code.partition(":")[2], each.location.pointer or "", each.fix) for each in structurer.findings]


def item(**changes: Any) -> dict[str, Any]:
    return {"filing": FILING, "items": [{**PLAN, **changes}]}


def head(**changes: Any) -> dict[str, Any]:
    return {"filing": {**FILING, **changes}, "items": []}


FAULTS: list[tuple[Any, str, str, str | EllipsisType | None]] = [
    ([], "wrongShape", "", None),
    ({"filing": [], "items": []}, "wrongShape", "/filing", None),
    ({"filing": FILING, "items": {}}, "wrongShape", "/items", "begin each item with '- ', as in `- type: NetLoss`"),
    ({"filing": FILING, "items": ["Plan"]}, "wrongShape", "/items/0", None),
    ({"schema": "exporter-items/9", "filing": FILING}, "unsupportedVersion", "/schema", None),
    ({"schema": [], "filing": FILING}, "unsupportedVersion", "/schema", None),
    ({"filing": FILING, "item": []}, "unknownField", "/item", "did you mean items?"),
    ({"filing": {"entity": {"cik": "5"}}}, "missingField", "/filing", "add period_end"),
    (head(prefx="a"), "unknownField", "/filing/prefx", "did you mean prefix?"),
    (head(**{"a/b~c": 1}), "unknownField", "/filing/a~1b~0c", ...),
    (head(entity={"cik": "x"}), "invalidValue", "/filing/entity", None),
    (head(entity={"cik": ["5"]}), "invalidValue", "/filing/entity", None),
    (head(entity={"scheme": "a", "identifier": "b c"}), "invalidValue", "/filing/entity", None),
    (head(entity="5"), "invalidValue", "/filing/entity", None),
    (head(period_end="March 2024"), "invalidValue", "/filing/period_end", None),
    (head(title=["x"]), "invalidValue", "/filing/title", None),
    (head(prefix="1a"), "invalidFiling", "/filing/prefix", None),
    (head(namespace="no uri"), "invalidFiling", "/filing/namespace", None),
    (head(language="not a tag"), "invalidFiling", "/filing/language", None),
    (head(currency="yen"), "invalidFiling", "/filing/currency", None),
    (item(type=None), "missingType", "/items/0", "add type: Plan"),
    (item(type="Plain"), "unknownItemType", "/items/0/type", "did you mean Plan?"),
    (item(type="Zebra"), "unknownItemType", "/items/0/type", "see `exporter items` for the list"),
    (item(type=["Plan"]), "unknownItemType", "/items/0/type", ...),
    (item(gian="5"), "unknownField", "/items/0/gian", "did you mean gain?"),
    ({"filing": FILING, "items": [{"type": "Plan", "over": PLAN["over"]}]}, "missingField", "/items/0", ...),
    (item(gain="five"), "invalidValue", "/items/0/gain", ...),
    (item(gain=None), "invalidValue", "/items/0/gain", ...),
    (item(loss={"unknown": "x"}), "invalidValue", "/items/0/loss", ...),
    (item(gain={"unknown": " "}), "invalidValue", "/items/0/gain", ...),
    (item(over="sometime"), "invalidValue", "/items/0/over", ...),
    (item(over={"start": "2024-03-31", "end": "2023-03-31"}), "invalidValue", "/items/0/over", ...),
    (item(remarks=["a", 5]), "invalidValue", "/items/0/remarks/1", None),
    (item(remarks=["a", ""]), "brokenLine", "/items/0/remarks", ...),
    (item(footnotes=[{"text": "a"}, {"txt": "b"}]), "invalidValue", "/items/0/footnotes/1", None),
    (item(footnotes=[{"text": "a", "language": 5}]), "invalidValue", "/items/0/footnotes/0", None),
    (item(footnotes=[{"text": "a", "fields": ["loss"]}]), "footnoteToNothing", "/items/0/footnotes/0", ...),
    (item(source={"document": "d", "line": "x"}), "invalidValue", "/items/0/source", ...),
    (item(source={"document": "d", "surface": 5}), "invalidValue", "/items/0/source", ...),
    (item(source={"line": "5"}), "invalidValue", "/items/0/source", ...),
    (item(id={}), "invalidValue", "/items/0/id", ...),
    ({"filing": FILING, "items": [{"type": "Quotes", "rates": "x"}]}, "invalidValue", "/items/0/rates", ...),
    ({"filing": FILING, "items": [{"type": "Quotes", "rates": [5]}]}, "wrongShape", "/items/0/rates/0", None),
    (
        {"filing": FILING, "items": [{"type": "Quotes", "rates": [QUOTE, {**QUOTE, "rate": "x"}]}]},
        "invalidValue",
        "/items/0/rates/1/rate",
        "`exporter items Quote` shows what rate takes",
    ),
    (
        {"filing": FILING, "items": [{"type": "Quotes", "rates": [{**QUOTE, "pair": "USDJPY"}]}]},
        "invalidValue",
        "/items/0/rates/0/pair",
        ...,
    ),
]


@pytest.mark.parametrize(("tree", "code", "pointer", "fix"), FAULTS)
def test_a_fault(tree: Any, code: str, pointer: str, fix: Any) -> None:
    ((found, at, said),) = faults(tree)
    assert (found, at) == (code, pointer)
    assert fix in (..., said)


def test_several_faults_at_once() -> None:
    tree = {
        "filing": {"colour": "x"},
        "items": [{**PLAN, "gain": "x", "los": "y"}, {}, {**PLAN, "over": "z"}],
        "more": 1,
    }
    assert [(code, pointer) for code, pointer, _ in faults(tree)] == [
        ("unknownField", "/more"),
        ("unknownField", "/filing/colour"),
        ("missingField", "/filing"),
        ("missingField", "/filing"),
        ("unknownField", "/items/0/los"),
        ("invalidValue", "/items/0/gain"),
        ("missingType", "/items/1"),
        ("invalidValue", "/items/2/over"),
    ]


def test_a_fault_has_its_item_and_its_place() -> None:
    structurer = ItemStructurer.of(CLASSES, lambda pointer: Location(file="f.yaml", line=len(pointer)))
    structurer.document({"filing": FILING, "items": [{"type": "Quotes", "rates": [{**QUOTE, "rate": "x"}]}]})
    (finding,) = structurer.findings
    assert finding.location == Location(
        file="f.yaml", line=21, pointer="/items/0/rates/0/rate", item="items[0].rates[0] Quote"
    )


def test_what_people_write() -> None:
    structurer = ItemStructurer.of(CLASSES)
    made = structurer.document(
        {
            "filing": {"entity": {"lei": "5493001KJTIIGC8Y1R12"}, "period_end": "March 31, 2024", "prefix": None},
            "items": [
                {**PLAN, "over": "2023-04-01/2024-03-31", "loss": None, "remarks": "one", "footnotes": "a note"},
                {"type": "Quotes", "rates": [{**QUOTE, "type": None}]},
                {"type": "Event", "on": "2024-02", "name": "x", "share": "5%", "id": Decimal(7)},
            ],
        }
    )
    assert structurer.findings == []
    assert made is not None
    assert made.entity == Entity.lei("5493001KJTIIGC8Y1R12")
    assert made.period_end == Instant("2024-03-31")
    plan, quotes, event = made.items
    assert (plan.over, plan.gain, plan.loss, plan.remarks) == (YEAR, Money("5", "JPY"), None, ("one",))
    assert plan.footnotes[0].text == "a note"
    assert (quotes.rates[0].pair, quotes.rates[0].rate) == (PAIR, Rate("1.5"))
    assert (event.on, event.share, event.id) == (Month(2024, 2), Percent("5"), "7")
    assert list(members(made.items)) == [plan, quotes.rates[0], event]


def test_two_classes_of_one_name_are_refused() -> None:
    twin = declared("Plan", at=(Duration, d.period()), a=(Money, d.concept("A")))
    with pytest.raises(DeclarationError, match="two item classes are called Plan"):
        ItemStructurer.of([Plan, twin])
    assert ItemStructurer.of([Plan, Quotes, Plan]).classes == {"Plan": Plan, "Quotes": Quotes}


@pytest.mark.parametrize(
    ("language", "over", "gain", "amount"),
    [
        ("de-AT", "Geschäftsjahr zum 31. März 2024", "1,2 Mrd. €", Money("1200000000", "EUR", -8)),
        ("fr", "exercice clos le 31 mars 2024", "1 234,5 millions d'euros", Money("1234500000", "EUR", -5)),
        (
            "es",
            "ejercicio terminado el 31 de marzo de 2024",
            "1.234,5 millones de euros",
            Money("1234500000", "EUR", -5),
        ),
        ("nl", "boekjaar eindigend op 31 maart 2024", "12,3 mln euro", Money("12300000", "EUR", -5)),
        ("de", "year ended March 31, 2024", "JPY 5 million", Money("5000000", "JPY", -6)),
    ],
)
def test_people_write_values_in_the_language_of_the_filing(language: str, over: str, gain: str, amount: Money) -> None:
    structurer = ItemStructurer.of(CLASSES)
    tree = {"filing": {**FILING, "language": language}, "items": [{**PLAN, "over": over, "gain": gain}]}
    document = structurer.document(tree)
    assert document is not None, structurer.findings
    assert (document.items[0].over, document.items[0].gain) == (Duration("2023-04-01", "2024-03-31"), amount)


def test_a_mark_that_may_be_either_in_the_language_of_the_filing_is_a_finding() -> None:
    structurer = ItemStructurer.of(CLASSES)
    tree: dict[str, Any] = {"filing": {**FILING, "language": "de"}, "items": [{**PLAN, "gain": "1.234 €"}]}
    assert structurer.document(tree) is None
    assert [finding.code for finding in structurer.findings] == ["exporter:invalidValue"]
    assert "may group thousands or be a decimal mark" in structurer.findings[0].message
    # Items JSON has one form of each value, whatever the filing's language.
    in_json = ItemStructurer.of(CLASSES, in_json=True)
    tree["items"][0]["gain"] = "1,2 Mrd. €"
    assert in_json.document(tree) is None
