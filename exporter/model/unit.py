"""Units of measure: products of measures, perhaps divided by others (OIM 1.0, digest 1.6)."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.model.qname import QName
from exporter.namespaces import ISO4217, XBRLI

PURE = QName(XBRLI, "pure", prefix="xbrli")
SHARES = QName(XBRLI, "shares", prefix="xbrli")


def _measures(names: Iterable[QName]) -> tuple[QName, ...]:
    return tuple(sorted(names, key=attrgetter("sort_key")))


@frozen(cache_hash=True)
class Unit:
    """Numerators over denominators; the order of measures has no meaning and is not kept.

    The pure number is the absence of a unit (``None``), never ``Unit((PURE,))``.
    """

    numerators: tuple[QName, ...] = field(converter=_measures)
    denominators: tuple[QName, ...] = field(default=(), converter=_measures)

    def __attrs_post_init__(self) -> None:
        if not self.numerators:
            raise ModelError("a unit needs at least one measure in its numerator")
        if self.numerators == (PURE,) and not self.denominators:
            raise ModelError("the pure number has no unit: use None")
        if both := set(self.numerators) & set(self.denominators):
            raise ModelError(f"{next(iter(both))} stands on both sides of the division")

    @classmethod
    def currency(cls, code: str) -> Unit:
        """An amount of money; ``code`` is an ISO 4217 code."""
        return cls((currency_measure(code),))

    @classmethod
    def shares(cls) -> Unit:
        """The unit of numbers of shares."""
        return cls((SHARES,))

    @classmethod
    def per_share(cls, code: str) -> Unit:
        """Money per share."""
        return cls((currency_measure(code),), (SHARES,))

    @classmethod
    def rate(cls, *, base: str, quote: str) -> Unit:
        """An exchange rate: so much of ``quote`` for one of ``base``."""
        return cls((currency_measure(quote),), (currency_measure(base),))

    @property
    def single_currency(self) -> str | None:
        """The ISO 4217 code if the unit is exactly one currency."""
        if len(self.numerators) == 1 and not self.denominators and self.numerators[0].namespace == ISO4217:
            return self.numerators[0].local_name
        return None

    def __str__(self) -> str:
        top = "*".join(map(str, self.numerators))
        return f"{top}/{'*'.join(map(str, self.denominators))}" if self.denominators else top


def currency_measure(code: str) -> QName:
    """The measure of a currency."""
    return QName(ISO4217, code, prefix="iso4217")
