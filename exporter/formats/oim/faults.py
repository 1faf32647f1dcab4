"""A lexical fault: what a parser of small things raises, and its caller turns into a finding with a place."""

from __future__ import annotations

from exporter.findings import Finding, Location


class LexicalFault(Exception):
    """A piece of text is not what it should be; ``code`` is that of a specification, ``mend`` what to do."""

    def __init__(self, code: str, message: str, mend: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.mend = code, message, mend

    def finding(self, location: Location = Location()) -> Finding:  # noqa: B008 - frozen
        """The fault as an error finding at ``location``."""
        return Finding(code=self.code, message=self.message, mend=self.mend, location=location)


class FindingLog:
    """Findings in order, up to a bound, so that a hopeless document cannot fill the memory."""

    def __init__(self, *, at_most: int = 1000) -> None:
        self.findings: list[Finding] = []
        self._at_most = at_most

    def add(self, finding: Finding) -> None:
        """Keep the finding; past the bound only one remark that there are more."""
        if len(self.findings) < self._at_most:
            self.findings.append(finding)
        elif len(self.findings) == self._at_most:
            self.findings.append(
                Finding(
                    code="exporter:furtherFindings",
                    message=f"more than {self._at_most} findings: the rest is not listed",
                    location=Location(file=finding.location.file),
                    mend="mend those listed and try again",
                )
            )

    def __bool__(self) -> bool:
        return bool(self.findings)


def shortened(text: object, limit: int = 80) -> str:
    """``repr`` of a value for a message, cut where it is long."""
    shown = repr(text[: limit + 1]) if isinstance(text, str) else repr(text)
    return shown if len(shown) <= limit + 2 else shown[:limit] + "…"
