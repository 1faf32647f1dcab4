"""A finding: one thing that is wrong with a document, and how to fix it.

A document that is wrong gives a `Finding`; a program that cannot go on raises an exception of `exporter.errors`.
`FindingLog` collects findings where a reader or writer goes on after the first.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, Final, Self

from attrs import evolve, field, frozen
from attrs.converters import optional

_LONGEST: Final = 2_000
_LONGEST_NAME: Final = 200
_LEAST_LIKENESS: Final = 0.6
_AS_LIKELY: Final = 0.1
_JOINTS: Final = re.compile(r"[-_. ]+")
MOST_LISTED: Final = 5
_MOST_ALIKE: Final = 3
MOST_CHOICES: Final = 12

RULES_CHECKED: Final = "exporter:rulesChecked"
"""The code of the note that ends a run under a set of filing rules."""


class Severity(enum.StrEnum):
    """How bad a finding is. Only errors make a document invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(kw_only=True)
class Location:
    """Where in a document something stands; every part is optional.

    ``line`` and ``column`` are 1-based. ``pointer`` is a JSON Pointer (RFC 6901) into JSON or YAML,
    ``cell`` a spreadsheet or CSV cell (``Rates!C7``), ``fact`` a fact id, ``item`` names a report item
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
        elif place and self.cell:
            place += f"!{self.cell}"
        parts = [place] if place else []
        parts += [f"cell {self.cell}"] if self.cell and (self.line is not None or not place) else []
        parts += [f"at {self.pointer or '(root)'}"] if self.pointer is not None else []
        parts += [f"fact {self.fact}"] if self.fact else []
        parts += [self.item] if self.item else []
        return " ".join(parts)

    def as_dict(self) -> dict[str, str | int]:
        """The parts that are known, by name."""
        names = ("file", "line", "column", "pointer", "cell", "fact", "item")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


def list_text(values: Iterable[object], *, most: int = MOST_LISTED, last: str = ", ") -> str:
    """``a, b, c`` for a message; of a list longer than ``most`` the first and how many more: ``a, b and 2,998 more``.

    ``last`` joins the last of a whole list (``" or "``, ``" and "``). A value that is very long is cut.
    """
    rest = iter(values)
    texts = [truncated(str(value), _LONGEST_NAME) for value in islice(rest, most + 1)]
    if more := sum(1 for _ in rest):  # one more alone takes as much room to name as to count
        return f"{', '.join(texts[:most])} and {more + 1:,} more"
    return last.join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def near_choices(given: str, choices: Iterable[str], *, likeness: float = _LEAST_LIKENESS) -> list[str]:
    """The choices that a mistyped name may mean, the likeliest first: those hardly less like it than the first.

    Names that differ in case or in what joins their words (``-``, ``_``, blanks) are one. ``likeness``, from 0 to 1,
    says how near is near enough.
    """
    # Imported on use: only mistakes ask.
    from difflib import SequenceMatcher, get_close_matches

    by_key: dict[str, str] = {}
    for choice in choices:
        by_key.setdefault(_key(choice), choice)
    key = _key(given[:_LONGEST_NAME])
    if key in by_key:
        return [by_key[key]]
    keys = get_close_matches(key, by_key, n=3, cutoff=likeness)
    likely = [SequenceMatcher(None, near, key).ratio() for near in keys]
    return [by_key[near] for near, ratio in zip(keys, likely, strict=True) if ratio > likely[0] - _AS_LIKELY]


def choice_hint(given: str, choices: Iterable[str], otherwise: str | None = None) -> str:
    """A fix for a name that does not exist: the choice that is meant, else ``otherwise``, else all choices."""
    choices = tuple(choices)
    if near := near_choices(given, choices):
        return f"did you mean {list_text(near, last=' or ')}?"
    return otherwise or f"choose among {list_text(choices, most=MOST_CHOICES)}"


def _key(name: str) -> str:
    return _JOINTS.sub("", name).casefold()


def truncated(text: str, longest: int = _LONGEST) -> str:
    """The first characters of a text of a document, which may be of any length; an ellipsis stands for the rest."""
    return text if len(text) <= longest else f"{text[:longest]}…"


@frozen(kw_only=True)
class Finding:
    """One thing that is wrong with a document.

    ``code`` is stable: a specification's own code (``oime:unknownConcept``) or one of ours
    (``exporter:lowAboveHigh``, all in `exporter.codes`). ``message`` says what is wrong and what was expected,
    ``fix`` what to do about it; both are cut where they are very long.
    """

    code: str
    message: str = field(converter=truncated)
    severity: Severity = Severity.ERROR
    location: Location = Location()
    fix: str | None = field(default=None, converter=optional(truncated))

    @property
    def is_error(self) -> bool:
        """Whether the finding makes its document invalid."""
        return self.severity is Severity.ERROR

    def at(self, **parts: Any) -> Finding:
        """The same finding with parts of its location filled in where they were not known."""
        missing = {name: value for name, value in parts.items() if getattr(self.location, name) is None}
        return evolve(self, location=evolve(self.location, **missing)) if missing else self

    def __str__(self) -> str:
        place = str(self.location)
        fix = f" ({self.fix})" if self.fix else ""
        return f"{place + ': ' if place else ''}{self.severity}: {self.code}: {self.message}{fix}"

    def as_dict(self) -> dict[str, Any]:
        """The shape that ``--json`` prints."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "location": self.location.as_dict(),
            "mend": self.fix,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The finding that `as_dict` made plain data of.

        Raises:
            LookupError, TypeError, ValueError: it is no such data.
        """
        return cls(
            code=data["code"],
            message=data["message"],
            severity=Severity(data["severity"]),
            location=Location(**data["location"]),
            fix=data["mend"],
        )


def group_alike(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same of many places as one, at the first of them, which counts and names the others."""
    groups: dict[tuple[str, str, str | None, Severity], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.message, finding.fix, finding.severity), []).append(finding)
    return [
        finding for alike in groups.values() for finding in (alike if len(alike) <= _MOST_ALIKE else [_grouped(alike)])
    ]


