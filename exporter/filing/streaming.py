"""Reports too large to be held: read fact by fact, with the head of the report known before the first.

Only documents without footnotes, links and base URL can be streamed, for these belong to the report as a whole; and
only where the taxonomy tells the types, so that nothing must be learnt from later facts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from exporter.filing.access import OFFLINE, Access
from exporter.filing.inputs import Input, Source, open_input
from exporter.filing.reading import read_options
from exporter.findings import Finding
from exporter.formats.options import ReadOptions
from exporter.model.fact import Fact
from exporter.model.report import Report, Vocabulary
from exporter.resources.limits import DEFAULT_LIMITS, Limits

STREAMED_FROM: Final = 8 * 1024**2
"""Size in bytes from which a document is streamed: smaller ones are quicker, and laid out better, as a whole."""

_PIECE: Final = 1024**2
_OF_THE_WHOLE: Final[dict[str, tuple[bytes, ...]]] = {
    "xbrl-xml": (b"footnoteLink",),
    "xbrl-json": (b'"links"', b'"noteId"', b'"baseURL"'),
    "xbrl-csv": (b'"links"', b'"baseURL"', b'"xbrl:note"'),
}


@frozen(kw_only=True, eq=False)
class ReportStream:
    """A report without facts, and the facts, which come but once."""

    head: Report
    facts: Iterator[Fact]


def _ignore(finding: Finding) -> None:
    return None


def can_stream(given: Source | Input, *, target: str, at_least: int = STREAMED_FROM) -> bool:
    """Whether what was given is one document, large enough and of a kind to be converted fact by fact."""
    with open_input(given) as opened:
        path = _only_document(opened)
        if path is None:
            return False
        source = opened.files[0].format.name
    if source not in _OF_THE_WHOLE or (source == target == "xbrl-xml"):
        return False
    if _size(path, source) < at_least:
        return False
    return not _holds(path, _OF_THE_WHOLE[source])


def _only_document(opened: Input) -> Path | None:
    """The file to read fact by fact; ``None`` for packages, document sets, folders and what came through a pipe."""
    if opened.kind != "reports" or len(opened.files) != 1 or opened.exported is not None or opened.is_stream:
        return None
    file = opened.files[0]
    is_plain = file.package is None and not file.is_inline and opened.path.is_file()
    return file.content if is_plain and isinstance(file.content, Path) else None


def _holds(path: Path, marks: tuple[bytes, ...]) -> bool:
    """Whether one of the marks stands in the file, which is looked through piece by piece."""
    overlap = max(map(len, marks)) - 1
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            window = rest + piece
            if any(mark in window for mark in marks):
                return True
            rest = window[-overlap:]
    return False


def _size(path: Path, format: str) -> int:
    files = path.parent.rglob("*.csv") if format == "xbrl-csv" else [path]
    return sum(file.stat().st_size for file in files)


@contextmanager
def stream_report(
    source: Source | Input,
    *,
    packages: Iterable[Path | str] = (),
    strict: bool = False,
    partial: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> Iterator[ReportStream | None]:
    """A report fact by fact, or ``None`` where the taxonomy does not tell the types, or it is not one document.

    Arguments and errors as for `exporter.filing.reading.read_report`; those of the facts come with the facts.
    """
    with ExitStack() as stack:
        opened = stack.enter_context(open_input(source, limits=limits))
        path = _only_document(opened)
        if path is None:
            yield None
            return
        options = stack.enter_context(
            read_options(
                path, packages=packages, strict=strict, partial=partial, limits=limits, access=access, warn=warn
            )
        )
        known: list[tuple[tuple[str, ...], Vocabulary]] = []
        facts = iter(opened.files[0].format.iter_facts(path, _noting(options, known)))
        first = list(itertools.islice(facts, 1))
        hrefs, vocabulary = known[0] if known else ((), Vocabulary())
        if not vocabulary.datatypes:
            yield None
            return
        head = Report(taxonomy=hrefs, vocabulary=vocabulary)
        yield ReportStream(head=head, facts=itertools.chain(first, facts))


def _noting(options: ReadOptions, known: list[tuple[tuple[str, ...], Vocabulary]]) -> ReadOptions:
    """Options that note what the document's taxonomy is and what it says."""

    def load(hrefs: tuple[str, ...]) -> Vocabulary:
        vocabulary = options.load_vocabulary(hrefs)
        known.append((hrefs, vocabulary))
        return vocabulary

    return evolve(options, load_vocabulary=load)


def has_duplicates(facts: Iterable[Fact]) -> bool:
    """Whether two facts seem to be duplicates: never wrong where it says no."""
    seen: set[int] = set()
    count = 0
    for count, fact in enumerate(facts, 1):  # noqa: B007 - the count is wanted after the loop
        seen.add(hash(fact.aspects))
    return len(seen) < count
