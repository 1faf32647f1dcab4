"""Relationships between concepts: cycles, calculations, preferred labels, aliases (XBRL 2.1 sections 5.1.4 and 5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from exporter.findings import Finding, Severity
from exporter.model.qname import QName
from exporter.taxonomy.networks import ESSENCE_ALIAS, GENERAL_SPECIAL, PARENT_CHILD, SIMILAR_TUPLES, SUMMATIONS
from exporter.taxonomy.read.links import Edge
from exporter.taxonomy.standard import ARCROLE_CYCLES
from exporter.validation.engine import rule
from exporter.validation.taxonomy.subject import ARCS, LINKS, TaxonomySubject


def by_source(edges: Iterable[Edge]) -> dict[QName, list[Edge]]:
    """Edges by where they start."""
    sources: dict[QName, list[Edge]] = {}
    for edge in edges:
        sources.setdefault(edge.source, []).append(edge)
    return sources


def directed_cycle(successors: Mapping[QName, list[Edge]]) -> list[Edge] | None:
    """The edges of one cycle that follows their direction, ``None`` where there is none."""
    done: set[QName] = set()
    for start in successors:
        if start in done:
            continue
        path: list[Edge] = []
        on_path = {start: 0}
        stack: list[Iterator[Edge]] = [iter(successors[start])]
        while stack:
            edge = next(stack[-1], None)
            if edge is None:
                stack.pop()
                left = path.pop().target if path else start
                done.add(left)
                on_path.pop(left, None)
            elif edge.target in on_path:
                return [*path[on_path[edge.target] :], edge]
            elif edge.target not in done:
                path.append(edge)
                on_path[edge.target] = len(path)
                stack.append(iter(successors.get(edge.target, ())))
    return None


def undirected_cycle(edges: Iterable[Edge]) -> Edge | None:
    """An edge that joins what other edges have joined already; several between one pair count once."""
    leader: dict[QName, QName] = {}

    def find(name: QName) -> QName:
        root = name
        while (above := leader.setdefault(root, root)) != root:
            root = above
        while leader[name] != root:
            leader[name], name = root, leader[name]
        return root

    seen: set[frozenset[QName]] = set()
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        if pair in seen:
            continue
        seen.add(pair)
        source_root, target_root = find(edge.source), find(edge.target)
        if source_root == target_root:
            return edge
        leader[source_root] = target_root
    return None


CYCLE: Final = "xbrl.5.1.4.3:cycles"
PARENT_CYCLE: Final = "xbrl.5.2.4.2:cycles"
SPECIAL_CYCLE: Final = "xbrl.5.2.6.2.1:cycles"
ALIAS_CYCLE: Final = "xbrl.5.2.6.2.2:cycles"
ZERO_WEIGHT: Final = "xbrl.5.2.5.2.1:zeroWeight"
POSITIVE: Final = "xbrl.5.1.1.2:balanceCalcWeightIllegalPositive"
NEGATIVE: Final = "xbrl.5.1.1.2:balanceCalcWeightIllegalNegative"
NOT_NUMERIC: Final = "xbrl.5.2.5.2:nonNumericCalc"
PREFERRED: Final = "xbrl.5.2.4.2.1:preferredLabelMissing"
ALIAS_TYPES: Final = "xbrl.5.2.6.2.2:essenceAliasTypes"
ALIAS_BALANCE: Final = "xbrl.5.2.6.2.2:essenceAliasBalance"
SPECIAL_ENDS: Final = "xbrl.5.2.6.2.1:generalSpecialItems"
TUPLE_ENDS: Final = "xbrl.5.2.6.2.3:similarTuplesTuples"

_CYCLE_CODES: Final[Mapping[str, str]] = {
    PARENT_CHILD: PARENT_CYCLE,
    GENERAL_SPECIAL: SPECIAL_CYCLE,
    ESSENCE_ALIAS: ALIAS_CYCLE,
}


@rule(CYCLE, PARENT_CYCLE, SPECIAL_CYCLE, ALIAS_CYCLE, section="XBRL 2.1, 5.1.4.3")
def cycles_are_allowed(subject: TaxonomySubject) -> Iterator[Finding]:
    """A base set has cycles only of the kind that its arcrole allows."""
    declared = {arcrole_type.uri: arcrole_type.cycles_allowed for arcrole_type in reversed(subject.taxonomy.arcroles)}
    for (arcrole, role, link, arc), edges in subject.links.base_sets.items():
        allowed = ARCROLE_CYCLES.get(arcrole) or declared.get(arcrole, "any")
        if allowed == "any" or link not in LINKS or arc not in ARCS:
            continue
        code = _CYCLE_CODES.get(arcrole, CYCLE)
        fix = "take out one of the arcs"
        if cycle := directed_cycle(by_source(edges)):
            path = " → ".join(str(edge.source) for edge in cycle[:20])
            message = f"relationships of {arcrole} in {role} go round: {path} → {cycle[-1].target}"
            yield subject.finding(code, message, fix, at=(cycle[-1].arc, cycle[-1].link.document))
        elif allowed == "none" and (edge := undirected_cycle(edges)) is not None:
            message = f"relationships of {arcrole} in {role} reach {edge.target} on two ways, which it does not allow"
            yield subject.finding(code, message, fix, at=(edge.arc, edge.link.document))


@rule(ZERO_WEIGHT, POSITIVE, NEGATIVE, NOT_NUMERIC, section="XBRL 2.1, 5.2.5.2.1")
def calculations_fit_their_concepts(subject: TaxonomySubject) -> Iterator[Finding]:
    """Both ends of a calculation are numbers; its weight is not zero, and agrees with their balances."""
    for arcrole in SUMMATIONS:
        for edge in subject.edges.get(arcrole, ()):
            at = (edge.arc, edge.link.document)
            weight = _number(edge.arc.get("weight", ""))
            if weight == 0:
                message = f"the weight of {edge.target} in {edge.source} is zero"
                yield subject.finding(ZERO_WEIGHT, message, "give another weight, or take the arc out", at=at)
            total, part = subject.concept(edge.source), subject.concept(edge.target)
            if total is None or part is None:
                continue
            if total.balance and part.balance and weight:
                fits = (weight > 0) == (total.balance == part.balance)
                if not fits:
                    message = (
                        f"{edge.target} ({part.balance}) contributes to {edge.source} ({total.balance}) with the "
                        f"weight {weight}"
                    )
                    code = POSITIVE if weight > 0 else NEGATIVE
                    yield subject.finding(code, message, "turn the sign of the weight, or correct a balance", at=at)
            for concept in (total, part):
                if concept.kind == "tuple" or (concept.datatype is not None and not concept.is_numeric):
                    message = f"{concept.qname} stands in a calculation but is no number"
                    yield subject.finding(NOT_NUMERIC, message, "take it out of the calculation", at=at)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:  # which XML Schema reports
        return None
    return number if number.is_finite() else None


@rule(PREFERRED, section="XBRL 2.1, 5.2.4.2.1")
def preferred_labels_exist(subject: TaxonomySubject) -> Iterator[Finding]:
    """A concept has a label in the role in which a presentation wants to show it."""
    with_preferred = [edge for edge in subject.edges.get(PARENT_CHILD, ()) if edge.arc.get("preferredLabel")]
    if not with_preferred:
        return
    roles: dict[QName, set[str]] = {}
    for label in subject.taxonomy.labels:
        roles.setdefault(label.concept, set()).add(label.role)
    for edge in with_preferred:
        role = edge.arc.get("preferredLabel", "").strip()
        if role in roles.get(edge.target, ()) or (not subject.complete and edge.target not in roles):
            continue
        message = f"{edge.target} has no label in the role {role}, in which {edge.link.role} wants to show it"
        fix = "add the label, or prefer another"
        severity = Severity.ERROR if subject.complete else Severity.WARNING
        yield subject.finding(PREFERRED, message, fix, at=(edge.arc, edge.link.document), severity=severity)


@rule(ALIAS_TYPES, ALIAS_BALANCE, section="XBRL 2.1, 5.2.6.2.2")
def aliases_are_alike(subject: TaxonomySubject) -> Iterator[Finding]:
    """An essence and its alias are of one type and period type, and of no opposite balance."""
    for edge in subject.edges.get(ESSENCE_ALIAS, ()):
        essence, alias = subject.concept(edge.source), subject.concept(edge.target)
        if essence is None or alias is None:
            continue
        at = (edge.arc, edge.link.document)
        types = (concept.datatype.name for concept in (essence, alias) if concept.datatype is not None)
        if len(set(types)) > 1 or essence.period_type != alias.period_type:
            message = f"{edge.target} is an alias of {edge.source} but of another type or period type"
            yield subject.finding(ALIAS_TYPES, message, "make them alike, or take the arc out", at=at)
        if essence.balance and alias.balance and essence.balance != alias.balance:
            message = f"{edge.target} is an alias of {edge.source} but of the other balance"
            yield subject.finding(ALIAS_BALANCE, message, "make them alike, or take the arc out", at=at)


@rule(SPECIAL_ENDS, TUPLE_ENDS, section="XBRL 2.1, 5.2.6.2.1")
def definition_arcs_join_their_kind(subject: TaxonomySubject) -> Iterator[Finding]:
    """General and special are items, similar tuples are tuples."""
    for arcrole, code, takes_tuples in ((GENERAL_SPECIAL, SPECIAL_ENDS, False), (SIMILAR_TUPLES, TUPLE_ENDS, True)):
        for edge in subject.edges.get(arcrole, ()):
            for name in (edge.source, edge.target):
                kind = subject.kind(name)
                if kind is not None and (kind == "tuple") != takes_tuples:
                    expected = "tuples" if takes_tuples else "items"
                    message = f"{name} is no end for {arcrole.rpartition('/')[2]}, which joins {expected}"
                    yield subject.finding(code, message, "take the arc out", at=(edge.arc, edge.link.document))
