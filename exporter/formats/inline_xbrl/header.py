"""``ix:header``: hidden facts, references to schemas, contexts, units, roles and relationships (Inline XBRL 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from exporter.formats.inline_xbrl.resources import Resources
from exporter.formats.xbrl_xml.fragments import escape_attribute
from exporter.model.report import Link
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_LINK

# Such tags hold no bare ">": what is written escapes it. A parser of HTML does not know empty elements by a slash.
_SHORT: Final = re.compile(r"<([^\s<>/]+)([^<>]*)/>")


def header_markup(
    resources: Resources,
    *,
    hidden: Iterable[str] = (),
    taxonomy: Iterable[str] | None = None,
    links: Iterable[Link] | None = None,
) -> str:
    """The whole ``ix:header``, one element a line; it belongs into an element that is not displayed.

    All facts have to be tagged before, for contexts and units are those that have been referred to. What is wrong with
    references, footnotes and links goes to the problems of ``resources``.

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
        resources.problems.add("oime:noTaxonomy", message, "give the report a taxonomy")
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
        place = resources.problems.attribute(href, "a schema href")
        yield f'  <link:schemaRef xlink:type="simple" xlink:href="{place}"></link:schemaRef>\n'


def _relationships(links: Iterable[Link], resources: Resources) -> Iterator[str]:
    """One relationship for each target, arcrole and link role, from all facts that lead there."""
    sources: dict[tuple[str, str, str], list[str]] = {}
    for link in dict.fromkeys(links):
        if link.source == link.target:
            message = f"a relationship of Inline XBRL cannot lead from the fact {link.source!r} to itself"
            resources.problems.add("ixe:relationshipFromToMatch", message, "take the link out", fact=link.source)
        sources.setdefault((link.target, link.type, link.group), []).append(link.source)
    for (target, arcrole, role), ids in sources.items():
        roles = "" if arcrole == ARCROLE_FACT_FOOTNOTE else f' arcrole="{escape_attribute(arcrole)}"'
        roles += "" if role == ROLE_LINK else f' linkRole="{escape_attribute(role)}"'
        yield f'  <ix:relationship{roles} fromRefs="{" ".join(ids)}" toRefs="{target}"/>\n'
