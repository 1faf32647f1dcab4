"""What of an extension taxonomy nothing uses: concepts, members, axes and roles that a filing could do without."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Location, Severity
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.taxonomy.networks import DOMAIN_MEMBER, PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.advice.subject import AdviceSubject
from exporter.validation.engine import rule


@rule("exporter:unusedDeclaration", severity=Severity.WARNING)
def check_unused(subject: AdviceSubject) -> Iterator[Finding]:
    """Concepts, members, axes and roles of the extension are used by the report, where there is one."""
    if subject.report is None:
        return
    for name in unused_names(subject.extension, subject.report):
        yield Finding(
            code="exporter:unusedDeclaration",
            message=f"nothing in the report uses {name}",
            fix="leave its declaration out, or report it",
            location=Location(item=name),
        )


def unused_names(taxonomy: Taxonomy, report: Report) -> tuple[str, ...]:
    """The names of concepts, and the URIs of roles, of the taxonomy's own that no fact, dimension or footnote needs.

    A concept is used where a fact reports it, has it as axis, member or value; an abstract one where something used
    stands below it, or it is the domain of an axis or an enumeration that is used. A role is used by relationships that
    stand in it, or by footnotes.
    """
    used = set(_reported(taxonomy, report))
    used |= _above(taxonomy, used)
    concepts = (concept.qname for concept in taxonomy.concepts if concept.qname.namespace == taxonomy.namespace)
    in_use = {arc.role for arc in taxonomy.relationships} | {link.group for link in report.links}
    roles = (role.uri for role in taxonomy.roles if role.uri not in in_use)
    return (*(str(name) for name in concepts if name not in used), *roles)


def _reported(taxonomy: Taxonomy, report: Report) -> Iterator[QName]:
    """The names in facts, their dimensions and the values of enumerations."""
    for fact in report.facts:
        yield fact.concept
        concept = taxonomy.concept(fact.concept)
        for dimension in fact.dimensions:
            yield dimension.axis
            if isinstance(dimension, ExplicitDimension):
                yield dimension.member
        if concept is not None and concept.enumeration is not None:
            yield concept.enumeration.domain
            for value in (fact.value or "").split():
                namespace, _, local_name = value.rpartition("#")
                yield QName(namespace, local_name)


def _above(taxonomy: Taxonomy, used: set[QName]) -> set[QName]:
    """The abstract concepts above those that are used, and the domains of axes."""
    reached: set[QName] = set()
    parents: dict[QName, set[QName]] = {}
    for arc in taxonomy.relationships:
        if arc.arcrole in (PARENT_CHILD, DOMAIN_MEMBER):
            parents.setdefault(arc.target, set()).add(arc.source)
            concept = taxonomy.concept(arc.source)
            if concept is not None and concept.kind == "dimension" and arc.source in used:
                reached.add(arc.target)
    waiting = list(used | reached)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in reached:
                reached.add(parent)
                waiting.append(parent)
    return reached
