"""Which prefix stands for which namespace in a written document: one each, customary ones first."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from exporter.model.qname import QName, is_ncname
from exporter.namespaces import CUSTOMARY_PREFIXES

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Prefixes:
    """Gives out prefixes on first use; the order of use decides where wishes clash.

    ``wanted`` maps preferred prefixes to namespaces; a name's own preference comes before it. ``customary`` ones are
    kept for their namespaces. ``bound`` are those that the document declares already: no other namespace gets them,
    and a namespace without a customary prefix is written with its own.
    """

    def __init__(
        self,
        wanted: Mapping[str, str],
        *,
        customary: Mapping[str, str] = CUSTOMARY_PREFIXES,
        bound: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._wanted = {uri: prefix for prefix, uri in wanted.items()}
        self._customary = {uri: prefix for prefix, uri in customary.items() if bound.get(prefix, uri) == uri}
        self._bound = {uri: prefix for prefix, uri in bound.items()}
        self._names: dict[QName, str] = {}
        self._used: dict[str, str] = {}
        self._taken = {*customary, *bound}

    def use(self, namespace: str, preferred: str | None = None) -> str:
        """The prefix of ``namespace``, which is declared from now on."""
        prefix = self._used.get(namespace)
        if prefix is None:
            prefix = self._used[namespace] = self._choose(namespace, preferred)
            self._taken.add(prefix)
        return prefix

    def name(self, name: QName) -> str:
        """The name as written: with its prefix, or alone where it has no namespace."""
        written = self._names.get(name)
        if written is None:
            prefix = self.use(name.namespace, name.prefix) + ":" if name.namespace else ""
            written = self._names[name] = prefix + name.local_name
        return written

    def _choose(self, namespace: str, preferred: str | None) -> str:
        if namespace in self._customary:
            return self._customary[namespace]
        if namespace in self._bound:
            return self._bound[namespace]
        wishes = [wish for wish in (preferred, self._wanted.get(namespace)) if wish and _may_be_prefix(wish)]
        for wish in wishes:
            if wish not in self._taken:
                return wish
        base = wishes[0] if wishes else "ns"
        return next(prefix for n in itertools.count(1) if (prefix := f"{base}{n}") not in self._taken)

    @property
    def declarations(self) -> list[tuple[str, str]]:
        """Prefix and namespace of all that is used, by prefix."""
        return sorted((prefix, uri) for uri, prefix in self._used.items())


def _may_be_prefix(text: str) -> bool:
    return is_ncname(text) and not text.lower().startswith("xml")
