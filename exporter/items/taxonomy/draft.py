"""The taxonomy in the making: its subjects, and how its parts declare, label and relate concepts.

A subject is what one group of the presentation shows, with the axes that all of its line items have in common. An item
class is a subject; classes that say they belong to a subject (the cover page) make one together. Only what facts use is
in a subject: the concepts reported, the axes they are cut by, and the members on these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from attrs import Factory, define, evolve, field, frozen

from exporter.errors import DeclarationError
from exporter.items.bind import Binding, Used
from exporter.items.bound import BoundAxis, BoundConcept, Namespace
from exporter.items.declarations import Part, words
from exporter.items.labels import ENGLISH, LABEL_ROLES, LabelRole, Labels, is_english
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept, Label, Reference, RoleType, TypedDomain
from exporter.taxonomy.networks import Relationship
from exporter.taxonomy.taxonomy import Import, Taxonomy

_PARTS: Final[tuple[Part, ...]] = ("cover", "statement", "note", "policies", "tables", "schedule", "details")
_KINDS: Final[Mapping[Part, tuple[str, str]]] = {
    "cover": ("Document", ""),
    "statement": ("Statement", ""),
    "note": ("Disclosure", ""),
    "policies": ("Disclosure", " (Policies)"),
    "tables": ("Disclosure", " (Tables)"),
    "schedule": ("Schedule", ""),
    "details": ("Disclosure", " (Details)"),
}
"""How the definition of a role names the part of the document, and what it adds to the title."""
_TEXT_BLOCKS: Final = frozenset({"textBlockItemType", "escapedItemType"})
_SECTION: Final = re.compile(r"([0-9]++)(.*)", re.DOTALL)


@define(eq=False)
class SubjectAxis:
    """An axis of a subject: the ``members`` that facts have on it, and whether every fact has a value there.

    ``bound`` is the axis of a class; there is none where a profile gives the concept a member, or for currency pairs.
    """

    axis: QName
    bound: BoundAxis | None = None
    members: dict[QName, None] = Factory(dict)
    is_everywhere: bool = True

    @property
    def is_typed(self) -> bool:
        return self.bound is not None and self.bound.typed_domain is not None


@frozen
class LineItem:
    """A concept that a class reports."""

    binding: Binding
    bound: BoundConcept


@frozen(kw_only=True, eq=False)
class Subject:
    """One group of the presentation: its name, its labels, where it stands, its line items and their axes."""

    name: str
    labels: Labels
    part: Part
    lines: tuple[LineItem, ...]
    axes: tuple[SubjectAxis, ...] = field(repr=False)

    @property
    def title(self) -> str:
        """What the definition of its link role calls it."""
        return self.labels.standard or words(self.name)


def subjects_of(bindings: Iterable[Binding], uses: Iterable[Used] | None) -> tuple[Subject, ...]:
    """The subjects of item classes in the order of the form: the cover, statements, notes, schedules, details.

    Args:
        uses: the concepts that facts report; where not given, every concept of the classes counts as reported.
    """
    bindings = tuple(bindings)
    declared = {bound: Used(binding=binding, bound=bound) for binding in bindings for bound in binding.readable}
    order = {bound: index for index, bound in enumerate(declared)}
    lines: dict[str, list[Used]] = {}
    every = (used for bound, used in declared.items() if bound in used.binding.concepts)
    for used in sorted(every if uses is None else uses, key=lambda used: order[used.bound]):
        heading = used.binding.spec.options.heading
        lines.setdefault(heading.name if heading is not None else used.binding.spec.name, []).append(used)
    axes = _declared_axes if uses is None else _reported_axes
    drafts = sorted((*_place_of(reported), index, name) for index, (name, reported) in enumerate(lines.items()))
    subjects: list[Subject] = []
    for part, _, _, name in drafts:
        options = lines[name][0].binding.spec.options
        subjects.append(
            Subject(
                name=name,
                labels=options.heading.labels if options.heading is not None else options.labels,
                part=_PARTS[part],
                lines=tuple(LineItem(used.binding, used.bound) for used in lines[name]),
                axes=tuple(axes(lines[name])),
            )
        )
    return tuple(subjects)


def _place_of(reported: list[Used]) -> tuple[int, tuple[int, str]]:
    """The part of the document, and where in it the form asks for it; what it does not ask for comes last."""
    options = reported[0].binding.spec.options
    part = options.part
    if part is None:
        is_text = all(used.bound.spec.item_type in _TEXT_BLOCKS for used in reported)
        part = "note" if is_text else "details"
    match = _SECTION.fullmatch(options.section or "")
    return _PARTS.index(part), (int(match[1]), match[2]) if match else (1000, "")


def _axes_of_classes(lines: Iterable[Used]) -> dict[QName, SubjectAxis]:
    """The axes of the classes and those that a profile adds, in the order in which they are declared."""
    lines = tuple(lines)
    axes: dict[QName, SubjectAxis] = {}
    for binding in dict.fromkeys(used.binding for used in lines):
        for bound in binding.axes:
            axes.setdefault(bound.axis, SubjectAxis(bound.axis, bound))
    for of_list in (used.bound.list_axis for used in lines):
        if of_list is not None:
            axes.setdefault(of_list.axis, SubjectAxis(of_list.axis, of_list))
    for fixed in (dimension for used in lines for dimension in used.bound.dimensions):
        axes.setdefault(fixed.axis, SubjectAxis(fixed.axis))
    for used in lines:
        if used.binding.carries_pair_axis(used.bound):
            axes.setdefault(used.binding.pair_axis, SubjectAxis(used.binding.pair_axis))
    return axes


def _reported_axes(lines: Iterable[Used]) -> Iterator[SubjectAxis]:
    """The axes that facts have values on, with the members they have there."""
    lines = tuple(lines)
    combinations = [dimensions for used in lines for dimensions in used.dimensions]
    counts: dict[QName, int] = {}
    axes = _axes_of_classes(lines)
    for dimension in (dimension for dimensions in combinations for dimension in dimensions):
        counts[dimension.axis] = counts.get(dimension.axis, 0) + 1
        if isinstance(dimension, ExplicitDimension):
            axes[dimension.axis].members[dimension.member] = None
    for axis in axes.values():
        if axis.axis in counts:
            axis.is_everywhere = counts[axis.axis] == len(combinations)
            yield axis


def _declared_axes(lines: Iterable[Used]) -> Iterator[SubjectAxis]:
    """The axes that facts of the classes may have values on, with all members that are declared."""
    lines = tuple(lines)
    bindings = tuple(dict.fromkeys(used.binding for used in lines))
    for axis in _axes_of_classes(lines).values():
        bound = axis.bound
        if bound is not None:
            namespace = bindings[0].namespace
            dimensions = [bound.dimension(value, namespace) for value in bound.enumeration or ()]
            members = [dimension.member for dimension in dimensions if isinstance(dimension, ExplicitDimension)]
            axis.members = dict.fromkeys(members or bound.members.values())
            axis.is_everywhere = not bound.optional and all(
                any(other.axis == axis.axis for other in binding.axes) for binding in bindings
            )
        for used in lines:
            fixed = (dimension for dimension in used.bound.dimensions if dimension.axis == axis.axis)
            axis.members |= {dimension.member: None for dimension in fixed}
        yield axis


_STRING: Final = standard_type("stringItemType")
_DOMAIN_ITEM: Final = standard_type("domainItemType")
_ROLE_URIS: Final[dict[LabelRole, str]] = {
    "standard": roles.STANDARD,
    "terse": roles.TERSE,
    "documentation": roles.DOCUMENTATION,
    "total": roles.TOTAL,
    "period_start": roles.PERIOD_START,
    "period_end": roles.PERIOD_END,
    "negated": roles.NEGATED,
}


def negated_text(labels: Labels, language: str) -> str | None:
    """What shows values with their sign turned: the label declared for that, else the standard one."""
    return labels.text(language, "negated") or labels.text(language)


class TaxonomyDraft:
    """A taxonomy in the making. What is declared or labelled twice is there once, and refused where it differs.

    Concepts have labels in ``languages``, the profile's or else English, and in English where a translation is missing.
    """

    def __init__(self, namespace: Namespace, profile: Profile, languages: Iterable[str] = ()) -> None:
        self.namespace = namespace
        self.profile = profile
        self.rules = profile.document.labels
        chosen = tuple(languages) or self.rules.languages or (ENGLISH,)
        tags = dict.fromkeys(self.rules.english if is_english(language) else language for language in chosen)
        english = [tag for tag in tags if is_english(tag)]
        self.languages = [*english, *(tag for tag in tags if tag not in english)]  # English first, the others as given
        self.imports: dict[str, Import] = {}
        self.titles: set[str] = set()  # the standard labels given
        self.concepts: dict[QName, Concept] = {}
        self.labels: dict[tuple[QName, str, str], Label] = {}
        self.references: list[Reference] = []
        self.roles: dict[str, RoleType] = {}
        self._groups: dict[str, tuple[Part, str]] = {}
        self.arcs: dict[Relationship, None] = {}
        self.anchors: dict[tuple[QName, str], None] = {}  # own concepts with the standard ones that are wider
        self.typed_domains: dict[QName, TypedDomain] = {}

    def taxonomy(self, *, with_reasons: bool) -> Taxonomy:
        """The taxonomy, when no two concepts are called the same.

        ``with_reasons`` says that footnotes tell why values are unknown, in a role of their own.
        """
        named: dict[tuple[str, str], QName] = {}
        for label in self.labels.values():
            if label.role == roles.STANDARD:
                first = named.setdefault((label.language, label.text), label.concept)
                if first != label.concept:
                    raise DeclarationError(
                        f"{first.local_name} and {label.concept.local_name} have the same standard label "
                        f"({label.language}): {label.text!r}"
                    )
        # Groups are numbered by the part of the document, in each as they come.
        ordered = [(part, *group) for part in _PARTS for group in self._groups.items() if group[1][0] == part]
        for number, (part, uri, (_, title)) in enumerate(ordered, start=1):
            kind, ending = _KINDS[part]
            definition = f"{number:06d} - {kind} - {' '.join(title.split())}{ending}"
            self.roles[uri] = evolve(self.roles[uri], definition=definition)
        if with_reasons:
            reason = self.namespace.unknown_reason_role
            definition = "999999 - Disclosure - Reasons Why Values Are Unknown"
            self.roles[reason] = RoleType(
                uri=reason, id="UnknownValueReason", definition=definition, used_on=("footnoteLink",)
            )
        return Taxonomy(
            namespace=self.namespace.uri,
            prefix=self.namespace.prefix,
            concepts=self.concepts.values(),
            labels=self.labels.values(),
            references=self.references,
            roles=self.roles.values(),
            relationships=tuple(self.arcs),
            typed_domains=self.typed_domains.values(),
            imports=self.imports.values(),
        )

    def declare(self, concept: Concept) -> QName:
        """Declare a concept; its name."""
        known = self.concepts.setdefault(concept.qname, concept)
        if known != concept:
            raise DeclarationError(
                f"{concept.qname.local_name} is declared twice and differently: type, period type and balance of a "
                "concept are the same wherever it is used"
            )
        return concept.qname

    def own(self, local_name: str) -> QName:
        """A name of the filing's own, which the profile may call otherwise."""
        return self.namespace.name(self.profile.own_name(local_name))

    def import_of(self, name: QName) -> str | None:
        """The schema that declares a standard concept, which is imported; ``None`` for the filing's own."""
        if name.namespace == self.namespace.uri:
            return None
        taxonomy = next(known for known in self.profile.taxonomies.values() if known.namespace == name.namespace)
        self.imports[name.namespace] = Import(namespace=name.namespace, location=taxonomy.schema)
        return taxonomy.schema

    def abstract(self, local_name: str, kind: Any = "item", **more: Any) -> QName:
        """An abstract concept of the filing's own: a heading or, with its ``kind``, an axis or a hypercube."""
        return self.declare(
            Concept(
                qname=self.own(local_name),
                datatype=_STRING,
                period_type="duration",
                abstract=True,
                kind=kind,
                **more,
            )
        )

    def member(self, local_name: str) -> QName:
        """A member, or head of a domain, of the filing's own."""
        return self.declare(
            Concept(qname=self.namespace.name(local_name), datatype=_DOMAIN_ITEM, period_type="duration", abstract=True)
        )

    def standard(self, name: QName, **more: Any) -> QName:
        """A standard member or, with its ``kind``, a standard axis."""
        datatype = _STRING if "kind" in more else _DOMAIN_ITEM
        schema = self.import_of(name)
        return self.declare(
            Concept(qname=name, datatype=datatype, period_type="duration", abstract=True, schema=schema, **more)
        )

    def label(self, concept: QName, text: str, *, role: str = roles.STANDARD, language: str) -> None:
        """One label."""
        label = Label(concept=concept, text=text, role=role, language=language)
        known = self.labels.setdefault((concept, role, language), label)
        if role == roles.STANDARD:
            self.titles.add(text)
        if known != label:
            raise DeclarationError(
                f"{concept.local_name} has two labels for one purpose ({language}): {known.text!r} and {text!r}"
            )

    def label_in_all(self, concept: QName, text_in: Callable[[str], str | None], *, role: str = roles.STANDARD) -> None:
        """The labels of one role; ``text_in`` gives the text in a language, if there is one.

        Where a translation is missing there is the English label, marked as English.
        """
        for language in self.languages:
            text, tag = text_in(language), language
            if text is None:
                text, tag = text_in(self.rules.english), self.rules.english
            if text is not None:
                self.label(concept, text, role=role, language=tag)

    def is_labelled(self, concept: QName, role: str = roles.STANDARD) -> bool:
        """Whether the concept has a label of a role."""
        return any((concept, role, language) in self.labels for language in (*self.languages, self.rules.english))

    def label_once(self, concept: QName, labels: Labels, role: LabelRole) -> None:
        """The labels of a role unless the concept, which several classes report, has one."""
        uri = _ROLE_URIS[role]
        if not self.is_labelled(concept, uri):
            self.label_in_all(concept, lambda language: labels.text(language, role), role=uri)

    def label_all(self, concept: QName, labels: Labels, *, negated: bool = False) -> None:
        """All labels declared, and those to show values with their sign turned where ``negated``."""
        for role in LABEL_ROLES:
            self.label_in_all(concept, partial(labels.text, role=role), role=_ROLE_URIS[role])
        if negated:
            self.label_in_all(concept, partial(negated_text, labels), role=roles.NEGATED)

    def named(self, concept: QName, kind: str, labels: Labels, *, suffix: str = "") -> None:
        """The standard labels of a concept whose kind they end in, after an English ``suffix``."""

        def text_in(language: str) -> str | None:
            text = labels.text(language)
            return f"{text}{suffix} {self.rules.ending(kind, language)}" if text is not None else None

        self.label_in_all(concept, text_in)

    def arc(self, arcrole: str, role: str, source: QName, target: QName, order: int = 1, **more: Any) -> None:
        """Relate two concepts in a link role."""
        self.arcs[Relationship(arcrole=arcrole, role=role, source=source, target=target, order=order, **more)] = None

    def subject_role(self, subject: Subject) -> str:
        """The link role of a subject."""
        uri = self.namespace.role(subject.name)
        return uri if uri in self._groups else self.group_role(subject.name, subject.part, subject.title)

    def group_role(self, name: str, part: Part, title: str) -> str:
        """The link role of a new group of the presentation; a name that is taken gets a number.

        Groups are numbered when all are known.
        """
        uri, number = self.namespace.role(name), 1
        while uri in self.roles:
            number += 1
            uri = self.namespace.role(f"{name}{number}")
        self._groups[uri] = (part, title)
        self.roles[uri] = RoleType(uri=uri, id=uri.rpartition("/")[2])
        return uri
