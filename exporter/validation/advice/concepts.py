"""Advice on extension concepts: needless ones, their names and labels, their anchors in the standard.

Anchors say which standard concepts are wider or narrower than an extension concept (ESEF Regulatory Technical
Standard).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Severity, list_text
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.taxonomy.concepts import STANDARD, Concept
from exporter.taxonomy.networks import (
    DIMENSIONAL,
    PARENT_CHILD,
    WIDER_NARROWER,
    Relationship,
)
from exporter.taxonomy.search import ConceptMatch, tokens, words_of_name
from exporter.validation.advice.subject import (
    AdviceSubject,
    candidates_text,
    comparable,
    is_member,
    is_text_block,
    kind_of,
    name_text,
)
from exporter.validation.engine import rule

LONGEST_NAME: Final = 200
LONGEST_LABEL: Final = 511
_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]*")
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
)
_PERIOD: Final = re.compile(
    rf"(?:{_MONTHS})[0-9]+|(?<![0-9])(?:19|20)[0-9]{{2}}(?![0-9])"
    r"|(?<![A-Z0-9])(?:FY[0-9]*|[1-4]Q|Q[1-4]|H[12])(?=[0-9]{2,4}|$|[A-Z][a-z])"
)
_SMALL_WORDS: Final = frozenset(
    [*("a", "an", "and", "as", "at", "by", "for", "from", "if", "in", "into", "is", "nor", "not", "of", "on", "or"),
     *("over", "per", "than", "that", "the", "through", "to", "under", "upon", "via", "which", "with", "within")]
)  # fmt: skip
_BREAKS: Final = re.compile(r"[\s/,;:()\[\]_\u2010-\u2015-]+")
_ENDINGS: Final = ("Axis", "Table", "LineItems", "Abstract", "Domain", "Member", "TextBlock")
_OF_KIND: Final = {
    "dimension": ("Axis",),
    "hypercube": ("Table", "Hypercube"),
    "member": ("Member", "Domain"),
    "abstract": ("Abstract", "LineItems", "RollForward", "Hierarchy"),
}
_TEXT_BLOCK: Final = ("TextBlock", "Explanatory")
_FEW: Final = 20


_NEAR: Final = 0.8
_NAMED: Final = 3


@rule("exporter:needlessExtension", "exporter:similarConcept", severity=Severity.WARNING)
def check_needless(subject: AdviceSubject) -> Iterator[Finding]:
    """``exporter:needlessExtension`` where a standard concept of the same kind, type, period type and balance has the
    same words; ``exporter:similarConcept`` where it has nearly the same."""
    for concept in subject.own:
        nearest = _nearest(subject, concept)
        if not nearest:
            continue
        same = tuple(candidate for candidate in nearest if _same_words(subject, concept, candidate))
        if same:
            yield subject.finding(
                "exporter:needlessExtension",
                f"{name_text(same[0].concept.qname)} is a standard concept of the same label, type, period type and "
                "balance",
                concept,
                f"report {candidates_text(same)}, or give a label that says what is different",
            )
        else:
            yield subject.finding(
                "exporter:similarConcept",
                f"there are standard concepts of nearly the same label: {candidates_text(nearest)}",
                concept,
                "report one of them if it means the same",
                severity=Severity.INFO,
            )


def _nearest(subject: AdviceSubject, concept: Concept) -> tuple[ConceptMatch, ...]:
    required = comparable(concept)
    by_concept: dict[object, ConceptMatch] = {}
    for text in dict.fromkeys((subject.label(concept), concept.qname.local_name)):
        if text:
            for candidate in subject.standard.nearest(
                text, accept=lambda other: comparable(other) == required, limit=_NAMED, least=_NEAR
            ):
                known = by_concept.get(candidate.concept.qname)
                if known is None or candidate.score > known.score:
                    by_concept[candidate.concept.qname] = candidate
    ranked = sorted(by_concept.values(), key=lambda candidate: (-candidate.score, candidate.concept.qname.sort_key))
    return tuple(ranked[:_NAMED])


def _same_words(subject: AdviceSubject, concept: Concept, candidate: ConceptMatch) -> bool:
    """Whether label or name has just the words of the candidate: with a label, names do not count."""
    text = subject.label(concept) or concept.qname.local_name
    return candidate.concept.qname.local_name == concept.qname.local_name or set(tokens(text)) == set(
        tokens(candidate.label)
    )


@rule(
    "exporter:nameForm",
    "exporter:nameNotOfLabel",
    "exporter:periodInName",
    "exporter:companyInName",
    "exporter:endingOfName",
    "exporter:abstractAtInstant",
    "exporter:balanceMissing",
    severity=Severity.WARNING,
)
def check_names(subject: AdviceSubject) -> Iterator[Finding]:
    """The form of names, the words in them, and the endings that show a concept's kind."""
    for concept in subject.own:
        yield from _check_form(subject, concept)
        yield from _check_words(subject, concept)
        yield from _check_ending(subject, concept)
        yield from _check_balance(subject, concept)


