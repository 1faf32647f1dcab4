"""What is wrong with the values of an item.

The fields that footnotes belong to.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from exporter.errors import ItemError
from exporter.findings import Severity
from exporter.items import declare as d
from exporter.items.check import check_item, problem, stated_fields
from exporter.items.values import EntityRef, Money, Month, Unknown
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from tests.unit.items.made import CLOSE, YEAR, Event, Notice, Plan, declared

AT = {"at": (Instant, d.period())}
OVER = {"at": (Duration, d.period())}
YEN = Money("5", "JPY")
REFUSED: list[tuple[Any, str, str]] = [
    (lambda: Plan(over=YEAR, gain=Decimal(5)), "exporter:wrongType", "/gain"),  # type: ignore[arg-type]
    (lambda: Plan(over=CLOSE, gain=YEN), "exporter:wrongType", "/over"),  # type: ignore[arg-type]
    (lambda: Plan(over=YEAR, gain=None), "exporter:wrongType", "/gain"),  # type: ignore[arg-type]
    (lambda: Plan(over=YEAR, gain=YEN, loss=Unknown("?")), "exporter:wrongType", "/loss"),  # type: ignore[arg-type]
    (lambda: Plan(over=YEAR, gain=YEN, remarks=["a"] and (5,)), "exporter:wrongType", "/remarks"),  # type: ignore[arg-type]
    (lambda: Plan(over=YEAR, gain=YEN, remarks=("a\nb",)), "exporter:brokenLine", "/remarks"),
    (lambda: Plan(over=YEAR, gain=YEN, remarks=("",)), "exporter:brokenLine", "/remarks"),
    (lambda: Plan(over=YEAR, gain=YEN, id=5), "exporter:wrongType", "/id"),  # type: ignore[arg-type]
    (lambda: Plan(over=YEAR, gain=YEN, footnotes=("a note",)), "exporter:wrongType", "/footnotes"),  # type: ignore[arg-type]
    (
        lambda: Plan(over=YEAR, gain=YEN, footnotes=(Footnote("n"), Footnote("m", fields=("loss",)))),
        "exporter:footnoteToNothing",
        "/footnotes/1",
    ),
    (lambda: Notice(over=YEAR, title="a", said_in="not a tag"), "exporter:invalidValue", "/said_in"),
    (lambda: Notice(over=YEAR, title="a", pages=True), "exporter:wrongType", "/pages"),
    (lambda: Event(on=Month(2024, 1), name="forbidden"), "exporter:repeatedWord", "/name"),
]


@pytest.mark.parametrize(("make", "code", "pointer"), REFUSED)
def test_an_item_refuses_a_value(make: Any, code: str, pointer: str) -> None:
    with pytest.raises(ItemError) as caught:
        make()
    assert [(each.code, each.location.pointer) for each in caught.value.findings] == [(code, pointer)]
    assert caught.value.findings[0].location.item is not None


def test_an_item_tells_all_wrong_types_at_once() -> None:
    with pytest.raises(ItemError) as caught:
        Plan(over="2024", gain=5, loss="x")  # type: ignore[arg-type]
    assert [each.location.pointer for each in caught.value.findings] == ["/over", "/gain", "/loss"]


def test_warnings_do_not_stop_an_item() -> None:
    item = Event(on=Month(2024, 1), name="doubtful")
    assert [finding.is_error for finding in check_item(item)] == [False]


def test_an_item_that_states_nothing_is_refused() -> None:
    silent = declared("Silent", **OVER, a=(str | None, d.concept("SilentA", default=None)))
    with pytest.raises(ItemError) as caught:
        silent(at=YEAR)
    assert caught.value.findings[0].code == "exporter:nothingStated"
    edge = declared("Edge", **OVER, a=(Money, d.concept("EdgeA", period="instant")))
    with pytest.raises(ItemError):
        edge(at=YEAR, a=YEN)


def test_required_lines_are_not_empty() -> None:
    lines = declared("Lines", **AT, a=(tuple[str, ...], d.concept("LinesA")), b=(bool, d.concept("LinesB")))
    with pytest.raises(ItemError) as caught:
        lines(at=CLOSE, a=(), b=True)
    assert caught.value.findings[0].code == "exporter:missingField"


def test_text_blocks_are_values_like_others() -> None:
    assert Notice(over=YEAR, title="t", body=TextBlock.of("x")).body == TextBlock("<p>x</p>")


def test_a_problem_points_at_its_first_field() -> None:
    finding = problem("exporter:x", "wrong", "low", "high", fix="swap", warning=True)
    assert (finding.location.pointer, finding.severity, finding.fix) == ("/low", Severity.WARNING, "swap")
    assert problem("exporter:x", "wrong").location.pointer == ""


class TestLossesInParentheses:
    """A negative number in a field that turns the sign may be a loss or its opposite."""

    Results = declared("Results", **OVER, loss=(Money | None, d.concept("Result", sign="inverted", default=None)))
    NetLosses = declared("NetLosses", **OVER, amount=(Money, d.concept("Net", sign="inverted")))
    Flow = declared("Flow", **OVER, paid=(Money, d.concept("Flow", sign="inverted")))
    Either = declared("IncomeOrLoss", **OVER, amount=(Money, d.concept("Either", sign="inverted")))

    @pytest.mark.parametrize(("cls", "name"), [(Results, "loss"), (NetLosses, "amount")])
    def test_the_person_is_asked(self, cls: Any, name: str) -> None:
        with pytest.raises(ItemError) as caught:
            cls(at=YEAR, **{name: Money.parse("(¥56,789 million)")})
        (finding,) = caught.value.findings
        assert (finding.code, finding.location.pointer) == ("exporter:doubleNegation", f"/{name}")
        assert f"{name}: ¥56,789 million" in (finding.fix or "")
        cls(at=YEAR, **{name: Money.parse("¥56,789 million")})

    @pytest.mark.parametrize(("cls", "name"), [(Flow, "paid"), (Either, "amount")])
    def test_what_is_not_called_a_loss_may_be_negative(self, cls: Any, name: str) -> None:
        assert list(check_item(cls(at=YEAR, **{name: Money("-5", "JPY")}))) == []


@pytest.mark.parametrize(
    ("notes", "settled"),
    [
        ([Footnote("n", fields=("gain", "loss"))], [Footnote("n")]),
        ([Footnote("n", fields=("gain",)), Footnote("n", fields=("loss",))], [Footnote("n")]),
        ([Footnote("n", fields=("gain",)), Footnote("n")], [Footnote("n")]),
        ([Footnote("n"), Footnote("n")], [Footnote("n")]),
        ([Footnote("n", fields=("gain",))], [Footnote("n", fields=("gain",))]),
        ([Footnote("n", fields=("gain",)), Footnote("n", "ja", ("gain",))], None),
    ],
)
def test_footnotes_settle_to_one_form(notes: list[Footnote], settled: list[Footnote] | None) -> None:
    item = Plan(over=YEAR, gain=YEN, loss=YEN, footnotes=tuple(notes))
    assert item.footnotes == tuple(notes if settled is None else settled)


def test_stated_fields_are_those_that_become_facts() -> None:
    holder = EntityRef("A", Entity.cik(9))
    assert stated_fields(Plan(over=YEAR, holder=EntityRef("A"), gain=YEN)) == {"gain"}
    assert stated_fields(Plan(over=YEAR, holder=holder, gain=YEN, remarks=("a",))) == {"holder", "gain", "remarks"}
    assert stated_fields(Event(on=Month(2024, 1), name="x")) == {"on"}
