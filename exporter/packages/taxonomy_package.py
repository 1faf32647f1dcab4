"""Taxonomy packages (Taxonomy Packages 1.0): what they say of themselves, their catalog, and their files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from attrs import define, field, frozen
from lxml import etree

from exporter.errors import ExporterError, PackageError
from exporter.findings import Finding, Location, list_text
from exporter.model.report import as_tuple
from exporter.namespaces import CATALOG, TAXONOMY_PACKAGE, XML
from exporter.resources.archives import Archive, ArchiveCodes, ArchiveSource, open_archive, write_archive
from exporter.resources.folders import Folder
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Rewrite
from exporter.resources.xml import parse_xml, without_external_doctype

_CODES: Final = ArchiveCodes(format="tpe:invalidArchiveFormat", structure="tpe:invalidDirectoryStructure")
METADATA_PATH: Final = "META-INF/taxonomyPackage.xml"
CATALOG_PATH: Final = "META-INF/catalog.xml"
_TP: Final = f"{{{TAXONOMY_PACKAGE}}}"
_LANG: Final = f"{{{XML}}}lang"

Texts = Mapping[str, str]


@frozen(kw_only=True)
class EntryPoint:
    """One way into the taxonomy: the public URLs of the documents to start from.

    ``names`` and ``descriptions`` map a language to a text.
    """

    documents: tuple[str, ...] = field(converter=as_tuple)
    names: Texts = field(factory=dict)
    descriptions: Texts = field(factory=dict)
    version: str | None = None
    languages: tuple[str, ...] = field(default=(), converter=as_tuple)


@frozen(kw_only=True)
class PackageMetadata:
    """What a package says of itself.

    ``names``, ``descriptions`` and ``publishers`` map a language to a text; ``publication_date`` is an ISO date,
    ``publisher_country`` an ISO 3166 code of two letters; ``license`` is its name and URL.
    """

    identifier: str
    names: Texts = field(factory=dict)
    descriptions: Texts = field(factory=dict)
    version: str | None = None
    license: tuple[str, str] | None = None
    publishers: Texts = field(factory=dict)
    publisher_url: str | None = None
    publisher_country: str | None = None
    publication_date: str | None = None
    entry_points: tuple[EntryPoint, ...] = field(default=(), converter=as_tuple)


@define(eq=False)
class TaxonomyPackage:
    """An open package; a `exporter.resources.resolver.Catalog`. Close it, or use it in a ``with`` statement.

    ``top`` is its one top-level directory; the mappings of ``rewrites`` lead to paths in the archive.
    """

    metadata: PackageMetadata
    top: str
    rewrites: tuple[Rewrite, ...]
    _archive: Archive

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of all files, the top-level directory included."""
        return self._archive.names

    @property
    def digest(self) -> str:
        """What changes when any file of the package does."""
        return self._archive.digest

    def __contains__(self, path: object) -> bool:
        return path in self._archive

    def read(self, path: str) -> bytes:
        """The bytes of a file; `KeyError` where there is none."""
        return self._archive.read(path)

    def close(self) -> None:
        self._archive.close()

    def __enter__(self) -> TaxonomyPackage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_taxonomy_package(
    source: ArchiveSource, limits: Limits = DEFAULT_LIMITS, *, name: str | None = None
) -> TaxonomyPackage:
    """An open taxonomy package.

    Raises:
        PackageError: the codes of Taxonomy Packages 1.0 (``tpe:invalidArchiveFormat``, ``invalidDirectoryStructure``,
            ``metadataDirectoryNotFound``, ``metadataFileNotFound``, ``invalidMetaDataFile``, ``invalidCatalogFile``,
            ``multipleRewriteURIsForStartString``, ``missingLanguageAttribute``, ``duplicateLanguagesForElement``), or
            ``exporter:limitExceeded``.
    """
    archive = open_archive(source, limits, codes=_CODES, name=name)
    try:
        top = _top(archive)
        findings: list[Finding] = []
        metadata = read_metadata(archive, top, limits, findings)
        rewrites = read_catalog(archive, top, limits, findings)
        if findings or metadata is None:
            raise PackageError(findings=[finding.at(file=archive.name) for finding in findings])
    except BaseException:
        archive.close()
        raise
    return TaxonomyPackage(metadata, top, rewrites, archive)


def _top(archive: Archive) -> str:
    tops = sorted({name.partition("/")[0] for name in archive.names})
    if len(tops) != 1 or tops[0] in archive:
        names = list_text(tops) or "nothing"
        raise _refusal(
            "tpe:invalidDirectoryStructure", f"expected exactly one top-level directory, found {names}", archive
        )
    if not any(name.startswith(f"{tops[0]}/META-INF/") for name in archive.names):
        raise _refusal("tpe:metadataDirectoryNotFound", f"expected the directory {tops[0]}/META-INF", archive)
    if f"{tops[0]}/{METADATA_PATH}" not in archive:
        raise _refusal("tpe:metadataFileNotFound", f"expected the file {tops[0]}/{METADATA_PATH}", archive)
    return tops[0]


