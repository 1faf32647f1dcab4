"""A sequence that is made when it is first looked at: a taxonomy holds more than most of its users ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

_T = TypeVar("_T")


class LazySequence(Sequence[_T]):
    """Unchangeable, equal to any sequence of the same values; made at most once."""

    __slots__ = ("_make", "_values")

    def __init__(self, make: Callable[[], Iterable[_T]]) -> None:
        self._make: Callable[[], Iterable[_T]] | None = make
        self._values: tuple[_T, ...] = ()

    @property
    def values(self) -> tuple[_T, ...]:
        """The values, made now if they were not before."""
        make = self._make
        if make is not None:
            self._values = tuple(make())
            self._make = None
        return self._values

    @overload
    def __getitem__(self, index: int) -> _T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...

    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        return self.values[index]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[_T]:
        return iter(self.values)

    def __contains__(self, value: object) -> bool:
        return value in self.values

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazySequence):
            return self.values == other.values
        return self.values == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return repr(self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.values,)


def sequence(values: Iterable[_T]) -> Sequence[_T]:
    """A tuple of the values; lazy ones stay lazy."""
    return values if isinstance(values, LazySequence) else tuple(values)
