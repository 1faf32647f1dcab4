"""A filing: items of one entity for one period, with the report and the taxonomy they make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self

from attrs import evolve, fields, frozen

from exporter.disclosures import DISCLOSURES
from exporter.errors import WriteError
from exporter.items.binding import Binding, Namespace, bind
from exporter.items.declaration import RowsDeclaration
from exporter.items.document import DEFAULT_PREFIX, ItemsDocument
from exporter.items.extension import taxonomy_of
from exporter.items.facts import DerivedReport, derive_report
from exporter.items.objects import DerivedItems, derive_items
from exporter.items.specification import item_specification
from exporter.model.entity import Entity
from exporter.model.report import Report
from exporter.namespaces import RESERVED_PREFIXES
from exporter.taxonomy.taxonomy import Taxonomy


@frozen(kw_only=True, slots=False)
class Filing(ItemsDocument):
    """A document of items that knows what to make of them; arguments as for `ItemsDocument`."""

    @classmethod
    def of(cls, document: ItemsDocument) -> Self:
        """The filing of a document of items."""
        return cls(**{each.name: getattr(document, each.name) for each in fields(ItemsDocument)})

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """The classes of the items and of their rows, bound to the filing's namespace."""
        return bind(self.classes, self.own_namespace)

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The extension taxonomy that the items' classes make."""
        return taxonomy_of(self.bindings)

    @property
    def schema_name(self) -> str:
        """The file name of the extension schema, as reports refer to it."""
        return f"{self.base_name}.xsd"

    @cached_property
    def derived(self) -> DerivedReport:
        """The report with the origin of each fact and the contradictions among the items."""
        return derive_report(
            self,
            schema=self.schema_name,
            vocabulary=self.taxonomy.vocabulary(self.schema_name),
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
        return evolve(self, items=tuple(items))


def to_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    namespace: str | None = None,
    entity: Entity | None = None,
    language: str = "en",
) -> tuple[Any, ...]:
    """The report items that a report states: those of the disclosures of this package and of ``classes``.

    Args:
        namespace: the namespace of the filing's own names; left out, every namespace in which a fact's concept has the
            name of one that an item class reports.
        entity: whose items; left out, the entity with most facts.
        language: the language of texts that do not say their own.
    """
    return derive_report_items(report, classes, namespace=namespace, entity=entity, language=language).items


def derive_report_items(
    report: Report,
    classes: Iterable[type[Any]] = (),
    *,
    namespace: str | None = None,
    entity: Entity | None = None,
    language: str = "en",
) -> DerivedItems:
    """As `to_items`, with the facts that belong to no item and the reasons why items could not be made."""
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
