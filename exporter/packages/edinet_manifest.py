"""Manifests of EDINET: which Inline XBRL documents, in which order, make up each report of a filing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen
from lxml import etree

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.namespaces import XML
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import parse_xml

_NAMESPACE: Final = re.compile(r"http://disclosure\.edinet-fsa\.go\.jp/[0-9]{4}/manifest")
_NAME: Final = re.compile(r"(?:.*/)?manifest_[A-Za-z0-9]+\.xml")
_CODE: Final = "exporter:invalidManifest"
_WRITTEN: Final = "http://disclosure.edinet-fsa.go.jp/2013/manifest"


@frozen
class ManifestInstance:
    """One report: its id in the manifest, the instance that EDINET makes of it, and its documents in order.

    Paths are relative to where the manifest's are, ``/`` between parts.
    """

    id: str
    instance: str | None
    documents: tuple[str, ...]


def is_manifest_name(name: str) -> bool:
    """Whether a file is named as EDINET names its manifests (``manifest_PublicDoc.xml``)."""
    return _NAME.fullmatch(name) is not None


def read_manifest(
    data: bytes, *, name: str, folder: str = "", limits: Limits = DEFAULT_LIMITS
) -> tuple[ManifestInstance, ...]:
    """The instances that a manifest lists.

    Args:
        data: the XML.
        name: the file name for findings.
        folder: the directory of the manifest, which paths in it are relative to.
        limits: what to accept.

    Raises:
        ReadError: it is no manifest (``exporter:invalidManifest``), or lists no documents.
    """
    root = parse_xml(data, limits, name).getroot()
    namespace = re.match(r"\{(.*)\}manifest$", str(root.tag))
    if namespace is None or not _NAMESPACE.fullmatch(namespace[1]):
        raise _refusal(f"the root is {root.tag}, expected manifest in EDINET's namespace", name, root.sourceline)
    instances = []
    for element in root.iter(f"{{{namespace[1]}}}instance"):
        documents = tuple(
            _inside(folder, (listed.text or "").strip(), name, listed.sourceline)
            for listed in element.iter(f"{{{namespace[1]}}}ixbrl")
        )
        instance = (element.get("preferredFilename") or "").strip()
        if not documents:
            raise _refusal(f"the instance {element.get('id')} lists no documents", name, element.sourceline)
        if twice := next((document for document in documents if documents.count(document) > 1), None):
            raise _refusal(f"the document {twice} is listed twice", name, element.sourceline)
        made = _inside(folder, instance, name, element.sourceline) if instance else None
        instances.append(ManifestInstance((element.get("id") or "").strip(), made, documents))
    if not instances:
        raise _refusal("the manifest lists no instance", name, root.sourceline)
    return tuple(instances)


def manifest_instances(data: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[str | None, ...]:
    """The names of the instances that a manifest asks for, as written; ``None`` for one without a name.

    Raises:
        ReadError: it is no XML.
    """
    root = parse_xml(data, limits, name).getroot()
    return tuple(element.get("preferredFilename") for element in root.iter("{*}instance"))


def write_manifest(instance: ManifestInstance, *, type: str, titles: Mapping[str, str], role: str) -> bytes:
    """The manifest of one report.

    Args:
        instance: the report; its documents stand beside the manifest.
        type: the folder of documents that it is, such as ``PublicDoc``.
        titles: of the table of contents, by language.
        role: the link role in whose presentation the table of contents stands.
    """
    namespaces: dict[str | None, str] = {None: _WRITTEN}
    root = etree.Element(_name("manifest"), nsmap=namespaces)  # type: ignore[arg-type]
    contents = etree.SubElement(root, _name("tocComposition"))
    for language, title in titles.items():
        etree.SubElement(contents, _name("title"), {f"{{{XML}}}lang": language}).text = title
    etree.SubElement(contents, _name("item"), {"ref": instance.id, "extrole": role, "in": "presentation"})
    listed = {"id": instance.id, "type": type, "preferredFilename": instance.instance or ""}
    report = etree.SubElement(etree.SubElement(root, _name("list")), _name("instance"), listed)
    for document in instance.documents:
        etree.SubElement(report, _name("ixbrl")).text = document
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _name(local_name: str) -> str:
    return f"{{{_WRITTEN}}}{local_name}"


def _inside(folder: str, path: str, name: str, line: Any) -> str:
    """A path in the manifest, which stays in its folder."""
    parts = path.split("/")
    if not path or "\\" in path or ":" in path or any(part in ("", ".", "..") for part in parts):
        raise _refusal(f"expected the name of a file beside the manifest, got {path!r}", name, line)
    return posixpath.join(folder, path)


def _refusal(message: str, name: str, line: Any) -> ReadError:
    location = Location(file=name, line=line)
    fix = "give the documents themselves, in their order"
    return ReadError(findings=[Finding(code=_CODE, message=message, location=location, fix=fix)])
