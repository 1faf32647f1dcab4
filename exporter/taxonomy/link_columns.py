"""One extended link as plain values: its arcs row by row, and what each label of its locators stands for.

Attributes are taken out of the tree column by column, which costs a fraction of looking at each element. That
needs links made as nearly all are: locators, arcs and resources of XBRL 2.1's own names, optional attributes on all
elements of a kind or on none; any other link is read element by element, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, Final

from attrs import frozen
from lxml import etree

from exporter.model.qname import QName
from exporter.namespaces import LINK, XBRLDT, XLINK, XML

_LINK: Final = f"{{{LINK}}}"
_X: Final = f"{{{XLINK}}}"
_DIM: Final = f"{{{XBRLDT}}}"
_LANG: Final = f"{{{XML}}}lang"
_LOC: Final = f"{_LINK}loc"

ResourceKey = tuple[str, str] | int
"""What tells resources apart: document and id, or a number for one without an id."""

End = QName | ResourceKey

Arc = tuple[
    str, str, str, str | None, str | None, str | None, str | None, str | None, str | None, str | None, str | None,
    str | None,
]  # fmt: skip
"""from, to, arcrole; use, priority, order, weight, preferredLabel, targetRole, contextElement, closed, usable."""

Parts = tuple[tuple[str, str | None, str], ...]
"""Clark name, prefix and text of each part of a reference."""

Resource = tuple[str, str | None, str | None, str | None, str | Parts]
"""label, id, role, language, and the text of a label or the parts of a reference."""

_ARC_REQUIRED: Final = tuple(f"{_X}{name}" for name in ("from", "to", "arcrole"))
_ARC_OPTIONAL: Final = (
    *("use", "priority", "order", "weight", "preferredLabel"),
    *(f"{_DIM}{name}" for name in ("targetRole", "contextElement", "closed", "usable")),
)
_RESOURCE_ATTRIBUTES: Final = ("id", f"{_X}role", _LANG)
_NAMESPACES: Final = {"link": LINK, "xlink": XLINK, "xbrldt": XBRLDT, "xml": XML}
_PREFIXES: Final = {uri: prefix for prefix, uri in _NAMESPACES.items()}


@frozen(eq=False)
class LinkColumns:
    """What stands in one extended link; elements are numbered among those of their kind."""

    loc_labels: Sequence[str]
    loc_hrefs: Sequence[str]
    arcs: Sequence[Arc]
    resources: Sequence[Resource]


def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=_NAMESPACES, smart_strings=False)


def _path(name: str) -> str:
    """An attribute's name in Clark notation as XPath writes it."""
    namespace, closing, local = name.removeprefix("{").rpartition("}")
    return f"@{_PREFIXES[namespace]}:{local}" if closing else f"@{name}"


def _columns(element: str, names: Iterable[str]) -> dict[str, etree.XPath]:
    return {name: _compiled(f"{element}/{_path(name)}") for name in names}


_LOC_COLUMNS: Final = _columns("link:loc", (f"{_X}label", f"{_X}href"))
_KINDS: Final = ("label", "reference", "presentation", "calculation", "definition")
_ARC_COLUMNS: Final = {
    f"{_LINK}{kind}Link": _columns(f"link:{kind}Arc", (*_ARC_REQUIRED, *_ARC_OPTIONAL)) for kind in _KINDS
}
_RESOURCE_NAMES: Final = {f"{_LINK}labelLink": "label", f"{_LINK}referenceLink": "reference"}
_RESOURCE_COLUMNS: Final = {
    link: {
        **_columns(f"link:{name}", (f"{_X}label", *_RESOURCE_ATTRIBUTES)),
        "text": _compiled(f"link:{name}/text()"),
        "inside": _compiled(f"link:{name}/*"),
    }
    for link, name in _RESOURCE_NAMES.items()
}


def read_columns(link: etree._Element) -> LinkColumns:
    """The content of an extended link of XBRL 2.1."""
    tag = str(link.tag)
    labels, hrefs = (_texts(path, link) for path in _LOC_COLUMNS.values())
    arcs = _arc_rows(link, tag)
    resources = _resource_rows(link, tag)
    if arcs is None or resources is None or len(labels) != len(hrefs):
        return _read_slowly(link)
    if len(labels) + len(arcs) + len(resources) != len(link):
        return _read_slowly(link)
    return LinkColumns(labels, hrefs, arcs, resources)


def _texts(path: etree.XPath, link: etree._Element) -> list[str]:
    found: Any = path(link)
    return found  # type: ignore[no-any-return]


def _arc_rows(link: etree._Element, tag: str) -> list[Arc] | None:
    columns: dict[str, Iterable[str | None]] = {}
    count: int | None = None
    for name, path in _ARC_COLUMNS[tag].items():
        texts = _texts(path, link)
        if name in _ARC_REQUIRED:
            if count is not None and len(texts) != count:
                return None
            count = len(texts)
        elif texts and len(texts) != count:
            return None
        columns[name] = texts or repeat(None, count or 0)
    return list(zip(*columns.values(), strict=True))


def _resource_rows(link: etree._Element, tag: str) -> list[Resource] | None:
    paths = _RESOURCE_COLUMNS.get(tag)
    if paths is None:
        return []
    labels = _texts(paths[f"{_X}label"], link)
    if not labels:
        return []
    content: list[Any] = _texts(paths["text"], link)
    if tag == f"{_LINK}referenceLink":
        content = [_parts(element) for element in link.iterchildren(f"{_LINK}reference")]
    elif len(content) != len(labels) or _texts(paths["inside"], link):
        return None
    columns: list[Iterable[str | None]] = [labels]
    for name in _RESOURCE_ATTRIBUTES:
        values = _texts(paths[name], link)
        if values and len(values) != len(labels):
            return None
        columns.append(values or repeat(None, len(labels)))
    outer = _language_around(link)
    if outer and isinstance(columns[-1], repeat):
        columns[-1] = repeat(outer, len(labels))
    return list(zip(*columns, content, strict=True))


def _parts(reference: etree._Element) -> Parts:
    return tuple(
        (str(part.tag), part.prefix, part.text or "" if not len(part) else "".join(map(str, part.itertext())))
        for part in reference.iterchildren("*")
    )


def _language_around(element: etree._Element) -> str | None:
    """The language in scope."""
    for one in chain((element,), element.iterancestors()):
        if (language := one.get(_LANG)) is not None:
            return language
    return None


def _read_slowly(link: etree._Element) -> LinkColumns:
    labels: list[str] = []
    hrefs: list[str] = []
    for element in of_kind(link, "locator"):
        labels.append(element.get(f"{_X}label", ""))
        hrefs.append(element.get(f"{_X}href", ""))
    arcs = [
        (*(element.get(name, "") for name in _ARC_REQUIRED), *(element.get(name) for name in _ARC_OPTIONAL))
        for element in of_kind(link, "arc")
    ]
    resources = [
        (
            element.get(f"{_X}label", ""),
            element.get("id"),
            element.get(f"{_X}role"),
            _language_around(element),
            _parts(element) if element.tag == f"{_LINK}reference" else "".join(map(str, element.itertext())),
        )
        for element in of_kind(link, "resource")
    ]
    return LinkColumns(labels, hrefs, arcs, resources)  # type: ignore[arg-type]


def of_kind(link: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The locators, arcs or resources of a link, in the order of the columns."""
    return (element for element in link.iterchildren("*") if element.get(f"{_X}type") == kind)
