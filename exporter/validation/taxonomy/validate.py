"""All rules over taxonomies, and the function that applies them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.taxonomy.discovery import LoadedDts
from exporter.validation.taxonomy import concepts, dimensions, enumerations, links, markup, relationships, roles
from exporter.validation.taxonomy.rules import TaxonomyRule, TaxonomySubject

RULES: Final[tuple[TaxonomyRule, ...]] = (
    *concepts.RULES,
    *roles.RULES,
    *links.RULES,
    *relationships.RULES,
    *dimensions.RULES,
    *enumerations.RULES,
    *markup.RULES,
)
"""Every rule, each with its codes."""


def check_taxonomy(loaded: LoadedDts, *, complete: bool = True) -> Iterator[Finding]:
    """What is wrong with a taxonomy: what reading it found, then what the rules find.

    A fault that a rule names with its own code is not told a second time as ``oime:invalidTaxonomy`` or as one of
    markup.

    Args:
        complete: whether all documents were at hand; if not, what cannot be told is not judged.

    Raises:
        ReadError: ``exporter:limitExceeded``.
    """
    subject = TaxonomySubject(loaded, complete)
    found = [finding for rule in RULES for finding in rule.check(subject)]
    named = {(one.location.file, one.location.line) for one in found if one.code != markup.MARKUP}
    missing = () if complete else loaded.missing  # which has been told, as of public documents
    for finding in (*loaded.findings, *found):
        if finding in missing:
            continue
        is_general = finding.code in ("oime:invalidTaxonomy", markup.MARKUP)
        if not (is_general and (finding.location.file, finding.location.line) in named):
            yield finding
