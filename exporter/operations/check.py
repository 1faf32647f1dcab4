"""Checking a filing made of items: its items, their taxonomy and report, and what regulators would refuse.

`validate_filing` is what `validate` reports of a file of items, and what stops its export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import define, evolve

from exporter.disclosures import TOPICS, disclosure
from exporter.disclosures.rules.rule_set import check_items
from exporter.errors import ReadError, TaxonomyError
from exporter.filing import Filing
from exporter.findings import MOST_CHOICES, Finding, Location, Severity, list_text
from exporter.items.check import check_item
from exporter.items.labels import is_english
from exporter.items.placed import merged_containers, placed_items
from exporter.model.unit import Unit
from exporter.operations.check_profile import check_profile, missing_packages, needed_taxonomies
from exporter.operations.export_files import SchemasInMemory, public_location, public_schema, standard_schemas
from exporter.operations.preflight import Preflight, located_at_items
from exporter.profiles.profile import EXTENSION_ONLY
from exporter.profiles.read import load_profile
from exporter.profiles.rules import RuleTable
from exporter.resources.resolver import Resolver
from exporter.resources.stages import stage
from exporter.taxonomy.cache import TaxonomyCache
from exporter.taxonomy.concepts import STANDARD
from exporter.validation.report.subject import Calculations
from exporter.validation.rule_sets import check_report

if TYPE_CHECKING:
    from exporter.operations.validate_taxonomy import TaxonomyLoader


@stage("check the filing")
def validate_filing(
    filing: Filing,
    *,
    resolver: Resolver | None = None,
    tables: Iterable[RuleTable] = (),
    calc: Calculations = "round",
    lint: bool = True,
    cache: TaxonomyCache | None = None,
) -> tuple[Finding, ...]:
    """All that is wrong with a filing, each finding with its item and a pointer into the document of items.

    Items are held against their own rules and those across items, the profile's concepts against the standard
    taxonomies, the extension taxonomy, the report and its calculations against the specifications, then against filing
    rules and lints. The standard taxonomies are those that ``resolver`` has packages of.

    Args:
        tables: filing rules to hold it against too.
        calc: how Calculations 1.1 reads rounded numbers; see `exporter.operations.validate.validate`.
        lint: whether to look for mistakes of scale, sign, dates and the like.
        cache: where taxonomies are kept from one run to the next.
    """
    job = _FilingValidation(filing, resolver or Resolver(), cache)
    return tuple(job.findings(tuple(tables), calc, lint=lint))


@define(eq=False)
class _FilingValidation:
    """The steps of one validation."""

    _filing: Filing
    _resolver: Resolver
    _cache: TaxonomyCache | None

    def findings(self, tables: tuple[RuleTable, ...], calc: Calculations, *, lint: bool) -> Iterator[Finding]:
        filing = self._filing
        yield from filing.source.findings if filing.source is not None else ()
        yield from check_filing(filing)
        contradictions = filing.derived.findings
        yield from contradictions
        needed = needed_taxonomies(filing) if filing.rules.is_standard else ()
        at_hand = [taxonomy.schema for taxonomy in needed if self._resolver.is_at_hand(taxonomy.schema)]
        loader = self._load_taxonomy(at_hand) if at_hand or not _is_made_of_own_parts(filing) else None
        if loader is not None:
            yield from (located_at_items(filing, finding) for finding in loader.findings)
        declared = loader.taxonomy if at_hand and loader is not None else None
        if filing.rules.is_standard:
            yield from check_profile(filing, declared)
        if not contradictions:
            complete = declared is None or loader is None or loader.complete
            taxonomy = declared or filing.taxonomy
            findings = check_report(
                filing.derived.report, taxonomy, syntax="json", complete=complete, calculations=calc
            )
            located = (located_at_items(filing, finding) for finding in findings)
            yield from (finding for finding in located if not _is_of_composed_sum(filing, finding))
            yield from check_label_languages(filing)
        yield from Preflight(tables=tables, lint=lint).check_filing(filing)
        if needed:
            yield from missing_packages(filing, at_hand)

    def _load_taxonomy(self, at_hand: list[str]) -> TaxonomyLoader:
        """The extension taxonomy as it is written, read with the standard ones that are available."""
        # Imported on use: a taxonomy of the package's own parts alone needs no rules.
        from exporter.operations.validate_taxonomy import TaxonomyLoader

        filing = self._filing
        try:
            files = filing.taxonomy_files
        except TaxonomyError as error:
            loader = TaxonomyLoader(public_location(filing), self._resolver, strict=False)
            loader.findings += error.findings or [Finding(code="oime:invalidTaxonomy", message=str(error))]
            return loader
        own = SchemasInMemory({public_location(filing) + name: content for name, content in files.items()})
        stand_ins = () if at_hand else standard_schemas(filing)
        resolver = evolve(self._resolver, catalogs=(own, *self._resolver.catalogs, *stand_ins))
        loader = TaxonomyLoader(public_location(filing), resolver, strict=False, cache=self._cache if at_hand else None)
        with suppress(ReadError):
            loader.load((public_schema(filing),))
        return loader


def _is_made_of_own_parts(filing: Filing) -> bool:
    """Whether all that the taxonomy is made of comes with this package: classes and profile.

    Nothing may be named by the items themselves, as by rows of statements. Such a taxonomy is valid, as the property
    tests of all classes show; it is still read back before it appears.
    """
    if filing.rules is not load_profile(EXTENSION_ONLY) or filing.composed:
        return False
    return all(cls.__name__ in TOPICS and disclosure(cls.__name__) is cls for cls in filing.classes)


def _is_of_composed_sum(filing: Filing, finding: Finding) -> bool:
    """Whether a composed item reports, with row and column, that its sums do not hold."""
    item = finding.location.item
    return finding.code.startswith("calc11e:") and any(
        known.code == "exporter:statementSum" and known.location.item == item
        for composition in filing.composed
        for known in composition.findings()
    )


def check_filing(filing: Filing) -> Iterator[Finding]:
    """Every finding about the items: their own rules, warnings included, then the rules across items.

    Locations name the item and point into the document of items (``/items/3/share``).
    """
    for placed in placed_items(filing.items):
        for finding in check_item(placed.item):
            pointer = placed.pointer + (finding.location.pointer or "")
            yield evolve(finding, location=evolve(finding.location, pointer=pointer, item=placed.label))
    yield from check_items(filing.items)
    for composition in filing.composed:
        yield from composition.findings()
    yield from merged_containers(filing.items)
    if not filing.states_currency:
        yield from _assumed_currency(filing)


def _assumed_currency(filing: Filing) -> Iterator[Finding]:
    """An unknown amount where nothing in the whole document says a currency; reported once."""
    assumed = Unit.currency(filing.reporting_currency)
    for fact in filing.derived.report.facts:
        if fact.is_nil and fact.unit is not None and assumed.numerators[0] in fact.unit.numerators:
            origin = filing.derived.origins[fact.id or ""][0]
            yield Finding(
                code="exporter:currencyAssumed",
                severity=Severity.WARNING,
                message=f"no currency is stated anywhere; unknown amounts are reported in {filing.reporting_currency}",
                location=evolve(origin.location, fact=fact.id),
                fix="say currency: in the head of the filing",
            )
            return


def check_label_languages(filing: Filing) -> Iterator[Finding]:
    """Extension concepts that have no label in a language of the filing's labels and are labelled in English there.

    One finding for each language, a warning where the filing or its profile asks for the language.
    """
    is_chosen = bool(filing.label_languages or filing.rules.document.labels.languages)
    for language in filing.languages_of_labels:
        if is_english(language):
            continue
        labelled = {
            label.concept for label in filing.taxonomy.labels if label.role == STANDARD and label.language == language
        }
        in_english = {label.concept for label in filing.taxonomy.labels if label.role == STANDARD} - labelled
        names = sorted(name.local_name for name in in_english if name.namespace == filing.namespace)
        if names:
            subject = "1 concept has no label" if len(names) == 1 else f"{len(names)} concepts have no label"
            yield Finding(
                code="exporter:labelNotTranslated",
                severity=Severity.WARNING if is_chosen else Severity.INFO,
                message=f"{subject} in {language} and {'is' if len(names) == 1 else 'are'} labelled in English: "
                f"{list_text(names, most=MOST_CHOICES)}",
                location=Location(pointer="/filing/label_languages" if filing.label_languages else "/filing"),
                fix=f"`exporter items NAME --language {language}` lists what to add to labels/{language.lower()}.toml "
                "beside the module of the item classes",
            )
