"""The taxonomy of what is being validated, with all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, Severity
from exporter.model.report import Vocabulary
from exporter.resources.resolver import Resolver
from exporter.taxonomy.cache import TaxonomyCache, judge_taxonomy
from exporter.taxonomy.discovery import LoadedDts
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.taxonomy.validate import check_taxonomy


class TaxonomyLoader:
    """Loads the taxonomy of a report when its reader asks, and keeps it with what was found wrong.

    A taxonomy that cannot be had does not stop the reading, so that the document's own faults are told as well.
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
        self._alone = alone  # no report: what is judged may be a linkbase
        self._resolver = resolver
        self._strict = strict
        self._cache = cache
        self.findings: list[Finding] = []
        self.taxonomy: Taxonomy | None = None
        self.complete = True
        self.schemas: tuple[str, ...] = ()

    def load(self, hrefs: tuple[str, ...]) -> Vocabulary:
        """For `ReadOptions.load_vocabulary`."""
        try:
            judged = judge_taxonomy(
                hrefs, base=self._base, resolver=self._resolver, judge=_judge, linkbases=self._alone, cache=self._cache
            )
        except ReadError as error:
            self.findings += error.findings
            return Vocabulary()
        for finding in (*judged.missed, *judged.missing):
            self._miss(finding)
        self.findings += judged.verdict
        self.schemas = judged.schemas
        # Broken: nothing is held against the report that its taxonomy might have allowed.
        if len(judged.faults) > len(judged.missing):
            return Vocabulary()
        self.taxonomy = judged.taxonomy
        return self.taxonomy.vocabulary(hrefs[0] if hrefs else None)

    def _miss(self, finding: Finding) -> None:
        self.complete = False
        severity = Severity.ERROR if self._strict else Severity.WARNING
        self.findings.append(evolve(finding, severity=severity))


def _judge(loaded: LoadedDts, complete: bool) -> Iterator[Finding]:
    return check_taxonomy(loaded, complete=complete)
