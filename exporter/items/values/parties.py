"""Who and where: pairs of currencies, parties, and places in a source document."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Final, Self

from attrs import evolve, field, frozen

from exporter.errors import ModelError
from exporter.findings import list_text
from exporter.items.values.currencies import check_currency, resolve_currency
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.numerals import normalise
from exporter.items.values.phrases import reading
from exporter.model.dimensions import Entity
from exporter.model.unit import Unit

_PER: Final = re.compile(r" ?/ ?| per ", re.IGNORECASE)


@lru_cache(maxsize=512)
def _unit_of_pair(base: str, quote: str) -> Unit:
    return Unit.rate(base=base, quote=quote)


@frozen(kw_only=True, cache_hash=True)
class CurrencyPair:
    """Two currencies of an exchange rate: so much of ``quote`` for one of ``base``. Both are given by name.

    Raises:
        ModelError: a code that is no currency, or twice the same.
    """

    base: str = field(converter=check_currency)
    quote: str = field(converter=check_currency)

    def __attrs_post_init__(self) -> None:
        if self.base == self.quote:
            raise ModelError(f"a currency pair has two different currencies, got {self.base} twice")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "JPY per USD" or "JPY/USD", both read as a unit is: quote over base, so many JPY for one USD.

        The habit of traders, who write USD/JPY for the same rate, is not followed. Names and signs are taken where
        they are plain ("yen per U.S. dollar").

        Raises:
            ModelError: another form ("USDJPY", "USD-JPY"), for it does not say which is counted in which.
        """
        with reading(text, kind="a currency pair", example="JPY per USD"):
            parts = _PER.split(normalise(text))
            if len(parts) != 2:
                raise ModelError("expected quote per base, for so much of the first for one of the second")
            quote, base = parts
            if not quote.strip() or not base.strip():
                raise ModelError("one of the two currencies is missing")
            return cls(base=resolve_currency(base), quote=resolve_currency(quote))

    @property
    def unit(self) -> Unit:
        """Quote divided by base."""
        return _unit_of_pair(self.base, self.quote)

    def inverted(self) -> Self:
        """The pair with base and quote exchanged; the rate does not follow by itself."""
        return evolve(self, base=self.quote, quote=self.base)

    def __str__(self) -> str:
        return f"{self.quote} per {self.base}"


class EntityKind(Enumeration):
    """What sort of party an entity is. A group is not its members."""

    __labels__: ClassVar = {
        "ja": "当事者の種類",
        "de": "Arten von Beteiligten",
        "fr": "Natures des parties",
        "es": "Tipos de partes",
        "nl": "Soorten partijen",
    }

    ORGANIZATION = (
        "organization",
        "Organization",
        {"ja": "組織", "de": "Organisation", "fr": "Organisation", "es": "Organización", "nl": "Organisatie"},
    )
    GROUP = (
        "group",
        "Group",
        {"ja": "グループ", "de": "Gruppe", "fr": "Groupe", "es": "Grupo", "nl": "Groep"},
    )
    PERSON = (
        "person",
        "Person",
        {"ja": "個人", "de": "Person", "fr": "Personne", "es": "Persona", "nl": "Persoon"},
    )
    PUBLIC_BODY = (
        "public_body",
        "Public Body",
        {
            "ja": "公的機関",
            "de": "Öffentliche Stelle",
            "fr": "Organisme public",
            "es": "Organismo público",
            "nl": "Overheidsinstantie",
        },
    )


def _kind(value: str) -> EntityKind:
    try:
        return EntityKind(value)
    except ValueError:
        raise ModelError(f"an entity is one of {list_text(EntityKind)}, got {value!r}") from None


def _aliases(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, list | tuple | set | frozenset):
        raise ModelError(f"aliases are a sequence of names, got {value!r}")
    if not value:
        return ()
    names = tuple(sorted(value, key=str)) if isinstance(value, set | frozenset) else tuple(value)
    if any(not isinstance(name, str) or not name.strip() for name in names):
        raise ModelError(f"an alias is a name in words, got {value!r}")
    return names


@frozen(cache_hash=True)
class EntityRef:
    """A party that a report names: by ``name`` as stated, by ``identifier``, or both.

    ``aliases`` are other names of the same party; they help to find it and take no part in equality.

    Raises:
        ModelError: neither a name nor an identifier, an empty name, or a kind that does not exist.
    """

    name: str | None = None
    identifier: Entity | None = None
    kind: EntityKind = field(
        default=EntityKind.ORGANIZATION, converter=_kind, kw_only=True, repr=lambda kind: f"EntityKind.{kind.name}"
    )
    aliases: tuple[str, ...] = field(default=(), converter=_aliases, eq=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.identifier is None:
            raise ModelError("a party needs a name or an identifier")
        if self.name is not None and (not isinstance(self.name, str) or not self.name.strip()):
            raise ModelError(f"a party's name is a text that is not empty, got {self.name!r}")
        if self.identifier is not None and not isinstance(self.identifier, Entity):
            raise ModelError(f"an identifier is an Entity (scheme and identifier), got {self.identifier!r}")

    @property
    def is_group(self) -> bool:
        """Whether the party is several together ("NTT and its affiliates"), not any one of them."""
        return self.kind is EntityKind.GROUP

    def is_named(self, name: str) -> bool:
        """Whether ``name`` is this party's name or one of its aliases."""
        return name == self.name or name in self.aliases

    def __str__(self) -> str:
        if self.name is not None:
            return self.name
        return f"{self.identifier.identifier} ({self.identifier.scheme})" if self.identifier else ""


@frozen(cache_hash=True)
class SourceRef:
    """Where in a document a value was found. Provenance: it never enters an exported value.

    ``line`` counts from 1; ``start`` and ``end`` are offsets in code points, from 0, the end exclusive; ``surface`` is
    the text that stands there.

    Raises:
        ModelError: no document, offsets out of order, or a surface of another length than they span.
    """

    document: str
    line: int | None = field(default=None, kw_only=True)
    start: int | None = field(default=None, kw_only=True)
    end: int | None = field(default=None, kw_only=True)
    surface: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.document, str) or not self.document:
            raise ModelError("a source names its document")
        for name in ("line", "start", "end"):
            value = getattr(self, name)
            if value is not None and (value.__class__ is not int or value < (name == "line")):
                raise ModelError(f"{name} is a whole number from {int(name == 'line')}, got {value!r}")
        if (self.start is None) != (self.end is None):
            raise ModelError("start and end come together")
        if self.start is not None and self.end is not None:
            self._check_span(self.start, self.end)

    def _check_span(self, start: int, end: int) -> None:
        if start > end:
            raise ModelError(f"a span ends after it starts, got {start} to {end}")
        if self.surface is not None and len(self.surface) != end - start:
            raise ModelError(f"the surface has {len(self.surface)} characters, the span {end - start}")

    def fits(self, text: str) -> bool:
        """Whether ``text[start:end]`` is the surface; without a span, whether the surface stands in it at all."""
        if self.surface is None:
            return True
        return self.surface in text if self.start is None else text[self.start : self.end] == self.surface

    def __str__(self) -> str:
        return self.document if self.line is None else f"{self.document}:{self.line}"
