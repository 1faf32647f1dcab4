"""Rules across items: shareholders, directors, related parties, risk factors, texts and the items of the form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import both, product_agrees
from exporter.disclosures.corporate_events import DirectorAppointment
from exporter.disclosures.ownership import (
    MajorShareholderTable,
    OwnershipBasis,
    OwnershipInterest,
    check_whole_not_exceeded,
)
from exporter.disclosures.persons import NO_DIRECTORS, Position
from exporter.disclosures.related_parties import EXCLUSIVE, EntityRelation, RelatedPartyTransaction
from exporter.disclosures.rules.subject import ItemsSubject, at_items
from exporter.disclosures.shares import ShareCountBasis, ShareCountFact
from exporter.disclosures.texts import ItemResponseStatus, ItemStatus, RiskFactor, TextDisclosure, TextKind
from exporter.findings import Finding, list_text
from exporter.items.values import Percent, ShareCount
from exporter.validation.engine import rule

_CROSS_REFERENCE: Final = re.compile(r"\bItem\s+([1-9][0-9]?[A-Z]?(?:\.[A-Z])?)(?![0-9A-Za-z])")


@rule("exporter:sharesExceedWhole", about=(OwnershipInterest,))
def check_ownership_sum(subject: ItemsSubject) -> Iterator[Finding]:
    """Holders of one issuer, class and date own the whole at most; a table looks after its own rows."""
    groups: dict[tuple[object, ...], dict[object, tuple[str, OwnershipInterest]]] = defaultdict(dict)
    for place, item in subject.of_kind(OwnershipInterest):
        where = (item.issuer, item.class_of_stock, item.as_of, item.holding)
        groups[where].setdefault(item.holder, (place, item))
    tables = [item for _, item in subject.of_kind(MajorShareholderTable)]
    for holders in groups.values():
        interests = [item for _, item in holders.values()]
        if any(all(item in table.rows for item in interests) for table in tables):
            continue
        yield from at_items(check_whole_not_exceeded(interests, list_text(place for place, _ in holders.values())))


@rule("exporter:ownershipShareDiffers", about=(OwnershipInterest,))
def check_ownership_share(subject: ItemsSubject) -> Iterator[Finding]:
    """A holder's share is its shares divided by those that it is a share of."""
    bases = {
        OwnershipBasis.SHARES_OUTSTANDING: ShareCountBasis.OUTSTANDING,
        OwnershipBasis.SHARES_ISSUED: ShareCountBasis.ISSUED,
    }
    counts = {
        (item.basis, item.at, item.class_of_stock): (place, item.count)
        for place, item in subject.of_kind(ShareCountFact)
        if isinstance(item.count, ShareCount)
    }
    for place, item in subject.of_kind(OwnershipInterest):
        if item.basis not in bases or item.issuer is not None or item.shares is None:
            continue
        count = counts.get((bases[item.basis], item.as_of, item.class_of_stock))
        if count is None or not isinstance(item.share, Percent):
            continue
        if not product_agrees(item.shares, count[1], item.share):
            yield subject.finding(
                "exporter:ownershipShareDiffers",
                f"{item.shares.value:f} of {count[1].value:f} shares are not {item.share.percentage}%",
                both(place, count[0]),
                fix="check the share, the number of shares and their total",
            )


@rule("exporter:subsetAboveTotal", about=(DirectorAppointment,))
def check_appointments(subject: ItemsSubject) -> Iterator[Finding]:
    """Directors appointed to a further position are some of the directors appointed."""
    appointments = subject.of_kind(DirectorAppointment)
    totals = {
        (item.holder, item.on): (place, item) for place, item in appointments if item.position is Position.DIRECTOR
    }
    for place, item in appointments:
        total = totals.get((item.holder, item.on))
        if total is None or item.position in NO_DIRECTORS or item.count <= total[1].count:
            continue
        yield subject.finding(
            "exporter:subsetAboveTotal",
            f"{item.count} appointed as {item.position.label}, but {total[1].count} directors altogether",
            both(place, total[0]),
            fix="check the counts; those in further positions are among the directors",
        )


