"""A filing: items of one entity for one period, with the report and the taxonomy they make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self

from attrs import evolve, field, fields, frozen

from exporter.disclosures import DISCLOSURES
from exporter.errors import WriteError
from exporter.filing.inputs import Input
from exporter.items.binding import Binding, bind
from exporter.items.bound import Namespace
from exporter.items.declaration import RowsDeclaration
from exporter.items.document import DEFAULT_PREFIX, ItemsDocument
from exporter.items.extension.deriving import taxonomy_of
from exporter.items.facts import DerivedReport, derive_report
from exporter.items.objects import DerivedItems, derive_items
from exporter.items.specification import item_specification
from exporter.model.dimensions import ExplicitDimension
from exporter.model.entity import Entity
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.namespaces import RESERVED_PREFIXES
from exporter.profiles.detection import detect_profile
from exporter.profiles.profile import Profile
from exporter.profiles.reading import load_profile
from exporter.taxonomy.taxonomy import Taxonomy


@frozen(kw_only=True, slots=False)
class Filing(ItemsDocument):
    """A document of items that knows what to make of them; arguments as for `ItemsDocument`.

    ``source`` is the file that the items were read from; findings about them name its lines.
    """

    source: Input | None = field(default=None, eq=False, repr=False)

    @classmethod
    def of(cls, document: ItemsDocument) -> Self:
        """The filing of a document of items."""
        return cls(**{each.name: getattr(document, each.name) for each in fields(ItemsDocument)})

    @cached_property
    def rules(self) -> Profile:
        """The profile, read.

        Raises:
            ProfileError: there is no such profile or release.
            ReadError: the profile's file is at fault.
        """
        return load_profile(self.profile, release=self.release)

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """The classes of the items and of their rows, bound to the filing's namespace and to standard concepts."""
        return self._own_bindings if not self.rules.is_standard else self._fitted[0]

    @cached_property
    def _own_bindings(self) -> tuple[Binding, ...]:
        return bind(self.classes, self.own_namespace, self.rules, items=self.items)

    @cached_property
    def _fitted(self) -> tuple[tuple[Binding, ...], DerivedReport]:
        """Bindings under which no standard concept makes items contradict each other, and the report they make."""
        without: frozenset[tuple[str, str]] = frozenset()
        while True:
            bindings = bind(self.classes, self.own_namespace, self.rules, items=self.items, without=without)
            derived = derive_report(self, schema=self.schema_name, vocabulary=Vocabulary(), bindings=bindings)
            standard = (used for used in derived.contradicted if used.bound.standard is not None)
            clashing = {(used.binding.spec.name, used.bound.option.name) for used in standard}
            if clashing <= without:
                return bindings, derived
            without |= clashing

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The extension taxonomy that the items' classes make."""
        if not self.rules.is_standard:
            return taxonomy_of(self.bindings)
        bindings, derived = self._fitted
        used = [(each.binding, each.bound) for each in derived.used if each.bound not in each.binding.options]
        reported = frozenset(each.bound for each in derived.used)
        return taxonomy_of(bindings, also=used, reported=reported, pairs=_pair_members(derived.report, bindings))

    @cached_property
    def taxonomy_files(self) -> dict[str, bytes]:
        """The files of the filing's taxonomy by name, its linkbases where the profile wants them.

        Raises:
            TaxonomyError: the taxonomy is incomplete.
        """
        # Imported on use: only what is exported or judged has its taxonomy written.
        from exporter.taxonomy.writer import write_taxonomy

        embedded = self.rules.document.linkbases == "embedded"
        return write_taxonomy(self.taxonomy, self.base_name, embedded=embedded)

    @property
    def schema_name(self) -> str:
        """The file name of the extension schema, as reports refer to it."""
        return f"{self.base_name}.xsd"

    @cached_property
    def derived(self) -> DerivedReport:
        """The report with the origin of each fact and the contradictions among the items."""
        vocabulary = self.taxonomy.vocabulary(self.schema_name)
        if self.rules.is_standard:
            derived = self._fitted[1]
            return evolve(derived, report=evolve(derived.report, vocabulary=vocabulary))
        return derive_report(
            self,
            schema=self.schema_name,
            vocabulary=vocabulary,
            bindings=self.bindings,
        )

    def to_report(self) -> Report:
        """The facts, footnotes and links of the items.

        Raises:
            WriteError: items contradict each other; the findings say which.
        """
        derived = self.derived
        if derived.findings:
            raise WriteError(findings=derived.findings)
        return derived.report

    def with_items(self, items: Iterable[Any]) -> Self:
        """The same filing with other items."""
        return evolve(self, items=tuple(items), source=None)


