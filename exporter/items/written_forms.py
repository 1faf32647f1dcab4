"""What people write for a field: in words, as examples in YAML, and as JSON Schema of what YAML reads.

Items JSON holds one exact form of each value; people write values as they are printed. The readers of both are the
codecs; what is said of the written forms, wherever it is said, is here.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from exporter.items.codecs import NUMBER_PATTERN
from exporter.items.declarations import (
    LanguageDeclaration,
    NotesDeclaration,
    PartDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    UnitDeclaration,
)
from exporter.items.document import PLACEHOLDER_NAME, PLACEHOLDER_PARAGRAPH, PLACEHOLDER_TEXT, ItemsDocument
from exporter.items.fields import FieldSpec
from exporter.items.labels import member_labels
from exporter.items.tree_values import header_to_plain, item_to_plain
from exporter.items.values import (
    EntityRef,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
    SourceRef,
)
from exporter.items.values.texts import TextBlock
from exporter.model.lexical import LANGUAGE_PATTERN
from exporter.model.period import Duration, Instant

JsonSchema = dict[str, Any]
_DIGIT: Final = "[0-9０-９]"
_TEXT: Final[JsonSchema] = {"type": ["string", "number"]}
_PRINTED: Final[JsonSchema] = {"type": "string", "pattern": _DIGIT}
_NUMBER: Final[JsonSchema] = {"anyOf": [{"type": "number"}, _PRINTED]}
_MOMENT: Final[JsonSchema] = {"type": "string", "pattern": f"{_DIGIT}|[元]"}
_PERCENTAGE: Final[JsonSchema] = {
    "type": "string",
    "pattern": f"{_DIGIT}.*([%％‰]|[Pp][Ee][Rr] ?[Cc][Ee][Nn][Tt]|[Bb][Pp]|[Bb]asis|パーセント)|^[0.]+$",
}
_NAME: Final[JsonSchema] = {"type": "string", "minLength": 1}


@frozen
class WrittenForm:
    """How values of a type are written: in words, as an example, with which unit, and its JSON Schema."""

    words: str
    example: Any
    schema: JsonSchema
    unit: str | None = None


_FORMS: Final[Mapping[type, WrittenForm]] = {
    Money: WrittenForm("an amount with its currency, as printed", "JPY 34.4 billion", _PRINTED, "a currency"),
    PerShare: WrittenForm("an amount per share, as printed", "JPY 12.50 per share", _PRINTED, "a currency per share"),
    Percent: WrittenForm("a percentage with its sign", "31.6%", _PERCENTAGE),
    Rate: WrittenForm("an exchange rate, as printed", "107.22", _NUMBER, "the pair's currencies"),
    Ratio: WrittenForm("a number", "1.5", _NUMBER),
    ShareCount: WrittenForm("a number of shares", "12,345 shares", _NUMBER, "shares"),
    int: WrittenForm("a whole number, in digits or words", "3", {"type": ["integer", "string"], "minLength": 1}),
    bool: WrittenForm("true or false", True, {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "Yes", "No"]}]}),
    str: WrittenForm("text", PLACEHOLDER_TEXT, _TEXT),
    TextBlock: WrittenForm("paragraphs with blank lines between, or XHTML", PLACEHOLDER_PARAGRAPH, _NAME),
    dt.date: WrittenForm("a day", "2005-03-31", _MOMENT),
    Month: WrittenForm("a month", "2005-03", _MOMENT),
    MonthDay: WrittenForm("a day of every year", "March 31", _MOMENT),
    EntityRef: WrittenForm("a name, or {name: …, identifier: …, kind: …}", PLACEHOLDER_NAME, _NAME),
    Instant: WrittenForm("a date", "2005-03-31", _MOMENT),
    Duration: WrittenForm(
        "a period", {"start": "2004-04-01", "end": "2005-03-31"}, {"anyOf": [_MOMENT, {"$ref": "#/$defs/period"}]}
    ),
    SourceRef: WrittenForm("where it stands in a document", "annual-report.html", {"$ref": "#/$defs/writtenSource"}),
}
_PAIR: Final = WrittenForm(
    "a currency pair", "JPY per USD", {"anyOf": [_NAME, {"$ref": "#/$defs/currencyPair"}]}, "quote per base"
)
_LANGUAGE: Final = WrittenForm("a language", "en", {"type": "string", "pattern": f"^{LANGUAGE_PATTERN}$"})
_NOTES: Final = WrittenForm(
    "footnotes, or one: text, or {text: …, fields: […]}", ["A note."], {"$ref": "#/$defs/writtenNotes"}
)
_WHERE: Final = WrittenForm("text", "row 5", _TEXT)

# Readers of YAML 1.1 take these words for true and false.
_WORDS_OF_YAML_1_1: Final = frozenset({"on", "off", "yes", "no", "y", "n"})
_NO_TEXTS: Final = _WORDS_OF_YAML_1_1 | {"true", "false", "null"}
# A text of several lines that YAML can hold as it stands: none is empty, the first has no blank at its start.
_LINES: Final = re.compile(
    r"[^\W_][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*(\n[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+)+\n?"
)
# What the forms above refer to.
_TEXT_OR_NUMBER: Final[JsonSchema] = {"anyOf": [_NAME, {"type": "number"}]}  # as YAML reads a text of digits
WRITTEN_DEFINITIONS: Final[dict[str, JsonSchema]] = {
    "period": {
        "type": "object",
        "properties": {"start": _MOMENT, "end": _MOMENT},
        "required": ["start", "end"],
        "additionalProperties": False,
    },
    "writtenUnknown": {
        "type": "object",
        "description": "A value that is not known, and why.",
        "properties": {"unknown": _TEXT_OR_NUMBER},
        "required": ["unknown"],
        "additionalProperties": False,
    },
    "writtenNote": {
        "anyOf": [
            _NAME,
            {
                "type": "object",
                "properties": {
                    "text": _TEXT_OR_NUMBER,
                    "language": _LANGUAGE.schema,
                    "fields": {"anyOf": [_NAME, {"type": "array", "items": _NAME}]},
                    "marker": {"type": ["string", "number"]},
                },
                "required": ["text"],
                "additionalProperties": False,
            },
        ]
    },
    "writtenNotes": {
        "anyOf": [{"$ref": "#/$defs/writtenNote"}, {"type": "array", "items": {"$ref": "#/$defs/writtenNote"}}]
    },
    "writtenSource": {
        "anyOf": [
            _NAME,
            {
                "type": "object",
                "properties": {
                    "document": _NAME,
                    **{name: {"type": ["integer", "string"]} for name in ("line", "start", "end")},
                    "surface": {"type": "string"},
                },
                "required": ["document"],
                "additionalProperties": False,
            },
        ]
    },
}


def written_forms(field_spec: FieldSpec) -> list[WrittenForm]:
    """How the values of a field may be written, one form for each of its types; empty for rows."""
    match field_spec.declaration:
        case RowsDeclaration():
            return []
        case UnitDeclaration():
            return [_PAIR]
        case LanguageDeclaration():
            return [_LANGUAGE]
        case NotesDeclaration():
            return [_NOTES]
        case PeriodDeclaration():
            return [_FORMS[python_type] for python_type in field_spec.types]
        case ProvenanceDeclaration():
            return [_FORMS[SourceRef] if SourceRef in field_spec.types else _WHERE]
        case PartDeclaration(codec=codec, words=words, example=example):
            return [WrittenForm(words, example, codec.schema)]
    return [_FORMS.get(python_type) or _choice(python_type) for python_type in field_spec.types]


def written_period(python_type: type) -> JsonSchema:
    """The schema of a written date or period."""
    return _FORMS[python_type].schema


def choices(field_spec: FieldSpec) -> list[enum.StrEnum]:
    """The members of the enumerations among a field's types."""
    enumerations = [python_type for python_type in field_spec.types if issubclass(python_type, enum.StrEnum)]
    return [member for enumeration in enumerations for member in enumeration]


