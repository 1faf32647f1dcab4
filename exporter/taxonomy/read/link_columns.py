"""One extended link as plain values: what its locators, arcs and resources say, element by element.

Each part is read when it is first asked for, and stays in the tree until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any, Final

from attrs import define
from lxml import etree

from exporter.model.qname import QName
from exporter.namespaces import GEN, GENERIC_LABEL, LINK, XBRLDT, XLINK, XML

_LINK: Final = f"{{{LINK}}}"
_X: Final = f"{{{XLINK}}}"
_DIM: Final = f"{{{XBRLDT}}}"
_LANG: Final = f"{{{XML}}}lang"
_LABEL, _HREF, _ROLE = (f"{_X}{name}" for name in ("label", "href", "role"))
_FROM, _TO, _ARCROLE = (f"{_X}{name}" for name in ("from", "to", "arcrole"))
_TARGET, _CONTAINER, _CLOSED, _USABLE = (
    f"{_DIM}{name}" for name in ("targetRole", "contextElement", "closed", "usable")
)
_LOC: Final = f"{_LINK}loc"
_KINDS: Final = ("presentation", "calculation", "definition", "label", "reference")
STANDARD_LINKS: Final = {f"{_LINK}{kind}Link": f"{_LINK}{kind}Arc" for kind in _KINDS}
"""The extended links of XBRL 2.1 in a taxonomy, and the arcs that belong to them."""

GENERIC_LINK: Final = f"{{{GEN}}}link"
"""The extended link of Generic Links 1.0."""

_ARCS: Final = {**STANDARD_LINKS, GENERIC_LINK: f"{{{GEN}}}arc"}
RESOURCES: Final = {
    **{f"{_LINK}{kind}Link": f"{_LINK}{kind}" for kind in ("label", "reference")},
    GENERIC_LINK: f"{{{GENERIC_LABEL}}}label",
}
"""The links of labels and references, and the resources in them."""

ResourceKey = tuple[str, str] | int
"""What distinguishes resources: document and id, or a number for one without an id."""

End = QName | ResourceKey

Parts = tuple[tuple[str, str | None, str], ...]
"""Clark name, prefix and text of each part of a reference."""

Arc = tuple[
    str, str, str, str | None, str | None, str | None, str | None, str | None, str | None, str | None, str | None,
    str | None,
]  # fmt: skip
"""from, to, arcrole; use, priority, order, weight, preferredLabel, targetRole, contextElement, closed, usable."""


@define(eq=False)
class LinkColumns:
    """What stands in one extended link; elements are numbered among those of their kind.

    Of a generic link, its locators, arcs and generic labels.
    """

    link: etree._Element

    @property
    def role(self) -> str:
        return self.link.get(_ROLE, "")

    def elements(self, kind: str) -> Iterator[etree._Element]:
        """The locators, arcs or resources that its specification has for the link, in order."""
        tag = str(self.link.tag)
        name = {"locator": _LOC, "arc": _ARCS[tag], "resource": RESOURCES.get(tag)}[kind]
        return self.link.iterchildren(name) if name else iter(())

    @cached_property
    def locators(self) -> list[tuple[str, str]]:
        """The label of each locator, and where it leads."""
        return [(element.get(_LABEL, ""), element.get(_HREF, "")) for element in self.elements("locator")]

    def first_locators(self, seen: set[str]) -> Iterator[tuple[etree._Element, str]]:
        """Of the locators to each document that is not among ``seen`` the first, and the place it names."""
        # Mostly all lead to one schema: it is enough to ask whether one leads elsewhere.
        hrefs = [href for _, href in self.locators]
        place = hrefs[0].partition("#")[0] if hrefs else ""
        start = f"{place}#"
        if not hrefs or (place and all(href.startswith(start) for href in hrefs)):
            if hrefs and place not in seen:
                locator: Any = self.link.find(_LOC)
                yield locator, place
            return
        places = {href.partition("#")[0] for href in hrefs} - seen
        for element in self.elements("locator") if places else ():
            if (place := element.get(_HREF, "").partition("#")[0]) in places:
                places.discard(place)
                yield element, place
                if not places:
                    break

    @cached_property
    def arcs(self) -> list[Arc]:
        """All of each arc."""
        return [
            (
                get(_FROM, ""), get(_TO, ""), get(_ARCROLE, ""), get("use"), get("priority"), get("order"),
                get("weight"), get("preferredLabel"), get(_TARGET), get(_CONTAINER), get(_CLOSED), get(_USABLE),
            )
            for element in self.elements("arc")
            for get in (dict[Any, Any](element.items()).get,)  # all at once costs less than to ask for each
        ]  # fmt: skip

    @property
    def resource_names(self) -> list[tuple[str, str | None]]:
        """Label and id of each resource."""
        return [(element.get(_LABEL, ""), element.get("id")) for element in self.elements("resource")]

    @property
    def labels(self) -> Iterator[tuple[str | None, str, str]]:
        """Role, language in scope and text of each resource."""
        around = (ancestor.get(_LANG) for ancestor in chain((self.link,), self.link.iterancestors()))
        outer = next((language for language in around if language is not None), "")
        for element in self.elements("resource"):
            text = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
            yield element.get(_ROLE), element.get(_LANG, outer), text

    @property
    def references(self) -> Iterator[tuple[str | None, Parts]]:
        """Role and parts of each resource."""
        for element in self.elements("resource"):
            yield element.get(_ROLE), tuple(_part(part) for part in element.iterchildren("*"))


def _part(element: etree._Element) -> tuple[str, str | None, str]:
    text: Any = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
    return str(element.tag), element.prefix, text
