"""What a caller may tell a reader."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from exporter.findings import Finding
from exporter.model.report import Vocabulary
from exporter.resources.limits import DEFAULT_LIMITS, Limits

VocabularyLoader = Callable[[tuple[str, ...]], Vocabulary]


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
