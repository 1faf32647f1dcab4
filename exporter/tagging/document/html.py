"""HTML as people and old programs write it, turned into XHTML that shows the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen
from lxml import etree

from exporter.formats.oim.xhtml import escape_attribute, escape_text
from exporter.namespaces import XHTML
from exporter.resources.limits import Limits
from exporter.tagging.document.source import refusal

VOID: Final = frozenset(
    ("area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "wbr")
)
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_CHARSET: Final = re.compile(r"charset\s*=\s*[^\s;]+", re.IGNORECASE)
# What XML 1.0 cannot carry; a form feed is white space in HTML.
_IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_CDO: Final = re.compile(r"<!--|-->")
_RAW: Final = {"style": "text/css", "script": "text/javascript"}
# The parser ends these where a paragraph begins, browsers do not; under another name it leaves them open.
_LASTING: Final = frozenset(("b", "big", "i", "s", "small", "strike", "tt", "u"))
_LENT: Final = "x-lasting-"
_PARAGRAPHS: Final = frozenset(
    ("center", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "ul")
)
_BORDERS: Final = frozenset(("caption", "li", "table", "tbody", "td", "th", "thead", "tr"))
_LOOSE_TAG: Final = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<(?P<raw>script|style)\b(?s:.*?)(?:</(?P=raw)|\Z)|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?=[\s/>])",
    re.IGNORECASE,
)


@frozen
class Serialized:
    """XHTML made of HTML. ``starts`` are offsets of start tags' ends, ``lines`` their lines in the source."""

    text: str
    starts: list[int]
    lines: list[int]


def xhtml_of(text: str, name: str, limits: Limits) -> Serialized:
    """The document as XHTML: tags closed, names in lower case, attributes quoted, entities as characters.

    Raises:
        ReadError: there is no element in it, or elements are nested too deeply.
    """
    if not re.search(r"<[A-Za-z]", text):
        message = "the document has no element, expected XHTML or HTML"
        raise refusal("exporter:noText", message, name, fix="save the document as HTML or XHTML first")
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True, no_network=True)
    source = _lend_names(_possible(text.replace("\r\n", "\n").replace("\r", "\n")))
    root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    if root is None or root.find("body") is None:
        message = "the document has no body, so there is nothing in it to tag"
        raise refusal("exporter:noText", message, name, fix="give the page itself, not a frameset")
    _gather_body(root)
    _add_title(root, name)
    return _Serializer(name, limits).serialize(root)


def _lend_names(text: str) -> str:
    """Formatting round whole paragraphs gets names that keep the parser from ending it at the first of them."""
    open_: dict[str, list[tuple[int, int]]] = {}
    lent: list[int] = []
    paragraphs = 0
    for match in _LOOSE_TAG.finditer(text):
        name = (match["name"] or "").lower()
        if name in _BORDERS:  # what is left open there is closed there
            open_.clear()
        elif name in _PARAGRAPHS:
            paragraphs += 1
        elif name in _LASTING and not match["end"]:
            open_.setdefault(name, []).append((match.start("name"), paragraphs))
        elif name in _LASTING and open_.get(name):
            start, before = open_[name].pop()
            if paragraphs > before:
                lent += [start, match.start("name")]
    pieces, at = [], 0
    for place in sorted(lent):
        pieces += [text[at:place], _LENT]
        at = place
    return "".join([*pieces, text[at:]])


def _gather_body(root: etree._Element) -> None:
    """What stands beside head and body belongs to the body, as in browsers."""
    body = root.find("body")
    if body is None:
        return
    before = True
    for child in list(root):
        if child is body:
            before = False
        elif child.tag != "head" and not before:
            tail, child.tail = _possible(child.tail or ""), None
            _append_text(body, body.tail)
            body.tail = None
            body.append(child)
            child.tail = tail
        if child.tag == "head" and child.tail and child.tail.strip():
            body.text = _possible(child.tail + (body.text or ""))
            child.tail = "\n"
    if body.tail and body.tail.strip():
        _append_text(body, body.tail)
        body.tail = None


