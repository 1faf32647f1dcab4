"""The names of a standard taxonomy with the phrases under which their concepts are printed, ready for search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from attrs import frozen

from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.standard_concepts import (
    ConceptAttributes,
    StandardName,
    UsualLine,
    standard_names,
    usual_lines,
)
from exporter.taxonomy.concepts import Concept, Label
from exporter.taxonomy.search import ConceptIndex, words_of_name

_SAME: Final = (
    (re.compile(r"\b(share|stock|shareown|share-?hold|stockhold)(holder|er|owner)s?('s?)?\b"), "stockholder"),
    (re.compile(r"\bnon[- ]current\b"), "noncurrent"),
    (re.compile(r"\bnon[- ]operating\b"), "nonoperating"),
    (re.compile(r"\bnon[- ]trade\b"), "nontrade"),
    (re.compile(r"\bnon[- ]controlling\b"), "noncontrolling"),
    (re.compile(r"\bnon[- ]?cash\b"), "noncash"),
    (re.compile(r"\bearnings\b|\bprofit\b"), "income"),
    (re.compile(r"\bstock-based\b|\bshare-based\b|\bequity-based\b|\bsharebased\b"), "share based"),
    (re.compile(r"\bamortisation\b"), "amortization"),
    (re.compile(r"\bpayments? (to acquire|for (the )?acquisition of)\b"), "purchase"),
    (re.compile(r"\b(purchases?|acquisitions?) (of|for)\b"), "purchase"),
    (re.compile(r"\b(re)?payments? (of|on|for|under)\b|\bpaid\b"), "payment"),
    (re.compile(r"\bborrowings (on|under)\b"), "proceeds from"),
    (re.compile(r"\bdisposals? of\b|\bdisposition of\b"), "sale of"),
    (re.compile(r"\bloss \(?gain\)?|\(gain\)/? ?loss|\bgains?/?\(?loss(es)?\)?"), "gain loss"),
)  # fmt: skip
_NAME_SECTIONS: Final = (
    (re.compile(r"^(Increase|Decrease)\w*In[A-Z]|DecreaseIncreaseIn"), ("wc",)),
    (re.compile(r"OpeCF|ClassifiedAsOperatingActivities$|^AdjustmentsFor"), ("op", "wc")),
    (re.compile(r"InvCF$|ClassifiedAsInvestingActivities$|^PaymentsToAcquire|InvestingActivities"), ("inv",)),
    (re.compile(r"FinCF$|ClassifiedAsFinancingActivities$|^PaymentsOf|^RepaymentsOf|FinancingActivities"), ("fin",)),
    (re.compile(r"^ProceedsFrom(Issu|Repay|Notes|Lines|Stock)"), ("fin",)),
    (re.compile(r"^(ProceedsFrom|PaymentsFor|PurchaseOf)"), ("inv", "fin")),
    (re.compile(r"OCI$|^OtherComprehensiveIncome|^ComprehensiveIncome"), ("ci",)),
    (re.compile(r"NOI$"), ("noi",)),
    (re.compile(r"NOE$"), ("noe",)),
    (re.compile(r"EI$"), ("ei",)),
    (re.compile(r"EL$"), ("el",)),
    (re.compile(r"SGA$"), ("is",)),
    (re.compile(r"PPE$"), ("ppe",)),
    (re.compile(r"IOA(ByGroup)?$"), ("ioa",)),
    (re.compile(r"(?<!O)IA$"), ("ia",)),
    (re.compile(r"NCL$"), ("nl",)),
    (re.compile(r"PerShare|PerBasicShare|PerDilutedShare|NumberOf\w{0,80}Shares"), ("eps",)),
)
_AFFIXES: Final = re.compile(
    r"^(IncreaseDecreaseIn|AdjustmentsFor(DecreaseIncreaseIn|IncreaseDecreaseIn)?)"
    r"|(AtCarryingValue|Current|Noncurrent|NetOfTax|Value|[a-z](NOI|NOE|OCI|CA|CL|NCL|IA|IOA|EI|EL)|ClassifiedAs\w{1,80})$"
)


@frozen(kw_only=True)
class KnownConcept:
    """What is known of a candidate beside its words. ``usual_place`` is its place in the table of usual lines."""

    attributes: ConceptAttributes
    sections: tuple[str, ...] = ()
    usual_place: int | None = None
    name: StandardName | None = None


@frozen(eq=False)
class ConceptNames:
    """The names of a taxonomy with the phrases by which they are printed, as a search needs them."""

    prefix: str
    known: Mapping[str, KnownConcept]
    phrases: Mapping[str, tuple[str, ...]]

    @property
    def concepts(self) -> Iterator[Concept]:
        for name, known in self.known.items():
            yield Concept(
                qname=QName("", name, prefix=self.prefix),
                datatype=standard_type(known.attributes.item_type),
                period_type=known.attributes.period_type,
                balance=known.attributes.balance,
                abstract=known.attributes.abstract,
                id=name,
            )

    def labels_of(self, concept: QName) -> Iterator[Label]:
        for phrase in self.phrases.get(concept.local_name, ()):
            yield Label(concept=concept, text=same_words(phrase))
        bare = concept.local_name.removesuffix("Abstract")
        words = {_AFFIXES.sub("", bare), bare}
        for text in words:
            yield Label(concept=concept, text=same_words(words_of_name(text).lower()))


@cache
def concept_names(prefix: str) -> tuple[ConceptNames, ConceptIndex]:
    """The names that this package knows of a taxonomy, and their index; made on first use, then only read."""
    lines = {line.name: line for line in usual_lines(prefix)}
    places: dict[UsualLine | None, int] = {line: place for place, line in enumerate(lines.values())}
    known: dict[str, KnownConcept] = {}
    phrases: dict[str, tuple[str, ...]] = {name: line.phrases for name, line in lines.items()}
    for name, standard in standard_names(prefix):
        usual = lines.get(name)
        base = lines.get(name.removesuffix("Abstract")) if usual is None else None
        known[name] = KnownConcept(
            attributes=standard.attributes or ConceptAttributes.of_name(name),
            sections=usual.sections if usual else base.sections if base else tuple(_sections_of_name(name, standard)),
            usual_place=places.get(usual or base),
            name=standard,
        )
        if base is not None:
            phrases[name] = base.phrases
    names = ConceptNames(prefix, known, phrases)
    return names, ConceptIndex.of(names)


def _sections_of_name(name: str, standard: StandardName) -> Iterator[str]:
    """Where a concept stands that no table tells of: what its name, period and balance say."""
    for pattern, sections in _NAME_SECTIONS:
        if pattern.search(name):
            yield from sections
            return
    attributes = standard.attributes
    if attributes is None or not attributes.is_monetary:
        return
    if attributes.period_type == "instant":
        is_current, is_noncurrent = name.endswith(("Current", "CA", "CL")), "Noncurrent" in name
        side = "al" if attributes.balance is None else "a" if attributes.balance == "debit" else "l"
        for letter in side:
            yield from (f"c{letter}",) if is_current else (f"n{letter}",) if is_noncurrent else (letter,)
    else:
        yield from ("is", "op")


def same_words(text: str) -> str:
    """A label with one word for what companies call by several."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text
