"""The taxonomy of what is validated, with its findings, and the check of an instance against XML Schema.

The check runs in a thread of its own while the instance is read.

Parsing and validating happen outside Python, so that both go on at a time where there are two processors.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, Severity
from exporter.model.report import Vocabulary
from exporter.operations.report_files import ReportFile
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver
from exporter.resources.stages import stage
from exporter.taxonomy.cache import TaxonomyCache, load_checked_taxonomy
from exporter.taxonomy.read.discovery import LoadedDts
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.rule_sets import check_taxonomy
from exporter.validation.xml_schema import check_xml_schema


class TaxonomyLoader:
    """Loads the taxonomy of a report when its reader asks, and keeps it with what was found wrong.

    A missing taxonomy does not stop the reading, so that findings about the document itself are reported as well.
    ``base`` is the URL that references are relative to, ``cache`` where taxonomies are kept with their findings.
    """

    def __init__(
        self,
        base: str,
        resolver: Resolver,
        *,
        strict: bool,
        alone: bool = False,
        cache: TaxonomyCache | None = None,
    ) -> None:
        self._base = base
        self._alone = alone  # no report: what is checked may be a linkbase
        self._resolver = resolver
        self._strict = strict
        self._cache = cache
        self.findings: list[Finding] = []
        self.taxonomy: Taxonomy | None = None
        self.complete = True
        self.schemas: tuple[str, ...] = ()

    @stage("load taxonomy")
    def load(self, hrefs: tuple[str, ...]) -> Vocabulary:
        """For `ReadOptions.load_vocabulary`."""
        try:
            checked = load_checked_taxonomy(
                hrefs,
                base=self._base,
                resolver=self._resolver,
                check=_check_loaded,
                linkbases=self._alone,
                cache=self._cache,
            )
        except ReadError as error:
            self.findings += error.findings
            return Vocabulary()
        for finding in (*checked.missed, *checked.missing):
            self._miss(finding)
        self.findings += checked.verdict
        self.schemas = checked.schemas
        # Broken: nothing is held against the report that its taxonomy might have allowed.
        if len(checked.findings) > len(checked.missing):
            return Vocabulary()
        self.taxonomy = checked.taxonomy
        return self.taxonomy.vocabulary(hrefs[0] if hrefs else None)

    def _miss(self, finding: Finding) -> None:
        self.complete = False
        severity = Severity.ERROR if self._strict else Severity.WARNING
        self.findings.append(evolve(finding, severity=severity))


def _check_loaded(loaded: LoadedDts, complete: bool) -> Iterator[Finding]:
    return check_taxonomy(loaded, complete=complete)


_MAX_AT_ONCE: Final = 128 * 1024**2
"""A larger document is not held in memory as bytes; it is read piece by piece, after the reader has done so."""


class SchemaPass:
    """One pass over an instance; it begins as soon as the schemas are known. To be used in a ``with`` statement."""

    def __init__(self, file: ReportFile, loader: TaxonomyLoader, limits: Limits) -> None:
        self._file = file
        self._loader = loader
        self._limits = limits
        self._thread: threading.Thread | None = None
        self._cached: list[Finding] | None = None
        self._error: Exception | None = None

    def __enter__(self) -> SchemaPass:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._thread is not None:  # it uses the resolver, which is closed next
            self._thread.join()

    def load(self, hrefs: tuple[str, ...]) -> Vocabulary:
        """For `ReadOptions.load_vocabulary`: loads the taxonomy and starts the pass."""
        vocabulary = self._loader.load(hrefs)
        source = self._file.content
        if self._is_possible and (isinstance(source, bytes) or _fits(source)):
            self._thread = threading.Thread(target=self._try, args=(source,), name="xml-schema", daemon=True)
            self._thread.start()
        return vocabulary

    def findings(self, others: Iterable[Finding]) -> Iterator[Finding]:
        """What XML Schema finds on lines where the reader has not spoken."""
        if not self._is_possible:
            return
        if self._thread is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error
        findings = self._check(self._file.content) if self._cached is None else self._cached
        if any(finding.code == "exporter:schemaNotFound" for finding in findings):
            return  # a standard schema of which we have no copy; what else is not available has been reported
        lines = {finding.location.line for finding in others}
        yield from (finding for finding in findings if finding.location.line not in lines)

    @property
    def _is_possible(self) -> bool:
        """Whether all schemas are available; without them every fact would be unexpected."""
        return bool(self._loader.schemas) and self._loader.complete

    def _try(self, source: Path | bytes) -> None:
        try:
            self._cached = self._check(source)
        except Exception as error:
            self._error = error

    def _check(self, source: Path | bytes) -> list[Finding]:
        return list(
            check_xml_schema(
                source,
                self._loader.schemas,
                name=self._file.name,
                resolver=self._file.resolver,
                limits=self._limits,
            )
        )


def _fits(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= _MAX_AT_ONCE
