"""A document of report items: who files, for when, and what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

from attrs import field, fields_dict, frozen
from attrs.converters import optional

from exporter.errors import ModelError
from exporter.items.bound import Namespace
from exporter.items.compile import item_specification
from exporter.items.declarations import RowsDeclaration
from exporter.items.values import InCurrency
from exporter.items.values.currencies import check_currency
from exporter.model.dimensions import Entity
from exporter.model.lexical import first_not_in_xml, is_absolute_uri, is_language_tag, is_namespace_uri
from exporter.model.period import Instant
from exporter.model.qname import is_ncname
from exporter.model.report import as_tuple
from exporter.profiles.profile import EXTENSION_ONLY, Profile, StandardTaxonomy

DEFAULT_PREFIX = "ext"
DEFAULT_LANGUAGE = "en"
DEFAULT_CURRENCY = "USD"

PLACEHOLDER_TEXT = "Some text."
PLACEHOLDER_PARAGRAPH = "A paragraph."
PLACEHOLDER_NAME = "Some Company Ltd."
PLACEHOLDERS = frozenset({PLACEHOLDER_TEXT, PLACEHOLDER_PARAGRAPH, PLACEHOLDER_NAME})
"""What examples and templates write where a person is to write a text."""

PLACEHOLDER_CIK = "0000000000"
PLACEHOLDER_LEI = "00000000000000000098"
PLACEHOLDER_EDINET_CODE = "E00000-000"
PLACEHOLDER_IDENTIFIERS = frozenset({PLACEHOLDER_CIK, PLACEHOLDER_LEI, PLACEHOLDER_EDINET_CODE})
"""What they write for the identifier of the one who files."""


def count_currencies(items: Iterable[Any]) -> Counter[str]:
    """How many amounts of items stand in each currency."""
    return Counter(value.currency for item in items for value in _values(item) if isinstance(value, InCurrency))


def commonest_currency(counts: Mapping[str, int]) -> str:
    """The currency of most amounts."""
    return min(counts, key=lambda code: (-counts[code], code), default=DEFAULT_CURRENCY)


def _values(item: Any) -> Iterator[Any]:
    for field_spec in item_specification(type(item)).fields:
        value = getattr(item, field_spec.name)
        if isinstance(field_spec.declaration, RowsDeclaration):
            for row in value:
                yield from _values(row)
        else:
            yield value


class HeaderError(ModelError):
    """What the items share is not sound; ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def _check_text(document: Any, attribute: Any, value: Any) -> None:
    if isinstance(value, str) and (character := first_not_in_xml(value)) is not None:
        raise HeaderError(attribute.name, f"the {attribute.name} has the character {character}, which XML cannot carry")


def _currency(code: str) -> str:
    try:
        return check_currency(code)
    except ModelError as error:
        raise HeaderError("currency", str(error)) from error


def _language_tags(languages: Iterable[str]) -> tuple[str, ...]:
    return (languages,) if isinstance(languages, str) else tuple(dict.fromkeys(languages))


def _asked_for(profile: str | Profile) -> str:
    return profile.source if isinstance(profile, Profile) else profile