def _pair_members(report: Report, bindings: tuple[Binding, ...]) -> tuple[QName, ...]:
    """The currency pairs that facts are cut by, as members."""
    axes = {binding.pair_axis for binding in bindings if binding.unit_field is not None}
    found = {
        each.member: None
        for fact in report.facts
        for each in fact.dimensions
        if each.axis in axes and isinstance(each, ExplicitDimension)
    }
    return tuple(found)


def to_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Profile | None = None,
    namespace: str | None = None,
    entity: Entity | None = None,
    language: str = "en",
) -> tuple[Any, ...]:
    """The report items that a report states: those of the disclosures of this package and of ``classes``.

    Args:
        profile: which standard concepts the items report; left out, the profile of this package whose concepts the
            report has most of.
        namespace: the namespace of the filing's own names; left out, every namespace in which a fact's concept has the
            name of one that an item class reports.
        entity: whose items; left out, the entity with most facts.
        language: the language of texts that do not say their own.
    """
    found = derive_report_items(report, classes, profile=profile, namespace=namespace, entity=entity, language=language)
    return found.items


def derive_report_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Profile | None = None,
    namespace: str | None = None,
    entity: Entity | None = None,
    language: str = "en",
) -> DerivedItems:
    """As `to_items`, with the facts that belong to no item and the reasons why items could not be made."""
    used = profile_of(report) if profile is None else load_profile(profile)
    if used is not None and used.is_standard:
        bindings = _profile_bindings(report, known_classes(classes), used, namespace)
        return derive_items(report, bindings, entity=entity, language=language)
    return _derive_own_items(report, classes, namespace=namespace, entity=entity, language=language)


def profile_of(report: Report) -> Profile | None:
    """The profile of this package whose standard concepts the report has most of; ``None`` where it has none."""
    return detect_profile(_names_by_namespace(report))


def _profile_bindings(
    report: Report, classes: Iterable[type[Any]], profile: Profile, namespace: str | None
) -> list[Binding]:
    """The classes bound to each namespace that may be the filing's own."""
    prefixes = {uri: prefix for prefix, uri in report.namespaces.items()}
    standard = {each.namespace for each in profile.taxonomies.values()}
    found = [namespace] if namespace else [uri for uri in _namespaces(report) if uri not in standard]
    places = [Namespace(uri=uri, prefix=prefixes.get(uri, DEFAULT_PREFIX)) for uri in found]
    classes = tuple(classes)
    return [
        binding
        for place in places or [Namespace(uri="urn:own", prefix=DEFAULT_PREFIX)]
        for binding in bind(classes, place, profile)
    ]


def _namespaces(report: Report) -> list[str]:
    """The namespaces of concepts that are no standard's."""
    return [uri for uri in _names_by_namespace(report) if uri not in RESERVED_PREFIXES.values()]


def _derive_own_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    namespace: str | None,
    entity: Entity | None,
    language: str,
) -> DerivedItems:
    """The items of reports with concepts of filings' own."""
    reporting = _classes_by_concept(known_classes(classes))
    prefixes = {uri: prefix for prefix, uri in report.namespaces.items()}
    bindings: list[Binding] = []
    for uri, names in _names_by_namespace(report).items():
        if uri == namespace or (namespace is None and uri not in RESERVED_PREFIXES.values()):
            found = dict.fromkeys(cls for name in names for cls in reporting.get(name, ()))
            bindings += bind(found, Namespace(uri=uri, prefix=prefixes.get(uri, DEFAULT_PREFIX)))
    return derive_items(report, bindings, entity=entity, language=language)


def known_classes(classes: Iterable[type[Any]]) -> tuple[type[Any], ...]:
    """``classes`` and the disclosures of this package; a class of a disclosure's name takes its place."""
    own = tuple(dict.fromkeys(classes))
    names = {cls.__name__ for cls in own if cls not in DISCLOSURES}
    return tuple(dict.fromkeys((*own, *(cls for cls in DISCLOSURES if cls.__name__ not in names))))


def _classes_by_concept(classes: Iterable[type[Any]]) -> dict[str, list[type[Any]]]:
    """The classes, and those of their rows, by the local names of the concepts that they report."""
    found: dict[str, list[type[Any]]] = {}
    waiting, seen = list(classes), set[type[Any]]()
    while waiting:
        cls = waiting.pop(0)
        if cls in seen:
            continue
        seen.add(cls)
        spec = item_specification(cls)
        for name in dict.fromkeys(option.name for option in spec.facts):
            found.setdefault(name, []).append(cls)
        made_of = spec.only(RowsDeclaration)
        waiting += made_of.types if made_of else ()
    return found


def _names_by_namespace(report: Report) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for fact in report.facts:
        found.setdefault(fact.concept.namespace, {})[fact.concept.local_name] = None
    return found
