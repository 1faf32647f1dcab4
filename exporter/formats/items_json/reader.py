"""Reads items JSON back into report items, with every fault told and placed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.formats.items_json.json_tree import read_json_tree
from exporter.items.document import ItemsDocument
from exporter.items.structure import ItemStructurer
from exporter.resources.limits import DEFAULT_LIMITS, Limits

_PIECE: Final = 1024**2


def read(
    source: BinaryIO, classes: Iterable[type[Any]], *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> ItemsDocument:
    """The document of items in ``source``.

    Args:
        source: an open binary file.
        classes: the item classes that may occur.
        name: the file's name for messages.

    Raises:
        ReadError: with every finding.
    """
    content = _content(source, name, limits)
    tree = read_json_tree(content, limits=limits, name=name)
    structurer = ItemStructurer.of(classes, tree.locate, in_json=True)
    document = structurer.document(tree.tree)
    if document is None:
        raise ReadError(findings=structurer.findings)
    return document


def _content(source: BinaryIO, name: str | None, limits: Limits) -> bytes:
    """All bytes, taken piece by piece: asked for as many as are allowed, a stream would set memory aside for them."""
    content = bytearray()
    while piece := source.read(_PIECE):
        content += piece
        if len(content) > limits.file_size:
            raise ReadError(findings=[_too_large(name, limits)])
    return bytes(content)


def _too_large(name: str | None, limits: Limits) -> Finding:
    return Finding(
        code="exporter:limitExceeded",
        message=f"the file is larger than the {limits.file_size} bytes allowed",
        location=Location(file=name),
        mend="raise the limit on file size if you trust the file",
    )
