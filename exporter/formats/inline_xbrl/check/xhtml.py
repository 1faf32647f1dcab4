"""Check documents against XHTML 1.1 with Inline XBRL: elements, their content and their attributes.

The elements of Inline XBRL stand wherever insertions and scripts may, and hold what a division may. A report can be
read from a document that breaks these rules; a validator reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree

from exporter.findings import Finding, list_text
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentElement, InlineDocument, place_of
from exporter.model.qname import is_ncname
from exporter.namespaces import XHTML, XML, XSI

_PUBLIC: Final = "-//XBRL International//DTD XHTML Inline XBRL {}//EN"
_IX_IN_BODY: Final = frozenset(
    {
        tags.CONTINUATION,
        tags.DENOMINATOR,
        tags.EXCLUDE,
        tags.FOOTNOTE,
        tags.FRACTION,
        tags.HEADER,
        tags.NON_FRACTION,
        tags.NON_NUMERIC,
        tags.NUMERATOR,
        tags.TUPLE,
    }
)
_IX_WITH_FLOW: Final = (tags.CONTINUATION, tags.EXCLUDE, tags.FOOTNOTE, tags.FRACTION, tags.NON_NUMERIC, tags.TUPLE)

# Classes of elements (XHTML 1.1 section 3, Modularization of XHTML 1.1)
_EDIT = "ins del"
_SCRIPT = "script noscript"
_HEADINGS = "h1 h2 h3 h4 h5 h6"
_LISTS = "ul ol dl"
_PHRASES = "em strong dfn code samp kbd var cite abbr acronym q"
_STYLES = "tt i b big small sub sup"
_FIELDS = "input select textarea label button"
_BLOCKS_BUT_FORMS = f"{_HEADINGS} {_LISTS} p div pre blockquote address hr table {_EDIT} {_SCRIPT}"
_BLOCKS = f"{_BLOCKS_BUT_FORMS} form fieldset"
_INLINE = f"br span {_PHRASES} {_STYLES} bdo a img map object {_FIELDS} ruby {_EDIT} {_SCRIPT}"
_FLOW = f"{_BLOCKS} {_INLINE}"
_IN_HEAD = "(?:(?:script|style|meta|link|object) )*"
_HEAD = f"{_IN_HEAD}(?:title {_IN_HEAD}(?:base {_IN_HEAD})?|base {_IN_HEAD}title {_IN_HEAD})"
_TABLE = "(?:caption )?(?:(?:col )*|(?:colgroup )*)(?:(?:thead )?(?:tfoot )?(?:tbody )+|(?:tr )+)"


def _without(names: str, *left_out: str) -> str:
    return " ".join(name for name in names.split() if name not in left_out)


@frozen
class Content:
    """What an element holds.

    ``children`` are names in Clark notation, ``text`` says whether text may stand beside them. ``order`` is a pattern
    over the local names of the children, each followed by a blank; ``expected`` puts it in words.
    """

    children: frozenset[str] = frozenset()
    text: bool = False
    order: re.Pattern[str] | None = None
    expected: str = ""


def _content(
    names: str = "", *, text: bool = False, inline_xbrl: bool = True, order: str | None = None, expected: str = ""
) -> Content:
    children = {f"{{{XHTML}}}{name}" for name in names.split()}
    children |= _IX_IN_BODY if names and inline_xbrl else set()
    return Content(frozenset(children), text, None if order is None else re.compile(order), expected)


def _some(names: str) -> Content:
    """At least one of the elements, in any order."""
    return _content(names, inline_xbrl=False, order=r"(?:\S+ )+", expected="at least one element")


_EMPTY = _content()
_TEXT = _content(text=True)
_FLOWING = _content(_FLOW, text=True)
_RUNNING = _content(_INLINE, text=True)

_CONTENTS: Final[Mapping[str, Content]] = {
    "html": _content("head body", inline_xbrl=False, order="head body ", expected="head and body"),
    "head": _content(
        "script style meta link object title base",
        inline_xbrl=False,
        order=_HEAD,
        expected="one title, and one base at most",
    ),
    "body": _content(_BLOCKS),
    **dict.fromkeys(["base", "meta", "link", "br", "hr", "img", "input", "area", "param", "col"], _EMPTY),
    **dict.fromkeys(["title", "style", "script", "option", "textarea"], _TEXT),
    **dict.fromkeys(["div", "ins", "del", "li", "dd", "td", "th"], _FLOWING),
    **dict.fromkeys(
        f"{_HEADINGS} {_PHRASES} {_STYLES} p address dt span bdo caption legend".split(), _RUNNING
    ),
    "fieldset": _content(f"{_FLOW} legend", text=True),
    "object": _content(f"{_FLOW} param", text=True),
    "a": _content(_without(_INLINE, "a"), text=True),
    "label": _content(_without(_INLINE, "a", "label", "ruby"), text=True),
    "button": _content(
        _without(f"{_BLOCKS_BUT_FORMS} {_INLINE}", "a", "ruby", *_FIELDS.split()), text=True
    ),
    "pre": _content(f"br span {_PHRASES} tt i b bdo a map {_EDIT} {_SCRIPT}", text=True),
    "blockquote": _content(_BLOCKS),
    "noscript": _content(_BLOCKS),
    "form": _content(f"{_BLOCKS_BUT_FORMS} fieldset"),
    "map": _content(f"{_BLOCKS} area"),
    "ul": _some("li"),
    "ol": _some("li"),
    "dl": _some("dt dd"),
    "select": _some("optgroup option"),
    "optgroup": _some("option"),
    "tr": _some("th td"),
    **dict.fromkeys(["thead", "tfoot", "tbody"], _some("tr")),
    "colgroup": _content("col", inline_xbrl=False),
    "table": _content(
        "caption col colgroup thead tfoot tbody tr",
        inline_xbrl=False,
        order=_TABLE,
        expected="caption, col or colgroup, thead, tfoot, tbody or tr, in this order, and at least one row",
    ),
    "ruby": _content(
        "rb rt rp", inline_xbrl=False, order="rb (?:rt |rp rt rp )", expected="rb and rt, and rp round rt or not"
    ),
    **dict.fromkeys(("rb", "rt", "rp"), _TEXT),
}  # fmt: skip

CONTENTS: Final[Mapping[str, Content]] = {
    **{f"{{{XHTML}}}{name}": content for name, content in _CONTENTS.items()},
    **dict.fromkeys(_IX_WITH_FLOW, _FLOWING),
}
"""What each element holds, by its name in Clark notation; elements of Inline XBRL that hold HTML included."""

# Attributes. What they look like is a matter of their name, but for those in `_OWN_KINDS`.
_CORE = "id class title"
_LANGUAGE = "dir xml:lang"
_COMMON = f"{_CORE} {_LANGUAGE} style"
_CELLS = "align char charoff valign"
_FOCUS = "accesskey tabindex onfocus onblur"

_ATTRIBUTES: Final[Mapping[str, str]] = {
    "html": f"{_LANGUAGE} version",
    "head": f"{_LANGUAGE} profile",
    "title": _LANGUAGE,
    "base": "href!",
    "meta": f"{_LANGUAGE} content! http-equiv name scheme",
    "style": f"{_LANGUAGE} media title type!",
    "script": "charset defer src type!",
    "link": f"{_COMMON} charset href hreflang media rel rev type",
    "body": f"{_COMMON} onload onunload",
    "br": _CORE,
    "bdo": f"{_CORE} dir! xml:lang",
    "pre": f"{_COMMON} xml:space",
    "a": f"{_COMMON} {_FOCUS} charset coords href hreflang rel rev shape type",
    "area": f"{_COMMON} {_FOCUS} alt! coords href nohref shape",
    "map": f"{_CORE} {_LANGUAGE} id!",
    "img": f"{_COMMON} alt! height ismap longdesc src! usemap width",
    "object": (
        f"{_COMMON} archive classid codebase codetype data declare height name standby tabindex type usemap width"
    ),
    "param": "id name! type value valuetype",
    **dict.fromkeys(("blockquote", "q"), f"{_COMMON} cite"),
    **dict.fromkeys(("ins", "del"), f"{_COMMON} cite datetime"),
    "table": f"{_COMMON} border cellpadding cellspacing frame rules summary width",
    **dict.fromkeys(("thead", "tfoot", "tbody", "tr"), f"{_COMMON} {_CELLS}"),
    **dict.fromkeys(("col", "colgroup"), f"{_COMMON} {_CELLS} span width"),
    **dict.fromkeys(("td", "th"), f"{_COMMON} {_CELLS} abbr axis colspan headers rowspan scope"),
    "form": f"{_COMMON} accept accept-charset action! enctype method onreset onsubmit",
    "input": (
        f"{_COMMON} {_FOCUS} accept alt checked disabled ismap maxlength name onchange onselect readonly size src"
        " type usemap value"
    ),
    "select": f"{_COMMON} disabled multiple name onblur onchange onfocus size tabindex",
    "optgroup": f"{_COMMON} disabled label!",
    "option": f"{_COMMON} disabled label selected value",
    "textarea": f"{_COMMON} {_FOCUS} cols! disabled name onchange onselect readonly rows!",
    "label": f"{_COMMON} accesskey for onblur onfocus",
    "legend": f"{_COMMON} accesskey",
    "button": f"{_COMMON} {_FOCUS} disabled name type value",
}
_URLS = "action cite classid codebase data href longdesc profile src"
_NUMBERS = "border cols colspan maxlength rows rowspan size span tabindex"
_LENGTHS = "cellpadding cellspacing charoff height"
_SWITCHES = "checked declare defer disabled ismap multiple nohref readonly selected"
_CHOICES: Final[Mapping[str, str]] = {
    **{name: name for name in _SWITCHES.split()},
    "align": "left center right justify char",
    "dir": "ltr rtl",
    "frame": "void above below hsides lhs rhs vsides box border",
    "method": "get post",
    "rules": "none groups rows cols all",
    "scope": "row col rowgroup colgroup",
    "shape": "rect circle poly default",
    "valign": "top middle bottom baseline",
    "valuetype": "data ref object",
    "xml:space": "preserve",
}


@frozen
class AttributeKind:
    """What the value of an attribute looks like, in words and as a pattern over the whole of it."""

    expected: str
    pattern: re.Pattern[str]


def _kind(expected: str, pattern: str) -> AttributeKind:
    return AttributeKind(expected, re.compile(rf"[ \t\r\n]*+(?:{pattern})[ \t\r\n]*+", re.DOTALL))


def _choice(names: str) -> AttributeKind:
    return _kind(f"one of {list_text(names.split())}", "|".join(names.split()))


_NUMBER = r"\+?[0-9]+"
_LENGTH = rf"{_NUMBER}|[0-9]+%|[0-9]*\.[0-9]+%"
_TOKEN = r"[-.:\w\u00b7]+"  # noqa: S105 - a name token
_DATE_TIME = (
    r"-?[0-9]{4,}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_NUMERIC = _kind("a number without sign", _NUMBER)
_BY_NAME: Final[Mapping[str, AttributeKind]] = {
    **dict.fromkeys(_NUMBERS.split(), _NUMERIC),
    **dict.fromkeys(_LENGTHS.split(), _kind("a number or a percentage", _LENGTH)),
    "class": _kind("names of letters, digits and - . : _", rf"{_TOKEN}(?:\s+{_TOKEN})*"),
    "http-equiv": _kind("a name", _TOKEN),
    **dict.fromkeys(("rel", "rev"), _kind("names", rf"(?:{_TOKEN}(?:\s+{_TOKEN})*)?")),
    **{name: _choice(choices) for name, choices in _CHOICES.items()},
    "accesskey": _kind("one character", "."),
    "char": _kind("one character", "."),
    "datetime": _kind("a date and time", _DATE_TIME),
    "hreflang": _kind("a language", "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "width": _kind("a number or a percentage", _LENGTH),
    "xml:lang": _kind("a language", "(?:[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*)?"),
}
_COLUMN_WIDTH = _kind("a number, a percentage or a share like 2*", rf"{_LENGTH}|[0-9]*\*")
_OWN_KINDS: Final[Mapping[tuple[str, str], AttributeKind]] = {
    ("meta", "name"): _kind("a name", _TOKEN),
    ("input", "type"): _choice("text password checkbox radio submit reset hidden image button file"),
    ("button", "type"): _choice("button submit reset"),
    ("col", "width"): _COLUMN_WIDTH,
    ("colgroup", "width"): _COLUMN_WIDTH,
}
VERSIONS: Final[Mapping[tags.InlineVersion, AttributeKind]] = {
    version: _kind(f'"{_PUBLIC.format(version)}"', re.escape(_PUBLIC.format(version))) for version in tags.NAMESPACES
}
"""The form of ``version`` of the root element in each version of Inline XBRL: its public identifier."""

URL_ATTRIBUTES: Final = frozenset(_URLS.split())
"""Attributes whose value is a URL."""
NAME_ATTRIBUTES: Final = frozenset({"for", "headers", "id", "usemap"})
"""Attributes whose value is an XML name, several for ``headers``."""


@frozen
class AttributeRules:
    """The attributes of an element, each with the form of its value where it has one, and those it must have."""

    kinds: Mapping[str, AttributeKind | None]
    required: tuple[str, ...]


def _attributes(element: str, names: Iterable[str]) -> AttributeRules:
    plain = {name.rstrip("!") for name in names}
    kinds = {name: _OWN_KINDS.get((element, name), _BY_NAME.get(name)) for name in sorted(plain)}
    return AttributeRules(kinds, tuple(name.rstrip("!") for name in names if name.endswith("!")))


ATTRIBUTES: Final[Mapping[str, AttributeRules]] = {
    f"{{{XHTML}}}{name}": _attributes(name, _ATTRIBUTES.get(name, _COMMON).split()) for name in _CONTENTS
}
"""The attributes of each element of XHTML, by its name in Clark notation."""


_WHITE_SPACE: Final = " \t\r\n"
_BAD_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_XML_BRACED: Final = f"{{{XML}}}"
_HINTS: Final = frozenset({f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"})


def check_xhtml(documents: Iterable[InlineDocument]) -> Iterator[Finding]:
    """Every place where a document is not XHTML 1.1 with Inline XBRL: ``exporter:xmlSchema``, ``duplicateId``."""
    for document in documents:
        if document.root.tag == tags.HTML:  # else that has been reported, and nothing fits
            yield from _Checker(document).check()


class _Checker:
    def __init__(self, document: InlineDocument) -> None:
        self._document = document
        self._ids: set[str] = set()
        self._right: set[tuple[object, str, str]] = set()

    def check(self) -> Iterator[Finding]:
        for element in self._document.root.iter(etree.Element):
            content = CONTENTS.get(str(element.tag))
            if content is not None:
                yield from self._content(element, content)
            if (attributes := ATTRIBUTES.get(str(element.tag))) is not None and (element.attrib or attributes.required):
                yield from self._attributes(element, attributes)

    def _finding(self, element: etree._Element, message: str, fix: str) -> Finding:
        place = place_of(DocumentElement(element, self._document))
        return Finding(code="exporter:xmlSchema", message=message, location=place, fix=fix)

    # -- content

    def _content(self, element: etree._Element, content: Content) -> Iterator[Finding]:
        allowed = content.children
        fits = True
        for child in element:
            if child.tag not in allowed:
                fits = False
                yield self._misplaced(child, element)
        if not content.text and _has_text(element):
            message = f"{_display(element)} may not hold text"
            yield self._finding(element, message, "put the text into an element")
        if fits and content.order is not None:
            names = "".join(f"{str(child.tag).rpartition('}')[2]} " for child in element)
            if content.order.fullmatch(names) is None:
                message = f"{_display(element)} holds {content.expected}"
                yield self._finding(element, message, "add, remove or reorder elements")

    def _misplaced(self, child: etree._Element, element: etree._Element) -> Finding:
        tag = str(child.tag)
        if tag in CONTENTS or tag in tags.ELEMENTS:
            message = f"{_display(element)} may not hold {_display(child)}"
        elif tag.startswith(f"{{{XHTML}}}"):
            message = f"XHTML 1.1 has no element {_display(child)}"
        else:
            message = f"the body of a document has no room for {tag}"
        return self._finding(child, message, "use an element that may stand here")

    # -- attributes

    def _attributes(self, element: etree._Element, attributes: AttributeRules) -> Iterator[Finding]:
        kinds = attributes.kinds
        for key, value in map(_texts, element.attrib.items()):
            name = f"xml:{key[len(_XML_BRACED) :]}" if key.startswith(_XML_BRACED) else key
            if name not in kinds:
                if key not in _HINTS:
                    message = f"{_display(element)} has no attribute {name}"
                    yield self._finding(element, message, "take the attribute out; styles say how things look")
            elif name == "id":
                yield from self._id(element, value)
            elif (element.tag, name, value) not in self._right:
                expected = _expected(name, value, attributes, self._document.version)
                if expected is None:
                    self._right.add((element.tag, name, value))
                else:
                    message = f"{name} of {_display(element)} is {expected}, got {value!r}"
                    yield self._finding(element, message, "correct the attribute")
        for name in attributes.required:
            if element.get(name) is None:
                yield self._finding(element, f"{_display(element)} lacks its attribute {name}", "add it")

    def _id(self, element: etree._Element, value: str) -> Iterator[Finding]:
        id_ = value.strip(_WHITE_SPACE)
        if not is_ncname(id_):
            yield self._finding(element, f"an id is an XML name, got {value!r}", "begin it with a letter")
        elif id_ in self._ids:
            place = place_of(DocumentElement(element, self._document))
            message = f"the id {id_!r} is given twice in one file"
            yield Finding(
                code="exporter:duplicateId", message=message, location=place, fix="ids are unique in a document"
            )
        self._ids.add(id_)


def _texts(item: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    return str(item[0]), str(item[1])


def _expected(name: str, value: str, attributes: AttributeRules, version: tags.InlineVersion) -> str | None:
    """What the value should be, where it is something else."""
    kind = VERSIONS[version] if name == "version" else attributes.kinds[name]
    if kind is not None:
        return None if kind.pattern.fullmatch(value) else kind.expected
    if name in NAME_ATTRIBUTES:
        names = value.split() if name == "headers" else [value.strip(_WHITE_SPACE)]
        return None if names and all(map(is_ncname, names)) else "an XML name"
    return "a URL" if name in URL_ATTRIBUTES and not _is_url(value) else None


def _is_url(value: str) -> bool:
    """Whether a value could be a URL (RFC 3986) once its blanks and letters beyond ASCII are escaped."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return not _BAD_ESCAPE.search(value) and bool(parts.scheme or ":" not in value.partition("/")[0])


def _display(element: etree._Element) -> str:
    return tags.local_name(element.tag)


def _has_text(element: etree._Element) -> bool:
    if element.text and element.text.strip(_WHITE_SPACE):
        return True
    return any(child.tail and child.tail.strip(_WHITE_SPACE) for child in element)
