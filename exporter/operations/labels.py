"""Labels in other languages than English: which are missing, in item classes and in the taxonomy of a filing."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from exporter.filing import Filing
from exporter.findings import MOST_CHOICES, Finding, Location, Severity, list_text
from exporter.items.compile import ItemSpec
from exporter.items.declarations import ConceptDeclaration, DimensionDeclaration, PeriodDeclaration
from exporter.items.fields import FieldSpec
from exporter.items.labels import CLASS_KEY, LABEL_ROLES, LabelRole, Labels, is_english, member_labels
from exporter.items.values.texts import is_language_tag as is_language_tag
from exporter.taxonomy import concepts as roles


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


def check_label_languages(filing: Filing) -> Iterator[Finding]:
    """Extension concepts that have no label in a language of the filing's labels and are labelled in English there.

    One finding for each language, a warning where the filing or its profile asks for the language.
    """
    is_chosen = bool(filing.label_languages or filing.rules.document.labels.languages)
    for language in filing.languages_of_labels:
        if is_english(language):
            continue
        labelled = {
            label.concept
            for label in filing.taxonomy.labels
            if label.role == roles.STANDARD and label.language == language
        }
        in_english = {label.concept for label in filing.taxonomy.labels if label.role == roles.STANDARD} - labelled
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