def _grouped(findings: list[Finding]) -> Finding:
    lines = dict.fromkeys(finding.location.line for finding in findings if finding.location.line is not None)
    cells = dict.fromkeys(finding.location.cell for finding in findings if finding.location.cell is not None)
    items = dict.fromkeys(entry.location.item for entry in findings if entry.location.item is not None)
    places = f"lines {list_text(lines)}" if len(lines) > 1 else list_text(items)
    places = f"cells {list_text(cells)}" if len(cells) > 1 else places
    return evolve(findings[0], message=f"{findings[0].message} [{len(findings):,} times: {places}]")


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.is_error for finding in findings)


MAX_FINDINGS: Final = 10_000
"""The most findings that are reported of one file."""


def at_most(findings: Iterable[Finding], limit: int) -> list[Finding]:
    """The findings, each once, up to a bound; one more says that there are others."""
    listed: dict[Finding, None] = {}
    omitted = has_error = False
    for finding in findings:
        # Past the bound one error is still needed: it decides whether the file is valid.
        if len(listed) >= limit and (has_error or not finding.is_error):
            omitted = omitted or finding not in listed
            if has_error:
                break
            continue
        listed[finding] = None
        has_error = has_error or finding.is_error
    if omitted:
        message = f"more than {limit} findings: the rest is not listed"
        fix = "fix those listed and try again"
        listed[Finding(code="exporter:furtherFindings", message=message, severity=Severity.INFO, fix=fix)] = None
    return list(listed)


class FindingLog:
    """Collects findings in the order in which they occur.

    ``file`` is the file of findings that name none. Past ``at_most`` findings only one more is kept, which says that
    there are others, so that a hopeless document cannot fill the memory; ``None`` keeps all.
    """

    def __init__(self, *, file: str | None = None, at_most: int | None = 1000) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._at_most = at_most

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        if self._at_most is None or len(self.findings) < self._at_most:
            self.findings.append(finding)
        elif len(self.findings) == self._at_most:
            self.findings.append(
                Finding(
                    code="exporter:furtherFindings",
                    message=f"more than {self._at_most} findings: the rest is not listed",
                    location=Location(file=finding.location.file),
                    fix="fix those listed and try again",
                )
            )

    def error(
        self,
        code: str,
        message: str,
        fix: str | None = None,
        *,
        location: Location | None = None,
        line: int | None = None,
        fact: str | None = None,
    ) -> None:
        """Keep an error at ``location``, or at a line and fact of the log's file."""
        self.add(self.finding(code, message, fix, location=location, line=line, fact=fact))

    def finding(
        self,
        code: str,
        message: str,
        fix: str | None = None,
        *,
        location: Location | None = None,
        line: int | None = None,
        fact: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding that is not kept, with the location that `error` gives it."""
        if location is None:
            location = Location(file=self.file, line=line or None, fact=fact)
        return Finding(code=code, message=message, severity=severity, location=location, fix=fix)

    def raise_as(self, error: Callable[..., Exception]) -> None:
        """Raise an error with all findings where one of them is an error; ``error`` takes them as ``findings``."""
        if has_errors(self.findings):
            raise error(findings=self.findings)

    def __bool__(self) -> bool:
        return bool(self.findings)


def shortened(text: object, limit: int = 80) -> str:
    """``repr`` of a value for a message, cut where it is long."""
    quoted = repr(text[: limit + 1]) if isinstance(text, str) else repr(text)
    return quoted if len(quoted) <= limit + 2 else quoted[:limit] + "…"