def _refusal(code: str, message: str, archive: Archive | Folder) -> PackageError:
    return PackageError(findings=[_finding(code, message).at(file=archive.name)])


def _finding(code: str, message: str, line: Any = None) -> Finding:
    return Finding(
        code=code, message=message, location=Location(line=line), fix="correct the package, or ask its publisher to"
    )


def _parse(archive: Archive | Folder, path: str, limits: Limits, code: str) -> etree._Element:
    try:
        # Many published packages name the catalog's DTD: it is passed over, entities of it are unknown.
        return parse_xml(without_external_doctype(archive.read(path)), limits, f"{archive.name}/{path}").getroot()
    except PackageError:
        raise
    except ExporterError as error:
        raise _refusal(code, f"{path} cannot be read: {error.findings[0].message}", archive) from None


def read_metadata(
    archive: Archive | Folder, top: str, limits: Limits, findings: list[Finding]
) -> PackageMetadata | None:
    """What the package in the directory ``top`` says of itself; findings about it go to ``findings``.

    Raises:
        PackageError: the file cannot be read as XML.
    """
    root = _parse(archive, f"{top}/{METADATA_PATH}", limits, "tpe:invalidMetaDataFile")
    return _read_metadata(root, findings)


def _read_metadata(root: etree._Element, findings: list[Finding]) -> PackageMetadata | None:
    code = "tpe:invalidMetaDataFile"
    if root.tag != f"{_TP}taxonomyPackage":
        findings.append(
            _finding(code, f"the root of {METADATA_PATH} is {root.tag}, expected taxonomyPackage", root.sourceline)
        )
        return None
    identifier = _text(root, "identifier")
    if not identifier:
        findings.append(_finding(code, "expected an identifier", root.sourceline))
        return None
    license_ = root.find(f"{_TP}license")
    return PackageMetadata(
        identifier=identifier,
        names=_texts(root, "name", findings),
        descriptions=_texts(root, "description", findings),
        version=_text(root, "version"),
        license=None if license_ is None else (license_.get("name", ""), license_.get("href", "")),
        publishers=_texts(root, "publisher", findings),
        publisher_url=_text(root, "publisherURL"),
        publisher_country=_text(root, "publisherCountry"),
        publication_date=_text(root, "publicationDate"),
        entry_points=_entry_points(root, findings),
    )


