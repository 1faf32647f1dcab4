"""A filing: items of one entity for one period, with the report and the taxonomy they make."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self

from attrs import evolve, fields, frozen

from exporter.disclosures import DISCLOSURES
from exporter.errors import WriteError
from exporter.items.binding import Binding, Namespace, bind
from exporter.items.document import ItemsDocument
from exporter.items.extension import taxonomy_of
from exporter.items.facts import DerivedReport, derive_report
from exporter.items.objects import DerivedItems, derive_items
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
    wanted = dict.fromkeys((*classes, *DISCLOSURES))
    bindings: list[Binding] = []
    for uri in [namespace] if namespace else _namespaces(report):
        prefix = next((prefix for prefix, bound in report.namespaces.items() if bound == uri), "ext")
        bindings += bind(wanted, Namespace(uri=uri, prefix=prefix))
    return derive_items(report, bindings, entity=entity, language=language)


def _namespaces(report: Report) -> list[str]:
    found = dict.fromkeys(fact.concept.namespace for fact in report.facts)
    return [uri for uri in found if uri not in RESERVED_PREFIXES.values()]