def _check_form(subject: AdviceSubject, concept: Concept) -> Iterator[Finding]:
    name = concept.qname.local_name
    if not _NAME.fullmatch(name):
        message = f"a name starts with a capital and has letters and digits only, got {name!r}"
        yield subject.finding("exporter:nameForm", message, concept, f"call it {_camel(words_of_name(name))}")
    if len(name) > LONGEST_NAME:
        message = f"a name has at most {LONGEST_NAME} characters, got {len(name)}"
        yield subject.finding("exporter:nameForm", message, concept, "shorten the label and the name")


def _check_words(subject: AdviceSubject, concept: Concept) -> Iterator[Finding]:
    name = concept.qname.local_name
    label = subject.label(concept)
    if label is not None and _is_latin(label) and not _is_camel_form(name, label):
        yield subject.finding(
            "exporter:nameNotOfLabel",
            f"the name is not the camel form of the label {label!r}",
            concept,
            f"call it {_camel(label)}, or change the label",
            severity=Severity.INFO,
        )
    if period := _PERIOD.search(name):
        message = f"the name has a period in it: {period.group()}"
        # a member may well be a bond called by its year
        severity = Severity.INFO if is_member(concept) else Severity.WARNING
        fix = "periods belong to facts, not to concepts"
        yield subject.finding("exporter:periodInName", message, concept, fix, severity=severity)
    if company_words := [word for word in _camel_words(name) if word in subject.company]:
        message = f"the name has the company in it: {company_words[0]}"
        yield subject.finding("exporter:companyInName", message, concept, "the namespace says whose concept it is")


def _is_latin(text: str) -> bool:
    return all(char.isascii() or not char.isalpha() for char in text)


def _camel_words(name: str) -> list[str]:
    return words_of_name(name).lower().split()


def _collapsed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _is_camel_form(name: str, label: str) -> bool:
    """Whether the name is the label without blanks and punctuation; small words may be left out of the name."""
    if _collapsed(label) == name.lower() or _collapsed(re.sub(r"\[[^\[\]]*\]\s*$", "", label)) == name.lower():
        return True
    return _consumes(name.lower(), [word for part in _BREAKS.split(label) if (word := _collapsed(part))])


def _consumes(name: str, words: list[str]) -> bool:
    """Whether the words, some small ones left out, make up the name from its start to its end."""
    reached = {0}
    for word in words:
        further = {at + len(word) for at in reached if name.startswith(word, at)}
        reached = further | reached if word in _SMALL_WORDS else further
        if not reached:
            return False
    return len(name) in reached


def _camel(label: str) -> str:
    words = [re.sub(r"[^A-Za-z0-9]", "", word) for word in _BREAKS.split(label)]
    made = "".join(word[0].upper() + word[1:] for word in words if word)[:LONGEST_NAME]
    return made if made[:1].isalpha() else f"Item{made}"


def _check_ending(subject: AdviceSubject, concept: Concept) -> Iterator[Finding]:
    name, kind = concept.qname.local_name, kind_of(concept)
    ending = next((known for known in _ENDINGS if name.endswith(known)), None)
    expected = _OF_KIND.get(kind, _TEXT_BLOCK if kind == "item" and is_text_block(concept) else ())
    if expected and not name.endswith(expected):
        message = f"the name of {_described(concept)} ends with {list_text(expected[:2], last=' or ')}"
        yield subject.finding("exporter:endingOfName", message, concept, f"call it {name}{expected[0]}")
    elif not expected and ending is not None and ending != "Table":
        message = f"the name ends with {ending}, but the concept is {_described(concept)}"
        yield subject.finding(
            "exporter:endingOfName", message, concept, "change the name, or declare the concept as that kind"
        )
    if concept.abstract and kind == "abstract" and concept.period_type == "instant":
        message = "an abstract concept has the period type duration"
        yield subject.finding(
            "exporter:abstractAtInstant", message, concept, "declare it with the period type duration"
        )


