"""Applying the transformation that an element names in ``format``."""

from __future__ import annotations

from exporter.formats.inline_xbrl.document_set import Log, Node
from exporter.formats.inline_xbrl.transformations import TransformationError, parse
from exporter.model.qname import QName


class FormatReader:
    """Turns displayed text into values; remembers what short texts gave, for tables repeat them."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[QName, dict[str, str]] = {}

    def value(self, node: Node, text: str) -> str | None:
        """The value of ``text`` under the element's format, or ``None`` where there is none; the reason is noted."""
        name = node.resolve("format")
        if name is None:
            return None  # the attribute has been found wrong
        known = self._known.setdefault(name, {})
        value = known.get(text)
        if value is not None:
            return value
        try:
            value = parse(name, text)
        except TransformationError as error:
            self._log.add(error.code, str(error), node, mend=error.mend)
            return None
        if len(text) <= 40 and len(known) < 100_000:
            known[text] = value
        return value
