"""JSON Schemas (draft 2020-12) of report items, from the declarations alone.

One is of items JSON as it is written: strict. The other is of files as people write them, for editors: it takes the
printed forms of values, with the trees that YAML readers make of them (numbers may be numbers), and items JSON too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Set
from typing import Any, Final

from exporter.errors import DeclarationError
from exporter.items.codec import DATE_PATTERN
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    UnitDeclaration,
)
from exporter.items.fields import FieldSpec
from exporter.items.tree_values import DOCUMENT_TYPE
from exporter.items.values import Month, SourceRef
from exporter.items.written_forms import WRITTEN_DEFINITIONS, written_period, written_schema
from exporter.model.lexical import LANGUAGE_PATTERN
from exporter.model.period import Duration, Instant
from exporter.sources.mapping import TABLES_SCHEMA

JsonSchema = dict[str, Any]

SOURCE_SCHEMA_ID: Final = "https://filing-exporter.example/schemas/items-source.schema.json"
SCHEMA_ID: Final = "https://filing-exporter.example/schemas/items.schema.json"
_MOMENT_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z?)?$"
_LANGUAGE: Final[JsonSchema] = {"type": "string", "pattern": f"^{LANGUAGE_PATTERN}$"}
_TEXT: Final[JsonSchema] = {"type": "string", "minLength": 1}
_SHARED: Final[dict[str, JsonSchema]] = {
    "instant": {"type": "string", "pattern": _MOMENT_PATTERN, "description": "A date means the end of that day."},
    "duration": {
        "type": "object",
        "description": "From the start of the first day to the end of the last.",
        "properties": {
            "start": {"type": "string", "pattern": _MOMENT_PATTERN},
            "end": {"type": "string", "pattern": _MOMENT_PATTERN},
        },
        "required": ["start", "end"],
        "additionalProperties": False,
    },
    "day": {"type": "string", "pattern": DATE_PATTERN},
    "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "currencyPair": {
        "type": "object",
        "description": "So much of quote for one of base.",
        "properties": {
            "base": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "quote": {"type": "string", "pattern": "^[A-Z]{3}$"},
        },
        "required": ["base", "quote"],
        "additionalProperties": False,
    },
    "unknown": {
        "type": "object",
        "description": "A value that is not known, and why.",
        "properties": {"unknown": _TEXT},
        "required": ["unknown"],
        "additionalProperties": False,
    },
    "footnotes": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "text": _TEXT,
                "language": _LANGUAGE,
                "fields": {"type": "array", "items": _TEXT},
                "marker": {"type": "string"},
            },
            "required": ["text"],
            "additionalProperties": False,
        },
    },
    "source": {
        "type": "object",
        "description": "Where in a document the item stands.",
        "properties": {
            "document": {"type": "string"},
            "line": {"type": "integer"},
            "start": {"type": "integer"},
            "end": {"type": "integer"},
            "surface": {"type": "string"},
        },
        "required": ["document"],
        "additionalProperties": False,
    },
}


def derive_json_schema(classes: Iterable[type[Any]], *, as_written: bool = False) -> JsonSchema:
    """The schema of documents that hold items of ``classes``; rows of containers are described with them.

    Args:
        as_written: the schema of files as people write them; left out, of items JSON.

    Raises:
        DeclarationError: two classes have one name.
    """
    specs: dict[str, ItemSpec] = {}
    waiting = [item_specification(cls) for cls in classes]
    top = sorted(spec.name for spec in waiting)
    while waiting:
        spec = waiting.pop()
        if specs.setdefault(spec.name, spec) is not spec:
            raise DeclarationError(f"two item classes are called {spec.name}")
        made_of = spec.only(RowsDeclaration)
        waiting += (
            [item_specification(row) for row in made_of.types if item_specification(row) not in specs.values()]
            if made_of
            else []
        )
    tables = [table for spec in specs.values() for table in spec.declared(RowsDeclaration)]
    rows_alone = {table.types[0].__name__ for table in tables if len(table.types) == 1} if as_written else set()
    field_schema = _written_field if as_written else _field_schema
    definitions = {name: _item_schema(spec, field_schema, rows_alone) for name, spec in sorted(specs.items())}
    if as_written:
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": SOURCE_SCHEMA_ID,
            "title": "Report items of a financial filing, as people write them",
            "type": "object",
            "properties": {
                "schema": {"const": DOCUMENT_TYPE},
                "filing": _written_header(),
                "items": {"type": "array", "items": _one_of_items(top)},
                "tables": TABLES_SCHEMA,
            },
            "required": ["filing"],
            "anyOf": [{"required": ["items"]}, {"required": ["tables"]}],
            "additionalProperties": False,
            "$defs": {**_SHARED, **WRITTEN_DEFINITIONS, **definitions},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Report items of a financial filing",
        "type": "object",
        "properties": {
            "schema": {"const": DOCUMENT_TYPE},
            "filing": _header_schema(),
            "items": {"type": "array", "items": _one_of_items(top)},
        },
        "required": ["schema", "filing", "items"],
        "additionalProperties": False,
        "$defs": {**_SHARED, **definitions},
    }


def item_json_schema(cls: type[Any], *, as_written: bool = False) -> JsonSchema:
    """The schema of one item class by itself, with what it refers to."""
    whole = derive_json_schema([cls], as_written=as_written)
    return {"$schema": whole["$schema"], "$ref": f"#/$defs/{cls.__name__}", "$defs": whole["$defs"]}


def _written_header() -> JsonSchema:
    """The header as people write it: short forms of the entity, and what has a default left out."""
    strict = _header_schema()
    identifier = {"type": ["string", "integer"]}
    short = [
        {"type": "object", "properties": {name: identifier}, "required": [name], "additionalProperties": False}
        for name in ("cik", "lei")
    ]
    entity = {"anyOf": [*short, strict["properties"]["entity"]]}
    texts = {name: {"anyOf": [schema, {"type": "null"}]} for name, schema in strict["properties"].items()}
    release = {"type": ["string", "integer", "null"], "description": strict["properties"]["release"]["description"]}
    properties = {**texts, "entity": entity, "period_end": written_period(Instant), "release": release}
    properties["label_languages"]["anyOf"].insert(0, _LANGUAGE)
    return {**strict, "properties": properties, "required": ["entity", "period_end"]}


def _one_of_items(names: list[str]) -> JsonSchema:
    """Chosen by ``type``, so that errors are those of the class meant, not of all others."""
    return {
        "type": "object",
        "properties": {"type": {"enum": names}},
        "required": ["type"],
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in names
        ],
    }


def _header_schema() -> JsonSchema:
    return {
        "type": "object",
        "properties": {
            "entity": {
                "type": "object",
                "properties": {"scheme": _TEXT, "identifier": _TEXT},
                "required": ["scheme", "identifier"],
                "additionalProperties": False,
            },
            "prefix": _TEXT,
            "namespace": _TEXT,
            "period_end": {"$ref": "#/$defs/instant"},
            "language": _LANGUAGE,
            "title": {"type": "string"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "profile": {**_TEXT, "description": "Which standard concepts are reported: a profile's name, or a path."},
            "release": {**_TEXT, "description": "The edition of the profile's standard taxonomies."},
            "audience": {**_TEXT, "description": "Whom the filing is tagged for: regulatory, analyst."},
            "taxonomies": {
                "type": "object",
                "additionalProperties": {
                    "anyOf": [
                        _TEXT,
                        {
                            "type": "object",
                            "properties": {"namespace": _TEXT, "schema": _TEXT},
                            "required": ["namespace"],
                            "additionalProperties": False,
                        },
                    ]
                },
                "description": "Standard taxonomies by prefix, in place of the profile's and beside them.",
            },
            "label_languages": {
                "type": "array",
                "items": _LANGUAGE,
                "description": "The languages of labels, in place of those of the profile or the filing's own.",
            },
        },
        "required": ["entity", "prefix", "namespace", "period_end", "language"],
        "additionalProperties": False,
    }


def _item_schema(spec: ItemSpec, field_schema: Callable[[FieldSpec], JsonSchema], rows_alone: Set[str]) -> JsonSchema:
    """``rows_alone`` are the classes whose type goes without saying, in tables of nothing else."""
    described = {"description": spec.options.documentation} if spec.options.documentation else {}
    return {
        "title": spec.options.label,
        **described,
        "type": "object",
        "properties": {"type": {"const": spec.name}, **{field.name: field_schema(field) for field in spec.fields}},
        "required": [
            *(() if spec.name in rows_alone else ("type",)),
            *(field_spec.name for field_spec in spec.fields if field_spec.required),
        ],
        "additionalProperties": False,
    }


def _written_field(field_spec: FieldSpec) -> JsonSchema:
    if isinstance(field_spec.declaration, RowsDeclaration):
        names = sorted(row.__name__ for row in field_spec.types)
        return {"type": "array", "items": _one_of_items(names) if len(names) > 1 else {"$ref": f"#/$defs/{names[0]}"}}
    return written_schema(field_spec)


def _field_schema(field_spec: FieldSpec) -> JsonSchema:
    match field_spec.declaration:
        case PeriodDeclaration():
            return _any_of([_period_schema(python_type) for python_type in field_spec.types])
        case UnitDeclaration():
            return {"$ref": "#/$defs/currencyPair"}
        case LanguageDeclaration():
            return _LANGUAGE
        case NotesDeclaration():
            return {"$ref": "#/$defs/footnotes"}
        case RowsDeclaration():
            return {"type": "array", "items": _one_of_items(sorted(row.__name__ for row in field_spec.types))}
        case ProvenanceDeclaration():
            return {"$ref": "#/$defs/source"} if SourceRef in field_spec.types else {"type": ["string", "number"]}
    values = [codec.schema for codec in field_spec.codecs]
    if field_spec.many:
        return {"type": "array", "items": _any_of(values)}
    return _any_of([*values, {"$ref": "#/$defs/unknown"}] if field_spec.unknown else values)


def _any_of(schemas: list[JsonSchema]) -> JsonSchema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _period_schema(python_type: type) -> JsonSchema:
    names = {Instant: "instant", Duration: "duration", dt.date: "day", Month: "month"}
    return {"$ref": f"#/$defs/{names[python_type]}"}
