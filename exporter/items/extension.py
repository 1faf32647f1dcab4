"""The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations.

In a profile with standard taxonomies it holds the filing's own concepts only, points at the standard ones where they
are declared, and has the members that the values of the filing's items become.

Each item class has a link role of its own. Its presentation shows the axes and the concepts under one heading; its
hypercubes say which axes a fact of each concept has. An axis that an item may lack is either explicit, with its domain
as default member, or typed: then there is a link role with the axis and one without.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import DeclarationError
from exporter.items.anchors import with_anchors
from exporter.items.binding import (
    CURRENCY_PAIR_AXIS,
    CURRENCY_PAIR_DOMAIN,
    Binding,
    BoundAxis,
    BoundOption,
    Namespace,
    bind,
)
from exporter.items.declaration import ConceptDeclaration, Labels, words
from exporter.items.enumeration import domain_name, member_labels, member_name
from exporter.items.open_axes import parse_pair_member
from exporter.items.specification import FactOption
from exporter.model.datatypes import DataType, standard_type
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.namespaces import XSD
from exporter.profiles.profile import Profile
from exporter.taxonomy import labels as roles
from exporter.taxonomy.concept import Concept, Enumeration, TypedDomain
from exporter.taxonomy.labels import Label
from exporter.taxonomy.networks import (
    ALL,
    DIMENSION_DEFAULT,
    DIMENSION_DOMAIN,
    DOMAIN_MEMBER,
    HYPERCUBE_DIMENSION,
    PARENT_CHILD,
    SUMMATION_ITEM,
    Relationship,
)
from exporter.taxonomy.references import Reference
from exporter.taxonomy.roles import RoleType
from exporter.taxonomy.taxonomy import Import, Taxonomy

_MOST_OPEN_AXES: Final = 5
_LONGEST_LABEL: Final = 400
_PAIR_TITLES: Final = ("Currency Pair", "通貨ペア")
_NO_MEMBERS: Final[Mapping[str, QName]] = {}
_STRING: Final = standard_type("stringItemType")
_DOMAIN_ITEM: Final = standard_type("domainItemType")
_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")
_LABEL_ROLES: Final = {
    "standard": roles.STANDARD,
    "terse": roles.TERSE,
    "documentation": roles.DOCUMENTATION,
    "total": roles.TOTAL,
    "period_start": roles.PERIOD_START,
    "period_end": roles.PERIOD_END,
    "negated": roles.NEGATED,
}


def derive_taxonomy(classes: Iterable[type[Any]], *, namespace: str, prefix: str) -> Taxonomy:
    """The extension taxonomy of item classes, with all names in ``namespace``; errors as for `taxonomy_of`."""
    return taxonomy_of(bind(classes, Namespace(uri=namespace, prefix=prefix)))


def taxonomy_of(
    bindings: Iterable[Binding],
    *,
    also: Iterable[tuple[Binding, BoundOption]] = (),
    reported: Container[BoundOption] | None = None,
    pairs: Iterable[QName] = (),
) -> Taxonomy:
    """The extension taxonomy of item classes bound to one namespace.

    Args:
        also: concepts of the filing's own that stand in the place of standard ones, where any are reported.
        reported: the standard concepts that the taxonomy points at; all of the classes where not given.
        pairs: the members that currency pairs become where their axis is explicit.

    Raises:
        DeclarationError: two classes declare one name differently, or two concepts have one standard label.
    """
    bindings = tuple(bindings)
    if not bindings:
        raise DeclarationError("a taxonomy is derived from at least one item class")
    names: dict[str, type[Any]] = {}
    for binding in bindings:
        if names.setdefault(binding.spec.name, binding.spec.cls) is not binding.spec.cls:
            raise DeclarationError(f"two item classes are called {binding.spec.name}")
    more: dict[Binding, list[BoundOption]] = {}
    for binding, bound in also:
        more.setdefault(binding, []).append(bound)
    builder = _Builder(bindings[0].namespace, bindings[0].profile, tuple(pairs))
    for number, binding in enumerate(bindings, start=1):
        wanted = (each for each in binding.options if each.standard is None or reported is None or each in reported)
        builder.add(binding, number, (*wanted, *more.get(binding, ())))
    builder.close_dimensionless()
    return with_anchors(builder.taxonomy(), bindings)


@frozen
class _Cube:
    """The axes that facts of some concepts of one class have."""

    axes: tuple[BoundAxis | ExplicitDimension | None, ...]  # None stands for the currency pair
    options: tuple[BoundOption, ...]


class _Builder:
    def __init__(self, namespace: Namespace, profile: Profile, pairs: tuple[QName, ...]) -> None:
        self.namespace = namespace
        self.profile = profile
        self.rules = profile.document.labels
        self.imports: dict[str, Import] = {}
        self._pairs = pairs
        self._titles: set[str] = set()  # the standard labels given
        self.concepts: dict[QName, Concept] = {}
        self.labels: dict[tuple[QName, str, str], Label] = {}
        self.references: list[Reference] = []
        self.roles: dict[str, RoleType] = {}
        self.arcs: dict[Relationship, None] = {}
        self.domains: dict[QName, TypedDomain] = {}
        self._enumerations: dict[str, Any] = {}
        self._explicit_axes: dict[QName, Any] = {}
        self._dimensionless: list[tuple[Binding, int, tuple[BoundOption, ...]]] = []
        self._cubed: set[QName] = set()

    def taxonomy(self) -> Taxonomy:
        self._check_labels()
        reason = self.namespace.unknown_reason_role
        self.roles[reason] = RoleType(
            uri=reason, id="UnknownValueReason", definition="Reasons why values are unknown", used_on=("footnoteLink",)
        )
        return Taxonomy(
            namespace=self.namespace.uri,
            prefix=self.namespace.prefix,
            concepts=self.concepts.values(),
            labels=self.labels.values(),
            references=self.references,
            roles=self.roles.values(),
            relationships=tuple(self.arcs),
            typed_domains=self.domains.values(),
            imports=self.imports.values(),
        )

    def add(self, binding: Binding, number: int, options: tuple[BoundOption, ...]) -> None:
        """All that one item class contributes."""
        if not options:
            return
        for bound in options:
            self._concept(bound)
        for axis in binding.axes:
            self._axis(axis)
        if binding.unit_field is not None:
            self._pair_axis()
        self._presentation(binding, number, options)
        self._calculation(binding, number, options)
        for part, cube in enumerate(_cubes(binding, options), start=1):
            if cube.axes:
                self._hypercubes(binding, cube, number, part)
            else:
                self._dimensionless.append((binding, number, cube.options))

    def close_dimensionless(self) -> None:
        """Concepts that have axes in one class and none in another need a hypercube without axes for the latter."""
        for binding, number, options in self._dimensionless:
            shared = tuple(bound for bound in options if bound.concept in self._cubed)
            if shared:
                self._hypercube(binding, shared, (), self._role(binding, number, suffix="WithoutAxes"), "WithoutAxes")

    # --- concepts ----------------------------------------------------------------------------------------------------

    def _declare(self, concept: Concept) -> QName:
        known = self.concepts.setdefault(concept.qname, concept)
        if known != concept:
            raise DeclarationError(
                f"{concept.qname.local_name} is declared twice and differently: type, period type and balance of a "
                "concept are the same wherever it is used"
            )
        return concept.qname

    def _concept(self, bound: BoundOption) -> None:
        option, enumeration = bound.option, None
        if bound.datatype.is_enumeration:
            python_type: Any = bound.codec.python_type
            enumeration = Enumeration(
                domain=self._domain(python_type), linkrole=self._domain_role(python_type), head_usable=False
            )
        self._declare(
            Concept(
                qname=bound.concept,
                datatype=bound.datatype,
                period_type=bound.period_type,
                balance=bound.balance,
                enumeration=enumeration,
                schema=self._import(bound.concept),
            )
        )
        if bound.standard is not None:
            self._label_standard(bound)
            return
        self._label_all(bound.concept, _labels_of(option), negated=bound.inverted)
        for parts in option.declared.references if self.profile.document.extension.references else ():
            reference = Reference(concept=bound.concept, parts=parts)
            if reference not in self.references:
                self.references.append(reference)

    def _import(self, name: QName) -> str | None:
        """The schema that declares a standard concept, which is imported; ``None`` for the filing's own."""
        if name.namespace == self.namespace.uri:
            return None
        taxonomy = next(each for each in self.profile.taxonomies.values() if each.namespace == name.namespace)
        self.imports[name.namespace] = Import(namespace=name.namespace, location=taxonomy.schema)
        return taxonomy.schema

    def _label_standard(self, bound: BoundOption) -> None:
        """A standard concept gets the label that the presentation prefers, and where the profile says so its name."""
        labels = _labels_of(bound.option)
        if bound.inverted:
            self._label_once(bound.concept, labels.negated or labels.standard, roles.NEGATED)
        for role, text in ((roles.PERIOD_START, labels.period_start), (roles.PERIOD_END, labels.period_end)):
            self._label_once(bound.concept, text, role)
        self._label_once(bound.concept, labels.total, roles.TOTAL)
        if self.rules.standard_concepts:
            self._label_once(bound.concept, labels.standard, roles.STANDARD)

    def _label_once(self, concept: QName, text: str | None, role: str) -> None:
        """Unless the concept, which several classes report, has one or another concept is called so."""
        language = self.rules.english
        taken = role == roles.STANDARD and text in self._titles
        if (concept, role, language) not in self.labels and not taken:
            self._label(concept, text, role=role)

    def _abstract(self, local_name: str, kind: Any = "item", **more: Any) -> QName:
        return self._declare(
            Concept(
                qname=self.namespace.name(local_name),
                datatype=_STRING,
                period_type="duration",
                abstract=True,
                kind=kind,
                **more,
            )
        )

    def _member(self, local_name: str) -> QName:
        return self._declare(
            Concept(qname=self.namespace.name(local_name), datatype=_DOMAIN_ITEM, period_type="duration", abstract=True)
        )

    def _standard(self, name: QName, **more: Any) -> QName:
        """A standard member or, with its ``kind``, a standard axis."""
        datatype = _STRING if "kind" in more else _DOMAIN_ITEM
        schema = self._import(name)
        return self._declare(
            Concept(qname=name, datatype=datatype, period_type="duration", abstract=True, schema=schema, **more)
        )

    # --- labels ------------------------------------------------------------------------------------------------------

    def _label(
        self, concept: QName, text: str | None, *, role: str = roles.STANDARD, language: str | None = None
    ) -> None:
        language = language or self.rules.english
        if text is not None:
            label = Label(concept=concept, text=text, role=role, language=language)
            known = self.labels.setdefault((concept, role, language), label)
            if role == roles.STANDARD:
                self._titles.add(text)
            if known != label:
                raise DeclarationError(
                    f"{concept.local_name} has two labels for one purpose ({language}): {known.text!r} and {text!r}"
                )

    def _label_all(self, concept: QName, labels: Labels, *, negated: bool = False) -> None:
        for name, role in _LABEL_ROLES.items():
            self._label(concept, getattr(labels, name), role=role)
            self._label(concept, getattr(labels, f"{name}_ja"), role=role, language="ja")
        if negated:
            self._label(concept, labels.negated or labels.standard, role=roles.NEGATED)
            self._label(concept, labels.negated_ja or labels.standard_ja, role=roles.NEGATED, language="ja")

    def _check_labels(self) -> None:
        seen: dict[tuple[str, str], QName] = {}
        for label in self.labels.values():
            if label.role == roles.STANDARD:
                first = seen.setdefault((label.language, label.text), label.concept)
                if first != label.concept:
                    raise DeclarationError(
                        f"{first.local_name} and {label.concept.local_name} have the same standard label "
                        f"({label.language}): {label.text!r}"
                    )

    # --- axes, domains, members --------------------------------------------------------------------------------------

    def _axis(self, bound: BoundAxis) -> None:
        labels = bound.labels or Labels()
        standard = labels.standard or words(bound.base)
        if bound.typed_domain is not None and bound.standard is not None:
            self._standard(bound.axis, kind="dimension", typed_domain_ref=bound.typed_domain)
            place = self._import(bound.typed_domain)
            domain = TypedDomain(qname=bound.typed_domain, datatype=bound.datatype, schema=place)
            self.domains.setdefault(bound.typed_domain, domain)
            return
        if bound.typed_domain is not None:
            self._typed_axis(bound.axis, bound.typed_domain, bound.datatype, standard, labels.standard_ja)
            return
        if bound.standard is not None:
            self._standard(bound.axis, kind="dimension")
        else:
            self._abstract(bound.axis.local_name, "dimension")
            self._named(bound.axis, "axis", standard, labels.standard_ja)
        if bound.enumeration is None:
            self._open_domain(bound)
            return
        if self._explicit_axes.setdefault(bound.axis, bound.enumeration) is not bound.enumeration:
            raise DeclarationError(f"the axis {bound.axis.local_name} has members of two enumerations")
        self._domain(bound.enumeration, bound.members)

    def _named(self, concept: QName, kind: str, english: str, japanese: str | None) -> None:
        """The labels of a concept whose kind they end in."""
        self._label(concept, f"{english} {self.rules.ending(kind)}")
        self._label(concept, japanese and f"{japanese} {self.rules.ending_ja(kind)}", language="ja")

    def _open_domain(self, bound: BoundAxis) -> QName:
        """The domain of an axis whose members the values of the filing are."""
        labels = bound.labels or Labels()
        title = labels.standard or words(bound.base)
        domain, uri = self._new_domain(bound.axis, title, labels.standard_ja)
        for order, (text, member) in enumerate(bound.members.items(), start=1):
            self._open_member(member, text, title)
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._arc(arcrole, uri, domain, member, order)
        return domain

    def _new_domain(self, axis: QName, title: str, title_ja: str | None) -> tuple[QName, str]:
        name = f"{axis.local_name.removesuffix('Axis')}Domain"
        domain, uri = self._member(name), self.namespace.role(name)
        if uri not in self.roles:
            self.roles[uri] = RoleType(uri=uri, id=name, definition=f"900000 - Document - {title} [Domain]")
            self._named(domain, "domain", title, title_ja)
        return domain, uri

    def _open_member(self, member: QName, text: str, title: str) -> None:
        if member.namespace != self.namespace.uri:
            self._standard(member)
            return
        self._member(member.local_name)
        if (member, roles.STANDARD, self.rules.english) in self.labels:
            return
        plain = " ".join(text.replace("<", " ").split())[:_LONGEST_LABEL]
        choices = itertools.chain([plain, f"{plain} ({title})"], (f"{plain} ({n})" for n in itertools.count(2)))
        ending = self.rules.ending("member")
        self._label(member, next(f"{each} {ending}" for each in choices if f"{each} {ending}" not in self._titles))

    def _typed_axis(
        self, axis: QName, domain: QName, datatype: DataType | None, label: str, label_ja: str | None
    ) -> None:
        known = self.domains.setdefault(domain, TypedDomain(qname=domain, datatype=datatype))
        if known.datatype != datatype:
            raise DeclarationError(f"the typed axis {axis.local_name} has values of two types")
        self._abstract(axis.local_name, "dimension", typed_domain_ref=domain)
        self._named(axis, "axis", label, label_ja)

    def _pair_axis(self) -> None:
        axis, domain = self.namespace.name(CURRENCY_PAIR_AXIS), self.namespace.name(CURRENCY_PAIR_DOMAIN)
        if self.profile.document.open_axes != "explicit":
            self._typed_axis(axis, domain, _XSD_STRING, *_PAIR_TITLES)
            return
        self._abstract(axis.local_name, "dimension")
        self._named(axis, "axis", *_PAIR_TITLES)
        head, uri = self._new_domain(axis, *_PAIR_TITLES)
        for order, member in enumerate(self._pairs, start=1):
            quote, base = parse_pair_member(member.local_name) or ("", "")
            self._member(member.local_name)
            self._label(member, f"{quote} per {base} {self.rules.ending('member')}")
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._arc(arcrole, uri, head, member, order)

    def _domain_role(self, enumeration: Any) -> str:
        return self.namespace.role(domain_name(enumeration))

    def _domain(self, enumeration: Any, standard: Mapping[str, QName] = _NO_MEMBERS) -> QName:
        """The domain of an enumeration with its members, in a link role of its own."""
        name, uri = domain_name(enumeration), self._domain_role(enumeration)
        if self._enumerations.setdefault(name, enumeration) is not enumeration:
            raise DeclarationError(f"two enumerations are called {enumeration.__name__}")
        domain = self._member(name)
        if uri in self.roles:
            return domain
        title = words(enumeration.__name__)
        self.roles[uri] = RoleType(uri=uri, id=name, definition=f"900000 - Document - {title} [Domain]")
        self._named(domain, "domain", title, getattr(enumeration, "__label_ja__", title))
        for order, value in enumerate(enumeration, start=1):
            if (found := standard.get(value.value)) is not None:
                member = self._standard(found)
            else:
                member = self._member(member_name(value))
                self._named(member, "member", *member_labels(value))
            for arcrole in (DOMAIN_MEMBER, PARENT_CHILD):
                self._arc(arcrole, uri, domain, member, order)
        return domain

    # --- networks ----------------------------------------------------------------------------------------------------

    def _arc(self, arcrole: str, role: str, source: QName, target: QName, order: int = 1, **more: Any) -> None:
        self.arcs[Relationship(arcrole=arcrole, role=role, source=source, target=target, order=order, **more)] = None

    def _role(self, binding: Binding, number: int, *, part: int = 0, suffix: str = "") -> str:
        uri = self.namespace.role(binding.spec.name + suffix)
        title = binding.spec.options.label + (f" ({words(suffix)})" if suffix else "")
        self.roles.setdefault(
            uri,
            RoleType(
                uri=uri, id=binding.spec.name + suffix, definition=f"{number * 1000 + part:06d} - Disclosure - {title}"
            ),
        )
        return uri

    def _presentation(self, binding: Binding, number: int, options: Sequence[BoundOption]) -> None:
        role, spec = self._role(binding, number), binding.spec
        heading = self._abstract(f"{spec.name}Abstract")
        self._named(heading, "abstract", spec.options.label, spec.options.label_ja)
        self._label(heading, spec.options.documentation, role=roles.DOCUMENTATION)
        self._label(heading, spec.options.documentation_ja, role=roles.DOCUMENTATION, language="ja")
        order = itertools.count(1)
        for axis in binding.axes:
            self._arc(PARENT_CHILD, role, heading, axis.axis, next(order))
            if axis.typed_domain is None:
                self._arc(PARENT_CHILD, role, axis.axis, self._domain_of(axis)[0])
        if any(map(binding.carries_pair_axis, options)):
            self._arc(PARENT_CHILD, role, heading, binding.pair_axis, next(order))
            if binding.has_open_pairs:
                self._arc(PARENT_CHILD, role, binding.pair_axis, self._new_domain(binding.pair_axis, *_PAIR_TITLES)[0])
        for fixed in dict.fromkeys(itertools.chain.from_iterable(bound.dimensions for bound in options)):
            self._arc(PARENT_CHILD, role, heading, self._standard(fixed.axis, kind="dimension"), next(order))
            self._arc(PARENT_CHILD, role, fixed.axis, self._standard(fixed.member))
        for concept, preferred in _presented(binding, options):
            self._arc(PARENT_CHILD, role, heading, concept, next(order), preferred_label=preferred)

    def _calculation(self, binding: Binding, number: int, options: Sequence[BoundOption]) -> None:
        """Sums among concepts of one period type and one choice of the selectors.

        The weights declared are for the amounts that items hold; a concept with the sign turned takes the opposite.
        """
        by_field: dict[str, list[BoundOption]] = {}
        for bound in options:
            if bound.option.part is None:
                by_field.setdefault(bound.option.field, []).append(bound)
        for each in binding.spec.declared(ConceptDeclaration):
            for order, (part, weight) in enumerate(getattr(each.declaration, "sum_of", ()), start=1):
                for total, addend in itertools.product(by_field.get(each.name, ()), by_field.get(part, ())):
                    if _are_summed(total, addend):
                        self._summation(binding, number, total, addend, order, weight)

    def _summation(
        self, binding: Binding, number: int, total: BoundOption, addend: BoundOption, order: int, weight: int
    ) -> None:
        weight = -weight if total.inverted != addend.inverted else weight
        balances = {total.balance, addend.balance}
        if None not in balances and (len(balances) == 1) != (weight > 0):
            raise DeclarationError(
                f"{binding.spec.name}: {total.concept.local_name} is a sum of {addend.concept.local_name} with "
                f"the weight {weight}, which their balances do not allow (XBRL 2.1 section 5.1.1.2)"
            )
        role = self._role(binding, number)
        self._arc(SUMMATION_ITEM, role, total.concept, addend.concept, order, weight=weight)

    # --- hypercubes --------------------------------------------------------------------------------------------------

    def _hypercubes(self, binding: Binding, cube: _Cube, number: int, part: int) -> None:
        open_axes = [
            axis
            for axis in cube.axes
            if isinstance(axis, BoundAxis) and axis.optional and axis.typed_domain is not None
        ]
        if len(open_axes) > _MOST_OPEN_AXES:
            raise DeclarationError(
                f"{binding.spec.name} has {len(open_axes)} typed axes that may be absent; each doubles the link roles, "
                f"so at most {_MOST_OPEN_AXES} are possible"
            )
        variants = itertools.chain.from_iterable(
            itertools.combinations(open_axes, size) for size in range(len(open_axes) + 1)
        )
        for variant, absent in enumerate(variants):
            axes = tuple(axis for axis in cube.axes if axis not in absent)
            suffix = "" if part == 1 else f"Part{part}"
            suffix += "".join(f"Without{axis.base}" for axis in absent)
            role = self._role(binding, number, part=part * 100 + variant, suffix=suffix)
            self._hypercube(binding, cube.options, axes, role, suffix)
        self._cubed.update(bound.concept for bound in cube.options)

    def _hypercube(
        self,
        binding: Binding,
        options: Sequence[BoundOption],
        axes: Sequence[BoundAxis | ExplicitDimension | None],
        role: str,
        suffix: str,
    ) -> None:
        name, label = binding.spec.name + suffix, binding.spec.options.label
        title = f"{label} ({words(suffix)})" if suffix else label
        label_ja = binding.spec.options.label_ja
        title_ja = (f"{label_ja} ({words(suffix)})" if suffix else label_ja) if label_ja else None
        lines, table = self._abstract(f"{name}LineItems"), self._abstract(f"{name}Table", "hypercube")
        for concept, kind in ((lines, "line_items"), (table, "table")):
            self._named(concept, kind, title, title_ja)
        element = self.profile.document.context_element
        self._arc(ALL, role, lines, table, context_element=element, closed=True)
        for order, axis in enumerate(axes, start=1):
            name_of_axis = binding.pair_axis if axis is None else axis.axis
            self._arc(HYPERCUBE_DIMENSION, role, table, name_of_axis, order)
            if isinstance(axis, ExplicitDimension):
                self._arc(DIMENSION_DOMAIN, role, axis.axis, self._standard(axis.member))
            elif axis is not None and axis.typed_domain is None:
                self._explicit(axis, role)
            elif axis is None and binding.has_open_pairs:
                head, uri = self._new_domain(binding.pair_axis, *_PAIR_TITLES)
                self._arc(DIMENSION_DOMAIN, role, binding.pair_axis, head, target_role=uri, usable=False)
        for order, concept in enumerate(dict.fromkeys(bound.concept for bound in options), start=1):
            self._arc(DOMAIN_MEMBER, role, lines, concept, order)

    def _domain_of(self, axis: BoundAxis) -> tuple[QName, str]:
        """The head of an explicit axis's domain, and the link role with its members."""
        if axis.enumeration is not None:
            return self._domain(axis.enumeration, axis.members), self._domain_role(axis.enumeration)
        labels = axis.labels or Labels()
        return self._new_domain(axis.axis, labels.standard or words(axis.base), labels.standard_ja)

    def _explicit(self, axis: BoundAxis, role: str) -> None:
        domain, uri = self._domain_of(axis)
        head, default = domain, axis.standard.default if axis.standard is not None else None
        if default is not None:  # the standard has said it, and a dimension has one default in all
            head = self._standard(self.profile.qname(default))
            self._arc(DIMENSION_DOMAIN, role, axis.axis, head, usable=axis.optional)
        self._arc(DIMENSION_DOMAIN, role, axis.axis, domain, target_role=uri, usable=axis.optional and head is domain)
        if axis.optional:
            self._arc(DIMENSION_DEFAULT, role, axis.axis, head)


