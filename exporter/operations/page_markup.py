"""What filing rules need to know of the markup of a document set: elements, addresses, styles, footnotes, heads.

Taken from the parsed documents, before their trees are let go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from exporter.findings import Location
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentElement, InlineDocument, place_of
from exporter.formats.inline_xbrl.read.inline_set import InlineSet
from exporter.formats.inline_xbrl.read.relationships import language_of
from exporter.namespaces import XHTML, XML
from exporter.validation.filing_rules.subject import Address, DocumentFacts, FootnoteUse, PageFile

MOST_PLACES: Final = 20
"""The most places of one element or attribute that are kept: a rule names the first of them."""

_LINKING: Final[Mapping[str, tuple[str, ...]]] = {
    "img": ("src",),
    "a": ("href",),
    "link": ("href",),
    "script": ("src",),
    "object": ("data", "archive", "classid", "codebase"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src",),
    "source": ("src",),
    "input": ("src",),
    "body": ("background",),
    "form": ("action",),
}
_URL: Final = re.compile(r"""url\(\s*+(?:'([^']*+)'|"([^"]*+)"|([^'"()]*+))\s*+\)""", re.IGNORECASE)
_FONT_FACE: Final = re.compile(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_NOT_DISPLAYED: Final = re.compile(r"(?:^|[^\w-])display\s*:\s*none(?:[^\w]|$)", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset\s*=\s*([^\s;\"']+)", re.IGNORECASE)
_LANG: Final = f"{{{XML}}}lang"
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_COUNTED: Final = frozenset({"html", "head", "body", "title"})
_XBRL: Final = ("{http://www.xbrl.org/2003/", "{http://xbrl.org/")
_TABLE: Final = f"{{{XHTML}}}table"
_OUTER: Final = frozenset(f"{{{XHTML}}}{name}" for name in ("html", "body", "div"))
_STARTS: Final = 20_000  # characters of the text that a page begins with


def add_markup(facts: DocumentFacts, inline: InlineSet) -> DocumentFacts:
    """The facts about a document with what its markup says."""
    pages = [_PageReader(document) for document in inline.document_set.documents]
    positions: dict[Any, int] = {}
    not_displayed: set[Any] = set()
    elements: dict[str, tuple[Location, ...]] = {}
    attributes: dict[tuple[str, str], tuple[Location, ...]] = {}
    addresses: list[Address] = []
    for page in pages:
        page.read(positions, not_displayed)
        _merge(elements, page.elements)
        _merge(attributes, page.attributes)
        addresses += page.addresses
    nodes = (node for node in inline.document_set.facts if node.resolve("name") is not None)
    continuations = {node.id: node for node in inline.document_set.continuations if node.id is not None}
    tagged = [
        evolve(
            fact,
            has_specials=any(character in text for text in node.element.itertext() for character in "&<"),
            is_displayed=node.element not in not_displayed,
            in_order=_is_in_order(node, continuations, positions),
        )
        for fact, node in zip(facts.facts, nodes, strict=True)
    ]
    return evolve(
        facts,
        facts=tuple(tagged),
        references=tuple(addresses),
        language=_language(pages),
        files=tuple(page.file() for page in pages),
        footnotes=tuple(_footnotes(inline)),
        element_places=elements,
        attribute_places=attributes,
        nested_tables=tuple(place for page in pages for place in page.nested_tables),
        inner_anchors=tuple(place for page in pages for place in page.inner_anchors),
        meta_contents=tuple(content for page in pages for content in page.meta_contents),
    )


def _merge(whole: dict[Any, tuple[Location, ...]], part: Mapping[Any, list[Location]]) -> None:
    for key, places in part.items():
        whole[key] = (*whole.get(key, ()), *places)[:MOST_PLACES]


class _PageReader:
    """One document, read once from top to bottom."""

    def __init__(self, document: InlineDocument) -> None:
        self.name = document.name
        self._declares_below = document.names is None
        self.root: Any = document.root
        self.elements: dict[str, list[Location]] = {}
        self.attributes: dict[tuple[str, str], list[Location]] = {}
        self.addresses: list[Address] = []
        self.nested_tables: list[Location] = []
        self.inner_anchors: list[Location] = []
        self.meta_contents: list[tuple[str, Location]] = []
        self._counts: Counter[str] = Counter()
        self._characters = document.characters
        self._start: list[str] = []
        self._title = ""
        self._meta: str | None = None

    def read(self, positions: dict[Any, int], not_displayed: set[Any]) -> None:
        """Gather what there is; note the order of facts and continuations, and those that a style hides."""
        length = 0
        for element in self.root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            for text in (element.text, element.tail):
                if text and length < _STARTS and not tag.startswith(_XBRL):
                    self._start.append(text)
                    length += len(text)
            if tag in tags.FACTS or tag == tags.CONTINUATION:
                positions[element] = len(positions)
            elif tag.startswith(f"{{{XHTML}}}"):
                self._take(element, tag.rpartition("}")[2])
            elif tag.endswith("}image"):
                self._address(element, "image", element.get(_XLINK_HREF) or element.get("href") or "")
            style = element.get("style")
            if style is not None:
                self._style(element, style)
                if _NOT_DISPLAYED.search(style):
                    not_displayed.update(element.iter(*tags.FACTS))

    def _take(self, element: Any, name: str) -> None:
        place = Location(file=self.name, line=element.sourceline or None)
        places = self.elements.setdefault(name, [])
        if len(places) < MOST_PLACES:
            places.append(place)
        if name in _COUNTED:
            self._counts[name] += 1
        for key in element.attrib:
            local = str(key).rpartition("}")[2] if not str(key).startswith(f"{{{XML}}}") else f"xml:{local_of(key)}"
            known = self.attributes.setdefault((name, local), [])
            if len(known) < MOST_PLACES:
                known.append(place)
        for key in _LINKING.get(name, ()):
            if (href := element.get(key)) is not None:
                self._address(element, name, href)
        if name == "style":
            self._style(element, "".join(element.itertext()))
        elif name == "title":
            self._title = "".join(element.itertext()).strip()
        elif name == "meta":
            self._take_meta(element)
            if element.get("content") is not None:
                self.meta_contents.append((element.get("content"), place))
        elif name == "table" and next(element.iterancestors(_TABLE), None) is not None:
            self.nested_tables.append(place)
        elif name == "a" and element.get("href") is None and not _is_outer(element):
            self.inner_anchors.append(place)

    def _take_meta(self, element: Any) -> None:
        if element.get("charset"):
            self._meta = element.get("charset")
        elif (element.get("http-equiv") or "").lower() == "content-type":
            match = _CHARSET.search(element.get("content") or "")
            self._meta = match[1] if match is not None else self._meta

    def _style(self, element: Any, text: str) -> None:
        fonts = [match.span(1) for match in _FONT_FACE.finditer(text)]
        for match in _URL.finditer(text):
            is_font = any(start <= match.start() < end for start, end in fonts)
            self._address(element, "font" if is_font else "css", match[1] or match[2] or match[3] or "")

    def _address(self, element: Any, name: str, href: str) -> None:
        if href:
            place = Location(file=self.name, line=element.sourceline or None)
            self.addresses.append(Address(element=name, href=href, location=place))

    def languages(self) -> Iterator[tuple[int, str]]:
        """The languages of elements with how deep these stand, outermost first where the document has one early."""
        element, depth = self.root, 0
        while element is not None and depth < 4:
            if (language := element.get(_LANG)) is not None:
                yield depth, language
            element = next((child for child in element.iterchildren(f"{{{XHTML}}}body", f"{{{XHTML}}}div")), None)
            depth += 1

    def file(self) -> PageFile:
        """What the head says."""
        info = self.root.getroottree().docinfo
        own = (self.root.get("lang"), self.root.get(_LANG))
        return PageFile(
            name=self.name,
            location=Location(file=self.name),
            encoding=info.encoding,
            meta_encoding=self._meta,
            languages=tuple(language for language in own if language is not None),
            title=self._title,
            text_start=" ".join("".join(self._start).split()),
            counts=dict(self._counts),
            characters=self._characters,
            declares_below=self._declares_below,
        )


def _is_outer(element: Any) -> bool:
    """Whether an element stands in nothing but the body and its ``div`` elements."""
    return all(above.tag in _OUTER for above in element.iterancestors())


def local_of(key: object) -> str:
    """The local name of an attribute or element."""
    return str(key).rpartition("}")[2]


def _language(pages: list[_PageReader]) -> str | None:
    """That of the outermost element of the first document which has one."""
    return next((language for page in pages[:1] for _, language in sorted(page.languages())), None)


def _is_in_order(
    node: DocumentElement, continuations: Mapping[str, DocumentElement], positions: Mapping[Any, int]
) -> bool:
    """Whether the parts of a fact follow each other as their elements do."""
    position = positions.get(node.element, 0)
    seen: set[str] = set()
    key = (node.get("continuedAt") or "").strip()
    while key and key in continuations and key not in seen:
        seen.add(key)
        node = continuations[key]
        following = positions.get(node.element, 0)
        if following < position:
            return False
        position, key = following, (node.get("continuedAt") or "").strip()
    return True


def _footnotes(inline: InlineSet) -> Iterator[FootnoteUse]:
    """The footnotes with the facts that relationships join them to."""
    joined: dict[int, list[Any]] = {}
    for relationship in inline.relationships:
        for target in relationship.targets:
            joined.setdefault(id(target), []).append(relationship)
    for note in inline.document_set.footnotes:
        relationships = joined.get(id(note), [])
        yield FootnoteUse(
            id=(note.id or "").strip(),
            location=place_of(note),
            language=language_of(note),
            role=(note.get("footnoteRole") or "").strip(),
            empty=not any(str(text).strip() for text in note.element.itertext()),
            facts=tuple(source.id or "" for relationship in relationships for source in relationship.sources),
            arcroles=tuple(relationship.arcrole for relationship in relationships),
            link_roles=tuple(relationship.role for relationship in relationships),
        )
