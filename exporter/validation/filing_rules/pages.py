"""Kinds of rules on the markup of documents: what may stand in a page, what it leads to, how its parts are shown."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from exporter.findings import Finding, Location, list_text
from exporter.model.patterns import compile_rule_pattern
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_FOOTNOTE, ROLE_LINK
from exporter.profiles.rules import DocumentRule
from exporter.validation.filing_rules.subject import Address, DocumentFacts, FilingSubject, kind_on

_HEADING: Final = re.compile("【([^【】]*)】")
_NONE: Final = DocumentFacts(name="")
_ACTIVE: Final = ("script", "object", "embed", "applet", "iframe")


def _document(subject: FilingSubject) -> DocumentFacts:
    return subject.document or _NONE


@kind_on("inline")
def no_active_content(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Nothing in the page is executed: no scripts, embedded objects, event handlers or addresses of scripts."""
    document = _document(subject)
    for element in _ACTIVE:
        for place in document.element_places.get(element, ()):
            yield subject.finding(rule, f"the page has the element {element}", "take it out", at=place)
    for (element, attribute), places in document.attribute_places.items():
        if re.fullmatch(r"on[a-z]+", attribute.lower()):
            message = f"the element {element} has the event handler {attribute}"
            yield subject.finding(rule, message, "take it out", at=places[0])
    for address in document.references:
        if address.href.strip().lower().startswith(("javascript:", "vbscript:")):
            yield subject.finding(
                rule, f"the address of {address.element} is a script", "take it out", at=address.location
            )
        elif (match := _ACTIVE_IN_DRAWING.search(_drawing(address.href))) is not None:
            message = f"an embedded drawing has {match[1] or match[2]}"
            yield subject.finding(rule, message, "take it out of the drawing", at=address.location)


