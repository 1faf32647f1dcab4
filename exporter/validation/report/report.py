"""The report as a whole, and each fact against its concept (OIM 1.0).

A report has a taxonomy, a base URL, entities, and footnotes with links. A fact's concept is known and reportable, and
the fact has the dimensions that its type and period type ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Forever, Instant
from exporter.model.report import FootnoteResource
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ENTITIES, XHTML
from exporter.resources.limits import Limits
from exporter.resources.xml import parse_xml
from exporter.validation.engine import Codes, is_a, rule, value_text
from exporter.validation.report.subject import ReportSubject, entity, fact_rule, shape

NO_TAXONOMY: Final = "oime:noTaxonomy"
BASE_URL: Final = "oime:invalidBaseURL"
RESERVED: Final = "oime:invalidUseOfReservedIdentifier"
UNUSED_NOTE: Final = Codes.oim("oime:unusedNoteFact", xml="xbrlxe:unlinkedFootnoteResource")
NOTE_TARGET: Final = Codes.oim("oime:illegalStandardFootnoteTarget", xml="xbrl.4.11.1.3.1:factFootnoteArcTo")
NOTE_LANGUAGE: Final = Codes.oim("oime:missingLanguageForNoteFact", xml="xbrl.4.11.1.2:footnoteLang")
FRAGMENT: Final = "oime:invalidXHTMLFragment"
PREFIXED: Final = "oime:xhtmlElementInNonDefaultNamespace"
DANGLING: Final = Codes(json="xbrlje:unknownLinkTarget", csv="exporter:danglingLink", xml="exporter:danglingLink")
DANGLING_SOURCE: Final = "exporter:unknownLinkSource"

_DEFAULT_PREFIX: Final = re.compile(r"[<&\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|\]\]>")


@rule(NO_TAXONOMY, section="OIM 1.0")
def report_names_its_taxonomy(subject: ReportSubject) -> Iterator[Finding]:
    """A report has at least one schema reference."""
    if not subject.report.taxonomy:
        yield subject.finding(NO_TAXONOMY, "the report names no taxonomy schema", "name at least one schema")


@rule(BASE_URL, section="OIM 1.0", needs=("base url",))
def base_url_is_absolute(subject: ReportSubject) -> Iterator[Finding]:
    """The base URL, where there is one, is absolute."""
    url = subject.report.base_url
    if url is not None and not _is_absolute(url):
        message = f"the base URL is absolute, got {value_text(url)}"
        yield subject.finding(BASE_URL, message, "write the URL in full, or leave it out")


def _is_absolute(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path) and url == url.strip()


@fact_rule(RESERVED, by=entity, section="OIM 1.0")
def entity_is_not_reserved(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The identifier that stands for no entity is written in XML only; the model has no entity then."""
    entity = fact.context.entity
    if entity is not None and (entity.scheme, entity.identifier) == (ENTITIES, "NA"):
        message = "the reserved identifier NA is no entity"
        yield subject.finding(RESERVED, message, "leave the entity out where there is none")


@rule(UNUSED_NOTE, NOTE_LANGUAGE, section="OIM 1.0", needs=("footnotes",))
def footnotes_are_linked(subject: ReportSubject) -> Iterator[Finding]:
    """Each footnote is the target of a link and states its language."""
    targets = {link.target for link in subject.report.links}
    for note in subject.report.footnotes:
        if note.id not in targets:
            finding = subject.finding(
                UNUSED_NOTE, "nothing links to the footnote", "link it from a fact, or take it out"
            )
            yield finding.at(fact=note.id)
        if not note.language:
            yield subject.finding(NOTE_LANGUAGE, "the footnote has no language", "state its language").at(fact=note.id)


