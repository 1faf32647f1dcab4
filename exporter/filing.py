"""A filing: items of one entity for one period, with the report and the taxonomy they make."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self

from attrs import evolve, field, fields, frozen

from exporter.errors import ProfileError, WriteError
from exporter.findings import Finding, choice_hint
from exporter.items.bind import Binding, bind
from exporter.items.composed import Composition, compositions
from exporter.items.document import ItemsDocument
from exporter.items.taxonomy.conventions import with_conventions
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.items.to_facts import DerivedReport, derive_report
from exporter.model.patterns import compile_rule_pattern
from exporter.model.report import Report, Vocabulary
from exporter.profiles.profile import Profile
from exporter.profiles.read import load_profile
from exporter.resources.targets import with_references
from exporter.sources import Source
from exporter.taxonomy.taxonomy import Taxonomy


@frozen(kw_only=True, slots=False)
class Filing(ItemsDocument):
    """A document of items that knows what to make of them; arguments as for `ItemsDocument`.

    ``source`` is the document that the items were read from, which knows their lines.
    """

    source: Source | None = field(default=None, eq=False, repr=False)

    @classmethod
    def of(cls, document: ItemsDocument) -> Self:
        """The filing of a document of items."""
        return cls(**{attribute.name: getattr(document, attribute.name) for attribute in fields(ItemsDocument)})

    @cached_property
    def rules(self) -> Profile:
        """The profile, read.

        Raises:
            ProfileError: there is no such profile, release or audience.
            ReadError: the profile's file is invalid.
        """
        profile = load_profile(self.profile, release=self.release)
        if given := {taxonomy.prefix: taxonomy for taxonomy in self.taxonomies}:
            profile = evolve(profile, taxonomies={**profile.taxonomies, **given})
        if self.audience is None:
            return profile
        if self.audience not in profile.audiences:
            raise ProfileError(findings=[_no_audience(self.audience, profile)])
        return evolve(profile, audience=self.audience)

    @property
    def languages_of_labels(self) -> tuple[str, ...]:
        """The languages in which concepts are labelled: those chosen, else the profile's, else the filing's own."""
        return self.label_languages or self.rules.document.labels.languages or (self.language,)

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """The classes of the items and of their rows, bound to the filing's namespace and to standard concepts."""
        return self._fitted[0]

    @cached_property
    def composed(self) -> tuple[Composition, ...]:
        """What the composed items make: statements with their concepts."""
        return tuple(compositions(self, self.rules))

    @cached_property
    def _fitted(self) -> tuple[tuple[Binding, ...], DerivedReport]:
        """Bindings under which no standard concept makes items contradict each other, and the report they make."""
        without: frozenset[tuple[str, str]] = frozenset()
        while True:
            bindings = bind(self.classes, self.own_namespace, self.rules, items=self.items, without=without)
            derived = derive_report(
                self, schema=self.schema_name, vocabulary=Vocabulary(), bindings=bindings, composed=self.composed
            )
            standard = (used for used in derived.contradicted if used.bound.standard is not None)
            clashing = {(used.binding.spec.name, used.bound.spec.name) for used in standard}
            if clashing <= without:
                return bindings, derived
            without |= clashing

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The extension taxonomy, as the profile's regulator wants it: what the facts use, and what that needs."""
        bindings, derived = self._fitted
        reasons = self.own_namespace.unknown_reason_role
        derived_taxonomy = taxonomy_of(
            bindings,
            uses=derived.used,
            with_reasons=any(link.group == reasons for link in derived.report.links),
            languages=self.languages_of_labels,
            composed=self.composed,
        )
        return with_conventions(derived_taxonomy, self.rules, languages=self.languages_of_labels)

    @cached_property
    def taxonomy_files(self) -> dict[str, bytes]:
        """The files of the filing's taxonomy by name, its linkbases where the profile wants them.

        Raises:
            TaxonomyError: the taxonomy is incomplete.
        """
        # Imported on use: only what is exported or checked has its taxonomy written.
        from exporter.taxonomy.write.linkbases import write_taxonomy

        document = self.rules.document
        files = write_taxonomy(
            self.taxonomy,
            self.base_name,
            embedded=document.linkbases == "embedded",
            label_files=document.extension.label_files,
            always=document.extension.linkbases,
        )
        if document.characters != "ascii":
            return files
        return {name: with_references(data, "ascii") for name, data in files.items()}

    @cached_property
    def base_name(self) -> str:
        """What the names of files begin with: as the profile says, else prefix and date."""
        template = self.rules.document.base_name
        filled = None if template is None else self.filled(template)
        return super().base_name if filled is None else filled

    @property
    def filing_day(self) -> dt.date | None:
        """The day of filing, where the namespace says it and the profile says where."""
        template = self.rules.document.filing_day
        filled = None if template is None else self.filled(template)
        try:
            return None if filled is None else dt.date.fromisoformat(filled)
        except ValueError:
            return None

    def filled(self, template: str) -> str | None:
        """A name of the profile's with the groups of the namespace, the prefix and the date in it.

        ``None`` where the namespace is not of the form that the profile asks for.
        """
        grammar = self.rules.document.extension.namespace
        match = compile_rule_pattern(grammar).fullmatch(self.namespace) if grammar is not None else None
        parts = {"prefix": self.prefix, "date": self.period_end.date.isoformat()}
        parts |= {str(number): text or "" for number, text in enumerate(match.groups() if match else (), start=1)}
        if not set(re.findall(r"\{(\w+)\}", template)) <= parts.keys():
            return None
        return re.sub(r"\{(\w+)\}", lambda name: parts[name[1]], template)

    @property
    def schema_name(self) -> str:
        """The file name of the extension schema, as reports refer to it."""
        return f"{self.base_name}.xsd"

    @cached_property
    def derived(self) -> DerivedReport:
        """The report with the origin of each fact and the contradictions among the items."""
        vocabulary = self.taxonomy.vocabulary(self.schema_name)
        derived = self._fitted[1]
        return evolve(derived, report=evolve(derived.report, vocabulary=vocabulary))

    def to_report(self) -> Report:
        """The facts, footnotes and links of the items.

        Raises:
            WriteError: items contradict each other; the findings say which.
        """
        derived = self.derived
        if derived.findings:
            raise WriteError(findings=self.located(derived.findings))
        return derived.report

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings with the file that the items were read from, and the line of what their pointers lead to."""
        if self.source is None:
            return tuple(findings)
        return tuple(located_in(finding, self.source) for finding in findings)

    def with_items(self, items: Iterable[Any]) -> Self:
        """The same filing with other items."""
        return evolve(self, items=tuple(items), source=None)


def _no_audience(name: str, profile: Profile) -> Finding:
    return Finding(
        code="exporter:unknownAudience",
        message=f"the profile {profile.name} has no audience {name!r}",
        fix=choice_hint(name, profile.audiences),
    )


def located_in(finding: Finding, source: Source) -> Finding:
    """A finding with the file, and the line or cell, that its pointer leads to in a source."""
    place = finding.location
    if place.pointer is not None and place.line is None:
        part = source.locate(place.pointer)
        finding = finding.at(file=part.file, line=part.line, column=part.column, cell=part.cell)
    return finding.at(file=source.name)