def _described(concept: Concept) -> str:
    names = {"dimension": "an axis", "hypercube": "a table", "member": "a domain or member", "abstract": "a heading"}
    return names.get(kind_of(concept), "a text block" if is_text_block(concept) else "an item that is reported")


def _check_balance(subject: AdviceSubject, concept: Concept) -> Iterator[Finding]:
    if concept.datatype is not None and concept.datatype.is_monetary and not concept.abstract and not concept.balance:
        yield subject.finding(
            "exporter:balanceMissing",
            "an amount of money has no balance, so nothing says what its sign means",
            concept,
            "declare it debit or credit; where it is neither, let its documentation settle the sign",
        )


# Labels


@rule("exporter:labelMissing", "exporter:labelForm", "exporter:sameLabel", severity=Severity.WARNING)
def check_labels(subject: AdviceSubject) -> Iterator[Finding]:
    """That each own concept has one standard label, unlike those of others, short and in the style of the standard."""
    titled = _is_title_style(subject.standard_labels)
    seen: dict[str, Concept] = {}
    for concept in subject.own:
        texts = [
            label.text
            for label in subject.extension.labels_of(concept.qname)
            if label.role == STANDARD and label.language.lower().partition("-")[0] == subject.language
        ]
        if not texts:
            message = f"there is no standard label in the language {subject.language!r}"
            yield subject.finding("exporter:labelMissing", message, concept, "give it one")
        if len(set(texts)) > 1:
            yield subject.finding(
                "exporter:labelForm", "there are several standard labels", concept, "keep one of them"
            )
        for text in dict.fromkeys(texts):
            yield from _check_label(subject, concept, text, titled)
            first = seen.setdefault(text, concept)
            if first is not concept:
                message = f"{name_text(first.qname)} has the same standard label {text!r}"
                yield subject.finding("exporter:sameLabel", message, concept, "say in the label what is different")


def _check_label(subject: AdviceSubject, concept: Concept, text: str, titled: bool) -> Iterator[Finding]:
    if len(text) > LONGEST_LABEL:
        message = f"a label has at most {LONGEST_LABEL} characters, got {len(text)}"
        yield subject.finding("exporter:labelForm", message, concept, "shorten it; details belong in the documentation")
    if text != text.strip() or "  " in text or any(char in text for char in "\t\r\n"):
        yield subject.finding(
            "exporter:labelForm", "the label has blanks at its ends or several in a row", concept, "take them out"
        )
    if titled and _is_latin(text) and (small := _uncapitalized(text)):
        message = f"the standard's labels have capitals for all main words, this one has {small!r}"
        yield subject.finding("exporter:labelForm", message, concept, "write it with capitals", severity=Severity.INFO)


def _uncapitalized(text: str) -> str | None:
    """The first main word that has no capital; what follows a hyphen may be without."""
    for word in re.findall(r"(?<![-\u2010\u2011A-Za-z0-9'\u2019])[A-Za-z][A-Za-z'\u2019]*", text):
        if word.islower() and len(word) > 2 and word not in _SMALL_WORDS:
            return str(word)
    return None


def _is_title_style(labels: tuple[str, ...]) -> bool:
    """Whether a standard writes labels with capitals; undecided where there are few."""
    several = [label for label in labels if len(label.split()) > 1 and _is_latin(label)]
    count = Counter(_uncapitalized(label) is None for label in several)
    return len(several) >= _FEW and count[True] >= 0.8 * len(several)


_NOTES: Final = re.compile(r"^\s*\[[89][0-9]{5}\]|\bnotes?\b|\bdisclosure\b|\bpolic(?:y|ies)\b", re.IGNORECASE)
_PLAUSIBLE: Final = 0.3


