"""The source of generated item classes, and of the profile that goes with them; the same outline, the same text.

Names, labels and documentation come from documents: all of them are written as literals that Python reads as text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from exporter.items.generate.names import USUAL_TYPES
from exporter.items.generate.outline import AxisOutline, ClassOutline, EnumerationOutline, FieldOutline, ModuleOutline
from exporter.model.qname import QName

_WIDTH: Final = 120
_USUAL_WIDTH: Final = 88
_UNESCAPED_END: Final = re.compile(r'(?<!\\)(?:\\\\)*"$')
_INDENT: Final = "    "


def write_module(outline: ModuleOutline, *, profile_name: str, source: str) -> str:
    """The text of the module.

    Args:
        profile_name: the file name of the profile beside the module.
        source: what the classes are made from, for the reader.
    """
    lines = list(_body(outline))
    head = list(_head(outline, profile_name, source))
    if any(len(line) > _USUAL_WIDTH for line in (*head, *lines)):
        head = ["# ruff: noqa: E501, RUF100", *head]  # names and labels are as long as the standard has them
    return "\n".join([*head, *lines]) + "\n"


def literal(text: str) -> str:
    """``text`` as a Python string in double quotes, or in single ones where that needs fewer backslashes."""
    quote = "'" if '"' in text and "'" not in text else '"'
    return quote + _escaped(text).replace(quote, f"\\{quote}") + quote


def _escaped(text: str) -> str:
    def escaped(char: str) -> str:
        if char == "\\":
            return "\\\\"
        if char.isprintable():
            return char
        known = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
        code = ord(char)
        return known or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")

    return "".join(map(escaped, text))


def docstring(text: str, indent: str) -> Iterator[str]:
    """``text`` as a docstring, wrapped; paragraphs stay apart."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    width = _WIDTH - len(indent) - 8
    lines: list[str] = []
    for paragraph in filter(None, paragraphs):
        safe = _escaped(paragraph).replace('"""', '\\"\\"\\"')
        wrapped = textwrap.wrap(safe, width, break_long_words=False, break_on_hyphens=False)
        lines += ["", *wrapped] if lines else wrapped
    if lines and lines[0].startswith('"'):
        lines[0] = f"\\{lines[0]}"
    if lines and _UNESCAPED_END.search(lines[-1]):
        lines[-1] = f'{lines[-1][:-1]}\\"'
    if len(lines) <= 1:
        yield f'{indent}"""{lines[0] if lines else "No label."}"""'
        return
    yield f'{indent}"""{lines[0]}'
    yield from (f"{indent}{line}" if line else "" for line in lines[1:])
    yield f'{indent}"""'


def _head(outline: ModuleOutline, profile_name: str, source: str) -> Iterator[str]:
    text = f"Report items made from {source}.\n\n"
    text += f"Their facts have the standard's own concepts in the profile {profile_name}, which `PROFILE` leads to."
    left_out = ", ".join(f"{len(names)} for {reason}" for reason, names in sorted(outline.left_out.items()))
    text += f"\n\nConcepts that are in no class: {left_out}." if left_out else ""
    text += "\n\nMade by ``exporter items --from-package``: make it anew instead of changing it."
    yield from docstring(text, "")
    yield ""
    annotations = {field.annotation for item_class in outline.classes for field in item_class.fields}
    if "dt.date" in annotations | {axis.annotation for item_class in outline.classes for axis in item_class.axes}:
        yield "import datetime as dt"
    yield "from pathlib import Path"
    yield ""
    yield "import exporter as ex"
    yield ""
    yield f"PROFILE = Path(__file__).with_name({literal(profile_name)})"


def _body(outline: ModuleOutline) -> Iterator[str]:
    for enumeration in outline.enumerations:
        yield from ("", "")
        yield from _enumeration(enumeration)
    for item_class in outline.classes:
        yield from ("", "")
        yield from _class(item_class)


def _enumeration(outline: EnumerationOutline) -> Iterator[str]:
    yield f"class {outline.name}(ex.Enumeration):"
    yield from docstring(outline.title, _INDENT)
    yield ""
    for value in outline.values:
        parts = [literal(value.value), literal(value.label)]
        parts += [literal(value.label_ja)] if value.label_ja else []
        yield f"{_INDENT}{value.constant} = {', '.join(parts)}"