def _append_text(body: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(body):
        body[-1].tail = _possible((body[-1].tail or "") + text)
    else:
        body.text = _possible((body.text or "") + text)


def _add_title(root: etree._Element, name: str) -> None:
    """XHTML wants a head with a title."""
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    if head.find("title") is None:
        title = etree.SubElement(head, "title")
        title.text = name


class _Serializer:
    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._lines: list[int] = []

    def serialize(self, root: etree._Element) -> Serialized:
        depth = 0
        for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
            if event == "comment":
                self._add(f"<!--{_comment(_possible(element.text or ''))}-->")
                self._add_text(element.tail)
            elif event == "start":
                depth += 1
                if depth > self._limits.depth:
                    self._refuse_depth(element)
                self._open(element)
            else:
                depth -= 1
                self._close(element, is_root=element is root)
        return Serialized("".join(self._pieces) + "\n", self._starts, self._lines)

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _add_text(self, text: str | None) -> None:
        if text:
            self._add(escape_text(_possible(text)))

    def _open(self, element: etree._Element) -> None:
        name = _name_of(element)
        if _NAME.fullmatch(name):  # else a name with a prefix, as word processors write them: its content stays
            attributes = "".join(_attributes(element, name))
            opening = f'<html xmlns="{XHTML}"' if name == "html" else f"<{name}"
            self._add(f"{opening}{attributes}{'/>' if _is_void(element, name) else '>'}")
        self._starts.append(self._length)
        line = element.sourceline
        self._lines.append(line if isinstance(line, int) else 1)
        self._add_text(_CDO.sub("", element.text) if name in _RAW and element.text else element.text)

    def _close(self, element: etree._Element, *, is_root: bool) -> None:
        name = _name_of(element)
        if _NAME.fullmatch(name) and not _is_void(element, name):
            self._add(f"</{name}>")
        if not is_root:
            self._add_text(element.tail)

    def _refuse_depth(self, element: etree._Element) -> None:
        line = element.sourceline
        raise refusal(
            "exporter:limitExceeded",
            f"elements are nested more than {self._limits.depth} deep",
            self._name,
            line=line if isinstance(line, int) else None,
            fix="close the elements that are left open, or raise the limit depth if you trust the document",
        )


def _name_of(element: etree._Element) -> str:
    return str(element.tag).lower().removeprefix(_LENT)


def _is_void(element: etree._Element, name: str) -> bool:
    return name in VOID and not len(element) and not element.text


def _attributes(element: etree._Element, name: str) -> list[str]:
    pieces = []
    items: dict[str, str] = dict(element.attrib)  # type: ignore[arg-type]
    for key, value in _as_xhtml(name, items).items():
        if key.startswith("xmlns") or not (_NAME.fullmatch(key) or key == "xml:lang"):
            continue
        if name == "meta" and key == "content":
            value = _CHARSET.sub("charset=UTF-8", value)
        pieces.append(f' {key}="{escape_attribute(_possible(value))}"')
    return pieces


def says_it_as_xhtml(name: str, attributes: Iterable[str]) -> bool:
    """Whether an element with these attributes has nothing that XHTML 1.1 says in another way than HTML."""
    names = set(attributes)
    return not ("lang" in names or (name == "meta" and "charset" in names) or (name in _RAW and "type" not in names))


def _as_xhtml(name: str, items: dict[str, str]) -> dict[str, str]:
    """Attributes as XHTML 1.1 has them where HTML says the same in another way."""
    if name == "meta" and "charset" in items:
        return {"http-equiv": "Content-Type", "content": "text/html; charset=UTF-8"}
    attributes = dict(items)
    language = attributes.pop("lang", None)
    if language is not None:
        attributes.setdefault("xml:lang", language)
    if name in _RAW:
        attributes.setdefault("type", _RAW[name])
    return attributes


def _possible(text: str) -> str:
    """Without characters that XML cannot carry; C1 controls are what browsers take them for."""
    text = _IMPOSSIBLE.sub(lambda match: " " if match[0] == "\x0c" else "", text)
    return _CONTROLS.sub(lambda match: bytes((ord(match[0]),)).decode("cp1252", "ignore"), text)


def _comment(text: str) -> str:
    while "--" in text:
        text = text.replace("--", "- -")
    return text + " " if text.endswith("-") else text
