"""JSON Schema: a fast result on documents of any size, and messages a person can act on where it is negative.

jsonschema-rs validates the whole document; jsonschema, which is slow, explains what is invalid in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend

from exporter.findings import Finding, Location, list_text
from exporter.model.patterns import compile_rule_pattern
from exporter.resources.files import load_json_schema

_CODE: Final = "exporter:schemaViolation"
_PATTERN_SIZE: Final = 2 * 1024**2  # in bytes, compiled
_LARGE: Final = 100
_LONGEST: Final = 80
_TYPES: Final = {"object": "an object", "array": "an array", "integer": "an integer"}

Place = tuple[str | int, ...]


def is_valid_json(document: Any, schema: str | Mapping[str, Any]) -> bool:
    """Whether ``document``, as ``json.loads`` gives it, fits a schema given by name or itself.

    Raises:
        ResolutionError: there is no schema of that name.
        ValueError: the schema itself is not valid.
    """
    return _validator(schema).is_valid(document)


def check_json_schema(
    document: Any, schema: str | Mapping[str, Any], *, file: str | None = None, at_most: int = 100
) -> Iterator[Finding]:
    """What in ``document``, as ``json.loads`` gives it, does not fit the schema; at most ``at_most`` findings.

    ``schema`` is the name of one of our own (``xbrl-json.schema.json``) or the schema itself, whose patterns are
    without look-around and back-references. Each finding,
    ``exporter:schemaViolation``, has the place as JSON Pointer and says what was expected there.

    Raises:
        ResolutionError: there is no schema of that name.
        ValueError: the schema itself is not valid.
    """
    validator = _validator(schema)
    try:
        if validator.is_valid(document):
            return
        paths = [path for error in islice(validator.iter_errors(document), at_most) for path in _places(error)]
    except (ValueError, RecursionError) as error:
        message = f"the document cannot be checked: {error}"
        yield Finding(code="exporter:limitExceeded", message=message, location=Location(file=file), fix="nest it less")
        return
    explained = _explain(_pruned(document, paths), schema, file)
    count = 0
    for finding in islice(explained, at_most):
        count += 1
        yield finding
    if not count:  # pragma: no cover - the engines agree, as a test makes sure
        for path in paths:
            yield _finding("the value does not fit the schema", path, file, None)


def _validator(schema: str | Mapping[str, Any]) -> jsonschema_rs.Validator:
    if isinstance(schema, str):
        return _named_validator(schema)
    # Patterns of others: an engine of linear time, without look-around and back-references, bounded in size.
    patterns = jsonschema_rs.RegexOptions(size_limit=_PATTERN_SIZE, dfa_size_limit=_PATTERN_SIZE)
    return jsonschema_rs.Draft202012Validator(dict(schema), offline=True, pattern_options=patterns)


@cache
def _named_validator(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(load_json_schema(name), offline=True)


def _explainer(schema: str | Mapping[str, Any]) -> Any:
    return _explainer_by_name(schema) if isinstance(schema, str) else _LinearValidator(schema)


@cache
def _explainer_by_name(name: str) -> Any:
    return Draft202012Validator(_for_python(load_json_schema(name)))


def _check_pattern(validator: Any, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    """The keyword ``pattern``, by RE2: no text makes it slow, and ``$`` is the end, not before a last line feed."""
    if isinstance(instance, str) and compile_rule_pattern(pattern).search(instance) is None:
        yield ValidationError(f"{_short(instance)} does not match {pattern!r}")


_LinearValidator: Final[Any] = extend(Draft202012Validator, {"pattern": _check_pattern})  # type: ignore[no-untyped-call]


def _for_python(schema: Any, *, names: bool = False) -> Any:
    """The schema with ``$`` in patterns as Python's ``\\Z``: to ``re``, ``$`` also means before a last line feed.

    ``names`` says that the members are names of properties or definitions, not keywords.
    """
    if isinstance(schema, list):
        return [_for_python(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    changed: dict[str, Any] = {}
    for key, value in schema.items():
        if names:
            changed[key] = _for_python(value)
        elif key == "pattern" and isinstance(value, str):
            changed[key] = _anchored(value)
        elif key == "patternProperties":
            changed[key] = {_anchored(pattern): _for_python(part) for pattern, part in value.items()}
        elif key in ("const", "enum", "default", "examples"):
            changed[key] = value
        else:
            changed[key] = _for_python(value, names=key in ("properties", "$defs", "dependentSchemas"))
    return changed


def _anchored(pattern: str) -> str:
    return pattern[:-1] + r"\Z" if pattern.endswith("$") and not pattern.endswith(r"\$") else pattern


def _places(error: jsonschema_rs.ValidationError) -> Iterator[Place]:
    """Where an error is: that of a name at the member so named, so that the others can be left out."""
    path, kind = tuple(error.instance_path), error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        yield from ((*path, name) for name in kind.unexpected)
    elif isinstance(kind, jsonschema_rs.ValidationErrorKind.PropertyNames) and isinstance(kind.error.instance, str):
        yield (*path, kind.error.instance)
    else:
        yield path


def _pruned(document: Any, paths: Iterable[Place]) -> Any:
    """The document with the members of large objects left out where nothing is wrong."""
    kept: dict[str | int, list[Place]] = {}
    for path in paths:
        if path:
            kept.setdefault(path[0], []).append(path[1:])
    if isinstance(document, dict):
        keep = document if len(document) <= _LARGE else {name: document[name] for name in document if name in kept}
        whole = len(keep) == len(document) or not kept
        members = document if whole else keep
        return {name: _pruned(part, kept[name]) if name in kept else part for name, part in members.items()}
    if isinstance(document, list):
        return [_pruned(part, kept[place]) if place in kept else part for place, part in enumerate(document)]
    return document


def _explain(document: Any, schema: str | Mapping[str, Any], file: str | None) -> Iterator[Finding]:
    for error in _explainer(schema).iter_errors(document):
        leaf = best_match([error]) or error
        path = tuple(leaf.absolute_path)
        if leaf.validator == "additionalProperties":
            for name in _unexpected(leaf):
                fix = f"remove {name!r} or correct its name{_choices(leaf)}"
                yield _finding(f"there is no member {_short(name)} here", (*path, name), file, fix)
        else:
            yield _finding(_message(leaf), path, file, _fix(leaf))


def _schema_of(error: ValidationError) -> Mapping[str, Any]:
    schema: Any = error.schema
    return schema if isinstance(schema, Mapping) else {}


def _unexpected(error: ValidationError) -> list[str]:
    schema, instance = _schema_of(error), _any(error.instance)
    known = schema.get("properties", {})
    patterns = dict.fromkeys(schema.get("patternProperties", {}), False)
    fits_none = Draft202012Validator({"patternProperties": patterns}).is_valid
    return [name for name in instance if name not in known and fits_none({name: 0})]


def _choices(error: ValidationError) -> str:
    known = sorted(_schema_of(error).get("properties", {}))
    return f": expected {list_text(known)}" if known else ""


def _any(value: Any) -> Any:
    return value


def _message(error: ValidationError) -> str:
    value, keyword, instance = _any(error.validator_value), error.validator, _any(error.instance)
    got = _short(instance)
    if keyword == "type":
        kinds = [value] if isinstance(value, str) else value
        return f"expected {list_text((_TYPES.get(kind, kind) for kind in kinds), last=' or ')}, got {got}"
    if keyword == "required":
        missing = [name for name in value if name not in instance]
        return f"expected the member {list_text(map(repr, missing), last=' and ')}"
    if keyword == "const":
        return f"expected {value!r}, got {got}"
    if keyword == "enum":
        return f"expected one of {list_text(map(repr, value))}, got {got}"
    if keyword == "pattern":
        return f"{got} does not have the expected form"
    if keyword in ("minItems", "minLength", "minProperties"):
        return f"expected at least {value}, got {len(instance)}"
    if keyword in ("maxItems", "maxLength", "maxProperties"):
        return f"expected at most {value}, got {len(instance)}"
    return f"{got} does not fit {keyword} {_short(value)}"


def _fix(error: ValidationError) -> str | None:
    schema = _schema_of(error)
    if error.validator == "required":
        return "add it"
    title, description = schema.get("title"), schema.get("description")
    if title and description:
        return f"{title}: {description[0].lower() + description[1:].rstrip('.')}"
    return description or title


def _finding(message: str, path: Place, file: str | None, fix: str | None) -> Finding:
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
    return Finding(code=_CODE, message=message, location=Location(file=file, pointer=pointer), fix=fix)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value[: _LONGEST + 1]) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST + 2 else text[:_LONGEST] + "…"
