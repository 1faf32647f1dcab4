"""The standard schemas of XBRL: their addresses, and which of our own schemas stands in for each.

The addresses are those of the specifications as published to 2024-01-31; ``http`` and ``https`` are both understood.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import frozen

from exporter.namespaces import (
    DTR,
    ENUM2,
    GEN,
    GENERIC_LABEL,
    GENERIC_REFERENCE,
    LINK,
    REF,
    XBRLDI,
    XBRLDT,
    XBRLI,
    XL,
    XLINK,
    XML,
)
from exporter.resources.schemas import schema_path


@frozen(kw_only=True)
class StandardSchema:
    """A published schema: its namespace, its addresses (the first by custom), its date, and our file for it."""

    namespace: str
    urls: tuple[str, ...]
    date: str
    file: str

    @property
    def path(self) -> Path:
        """Our own schema for this namespace."""
        return schema_path(f"xsd/{self.file}")


def _dtr(date: str) -> StandardSchema:
    return StandardSchema(
        namespace=f"http://www.xbrl.org/dtr/type/{date}",
        urls=(f"https://www.xbrl.org/dtr/type/{date}/types.xsd",),
        date=date,
        file=f"dtr-types-{date}.xsd",
    )


STANDARD_SCHEMAS: Final = (
    StandardSchema(
        namespace=XBRLI,
        urls=("http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",),
        date="2003-12-31",
        file="xbrl-instance.xsd",
    ),
    StandardSchema(
        namespace=LINK,
        urls=("http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",),
        date="2003-12-31",
        file="xbrl-linkbase.xsd",
    ),
    StandardSchema(
        namespace=XL, urls=("http://www.xbrl.org/2003/xl-2003-12-31.xsd",), date="2003-12-31", file="xl.xsd"
    ),
    StandardSchema(
        namespace=XLINK, urls=("http://www.xbrl.org/2003/xlink-2003-12-31.xsd",), date="2003-12-31", file="xlink.xsd"
    ),
    StandardSchema(
        namespace=XML,
        urls=("http://www.w3.org/2001/xml.xsd", "http://www.w3.org/2001/03/xml.xsd"),
        date="2001",
        file="xml.xsd",
    ),
    StandardSchema(
        namespace=XBRLDT, urls=("http://www.xbrl.org/2005/xbrldt-2005.xsd",), date="2005", file="xbrldt.xsd"
    ),
    StandardSchema(
        namespace=XBRLDI, urls=("http://www.xbrl.org/2006/xbrldi-2006.xsd",), date="2006", file="xbrldi.xsd"
    ),
    StandardSchema(
        namespace=REF, urls=("http://www.xbrl.org/2006/ref-2006-02-27.xsd",), date="2006-02-27", file="ref-2006.xsd"
    ),
    StandardSchema(
        namespace="http://www.xbrl.org/2004/ref",
        urls=("http://www.xbrl.org/2004/ref-2004-08-10.xsd",),
        date="2004-08-10",
        file="ref-2004.xsd",
    ),
    StandardSchema(
        namespace=GEN,
        urls=("http://www.xbrl.org/2008/generic-link.xsd",),
        date="2009-06-22",
        file="generic-link.xsd",
    ),
    StandardSchema(
        namespace=GENERIC_LABEL,
        urls=("http://www.xbrl.org/2008/generic-label.xsd",),
        date="2009-06-22",
        file="generic-label.xsd",
    ),
    StandardSchema(
        namespace=GENERIC_REFERENCE,
        urls=("http://www.xbrl.org/2008/generic-reference.xsd",),
        date="2009-06-22",
        file="generic-reference.xsd",
    ),
    StandardSchema(
        namespace=ENUM2,
        urls=("https://www.xbrl.org/2020/extensible-enumerations-2.0.xsd",),
        date="2020",
        file="enum2.xsd",
    ),
    _dtr(DTR.rpartition("/")[2]),
    _dtr("2022-03-31"),
    _dtr("2020-01-21"),
    StandardSchema(
        namespace="http://www.xbrl.org/dtr/type/numeric",
        urls=("http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd",),
        date="2009-12-16",
        file="dtr-numeric.xsd",
    ),
    StandardSchema(
        namespace="http://www.xbrl.org/dtr/type/non-numeric",
        urls=("http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd",),
        date="2009-12-16",
        file="dtr-non-numeric.xsd",
    ),
)
"""Every standard schema that we have one of our own for."""

_BY_ADDRESS: Final = {url.partition("://")[2]: schema for schema in STANDARD_SCHEMAS for url in schema.urls}
_BY_NAMESPACE: Final = {schema.namespace: schema for schema in STANDARD_SCHEMAS}


def standard_schema(url: str) -> StandardSchema | None:
    """The standard schema at ``url`` (``http`` or ``https``), if it is one."""
    scheme, _, address = url.partition("://")
    return _BY_ADDRESS.get(address.partition("#")[0]) if scheme in ("http", "https") else None


def standard_schema_of(namespace: str) -> StandardSchema | None:
    """The standard schema of ``namespace``, if it is one."""
    return _BY_NAMESPACE.get(namespace)
