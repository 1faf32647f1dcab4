"""The feature ``xbrl:allowedDuplicates`` (OIM 1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from exporter.findings import Finding, Location
from exporter.model.duplicates import Agreement, find_duplicates
from exporter.model.fact import Fact

_ALLOWED: Final[Mapping[str, frozenset[Agreement]]] = {
    "none": frozenset(),
    "complete": frozenset({Agreement.COMPLETE}),
    "consistent": frozenset({Agreement.COMPLETE, Agreement.CONSISTENT}),
}


def disallowed_duplicates(facts: Iterable[Fact], setting: str, *, file: str | None) -> Iterator[Finding]:
    """A finding for each set of duplicates that ``setting`` (``none``, ``complete``, ``consistent``) does not allow."""
    allowed = _ALLOWED.get(setting)
    if allowed is None:
        return
    for duplicates in find_duplicates(facts):
        if duplicates.agreement not in allowed:
            ids = ", ".join(fact.id or "?" for fact in duplicates.facts[:5])
            yield Finding(
                code="oime:disallowedDuplicateFacts",
                message=f"{ids} are {duplicates.agreement} duplicates of each other, but "
                f"xbrl:allowedDuplicates is {setting!r}",
                location=Location(file=file, fact=duplicates.facts[1].id),
                mend="keep one of them",
            )
