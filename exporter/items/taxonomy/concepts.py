"""The concepts of an extension taxonomy: what fields report, axes, their domains and members, with their labels."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from attrs import define, evolve, field, frozen

from exporter.errors import DeclarationError
from exporter.items.axes import parse_pair_member
from exporter.items.bound import BoundAxis, BoundConcept
from exporter.items.declarations import words
from exporter.items.fields import ConceptSpec
from exporter.items.labels import NO_LABELS, LabelRole, Labels, enumeration_labels, member_labels
from exporter.items.taxonomy.draft import Subject, SubjectAxis, TaxonomyDraft, negated_text
from exporter.items.values.enumeration import domain_name, member_name
from exporter.model.qname import QName
from exporter.taxonomy import concepts as roles
from exporter.taxonomy.concepts import Concept, EnumerationDomain, Reference, TypedDomain

_LONGEST_LABEL: Final = 400
_AT_INSTANT: Final = Labels(
    standard="At Instant",
    others={"ja": "時点", "de": "zum Stichtag", "fr": "à la date", "es": "a la fecha", "nl": "op de datum"},
)
_PAIR: Final = Labels(
    standard="Currency Pair",
    others={
        "ja": "通貨ペア",
        "de": "Währungspaar",
        "fr": "Paire de devises",
        "es": "Par de monedas",
        "nl": "Valutapaar",
    },
)
_STANDARD_CONCEPT_ROLES: Final[tuple[LabelRole, ...]] = ("period_start", "period_end", "total")


@frozen(kw_only=True)
class EnumerationUse:
    """The link role in which the domain of an enumeration concept stands, and the values that facts have."""

    role: str
    enumeration: Any
    values: tuple[Any, ...]


@define(eq=False)
class Domains:
    """The axes of subjects and the domains of enumerations, with the members that facts use."""

    _draft: TaxonomyDraft
    _uses: Mapping[QName, EnumerationUse] = field(alias="enumerations")
    _enumerations: dict[str, Any] = field(factory=dict, init=False)
    _axes: dict[QName, Any] = field(factory=dict, init=False)

    def declare(self, axis: SubjectAxis) -> None:
        """Declare an axis with its labels and, where it is typed, its domain."""
        bound = axis.bound
        if bound is None:
            self._declare_axis_of_profile(axis)
            return
        labels = axis_labels(bound)
        if (
            bound.enumeration is not None
            and self._axes.setdefault(bound.axis, bound.enumeration) is not bound.enumeration
        ):
            raise DeclarationError(f"the axis {bound.axis.local_name} has members of two enumerations")
        more = {"typed_domain_ref": bound.typed_domain} if bound.typed_domain is not None else {}
        if bound.standard is not None:
            self._draft.standard(bound.axis, kind="dimension", **more)
        else:
            self._draft.abstract(bound.axis.local_name, "dimension", **more)
            self._draft.named(bound.axis, "axis", labels)
        if bound.typed_domain is not None:
            place = self._draft.import_of(bound.typed_domain) if bound.standard is not None else None
            domain = TypedDomain(qname=bound.typed_domain, datatype=bound.datatype, schema=place)
            if self._draft.typed_domains.setdefault(bound.typed_domain, domain).datatype != bound.datatype:
                raise DeclarationError(f"the typed axis {bound.axis.local_name} has values of two types")

    def _declare_axis_of_profile(self, axis: SubjectAxis) -> None:
        if axis.axis.namespace != self._draft.namespace.uri:
            self._draft.standard(axis.axis, kind="dimension")
            return
        self._draft.abstract(axis.axis.local_name, "dimension")
        self._draft.named(axis.axis, "axis", _PAIR)

    def head(self, axis: SubjectAxis) -> QName:
        """The domain of an axis, which is its default member: the standard's, or one of the filing's own."""
        bound = axis.bound
        if bound is not None and bound.standard is not None and bound.standard.default is not None:
            return self._draft.standard(self._draft.profile.qname(bound.standard.default))
        if bound is None:
            if axis.axis.namespace == self._draft.namespace.uri:
                return self._own_head(f"{axis.axis.local_name.removesuffix('Axis')}Domain", _PAIR)
            default = self._draft.profile.default_of(str(axis.axis))
            if default is not None:
                return self._draft.standard(self._draft.profile.qname(default))
            base = axis.axis.local_name.removesuffix("Axis")
            return self._own_head(f"{base}Domain", Labels(standard=words(base)))
        if bound.enumeration is not None:
            return self._enumeration_head(bound.enumeration)
        return self._own_head(f"{bound.axis.local_name.removesuffix('Axis')}Domain", axis_labels(bound))

    def _own_head(self, name: str, labels: Labels) -> QName:
        head = self._draft.member(self._draft.profile.own_name(name))
        if not self._draft.is_labelled(head):
            self._draft.named(head, "domain", labels)
        return head

    def _enumeration_head(self, enumeration: Any) -> QName:
        name = domain_name(enumeration)
        if self._enumerations.setdefault(name, enumeration) is not enumeration:
            raise DeclarationError(f"two enumerations are called {enumeration.__name__}")
        return self._own_head(name, enumeration_labels(enumeration, words(enumeration.__name__)))

    def ordered(self, axis: SubjectAxis, members: Iterable[QName]) -> tuple[QName, ...]:
        """Declare members of an axis; in the order of the enumeration or of the items."""
        bound, members = axis.bound, tuple(members)
        if bound is None:
            for member in members:
                self._member_of_profile(member)
            return members
        if bound.enumeration is not None:
            values = {self._member_name(bound, value): value for value in bound.enumeration}
            for member in (chosen := tuple(name for name in values if name in members)):
                self._value(values[member], member)
            return chosen
        texts = {member: text for text, member in bound.members.items()}
        title = axis_labels(bound).standard or ""
        chosen = tuple(member for member in texts if member in members)
        for member in chosen:
            self._open_member(member, texts[member], title)
        return chosen

    def _member_name(self, bound: BoundAxis, value: Any) -> QName:
        return bound.members.get(value.value) or self._draft.own(member_name(value))

    def _value(self, value: Any, member: QName) -> QName:
        """Declare the member that a value of an enumeration is."""
        if member.namespace != self._draft.namespace.uri:
            return self._draft.standard(member)
        self._draft.member(member.local_name)
        self._draft.named(member, "member", member_labels(value))
        return member

    def _member_of_profile(self, member: QName) -> None:
        if member.namespace != self._draft.namespace.uri:
            self._draft.standard(member)
            return
        quote, base = parse_pair_member(member.local_name) or ("", "")
        self._draft.member(member.local_name)
        per = {"de": "je", "fr": "pour", "es": "por", "nl": "per"}
        others = {"ja": f"{base}当たり{quote}"} | {tag: f"{quote} {word} {base}" for tag, word in per.items()}
        pair = Labels(standard=f"{quote} per {base}", others=others)
        self._draft.named(member, "member", pair)

    def _open_member(self, member: QName, text: str, title: str) -> None:
        if member.namespace != self._draft.namespace.uri:
            self._draft.standard(member)
            return
        self._draft.member(member.local_name)
        if self._draft.is_labelled(member):
            return
        plain = " ".join(text.replace("<", " ").split())[:_LONGEST_LABEL]
        first = plain if any(map(str.isalpha, plain)) else f"{title} {plain}"
        choices = itertools.chain([first, f"{plain} ({title})"], (f"{plain} ({n})" for n in itertools.count(2)))
        endings = [self._draft.rules.ending("member", language) for language in self._draft.languages]
        name = next(
            choice for choice in choices if not any(f"{choice} {ending}" in self._draft.titles for ending in endings)
        )
        self._draft.label_in_all(member, lambda language: f"{name} {self._draft.rules.ending('member', language)}")

    def enumeration_of(self, concept: QName) -> EnumerationDomain:
        """The domain of a concept whose values are an enumeration's."""
        use = self._uses[concept]
        return EnumerationDomain(domain=self._enumeration_head(use.enumeration), linkrole=use.role, head_usable=False)

    def enumerated(self, concept: QName, role: str) -> tuple[QName, tuple[QName, ...]] | None:
        """The domain and the members of an enumeration concept, where they stand in the link role ``role``."""
        use = self._uses.get(concept)
        if use is None or use.role != role:
            return None
        members = ((value, self._draft.own(member_name(value))) for value in use.values)
        return self._enumeration_head(use.enumeration), tuple(self._value(value, name) for value, name in members)


