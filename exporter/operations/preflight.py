"""Pre-flight: what a regulator would refuse, found before anything is filed.

On report items each finding names the item and the field that a fact comes from; on report files the element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import evolve, field, frozen

from exporter.disclosures import TOPICS, disclosure
from exporter.disclosures.rules.rule_set import check_plausibility
from exporter.filing import Filing
from exporter.findings import Finding, Location, list_text
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import DimensionDeclaration
from exporter.items.placed import rows_at
from exporter.model.report import Report, as_tuple
from exporter.profiles.read_rules import read_rule_table
from exporter.profiles.rules import CoverRule
from exporter.profiles.rules import RuleTable as RuleTable
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.filing_rules.subject import DocumentFacts, FilingFolder
from exporter.validation.filing_rules.written import WrittenDocument
from exporter.validation.rule_sets import check_filing_rules, check_kinds, check_lints

# What the rules on items report already, in the words of items.
_SAID_BY_ITEMS = frozenset({"exporter:beyondLongerPeriod", "exporter:fiscalYearFocus", "exporter:doubleNegation"})


@frozen(kw_only=True)
class Preflight:
    """What to check beside validity: filing rules, and lints for what people get wrong."""

    tables: tuple[RuleTable, ...] = field(default=(), converter=as_tuple)
    lint: bool = False

    def check_report(
        self,
        report: Report,
        *,
        taxonomy: Taxonomy | None = None,
        document: DocumentFacts | None = None,
        files: Iterable[str] = (),
        complete: bool = True,
        written: Callable[[RuleTable], tuple[WrittenDocument, ...]] = lambda _: (),
        folder: Callable[[RuleTable], FilingFolder | None] = lambda _: None,
    ) -> Iterator[Finding]:
        """The findings about a report; arguments as for `check_filing_rules`.

        ``written`` gives the documents that are, by a table, the filer's own, ``folder`` what is filed by it.
        """
        names = tuple(files)
        for table in self.tables:
            yield from check_filing_rules(
                report,
                table,
                taxonomy=taxonomy,
                document=document,
                files=names,
                complete=complete,
                written=written(table),
                folder=folder(table),
                coverage=True,
            )
        if self.lint:
            yield from check_lints(report, taxonomy)

    def check_filing(self, filing: Filing) -> Iterator[Finding]:
        """The findings about report items, each with the item and a pointer to the field that is invalid."""
        report = filing.derived.report
        for table in self.tables:
            for finding in check_filing_rules(
                report,
                table,
                taxonomy=filing.taxonomy,
                files=(filing.schema_name,),
                period_end=filing.period_end.date,
                coverage=True,
            ):
                yield located_at_items(filing, finding, table)
        if self.lint:
            yield from check_plausibility(filing.items, filing.period_end.date, filing.entity)
        for finding in check_lints(report, filing.taxonomy) if self.lint else ():
            if finding.code not in _SAID_BY_ITEMS:
                yield located_at_items(filing, finding)


def load_rule_tables(names: Iterable[str | Path | RuleTable]) -> tuple[RuleTable, ...]:
    """Tables by name or file, those given as they are; every rule is of a kind that can be applied.

    Raises:
        ProfileError: there is no such table, or it is malformed.
    """
    tables = tuple(name if isinstance(name, RuleTable) else read_rule_table(name) for name in names)
    for table in tables:
        check_kinds(table)
    return tables


def preflight_filing(filing: Filing, rules: Iterable[str | Path | RuleTable], *, lint: bool = True) -> list[Finding]:
    """What regulators would refuse in a filing made of ``rules``, and what looks like a mistake.

    Args:
        filing: the items.
        rules: names of tables (`exporter.profiles.read_rules.RULE_TABLES`), files, or tables.
        lint: whether to look for mistakes too.

    Raises:
        ProfileError: there is no such table, or it is malformed.
    """
    return list(Preflight(tables=load_rule_tables(rules), lint=lint).check_filing(filing))


def located_at_items(filing: Filing, finding: Finding, table: RuleTable | None = None) -> Finding:
    """A finding about a fact at the field that states it; about a missing fact, at the item to add it to."""
    origins = filing.derived.origins.get(finding.location.fact or "")
    if origins:
        return evolve(finding, location=evolve(origins[0].location, fact=finding.location.fact))
    rule = table.rule(finding.code) if table is not None else None
    if isinstance(rule, CoverRule) and table is not None and finding.location == Location():
        return _at_cover_item(filing, finding, rule, table)
    return finding


def _at_cover_item(filing: Filing, finding: Finding, rule: CoverRule, table: RuleTable) -> Finding:
    concepts = set(rule.concepts)
    for placed in rows_at(filing.items):
        spec = item_specification(type(placed.item))
        names = _fields(spec, concepts) if _states(spec, rule) else []
        fields = [name for name in names if getattr(placed.item, name, None) in (None, ())]
        if fields:
            field_text = f"field {list_text(fields)} of {spec.name}"
            return evolve(_with_fix(finding, field_text), location=placed.at())
    finding = _with_fix(finding, _missing_item(filing, rule, concepts))
    for placed in rows_at(filing.items):
        spec = item_specification(type(placed.item))
        if table.form_concept is not None and _fields(spec, {table.form_concept}):
            return evolve(finding, location=placed.at())
    return finding


def _missing_item(filing: Filing, rule: CoverRule, concepts: set[str]) -> str | None:
    """The class to add an item of, where the filing has none that could state the fact."""
    present = {type(item) for item in filing.items}
    for cls in map(disclosure, TOPICS):
        spec = item_specification(cls)
        fields = _fields(spec, concepts) if cls not in present and _states(spec, rule) else []
        if fields:
            return f"add an item {spec.name} with field {list_text(fields)}"
    return None


def _with_fix(finding: Finding, text: str | None) -> Finding:
    if text is None:
        return finding
    return evolve(finding, fix=f"{finding.fix}: {text}" if finding.fix else text)


def _fields(spec: ItemSpec, concepts: set[str]) -> list[str]:
    return [field.name for field in spec.fields if any(concept.name in concepts for concept in field.concepts)]


def _states(spec: ItemSpec, rule: CoverRule) -> bool:
    """Whether the facts of a class stand where the rule looks for them: undivided, or on its axis."""
    declared = (
        declaration.declaration for declaration in spec.declared(DimensionDeclaration) if not declaration.optional
    )
    axes = {f"{declaration.name}Axis" for declaration in declared if isinstance(declaration, DimensionDeclaration)}
    if rule.within is not None:
        return axes == {rule.within.axis}
    return not axes or rule.divided
