"""Sources: documents that people and programs write, as plain trees that know where each part stands.

`exporter.sources.yaml` reads YAML, `exporter.sources.json` JSON; `exporter.sources.tabular` makes such a tree of
workbooks, frames, files and queries. A source knows syntax only; what the tree means is the business of
`exporter.items.from_tree`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Protocol

from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits

YAML_SUFFIXES: Final = (".yaml", ".yml")
WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm")


class Source(Protocol):
    """A document that is read: ``value`` is a tree of mappings, lists, texts, truth values and ``None``.

    Numbers are text in YAML and `decimal.Decimal` in JSON. ``name`` is the file name in locations.
    """

    @property
    def name(self) -> str | None: ...

    @property
    def value(self) -> Any: ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is noticed of the document and does not keep it from being read."""
        ...

    def locate(self, pointer: str) -> Location:
        """The location of a JSON Pointer (RFC 6901).

        It is that of the part it names or, where there is no such part, of the nearest part around it. The location
        has the pointer as given.
        """
        ...


def read_source(
    path: Path, limits: Limits = DEFAULT_LIMITS, *, name: str | None = None, is_yaml: bool | None = None
) -> Source:
    """The document in a file.

    Args:
        path: a file of YAML or JSON.
        limits: on size and depth.
        name: the file name in locations; left out, the path.
        is_yaml: whether it is YAML; by default the suffix decides.

    Raises:
        ReadError: with all findings: the document is malformed, or exceeds a limit.
        OSError: the file cannot be read.
    """
    # Imported on use: only documents in YAML need a YAML parser.
    name = name or str(path)
    if path.suffix.lower() in YAML_SUFFIXES if is_yaml is None else is_yaml:
        from exporter.sources.yaml import read_yaml

        return read_yaml(path, limits, name)
    from exporter.sources.json import read_json

    with path.open("rb") as stream:
        return read_json(stream, limits, name)
