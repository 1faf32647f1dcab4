"""A finding: one thing that is wrong with a document, and how to mend it.

The report is at fault: a `Finding`. The program cannot go on: an exception of `exporter.errors`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, Final

from attrs import evolve, field, frozen

_LONGEST: Final = 2_000


class Severity(enum.StrEnum):
    """How bad a finding is. Only errors make a document invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(kw_only=True)
class Location:
    """Where in a document something stands; every part is optional.

    ``line`` and ``column`` are 1-based. ``pointer`` is a JSON Pointer (RFC 6901) into JSON or YAML,
    ``cell`` a spreadsheet or CSV cell, ``fact`` a fact id, ``item`` names a report item
    (``items[3] ExchangeRates``).
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    cell: str | None = None
    fact: str | None = None
    item: str | None = None

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        parts = [place] if place else []
        parts += [f"cell {self.cell}"] if self.cell else []
        parts += [f"at {self.pointer or '(root)'}"] if self.pointer is not None else []
        parts += [f"fact {self.fact}"] if self.fact else []
        parts += [self.item] if self.item else []
        return " ".join(parts)

    def as_dict(self) -> dict[str, str | int]:
        """The parts that are known, by name."""
        names = ("file", "line", "column", "pointer", "cell", "fact", "item")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


def _bounded(text: str) -> str:
    """What a document says may be of any length; what is said of it is not."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@frozen(kw_only=True)
class Finding:
    """One fault of a document.

    ``code`` is stable: a specification's own code (``oime:unknownConcept``) or one of ours
    (``exporter:lowAboveHigh``, all in `exporter.codes`). ``message`` says what is wrong and what was expected, cut
    where it is very long, ``mend`` what to do about it.
    """

    code: str
    message: str = field(converter=_bounded)
    severity: Severity = Severity.ERROR
    location: Location = Location()
    mend: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def at(self, **parts: Any) -> Finding:
        """The same finding with parts of its location filled in where they were not known."""
        missing = {name: value for name, value in parts.items() if getattr(self.location, name) is None}
        return evolve(self, location=evolve(self.location, **missing)) if missing else self

    def __str__(self) -> str:
        place = str(self.location)
        mend = f" ({self.mend})" if self.mend else ""
        return f"{place + ': ' if place else ''}{self.severity}: {self.code}: {self.message}{mend}"

    def as_dict(self) -> dict[str, Any]:
        """The shape that ``--json`` prints."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "location": self.location.as_dict(),
            "mend": self.mend,
        }


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.is_error for finding in findings)


def at_most(findings: Iterable[Finding], limit: int) -> list[Finding]:
    """The findings, each once, up to a bound; one more says that there are others."""
    found: dict[Finding, None] = {}
    omitted = has_error = False
    for finding in findings:
        # Past the bound one error is still needed: it decides whether the file is valid.
        if len(found) >= limit and (has_error or not finding.is_error):
            omitted = omitted or finding not in found
            if has_error:
                break
            continue
        found[finding] = None
        has_error = has_error or finding.is_error
    if omitted:
        message = f"more than {limit} findings: the rest is not listed"
        mend = "mend those listed and try again"
        found[Finding(code="exporter:furtherFindings", message=message, severity=Severity.INFO, mend=mend)] = None
    return list(found)
