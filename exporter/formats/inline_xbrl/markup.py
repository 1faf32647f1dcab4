"""The tags of facts and footnotes: which element, and which attributes in which order (Inline XBRL 1.1 and 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import field, frozen

from exporter.formats.inline_xbrl.resources import Resources
from exporter.formats.inline_xbrl.transformations import Displayed
from exporter.formats.xbrl_xml.concepts import Concept
from exporter.formats.xbrl_xml.fragments import escape_attribute
from exporter.model.fact import Fact
from exporter.model.report import Footnote
from exporter.namespaces import XSI

_OWN_ID: Final = ""
_SPECIAL: Final = re.compile('[&<>"\t\r\n]')


def _pairs(attributes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(attributes)


@frozen
class Tag:
    """An element's name as it is written, with its attributes in order; values are not escaped."""

    name: str
    attributes: tuple[tuple[str, str], ...] = field(converter=_pairs)

    @property
    def start(self) -> str:
        """The start tag."""
        attributes = self.attributes
        if _SPECIAL.search("".join([value for _, value in attributes])):
            attributes = tuple((key, escape_attribute(value)) for key, value in attributes)
        written = "".join([f' {key}="{value}"' for key, value in attributes])
        return f"<{self.name}{written}>"

    @property
    def end(self) -> str:
        """The end tag."""
        return f"</{self.name}>"

    def round(self, content: str) -> str:
        """The element with ``content``, which is markup."""
        return f"{self.start}{content}{self.end}"


def fact_tag(
    fact: Fact,
    displayed: Displayed,
    resources: Resources,
    *,
    id_: str | None = _OWN_ID,
    escape: bool = False,
    continued_at: str | None = None,
) -> Tag:
    """The tag of a fact at a place, round ``displayed.text``; the element is empty where the fact is nil.

    The concept's type tells whether it is ``ix:nonFraction`` or ``ix:nonNumeric``; the context, the unit and every
    prefix are the document's from now on. What XBRL 2.1 forbids (a currency missing, a language on a number) goes to
    the problems of ``resources``.

    Args:
        fact: what is tagged.
        displayed: how it is shown: ``format``, ``scale`` and ``negative`` become attributes.
        resources: contexts, units and prefixes of the document.
        id_: the id to write, ``None`` for none; the fact's own by default. A further place of a fact has none.
        escape: whether the content counts with its markup.
        continued_at: the id of the continuation, where the content goes on elsewhere.
    """
    concept, name = resources.concept(fact.concept)
    numeric = fact.looks_numeric if concept.numeric is None else concept.numeric
    attributes = [("name", name), ("contextRef", resources.context_ref(fact.context))]
    if numeric:
        _add_numeric(attributes, fact, concept, displayed, resources)
    else:
        _add_textual(attributes, fact, concept, displayed, resources)
        if escape:
            attributes.append(("escape", "true"))
        if fact.language is not None and (language := resources.language(fact.language, fact=fact.id)):
            attributes.append(("xml:lang", language))
    if fact.value is None:
        resources.prefixes.use(XSI)
        attributes.append(("xsi:nil", "true"))
    if (written := fact.id if id_ == _OWN_ID else id_) is not None:
        attributes.append(("id", written))
        if resources.refs is not None and (notes := resources.refs.of(written)):
            attributes.append(("footnoteRefs", " ".join(notes)))
    if continued_at is not None:
        attributes.append(("continuedAt", continued_at))
    return Tag("ix:nonFraction" if numeric else "ix:nonNumeric", attributes)


_Attributes = list[tuple[str, str]]


def _add_numeric(
    attributes: _Attributes, fact: Fact, concept: Concept, displayed: Displayed, resources: Resources
) -> None:
    if fact.value is None:
        resources.checks.check_nil(fact, concept, numeric=True)
    elif fact.language is not None or (concept.numeric_check is not None and not concept.numeric_check(fact.value)):
        resources.checks.check_number(fact, concept)
    if fact.unit not in concept.units:
        resources.checks.check_unit(fact, concept)
    attributes.append(("unitRef", resources.unit_ref(fact.unit)))
    if fact.value is None:
        return
    attributes.append(("decimals", "INF" if fact.decimals is None else str(fact.decimals)))
    if displayed.scale:
        attributes.append(("scale", str(displayed.scale)))
    if displayed.format is not None:
        attributes.append(("format", resources.prefixes.name(displayed.format)))
    if displayed.negative:
        attributes.append(("sign", "-"))


def _add_textual(
    attributes: _Attributes, fact: Fact, concept: Concept, displayed: Displayed, resources: Resources
) -> None:
    if fact.value is None:
        resources.checks.check_nil(fact, concept, numeric=False)
        return
    if concept.datatype is not None:
        resources.checks.check_place(fact, concept, numeric=False)
        if concept.check is not None and not concept.check(fact.value):
            resources.checks.tell_value(fact, concept)
    if displayed.format is not None:
        attributes.append(("format", resources.prefixes.name(displayed.format)))


def continuation_tag(id_: str, *, continued_at: str | None = None) -> Tag:
    """The tag of a piece that a text fact or footnote goes on with."""
    goes_on = () if continued_at is None else (("continuedAt", continued_at),)
    return Tag("ix:continuation", (("id", id_), *goes_on))


def footnote_tag(note: Footnote, resources: Resources) -> Tag:
    """The tag of a footnote, round its content."""
    language = ("xml:lang", resources.language(note.language) or "und")
    if resources.refs is None:
        return Tag("ix:footnote", (("id", note.id), language))
    # The id beside footnoteID is what links on the page lead to.
    own = (("footnoteID", note.id), ("id", note.id))
    return Tag("ix:footnote", (*own, *resources.refs.attributes(note.id), language))