def _class(outline: ClassOutline) -> Iterator[str]:
    yield f"@ex.report_item(label={literal(outline.title)})"
    yield f"class {outline.name}(ex.ReportItem):"
    yield from docstring(f"{outline.title}.\n\nMade from the link role {outline.role}", _INDENT)
    yield ""
    period = "over: ex.Duration" if outline.period == "duration" else "as_of: ex.Instant"
    yield f"{_INDENT}{period} = ex.period()"
    for axis in outline.axes:
        yield from _axis(axis)
    for field in outline.fields:
        yield from _field(field, outline)


def _axis(axis: AxisOutline) -> Iterator[str]:
    arguments = [literal(axis.declared), *_labels(axis.label, axis.label_ja)]
    arguments += ["default=None"] if axis.optional else []
    annotation = f"{axis.annotation} | None" if axis.optional else axis.annotation
    yield from _specifier(f"{axis.name}: {annotation} = ex.dimension", arguments)
    yield from docstring(axis.label or axis.declared, _INDENT)


def _field(field_outline: FieldOutline, outline: ClassOutline) -> Iterator[str]:
    concept = field_outline.concept
    arguments = [literal(field_outline.declared)]
    if concept.period_type != outline.period:
        arguments.append(f'period="{concept.period_type}"')
    standard = concept.datatype.standard if concept.datatype is not None else None
    if (
        standard is not None
        and field_outline.enumeration is None
        and standard != USUAL_TYPES.get(field_outline.annotation)
    ):
        arguments.append(f"type={literal(standard)}")
    if concept.balance is not None and field_outline.annotation == "ex.Money":
        arguments.append(f'balance="{concept.balance}"')
    arguments += [*_labels(field_outline.label, field_outline.label_ja), "default=None"]
    yield from _specifier(f"{field_outline.name}: {field_outline.annotation} | None = ex.concept", arguments)
    title = field_outline.label or field_outline.declared
    yield from docstring(f"{title}\n\n{field_outline.documentation}" if field_outline.documentation else title, _INDENT)


def _labels(label: str | None, label_ja: str | None) -> list[str]:
    arguments = [f"label={literal(label)}"] if label else []
    return arguments + ([f"label_ja={literal(label_ja)}"] if label_ja else [])


def _specifier(start: str, arguments: list[str]) -> Iterator[str]:
    yield f"{_INDENT}{start}("
    yield from (f"{_INDENT * 2}{argument}," for argument in arguments)
    yield f"{_INDENT})"


_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_profile(outline: ModuleOutline, *, title: str, package: str, own_schema: str) -> str:
    """The text of the profile, in TOML: the same outline, the same text.

    Args:
        title: what the profile is called.
        package: what to ask for where the taxonomy is not at hand.
        own_schema: where the schema stands that the taxonomy was read from first.
    """
    prefixes = _prefixes(outline)
    schemas = {namespace: _schema(outline, namespace, own_schema) for namespace in prefixes}
    return "\n".join([*_profile_head(outline, prefixes, schemas, title, package), *_bindings(outline, prefixes)]) + "\n"


def toml_text(text: str) -> str:
    """A basic string of TOML."""

    def escaped(char: str) -> str:
        if char in '"\\':
            return f"\\{char}"
        code = ord(char)
        if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
            return f"\\u{code:04x}" if not 0xD800 <= code < 0xE000 else "\ufffd"
        return char

    return '"' + "".join(map(escaped, text)) + '"'


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else toml_text(text)


def _names(outline: ModuleOutline) -> Iterator[QName]:
    for item_class in outline.classes:
        for axis in item_class.axes:
            yield axis.axis
            yield from (name for name in (axis.default, axis.typed_domain) if name is not None)
            if axis.enumeration is not None:
                yield from (value.member for value in axis.enumeration.values if value.member is not None)
        for field in item_class.fields:
            yield field.concept.qname


def _prefixes(outline: ModuleOutline) -> dict[str, str]:
    """By namespace, the prefix that the taxonomy gives it; one taken twice gets a number."""
    prefixes: dict[str, str] = {}
    for name in _names(outline):
        if name.namespace not in prefixes:
            base = name.prefix or "std"
            chosen, number = base, 1
            while chosen in prefixes.values():
                number += 1
                chosen = f"{base}{number}"
            prefixes[name.namespace] = chosen
    return prefixes


