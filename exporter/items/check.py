"""What is wrong with the values of an item: wrong types, nothing stated, and what its own ``check`` finds.

`settle_footnotes` brings the footnotes of an item to one form when it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from exporter.errors import ItemError
from exporter.findings import Finding, Location, Severity, list_text
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    ConceptDeclaration,
    DimensionDeclaration,
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    RowsDeclaration,
    UnitDeclaration,
    words,
)
from exporter.items.fields import FieldSpec
from exporter.items.values import Amount, EntityRef, Unknown
from exporter.items.values.parties import EntityKind
from exporter.items.values.texts import Footnote
from exporter.model.lexical import is_language_tag
from exporter.model.period import Duration


def settle_footnotes(item: Any) -> None:
    """Bring footnotes to one form: one note for one text, and a note to all that is stated is a note to the item."""
    spec = item_specification(type(item))
    field = spec.only(NotesDeclaration)
    notes = getattr(item, field.name) if field is not None else ()
    if field is None or (len(notes) < 2 and not any(note.fields for note in notes)):
        return
    reported = stated_fields(item)
    merged: dict[tuple[str, str | None], Footnote] = {}
    for note in notes:
        key = (note.text, note.language)
        known = merged.setdefault(key, note)
        fields = {*known.fields, *note.fields} if known.fields and note.fields else ()
        merged[key] = evolve(known, fields=() if fields == reported else fields)
    object.__setattr__(item, field.name, tuple(merged.values()))


def stated_fields(item: Any) -> set[str]:
    """The fields of an item that become facts."""
    reported: set[str] = set()
    for field in item_specification(type(item)).fields:
        value = getattr(item, field.name)
        if value is None or value == ():
            continue
        if any(
            concept.part is None or (isinstance(value, EntityRef) and _has_part(value, concept.part))
            for concept in field.concepts
        ):
            reported.add(field.name)
    return reported


def _has_part(value: EntityRef, part: str) -> bool:
    return value.identifier is not None if part == "Identifier" else value.kind is not EntityKind.ORGANIZATION


_NEGATED: Final = "exporter:doubleNegation"
_LOSSES: Final = frozenset({"loss", "losses", "deficit", "deficits"})
_GAINS: Final = frozenset({"income", "gain", "gains", "profit", "profits", "earnings", "benefit", "surplus"})


def problem(code: str, message: str, *fields: str, fix: str | None = None, warning: bool = False) -> Finding:
    """Something wrong with an item's values, for ``check`` methods.

    Args:
        code: a stable code with a prefix of yours, ``acme:negativeRevenue``.
        message: what is wrong and what was expected.
        fields: the names of the fields concerned; the finding's location is the first.
        fix: how to correct it.
        warning: whether the item may be made all the same.
    """
    return Finding(
        code=code,
        message=message,
        severity=Severity.WARNING if warning else Severity.ERROR,
        location=Location(pointer=f"/{fields[0]}" if fields else ""),
        fix=fix,
    )


def check_values(item: Any) -> None:
    """Refuse values of the wrong type and whatever the item's own ``check`` calls an error.

    Raises:
        ItemError: with all findings; pointers are relative to the item.
    """
    spec = item_specification(type(item))
    findings = [*_type_findings(spec, item)]
    if not findings:
        findings = [finding for finding in check_item(item) if finding.is_error]
    if findings:
        raise ItemError(findings=[finding.at(item=spec.name) for finding in findings])


def check_item(item: Any) -> Iterator[Finding]:
    """All that is wrong with the values of an item, warnings included."""
    spec = item_specification(type(item))
    yield from _statement_findings(spec, item)
    notes = spec.only(NotesDeclaration)
    if notes is not None and getattr(item, notes.name):
        yield from _footnote_findings(spec, notes, item)
    check = getattr(item, "check", None)
    findings = tuple(check()) if check is not None else ()
    yield from findings
    for table in spec.declared(RowsDeclaration) if not any(finding.is_error for finding in findings) else ():
        yield from _row_findings(spec, table, item)
    if not any(finding.code == _NEGATED for finding in findings):
        values = [(field, getattr(item, field.name)) for field in spec.declared(ConceptDeclaration)]
        for field, value in values:
            if isinstance(value, Amount) and value.value < 0:
                yield from _negated_losses(spec, field, value)


def _type_findings(spec: ItemSpec, item: Any) -> Iterator[Finding]:
    for field in spec.fields:
        value = getattr(item, field.name)
        if not _has_type(field, value):
            expected = (
                list_text((_type_name(field, python_type) for python_type in field.types), last=" or ")
                or "no such value"
            )
            yield Finding(
                code="exporter:wrongType",
                message=f"{field.name} is {expected}, got {value!r}",
                location=Location(pointer=f"/{field.name}"),
                fix=f"give {field.name} as {expected}",
            )


def _type_name(field_spec: FieldSpec, python_type: Any) -> str:
    name = getattr(python_type, "__name__", str(python_type))
    return f"a tuple of {name}" if field_spec.many else name


def _has_type(field_spec: FieldSpec, value: Any) -> bool:
    declaration = field_spec.declaration
    if value is None:
        return field_spec.optional
    if isinstance(declaration, NotesDeclaration):
        return isinstance(value, tuple) and all(isinstance(note, Footnote) for note in value)
    if isinstance(value, Unknown):
        return field_spec.unknown
    if field_spec.many:
        return isinstance(value, tuple) and all(type(part) in field_spec.types for part in value)
    return type(value) in field_spec.types


def _statement_findings(spec: ItemSpec, item: Any) -> Iterator[Finding]:
    """An item that says nothing at its own period could not be found again among facts; a rate needs its pair."""
    values = (getattr(item, name) for name in spec.stating)
    if spec.concepts and all(value in (None, ()) or type(value) is Duration for value in values):
        yield Finding(
            code="exporter:nothingStated",
            message=f"{spec.name} states nothing: none of {list_text(sorted(spec.stating))} is given",
            location=Location(pointer=""),
            fix="state at least one of them, or leave the item out",
        )
    for field in spec.declared(LanguageDeclaration):
        value = getattr(item, field.name)
        if value is not None and not is_language_tag(value):
            yield Finding(
                code="exporter:invalidValue",
                message=f"expected a language tag like en or ja, got {value!r}",
                location=Location(pointer=f"/{field.name}"),
            )
    for field in spec.declared(ConceptDeclaration):
        value = getattr(item, field.name)
        if field.many and value == () and field.default != ():
            yield Finding(
                code="exporter:missingField",
                message=f"{field.name} has no value",
                location=Location(pointer=f"/{field.name}"),
                fix="give at least one",
            )
        if field.many and value and any("\n" in part or not part for part in value):
            yield Finding(
                code="exporter:brokenLine",
                message=f"each value of {field.name} is one line of text and not empty",
                location=Location(pointer=f"/{field.name}"),
                fix="take the line breaks and the empty values out",
            )


def _row_findings(spec: ItemSpec, table: FieldSpec, item: Any) -> Iterator[Finding]:
    """Fields that have one value in all rows of a container, and in the container itself, but differ."""
    own = {field.name for field in spec.fields}
    aspects = spec.declared(PeriodDeclaration, DimensionDeclaration, UnitDeclaration)
    implied = () if spec.concepts else (aspect.name for aspect in aspects)
    for name in dict.fromkeys((*getattr(table.declaration, "by", ()), *implied)):
        owners = ([item] if name in own else []) + list(getattr(item, table.name))
        values = [getattr(owner, name) for owner in owners]
        different = [value for value in values if value != values[0]]
        if different:
            yield problem(
                "exporter:rowsDiffer",
                f"{name} has one value in a {spec.name}, got {values[0]} and {different[0]}",
                table.name,
                fix=f"make one for each {name}",
            )


def _negated_losses(spec: ItemSpec, field: FieldSpec, value: Amount) -> Iterator[Finding]:
    """A negative amount of a field that turns the sign, where the name says that it is a loss: either may be meant."""
    options = getattr(field.declaration, "options", ())
    named = {*words(spec.name).lower().split(), *field.name.lower().split("_")}
    if any(option.sign == "inverted" for option in options) and named & _LOSSES and not named & _GAINS:
        positive = evolve(value, value=-value.value).printed()
        yield problem(
            _NEGATED,
            f"{field.name} is {value.printed(negative='parentheses')}, which may be a loss or its opposite",
            field.name,
            fix=f"if it is a loss, write the positive number, {field.name}: {positive}; if it is none, state it "
            "with a class for income, whose field does not invert the sign",
        )


def _footnote_findings(spec: ItemSpec, field: FieldSpec, item: Any) -> Iterator[Finding]:
    reported: set[str] | None = None
    is_container = bool(spec.declared(RowsDeclaration))
    for index, note in enumerate(getattr(item, field.name)):
        if not note.fields and is_container and not spec.concepts:
            yield problem(
                "exporter:footnoteToNothing",
                f"a {spec.name} states nothing beside its rows that the footnote could belong to",
                f"{field.name}/{index}",
                fix="give the footnote to the rows that it is about",
            )
        if not note.fields:
            continue
        reported = stated_fields(item) if reported is None else reported
        if idle := sorted(set(note.fields) - reported):
            yield Finding(
                code="exporter:footnoteToNothing",
                message=f"the footnote belongs to {list_text(idle)}, which the item does not report",
                location=Location(pointer=f"/{field.name}/{index}"),
                fix=f"name fields that are facts: {list_text(sorted(reported))}",
            )
