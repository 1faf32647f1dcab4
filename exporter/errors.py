"""Exceptions: the program cannot go on. All derive from `ExporterError`.

`ReadError` and its kin carry every `Finding` collected before they were raised, so that all of a document's findings
are reported together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from exporter.findings import Finding, Location


class ExporterError(Exception):
    """Root of all exceptions of this package.

    ``findings`` are those of the document that stopped the work; empty where the error is not in a document.
    """

    def __init__(self, message: str = "", *, findings: Iterable[Finding] = ()) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(message or "\n".join(map(str, self.findings)))


class DeclarationError(ExporterError):
    """A report item class is declared wrongly (an error of its author, raised when the class is made)."""


class ModelError(ExporterError, ValueError):
    """A value object was given a value it cannot have.

    The message holds for whoever wrote the value, in Python or in a file; what to write in Python is a note
    (`exporter.errors.ModelError.noted`), which tracebacks show.
    """

    def noted(self, *notes: str) -> Self:
        """The error itself, with notes for those who write Python."""
        for note in notes:
            self.add_note(note)
        return self


class ItemError(ModelError):
    """A report item refuses its values; ``findings`` say which field and why."""


class ReadError(ExporterError):
    """A document cannot be read; ``findings`` say why and where."""


class WriteError(ExporterError):
    """A report cannot be written in the format asked for."""


class TaxonomyError(ExporterError):
    """A taxonomy cannot be read, written or derived."""


class ResolutionError(ExporterError):
    """A URL cannot be resolved to bytes offline."""


class PackageError(ExporterError):
    """An archive is unsafe, or is no valid taxonomy or report package."""


class ProfileError(ExporterError):
    """A profile does not exist or is malformed."""


class MissingExtraError(ExporterError):
    """An optional dependency is not installed; the message names the extra."""

    def __init__(self, extra: str, what_for: str) -> None:
        self.extra = extra
        super().__init__(f"{what_for} needs the extra {extra!r}: pip install 'filing-exporter[{extra}]'")


class LexicalError(Exception):
    """A piece of text is not what it should be; ``code`` is that of a specification, ``fix`` what to do."""

    def __init__(self, code: str, message: str, fix: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix

    def finding(self, location: Location = Location()) -> Finding:  # noqa: B008 - frozen
        """The error as a finding at ``location``."""
        return Finding(code=self.code, message=self.message, fix=self.fix, location=location)


def unwritable(error: OSError) -> Finding:
    """The finding for a file or folder that the system refuses to write."""
    return Finding(
        code="exporter:unwritableFile",
        message=f"the file or folder cannot be written: {error.strerror or error}",
        location=Location(
            file=next((str(name) for name in (error.filename2, error.filename) if name is not None), None)
        ),
        fix="check the path, the permissions and the space on the disk",
    )


def internal_error(error: BaseException) -> Finding:
    """The finding for a bug in this program."""
    return Finding(
        code="exporter:internalError",
        message=f"{type(error).__name__}: {error}",
        fix="this is a bug in exporter: please report it; EXPORTER_DEBUG=1 shows where it happened",
    )