def _text(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{_TP}{name}")
    return None if child is None else _words(child)


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _texts(parent: etree._Element, name: str, findings: list[Finding]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for element in parent.findall(f"{_TP}{name}"):
        languages = element.xpath("ancestor-or-self::*[@xml:lang][1]/@xml:lang")
        if not isinstance(languages, list) or not languages:
            findings.append(_finding("tpe:missingLanguageAttribute", f"{name} has no xml:lang", element.sourceline))
            continue
        language = str(languages[0])
        if language.lower() in map(str.lower, texts):
            message = f"{name} is there twice in the language {language}"
            findings.append(_finding("tpe:duplicateLanguagesForElement", message, element.sourceline))
            continue
        texts[language] = _words(element)
    return texts


def _entry_points(root: etree._Element, findings: list[Finding]) -> Iterator[EntryPoint]:
    for element in root.iterfind(f"{_TP}entryPoints/{_TP}entryPoint"):
        documents = [document.get("href", "") for document in element.findall(f"{_TP}entryPointDocument")]
        if not documents or not all(documents):
            message = "an entry point needs an entryPointDocument with an href"
            findings.append(_finding("tpe:invalidMetaDataFile", message, element.sourceline))
        yield EntryPoint(
            documents=documents,
            names=_texts(element, "name", findings),
            descriptions=_texts(element, "description", findings),
            version=_text(element, "version"),
            languages=map(_words, element.iterfind(f"{_TP}languages/{_TP}language")),
        )


def read_catalog(archive: Archive | Folder, top: str, limits: Limits, findings: list[Finding]) -> tuple[Rewrite, ...]:
    """The mappings of the catalog in ``top``, none where there is no catalog; findings about it go to ``findings``.

    Raises:
        PackageError: the file cannot be read as XML.
    """
    path = f"{top}/{CATALOG_PATH}"
    if path not in archive:
        return ()
    root = _parse(archive, path, limits, "tpe:invalidCatalogFile")
    if root.tag != f"{{{CATALOG}}}catalog":
        message = f"the root of {CATALOG_PATH} is {root.tag}, expected catalog"
        findings.append(_finding("tpe:invalidCatalogFile", message))
        return ()
    rewrites: dict[str, Rewrite] = {}
    for element in root.iterfind(f"{{{CATALOG}}}rewriteURI"):
        start, prefix = element.get("uriStartString"), element.get("rewritePrefix")
        if not start or prefix is None:
            message = "a rewriteURI needs uriStartString and rewritePrefix"
            findings.append(_finding("tpe:invalidCatalogFile", message, element.sourceline))
        elif start in rewrites:
            message = f"{start} is mapped twice"
            findings.append(_finding("tpe:multipleRewriteURIsForStartString", message, element.sourceline))
        elif (place := _place(top, prefix)) is None:
            message = f"the rewritePrefix {prefix} leads out of the package"
            findings.append(_finding("tpe:invalidCatalogFile", message, element.sourceline))
        else:
            rewrites[start] = Rewrite(start, place)
    return tuple(rewrites.values())


def _place(top: str, prefix: str) -> str | None:
    """Where a prefix leads, seen from the catalog; the mapping's own trailing slash is kept."""
    if urlsplit(prefix).scheme or prefix.startswith("/"):
        return None
    directory, _, rest = prefix.rpartition("/")
    place = posixpath.normpath(posixpath.join(top, "META-INF", directory))
    if place == ".":
        return rest
    return None if place.startswith("..") else f"{place}/{rest}"


def write_taxonomy_package(
    stream: BinaryIO,
    metadata: PackageMetadata,
    files: Mapping[str, bytes],
    top: str,
    *,
    rewrites: Mapping[str, str],
) -> None:
    """A taxonomy package.

    Args:
        stream: an open binary file.
        metadata: what the package says of itself; entry points are public URLs.
        files: paths below ``top`` and bytes.
        top: the name of the top-level directory.
        rewrites: public URL prefix to path below ``top``, both ending in ``/``
            (``{"http://www.example.com/20050331/": "www.example.com/20050331/"}``).

    Raises:
        PackageError: a path is impossible, or an entry point is no file of the package under the mappings.
    """
    for url in (url for entry_point in metadata.entry_points for url in entry_point.documents):
        start = max((start for start in rewrites if url.startswith(start)), key=len, default=None)
        if start is None or rewrites[start] + url[len(start) :] not in files:
            raise PackageError(f"the entry point {url} leads to no file of the package: see rewrites")
    content = {**package_files(metadata, rewrites), **files}
    write_archive(stream, {f"{top}/{path}": data for path, data in content.items()})


def package_files(metadata: PackageMetadata | None, rewrites: Mapping[str, str]) -> dict[str, bytes]:
    """The files in ``META-INF`` that make a directory a taxonomy package, by their paths in it."""
    files = {} if metadata is None else {METADATA_PATH: _metadata_bytes(metadata)}
    return files | ({CATALOG_PATH: _catalog_bytes(rewrites)} if rewrites else {})


def _metadata_bytes(metadata: PackageMetadata) -> bytes:
    root = etree.Element(f"{_TP}taxonomyPackage", nsmap={"tp": TAXONOMY_PACKAGE})
    _add(root, "identifier", metadata.identifier)
    _add_texts(root, "name", metadata.names)
    _add_texts(root, "description", metadata.descriptions)
    _add(root, "version", metadata.version)
    if metadata.license is not None:
        license_ = etree.SubElement(root, f"{_TP}license")
        license_.set("href", metadata.license[1])
        license_.set("name", metadata.license[0])
    _add_texts(root, "publisher", metadata.publishers)
    _add(root, "publisherURL", metadata.publisher_url)
    _add(root, "publisherCountry", metadata.publisher_country)
    _add(root, "publicationDate", metadata.publication_date)
    if metadata.entry_points:
        place = etree.SubElement(root, f"{_TP}entryPoints")
        for entry_point in metadata.entry_points:
            element = etree.SubElement(place, f"{_TP}entryPoint")
            _add_texts(element, "name", entry_point.names)
            _add_texts(element, "description", entry_point.descriptions)
            _add(element, "version", entry_point.version)
            for url in entry_point.documents:
                etree.SubElement(element, f"{_TP}entryPointDocument").set("href", url)
            if entry_point.languages:
                languages = etree.SubElement(element, f"{_TP}languages")
                for language in entry_point.languages:
                    _add(languages, "language", language)
    return _bytes(root)


def _add(parent: etree._Element, name: str, text: str | None) -> None:
    if text is not None:
        etree.SubElement(parent, f"{_TP}{name}").text = text


def _add_texts(parent: etree._Element, name: str, texts: Texts) -> None:
    for language, text in texts.items():
        element = etree.SubElement(parent, f"{_TP}{name}")
        element.set(_LANG, language)
        element.text = text


def _catalog_bytes(rewrites: Mapping[str, str]) -> bytes:
    namespaces: Any = {None: CATALOG}
    root = etree.Element(f"{{{CATALOG}}}catalog", nsmap=namespaces)
    for start, path in sorted(rewrites.items()):
        element = etree.SubElement(root, f"{{{CATALOG}}}rewriteURI")
        element.set("uriStartString", start)
        element.set("rewritePrefix", f"../{path}")
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root, space="  ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
