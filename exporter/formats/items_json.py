"""Items JSON: report items as they were written down, the format of this toolkit's own.

It keeps everything an item holds, provenance included; numbers are strings. Its JSON Schema is
``schemas/items.schema.json`` for the built-in disclosures and is derived for others. It is written with one item on a
line, so that two versions can be compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from exporter.items.document import ItemsDocument
from exporter.items.from_tree import read_items
from exporter.items.tree_values import DOCUMENT_TYPE, header_to_plain, item_to_plain
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources.json import read_json


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
    return read_items(read_json(source, limits, name), classes, in_json=True)


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
