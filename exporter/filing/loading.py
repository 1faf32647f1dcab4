"""Loading a filing from a file of items that a person or a program wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exporter.disclosures import DISCLOSURES
from exporter.errors import ReadError
from exporter.filing.filing import Filing
from exporter.findings import Finding, Location
from exporter.formats.items_json.reader import read as read_items_json
from exporter.items.structure import ItemStructurer
from exporter.resources.limits import DEFAULT_LIMITS, Limits

YAML_SUFFIXES = (".yaml", ".yml")


def load_filing(path: Path | str, classes: Iterable[type[Any]] = (), *, limits: Limits = DEFAULT_LIMITS) -> Filing:
    """The filing that a YAML file or an items JSON file describes.

    Args:
        classes: item classes that the file may use beside the disclosures of this package.

    Raises:
        ReadError: with every finding: syntax, shape, unknown items and fields, values that an item refuses.
    """
    path = Path(path)
    known = tuple(dict.fromkeys((*classes, *DISCLOSURES)))
    if path.suffix.lower() in YAML_SUFFIXES:
        return _load_yaml(path, known, limits)
    try:
        with path.open("rb") as stream:
            return Filing.of(read_items_json(stream, known, name=str(path), limits=limits))
    except OSError as error:
        raise ReadError(findings=[_unreadable(path, error)]) from error


def _load_yaml(path: Path, classes: tuple[type[Any], ...], limits: Limits) -> Filing:
    # Imported on use: only sources in YAML need a YAML parser.
    from exporter.sources.yaml import read_yaml

    try:
        tree = read_yaml(path, limits=limits, name=str(path))
    except OSError as error:
        raise ReadError(findings=[_unreadable(path, error)]) from error
    structurer = ItemStructurer.of(classes, tree.locate)
    document = structurer.document(tree.tree)
    if document is None:
        raise ReadError(findings=structurer.findings)
    return Filing.of(document)


def _unreadable(path: Path, error: OSError) -> Finding:
    return Finding(
        code="exporter:unreadableFile",
        message=f"the file cannot be read: {error.strerror or error}",
        location=Location(file=str(path)),
        mend="check the name and the permissions",
    )
