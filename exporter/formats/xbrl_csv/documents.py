"""Metadata files of xBRL-CSV 1.0: found, confined to their folder, and read as strict JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import unquote, urlsplit

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text
from exporter.formats.oim.faults import shortened
from exporter.formats.xbrl_json.scanning import JsonText, depth, repeated_name
from exporter.namespaces import XBRL_CSV
from exporter.resources.limits import Limits

_JSON: Final = "xbrlce:invalidJSON"
_MEND: Final = "correct the JSON; RFC 8259 in UTF-8 is expected"


@frozen
class MetadataFile:
    """One metadata file. ``name`` is what messages call it, ``tree`` its JSON as plain objects."""

    path: Path
    name: str
    tree: dict[str, Any]


def read_metadata_file(path: Path, *, name: str, limits: Limits) -> MetadataFile:
    """The file at ``path``; raises `ReadError` ``xbrlce:invalidJSON``, ``oimce:unsupportedDocumentType`` …"""
    try:
        with path.open("rb") as stream:
            text = JsonText(stream, name=name, limits=limits)
            value = text.value()
            text.finish()
    except OSError as error:
        _stop("exporter:unreadableFile", f"the file cannot be read: {error.strerror or error}", name, "check the path")
    except ReadError as error:
        recoded = [evolve(each, code=_JSON) if each.code == "xbrlje:invalidJSON" else each for each in error.findings]
        raise ReadError(findings=recoded) from None
    if depth(value) > limits.depth:
        _stop("exporter:limitExceeded", f"containers are nested deeper than {limits.depth}", name, _MEND)
    if (twice := repeated_name(value)) is not None:
        raise ReadError(
            findings=[
                Finding(
                    code=_JSON,
                    message="a name stands twice in one object",
                    location=Location(file=name, pointer=twice),
                    mend="keep one of them",
                )
            ]
        )
    tree = plain_tree(value)
    return MetadataFile(path, name, tree if isinstance(tree, dict) else {})


def plain_tree(value: Any) -> Any:
    """Tuples of pairs as dictionaries."""
    if isinstance(value, tuple):
        return {name: plain_tree(inner) for name, inner in value}
    if isinstance(value, list):
        return [plain_tree(inner) for inner in value]
    return value


def document_type(file: MetadataFile) -> object:
    """``documentInfo.documentType``, ``None`` where there is none."""
    info = file.tree.get("documentInfo")
    return info.get("documentType") if isinstance(info, dict) else None


def check_document_type(file: MetadataFile) -> None:
    """Raise `ReadError` where the file is no metadata of xBRL-CSV 1.0."""
    found = document_type(file)
    if found != XBRL_CSV:
        got = "none" if found is None else shortened(found)
        raise ReadError(
            findings=[
                Finding(
                    code="oimce:unsupportedDocumentType",
                    message=f"expected the documentType {XBRL_CSV!r}, got {got}",
                    location=Location(file=file.name, pointer="/documentInfo/documentType"),
                    mend="check that this is the metadata of an xBRL-CSV 1.0 report",
                )
            ]
        )


def find_metadata(path: Path) -> Path:
    """The metadata file: ``path`` itself or, if that is a folder, the one file in it that is one.

    Raises:
        ReadError: ``exporter:unreadableFile``, no or several such files.
    """
    if not path.is_dir():
        return path
    found = [each for each in sorted(path.glob("*.json")) if each.is_file() and _looks_like_metadata(each)]
    if len(found) == 1:
        return found[0]
    names = list_text(each.name for each in found) or "none"
    return _stop(
        "exporter:unreadableFile",
        f"expected one metadata file of xBRL-CSV in the folder, found {names}",
        str(path),
        "name the metadata file",
    )


def _looks_like_metadata(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"/xbrl-csv" in stream.read(64 * 1024)


def confined_path(url: str, *, base: Path, root: Path) -> Path | None:
    """The file that ``url``, relative to the folder ``base``, names inside the folder ``root``; ``None`` if outside."""
    try:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or parts.query or not parts.path or "\\" in parts.path or "\0" in url:
            return None
        path = (base / unquote(parts.path, errors="strict")).resolve()
        return path if path.is_relative_to(root.resolve()) else None
    except (ValueError, OSError):
        return None


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file system takes is that of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _stop(code: str, message: str, name: str, mend: str) -> NoReturn:
    raise ReadError(findings=[Finding(code=code, message=message, location=Location(file=name), mend=mend)])
