"""Which rows are sums of which, by numbers, balances and indents."""

from __future__ import annotations

from exporter.disclosures.statements.sums import Sum, SumLine, find_sums


def lines(*rows: tuple[int, str, str | None, tuple[int, ...]]) -> list[SumLine]:
    return [
        SumLine(depth=depth, label=label, balance=balance, values=values, is_heading=not values)  # type: ignore[arg-type]
        for depth, label, balance, values in rows
    ]


def found(
    *rows: tuple[int, str, str | None, tuple[int, ...]], subtracts: bool = True
) -> dict[int, list[tuple[int, int]]]:
    return {total: list(each.addends) for total, each in find_sums(lines(*rows), subtracts=subtracts).items()}


def test_sections_and_their_totals() -> None:
    assert found(
        (0, "Assets", None, ()),
        (1, "Current", None, ()),
        (2, "Cash", "debit", (120, 110)),
        (2, "Stock", "debit", (80, 0)),
        (2, "Total current", "debit", (200, 110)),
        (1, "Plant", "debit", (350, 360)),
        (1, "Total assets", "debit", (550, 470)),
    ) == {4: [(2, 1), (3, 1)], 6: [(4, 1), (5, 1)]}


def test_expenses_without_a_sign_are_subtracted_and_those_in_parentheses_added() -> None:
    assert found(
        (0, "Revenues", "credit", (900, 800)),
        (0, "Costs", "debit", (500, 470)),
        (0, "Operating income", "credit", (400, 330)),
        (0, "Interest", "debit", (-30, -25)),
        (0, "Net income", "credit", (370, 305)),
    ) == {2: [(0, 1), (1, -1)], 4: [(2, 1), (3, 1)]}


def test_a_sum_further_up_is_part_of_a_later_one() -> None:
    """Operating income is gross margin, far above, less the total of expenses."""
    assert found(
        (0, "Sales", "credit", (900,)),
        (0, "Costs", "debit", (500,)),
        (0, "Gross margin", "credit", (400,)),
        (0, "Expenses:", None, ()),
        (1, "Research", "debit", (111,)),
        (1, "Selling", "debit", (122,)),
        (1, "Total expenses", "debit", (233,)),
        (0, "Operating income", "credit", (167,)),
    ) == {2: [(0, 1), (1, -1)], 6: [(4, 1), (5, 1)], 7: [(2, 1), (6, -1)]}


def test_a_loss_printed_without_a_sign() -> None:
    assert found(
        (0, "Revenues", "credit", (100,)), (0, "Costs", "debit", (150,)), (0, "Net loss", "credit", (50,))
    ) == {2: [(0, -1), (1, 1)]}


def test_parts_of_a_profit_that_follow_it_are_no_sum() -> None:
    rows = (
        (0, "Profit", "credit", (7852, 8342)),
        (0, "Of others", "credit", (294, 286)),
        (0, "Of owners", "credit", (7558, 8056)),
    )
    assert found(*rows) == {}


def test_one_row_alone_makes_a_total_only_by_name() -> None:
    rows = [(0, "Reserves", None, ()), (1, "Reserve", "credit", (-27, -28))]
    assert found(*rows, (1, "Total reserves", "credit", (-27, -28))) == {2: [(1, 1)]}
    assert found(*rows, (1, "Another reserve", "credit", (-27, -28))) == {}


def test_a_total_that_does_not_add_up_goes_by_the_indents() -> None:
    sums = find_sums(
        lines(
            (0, "Equity", None, ()),
            (1, "Stock", "credit", (4008, 4007)),
            (1, "Capital", "credit", (61697, 61118)),
            (1, "Total equity", "credit", (66982, 66449)),
        ),
        subtracts=True,
    )
    assert sums == {3: Sum(addends=((1, 1), (2, 1)), is_exact=False)}


def test_rows_of_other_measures_do_not_add_up() -> None:
    rows = [
        SumLine(depth=0, label="Cash", measure="USD", values=(10,)),
        SumLine(depth=0, label="Shares", measure="shares", values=(5,)),
        SumLine(depth=0, label="Total", measure="USD", values=(15,)),
    ]
    assert find_sums(rows, subtracts=True) == {}


def test_what_is_said_goes_before_what_adds_up() -> None:
    rows = lines((0, "A", None, (1000,)), (0, "B", None, (2000,)), (0, "C", None, (3000,)))
    from attrs import evolve

    assert find_sums([*rows[:2], evolve(rows[2], is_total=False)], subtracts=True) == {}
    said = evolve(rows[2], addends=((1, 1),))
    assert find_sums([*rows[:2], said], subtracts=True) == {2: Sum(addends=((1, 1),), is_exact=False)}


def test_without_numbers_to_subtract_a_cash_flow_adds_what_it_prints() -> None:
    rows = ((0, "Proceeds", "debit", (500, 400)), (0, "Payments", "credit", (-300, 100)), (0, "Net", None, (200, 500)))
    assert found(*rows, subtracts=False) == {2: [(0, 1), (1, 1)]}


def test_a_row_is_no_sum_by_what_the_rest_of_a_balance_sheet_leaves() -> None:
    assert found(
        (0, "Assets", None, ()),
        (1, "Cash", "debit", (1200, 1100)),
        (1, "Plant", "debit", (4300, 3600)),
        (1, "Total assets", "debit", (5500, 4700)),
        (0, "Liabilities and equity", None, ()),
        (1, "Total liabilities", "credit", (2500, 2700)),
        (1, "Equity", None, ()),
        (2, "Common stock", "credit", (3200, 2100)),
        (2, "Treasury stock", "debit", (-200, -100)),
        (2, "Total equity", "credit", (3000, 2000)),
        (1, "Total liabilities and equity", "credit", (5500, 4700)),
    ) == {3: [(1, 1), (2, 1)], 9: [(7, 1), (8, 1)], 10: [(5, 1), (9, 1)]}