@rule("exporter:unanchoredConcept", "exporter:wrongAnchor", "exporter:anchorDiffers", severity=Severity.WARNING)
def check_anchors(subject: AdviceSubject) -> Iterator[Finding]:
    """Line items that no anchor ties to the standard, a note for those in notes, and anchors that tie nothing."""
    if not subject.anchoring:
        return
    arcs = [arc for arc in subject.extension.relationships if arc.arcrole == WIDER_NARROWER]
    by_name = {concept.qname: concept for concept in subject.own}
    anchored = {end for arc in arcs if _ties(subject, arc) for end in (arc.source, arc.target) if subject.is_own(end)}
    excused = _presented_in_notes_only(subject)
    for concept in subject.own:
        if _needs_anchor(concept) and concept.qname not in anchored:
            yield _unanchored(subject, concept, excused=concept.qname in excused)
    dimensional = {arc.role for arc in subject.extension.relationships if arc.arcrole in DIMENSIONAL}
    for arc in arcs:
        own = by_name.get(arc.source) or by_name.get(arc.target)
        if own is not None:
            yield from _check_arc(subject, arc, own, dimensional)


def _ties(subject: AdviceSubject, arc: Relationship) -> bool:
    return subject.is_own(arc.source) != subject.is_own(arc.target)


def _needs_anchor(concept: Concept) -> bool:
    return kind_of(concept) == "item" and not is_text_block(concept)


def _presented_in_notes_only(subject: AdviceSubject) -> set[QName]:
    """Concepts that stand in roles of notes and in no other."""
    places: dict[QName, set[bool]] = {}
    for arc in subject.extension.relationships:
        if arc.arcrole == PARENT_CHILD and subject.is_own(arc.target):
            is_note = _NOTES.search(subject.extension.definition(arc.role)) is not None
            places.setdefault(arc.target, set()).add(is_note)
    return {name for name, are_notes in places.items() if are_notes == {True}}


def _unanchored(subject: AdviceSubject, concept: Concept, *, excused: bool) -> Finding:
    text = subject.label(concept) or concept.qname.local_name
    type_ = concept.datatype.standard if concept.datatype is not None else None
    candidates = subject.standard.nearest(
        text,
        type=type_,
        period=concept.period_type,
        accept=lambda other: kind_of(other) == "item",
        limit=_NAMED,
        least=_PLAUSIBLE,
    )
    hint = f", perhaps {candidates_text(candidates)}" if candidates else ""
    return subject.finding(
        "exporter:unanchoredConcept",
        "a line item of the filing's own has no anchor in the standard taxonomy"
        + (", which it may do without in the notes" if excused else ""),
        concept,
        f"name a wider standard concept{hint}; for a sum, the narrower ones it combines",
        severity=Severity.INFO if excused else Severity.WARNING,
    )


def _check_arc(subject: AdviceSubject, arc: Relationship, own: Concept, dimensional: set[str]) -> Iterator[Finding]:
    ends = f"{name_text(arc.source)} is wider than {name_text(arc.target)}"
    if not _ties(subject, arc):
        message = f"{ends}: an anchor leads from the filing's own concepts to standard ones"
        yield subject.finding("exporter:wrongAnchor", message, own, "anchor it to a standard concept")
        return
    if arc.role in dimensional:
        message = f"{ends} in the link role {arc.role}, where dimensions stand"
        yield subject.finding("exporter:wrongAnchor", message, own, "anchors have a link role of their own")
    other_name = arc.target if subject.is_own(arc.source) else arc.source
    other = subject.extension.concept(other_name)
    if other is not None and (different := _differences(own, other)):
        message = f"{ends}, but they differ in their {list_text(different, last=' and ')}"
        yield subject.finding(
            "exporter:anchorDiffers", message, own, "anchor to a concept of the same kind", severity=Severity.INFO
        )


def _differences(own: Concept, other: Concept) -> list[str]:
    names = []
    if own.datatype is not None and other.datatype is not None and not _related(own.datatype, other.datatype):
        names.append("type")
    if own.period_type != other.period_type:
        names.append("period type")
    return names


def _related(first: DataType, second: DataType) -> bool:
    """The same standard type, or one derived from the other."""
    return first.standard == second.standard or first.standard in second.lineage or second.standard in first.lineage
