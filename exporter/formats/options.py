"""What a caller may give a reader or a writer beside the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from exporter.findings import Finding
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.report import Report, Vocabulary
from exporter.resources.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from exporter.formats.inline_xbrl.tags import InlineVersion
    from exporter.formats.inline_xbrl.write.blocks import Page
    from exporter.resources.xml import XmlSource

VocabularyLoader = Callable[[tuple[str, ...]], Vocabulary]


@frozen
class InlineFile:
    """A file of an Inline XBRL Document Set: the name that findings show, and where its bytes are."""

    name: str
    source: XmlSource


def _know_nothing(hrefs: tuple[str, ...]) -> Vocabulary:
    return Vocabulary()


def _ignore(finding: Finding) -> None:
    return None


@frozen(kw_only=True)
class ReadOptions:
    """Options common to all readers.

    ``load_vocabulary`` is called once, with the schema references of the report as they stand in it, before the first
    fact is made; it returns what the taxonomy says of data types, typed domains and roles (an empty `Vocabulary` where
    nothing is known: types are then inferred). ``warn`` takes findings that do not stop the reading; errors are
    gathered and raised together in one `exporter.errors.ReadError`. With ``partial``, facts whose meaning is in doubt
    and what the model cannot hold are left out instead, and all findings, errors too, go to ``warn``. ``name`` is the
    file name used in locations.
    """

    name: str | None = None
    limits: Limits = DEFAULT_LIMITS
    load_vocabulary: VocabularyLoader = _know_nothing
    warn: Callable[[Finding], None] = _ignore
    partial: bool = False


DEFAULT_OPTIONS = ReadOptions()


@frozen(kw_only=True)
class WriteContext:
    """What a writer may need beside the report; each takes what its syntax has a use for and ignores the rest.

    ``facts`` take the place of the report's own, perhaps from an iterator that gives them but once. ``name_context``
    gives a context its id in XML, which is nobody else's; ``c1``, ``c2`` … by default and where it gives none.
    ``page`` composes the page that Inline XBRL shows a report as, in which every fact has an id; ``untagged`` has facts
    and footnotes that the page shows in the same way and that are none of the report; ``theme`` is a folder
    with templates and a style sheet in place of those of the package, ``theme_variant`` which of the package's
    (``edgar``), ``hidden_style`` the CSS property that links words on the page to a hidden fact (that of the SEC by
    default), ``inline_version`` the version of Inline XBRL.
    """

    facts: Iterable[Fact] | None = None
    name_context: Callable[[Context], str | None] | None = None
    page: Callable[[Report], Page] | None = None
    untagged: Report | None = None
    theme: Path | None = None
    theme_variant: str = ""
    hidden_style: str | None = None
    inline_version: InlineVersion = "1.1"

    def facts_of(self, report: Report) -> Iterable[Fact]:
        """The facts to write."""
        return report.facts if self.facts is None else self.facts


DEFAULT_CONTEXT = WriteContext()
