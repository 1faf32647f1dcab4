"""Link roles and arcroles that a taxonomy declares (XBRL 2.1 sections 5.1.3 and 5.1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from exporter.model.qname import QName
from exporter.namespaces import LINK

CyclesAllowed = Literal["any", "undirected", "none"]


def _used_on(names: Iterable[QName | str]) -> tuple[QName, ...]:
    return tuple(QName(LINK, name, prefix="link") if isinstance(name, str) else name for name in names)


@frozen(kw_only=True, cache_hash=True)
class RoleType:
    """A role with its definition.

    ``used_on`` names the elements that may carry it; a plain string stands in the linkbase namespace
    (``"presentationLink"``). ``schema`` is the place that declares it, ``None`` for the taxonomy's own.
    """

    uri: str
    id: str
    definition: str | None = None
    used_on: tuple[QName, ...] = field(
        default=("presentationLink", "calculationLink", "definitionLink"), converter=_used_on, eq=frozenset
    )
    schema: str | None = field(default=None, eq=False)


@frozen(kw_only=True, cache_hash=True)
class ArcroleType:
    """An arcrole with its definition and the cycles it allows."""

    uri: str
    id: str
    definition: str | None = None
    used_on: tuple[QName, ...] = field(default=("definitionArc",), converter=_used_on, eq=frozenset)
    cycles_allowed: CyclesAllowed = "none"
    schema: str | None = field(default=None, eq=False)
