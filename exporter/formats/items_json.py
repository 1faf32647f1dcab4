"""Items JSON: report items as they were stated, the format of this toolkit's own.

It keeps everything an item holds, provenance included; numbers are strings. Its JSON Schema is
``schemas/items.schema.json`` for the built-in disclosures and is derived for others.

Reads items JSON back into report items, with every fault told and placed.

Writes items JSON: one item a line, so that two versions can be compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.items.document import ItemsDocument
from exporter.items.from_tree import ItemStructurer
from exporter.items.tree_values import DOCUMENT_TYPE, header_to_plain, item_to_plain
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources.json import read_json_tree

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
        fix="raise the limit on file size if you trust the file",
    )


def write(document: ItemsDocument, stream: BinaryIO, *, items: Iterable[Any] | None = None) -> int:
    """Write a document and return the number of items.

    ``items`` takes the place of the document's own, so that more of them than memory holds can be written.
    """
    encoder = json.JSONEncoder(ensure_ascii=False)
    header = json.dumps(header_to_plain(document), ensure_ascii=False, indent=1)
    stream.write(f'{{\n"schema": "{DOCUMENT_TYPE}",\n"filing": {header},\n"items": ['.encode())
    count = 0
    for item in document.items if items is None else items:
        line = encoder.encode(item_to_plain(item))
        stream.write(f"{',' if count else ''}\n{line}".encode())
        count += 1
    stream.write(b"\n]\n}\n")
    return count
