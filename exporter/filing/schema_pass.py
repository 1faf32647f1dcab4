"""What XML Schema says of an instance, found in a thread of its own while the instance is being read.

Parsing and validating happen outside Python, so that both go on at a time where there are two processors.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from exporter.filing.report_files import ReportFile
from exporter.filing.taxonomy_loader import TaxonomyLoader
from exporter.findings import Finding
from exporter.model.report import Vocabulary
from exporter.resources.limits import Limits
from exporter.validation.xml_schema import check_xml_schema

_MAX_AT_ONCE: Final = 128 * 1024**2
"""A larger document is not held in memory as bytes; it is read piece by piece, after the reader has done so."""


class SchemaPass:
    """One pass over an instance; it begins as soon as the schemas are known. To be used in a ``with`` statement."""

    def __init__(self, file: ReportFile, loader: TaxonomyLoader, limits: Limits) -> None:
        self._file = file
        self._loader = loader
        self._limits = limits
        self._thread: threading.Thread | None = None
        self._found: list[Finding] | None = None
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

    def findings(self, said: Iterable[Finding]) -> Iterator[Finding]:
        """What XML Schema finds on lines where the reader has not spoken."""
        if not self._is_possible:
            return
        if self._thread is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error
        found = self._check(self._file.content) if self._found is None else self._found
        if any(finding.code == "exporter:schemaNotFound" for finding in found):
            return  # a standard schema of which we have no copy; what else is not at hand has been told
        lines = {finding.location.line for finding in said}
        yield from (finding for finding in found if finding.location.line not in lines)

    @property
    def _is_possible(self) -> bool:
        """Whether all schemas are at hand; without them every fact would be unexpected."""
        return bool(self._loader.schemas) and self._loader.complete

    def _try(self, source: Path | bytes) -> None:
        try:
            self._found = self._check(source)
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
