"""The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations alone.

Each item class has a link role of its own. Its presentation shows the axes and the concepts under one heading; its
hypercubes say which axes a fact of each concept has. An axis that an item may lack is either explicit, with its domain
as default member, or typed: then there is a link role with the axis and one without.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from exporter.errors import DeclarationError
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
from exporter.items.specification import FactOption
from exporter.model.datatypes import DataType, standard_type
from exporter.model.qname import QName
from exporter.namespaces import XSD
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
from exporter.taxonomy.taxonomy import Taxonomy

_MOST_OPEN_AXES: Final = 5
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


def taxonomy_of(bindings: Iterable[Binding]) -> Taxonomy:
    """The extension taxonomy of item classes bound to one namespace.

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
    builder = _Builder(bindings[0].namespace)
    for number, binding in enumerate(bindings, start=1):
        builder.add(binding, number)
    builder.close_dimensionless()
    return builder.taxonomy()


@frozen
class _Cube:
    """The axes that facts of some concepts of one class have."""

    axes: tuple[BoundAxis | None, ...]  # None stands for the currency pair
    options: tuple[BoundOption, ...]


class _Builder:
    def __init__(self, namespace: Namespace) -> None:
        self.namespace = namespace
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
        )

    def add(self, binding: Binding, number: int) -> None:
        """All that one item class contributes."""
        if not binding.options:
            return
        for bound in binding.options:
            self._concept(bound)
        for axis in binding.axes:
            self._axis(axis)
        if binding.unit_field is not None:
            self._pair_axis()
        self._presentation(binding, number)
        self._calculation(binding, number)
        for part, cube in enumerate(_cubes(binding), start=1):
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
                period_type=option.period_type,
                balance=option.declared.balance if option.part is None else None,
                enumeration=enumeration,
            )
        )
        self._label_all(bound.concept, _labels_of(option), negated=bound.inverted)
        for parts in option.declared.references:
            reference = Reference(concept=bound.concept, parts=parts)
            if reference not in self.references:
                self.references.append(reference)

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

    # --- labels ------------------------------------------------------------------------------------------------------

    def _label(self, concept: QName, text: str | None, *, role: str = roles.STANDARD, language: str = "en") -> None:
        if text is not None:
            label = Label(concept=concept, text=text, role=role, language=language)
            known = self.labels.setdefault((concept, role, language), label)
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
        base = bound.axis.local_name.removesuffix("Axis")
        labels = bound.labels or Labels()
        standard = labels.standard or words(base)
        if bound.enumeration is None:
            assert bound.typed_domain is not None
            self._typed_axis(bound.axis, bound.typed_domain, bound.datatype, standard, labels.standard_ja)
            return
        self._abstract(bound.axis.local_name, "dimension")
        if self._explicit_axes.setdefault(bound.axis, bound.enumeration) is not bound.enumeration:
            raise DeclarationError(f"the axis {bound.axis.local_name} has members of two enumerations")
        self._label(bound.axis, f"{standard} [Axis]")
        self._label(bound.axis, labels.standard_ja and f"{labels.standard_ja} [軸]", language="ja")
        self._domain(bound.enumeration)

    def _typed_axis(
        self, axis: QName, domain: QName, datatype: DataType | None, label: str, label_ja: str | None
    ) -> None:
        known = self.domains.setdefault(domain, TypedDomain(qname=domain, datatype=datatype))
        if known.datatype != datatype:
            raise DeclarationError(f"the typed axis {axis.local_name} has values of two types")
        self._abstract(axis.local_name, "dimension", typed_domain_ref=domain)
        self._label(axis, f"{label} [Axis]")
        self._label(axis, label_ja and f"{label_ja} [軸]", language="ja")

    def _pair_axis(self) -> None:
        axis, domain = self.namespace.name(CURRENCY_PAIR_AXIS), self.namespace.name(CURRENCY_PAIR_DOMAIN)
        self._typed_axis(axis, domain, _XSD_STRING, "Currency Pair", "通貨ペア")

    def _domain_role(self, enumeration: Any) -> str:
        return self.namespace.role(domain_name(enumeration))

    def _domain(self, enumeration: Any) -> QName:
        """The domain of an enumeration with its members, in a link role of its own."""
        name, uri = domain_name(enumeration), self._domain_role(enumeration)
        if self._enumerations.setdefault(name, enumeration) is not enumeration:
            raise DeclarationError(f"two enumerations are called {enumeration.__name__}")
        domain = self._member(name)
        if uri in self.roles:
            return domain
        title = words(enumeration.__name__)
        self.roles[uri] = RoleType(uri=uri, id=name, definition=f"900000 - Document - {title} [Domain]")
        self._label(domain, f"{title} [Domain]")
        self._label(domain, f"{getattr(enumeration, '__label_ja__', title)} [領域]", language="ja")
        for order, value in enumerate(enumeration, start=1):
            member = self._member(member_name(value))
            english, japanese = member_labels(value)
            self._label(member, f"{english} [Member]")
            self._label(member, japanese and f"{japanese} [メンバー]", language="ja")
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

    def _presentation(self, binding: Binding, number: int) -> None:
        role, spec = self._role(binding, number), binding.spec
        heading = self._abstract(f"{spec.name}Abstract")
        self._label(heading, f"{spec.options.label} [Abstract]")
        self._label(heading, spec.options.label_ja and f"{spec.options.label_ja} [タイトル項目]", language="ja")
        self._label(heading, spec.options.documentation, role=roles.DOCUMENTATION)
        self._label(heading, spec.options.documentation_ja, role=roles.DOCUMENTATION, language="ja")
        order = itertools.count(1)
        for axis in binding.axes:
            self._arc(PARENT_CHILD, role, heading, axis.axis, next(order))
            if axis.enumeration is not None:
                self._arc(PARENT_CHILD, role, axis.axis, self._domain(axis.enumeration))
        if binding.unit_field is not None and any(binding.carries_pair_axis(b.option) for b in binding.options):
            self._arc(PARENT_CHILD, role, heading, binding.pair_axis, next(order))
        for concept, preferred in _presented(binding):
            self._arc(PARENT_CHILD, role, heading, concept, next(order), preferred_label=preferred)

    def _calculation(self, binding: Binding, number: int) -> None:
        """Sums among concepts of one period type and one choice of the selectors.

        The weights declared are for the amounts that items hold; a concept with the sign turned takes the opposite.
        """
        by_field: dict[str, list[BoundOption]] = {}
        for bound in binding.options:
            if bound.option.part is None:
                by_field.setdefault(bound.option.field, []).append(bound)
        for each in binding.spec.declared(ConceptDeclaration):
            for order, (part, weight) in enumerate(getattr(each.declaration, "sum_of", ()), start=1):
                for total, addend in itertools.product(by_field[each.name], by_field[part]):
                    if _are_summed(total, addend):
                        self._summation(binding, number, total, addend, order, weight)

    def _summation(
        self, binding: Binding, number: int, total: BoundOption, addend: BoundOption, order: int, weight: int
    ) -> None:
        weight = -weight if total.inverted != addend.inverted else weight
        balances = {total.option.declared.balance, addend.option.declared.balance}
        if None not in balances and (len(balances) == 1) != (weight > 0):
            raise DeclarationError(
                f"{binding.spec.name}: {total.concept.local_name} is a sum of {addend.concept.local_name} with "
                f"the weight {weight}, which their balances do not allow (XBRL 2.1 section 5.1.1.2)"
            )
        role = self._role(binding, number)
        self._arc(SUMMATION_ITEM, role, total.concept, addend.concept, order, weight=weight)

    # --- hypercubes --------------------------------------------------------------------------------------------------

    def _hypercubes(self, binding: Binding, cube: _Cube, number: int, part: int) -> None:
        open_axes = [axis for axis in cube.axes if axis is not None and axis.optional and axis.enumeration is None]
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
            suffix += "".join("Without" + axis.axis.local_name.removesuffix("Axis") for axis in absent)
            role = self._role(binding, number, part=part * 100 + variant, suffix=suffix)
            self._hypercube(binding, cube.options, axes, role, suffix)
        self._cubed.update(bound.concept for bound in cube.options)

    def _hypercube(
        self,
        binding: Binding,
        options: Sequence[BoundOption],
        axes: Sequence[BoundAxis | None],
        role: str,
        suffix: str,
    ) -> None:
        name, label = binding.spec.name + suffix, binding.spec.options.label
        title = f"{label} ({words(suffix)})" if suffix else label
        label_ja = binding.spec.options.label_ja
        title_ja = (f"{label_ja} ({words(suffix)})" if suffix else label_ja) if label_ja else None
        lines, table = self._abstract(f"{name}LineItems"), self._abstract(f"{name}Table", "hypercube")
        for concept, kind, kind_ja in ((lines, "Line Items", "表示項目"), (table, "Table", "表")):
            self._label(concept, f"{title} [{kind}]")
            self._label(concept, title_ja and f"{title_ja} [{kind_ja}]", language="ja")
        self._arc(ALL, role, lines, table, context_element="scenario", closed=True)
        for order, axis in enumerate(axes, start=1):
            name_of_axis = binding.pair_axis if axis is None else axis.axis
            self._arc(HYPERCUBE_DIMENSION, role, table, name_of_axis, order)
            if axis is not None and axis.enumeration is not None:
                self._explicit(axis, role)
        for order, concept in enumerate(dict.fromkeys(bound.concept for bound in options), start=1):
            self._arc(DOMAIN_MEMBER, role, lines, concept, order)

    def _explicit(self, axis: BoundAxis, role: str) -> None:
        assert axis.enumeration is not None
        domain = self._domain(axis.enumeration)
        self._arc(
            DIMENSION_DOMAIN,
            role,
            axis.axis,
            domain,
            target_role=self._domain_role(axis.enumeration),
            usable=axis.optional,
        )
        if axis.optional:
            self._arc(DIMENSION_DEFAULT, role, axis.axis, domain)


def _are_summed(total: BoundOption, addend: BoundOption) -> bool:
    return total.option.when == addend.option.when and total.option.period_type == addend.option.period_type


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


def _cubes(binding: Binding) -> Iterator[_Cube]:
    """The concepts of a class by the axes their facts have."""
    plain = tuple(bound for bound in binding.options if not binding.carries_pair_axis(bound.option))
    paired = tuple(bound for bound in binding.options if binding.carries_pair_axis(bound.option))
    if plain:
        yield _Cube(binding.axes, plain)
    if paired:
        yield _Cube((*binding.axes, None), paired)


def _presented(binding: Binding) -> Iterator[tuple[QName, str | None]]:
    """Concepts in order with the label to show: negated where the sign is turned, total for sums, start and end."""
    totals = {
        each.name
        for each in binding.spec.declared(ConceptDeclaration)
        if isinstance(each.declaration, ConceptDeclaration) and each.declaration.sum_of
    }
    seen: set[QName] = set()
    for bound in binding.options:
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
        elif labels.period_end is not None and bound.option.period_type == "instant":
            yield bound.concept, roles.PERIOD_END
        else:
            yield bound.concept, None
