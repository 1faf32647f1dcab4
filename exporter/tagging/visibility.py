"""What of a page its reader sees, and which elements begin a new line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, field

UNSEEN: Final = frozenset(
    ("head", "script", "style", "template", "noscript", "title", "textarea", "select", "iframe", "object", "audio")
)
BLOCKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
        ),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
HEADINGS: Final[Mapping[str, int]] = {f"h{level}": level for level in range(1, 7)}
BOLD_LEVEL: Final = 7
"""The level of a short paragraph that is all in bold: below every heading that is marked as one."""

_HIDING: Final = re.compile(r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_WEIGHTS: Final = {"bold": True, "bolder": True, "600": True, "700": True, "800": True, "900": True} | dict.fromkeys(
    ("normal", "lighter", "100", "200", "300", "400", "500"), False
)
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CONDITIONAL: Final = re.compile(r"@[^@{};]*+\{(?:[^@{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_SIMPLE: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*)?(?:([.#])([A-Za-z_-][\w-]*))?")


def rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules of a style sheet, without those under a condition."""
    for rule in _CONDITIONAL.sub("", _COMMENT.sub("", sheet)).split("}"):
        selectors, brace, declarations = rule.partition("{")
        if brace:
            yield selectors, declarations


@define
class Style:
    """What the style rules of a page hide: by element, class and id, where the selector is as simple as that."""

    classes: set[tuple[str, str]] = field(factory=set)
    ids: set[tuple[str, str]] = field(factory=set)
    names: set[str] = field(factory=set)

    def add(self, sheet: str) -> None:
        """Take the rules of a style sheet; those under a condition (``@media``) are left out."""
        for selectors, declarations in rules_of(sheet):
            if _HIDING.search(declarations):
                for selector in selectors.split(","):
                    self._add(selector.strip())

    def _add(self, selector: str) -> None:
        match = _SIMPLE.fullmatch(selector)
        if match is None or not selector:
            return
        name, kind, value = match.groups()
        if kind is None:
            self.names.add(name)
        else:
            (self.classes if kind == "." else self.ids).add((name or "", value))

    def hides(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element is not shown, by its attributes or by a rule."""
        if name in UNSEEN or name in self.names:
            return True
        if not attributes:
            return False
        if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
            return True
        if self.classes and "class" in attributes:
            worn = attributes["class"].split()
            if any((owner, each) in self.classes for each in worn for owner in ("", name)):
                return True
        return bool(self.ids) and any((owner, attributes.get("id", "")) in self.ids for owner in ("", name))


def boldness(name: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether an element makes its text bold or not; ``None`` where it leaves it as it is."""
    style = attributes.get("style", "").lower()
    if "font" in style and (weight := _weight(style)) is not None:
        return weight
    return True if name in ("b", "strong", "th") or name in HEADINGS else None


def _weight(style: str) -> bool | None:
    """What the last declaration of a weight says; ``font`` without a weight makes it normal."""
    found: bool | None = None
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        if name == "font-weight":
            found = _WEIGHTS.get(value.split("!")[0].strip(), found)
        elif name == "font":
            found = any(_WEIGHTS.get(word, False) for word in value.split())
    return found
