"""The profile that goes with generated classes: which standard concept each field reports, which axis cuts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from exporter.items.generated.outline import AxisOutline, ClassOutline, FieldOutline, ModuleOutline
from exporter.model.qname import QName

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
    return "\n".join([*_head(outline, prefixes, schemas, title, package), *_bindings(outline, prefixes)]) + "\n"


def toml_text(text: str) -> str:
    """A basic string of TOML."""

    def shown(char: str) -> str:
        if char in '"\\':
            return f"\\{char}"
        code = ord(char)
        if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
            return f"\\u{code:04x}" if not 0xD800 <= code < 0xE000 else "\ufffd"
        return char

    return '"' + "".join(map(shown, text)) + '"'


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else toml_text(text)


def _names(outline: ModuleOutline) -> Iterator[QName]:
    for one in outline.classes:
        for axis in one.axes:
            yield axis.axis
            yield from (name for name in (axis.default, axis.typed_domain) if name is not None)
            if axis.enumeration is not None:
                yield from (value.member for value in axis.enumeration.values if value.member is not None)
        for each in one.fields:
            yield each.concept.qname


def _prefixes(outline: ModuleOutline) -> dict[str, str]:
    """By namespace, the prefix that the taxonomy gives it; one taken twice gets a number."""
    found: dict[str, str] = {}
    for name in _names(outline):
        if name.namespace not in found:
            base = name.prefix or "std"
            chosen, number = base, 1
            while chosen in found.values():
                number += 1
                chosen = f"{base}{number}"
            found[name.namespace] = chosen
    return found


def _head(
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
    concepts = {each.concept.qname: each for one in outline.classes for each in one.fields}
    for namespace, prefix in prefixes.items():
        if own := [each for name, each in concepts.items() if name.namespace == namespace]:
            yield ""
            yield f"[concepts.{_key(prefix)}]"
            yield from (_concept(each) for each in own)


def _filled(text: str) -> str:
    """As it comes out where variables of a release are put in."""
    return text.replace("{", "{{").replace("}", "}}")


def _schema(outline: ModuleOutline, namespace: str, own_schema: str) -> str:
    """Where the names of a namespace are declared; what has no place of its own stands in the first schema."""
    taxonomy = outline.taxonomy
    for concept in taxonomy.concepts:
        if concept.qname.namespace == namespace:
            return concept.schema or own_schema
    found = (domain.schema for domain in taxonomy.typed_domains if domain.qname.namespace == namespace)
    return next(found, None) or own_schema


def _concept(each: FieldOutline) -> str:
    concept = each.concept
    standard = concept.datatype.standard if concept.datatype is not None else "stringItemType"
    parts = [f'type = "{standard}"', f'period = "{concept.period_type}"']
    parts += [f'balance = "{concept.balance}"'] if concept.balance is not None else []
    return f"{_key(concept.qname.local_name)} = {{ {', '.join([*parts, 'verified = true'])} }}"


def _bindings(outline: ModuleOutline, prefixes: Mapping[str, str]) -> Iterator[str]:
    for one in outline.classes:
        yield ""
        yield f"[bindings.{one.name}]"
        yield from (_binding(each, prefixes) for each in one.fields)
    for one in outline.classes:
        yield from _axes(one, prefixes)


def _name(name: QName, prefixes: Mapping[str, str]) -> str:
    return toml_text(f"{prefixes[name.namespace]}:{name.local_name}")


def _binding(each: FieldOutline, prefixes: Mapping[str, str]) -> str:
    parts = [f"concept = {_name(each.concept.qname, prefixes)}"]
    if each.enumeration is not None:
        texts = ((value.value, toml_text(value.text or "")) for value in each.enumeration.values)
        parts.append(f"values = {_inline(texts)}")
    return f"{each.name} = {{ {', '.join(parts)} }}"


def _axes(one: ClassOutline, prefixes: Mapping[str, str]) -> Iterator[str]:
    if one.axes:
        yield ""
        yield f"[axes.{one.name}]"
        yield from (_axis(axis, prefixes) for axis in one.axes)


def _axis(axis: AxisOutline, prefixes: Mapping[str, str]) -> str:
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