def _choice(enumeration: Any) -> WrittenForm:
    values = [member.value for member in enumeration]
    labels = (label for member in enumeration if (label := member_labels(member).standard))
    loosely = "|".join(map(_loosely, dict.fromkeys([*values, *labels])))
    schema = {"anyOf": [{"enum": values}, {"type": "string", "pattern": f"^ *({loosely})\\.? *$"}]}
    return WrittenForm("one of its values", values[0], schema)


def _loosely(value: str) -> str:
    """A pattern for a value in any case, its words joined by blanks, dashes or underscores."""
    return "".join(map(_any_case, value))


def _any_case(character: str) -> str:
    if character in "_- ":
        return "[ _-]"
    return f"[{character.upper()}{character.lower()}]" if character.isalpha() else re.escape(character)


_NOT_AS_IT_IS: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML takes for a line break, or does not take at all, unless it is escaped."""


def _in_yaml(schema: JsonSchema) -> JsonSchema:
    """The form of an object where YAML holds it: what is a number may stand in quotes, and text may look like one."""
    changed = dict(schema)
    if "anyOf" in schema:
        changed["anyOf"] = [_in_yaml(form) for form in schema["anyOf"]]
    if "properties" in schema:
        changed["properties"] = {name: _part_in_yaml(member) for name, member in schema["properties"].items()}
    return changed


def _part_in_yaml(member: JsonSchema) -> JsonSchema:
    if "anyOf" in member:
        return {**member, "anyOf": [_part_in_yaml(form) for form in member["anyOf"]]}
    if "properties" in member:
        return _in_yaml(member)
    if member.get("type") == "integer":
        return {"anyOf": [member, {"type": "string", "pattern": "^-?[0-9]+$"}]}
    if member.get("type") == "string" and member.get("pattern", NUMBER_PATTERN) == NUMBER_PATTERN:
        return {"anyOf": [member, {"type": "number"}]}
    return member


def written_schema(field_spec: FieldSpec) -> JsonSchema:
    """The JSON Schema of what YAML reads where people write a field, the forms of items JSON included."""
    forms = [form.schema for form in written_forms(field_spec)] + [codec.schema for codec in field_spec.codecs]
    forms = list(map(_in_yaml, forms))
    if field_spec.many:
        forms = [*forms, {"type": "array", "items": {"anyOf": forms}}]
    if field_spec.unknown:
        forms.append({"$ref": "#/$defs/writtenUnknown"})
    if not field_spec.required:
        forms.append({"type": "null"})
    if field_spec.many and field_spec.required:
        return {"anyOf": forms, "not": {"enum": ["", []]}}
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


@frozen
class Noted:
    """A part of a tree with a comment behind it; ``None`` is a place to be filled in."""

    value: Any
    note: str


def yaml_text(node: Any, indent: str = "") -> str:
    """A tree as YAML: block collections, short mappings of texts in braces; comments behind what is `Noted`."""
    if isinstance(node, Mapping):
        return "\n".join(f"{indent}{_yaml_name(name)}:{_yaml_value(value, indent)}" for name, value in node.items())
    return "\n".join(f"{indent}- {_yaml_entry(value, indent + '  ')}" for value in node)


def _yaml_name(name: str) -> str:
    return f'"{name}"' if name in _WORDS_OF_YAML_1_1 else name


def _comment(note: str) -> str:
    return f"  # {' '.join(note.split())}"


def _yaml_entry(value: Any, indent: str) -> str:
    if isinstance(value, Noted):
        first, line, rest = _yaml_entry(value.value, indent).partition("\n")
        return f"{first}{_comment(value.note)}{line}{rest}"
    return yaml_text(value, indent).lstrip() if isinstance(value, Mapping) else _yaml_scalar(value)


def _yaml_value(value: Any, indent: str) -> str:
    if isinstance(value, Noted):
        first, line, rest = ("" if value.value is None else _yaml_value(value.value, indent)).partition("\n")
        return f"{first}{_comment(value.note)}{line}{rest}"
    if isinstance(value, Mapping) and all(isinstance(part, str) and "," not in part for part in value.values()):
        return f" {{{', '.join(f'{name}: {_yaml_scalar(part)}' for name, part in value.items())}}}"
    if isinstance(value, Mapping | list) and not value:
        return " {}" if isinstance(value, Mapping) else " []"
    if isinstance(value, Mapping | list):
        return "\n" + yaml_text(value, indent + "  ")
    if isinstance(value, str) and _LINES.fullmatch(value):
        lines = value.removesuffix("\n").split("\n")
        return "\n".join([" |" if value.endswith("\n") else " |-", *(f"{indent}  {line}" for line in lines)])
    return f" {_yaml_scalar(value)}"


def _yaml_scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    is_plain = (
        re.fullmatch(r"[^\W_][^:?#{}\[\],&*!|>'\"%@`\n]*%?", text) and text == text.strip() and text.isprintable()
    )
    if is_plain and text.lower() not in _NO_TEXTS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_AS_IT_IS.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def document_yaml(document: ItemsDocument) -> str:
    """A document of items as YAML, in the forms of items JSON: a file that people edit and export again."""
    items = [item_to_plain(item) for item in document.items]
    return f"{yaml_text({'filing': header_to_plain(document), 'items': items})}\n"
