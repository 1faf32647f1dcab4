"""Templates to fill in: a workbook with a sheet for each report item, or a file of items in YAML with comments.

Both read back as they are: notes and examples begin with ``#``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from exporter.errors import ExporterError
from exporter.findings import Finding, choice_hint, list_text
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    NotesDeclaration,
    PartDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
)
from exporter.items.document import PLACEHOLDER_CIK, PLACEHOLDER_EDINET_CODE, PLACEHOLDER_LEI
from exporter.items.examples import example_of
from exporter.items.fields import FieldSpec
from exporter.items.json_schema import derive_json_schema
from exporter.items.tree_values import DOCUMENT_TYPE
from exporter.items.values import EntityRef, InCurrency
from exporter.items.values.parties import EntityKind
from exporter.items.written_forms import choices, written_forms, yaml_text
from exporter.model.period import Duration
from exporter.operations.classes import find_item_class, known_item_classes
from exporter.operations.labels import label_text
from exporter.operations.workbook import LONGEST_TITLE, SheetColumn, SheetContent, width_for, write_workbook
from exporter.resources.publishing import publish, staged

# What the members of a statement's row and of a note's part take, where their names do not say it.
_PART_WORDS: Final[Mapping[str, str]] = {
    "label": "as printed",
    "depth": "levels of indent: 0, 1, 2",
    "concept": "prefix:Name, or Name for one of the filing's own; exporter advise proposes some",
    "values": "as printed: (1,234) for a negative",
    "sum_of": "labels of the rows it adds up, with semicolons between, where the indents do not say it",
    "at": "the start or the end of the period, for a balance among flows",
    "unit": "shares, or what else than the currency",
    "scale": "thousands, millions or the like",
    "wider": "the standard concept that contains it (ESEF)",
    "notes": "footnotes, with semicolons between",
    "title": "what stands above it",
    "content": "plain text in paragraphs, or XHTML",
}
SCHEMA_NAME: Final = "items-source.schema.json"
_EVERY: Final = ("DocumentInfo", "TextDisclosure", "MonetaryFact", "PerShareFact", "ShareCountFact", "SegmentResult")
_STATEMENTS: Final = (
    "BalanceSheet",
    "IncomeStatement",
    "ComprehensiveIncome",
    "CashFlowStatement",
    "ChangesInEquity",
    "Note",
)


@frozen(kw_only=True)
class Form:
    """What a form asks for: the items it is made of (empty: all), who identifies entities, how it is exported."""

    title: str
    items: tuple[str, ...] = ()
    entity: Mapping[str, str]
    language: str = "en"
    profile: str | None = None
    rules: str


FORMS: Final[Mapping[str, Form]] = {
    "20-F": Form(
        title="Annual report on Form 20-F",
        entity={"cik": PLACEHOLDER_CIK},
        profile="sec-us-gaap",
        rules="form-20-f",
    ),
    "esef": Form(
        title="Annual financial report in the European Single Electronic Format",
        items=(*_EVERY, *_STATEMENTS),
        entity={"lei": PLACEHOLDER_LEI},
        profile="esef-ifrs",
        rules="esef",
    ),
    "edinet": Form(
        title="Annual securities report on EDINET",
        items=("EdinetCover", *_EVERY[1:], *_STATEMENTS, "OwnershipInterest", "RiskFactor"),
        entity={"scheme": "http://disclosure.edinet-fsa.go.jp", "identifier": PLACEHOLDER_EDINET_CODE},
        language="ja",
        profile="edinet",
        rules="edinet",
    ),
}


def find_form(name: str) -> Form:
    """A form by its name.

    Raises:
        ExporterError: ``exporter:usage``: there is no such form.
    """
    by_name = {form.casefold(): form for form in FORMS}
    if name.casefold() in by_name:
        return FORMS[by_name[name.casefold()]]
    finding = Finding(code="exporter:usage", message=f"there is no form {name!r}", fix=choice_hint(name, FORMS))
    raise ExporterError(findings=[finding])


def write_template(
    target: Path | str,
    items: Iterable[str] = (),
    *,
    form: str | None = None,
    modules: Iterable[str] = (),
    language: str = "en",
) -> tuple[str, ...]:
    """Write a workbook with a sheet for each item, and return the names of the sheets.

    Each sheet has the fields of its item as headings; below them their labels, what they take and an example, which are
    not read. Fields with choices have drop-down lists. The same items give the same bytes.

    Args:
        target: the workbook (``.xlsx``).
        items: names of report items.
        form: a form whose items are all there: ``20-F``, ``esef``, ``edinet``.
        modules: modules whose report items are known too.
        language: the language of labels.

    Raises:
        ExporterError: there is no such item or form.
        MissingExtraError: XlsxWriter is not installed.
    """
    modules = tuple(modules)
    chosen = find_form(form) if form is not None else None
    classes = [find_item_class(name, modules) for name in items]
    if chosen is not None:
        known = known_item_classes(modules)
        classes += [known[name] for name in chosen.items] if chosen.items else list(known.values())
    if not classes:
        message, fix = "nothing is named to make a template of", "name report items, or a form"
        finding = Finding(code="exporter:usage", message=message, fix=fix)
        raise ExporterError(findings=[finding])
    rows = {row for cls in classes for row in _row_classes(item_specification(cls))}
    sheets = [_filing_sheet(chosen)]
    for cls in dict.fromkeys(classes):
        if cls not in rows or form is None or cls.__name__ in (chosen.items if chosen else ()) or _is_common(cls, rows):
            sheets += _sheets_of(cls, language)
    target = Path(target)
    with staged(target.parent) as staging:
        with (staging.files / target.name).open("wb") as stream:
            write_workbook(stream, sheets, title=chosen.title if chosen else "Report items")
        publish(staging)
    return tuple(sheet.title for sheet in sheets)


def _is_common(cls: type[Any], rows: set[type[Any]]) -> bool:
    """Whether items that are rows elsewhere are given by themselves too."""
    return cls in rows and cls.__name__ in ("MonetaryFact", "OwnershipInterest", "PerShareFact", "ShareCountFact")


def _row_classes(spec: ItemSpec) -> tuple[type[Any], ...]:
    table = spec.only(RowsDeclaration)
    return table.types if table is not None else ()


def _filing_sheet(form: Form | None) -> SheetContent:
    """What the items share: a name and a value in each row."""
    entity = form.entity if form is not None else {"cik": PLACEHOLDER_CIK}
    rows = [
        *((f"entity.{name}", value, "who files") for name, value in entity.items()),
        ("period_end", None, "the end of the reporting period: 2005-03-31"),
        ("prefix", None, "the prefix of the filing's own names, such as a ticker symbol"),
        ("namespace", None, "the namespace of its own names: http://www.example.com/20050331"),
        ("language", form.language if form is not None else "en", "the language of texts: en, ja"),
        ("title", None, "a name of the filing for people"),
        ("currency", None, "the reporting currency: JPY"),
        ("profile", None, f"which standard concepts are reported: {(form and form.profile) or 'sec-us-gaap'}"),
        ("release", None, "the edition of the standard taxonomies"),
        ("label_languages[]", None, "the languages of labels: en; ja"),
    ]
    columns = [SheetColumn("# name", width=22), SheetColumn("# value", width=48), SheetColumn("# note", width=60)]
    return SheetContent("filing", columns, values=rows)


def _sheets_of(cls: type[Any], language: str) -> Iterator[SheetContent]:
    """The sheet of a class; of a container a second one for its rows, joined to it by ``#item``.

    So the lines of a statement and the parts of a note have a sheet of their own too.
    """
    spec = item_specification(cls)
    example = example_of(cls)
    table = spec.only(RowsDeclaration)
    parts = {field.name: part for field in spec.fields if (part := _part_with_sheet(field)) is not None}
    own = [field for field in spec.fields if field is not table and field.name not in parts]
    states = any(not isinstance(field.declaration, NotesDeclaration | ProvenanceDeclaration) for field in own)
    if table is None or states:
        yield _sheet(spec.name, spec, own, example, language, key=table is not None or bool(parts))
    for name, part in parts.items():
        yield _sheet_of_parts(spec, name, part, example.get(name, []))
    if table is None:
        return
    rows = [item_specification(row) for row in table.types]
    row_example: Mapping[str, Any] = next(iter(example.get(table.name) or ()), {})
    fields = {field.name: field for row in rows for field in reversed(row.fields) if not _is_rows(field)}
    ordered = [fields[field.name] for field in rows[0].fields if field.name in fields]
    ordered += [field for name, field in fields.items() if field not in ordered]
    types = [row.name for row in rows] if len(rows) > 1 else []
    yield _sheet(f"{spec.name}.{table.name}", rows[0], ordered, row_example, language, key=states, types=types)


def _part_with_sheet(field: FieldSpec) -> PartDeclaration | None:
    """The declaration of parts of a composed item that are lines of a table, or objects and nothing else."""
    match field.declaration:
        case PartDeclaration(lines=lines, codec=codec) as part if field.many:
            return part if lines is not None or codec.schema.get("type") == "object" else None
    return None


def _sheet_of_parts(spec: ItemSpec, name: str, part: PartDeclaration, example: Any) -> SheetContent:
    """A sheet with a row for each part of a composed item: columns by the members of the object that a part is."""
    schema = part.codec.schema
    form = next(entry for entry in (schema, *schema.get("anyOf", ())) if entry.get("type") == "object")
    nodes = part.lines(example) if part.lines is not None and isinstance(example, str) else example
    lines = [dict(_part_cells(node)) for node in nodes if isinstance(node, Mapping)]
    key = ("joins", f"the name that the sheet {spec.name} gives the item", *("A" for _ in lines))
    columns = [
        SheetColumn("#", width=12, notes=("# label", "# takes", *("# example" for _ in lines))),
        SheetColumn("#item", width=10, notes=key),
    ]
    for member_name, member in form["properties"].items():
        arrays = [kind for kind in (member, *member.get("anyOf", ())) if kind.get("type") == "array"]
        headings = [f"{member_name}[]"] if arrays else [member_name]
        if numbered := sorted({path for line in lines for path in line if path.startswith(f"{member_name}.")}):
            headings = numbered
        choices = tuple(member.get("enum", ())) or (("true", "false") if member.get("type") == "boolean" else ())
        takes = _PART_WORDS.get(member_name) or ("one of its values" if choices else "text")
        for heading in headings:
            notes = (heading.replace(".", " "), takes, *(line.get(heading, "") for line in lines))
            width = 40 if member_name in ("label", "content") else width_for(heading)
            needed = member_name in form["required"]
            columns.append(SheetColumn(heading, notes=notes, choices=choices, is_required=needed, width=width))
    return SheetContent(f"{spec.name}.{name}"[:LONGEST_TITLE], columns, about=part.words)


def _part_cells(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The cells of a part by their headings; the blanks before a label are its depth."""
    for name, value in node.items():
        if name == "label" and value != value.lstrip():
            yield "depth", str((len(value) - len(value.lstrip())) // 2)
        if name == "values":
            yield from ((f"values.{number}", cell) for number, cell in enumerate(value, 1))
        else:
            yield name, str(value).strip()


def _is_rows(field: FieldSpec) -> bool:
    return isinstance(field.declaration, RowsDeclaration)


def _sheet(
    title: str,
    spec: ItemSpec,
    fields: Sequence[FieldSpec],
    example: Mapping[str, Any],
    language: str,
    *,
    key: bool = False,
    types: Sequence[str] = (),
) -> SheetContent:
    columns = [SheetColumn("#", width=12, notes=("# label", "# takes", "# example"))]
    if key:
        notes = ("joins", "a name for the container, the same in both sheets", "A")
        columns.append(SheetColumn("#item", width=10, notes=notes))
    if types or len(title) > LONGEST_TITLE:
        names = tuple(types) or (spec.name,)
        columns.append(SheetColumn("type", width=20, notes=("item", "one of its values", names[0]), choices=names))
    flat = dict(_flattened(example))
    for field in fields:
        if field.name not in ("id", "source"):
            columns += _columns_of(field, flat, language)
    columns.append(SheetColumn("#order", width=8, notes=("order", "where the item stands among all, perhaps", "")))
    labels = spec.options.labels
    about = label_text(labels, language, "documentation") or label_text(labels, language) or ""
    return SheetContent(title[:LONGEST_TITLE], columns, about=about)


def _columns_of(field: FieldSpec, example: Mapping[str, str], language: str) -> Iterator[SheetColumn]:
    """The columns of a field: one, or one for each part of its values."""
    forms = written_forms(field)
    takes = list_text(dict.fromkeys(form.words for form in forms), last=" or ")
    takes += ", or {unknown: why}" if field.unknown else ""
    label = next((label_text(concept.labels, language) for concept in field.concepts), None)
    label = label or field.name.replace("_", " ")
    values = tuple(member.value for member in choices(field))
    if values == () and field.types == (bool,):
        values = ("true", "false")

    def column(path: str, label: str = label, takes: str = takes, choices: tuple[str, ...] = ()) -> SheetColumn:
        needed = field.required and path.partition(".")[0] == path.removesuffix("[]")
        notes = (label, takes, example.get(path, example.get(f"{path}[]", "")))
        return SheetColumn(path, notes=notes, choices=choices, is_required=needed, width=width_for(path))

    if isinstance(field.declaration, NotesDeclaration):
        yield column("footnotes.1.text", "footnote", "text")
        yield column("footnotes.1.marker", "its marker", "as printed: (1)")
        yield column("footnotes.1.fields[]", "its fields", "those it is about, with semicolons between")
    elif isinstance(field.declaration, PeriodDeclaration | PartDeclaration) and Duration in field.types:
        yield column(field.name, takes=f"{takes} in words (fiscal year 2005), or its days in the next columns")
        yield column(f"{field.name}.start", f"{label}, first day", "a date")
        yield column(f"{field.name}.end", f"{label}, last day", "a date")
    elif numbered := [path for path in example if re.match(rf"{field.name}\.[0-9]+\.", path)]:
        for path in numbered:
            yield column(path, path.replace(".", " "), takes)
    elif field.many:
        yield column(f"{field.name}[]", takes=f"{takes}; several with semicolons or in lines")
    else:
        yield column(field.name, choices=values)
        if any(issubclass(python_type, InCurrency) for python_type in field.types):
            yield column(f"{field.name}.currency", "its currency", "a code such as JPY, where the cell shows none")
        if EntityRef in field.types:
            kinds = tuple(kind.value for kind in EntityKind)
            yield column(f"{field.name}.kind", "kind of entity", "one of its values", kinds)


def _flattened(node: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    """The parts of a tree by their headings."""
    for name, value in node.items():
        path = f"{start}{name}"
        match value:
            case {"unknown": reason}:
                yield path, f"{{unknown: {reason}}}"
            case Mapping():
                yield from _flattened(value, f"{path}.")
            case [*parts] if all(isinstance(part, str) for part in parts):
                yield f"{path}[]", "; ".join(parts)
            case [*parts]:
                for number, part in enumerate(parts, 1):
                    if isinstance(part, Mapping):
                        yield from _flattened(part, f"{path}.{number}.")
            case bool():
                yield path, str(value).lower()
            case _:
                yield path, str(value)


# --- a file of items in YAML -------------------------------------------------------------------------------------


def write_source(target: Path | str, form: str, *, modules: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write a file of items for a form, to be filled in: YAML with its JSON Schema beside it, or a workbook.

    Args:
        target: the file: ``.yaml``, or ``.xlsx`` for a workbook.
        form: ``20-F``, ``esef`` or ``edinet``.
        modules: modules whose report items are known too.

    Raises:
        ExporterError: there is no such form.
    """
    target = Path(target)
    modules = tuple(modules)
    if target.suffix.lower() == ".xlsx":
        write_template(target, form=form, modules=modules)
        return (target,)
    chosen = find_form(form)
    known = known_item_classes(modules)
    names = chosen.items or tuple(known)
    schema = json.dumps(derive_json_schema(known.values(), as_written=True), ensure_ascii=False, indent=2) + "\n"
    with staged(target.parent) as staging:
        text = _source_text(chosen, [known[name] for name in names])
        (staging.files / target.name).write_text(text, "utf-8", newline="\n")
        (staging.files / SCHEMA_NAME).write_text(schema, "utf-8", newline="\n")
        publish(staging)
    return target, target.with_name(SCHEMA_NAME)


def _source_text(form: Form, classes: Sequence[type[Any]]) -> str:
    lines = [
        f"# yaml-language-server: $schema={SCHEMA_NAME}",
        f"# {form.title}. Editors that know YAML complete and check this file by the schema named above.",
        f"#   exporter validate FILE --rules {form.rules}     what is missing or wrong, line by line",
        f"#   exporter export FILE -o build{f' --profile {form.profile}' if form.profile else ''}",
        "# An amount is written as printed (JPY 34.4 billion), a date as 2005-03-31 or March 31, 2005; a value that is",
        "# not known is {unknown: why}. `exporter items NAME` says what a field takes.",
        f"schema: {DOCUMENT_TYPE}",
        "",
        "filing:",
        f"  entity: {{{_short(form.entity)}}}  # who files",
        "  period_end: 2005-03-31  # the end of the reporting period",
        "  # prefix: abc  # of the filing's own names, such as a ticker symbol",
        "  # namespace: http://www.example.com/20050331",
        f"  language: {form.language}",
        "  # currency: JPY",
        *([f"  # profile: {form.profile}"] if form.profile else []),
        "",
        "items:",
    ]
    first, *others = classes
    lines += _entry(first, "  ")
    lines += ["", "  # Take the # away before the items that the filing has, and fill them in."]
    for cls in others:
        spec = item_specification(cls)
        lines += ["", f"  # {label_text(spec.options.labels, 'en') or spec.name}"]
        lines += _entry(cls, "  # ")
    return "\n".join(lines) + "\n"


def _short(entity: Mapping[str, str]) -> str:
    parts = [f"{name}: {json.dumps(value)}" for name, value in entity.items()]
    return ", ".join(parts)


def _entry(cls: type[Any], indent: str) -> list[str]:
    return [f"{indent}{line}" for line in yaml_text([example_of(cls)]).splitlines()]
