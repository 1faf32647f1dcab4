"""Enumerations whose values carry labels."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Self


class Enumeration(enum.StrEnum):
    """Values with labels: ``NOT_REQUIRED = "not_required", "Not Required", "不要"``.

    The text is what items JSON holds; as a member of a taxonomy the value is called ``NotRequiredMember``. After the
    English label stands the Japanese one, or a mapping from language tags to labels (``{"de": "Nicht nötig"}``); see
    `exporter.items.labels` for labels that stand elsewhere.
    """

    label: str
    other_labels: Mapping[str, str]

    def __new__(cls, value: str, label: str | None = None, others: str | Mapping[str, str] | None = None) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").title()
        member.other_labels = {"ja": others} if isinstance(others, str) else others or {}
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
