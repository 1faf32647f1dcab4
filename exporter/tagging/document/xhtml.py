"""A document as XHTML that can be tagged: its own characters where it is XHTML, else mended as little as can be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html.entities import html5
from typing import Final

from attrs import define, frozen
from lxml import etree

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl import tags as ix
from exporter.namespaces import XHTML
from exporter.resources.limits import Limits
from exporter.resources.xml import parse_xml
from exporter.tagging.document.html import says_it_as_xhtml, xhtml_of
from exporter.tagging.document.source import Decoded, claims_xml, decode, refusal

_HEAD: Final = 4096
_XML_NAMES: Final = (".xhtml", ".xht", ".xml")
_DECLARATION: Final = re.compile(r"<\?xml\s[^<>]*\?>")
_DOCTYPE: Final = re.compile(r"(?:<!--(?s:.*?)-->|<\?(?s:.*?)\?>|\s)*+(<!DOCTYPE\b[^\[<>]*(\[)?)", re.IGNORECASE)
_ENTITY: Final = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)|<\?(?s:.*?)(?:\?>|\Z)|&([A-Za-z][A-Za-z0-9]*+);"
)
_PREDEFINED: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_META: Final = re.compile(r"""(<meta\b[^<>]*?charset\s*+=\s*+["']?\s*+)([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_ROOT: Final = re.compile(r"<html(?=[\s/>])")
_HIDDEN_RULES: Final = re.compile(r"<(style|script)\b[^<>]*+>\s*+<!--", re.IGNORECASE)
_INLINE: Final = re.compile(r"http://www\.xbrl\.org/(?:2013|2008)/inlineXBRL")


@define(eq=False)
class SourcePositions:
    """From offsets in the XHTML to lines and columns of the source."""

    _source: str
    _edits: list[tuple[int, int]]
    _starts: list[int]
    _lines: list[int]
    _text: str
    _breaks: list[int]

    @classmethod
    def of_edited(cls, source: str, edits: list[Edit], text: str) -> SourcePositions:
        """Of a source with edits: places are exact."""
        shifts, shift = [(0, 0)], 0
        for edit in edits:
            at = edit.start + shift + len(edit.text)
            shift += len(edit.text) - (edit.end - edit.start)
            shifts.append((at, shift))
        return cls(source, shifts, [], [], text, _line_starts(source))

    @classmethod
    def of_rewritten(cls, text: str, starts: list[int], lines: list[int]) -> SourcePositions:
        """Of a document written anew: the line is that of the tag before, and of the lines behind it."""
        return cls("", [], starts, lines, text, [])

    def place(self, offset: int) -> tuple[int, int | None]:
        """Line and, where it is known, column of the source; both count from 1."""
        if self._edits:
            shift = self._edits[bisect_right(self._edits, offset, key=lambda edit: edit[0]) - 1][1]
            original = max(offset - shift, 0)
            line = bisect_right(self._breaks, original)
            return line, original - self._breaks[line - 1] + 1
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return 1, None
        return self._lines[number] + self._text.count("\n", self._starts[number], offset), None


def _line_starts(source: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", source))]


@frozen
class Edit:
    """The characters from ``start`` to ``end`` of the source become ``text``."""

    start: int
    end: int
    text: str


@define(eq=False)
class TaggedPage:
    """A document ready to be tagged.

    ``text`` is well-formed XHTML without document type, ``decoded`` how it goes into bytes. ``findings`` tell what had
    to be changed to make it so.
    """

    name: str
    text: str
    decoded: Decoded
    places: SourcePositions
    root: etree._Element
    findings: tuple[Finding, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The style sheets in the document."""
        return tuple("".join(map(str, element.itertext())) for element in self.root.iter(f"{{{XHTML}}}style"))

    @property
    def data(self) -> bytes:
        """The document in bytes: those of the source where it was XHTML."""
        return self.decoded.encode(self.text)


def prepare(data: bytes, name: str, limits: Limits) -> TaggedPage:
    """The document as XHTML.

    Raises:
        ReadError: it is empty, no text, beyond a limit, not well-formed although it claims to be XML, no page, or has
            been tagged already.
    """
    if len(data) > limits.file_size:
        fix = "raise the limit file_size if you trust the document"
        raise refusal("exporter:limitExceeded", f"the document is larger than {limits.file_size} bytes", name, fix=fix)
    claims = claims_xml(data) or name.lower().endswith(_XML_NAMES)
    decoded = decode(data, name, as_xml=claims)
    try:
        page = _as_xhtml(decoded, name, limits, claims=claims)
    except ReadError as error:
        if claims or error.findings[0].code != "exporter:malformedXml":
            raise
        page = None
    page = page or _as_html(decoded, name, limits)
    _refuse_tagged(page)
    if page.root.find(f"{{{XHTML}}}body") is None:
        message = "the document has no body, so there is nothing in it to tag"
        raise refusal("exporter:noText", message, name, fix="give the page itself, not a frameset")
    return page


def _as_xhtml(decoded: Decoded, name: str, limits: Limits, *, claims: bool) -> TaggedPage | None:
    """The document with few edits where it is XHTML, or nearly so; ``None`` for other HTML."""
    source = decoded.text
    edits = list(_edits(source, name))
    target = decoded
    if not decoded.exact or (not claims and decoded.encoding != "utf-8" and not decoded.mark):
        edits = sorted([*edits, *_encoding_edits(source)], key=lambda edit: edit.start)
        target = Decoded(source, "utf-8")
    text = _edited(source, edits)
    root = _parsed(text, name, limits)
    if root.tag == "html" and not claims and _is_nearly_xhtml(root, text):
        at = _ROOT.search(source)
        if at is None:
            return None
        edits = sorted([*edits, Edit(at.end(), at.end(), f' xmlns="{XHTML}"')], key=lambda edit: edit.start)
        text = _edited(source, edits)
        root = _parsed(text, name, limits)
    if root.tag != ix.HTML or root.prefix:
        if not claims:
            return None
        message = f"the root of an XHTML document is html in the default namespace {XHTML}, got {root.tag}"
        raise refusal("exporter:noText", message, name, line=1, fix="give an XHTML or HTML document")
    findings = (_corrected(name, edits),) if edits else ()
    return TaggedPage(name, text, target, SourcePositions.of_edited(source, edits, text), root, findings)


def _parsed(text: str, name: str, limits: Limits) -> etree._Element:
    """Parsed as UTF-8, whatever the declaration says: the text has been decoded."""
    bare = _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), text, count=1) if text[:5] == "<?xml" else text
    return parse_xml(bare.encode("utf-8", "replace"), limits, name, keep_comments=True).getroot()


def _edited(source: str, edits: list[Edit]) -> str:
    pieces, at = [], 0
    for edit in edits:
        pieces += [source[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, source[at:]])


def _edits(source: str, name: str) -> Iterator[Edit]:
    """Without document type; named entities of HTML as references by number."""
    doctype = _DOCTYPE.match(source)
    if doctype is not None:
        if doctype[2] or source[doctype.end(1)] != ">":
            line = source.count("\n", 0, doctype.start(1)) + 1
            message = "the document type declaration has an internal subset; DTDs and entities are not read"
            fix = "take the declarations out, and write entities as characters"
            raise refusal("exporter:doctypeRefused", message, name, line=line, fix=fix)
        yield Edit(doctype.start(1), doctype.end(1) + 1, "")
    for match in _ENTITY.finditer(source):
        entity = match[1]
        if entity and entity not in _PREDEFINED and f"{entity};" in html5:
            numbers = "".join(f"&#{ord(character)};" for character in html5[f"{entity};"])
            yield Edit(match.start(), match.end(), numbers)


def _encoding_edits(source: str) -> Iterator[Edit]:
    """What a document says of its encoding, where it goes to UTF-8."""
    declaration = _DECLARATION.match(source)
    if declaration is not None:
        yield Edit(0, declaration.end(), '<?xml version="1.0" encoding="UTF-8"?>')
    meta = _META.search(source, 0, _HEAD)
    if meta is not None:
        yield Edit(meta.start(2), meta.end(2), "UTF-8")


def _is_nearly_xhtml(root: etree._Element, text: str) -> bool:
    """Whether nothing but the namespace is missing: HTML that is written as XML."""
    if _HIDDEN_RULES.search(text):  # a comment in XML, style rules in HTML
        return False
    return all(
        not isinstance(element.tag, str)
        or (element.tag.isalnum() and element.tag.islower() and says_it_as_xhtml(element.tag, map(str, element.attrib)))
        for element in root.iter()
    )


def _as_html(decoded: Decoded, name: str, limits: Limits) -> TaggedPage:
    made = xhtml_of(decoded.text, name, limits)
    root = _parsed(made.text, name, limits)
    places = SourcePositions.of_rewritten(made.text, made.starts, made.lines)
    finding = Finding(
        code="exporter:madeXhtml",
        message="the document is HTML, not XHTML; it was turned into XHTML in UTF-8",
        severity=Severity.INFO,
        location=Location(file=name),
        fix="look at the result in a browser",
    )
    return TaggedPage(name, made.text, Decoded(made.text, "utf-8"), places, root, (finding,))


def _corrected(name: str, edits: list[Edit]) -> Finding:
    what = "document type, named entities, namespace or encoding"
    return Finding(
        code="exporter:madeXhtml",
        message=f"{len(edits)} place(s) were changed so that the document can be tagged as XHTML: {what}",
        severity=Severity.INFO,
        location=Location(file=name),
    )


def _refuse_tagged(page: TaggedPage) -> None:
    if not _INLINE.search(page.text):
        return
    namespaces = (ix.IX, ix.IX_1_0)
    tag = next((element for element in page.root.iter(*(f"{{{uri}}}*" for uri in namespaces))), None)
    if tag is None and not any(uri in namespaces for uri in page.root.nsmap.values()):
        return
    line = None if tag is None else tag.sourceline
    raise refusal(
        "exporter:alreadyTagged",
        "the document has Inline XBRL in it already",
        page.name,
        line=line if isinstance(line, int) else None,
        fix="take the tags out first: exporter tag --strip",
    )
