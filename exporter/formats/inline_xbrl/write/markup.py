"""The tags of facts and footnotes, and ``ix:header`` with all that they refer to (Inline XBRL 1.1 and 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import field, frozen

from exporter.formats.inline_xbrl.write.resources import Resources
from exporter.formats.oim.xhtml import escape_attribute
from exporter.formats.xbrl_xml.concepts import ConceptForm
from exporter.formats.xbrl_xml.write.checks import xml_attribute
from exporter.model.fact import Fact
from exporter.model.report import FootnoteResource, Link
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_LINK, XSI
from exporter.transformations import Displayed

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

    The concept's type decides whether it is ``ix:nonFraction`` or ``ix:nonNumeric``; the context, the unit and every
    prefix are the document's from now on. What XBRL 2.1 forbids (a currency missing, a language on a number) goes to
    the findings of ``resources``.

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
    attributes: _Attributes, fact: Fact, concept: ConceptForm, displayed: Displayed, resources: Resources
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
    attributes: _Attributes, fact: Fact, concept: ConceptForm, displayed: Displayed, resources: Resources
) -> None:
    if fact.value is None:
        resources.checks.check_nil(fact, concept, numeric=False)
        return
    if concept.datatype is not None:
        resources.checks.check_place(fact, concept, numeric=False)
        if concept.check is not None and not concept.check(fact.value):
            resources.checks.report_value(fact, concept)
    if displayed.format is not None:
        attributes.append(("format", resources.prefixes.name(displayed.format)))


def continuation_tag(id_: str, *, continued_at: str | None = None) -> Tag:
    """The tag of a piece that a text fact or footnote goes on with."""
    goes_on = () if continued_at is None else (("continuedAt", continued_at),)
    return Tag("ix:continuation", (("id", id_), *goes_on))


def footnote_tag(note: FootnoteResource, resources: Resources) -> Tag:
    """The tag of a footnote, round its content."""
    language = ("xml:lang", resources.language(note.language) or "und")
    if resources.refs is None:
        return Tag("ix:footnote", (("id", note.id), language))
    # The id beside footnoteID is what links on the page lead to.
    own = (("footnoteID", note.id), ("id", note.id))
    return Tag("ix:footnote", (*own, *resources.refs.attributes(note.id), language))


# Such tags hold no bare ">": what is written escapes it. A parser of HTML does not know empty elements by a slash.
_SHORT: Final = re.compile(r"<([^\s<>/]++)([^<>]*)/>")


def header_markup(
    resources: Resources,
    *,
    hidden: Iterable[str] = (),
    taxonomy: Iterable[str] | None = None,
    links: Iterable[Link] | None = None,
) -> str:
    """The whole ``ix:header``, one element a line; it belongs into an element that is not displayed.

    All facts have to be tagged before, for contexts and units are those that have been referred to. What is wrong with
    references, footnotes and links goes to the findings of ``resources``.

    Args:
        resources: what the facts of the document refer to.
        hidden: the elements of facts and footnotes that the page does not show, as markup.
        taxonomy: hrefs of the schemas; the report's own by default.
        links: from facts to footnotes and to other facts, by their ids; the report's own by default.
    """
    report = resources.report
    hrefs = tuple(report.taxonomy if taxonomy is None else taxonomy)
    if not hrefs:
        message = "a report refers to at least one schema"
        resources.log.error("oime:noTaxonomy", message, "give the report a taxonomy")
    lines = ["<ix:header>\n"]
    concealed = list(hidden)
    if concealed:
        lines += ["<ix:hidden>\n", *(f"{element}\n" for element in concealed), "</ix:hidden>\n"]
    lines += ["<ix:references>\n", *_schemas(hrefs, resources), "</ix:references>\n", "<ix:resources>\n"]
    related = (report.links if links is None else links) if resources.refs is None else ()
    relationships = [*_relationships(related, resources)]
    inner = [*resources.footnotes.format_references(), *resources.format_contexts_and_units(), *relationships]
    lines += [_SHORT.sub(r"<\1\2></\1>", line) for line in inner]
    return "".join([*lines, "</ix:resources>\n", "</ix:header>"])


def _schemas(hrefs: Iterable[str], resources: Resources) -> Iterator[str]:
    for href in hrefs:
        place = xml_attribute(resources.log, href, "a schema href")
        yield f'  <link:schemaRef xlink:type="simple" xlink:href="{place}"></link:schemaRef>\n'


def _relationships(links: Iterable[Link], resources: Resources) -> Iterator[str]:
    """One relationship for all facts that lead to the same targets in the same order, by arcrole and link role.

    The order matters to items: the first footnote of a nil fact may say why its value is unknown. No relationship leads
    to footnotes and facts at once (ixe:relationshipReferencesMixed).
    """
    footnotes = {note.id for note in resources.report.footnotes}
    targets: dict[tuple[str, str, str, bool], list[str]] = {}
    for link in dict.fromkeys(links):
        if link.source == link.target:
            message = f"a relationship of Inline XBRL cannot lead from the fact {link.source!r} to itself"
            resources.log.error("ixe:relationshipFromToMatch", message, "take the link out", fact=link.source)
        key = (link.source, link.type, link.group, link.target in footnotes)
        targets.setdefault(key, []).append(link.target)
    sources: dict[tuple[str, str, str], list[str]] = {}
    for (source, arcrole, role, _), ids in targets.items():
        sources.setdefault((" ".join(ids), arcrole, role), []).append(source)
    for (target, arcrole, role), ids in sources.items():
        roles = "" if arcrole == ARCROLE_FACT_FOOTNOTE else f' arcrole="{escape_attribute(arcrole)}"'
        roles += "" if role == ROLE_LINK else f' linkRole="{escape_attribute(role)}"'
        yield f'  <ix:relationship{roles} fromRefs="{" ".join(ids)}" toRefs="{target}"/>\n'