@rule("exporter:relationsExclude", about=(EntityRelation,))
def check_relations(subject: ItemsSubject) -> Iterator[Finding]:
    """A company is not two things at once that exclude each other."""
    seen: dict[tuple[object, ...], tuple[str, EntityRelation]] = {}
    for place, item in subject.of_kind(EntityRelation):
        if item.kind not in EXCLUSIVE or not item.holds:
            continue
        first, first_item = seen.setdefault((item.subject, item.other, item.over), (place, item))
        if first_item.kind is not item.kind:
            yield subject.finding(
                "exporter:relationsExclude",
                f"{item.other} is {first_item.kind.label} and {item.kind.label} for one period",
                both(first, place),
                fix="keep the relation that holds; how the document words it has a field of its own",
                warning=True,
            )


@rule("exporter:unknownCounterparty", about=(RelatedPartyTransaction,))
def check_counterparties(subject: ItemsSubject) -> Iterator[Finding]:
    """A related party is among the related entities, where the report names any."""
    relations = subject.of_kind(EntityRelation)
    known = [party for _, item in relations for party in (item.other, item.subject) if party is not None]
    for place, item in subject.of_kind(RelatedPartyTransaction):
        party = item.counterparty
        if known and not any(party == related or (party.name and related.is_named(party.name)) for related in known):
            yield subject.finding(
                "exporter:unknownCounterparty",
                f"{party} has transactions as a related party, but no EntityRelation",
                place,
                fix="state the relation, or use the name that it has there",
                warning=True,
            )


@rule("exporter:ordinalTwice", about=(RiskFactor,))
def check_risk_factor_numbers(subject: ItemsSubject) -> Iterator[Finding]:
    """Each risk factor has its own number."""
    seen: dict[tuple[object, ...], tuple[str, RiskFactor]] = {}
    for place, item in subject.of_kind(RiskFactor):
        first, first_factor = seen.setdefault((item.ordinal, item.over, item.language), (place, item))
        if first_factor.heading != item.heading:
            yield subject.finding(
                "exporter:ordinalTwice",
                f"two risk factors have the number {item.ordinal}",
                both(first, place),
                fix="number risk factors by their order",
            )


@rule("exporter:sectionTextDiffers", about=(TextDisclosure,))
def check_risk_factor_section(subject: ItemsSubject) -> Iterator[Finding]:
    """The section's text holds the text of every factor."""
    factors = subject.of_kind(RiskFactor)
    for place, section in subject.of_kind(TextDisclosure):
        if section.kind is not TextKind.RISK_FACTORS:
            continue
        whole = _words(section.text.plain)
        for factor_place, factor in factors:
            if (factor.over, factor.language) != (section.over, section.language):
                continue
            if _words(factor.body.plain) not in whole:
                yield subject.finding(
                    "exporter:sectionTextDiffers",
                    f"the text of risk factor {factor.ordinal} does not stand in the section",
                    both(place, factor_place),
                    warning=True,
                )


def _words(text: str) -> str:
    return " ".join(text.split())


@rule("exporter:textOfUnansweredItem", about=(TextDisclosure,))
def check_unanswered_items(subject: ItemsSubject) -> Iterator[Finding]:
    """An item that is not required or not applicable has no text."""
    passed_over = {
        item.item: (place, item)
        for place, item in subject.of_kind(ItemStatus)
        if item.status in (ItemResponseStatus.NOT_REQUIRED, ItemResponseStatus.NOT_APPLICABLE)
    }
    for place, text in subject.of_kind(TextDisclosure):
        status = passed_over.get(text.item or "")
        if status is not None:
            yield subject.finding(
                "exporter:textOfUnansweredItem",
                f"item {text.item} is {status[1].status.label.lower()}, yet there is a text of it",
                both(status[0], place),
                fix="correct the status, or leave the text out",
            )


@rule("exporter:crossReference", about=(RiskFactor, TextDisclosure))
def check_cross_references(subject: ItemsSubject) -> Iterator[Finding]:
    """A text refers to items that the report has, where the report lists its items."""
    items = {item.item for _, item in subject.of_kind(ItemStatus)} | {
        item.item for _, item in subject.of_kind(TextDisclosure) if item.item is not None
    }
    if not items:
        return
    texts = [(place, item.text) for place, item in subject.of_kind(TextDisclosure)]
    texts += [(place, item.body) for place, item in subject.of_kind(RiskFactor)]
    for place, block in texts:
        for number in dict.fromkeys(_CROSS_REFERENCE.findall(block.plain)):
            if not any(name == number or name.startswith(f"{number}.") for name in items):
                yield subject.finding(
                    "exporter:crossReference",
                    f"the text refers to Item {number}, which is not in the report",
                    place,
                    fix="state the item's status, or keep the reference if the item is in another part",
                    warning=True,
                )
