"""The context of a fact: the entity, the period and the taxonomy-defined dimensions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.model.period import FOREVER, Period
from exporter.model.qname import QName
from exporter.namespaces import CIK, LEI

_NO_TOKEN = re.compile(r"[\t\n\r]|  |^ | $")


@frozen(cache_hash=True)
class Entity:
    """``identifier`` within ``scheme`` (a URI); XBRL 2.1 section 4.7.3.

    XBRL 2.1 allows single blanks inside an identifier; xBRL-JSON and xBRL-CSV cannot write such a one.
    """

    scheme: str
    identifier: str

    def __attrs_post_init__(self) -> None:
        if not self.scheme.strip():
            raise ModelError("an entity needs a scheme URI, such as http://www.sec.gov/CIK")
        if not self.identifier or _NO_TOKEN.search(self.identifier):
            message = "an entity identifier is a token: no line breaks, single blanks inside"
            raise ModelError(f"{message}, got {self.identifier!r}")

    @classmethod
    def cik(cls, number: str | int) -> Entity:
        """A registrant of the SEC; the number is padded to ten digits (EDGAR Filer Manual 6.5.1)."""
        text = str(number).strip()
        if not re.fullmatch(r"[0-9]{1,10}", text):
            raise ModelError(f"a CIK has one to ten digits, got {number!r}")
        return cls(CIK, text.zfill(10))

    @classmethod
    def lei(cls, code: str) -> Entity:
        """A Legal Entity Identifier (ISO 17442): 20 characters, the check digits right."""
        if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", code):
            raise ModelError(f"a LEI has 18 letters or digits and two check digits, got {code!r}")
        if int("".join(str(int(ch, 36)) for ch in code)) % 97 != 1:
            raise ModelError(f"the check digits of the LEI {code!r} are wrong")
        return cls(LEI, code)


@frozen(cache_hash=True)
class ExplicitDimension:
    """An axis and one of the members its domain lists."""

    axis: QName
    member: QName


@frozen(cache_hash=True)
class TypedDimension:
    """An axis and a value of its typed domain, as text; ``None`` is nil."""

    axis: QName
    value: str | None


Dimension = ExplicitDimension | TypedDimension


def _sorted(dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    return tuple(sorted(dimensions, key=lambda dimension: dimension.axis.sort_key))


@frozen(cache_hash=True)
class Context:
    """What many facts share: whose, when, and in which cut. ``entity`` may be absent."""

    entity: Entity | None = None
    period: Period = FOREVER
    dimensions: tuple[Dimension, ...] = field(default=(), converter=_sorted)

    @dimensions.validator
    def _check_unique(self, _: object, value: tuple[Dimension, ...]) -> None:
        for dimension, following in itertools.pairwise(value):
            if dimension.axis == following.axis:
                raise ModelError(f"the dimension {dimension.axis} has two values in one context")

    def dimension(self, axis: QName) -> Dimension | None:
        """The value on ``axis``, if the context has one."""
        return next((dimension for dimension in self.dimensions if dimension.axis == axis), None)
