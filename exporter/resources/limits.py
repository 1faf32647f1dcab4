"""Limits on hostile input, settable by the caller."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Limits:
    """What a reader accepts before it refuses a document with ``exporter:limitExceeded``.

    Sizes are in bytes, depth in nested elements or JSON containers, ``archive_ratio`` in uncompressed bytes for one
    compressed. ``number_digits`` bounds a number's digits and its exponent. ``links`` bounds the links between facts
    and footnotes of a report, ``relationships`` those of a taxonomy: one arc between labels that are shared, or one
    ``ix:relationship``, stands for the product of its two ends.
    """

    file_size: int = 4 * 1024**3
    text_size: int = 64 * 1024**2
    depth: int = 200
    number_digits: int = 10_000
    links: int = 250_000
    relationships: int = 2_000_000
    archive_files: int = 100_000
    archive_size: int = 4 * 1024**3
    archive_ratio: int = 200


DEFAULT_LIMITS = Limits()
