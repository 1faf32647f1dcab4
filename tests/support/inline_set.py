"""A small Inline XBRL document set, as one report is written in several documents."""

from __future__ import annotations

from pathlib import Path

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:e="http://example.com/e"><head><title>t</title></head><body>
"""
CONTEXT = """<xbrli:context id="{id}"><xbrli:entity><xbrli:identifier scheme="http://example.com/s">E</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"""
HEADER = """<div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple" xlink:href="http://example.com/e.xsd"/>
</ix:references><ix:resources>{context}<xbrli:unit id="u-{id}"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>
</ix:resources></ix:header></div>"""
NUMBER = (
    '<p><ix:nonFraction name="e:{name}" contextRef="{context}" unitRef="u-{context}" decimals="0" '
    'format="ixt:num-dot-decimal">{value}</ix:nonFraction></p>'
)
TAIL = "</body></html>"


def header_page(context: str = "c") -> str:
    """A document that has the contexts and units of the others, and no fact."""
    return HEAD + HEADER.format(context=CONTEXT.format(id=context), id=context) + TAIL


def number_page(name: str, value: str, context: str = "c") -> str:
    """A document with one fact, whose context stands elsewhere."""
    return HEAD + NUMBER.format(name=name, value=value, context=context) + TAIL


def whole_page(name: str, value: str, context: str = "c") -> str:
    """A document that is a report of its own."""
    header = HEADER.format(context=CONTEXT.format(id=context), id=context)
    return HEAD + header + NUMBER.format(name=name, value=value, context=context) + TAIL


def write_set(folder: Path) -> list[Path]:
    """A set of three documents in a folder, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "0000_header_ixbrl.htm": header_page(),
        "0101_honbun_ixbrl.htm": number_page("Assets", "1,234"),
        "0102_honbun_ixbrl.htm": number_page("Sales", "56"),
    }
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    return [folder / name for name in pages]


def write_manifest(folder: Path, *instances: tuple[str, list[str]], name: str = "manifest_PublicDoc.xml") -> Path:
    """A manifest of EDINET that lists documents for instance ids."""
    listed = "".join(
        f'<instance id="{id_}" type="PublicDoc" preferredFilename="{id_}.xbrl">'
        + "".join(f"<ixbrl>{document}</ixbrl>" for document in documents)
        + "</instance>"
        for id_, documents in instances
    )
    path = folder / name
    path.write_text(
        f'<manifest xmlns="http://disclosure.edinet-fsa.go.jp/2013/manifest"><list>{listed}</list></manifest>',
        encoding="utf-8",
    )
    return path
