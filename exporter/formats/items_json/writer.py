"""Writes items JSON: one item a line, so that two versions can be compared line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from exporter.items.document import ItemsDocument
from exporter.items.plain import DOCUMENT_TYPE, header_to_plain, item_to_plain


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