@kind_on("inline")
def disallowed_markup(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """None of these ``elements`` of XHTML is used, and none of these ``attributes``."""
    document = _document(subject)
    for element in rule.texts("elements"):
        for place in document.element_places.get(element, ()):
            yield subject.finding(rule, f"the element {element} is not allowed", "take it out", at=place)
    names = rule.texts("attributes")
    for (element, attribute), places in document.attribute_places.items():
        if attribute.lower() in names:
            message = f"the attribute {attribute} of {element} is not allowed"
            yield subject.finding(rule, message, "take it out", at=places[0])


@kind_on("inline")
def forbidden_addresses(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No address fits ``pattern``; ``elements`` limits the rule to addresses of some elements."""
    elements, pattern = rule.texts("elements"), rule.pattern()
    for address in _document(subject).references:
        if (not elements or address.element in elements) and pattern.fullmatch(address.href.strip()):
            message = f"the address of {address.element} is not allowed: {address.href[:100]}"
            yield subject.finding(rule, message, at=address.location)


@kind_on("inline")
def no_nested_tables(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No table stands in a table."""
    for place in _document(subject).nested_tables:
        yield subject.finding(rule, "a table stands in a table", "make them one, or take the inner one out", at=place)


@kind_on("inline")
def anchors_apart(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Marks for links (``a`` without an address) stand in nothing but the body and its ``div`` elements."""
    for place in _document(subject).inner_anchors:
        fix = "give the element around it an id instead, or move the mark"
        yield subject.finding(rule, "an element a without href stands within other elements", fix, at=place)


@kind_on("inline")
def plain_meta(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A ``meta`` element says the type of the document (``text/html``), and nothing else."""
    for content, place in _document(subject).meta_contents:
        if not content.startswith("text/html"):
            yield subject.finding(
                rule, f"a meta element says {content[:60]!r}", "take it out, or say text/html", at=place
            )


@kind_on("inline")
def facts_displayed(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No style hides a fact (``display: none``); what stands in the header's hidden section is meant to be there."""
    for fact in _document(subject).facts:
        if not fact.hidden and not fact.is_displayed:
            fix = "show it, or put it into ix:hidden"
            yield subject.finding(rule, f"a style hides {fact.concept}", fix, at=fact.location)


@kind_on("inline")
def parts_in_order(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The parts of a continued text follow each other as a reader reads them."""
    for fact in _document(subject).facts:
        if not fact.in_order:
            yield subject.finding(
                rule,
                f"the parts of {fact.concept} are not in the order of the page",
                "chain the continuations from top to bottom",
                at=fact.location,
            )


@kind_on("inline")
def style_sheets(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """One document has its styles in it; several share a file of the filing."""
    document = _document(subject)
    sheets = [address for address in document.references if address.element == "link" and _is_sheet(address)]
    if len(document.files) > 1:
        for place in document.element_places.get("style", ()):
            fix = "put the styles into one file that all documents share"
            yield subject.finding(rule, "the styles of one of several documents stand in it", fix, at=place)
        for sheet in sheets:
            if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", sheet.href):
                message = f"the style sheet {sheet.href[:100]} is no file of the filing"
                yield subject.finding(rule, message, "put the file beside the documents", at=sheet.location)
    else:
        for sheet in sheets:
            yield subject.finding(
                rule, "the styles stand in a file of their own", "put them into the document", at=sheet.location
            )


def _is_sheet(address: Address) -> bool:
    return not address.href.lower().endswith((".ico", ".png", ".svg", ".gif"))


@kind_on("inline")
def escaped_specials(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A text with ``&`` or ``<`` in it keeps them by ``escape="true"``; ``blocks`` limits the rule to text blocks."""
    blocks = rule.parameters.get("blocks")
    for fact in _document(subject).facts:
        if fact.element != "nonNumeric" or fact.escape or not fact.has_specials:
            continue
        if not blocks or subject.is_text_block(fact.concept):
            message = f"{fact.concept} has & or < in its text, which are not escaped"
            yield subject.finding(rule, message, 'give it escape="true"', at=fact.location)


@kind_on("inline")
def unique_fact_ids(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two facts have one id."""
    counts = Counter(fact.id for fact in _document(subject).facts if fact.id)
    for fact in _document(subject).facts:
        if fact.id and counts[fact.id] > 1:
            counts[fact.id] = 0
            yield subject.finding(rule, f"several facts have the id {fact.id}", "give each its own", at=fact.location)


# Heads


@kind_on("inline")
def page_encoding(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The XML declaration says ``encoding``; with ``meta``, a meta element does so too."""
    encoding = rule.text("encoding", "UTF-8")
    for page in _document(subject).files:
        if rule.parameters.get("meta"):
            if page.meta_encoding is None:
                fix = f'add <meta http-equiv="Content-Type" content="text/html; charset={encoding}"/>'
                yield subject.finding(rule, "no meta element says the encoding", fix, at=page.location)
            elif page.meta_encoding.upper() != encoding:
                message = f"a meta element says the encoding is {page.meta_encoding}"
                yield subject.finding(rule, message, f"write {encoding}", at=page.location)
        elif (page.encoding or "UTF-8").upper() != encoding:
            yield subject.finding(
                rule, f"the document is encoded in {page.encoding}", f"encode it in {encoding}", at=page.location
            )


@kind_on("inline")
def page_language(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The language of the page, where it names one, is one of ``languages``."""
    allowed = {language.lower() for language in rule.texts("languages")}
    for page in _document(subject).files:
        for language in page.languages:
            if language.lower() not in allowed:
                message = f"the language of the page is {language!r}"
                yield subject.finding(rule, message, f"write {rule.texts('languages')[0]}", at=page.location)


@kind_on("inline")
def page_elements_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A page has one root, one head and one body."""
    for page in _document(subject).files:
        for name in ("html", "head", "body"):
            if page.counts.get(name, 0) > 1:
                yield subject.finding(rule, f"the page has several elements {name}", "leave one", at=page.location)


@kind_on("inline")
def page_characters(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every character of the texts is one of the character set ``codec``, or of ``also``."""
    codec, also = rule.text("codec", "cp932"), rule.text("also")
    for page in _document(subject).files:
        strange = sorted(
            character for character in page.characters if character not in also and not _is_in(character, codec)
        )
        if strange:
            characters = list_text(f"U+{ord(character):04X}" for character in strange)
            yield subject.finding(
                rule, f"the page has characters that are not accepted: {characters}", at=page.location
            )


def _is_in(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@kind_on("inline")
def page_begins(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Pages with names that fit ``names_pattern`` have ``text`` in their beginning."""
    names = compile_rule_pattern(rule.text("names_pattern", ".*"))
    for page in _document(subject).files:
        name = PurePosixPath(page.name.replace("\\", "/")).name
        if names.fullmatch(name) and rule.text("text") not in page.text_start.replace(" ", ""):
            yield subject.finding(rule, f"the page lacks {rule.text('text')}", "begin with it", at=page.location)


@kind_on("inline")
def page_headings(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Pages with names that fit ``names_pattern`` have the headings (【…】) that the form asks for.

    ``check`` is ``there`` (each of ``headings``), ``once`` (none twice, but for ``repeated``) or ``order``.
    """
    names, check = compile_rule_pattern(rule.text("names_pattern", ".*")), rule.text("check", "there")
    expected = rule.texts("headings")
    for page in _document(subject).files:
        if not names.fullmatch(PurePosixPath(page.name.replace("\\", "/")).name):
            continue
        headings = [heading.replace(" ", "").replace("\u3000", "") for heading in _HEADING.findall(page.text_start)]
        firsts = [heading for heading in dict.fromkeys(headings) if heading in expected]
        if check == "order":
            sorted_firsts = sorted(firsts, key=expected.index)
            pairs = zip(firsts, sorted_firsts, strict=True)
            wrong = [f"{heading} stands where {due} is due" for heading, due in pairs if heading != due][:1]
        elif check == "once":
            twice = (heading for heading in firsts if headings.count(heading) > 1)
            wrong = [f"{heading} stands twice" for heading in twice if heading not in rule.texts("repeated")]
        else:
            wrong = [f"{heading} is missing" for heading in expected if heading not in headings]
        for message in wrong:
            yield subject.finding(
                rule, f"on the cover page, {message}", "write the items of the form", at=page.location
            )


@kind_on("inline")
def root_declarations(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Well-known namespaces have the prefixes that everybody gives them (``prefixes``)."""
    prefixes = rule.texts_by_name("prefixes")
    for binding in _document(subject).bindings:
        usual = prefixes.get(binding.namespace)
        if usual is not None and binding.prefix and binding.prefix not in usual:
            message = f"the prefix of {binding.namespace} is {binding.prefix!r}"
            yield subject.finding(rule, message, f"write {list_text(usual, last=' or ')}", at=binding.location)


@kind_on("inline")
def namespaces_on_root(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Prefixes are declared on the root of a page."""
    for page in _document(subject).files:
        if page.declares_below:
            yield subject.finding(
                rule, "prefixes are declared below the root", "declare them on the root", at=page.location
            )


# Footnotes


@kind_on("inline")
def footnotes_linked(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every footnote that says anything belongs to a fact."""
    for note in _document(subject).footnotes:
        if not note.empty and not note.facts:
            fix = "join it to a fact by ix:relationship, or take it out"
            yield subject.finding(rule, f"no fact has the footnote {note.id or '(no id)'}", fix, at=note.location)


@kind_on("inline")
def footnote_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Footnotes, their links and arcs have roles of XBRL 2.1; ``parts`` (``notes``, ``links``, ``arcs``) chooses."""
    parts = rule.texts("parts") or ("notes", "links", "arcs")
    for note in _document(subject).footnotes:
        roles = [("role", note.role, ROLE_FOOTNOTE)] if "notes" in parts else []
        roles += [("role", role, ROLE_LINK) for role in note.link_roles if "links" in parts]
        roles += [("arcrole", arcrole, ARCROLE_FACT_FOOTNOTE) for arcrole in note.arcroles if "arcs" in parts]
        for word, value, standard in roles:
            if value and value != standard and value not in rule.texts("arcroles"):
                message = f"the footnote {note.id} has the {word} {value}"
                yield subject.finding(rule, message, f"use {standard}", at=note.location)


@kind_on("inline")
def footnote_languages(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A footnote is in a language of the report's texts, and every fact with footnotes has one in the report's."""
    document = _document(subject)
    spoken = {fact.language for fact in subject.report.facts if fact.language}
    notes = [note for note in document.footnotes if note.facts]
    for note in notes:
        if spoken and note.language and note.language.lower() not in spoken:
            message = f"the footnote {note.id} is in {note.language}, a language of no text of the report"
            yield subject.finding(rule, message, "tag texts in that language, or translate it", at=note.location)
    languages: dict[str, set[str]] = {}
    for note in notes:
        for fact in note.facts:
            languages.setdefault(fact, set()).add(note.language.lower())
    for fact, of_notes in languages.items() if document.language else ():
        if document.language and document.language.lower() not in of_notes:
            message = f"no footnote of the fact {fact} is in the language of the report, {document.language}"
            yield subject.finding(rule, message, "add one", at=Location(file=document.name, fact=fact))


@kind_on("inline")
def texts_in_report_language(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A text that is tagged is tagged in the language of the report, whatever others it stands in."""
    language = (_document(subject).language or "").lower()
    if not language:
        return
    groups: dict[object, list[str]] = {}
    for fact in subject.report.facts:
        if fact.language is not None and fact.value is not None:
            groups.setdefault((fact.concept, fact.context), []).append(fact.language.lower())
    for fact in subject.report.facts:
        languages = groups.pop((fact.concept, fact.context), None)
        if languages is not None and language not in languages:
            message = f"{fact.concept} is tagged in {list_text(dict.fromkeys(languages))}, the report is in {language}"
            yield subject.finding(rule, message, "tag the text in the language of the report too", fact=fact)


# Images


_MAGIC: Final = (
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("gif", b"GIF8"),
    ("jpeg", b"\xff\xd8\xff"),
    ("bmp", b"BM"),
    ("tiff", b"II*\x00"),
    ("tiff", b"MM\x00*"),
    ("webp", b"RIFF"),
)
_DATA: Final = re.compile(r"data:([^;,]*)((?:;[^;,]*)*),", re.IGNORECASE)
_ACTIVE_IN_DRAWING: Final = re.compile(
    r"<(?:svg:)?(script|object|embed|iframe|applet)\b|\s(on[a-z]{1,30})\s{0,9}=", re.IGNORECASE
)
_SUFFIXES: Final = {"jpg": "jpeg", "jpeg": "jpeg", "png": "png", "gif": "gif", "svg": "svg+xml"}


def _image_kind(head: bytes) -> str | None:
    """The kind of an image by its first bytes; ``None`` where they are of no kind that is known."""
    kind = next((name for name, magic in _MAGIC if head.startswith(magic)), None)
    return "svg+xml" if kind is None and head.lstrip()[:5].lower() in (b"<svg ", b"<?xml") else kind


@kind_on("document")
def image_kinds(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Images, embedded or as files, are of the ``kinds`` (``png``, ``gif``, ``jpeg``, ``svg+xml``) that they say.

    ``files_only`` looks at what is in files of a kind asked for.
    """
    kinds = rule.texts("kinds")
    for address in _document(subject).references:
        if address.element not in ("img", "css", "image"):
            continue
        if rule.parameters.get("files_only") and _SUFFIXES.get(_suffix(address.href)) not in kinds:
            continue
        message = _data_reason(address.href, kinds) if _is_data(address) else _file_reason(address.href, kinds, subject)
        if message is not None:
            fix = f"use {list_text(kinds, last=' or ')}, and say which it is"
            yield subject.finding(rule, message, fix, at=address.location)


def _is_data(address: Address) -> bool:
    return address.href.lstrip().lower().startswith("data:")


def _data_reason(href: str, kinds: tuple[str, ...]) -> str | None:
    match = _DATA.match(href.lstrip())
    if match is None or not match[1]:
        return "an embedded image does not say of which kind it is (MIME type)"
    kind = match[1].lower().removeprefix("image/")
    if kind not in kinds:
        return f"an embedded image is of the kind {match[1]}"
    if "base64" not in match[2].lower():
        return None
    try:
        head = base64.b64decode("".join(href.lstrip()[match.end() : match.end() + 64].split())[:40], validate=True)
    except (binascii.Error, ValueError):
        return "an embedded image is not in base64"
    actual = _image_kind(head)
    return None if actual in (None, kind) else f"an embedded image says it is {kind}, but is {actual}"


def _drawing(href: str) -> str:
    """The markup of an SVG drawing that an address embeds; empty for any other address."""
    match = _DATA.match(href.lstrip())
    if match is None or not match[1].lower().startswith("image/svg"):
        return ""
    content = href.lstrip()[match.end() :]
    if "base64" not in match[2].lower():
        return unquote(content)
    try:
        return base64.b64decode(content).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _suffix(href: str) -> str:
    return PurePosixPath(href.partition("?")[0].partition("#")[0]).suffix.lower().removeprefix(".")


def _file_reason(href: str, kinds: tuple[str, ...], subject: FilingSubject) -> str | None:
    suffix = _suffix(href)
    if _SUFFIXES.get(suffix) not in kinds:
        return f"the image {href[:100]} is of another kind"
    if subject.folder is None:
        return None
    head = next((head for name, head in subject.folder.heads.items() if name.endswith(href.lstrip("./"))), None)
    actual = _image_kind(head) if head is not None else None
    return None if actual in (None, _SUFFIXES[suffix]) else f"the image {href[:100]} is {actual}"