@frozen(kw_only=True)
class ItemsDocument:
    """Report items with what they share.

    Args:
        entity: whose items these are.
        items: report items; each class is one made with `report_item`.
        period_end: the end of the reporting period; dates file names and the namespace.
        prefix: the prefix of the filing's own names, of letters, digits, '.', '-' and '_'; ``ext`` where not given.
        namespace: the namespace of its own names; ``http://{prefix}.example.com/{yyyymmdd}`` where not given.
        language: the language of texts that do not say theirs (BCP 47); ``en`` where not given.
        title: a name of the filing for people.
        currency: the reporting currency (ISO 4217), in which amounts stand that are not known; the commonest among the
            items where not given, ``USD`` where they have none.
        profile: which standard concepts the items report: a profile, or the name or path of one; everything is
            reported in the filing's own namespace where not given.
        release: the edition of the profile's standard taxonomies; its usual one where not given.
        audience: whom the filing is tagged for, one of the profile's audiences (``regulatory``, ``analyst``); its usual
            one where not given.
        taxonomies: standard taxonomies that rows of statements name concepts of, by their prefixes, in place of the
            profile's and beside them.
        label_languages: the languages of the labels in the taxonomy and on the page (BCP 47); those of the profile
            where not given, else the filing's own.
    """

    entity: Entity = field()
    items: tuple[Any, ...] = field(converter=as_tuple)
    period_end: Instant
    prefix: str = field(default=DEFAULT_PREFIX)
    namespace: str = field()
    language: str = field(default=DEFAULT_LANGUAGE)
    title: str | None = field(default=None, validator=_check_text)
    currency: str | None = field(default=None, converter=optional(_currency))
    profile: str | Profile = field(default=EXTENSION_ONLY, eq=_asked_for)
    release: str | None = None
    audience: str | None = None
    taxonomies: tuple[StandardTaxonomy, ...] = field(default=(), converter=as_tuple)
    label_languages: tuple[str, ...] = field(default=(), converter=_language_tags)

    @classmethod
    def check_field(cls, name: str, value: Any) -> None:
        """Check the value of one field by itself, so that all that is wrong with a header can be reported together.

        Raises:
            HeaderError: the value is not sound.
        """
        attribute: Any = fields_dict(cls)[name]
        if attribute.converter is not None:
            attribute.converter(value)
        if attribute.validator is not None:
            attribute.validator(None, attribute, value)

    @namespace.default
    def _default_namespace(self) -> str:
        return f"http://{self.prefix}.example.com/{self.date_stamp}"

    @entity.validator
    def _check_entity(self, _: object, value: Entity) -> None:
        if not is_absolute_uri(value.scheme):
            raise HeaderError("entity", f"the scheme of an entity is an absolute URI, got {value.scheme!r}")
        for text in (value.scheme, value.identifier):
            if (character := first_not_in_xml(text)) is not None:
                raise HeaderError("entity", f"the entity has the character {character}, which XML cannot carry")

    @namespace.validator
    @prefix.validator
    @language.validator
    @label_languages.validator
    def _check_spelling(self, attribute: Any, value: Any) -> None:
        match attribute.name:
            case "namespace":
                is_sound = is_namespace_uri(value)
                expected = "a namespace is an absolute URI of ASCII characters such as http://www.example.com/20050331"
            case "prefix":
                is_name = is_ncname(value) and re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", value) is not None
                is_sound = is_name and not value.lower().startswith("xml")
                expected = "a prefix starts with a letter and has letters, digits, '.', '-' and '_' only"
            case "language":
                is_sound, expected = is_language_tag(value), "expected a language tag like en or ja"
            case _:
                wrong = [tag for tag in value if not is_language_tag(tag)]
                is_sound, expected = not wrong, "expected language tags such as en or ja"
                value = wrong[0] if wrong else value
        if not is_sound:
            raise HeaderError(attribute.name, f"{expected}, got {value!r}")

    @items.validator
    def _check_items(self, _: object, value: tuple[Any, ...]) -> None:
        for item in value:
            item_specification(type(item))

    @cached_property
    def reporting_currency(self) -> str:
        """The currency of amounts that are not known."""
        return self.currency or commonest_currency(count_currencies(self.items))

    @property
    def profile_source(self) -> str:
        """The name or path of the profile."""
        return _asked_for(self.profile)

    @cached_property
    def states_currency(self) -> bool:
        """Whether the document or any of its amounts says a currency."""
        return self.currency is not None or any(
            isinstance(value, InCurrency) for item in self.items for value in _values(item)
        )

    @property
    def date_stamp(self) -> str:
        """The end of the period as ``yyyymmdd``."""
        return self.period_end.date.isoformat().replace("-", "")

    @property
    def base_name(self) -> str:
        """The base of the file names: ``{prefix}-{yyyymmdd}``."""
        return f"{self.prefix}-{self.date_stamp}"

    @property
    def own_namespace(self) -> Namespace:
        return Namespace(uri=self.namespace, prefix=self.prefix)

    @property
    def classes(self) -> tuple[type[Any], ...]:
        """The classes of the items, each once, by name."""
        return tuple(sorted({type(item) for item in self.items}, key=attrgetter("__name__", "__module__")))