def _are_summed(total: BoundOption, addend: BoundOption) -> bool:
    return total.option.when == addend.option.when and total.period_type == addend.period_type


def _labels_of(option: FactOption) -> Labels:
    """The labels declared, or for a concept beside the one declared (at an instant, of a part) some made from them."""
    labels, suffix = option.declared.labels, option.name[len(option.declared.name) :]
    if not suffix:
        return evolve(labels, standard=labels.standard or words(option.name))
    return Labels(
        standard=f"{labels.standard}, {words(suffix)}" if labels.standard else words(option.name),
        standard_ja=f"{labels.standard_ja}、時点" if labels.standard_ja and suffix == "AtInstant" else None,
        documentation=labels.documentation,
        documentation_ja=labels.documentation_ja,
    )


def _cubes(binding: Binding, options: Sequence[BoundOption]) -> Iterator[_Cube]:
    """The concepts of a class by the axes their facts have."""
    by_axes: dict[tuple[bool, tuple[ExplicitDimension, ...]], list[BoundOption]] = {}
    for bound in sorted(options, key=binding.carries_pair_axis):
        by_axes.setdefault((binding.carries_pair_axis(bound), bound.dimensions), []).append(bound)
    for (paired, fixed), found in by_axes.items():
        yield _Cube((*binding.axes, *fixed, *((None,) if paired else ())), tuple(found))


def _presented(binding: Binding, options: Sequence[BoundOption]) -> Iterator[tuple[QName, str | None]]:
    """Concepts in order with the label to show: negated where the sign is turned, total for sums, start and end."""
    totals = {
        each.name
        for each in binding.spec.declared(ConceptDeclaration)
        if isinstance(each.declaration, ConceptDeclaration) and each.declaration.sum_of
    }
    seen: set[QName] = set()
    for bound in options:
        if bound.concept in seen:
            continue
        seen.add(bound.concept)
        labels = _labels_of(bound.option)
        if bound.inverted:
            yield bound.concept, roles.NEGATED
        elif bound.option.field in totals and labels.total is not None:
            yield bound.concept, roles.TOTAL
        elif labels.period_start is not None and bound.option.declared.at == "start":
            yield bound.concept, roles.PERIOD_START
        elif labels.period_end is not None and bound.period_type == "instant":
            yield bound.concept, roles.PERIOD_END
        else:
            yield bound.concept, None
