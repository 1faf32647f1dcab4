"""The report: a taxonomy, facts, footnotes and the links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from attrs import field, frozen

from exporter.findings import list_text
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact, Facts
from exporter.model.qname import QName
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_LINK

ContextElement = Literal["segment", "scenario"]


@frozen
class FootnoteResource:
    """A note. ``content`` is a well-formed XHTML fragment (XHTML as default namespace): escape plain text first.

    ``id`` is the target of links and takes no part in equality.
    """

    content: str
    language: str = field(eq=str.lower)
    id: str = field(eq=False)


@frozen
class Link:
    """From the fact with id ``source`` to the fact or footnote with id ``target``.

    ``type`` is an arcrole URI, ``group`` an extended link role URI.
    """

    source: str
    target: str
    type: str = ARCROLE_FACT_FOOTNOTE
    group: str = ROLE_LINK


def _unlabelled(_: QName, __: str) -> None:
    return None


@frozen
class Vocabulary:
    """What is known of the names in a report without loading its taxonomy again.

    Syntaxes need some of it: XML cannot be written without the typed domain's element, and a pure exact number
    looks like text. ``typed_domains`` maps a typed dimension to its domain element, ``role_hrefs`` a role
    or arcrole URI to the place (``schema.xsd#id``) that declares it, ``context_element`` says where dimensions go.
    ``explicit_dimensions`` are all those of the taxonomy, ``None`` where it is not known which there are.
    ``inferred`` are the concepts whose type no taxonomy declares, but the facts show. ``default_accuracies`` are the
    attributes (``decimals``, ``precision``) that the type of a concept supplies where a fact in XML leaves them out
    (XML Schema defaults and fixed values). ``find_label`` gives the standard label of a concept in a language, ``None``
    where the taxonomy has none or is not available; it takes no part in equality.
    """

    datatypes: Mapping[QName, DataType] = field(factory=dict)
    typed_domains: Mapping[QName, QName] = field(factory=dict)
    role_hrefs: Mapping[str, str] = field(factory=dict)
    context_element: ContextElement | None = None
    explicit_dimensions: frozenset[QName] | None = None
    inferred: frozenset[QName] = frozenset()
    default_accuracies: Mapping[QName, Mapping[str, str]] = field(factory=dict)
    find_label: Callable[[QName, str], str | None] = field(default=_unlabelled, eq=False, repr=False)

    def label(self, concept: QName, *languages: str) -> str | None:
        """The standard label in the first of the languages that has one."""
        texts = (self.find_label(concept, language) for language in languages)
        return next((label for text in texts if text and (label := text.strip())), None)

    def is_numeric(self, fact: Fact) -> bool:
        """Whether the fact is numeric: by its concept's type where known, else by its looks."""
        datatype = self.datatypes.get(fact.concept)
        return fact.looks_numeric if datatype is None else datatype.is_numeric


# Not generic, for the type checker does not see through a generic function as converter.
def as_mapping(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A copy that nobody changes, for records that hold one."""
    return MappingProxyType(dict(value))


def as_tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    """The values of anything that can be gone through, for records that hold them."""
    return tuple(value)


@frozen(eq=False)
class Report:
    """Facts and footnotes against a taxonomy; knows no syntax and no report item.

    ``taxonomy`` holds the hrefs of the schemas; ``namespaces`` preferred prefixes. Equality is by meaning: sets of
    facts, footnotes and links, whatever the ids, the order and the prefixes. ``namespaces``, ``vocabulary`` and
    ``features`` (what the document says of itself, by names in Clark notation) take no part.
    """

    taxonomy: tuple[str, ...] = field(default=(), converter=as_tuple)
    facts: Facts = field(default=Facts(), converter=Facts)
    footnotes: tuple[FootnoteResource, ...] = field(default=(), converter=as_tuple)
    links: tuple[Link, ...] = field(default=(), converter=as_tuple)
    base_url: str | None = None
    namespaces: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    vocabulary: Vocabulary = Vocabulary()
    features: Mapping[str, object] = field(factory=dict, converter=as_mapping)

    def __len__(self) -> int:
        """The number of facts."""
        return len(self.facts)

    def __iter__(self) -> Iterator[Fact]:
        """The facts, in their order."""
        return iter(self.facts)

    def __bool__(self) -> bool:
        """Always true: a report without facts is a report."""
        return True

    def __repr__(self) -> str:
        return (
            f"<Report: {len(self.facts):,} facts, {len(self.footnotes):,} footnotes, "
            f"taxonomy {list_text(self.taxonomy) or 'none'}>"
        )

    def find(self, concept: str | QName | None = None, period: Any = None, **dimensions: str) -> tuple[Fact, ...]:
        """The facts that fit all that is given.

        Args:
            concept: a name, or a pattern (``*``, ``?``) of names with or without prefix; capitals make no difference.
            period: a period, or a pattern of it as written: ``2005-03-31``, ``2004-04-01/*``.
            dimensions: members or values by the local name of their axis, patterns too: ``HolderAxis="NTT*"``.
        """
        from exporter.model.selection import PrefixedNames, select_facts

        names = PrefixedNames(self.namespaces)
        return tuple(select_facts(self.facts, names, concept=concept, period=period, **dimensions))

    def to_frame(self, backend: str = "pandas") -> Any:
        """The facts as a frame, a fact in each row: numbers exact, a column for each axis.

        Args:
            backend: the library of the frame: ``pandas``, ``polars``, ``pyarrow``.

        Raises:
            MissingExtraError: narwhals or the library is not installed.
        """
        from exporter.model.selection import PrefixedNames, fact_columns, make_frame

        return make_frame(fact_columns(self.facts, PrefixedNames(self.namespaces)), backend)

    def _repr_html_(self) -> str:
        from exporter.model.selection import PrefixedNames, html_table

        return html_table(self.facts, PrefixedNames(self.namespaces), len(self.facts))

    def linked(self) -> frozenset[tuple[Fact, str, str, Fact | FootnoteResource]]:
        """The links with their ends in place of ids; a link to an id that is not there is left out."""
        sources = {fact.id: fact for fact in self.facts if fact.id is not None}
        targets: dict[str, Fact | FootnoteResource] = {**sources, **{note.id: note for note in self.footnotes}}
        return frozenset(
            (sources[link.source], link.type, link.group, targets[link.target])
            for link in self.links
            if link.source in sources and link.target in targets
        )

    def footnotes_of(self, fact: Fact) -> tuple[FootnoteResource, ...]:
        """The footnotes linked from ``fact``, in the order of the links."""
        notes = {note.id: note for note in self.footnotes}
        return tuple(notes[link.target] for link in self.links if link.source == fact.id and link.target in notes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return (
            set(self.taxonomy) == set(other.taxonomy)
            and self.base_url == other.base_url
            and self.facts == other.facts
            and frozenset(self.footnotes) == frozenset(other.footnotes)
            and self.linked() == other.linked()
        )

    def __hash__(self) -> int:
        return hash((frozenset(self.taxonomy), self.base_url, self.facts))
