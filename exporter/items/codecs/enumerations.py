"""Codecs of enumerations."""

from __future__ import annotations

import enum
import re
from functools import lru_cache
from typing import Final

from exporter.errors import DeclarationError, ModelError
from exporter.findings import MOST_CHOICES, choice_hint, list_text
from exporter.items.codecs.codec import Codec, Encoded, node_text
from exporter.items.enumeration import member_labels, member_name
from exporter.items.values.glyphs import shown

_MEMBER: Final = re.compile(r"[A-Z][A-Za-z0-9]*Member")


@lru_cache(maxsize=1024)
def enumeration_codec(enumeration: type[enum.StrEnum]) -> Codec:
    """The codec of an enumeration: member names in facts (the binding adds the namespace), plain values in JSON.

    Raises:
        DeclarationError: values make no names of members, or two of them the same.
    """
    by_name: dict[str, enum.StrEnum] = {}
    for value in enumeration:
        name = member_name(value)
        if not _MEMBER.fullmatch(name):
            raise DeclarationError(
                f"{enumeration.__name__}: {value.value!r} makes no name: a letter, letters and digits"
            )
        if by_name.setdefault(name, value) is not value:
            other = by_name[name].value
            raise DeclarationError(f"{enumeration.__name__}: {other!r} and {value.value!r} are both called {name}")
    by_text = {value.value: value for value in enumeration}
    by_label: dict[str, set[enum.StrEnum]] = {}
    for value in enumeration:
        for label in filter(None, member_labels(value)):
            by_label.setdefault(label.strip().casefold(), set()).add(value)

    def parse(text: str) -> enum.StrEnum:
        found = by_text.get(text) or by_text.get(text.strip().lower().rstrip(".").replace(" ", "_").replace("-", "_"))
        if found is None and len(labelled := by_label.get(text.strip().casefold(), set())) == 1:
            (found,) = labelled
        if found is None:
            hint = choice_hint(text, by_text, f"expected one of {list_text(by_text, most=MOST_CHOICES)}")
            raise ModelError(f"there is no choice {shown(text)}; {hint}")
        return found

    def decode(encoded: Encoded) -> enum.StrEnum:
        found = by_name.get(encoded.text)
        if found is None:
            raise ModelError(f"expected one of {list_text(by_name)}, got {encoded.text!r}")
        return found

    return Codec(
        python_type=enumeration,
        item_type="enumerationItemType",
        encode=lambda value: Encoded(member_name(value)),
        decode=decode,
        to_json=lambda value: value.value,
        from_json=lambda node: parse(node_text(node, "a value")),
        parse=parse,
        schema={"enum": list(by_text)},
    )
