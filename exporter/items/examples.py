"""An example of each item class as people write it in YAML, made from the declaration and tried out."""

from __future__ import annotations

from typing import Any, Final

from exporter.items.check import check_item
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import NotesDeclaration, ProvenanceDeclaration, RowsDeclaration
from exporter.items.fields import FieldSpec
from exporter.items.from_tree import ItemStructurer
from exporter.items.written_forms import choices, written_forms, yaml_text

_ERROR: Final = 1_000
_ENOUGH_FIELDS: Final = 7
_ASIDE: Final = NotesDeclaration | ProvenanceDeclaration
_MOST_FORMS: Final = 40  # of one field that are tried out


def example_of(cls: type[Any]) -> dict[str, Any]:
    """An item of ``cls`` as people write it: its type, what it needs, and as many other fields as show its use.

    A class may refuse what the forms of its fields make together (its ``check``); forms are exchanged and fields
    added until it takes them. A class may say the values of fields in ``EXAMPLE``, a dictionary.
    """
    spec = item_specification(cls)
    fields = [field for field in spec.fields if not isinstance(field.declaration, _ASIDE)]
    node: dict[str, Any] = {"type": spec.name}
    needed = [field for field in fields if _is_needed(spec, field)]
    node |= {field.name: _forms(spec, field)[0] for field in needed}
    for field in needed:
        _settle(spec, node, field)
    for _ in range(2):
        for field in fields:
            if field.name not in node and (_findings(spec, node) >= _ERROR or len(node) < _ENOUGH_FIELDS):
                _try_to_add(spec, node, field)
    return {"type": spec.name, **{field.name: node[field.name] for field in fields if field.name in node}}


def example_text(cls: type[Any]) -> str:
    """The example as an entry of a list of items in YAML."""
    return yaml_text([example_of(cls)])


def _is_needed(spec: ItemSpec, field_spec: FieldSpec) -> bool:
    return (
        field_spec.required
        or isinstance(field_spec.declaration, RowsDeclaration)
        or field_spec.name in getattr(spec.cls, "EXAMPLE", {})
    )


def _forms(spec: ItemSpec, field_spec: FieldSpec) -> list[Any]:
    """Values to try for a field, the most telling first."""
    if field_spec.name in (own := getattr(spec.cls, "EXAMPLE", {})):
        return [own[field_spec.name]]
    if isinstance(field_spec.declaration, RowsDeclaration):
        several = len(field_spec.types) > 1
        rows = [example_of(row) for row in field_spec.types]
        return [[row if several else {name: row[name] for name in row if name != "type"}] for row in rows]
    values: list[Any] = [member.value for member in choices(field_spec)[:_MOST_FORMS]]
    forms = values + [form.example for form in written_forms(field_spec) if form.example not in values]
    if forms == [True]:
        forms.append(False)
    return [[form] for form in forms] if field_spec.many else forms


def _settle(spec: ItemSpec, node: dict[str, Any], field_spec: FieldSpec) -> None:
    """The form of a required field with which least is wrong."""
    node[field_spec.name] = min(
        _forms(spec, field_spec), key=lambda form: _findings(spec, {**node, field_spec.name: form})
    )


def _try_to_add(spec: ItemSpec, node: dict[str, Any], field_spec: FieldSpec) -> None:
    before = _findings(spec, node)
    for form in _forms(spec, field_spec):
        if _findings(spec, {**node, field_spec.name: form}) <= before:
            node[field_spec.name] = form
            return


def _findings(spec: ItemSpec, node: dict[str, Any]) -> int:
    """How much is wrong with the item: its findings, an error as many times a warning."""
    structurer = ItemStructurer.of([spec.cls])
    item = structurer.item(node, "")
    findings = structurer.findings if item is None else check_item(item)
    return sum(_ERROR if finding.is_error else 1 for finding in findings)