def _profile_head(
    outline: ModuleOutline, prefixes: Mapping[str, str], schemas: Mapping[str, str], title: str, package: str
) -> Iterator[str]:
    yield "# Made by `exporter items --from-package`: make it anew instead of changing it."
    yield f"title = {toml_text(title)}"
    for namespace, prefix in prefixes.items():
        yield ""
        yield f"[taxonomies.{_key(prefix)}]"
        yield f"namespace = {toml_text(_filled(namespace))}"
        yield f"schema = {toml_text(_filled(schemas[namespace]))}"
        yield f"package = {toml_text(_filled(package))}"
    yield ""
    yield "[document]"
    yield f'context_element = "{outline.taxonomy.context_element or "scenario"}"'
    concepts = {field.concept.qname: field for item_class in outline.classes for field in item_class.fields}
    for namespace, prefix in prefixes.items():
        if own := [field for name, field in concepts.items() if name.namespace == namespace]:
            yield ""
            yield f"[concepts.{_key(prefix)}]"
            yield from map(_concept, own)


def _filled(text: str) -> str:
    """As it comes out where variables of a release are put in."""
    return text.replace("{", "{{").replace("}", "}}")


def _schema(outline: ModuleOutline, namespace: str, own_schema: str) -> str:
    """Where the names of a namespace are declared; what has no place of its own stands in the first schema."""
    taxonomy = outline.taxonomy
    for concept in taxonomy.concepts:
        if concept.qname.namespace == namespace:
            return concept.schema or own_schema
    schemas = (domain.schema for domain in taxonomy.typed_domains if domain.qname.namespace == namespace)
    return next(schemas, None) or own_schema


def _concept(field_outline: FieldOutline) -> str:
    concept = field_outline.concept
    standard = concept.datatype.standard if concept.datatype is not None else "stringItemType"
    parts = [f'type = "{standard}"', f'period = "{concept.period_type}"']
    parts += [f'balance = "{concept.balance}"'] if concept.balance is not None else []
    return f"{_key(concept.qname.local_name)} = {{ {', '.join([*parts, 'verified = true'])} }}"


def _bindings(outline: ModuleOutline, prefixes: Mapping[str, str]) -> Iterator[str]:
    for item_class in outline.classes:
        yield ""
        yield f"[bindings.{item_class.name}]"
        yield from (_binding(field, prefixes) for field in item_class.fields)
    for item_class in outline.classes:
        yield from _axes(item_class, prefixes)


def _name(name: QName, prefixes: Mapping[str, str]) -> str:
    return toml_text(f"{prefixes[name.namespace]}:{name.local_name}")


def _binding(field_outline: FieldOutline, prefixes: Mapping[str, str]) -> str:
    parts = [f"concept = {_name(field_outline.concept.qname, prefixes)}"]
    if field_outline.enumeration is not None:
        texts = ((value.value, toml_text(value.text or "")) for value in field_outline.enumeration.values)
        parts.append(f"values = {_inline(texts)}")
    return f"{field_outline.name} = {{ {', '.join(parts)} }}"


def _axes(class_outline: ClassOutline, prefixes: Mapping[str, str]) -> Iterator[str]:
    if class_outline.axes:
        yield ""
        yield f"[axes.{class_outline.name}]"
        yield from (_profile_axis(axis, prefixes) for axis in class_outline.axes)


def _profile_axis(axis: AxisOutline, prefixes: Mapping[str, str]) -> str:
    parts = [f"axis = {_name(axis.axis, prefixes)}"]
    if axis.default is not None:
        parts.append(f"default = {_name(axis.default, prefixes)}")
    if axis.typed_domain is not None:
        parts.append(f"typed_domain = {_name(axis.typed_domain, prefixes)}")
    if axis.enumeration is not None:
        members = (
            (value.value, _name(value.member, prefixes))
            for value in axis.enumeration.values
            if value.member is not None
        )
        parts.append(f"members = {_inline(members)}")
    return f"{axis.name} = {{ {', '.join([*parts, 'verified = true'])} }}"


def _inline(pairs: Iterable[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{_key(key)} = {text}" for key, text in pairs) + " }"
