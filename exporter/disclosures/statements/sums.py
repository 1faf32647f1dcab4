"""Which rows of a printed statement are sums, and of which rows above them.

The numbers decide, with the indents: a row is a sum if rows above it, not yet part of another sum, add up to it in
every column. They stand together, last of all those of its section (the rows below the heading that is less
indented). Where a print subtracts what it shows without a sign (expenses below revenues), balances say so. A row
called a total is one even where its rows do not add up: then the indents decide, and the difference is reported.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from exporter.model.standard_types import Balance

Addends = tuple[tuple[int, int], ...]
"""Rows by their number, each with 1 where the print adds it and -1 where it subtracts it."""

_TOTAL: Final = re.compile(r"\b(total|subtotal|net)\b|(合計|小計|総額|計)$", re.IGNORECASE)
_TOTAL_WORD: Final = re.compile(r"\b(total|subtotal)\b|(合計|小計|総額|計)$", re.IGNORECASE)
_RESULT: Final = re.compile(
    r"^(gross (profit|margin)|operating (income|profit|loss)|(income|earnings|profit|loss)\b.* before\b"
    r"|(income|earnings|profit|loss) from (continuing )?operations|net (income|earnings|profit|loss)\b"
    r"|(comprehensive|total comprehensive) income\b|cash\b.*\b(activities)|(increase|decrease|change)\b.*\bcash)"
    r"|^(売上総|営業|経常|税引前|税金等調整前|当期純|当期)(利益|損失)|^包括利益$|キャッシュ・フロー$",
    re.IGNORECASE,
)
_LOSS: Final = re.compile(r"\b(loss|losses|deficit)\b|損失", re.IGNORECASE)
_FURTHEST: Final = 200  # rows above that a sum is looked for in
_LONGEST: Final = 80  # rows that stand together by mere adding up
_MOST_DOUBTFUL: Final = 10  # rows whose sign is tried both ways
_FEWEST_DIGITS: Final = 6  # of a row that is a sum though nothing but the numbers says so
_MOST_DROPPED: Final = 40  # rows of which one or two may be none of the sum's


@frozen(kw_only=True)
class SumLine:
    """What sums are found by, of one row.

    ``values`` are whole numbers in the unit of the last printed digit of the ``measure``, one a column; ``None`` where
    nothing is printed. ``measure`` tells units and kinds of period apart: rows of different ones do not add up.
    """

    depth: int
    label: str
    measure: object = None
    balance: Balance | None = None
    values: tuple[int | None, ...] = ()
    is_heading: bool = False
    is_total: bool | None = None
    addends: Addends | None = None
    is_called_total: bool = field(init=False)
    is_result: bool = field(init=False)

    @is_called_total.default
    def _has_word_of_totals(self) -> bool:
        return self.is_total is True or _TOTAL.search(self.label) is not None

    @is_result.default
    def _has_words_of_results(self) -> bool:
        return _RESULT.search(self.label) is not None and "attributable" not in self.label.lower()

    @property
    def has_values(self) -> bool:
        """Whether any column has a number."""
        return any(value is not None for value in self.values)

    @property
    def is_negative(self) -> bool:
        """Whether all numbers other than zero are printed as negative."""
        numbers = [value for value in self.values if value]
        return bool(numbers) and all(value < 0 for value in numbers)


@frozen(kw_only=True)
class Sum:
    """A row that is a sum. ``is_exact`` says whether it adds up as printed, to the last digit, in every column."""

    addends: Addends
    is_exact: bool = True


def find_sums(lines: Sequence[SumLine], *, subtracts: bool) -> dict[int, Sum]:
    """The rows that are sums, each with its addends; a row is part of one sum at most.

    Args:
        lines: the rows in their order.
        subtracts: whether the print subtracts amounts of the opposite balance that it shows without a sign, as an
            income statement does; a statement of cash flows shows what it subtracts as negative.
    """
    finder = _SumFinder(lines, subtracts)
    sums: dict[int, Sum] = {}
    open_rows: dict[object, list[int]] = {}
    for number, line in enumerate(lines):
        if line.is_heading:
            continue
        above = open_rows.setdefault(line.measure, [])
        match = finder.sum_at(number, above[-_FURTHEST:])
        if match is not None and match.addends:
            sums[number] = match
            parts = {part for part, _ in match.addends}
            above[:] = [row for row in above if row not in parts]
        above.append(number)
    return sums


class _SumFinder:
    """Tries the rows above a row."""

    def __init__(self, lines: Sequence[SumLine], subtracts: bool) -> None:
        self._lines = lines
        self._subtracts = subtracts
        self._section = _sections(lines)

    def sum_at(self, number: int, above: list[int]) -> Sum | None:
        """The sum that the row is, if it is one; ``above`` are the rows that it may be the sum of."""
        line = self._lines[number]
        if line.addends is not None:
            return Sum(addends=line.addends, is_exact=self._is_exact(line, line.addends))
        if line.is_total is False or not line.has_values or not above:
            return None
        inside = [row for row in above if row >= self._section[number]]
        is_named = line.is_called_total or line.is_result
        if not is_named:  # by the identity of a balance sheet any row is what the others leave
            above = inside
            if sum(len(str(abs(value))) for value in line.values if value) < _FEWEST_DIGITS:
                return None
        groups = [group for group in dict.fromkeys((tuple(inside), tuple(above))) if group]
        for addends in itertools.chain(self._whole(line, groups), self._together(line, above)):
            if self._is_plausible(line, addends) and self._is_exact(line, addends):
                return Sum(addends=addends)
        for addends in self._varied(line, groups) if is_named else ():
            if self._is_plausible(line, addends) and self._is_exact(line, addends):
                return Sum(addends=addends)
        return self._inexact(line, groups, above) if is_named else None

    def _inexact(self, line: SumLine, groups: Sequence[tuple[int, ...]], above: list[int]) -> Sum | None:
        """A sum but for rounding, or in all columns but one, or by the indents where the label says so."""
        together = itertools.islice(self._together(line, above, columns=3, rounded=True), 12)
        candidates = [*self._whole(line, groups), *together]
        for addends in candidates:
            if self._is_plausible(line, addends) and self._is_rounded(line, addends):
                return Sum(addends=addends, is_exact=False)
        counts = [(self._equal_columns(line, addends), addends) for addends in candidates]
        most = max((count for count, _ in counts), default=0)
        if most:
            addends = next(addends for count, addends in counts if count == most)
            if self._is_plausible(line, addends):
                return Sum(addends=addends, is_exact=False)
        is_labelled = line.is_total is True or line.is_result or _TOTAL_WORD.search(line.label) is not None
        if is_labelled and len(groups[0]) > 1:
            return Sum(addends=next(self._conventions(line, groups[0])), is_exact=False)
        return None

    # --- candidates ---------------------------------------------------------------------------------------------------

    def _whole(self, line: SumLine, groups: Sequence[tuple[int, ...]]) -> Iterator[Addends]:
        for group in groups:
            yield from self._conventions(line, group)

    def _conventions(self, line: SumLine, group: Sequence[int]) -> Iterator[Addends]:
        plain = tuple((row, 1) for row in group)
        signed = tuple((row, self._sign(line, self._lines[row])) for row in group)
        yield from (signed, plain) if self._subtracts else (plain, signed)
        if _LOSS.search(line.label) and not line.is_negative:
            yield tuple((row, -sign) for row, sign in signed)

    @staticmethod
    def _sign(total: SumLine, part: SumLine) -> int:
        """-1 where balances say that the print subtracts what it shows without a sign."""
        opposite = None not in (total.balance, part.balance) and total.balance != part.balance
        return -1 if opposite and not part.is_negative else 1

    def _together(
        self, line: SumLine, above: list[int], *, columns: int = 1, rounded: bool = False
    ) -> Iterator[Addends]:
        """The last rows above, as many as add up in one of the first ``columns`` that are not zero."""
        rows = above[-_LONGEST:]
        for column in [column for column, value in enumerate(line.values) if value][:columns]:
            expected, signed, plain = line.values[column] or 0, 0, 0
            for count, row in enumerate(reversed(rows), start=1):
                value = self._lines[row].values[column] or 0 if self._lines[row].values else 0
                signed += value * self._sign(line, self._lines[row])
                plain += value
                slack = (count + 1) // 2 if rounded else 0
                if abs(signed - expected) <= slack or abs(plain - expected) <= slack or -signed == expected:
                    yield from self._conventions(line, rows[-count:])

    def _varied(self, line: SumLine, groups: Sequence[tuple[int, ...]]) -> Iterator[Addends]:
        """The rows with doubtful signs tried both ways, then without one or two of them."""
        for group in groups:
            doubtful = [row for row in group if line.balance is None or self._lines[row].balance != line.balance]
            if self._subtracts and 0 < len(doubtful) <= _MOST_DOUBTFUL:
                for signs in itertools.product((-1, 1), repeat=len(doubtful)):
                    chosen = dict(zip(doubtful, signs, strict=True))
                    yield tuple((row, chosen.get(row, 1)) for row in group)
        if not line.is_called_total:
            return
        for group in groups:
            if len(group) <= _MOST_DROPPED:
                for count in (1, 2) if len(group) <= _MOST_DROPPED // 2 else (1,):
                    for dropped in itertools.combinations(group, count):
                        yield from self._conventions(line, [row for row in group if row not in dropped])

    # --- tests --------------------------------------------------------------------------------------------------------

    def _is_plausible(self, line: SumLine, addends: Addends) -> bool:
        """One row alone makes a total only where the label says so."""
        numbers = sum(any(self._lines[row].values) for row, _ in addends)
        return numbers > 1 or (numbers == 1 and line.is_called_total and any(line.values))

    def _differences(self, line: SumLine, addends: Addends) -> Iterator[int]:
        for column, value in enumerate(line.values):
            if value is not None:
                parts = (
                    ((self._lines[row].values or (None,) * (column + 1))[column] or 0) * sign for row, sign in addends
                )
                yield sum(parts) - value

    def _is_exact(self, line: SumLine, addends: Addends) -> bool:
        return not any(self._differences(line, addends))

    def _is_rounded(self, line: SumLine, addends: Addends) -> bool:
        slack = (len(addends) + 1) // 2
        return all(abs(difference) <= slack for difference in self._differences(line, addends))

    def _equal_columns(self, line: SumLine, addends: Addends) -> int:
        if len(addends) < 2:
            return 0
        values = [value for value in line.values if value is not None]
        pairs = zip(values, self._differences(line, addends), strict=True)
        return sum(not difference for value, difference in pairs if abs(value) > 999)


def _sections(lines: Sequence[SumLine]) -> list[int]:
    """For each row the first row of its section: what follows the last row that is less indented."""
    first: list[int] = []
    levels: list[tuple[int, int]] = []  # depth and number of rows that are less and less indented
    for number, line in enumerate(lines):
        while levels and levels[-1][0] >= line.depth:
            levels.pop()
        first.append(levels[-1][1] + 1 if levels else 0)
        levels.append((line.depth, number))
    return first


def children_of(sums: Mapping[int, Sum]) -> dict[int, int]:
    """For each row that is part of a sum, the row that is the sum."""
    return {part: total for total, match in sums.items() for part, _ in match.addends}
