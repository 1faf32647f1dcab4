"""The content of text facts and footnotes, with continuations and without exclusions (Inline XBRL 1.1, 4 and 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentElement, DocumentSet, InlineDocument, InlineLog
from exporter.formats.oim.xhtml import escape_attribute, escape_text
from exporter.namespaces import XHTML, XML

_VOID: Final = frozenset(
    f"{{{XHTML}}}{name}" for name in ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param")
)
_IX_BRACED: Final = f"{{{tags.IX}}}"
_XHTML_BRACED: Final = f"{{{XHTML}}}"
_XML_BRACED: Final = f"{{{XML}}}"
_URLS: Final[Mapping[str, frozenset[str]]] = {
    "a": frozenset({"href"}),
    "area": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "del": frozenset({"cite"}),
    "form": frozenset({"action"}),
    "img": frozenset({"longdesc", "src", "usemap"}),
    "input": frozenset({"src", "usemap"}),
    "ins": frozenset({"cite"}),
    "object": frozenset({"archive", "classid", "codebase", "data", "usemap"}),
    "q": frozenset({"cite"}),
}
"""The attributes that hold URLs, which ``base`` in the head makes absolute."""

_Scope = Mapping[str | None, str]
_SCOPE: Final[_Scope] = {None: XHTML}


def plain_text(parts: Iterable[DocumentElement]) -> str:
    """The text of the parts of a chain, markup dropped, exclusions left out."""
    return "".join([_text(part) for part in parts])


def _text(node: DocumentElement) -> str:
    element = node.element
    if not len(element):
        return element.text or ""
    if not node.document.excludes:
        return "".join(element.itertext())  # type: ignore[arg-type]
    texts: list[str] = []
    _gather(element, texts)
    return "".join(texts)


def _gather(element: etree._Element, texts: list[str]) -> None:
    texts.append(element.text or "")
    for child in element:
        if child.tag != tags.EXCLUDE:
            _gather(child, texts)
        texts.append(child.tail or "")


def markup(parts: Iterable[DocumentElement]) -> str:
    """The content of the parts as a fragment of XHTML: elements of Inline XBRL replaced by their content."""
    pieces: list[str] = []
    for part in parts:
        _ContentSerializer(part.document, pieces).add_content(part.element, _SCOPE)
    return "".join(pieces)


class _ContentSerializer:
    def __init__(self, document: InlineDocument, pieces: list[str]) -> None:
        self._base = (document.base or "").strip()
        self._pieces = pieces
        self._written: dict[tuple[str, str], str] = {}

    def add_content(self, element: etree._Element, scope: _Scope) -> None:
        append = self._pieces.append
        if element.text:
            append(escape_text(element.text))
        for child in element:
            tag = str(child.tag)
            if tag.startswith(_XHTML_BRACED) and scope[None] == XHTML:
                self._add_xhtml(child, tag, scope)
            elif not tag.startswith(_IX_BRACED):
                self._add_element(child, tag, scope)
            elif tag != tags.EXCLUDE:
                self.add_content(child, scope)
            if child.tail:
                append(escape_text(child.tail))

    def _add_xhtml(self, element: etree._Element, tag: str, scope: _Scope) -> None:
        """An element like most: XHTML is the default namespace, and no attribute has a prefix or is to be resolved."""
        name, written = tag[len(_XHTML_BRACED) :], self._written
        opening = f"<{name}"
        attributes: dict[str, str] = dict(element.attrib)  # type: ignore[arg-type]
        for item in attributes.items():
            if item[0][0] == "{" or (self._base and name in _URLS):
                self._add_element(element, tag, scope)
                return
            text = written.get(item)
            if text is None:
                text = written[item] = f' {item[0]}="{escape_attribute(item[1])}"'
            opening += text
        if len(element) or element.text:
            self._pieces.append(f"{opening}>")
            self.add_content(element, scope)
            self._pieces.append(f"</{name}>")
        else:
            self._pieces.append(f"{opening}/>" if tag in _VOID else f"{opening}></{name}>")

    def _add_element(self, element: etree._Element, tag: str, scope: _Scope) -> None:
        namespace, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
        prefix = None if namespace == XHTML else element.prefix
        needed: dict[str | None, str] = {}
        if scope.get(prefix, "" if prefix is None else None) != namespace:
            needed[prefix] = namespace
        attributes = [self._attribute(element, local, str(key), str(value), scope, needed)
                      for key, value in element.attrib.items()]  # fmt: skip
        declared = [f' xmlns{":" + key if key else ""}="{escape_attribute(uri)}"' for key, uri in needed.items()]
        name = f"{prefix}:{local}" if prefix else local
        self._pieces.append("".join(["<", name, *declared, *attributes]))
        if not len(element) and not element.text and (tag in _VOID or namespace != XHTML):
            self._pieces.append("/>")
            return
        self._pieces.append(">")
        self.add_content(element, {**scope, **needed} if needed else scope)
        self._pieces.append(f"</{name}>")

    def _attribute(
        self, element: etree._Element, local: str, key: str, value: str, scope: _Scope, needed: dict[str | None, str]
    ) -> str:
        if key[0] != "{":
            if self._base and key in _URLS.get(local, ()) and element.tag == f"{_XHTML_BRACED}{local}":
                value = self._resolved(element, key, value)
            return f' {key}="{escape_attribute(value)}"'
        if key.startswith(_XML_BRACED):
            return f' xml:{key[len(_XML_BRACED) :]}="{escape_attribute(value)}"'
        namespace, _, name = key[1:].partition("}")
        prefix = next(known for known, uri in element.nsmap.items() if known and uri == namespace)
        if scope.get(prefix) != namespace:
            needed[prefix] = namespace
        return f' {prefix}:{name}="{escape_attribute(value)}"'

    def _resolved(self, element: etree._Element, key: str, value: str) -> str:
        if key == "archive":
            return " ".join(self._resolved(element, "data", url) for url in value.split())
        if element.get("codebase") and key in ("classid", "data"):
            return value  # relative to the codebase, which is resolved itself
        try:
            return value if urlsplit(value).scheme else urljoin(self._base, value).replace(" ", "%20")
        except ValueError:
            return value


class Chains:
    """Follows every chain once; broken chains end where they break, and are noted."""

    def __init__(self, document_set: DocumentSet, log: InlineLog) -> None:
        self._log = log
        self._continuations: dict[str, DocumentElement] = {}
        for node in document_set.continuations:
            if (id_ := _trimmed(node.id)) is not None:
                self._continuations.setdefault(id_, node)
        self._others = (
            {
                id_
                for document in document_set.documents
                for element in document.root.iterfind(".//*[@id]")
                if (id_ := element.get("id"))
            }
            | {id_ for node in document_set.facts if (id_ := node.id)}
            if self._continuations or any(node.get("continuedAt") for node in document_set.facts)
            else set()
        )
        self._referrers: dict[str, list[DocumentElement]] = {}
        self._reached: set[str] = set()
        self._chains: dict[DocumentElement, tuple[DocumentElement, ...]] = {}
        for node in (*document_set.facts, *document_set.footnotes):
            if node.get("continuedAt") is not None:
                self._chains[node] = self._follow(node)
        self._check_rest(document_set)

    def parts(self, start: DocumentElement) -> tuple[DocumentElement, ...]:
        """The element itself and the continuations of its chain, in the chain's order."""
        return self._chains.get(start) or (start,)

    def _follow(self, start: DocumentElement) -> tuple[DocumentElement, ...]:
        chain = [start]
        elements = {start.element}
        node = start
        while (target := _trimmed(node.get("continuedAt"))) is not None:
            self._referrers.setdefault(target, []).append(node)
            following = self._continuations.get(target)
            if following is None:
                self._report_missing(node, target)
                break
            if following.element in elements:
                message = f"the chain of continuations comes back to {target!r}"
                self._log.error_at("ixe:continuationCycle", message, node, fix="take out the last continuedAt")
                break
            self._reached.add(target)
            chain.append(following)
            elements.add(following.element)
            node = following
        return self._unless_nested(chain)

    def _report_missing(self, node: DocumentElement, target: str) -> None:
        if target in self._others:
            message = f"continuedAt {target!r} names an element that is no ix:continuation"
            self._log.error_at("ixe:continuationTarget", message, node)
        else:
            message = f"continuedAt names {target!r}, but no ix:continuation has that id"
            self._log.error_at("ixe:continuationMissing", message, node, fix="correct continuedAt, or take it out")

    def _unless_nested(self, chain: list[DocumentElement]) -> tuple[DocumentElement, ...]:
        elements = {node.element for node in chain}
        for node in chain:
            if any(above in elements for above in node.element.iterancestors(tags.ANY_IX)):
                message = "a part of a chain stands inside another part of the same chain"
                self._log.error_at("ixe:continuationChainNested", message, node, fix="move the continuation outside")
                return (chain[0],)
        return tuple(chain)

    def _check_rest(self, document_set: DocumentSet) -> None:
        """Continuations that no fact or footnote leads to, and those that more than one element names."""
        reached = set(self._reached)
        for node in document_set.continuations:
            id_ = _trimmed(node.id)
            if id_ is not None and id_ not in self._reached and self._continuations.get(id_) is node:
                self._reached.add(id_)
                self._follow(node)
        for node in document_set.continuations:
            id_ = _trimmed(node.id) or ""
            if id_ not in reached:
                message = f"no fact or footnote leads to the ix:continuation {id_!r}"
                self._log.error_at(
                    "ixe:continuationNotReferenced", message, node, fix="name it in continuedAt, or untag it"
                )
            referrers = {node.element for node in self._referrers.get(id_, ())}
            if len(referrers) > 1:
                message = f"{len(referrers)} elements continue at {id_!r}; only one may"
                self._log.error_at("ixe:continuationReferences", message, node)


def _trimmed(text: str | None) -> str | None:
    return None if text is None else text.strip()
