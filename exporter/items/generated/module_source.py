"""The Python module of report item classes that an outline describes: the same outline, the same text.

Names, labels and documentation come from documents: all of them are written as literals that Python reads as text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from exporter.items.generated.outline import AxisOutline, ClassOutline, EnumerationOutline, FieldOutline, ModuleOutline
from exporter.items.generated.value_types import USUAL_TYPES

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
    def shown(char: str) -> str:
        if char == "\\":
            return "\\\\"
        if char.isprintable():
            return char
        known = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
        code = ord(char)
        return known or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")

    return "".join(map(shown, text))


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
    annotations = {each.annotation for one in outline.classes for each in one.fields}
    if "dt.date" in annotations | {axis.annotation for one in outline.classes for axis in one.axes}:
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
    for one in outline.classes:
        yield from ("", "")
        yield from _class(one)


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
    for each in outline.fields:
        yield from _field(each, outline)


def _axis(axis: AxisOutline) -> Iterator[str]:
    arguments = [literal(axis.declared), *_labels(axis.label, axis.label_ja)]
    arguments += ["default=None"] if axis.optional else []
    annotation = f"{axis.annotation} | None" if axis.optional else axis.annotation
    yield from _specifier(f"{axis.name}: {annotation} = ex.dimension", arguments)
    yield from docstring(axis.label or axis.declared, _INDENT)


def _field(each: FieldOutline, outline: ClassOutline) -> Iterator[str]:
    concept = each.concept
    arguments = [literal(each.declared)]
    if concept.period_type != outline.period:
        arguments.append(f'period="{concept.period_type}"')
    standard = concept.datatype.standard if concept.datatype is not None else None
    if standard is not None and each.enumeration is None and standard != USUAL_TYPES.get(each.annotation):
        arguments.append(f"type={literal(standard)}")
    if concept.balance is not None and each.annotation == "ex.Money":
        arguments.append(f'balance="{concept.balance}"')
    arguments += [*_labels(each.label, each.label_ja), "default=None"]
    yield from _specifier(f"{each.name}: {each.annotation} | None = ex.concept", arguments)
    title = each.label or each.declared
    yield from docstring(f"{title}\n\n{each.documentation}" if each.documentation else title, _INDENT)


def _labels(label: str | None, label_ja: str | None) -> list[str]:
    found = [f"label={literal(label)}"] if label else []
    return found + ([f"label_ja={literal(label_ja)}"] if label_ja else [])


def _specifier(start: str, arguments: list[str]) -> Iterator[str]:
    yield f"{_INDENT}{start}("
    yield from (f"{_INDENT * 2}{argument}," for argument in arguments)
    yield f"{_INDENT})"