@rule(NOTE_TARGET, DANGLING, DANGLING_SOURCE, section="OIM 1.0", needs=("links",))
def links_lead_somewhere(subject: ReportSubject) -> Iterator[Finding]:
    """Links start at facts and end at facts or footnotes; standard footnote links end at footnotes."""
    facts = {fact.id for fact in subject.report.facts if fact.id is not None}
    notes = {note.id for note in subject.report.footnotes}
    for link in subject.report.links:
        place = Location(fact=link.source)
        if link.source not in facts:
            message = f"a link starts at {link.source!r}, which is no fact of the report"
            yield subject.finding(DANGLING_SOURCE, message, "correct the id").at(fact=link.source)
        if link.target in notes:
            continue
        if link.target not in facts:
            message = f"a link leads to {link.target!r}, which is not in the report"
            yield subject.finding(DANGLING, message, "correct the id").at(fact=place.fact)
        elif link.type == ARCROLE_FACT_FOOTNOTE:
            message = f"the footnote link leads to {link.target!r}, which is a fact, not a footnote"
            yield subject.finding(NOTE_TARGET, message, "use another link type between facts").at(fact=place.fact)


@rule(FRAGMENT, PREFIXED, section="OIM 1.0", needs=("footnotes",))
def footnotes_are_xhtml(subject: ReportSubject) -> Iterator[Finding]:
    """The content of a footnote is a well-formed fragment of XHTML in the default namespace."""
    for note in subject.report.footnotes:
        finding = _check_fragment(subject, note)
        if finding is not None:
            yield finding.at(fact=note.id)


def _check_fragment(subject: ReportSubject, note: FootnoteResource) -> Finding | None:
    if not _DEFAULT_PREFIX.search(note.content):
        return None
    try:
        data = f'<div xmlns="{XHTML}">{note.content}</div>'.encode()
        root = parse_xml(data, Limits(), name="").getroot()
    except (ReadError, UnicodeEncodeError) as error:
        reason = error.findings[0].message if isinstance(error, ReadError) else str(error)
        message = f"the footnote is no well-formed XHTML fragment: {reason}"
        return subject.finding(FRAGMENT, message, "escape & as &amp; and < as &lt; in plain text; close every element")
    for element in root.iterdescendants():
        namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
        is_xhtml = namespace == XHTML
        if element.getparent() is root and not is_xhtml:
            return subject.finding(FRAGMENT, f"the element {element.tag} of the footnote is not XHTML", "use XHTML")
        if is_xhtml and element.prefix is not None:
            message = f"the XHTML element {element.prefix}:{name} has a prefix"
            return subject.finding(PREFIXED, message, "write XHTML elements without a prefix")
    return None


UNKNOWN: Final = "oime:unknownConcept"
ABSTRACT: Final = "oime:valueForAbstractConcept"
TUPLE: Final = Codes.oim("oime:unsupportedConceptDataType", xml="xbrlxe:unsupportedTuple")
FRACTION: Final = Codes.oim("oime:unsupportedConceptDataType", xml="xbrlxe:unsupportedFraction")
UNSUPPORTED: Final = "oime:unsupportedConceptDataType"
WRONG_PERIOD: Final = Codes.oim("oime:invalidPeriodDimension", xml="xbrl.4.7.2:contextPeriodType")
NO_PERIOD: Final = Codes.oim("oime:missingPeriodDimension", xml="xbrl.4.7.2:contextPeriodType")
UNIT: Final = Codes.oim("oime:misplacedUnitDimension", xml="xbrl.4.6.2:nonNumericUnit")
DECIMALS: Final = Codes.oim("oime:misplacedDecimalsProperty", xml="xbrl.4.6.3:nonNumericAccuracy")
NIL_DECIMALS: Final = Codes.oim("oime:misplacedDecimalsProperty", xml="xbrl.4.6.3:nilAccuracy")
LANGUAGE: Final = "oime:misplacedLanguageDimension"
NIL: Final = Codes.oim("oime:invalidFactValue", xml="exporter:xmlSchema")


