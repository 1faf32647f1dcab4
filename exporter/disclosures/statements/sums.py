"""Which rows of a printed statement are sums, and of which rows above them.

The numbers decide, with the indents: a row is a sum if rows above it, not yet part of another sum, add up to it in
every column. They stand together, last of all those of its section (the rows below the heading that is less
indented). Where a print subtracts what it shows without a sign (expenses below revenues), balances say so. A row
called a total is one even where its rows do not add up: then the columns in which they do decide, or one misprinted
row that explains the difference, or the indents; and the difference is reported.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Generic, TypeVar

from attrs import field, frozen

from exporter.model.standard_types import Balance

Number = TypeVar("Number", int, Decimal)

Addends = tuple[tuple[int, int], ...]
"""Rows by their number, each with 1 where the print adds it and -1 where it subtracts it."""

_TOTAL: Final = re.compile(r"\b(total|subtotal|net)\b|(合計|小計|総額|計)$", re.IGNORECASE)
_TOTAL_WORD: Final = re.compile(r"\b(total|subtotal)\b|(合計|小計|総額|計)$", re.IGNORECASE)
_RESULT: Final = re.compile(
    r"^(gross (profit|margin)|operating (income|profit|loss)|(income|earnings|profit|loss)\b.* before\b"
    r"|(income|earnings|profit|loss) from (continuing )?operations|net (income|earnings|profit|loss)\b"
    r"|(comprehensive|total comprehensive) income\b|(net )?cash\b.*\bactivities|(increase|decrease|change)\b.*\bcash)"
    r"|^(売上総|営業|経常|税引前|税金等調整前|当期純|当期)(利益|損失)|^包括利益$|キャッシュ・フロー$",
    re.IGNORECASE,
)
_LOSS: Final = re.compile(r"\b(loss|losses|deficit)\b|損失", re.IGNORECASE)
_FURTHEST: Final = 200  # rows above that a sum is looked for in
_LONGEST: Final = 80  # rows that stand together by mere adding up
_MOST_DOUBTFUL: Final = 10  # rows whose sign is tried both ways
_FEWEST_DIGITS: Final = 6  # of a row that is a sum though nothing but the numbers says so
_FEWEST_DIGITS_OF_TOTAL: Final = 4  # in the columns that add up, of a total that does not in the others
_MOST_OF_NET: Final = 6  # last rows that a row called net may be the sum of but for one of them
_MOST_DROPPED: Final = 40  # rows of which one or two may be none of the sum's


@frozen(kw_only=True)
class SumLine:
    """What sums are found by, of one row.

    ``values`` are whole numbers in the unit of the last printed digit of the ``measure``, one a column; ``None`` where
    nothing is printed; ``printed`` are the others by column. ``measure`` tells units and kinds of period apart: rows of
    different ones do not add up.
    """

    depth: int
    label: str
    measure: object = None
    balance: Balance | None = None
    values: tuple[int | None, ...] = ()
    is_heading: bool = False
    is_total: bool | None = None
    addends: Addends | None = None
    printed: Mapping[int, int] = field(init=False, eq=False, repr=False)
    is_called_total: bool = field(init=False)
    is_result: bool = field(init=False)

    @printed.default
    def _by_column(self) -> Mapping[int, int]:
        return {column: value for column, value in enumerate(self.values) if value is not None}

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


@frozen(kw_only=True)
class Misprint(Generic[Number]):
    """What is wrong with the numbers of a row, and what belongs in each column that has to change."""

    what: str
    values: Mapping[int, Number]


def find_misprint(
    printed: Mapping[int, Number], changes: Mapping[int, Number], columns: Sequence[int]
) -> Misprint[Number] | None:
    """The misprint that explains by how much a row has to change, if there is one.

    Args:
        printed: the numbers of the row by their column.
        changes: by how much they have to change, where they have to.
        columns: the columns in which the row could have a number. Of a row that has one less, a shift may have pushed
            one out; what belongs there is then known from the change alone.
    """
    values = {column: printed[column] + change if column in printed else change for column, change in changes.items()}
    if all(column in printed for column in values):
        for what, factor, divisor in (
            ("its sign is turned", -1, 1),
            ("it is a thousand times too large", 1, 1000),
            ("it is a thousand times too small", 1000, 1),
        ):
            if all(value * divisor == printed[column] * factor for column, value in values.items()):
                return Misprint(what=what, values=values)
    for what, step in (("its values stand a column too far left", -1), ("its values stand a column too far right", 1)):
        moved = {column: printed[column + step] for column in values if column + step in printed}
        is_whole = len(moved) == len(values) or len(printed) < len(columns)
        if moved and is_whole and all(values[column] == value for column, value in moved.items()):
            return Misprint(what=what, values=values)
    return None


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
        self._sums: set[int] = set()

    def sum_at(self, number: int, above: list[int]) -> Sum | None:
        """The sum that the row is, if it is one; ``above`` are the rows that it may be the sum of."""
        match = self._sum_at(number, above)
        if match is not None:
            self._sums.add(number)
        return match

    def _sum_at(self, number: int, above: list[int]) -> Sum | None:
        line = self._lines[number]
        if line.addends is not None:
            return Sum(addends=line.addends, is_exact=self._is_exact(line, line.addends))
        if line.is_total is False or not line.has_values or not above:
            return None
        inside = [row for row in above if row >= self._section[number]]
        is_named = line.is_called_total or line.is_result
        if not is_named:  # by the identity of a balance sheet any row is what the others leave
            above = inside
            if _digits(filter(None, line.values)) < _FEWEST_DIGITS:
                return None
        groups = [group for group in dict.fromkeys((tuple(inside), tuple(above))) if group]
        for addends in itertools.chain(self._whole(line, groups), self._together(line, above)):
            if self._is_plausible(line, addends) and self._is_exact(line, addends):
                return Sum(addends=addends)
        for addends in self._varied(line, groups) if is_named else ():
            if self._is_plausible(line, addends) and self._is_exact(line, addends):
                return Sum(addends=addends)
        if is_named or len(self._sums.intersection(inside)) > 1:
            return self._inexact(line, groups, above, is_named=is_named)
        return None

    def _inexact(
        self, line: SumLine, groups: Sequence[tuple[int, ...]], above: list[int], *, is_named: bool
    ) -> Sum | None:
        """A sum but for rounding, or in some columns, or but for one row, or by the indents where it is called one."""
        together = itertools.islice(self._together(line, above, columns=3, rounded=True), 12)
        readings = [*self._whole(line, groups), *together]
        candidates = [addends for addends in readings if self._is_plausible(line, addends)]
        for addends in candidates if is_named else ():
            if self._is_rounded(line, addends):
                return Sum(addends=addends, is_exact=False)
        rows = groups[0]
        is_called_total = line.is_total is True or _TOTAL_WORD.search(line.label) is not None
        is_of_one = len(rows) == 1 and rows != tuple(above) and is_called_total  # the one row of a section
        candidates = [addends for addends in candidates if len(addends) > 1 or (is_of_one and addends[0][0] == rows[0])]
        best = max(candidates, key=lambda addends: len(self._equal_values(line, addends)), default=())
        if _digits(self._equal_values(line, best)) >= _FEWEST_DIGITS_OF_TOTAL:
            return Sum(addends=best, is_exact=False)
        is_labelled = is_called_total or line.is_result
        fewest = _FEWEST_DIGITS_OF_TOTAL if is_labelled else _FEWEST_DIGITS
        but_one = next((addends for addends in candidates if self._has_misprint(line, addends, fewest)), None)
        if but_one is None and is_named:
            longest = _MOST_DROPPED if is_labelled else _MOST_OF_NET
            ends = (rows[-count:] for count in range(2, min(len(rows), longest + 1)))
            tried = (addends for end in ends for addends in self._conventions(line, end))
            but_one = next((addends for addends in tried if self._has_misprint(line, addends, _FEWEST_DIGITS)), None)
        if but_one is None and (is_of_one or (len(rows) > 1 and is_labelled)):
            but_one = next(self._conventions(line, rows))
        return Sum(addends=but_one, is_exact=False) if but_one is not None else None

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
                    if any(sign < 0 and self._lines[row].is_negative for row, sign in chosen.items()):
                        continue  # no print subtracts what it shows as negative
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

    def _sum_in(self, column: int, addends: Addends) -> int:
        return sum(((self._lines[row].values or (None,) * (column + 1))[column] or 0) * sign for row, sign in addends)

    def _differences(self, line: SumLine, addends: Addends) -> Iterator[int]:
        for column, value in enumerate(line.values):
            if value is not None:
                yield self._sum_in(column, addends) - value

    def _is_exact(self, line: SumLine, addends: Addends) -> bool:
        return not any(self._differences(line, addends))

    def _is_rounded(self, line: SumLine, addends: Addends) -> bool:
        slack = (len(addends) + 1) // 2
        return all(abs(difference) <= slack for difference in self._differences(line, addends))

    def _equal_values(self, line: SumLine, addends: Addends) -> list[int]:
        """The values of the sum in the columns in which its rows add up to it, other than zero."""
        values = [value for value in line.values if value is not None]
        pairs = zip(values, self._differences(line, addends), strict=True)
        return [value for value, difference in pairs if value and not difference]

    def _has_misprint(self, line: SumLine, addends: Addends, fewest_digits: int) -> bool:
        """Whether one row, if it were printed right, would make the sum hold in every column.

        The differences must have some digits, for small ones are explained by chance.
        """
        columns = [column for column, value in enumerate(line.values) if value is not None]
        gaps = {c: gap for c, gap in zip(columns, self._differences(line, addends), strict=True) if gap}
        blank = {c: self._sum_in(c, addends) for c, value in enumerate(line.values) if value is None}
        own = {**gaps, **{c: value for c, value in blank.items() if value}}
        if _digits(own.values()) < fewest_digits:
            return False
        if find_misprint(line.printed, own, range(len(line.values))) is not None:
            return True
        if _digits(gaps.values()) < fewest_digits:
            return False
        changes = {sign: {column: -gap * sign for column, gap in gaps.items()} for sign in (1, -1)}
        return any(find_misprint(self._lines[row].printed, changes[sign], columns) for row, sign in addends)


def _digits(values: Iterable[int]) -> int:
    return sum(len(str(abs(value))) for value in values)


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
