"""Small instances for the tests: a valid frame, to be filled or spoilt."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.formats.options import ReadOptions
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.standard_types import standard_type

NS = "http://example.com/t"
OPEN = (
    '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
    f'xmlns:t="{NS}">\n'
)
SCHEMA_REF = '<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>\n'
ENTITY = '<xbrli:entity><xbrli:identifier scheme="http://example.com/ids">acme</xbrli:identifier>{}</xbrli:entity>'
PERIOD = "<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period>"
EUR = '<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>\n'
PURE = '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>\n'
CLOSE = "</xbrli:xbrl>"


def context(id_: str = "c", *, period: str = PERIOD, segment: str = "", scenario: str = "") -> str:
    inner = f"<xbrli:segment>{segment}</xbrli:segment>" if segment else ""
    outer = f"<xbrli:scenario>{scenario}</xbrli:scenario>" if scenario else ""
    return f'<xbrli:context id="{id_}">{ENTITY.format(inner)}{period}{outer}</xbrli:context>\n'


def instance(*parts: str, head: str = SCHEMA_REF, shared: str | None = None) -> bytes:
    """An instance with a context ``c``, units ``eur`` and ``pure``, and ``parts``."""
    return (OPEN + head + (context() + EUR + PURE if shared is None else shared) + "\n".join(parts) + CLOSE).encode()


def knowing(types: Mapping[str, str], **more: Mapping[str, str]) -> ReadOptions:
    """Options whose taxonomy knows these concepts, by local names of standard types."""
    vocabulary = Vocabulary(
        datatypes={QName(NS, name): standard_type(kind) for name, kind in types.items()},
        typed_domains={QName(NS, axis): QName(NS, domain) for axis, domain in more.get("domains", {}).items()},
    )
    return ReadOptions(name="i.xbrl", load_vocabulary=lambda hrefs: vocabulary)