@define(eq=False)
class FieldConcepts:
    """The concepts that fields report, with their labels and references."""

    _draft: TaxonomyDraft
    _domains: Domains
    _standard_titles: dict[QName, str | None] = field(factory=dict, init=False)
    """What fields call the standard concepts that they report."""

    def add(self, subjects: Iterable[Subject]) -> None:
        """The concepts of all subjects."""
        with_references = self._draft.profile.document.extension.references
        for bound in (line.bound for subject in subjects for line in subject.lines):
            is_enumerated = bound.datatype.is_enumeration and bound.standard is None
            enumeration = self._domains.enumeration_of(bound.concept) if is_enumerated else None
            self._draft.declare(
                Concept(
                    qname=bound.concept,
                    datatype=bound.datatype,
                    period_type=bound.period_type,
                    balance=bound.balance,
                    enumeration=enumeration,
                    schema=self._draft.import_of(bound.concept),
                )
            )
            if bound.standard is not None:
                self._label_standard(bound)
                continue
            self._draft.label_all(bound.concept, labels_of(bound.spec), negated=bound.inverted)
            for parts in bound.spec.references if with_references else ():
                reference = Reference(concept=bound.concept, parts=parts)
                if reference not in self._draft.references:
                    self._draft.references.append(reference)

    def _label_standard(self, bound: BoundConcept) -> None:
        """A standard concept gets the label that the presentation prefers, and where the profile says so its name."""
        labels = labels_of(bound.spec)
        if bound.inverted and not self._draft.is_labelled(bound.concept, roles.NEGATED):
            self._draft.label_in_all(bound.concept, partial(negated_text, labels), role=roles.NEGATED)
        for role in _STANDARD_CONCEPT_ROLES:
            self._draft.label_once(bound.concept, labels, role)
        self._standard_titles.setdefault(bound.concept, labels.standard)

    def label_standard_concepts(self) -> None:
        """Standard concepts are called what fields are, or by their names where something else is called so.

        This comes last: the filing's own concepts have their labels before.
        """
        for concept in self._draft.concepts.values():
            if concept.qname.namespace != self._draft.namespace.uri:
                wish = self._standard_titles.get(concept.qname)
                texts = [
                    text for text in (wish, words(concept.qname.local_name)) if text and text not in self._draft.titles
                ]
                title = Labels(standard=next(iter(texts), str(concept.qname)))
                self._draft.label_once(concept.qname, title, "standard")


def labels_of(spec: ConceptSpec) -> Labels:
    """The labels declared, at an instant beside a duration with that behind them; from the name where none is given."""
    labels = spec.labels.joined(_AT_INSTANT, documented=True) if spec.at_instant else spec.labels
    return labels if spec.labels.standard else evolve(labels, standard=words(spec.name))


def axis_labels(axis: BoundAxis) -> Labels:
    """The labels declared for an axis; the English one is made from its name where none is given."""
    labels = axis.labels or NO_LABELS
    return evolve(labels, standard=labels.standard or words(axis.base))
