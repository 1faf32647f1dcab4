"""Facts arranged for a review: by statement and subject, as the taxonomy presents them, periods side by side.

A subject is a role of the presentation. A fact stands in every statement that presents its concept, else in the one
role that fits its dimensions best; what no role presents stands at the end, by dimensions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import field, frozen

from exporter.items.declarations import words
from exporter.model.dimensions import Dimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.page.review import ReviewSection, ReviewSubject
from exporter.page.review_tables import Labels, PresentedConcept, TableMaker
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy

_DEFINITION: Final = re.compile(r"(?:[0-9A-Za-z.]+ - )?(?P<kind>[A-Z][a-z]+) - (?P<title>.+)")
_DETAILS: Final = re.compile(r" \((?:Details|Tables|Policies|Parenthetical)[^()]*\)$")
_STATEMENT: Final = re.compile(
    r"balance ?sheet|financial ?position|income ?statement|statements? ?of ?(?:operations|income|earnings|cash)"
    r"|profit (?:or|and) loss|comprehensive ?income|cash ?flow|changes ?in ?(?:shareholders|stockholders|equity)",
    re.IGNORECASE,
)
_COVER: Final = re.compile(r"\bcover\b|document and entity|\bdei\b", re.IGNORECASE)
_TITLES: Final = {
    "cover": "Cover and document",
    "statement": "Financial statements",
    "disclosure": "Disclosures",
    "other": "Other facts",
}


@frozen(eq=False)
class _Role:
    """A role of the presentation: what it is, its concepts in order, the axes it has."""

    uri: str
    kind: str
    title: str
    concepts: tuple[PresentedConcept, ...]
    axes: frozenset[QName]
    places: frozenset[QName] = field(init=False)

    @places.default
    def _names(self) -> frozenset[QName]:
        return frozenset(presented.name for presented in self.concepts if not presented.is_heading)


def arrange(report: Report, taxonomy: Taxonomy | None, labels: Labels) -> tuple[ReviewSection, ...]:
    """The sections of a review: every fact of the report stands in at least one table.

    Args:
        report: what is reviewed; figures name facts by their number in it.
        taxonomy: gives the roles of the presentation; without it facts stand by their dimensions.
        labels: of concepts, axes and members.
    """
    roles = list(_roles(taxonomy)) if taxonomy is not None else []
    by_role, left = _shared_out(report.facts, roles)
    seen: set[int] = set()
    subjects: dict[str, list[ReviewSubject]] = {kind: [] for kind in _TITLES}
    maker = TableMaker(report, labels, seen)
    for number, role in enumerate(roles):
        if facts := by_role.get(number):
            subjects[role.kind].append(maker.subject(f"s{number + 1}", role.title, facts, role.concepts))
    for number, (axes, facts) in enumerate(_by_axes(report, left).items(), len(roles) + 1):
        title = " by ".join(["Facts", " and ".join(labels(axis, None) or words(axis.local_name) for axis in axes)])
        name = title if axes else "Facts without dimensions"
        subjects["other"].append(maker.subject(f"s{number}", name, facts, ()))
    titles = _TITLES if roles else {**_TITLES, "other": "Facts"}
    return tuple(ReviewSection(titles[kind], tuple(of_kind)) for kind, of_kind in subjects.items() if of_kind)


def _roles(taxonomy: Taxonomy) -> Iterator[_Role]:
    """The roles with a presentation, in the order of their definitions, which number them."""
    uris = taxonomy.roles_of(PARENT_CHILD)
    definitions = {uri: _definition(taxonomy, uri) for uri in uris}
    for uri in sorted(uris, key=lambda uri: (not definitions[uri][:1].isdigit(), definitions[uri])):
        definition = definitions[uri]
        match = _DEFINITION.fullmatch(definition)
        title = _DETAILS.sub("", match["title"]) if match else definition
        kind = (match["kind"] if match else "").lower()
        if _COVER.search(title) or kind == "document":
            kind = "cover"
        elif kind != "statement":
            kind = "disclosure" if match or not _STATEMENT.search(title) else "statement"
        concepts, axes = _presented(taxonomy, uri)
        yield _Role(uri, kind, title, tuple(concepts), frozenset(axes))


def _definition(taxonomy: Taxonomy, uri: str) -> str:
    return " ".join((taxonomy.definition(uri) or words(re.split(r"[/#]", uri)[-1])).split())


def _presented(taxonomy: Taxonomy, uri: str) -> tuple[list[PresentedConcept], list[QName]]:
    network = taxonomy.network(PARENT_CHILD, uri)
    concepts: list[PresentedConcept] = []
    axes: list[QName] = []
    for root in network.roots:
        root_concept = taxonomy.concept(root)
        if root_concept is None or not root_concept.abstract:
            concepts.append(PresentedConcept(root, 0))
        for depth, arc in network.walk(root, 1):
            concept = taxonomy.concept(arc.target)
            if concept is not None and concept.kind == "dimension":
                axes.append(arc.target)
            is_heading = concept is not None and concept.abstract
            if concept is not None and concept.kind != "item":
                continue
            concepts.append(PresentedConcept(arc.target, depth, arc.preferred_label, is_heading))
    return concepts, axes


def _shared_out(facts: Sequence[Fact], roles: Sequence[_Role]) -> tuple[dict[int, list[int]], list[int]]:
    """The numbers of the facts of each role, and those of no role."""
    presenting: dict[QName, list[int]] = defaultdict(list)
    for number, role in enumerate(roles):
        for name in role.places:
            presenting[name].append(number)
    by_role: dict[int, list[int]] = defaultdict(list)
    left: list[int] = []
    chosen: dict[tuple[QName, frozenset[QName]], tuple[int, ...]] = {}
    for number, fact in enumerate(facts):
        key = (fact.concept, frozenset(dimension.axis for dimension in fact.dimensions))
        if key not in chosen:
            chosen[key] = _chosen(key[1], [(role, roles[role]) for role in presenting.get(fact.concept, ())])
        for role_number in chosen[key]:
            by_role[role_number].append(number)
        if not chosen[key]:
            left.append(number)
    return by_role, left


def _chosen(axes: frozenset[QName], candidates: Sequence[tuple[int, _Role]]) -> tuple[int, ...]:
    """All statements whose axes hold the fact's, else the role with the fewest axes more, or least too few."""
    statements = tuple(number for number, role in candidates if role.kind == "statement" and axes <= role.axes)
    if statements:
        return statements
    ranked = sorted((len(axes - role.axes), len(role.axes - axes), number) for number, role in candidates)
    return (ranked[0][2],) if ranked else ()


def _by_axes(report: Report, numbers: Iterable[int]) -> dict[tuple[QName, ...], list[int]]:
    groups: dict[tuple[QName, ...], list[int]] = {}
    for number in numbers:
        groups.setdefault(_axes(report.facts[number].dimensions), []).append(number)
    return dict(sorted(groups.items(), key=lambda entry: (len(entry[0]), [axis.sort_key for axis in entry[0]])))


def _axes(dimensions: Iterable[Dimension]) -> tuple[QName, ...]:
    return tuple(sorted((dimension.axis for dimension in dimensions), key=lambda axis: axis.sort_key))
