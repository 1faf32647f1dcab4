"""The packages of a filing: its taxonomy alone, and its report with the taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, Final

from attrs import evolve

from exporter.filing.filing import Filing
from exporter.filing.page_name import page_name
from exporter.model.report import Report
from exporter.packages.report_package import write_report_package
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package

_FOLDER: Final = "taxonomy/"


def public_location(filing: Filing) -> str:
    """The URL below which the filing's taxonomy is known to the public."""
    return filing.namespace.rstrip("/") + "/"


def public_schema(filing: Filing) -> str:
    """The URL of the schema, which the catalogs of the packages map to their own copy."""
    return public_location(filing) + filing.schema_name


def at_public_schema(filing: Filing, report: Report) -> Report:
    """The report referring to the schema by `public_schema`, with the roles that it declares."""
    own, public = f"{filing.schema_name}#", f"{public_schema(filing)}#"
    hrefs = report.vocabulary.role_hrefs
    moved = {uri: public + href.removeprefix(own) if href.startswith(own) else href for uri, href in hrefs.items()}
    vocabulary = evolve(report.vocabulary, role_hrefs=moved)
    taxonomy = [public_schema(filing) if href == filing.schema_name else href for href in report.taxonomy]
    return evolve(report, taxonomy=taxonomy, vocabulary=vocabulary)


def write_filing_taxonomy(filing: Filing, files: Mapping[str, bytes], stream: BinaryIO) -> None:
    """The files of the taxonomy as a taxonomy package."""
    write_taxonomy_package(
        stream,
        _metadata(filing, f"{filing.base_name}-taxonomy.zip"),
        _in_folder(files),
        f"{filing.base_name}-taxonomy",
        rewrites={public_location(filing): _FOLDER},
    )


def write_filing_package(filing: Filing, taxonomy: Mapping[str, bytes], page: bytes, stream: BinaryIO) -> None:
    """The page, which refers to the schema by `public_schema`, as a report package with the taxonomy."""
    write_report_package(
        stream,
        {f"reports/{page_name(filing)}": page, **_in_folder(taxonomy)},
        filing.base_name,
        kind="xbri",
        metadata=_metadata(filing, f"{filing.base_name}.xbri"),
        rewrites={public_location(filing): _FOLDER},
    )


def _in_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{_FOLDER}{name}": content for name, content in files.items()}


def _metadata(filing: Filing, file: str) -> PackageMetadata:
    title = filing.title or filing.base_name
    return PackageMetadata(
        identifier=public_location(filing) + file,
        names={"en": f"{title}: extension taxonomy"},
        version=filing.date_stamp,
        publication_date=filing.period_end.date.isoformat(),
        entry_points=[EntryPoint(documents=[public_schema(filing)], names={"en": title})],
    )
