"""Labels of item classes in other languages than English, and which are missing."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from exporter.items.compile import ItemSpec
from exporter.items.declarations import ConceptDeclaration, DimensionDeclaration, PeriodDeclaration
from exporter.items.fields import FieldSpec
from exporter.items.labels import CLASS_KEY, LABEL_ROLES, LabelRole, Labels, is_english, member_labels


def label_text(labels: Labels, language: str, role: LabelRole = "standard") -> str | None:
    """The label in a language, else in English."""
    return labels.text(language, role) or labels.text("en", role)


def missing_labels(spec: ItemSpec, language: str) -> Iterator[str]:
    """The labels of an item class that are there in English and not in ``language``.

    They are named as in a catalogue: ``amount.label``, ``value.EarningsPerShareBasic.documentation``; the values of
    enumerations with the enumeration before, ``PerShareBasis.basic.label``.
    """
    if is_english(language):
        return
    yield from _missing(spec.options.labels, CLASS_KEY, language)
    for field in spec.fields:
        for path, labels in _labels_of(field):
            yield from _missing(labels, path, language)
    enumerations = (kind for field in spec.fields for kind in field.types if issubclass(kind, enum.StrEnum))
    for enumeration in dict.fromkeys(enumerations):
        for value in enumeration:
            yield from _missing(member_labels(value), f"{enumeration.__name__}.{value.value}", language)


def _labels_of(field: FieldSpec) -> Iterator[tuple[str, Labels]]:
    declaration = field.declaration
    if isinstance(declaration, DimensionDeclaration):
        yield field.name, declaration.labels
    elif isinstance(declaration, ConceptDeclaration | PeriodDeclaration):
        for option in declaration.options:
            yield f"{field.name}.{option.name}" if len(declaration.options) > 1 else field.name, option.labels


def _missing(labels: Labels, path: str, language: str) -> Iterator[str]:
    for role in LABEL_ROLES:
        is_expected = role == "standard" or labels.text("en", role) is not None
        if is_expected and labels.text(language, role) is None:
            yield f"{path}.{'label' if role == 'standard' else role}"