@fact_rule(UNKNOWN, by=shape, section="OIM 1.0")
def concept_is_known(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The taxonomy declares the concept as an item."""
    if subject.is_unknown(fact.concept):
        message = f"the taxonomy has no concept {fact.concept}"
        yield subject.finding(UNKNOWN, message, "correct the name or its prefix, or add the concept to the taxonomy")


@fact_rule(ABSTRACT, by=shape, section="OIM 1.0")
def concept_is_not_abstract(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Headings, axes, members and hypercubes have no values."""
    concept = subject.taxonomy.concept(fact.concept)
    if concept is not None and concept.kind != "tuple" and (concept.abstract or concept.kind != "item"):
        kind = "abstract" if concept.kind == "item" else f"a {concept.kind}"
        yield subject.finding(ABSTRACT, f"{fact.concept} is {kind}: it can have no value", "report another concept")


@fact_rule(UNSUPPORTED, TUPLE, FRACTION, by=shape, section="OIM 1.0")
def concept_type_is_supported(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Tuples, fractions and prefixed content have no place in the model."""
    concept = subject.taxonomy.concept(fact.concept)
    if concept is None:
        return
    if concept.kind == "tuple":
        yield subject.finding(TUPLE, f"{fact.concept} is a tuple, which the model has no place for", "use dimensions")
    elif concept.datatype is None:
        return
    elif concept.datatype.base == "fraction":
        message = f"{fact.concept} is a fraction, which the model has no place for"
        yield subject.finding(FRACTION, message, "report it as a decimal number")
    elif is_a(concept.datatype, "SQNameItemType", "SQNamesItemType"):
        message = f"{fact.concept} is of type {concept.datatype.name}, which processors treat differently"
        yield subject.finding(UNSUPPORTED, message, "use another type", severity=Severity.WARNING)
    elif is_a(concept.datatype, "prefixedContentItemType"):
        message = f"{fact.concept} is of type {concept.datatype.name}, whose prefixes the model cannot carry"
        yield subject.finding(UNSUPPORTED, message, "use another type")


@fact_rule(WRONG_PERIOD, NO_PERIOD, by=shape, section="OIM 1.0")
def period_fits_concept(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Instant concepts have instants, duration concepts durations or no period at all."""
    concept = subject.taxonomy.concept(fact.concept)
    if concept is None or concept.period_type is None or concept.kind == "tuple":
        return
    period = fact.context.period
    if concept.period_type == "instant" and isinstance(period, Forever):
        message = f"{fact.concept} is an instant concept and has no period"
        yield subject.finding(NO_PERIOD, message, "state the instant")
    elif concept.period_type == "instant" and isinstance(period, Duration):
        message = f"{fact.concept} is an instant concept, but the period is a duration ({period})"
        yield subject.finding(WRONG_PERIOD, message, "state the instant")
    elif concept.period_type == "duration" and isinstance(period, Instant):
        message = f"{fact.concept} is a duration concept, but the period is an instant ({period})"
        yield subject.finding(WRONG_PERIOD, message, "state the start and the end")


@fact_rule(UNIT, by=shape, part="unit", section="OIM 1.0")
def unit_only_on_numbers(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Only numeric facts have units."""
    datatype = subject.datatype(fact.concept)
    if datatype is not None and not datatype.is_numeric:
        message = f"{fact.concept} is no number ({datatype.name}), yet it has the unit {fact.unit}"
        yield subject.finding(UNIT, message, "take the unit out")


@fact_rule(DECIMALS, NIL_DECIMALS, by=shape, part="decimals", section="OIM 1.0")
def decimals_only_on_numbers(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Only numeric facts that are not nil have decimals."""
    datatype = subject.datatype(fact.concept)
    if datatype is not None and not datatype.is_numeric:
        message = f"{fact.concept} is no number ({datatype.name}), yet it has decimals"
        yield subject.finding(DECIMALS, message, "take the decimals out")
    elif fact.value is None:
        yield subject.finding(NIL_DECIMALS, f"{fact.concept} is nil, yet it has decimals", "take the decimals out")


@fact_rule(LANGUAGE, by=shape, part="language", section="OIM 1.0")
def language_only_on_text(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Only text has a language."""
    datatype = subject.datatype(fact.concept)
    if datatype is not None and not datatype.is_text:
        message = f"{fact.concept} is no text ({datatype.name}), yet it has the language {fact.language}"
        yield subject.finding(LANGUAGE, message, "take the language out")


@fact_rule(NIL, by=shape, part="nil", section="OIM 1.0")
def nil_only_where_allowed(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Only facts of nillable concepts are nil."""
    concept = subject.taxonomy.concept(fact.concept)
    if concept is not None and concept.kind == "item" and not concept.nillable:
        message = f"{fact.concept} is not nillable: a value is expected, got nil"
        yield subject.finding(NIL, message, "give a value, or leave the fact out")
