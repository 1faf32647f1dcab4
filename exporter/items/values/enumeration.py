"""Enumerations whose values carry labels in English and Japanese."""

from __future__ import annotations

import enum
import re
from typing import Self


class Enumeration(enum.StrEnum):
    """Values with labels: ``NOT_REQUIRED = "not_required", "Not Required", "不要"``.

    The text is what items JSON holds; as a member of a taxonomy the value is called ``NotRequiredMember``.
    """

    label: str
    label_ja: str | None

    def __new__(cls, value: str, label: str | None = None, label_ja: str | None = None) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").title()
        member.label_ja = label_ja
        return member


def camel(value: str) -> str:
    """``not_required`` as ``NotRequired``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", value))


def member_name(value: enum.StrEnum) -> str:
    """The local name of the value as a member."""
    return f"{camel(value.value)}Member"


def domain_name(enumeration: type[enum.StrEnum]) -> str:
    """The local name of the domain whose members the values are."""
    return f"{enumeration.__name__}Domain"


def member_labels(value: enum.StrEnum) -> tuple[str, str | None]:
    """The English and, where given, the Japanese label."""
    return (
        getattr(value, "label", value.value.replace("_", " ").title()),
        getattr(value, "label_ja", None),
    )
