"""Rules across items: shareholders, directors, related parties, risk factors, texts and the items of the form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from exporter.disclosures.checks import product_agrees
from exporter.disclosures.corporate_events import DirectorAppointment
from exporter.disclosures.ownership import (
    MajorShareholderTable,
    OwnershipBasis,
    OwnershipInterest,
    check_whole_not_exceeded,
)
from exporter.disclosures.persons import NO_DIRECTORS, Position
from exporter.disclosures.related_parties import EXCLUSIVE, EntityRelation, RelatedPartyTransaction
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.disclosures.shares import ShareCountBasis, ShareCountFact
from exporter.disclosures.texts import ItemResponseStatus, ItemStatus, RiskFactor, TextDisclosure, TextKind
from exporter.findings import Finding
from exporter.items.placed import PlacedItem
from exporter.items.values import Percent, ShareCount
from exporter.items.values.texts import TextBlock
from exporter.validation.engine import rule

_CROSS_REFERENCE: Final = re.compile(r"\bItem\s+([1-9][0-9]?[A-Z]?(?:\.[A-Z])?)(?![0-9A-Za-z])")


@rule("exporter:sharesExceedWhole", about=(OwnershipInterest,))
def check_ownership_sum(subject: ItemsSubject) -> Iterator[Finding]:
    """Holders of one issuer, class and date own the whole at most; a table looks after its own rows."""
    groups: dict[tuple[object, ...], dict[object, PlacedItem[OwnershipInterest]]] = defaultdict(dict)
    for placed in subject.of_kind(OwnershipInterest):
        item = placed.item
        group = (item.issuer, item.class_of_stock, item.as_of, item.holding)
        groups[group].setdefault(item.holder, placed)
    tables = [table.item for table in subject.of_kind(MajorShareholderTable)]
    for holders in groups.values():
        interests = [placed.item for placed in holders.values()]
        if any(all(item in table.rows for item in interests) for table in tables):
            continue
        yield from check_whole_not_exceeded(interests, subject.at(*holders.values()))


@rule("exporter:ownershipShareDiffers", about=(OwnershipInterest,))
def check_ownership_share(subject: ItemsSubject) -> Iterator[Finding]:
    """A holder's share is its shares divided by those that it is a share of."""
    bases = {
        OwnershipBasis.SHARES_OUTSTANDING: ShareCountBasis.OUTSTANDING,
        OwnershipBasis.SHARES_ISSUED: ShareCountBasis.ISSUED,
    }
    counts = {
        (placed.item.basis, placed.item.at, placed.item.class_of_stock): (placed, placed.item.count)
        for placed in subject.of_kind(ShareCountFact)
        if isinstance(placed.item.count, ShareCount)
    }
    for placed in subject.of_kind(OwnershipInterest):
        item = placed.item
        if item.basis not in bases or item.issuer is not None or item.shares is None:
            continue
        count = counts.get((bases[item.basis], item.as_of, item.class_of_stock))
        if count is None or not isinstance(item.share, Percent):
            continue
        owner, total = count
        if not product_agrees(item.shares, total, item.share):
            yield subject.finding(
                "exporter:ownershipShareDiffers",
                f"{item.shares.value:f} of {total.value:f} shares are not {item.share.percentage}%",
                placed,
                owner,
                fix="check the share, the number of shares and their total",
            )


@rule("exporter:subsetAboveTotal", about=(DirectorAppointment,))
def check_appointments(subject: ItemsSubject) -> Iterator[Finding]:
    """Directors appointed to a further position are some of the directors appointed."""
    appointments = subject.of_kind(DirectorAppointment)
    totals = {
        (placed.item.holder, placed.item.on): placed
        for placed in appointments
        if placed.item.position is Position.DIRECTOR
    }
    for placed in appointments:
        item, total = placed.item, totals.get((placed.item.holder, placed.item.on))
        if total is None or item.position in NO_DIRECTORS or item.count <= total.item.count:
            continue
        yield subject.finding(
            "exporter:subsetAboveTotal",
            f"{item.count} appointed as {item.position.label}, but {total.item.count} directors altogether",
            placed,
            total,
            fix="check the counts; those in further positions are among the directors",
        )


@rule("exporter:relationsExclude", about=(EntityRelation,))
def check_relations(subject: ItemsSubject) -> Iterator[Finding]:
    """A company is not two things at once that exclude each other."""
    seen: dict[tuple[object, ...], PlacedItem[EntityRelation]] = {}
    for placed in subject.of_kind(EntityRelation):
        item = placed.item
        if item.kind not in EXCLUSIVE or not item.holds:
            continue
        first = seen.setdefault((item.subject, item.other, item.over), placed)
        if first.item.kind is not item.kind:
            yield subject.finding(
                "exporter:relationsExclude",
                f"{item.other} is {first.item.kind.label} and {item.kind.label} for one period",
                first,
                placed,
                fix="keep the relation that holds; how the document words it has a field of its own",
                warning=True,
            )


@rule("exporter:unknownCounterparty", about=(RelatedPartyTransaction,))
def check_counterparties(subject: ItemsSubject) -> Iterator[Finding]:
    """A related party is among the related entities, where the report names any."""
    relations = [placed.item for placed in subject.of_kind(EntityRelation)]
    known = [party for item in relations for party in (item.other, item.subject) if party is not None]
    for placed in subject.of_kind(RelatedPartyTransaction):
        party = placed.item.counterparty
        if known and not any(party == related or (party.name and related.is_named(party.name)) for related in known):
            yield subject.finding(
                "exporter:unknownCounterparty",
                f"{party} has transactions as a related party, but no EntityRelation",
                placed,
                fix="state the relation, or use the name that it has there",
                warning=True,
            )


@rule("exporter:ordinalTwice", about=(RiskFactor,))
def check_risk_factor_numbers(subject: ItemsSubject) -> Iterator[Finding]:
    """Each risk factor has its own number."""
    seen: dict[tuple[object, ...], PlacedItem[RiskFactor]] = {}
    for placed in subject.of_kind(RiskFactor):
        factor = placed.item
        first = seen.setdefault((factor.ordinal, factor.over, factor.language), placed)
        if first.item.heading != factor.heading:
            yield subject.finding(
                "exporter:ordinalTwice",
                f"two risk factors have the number {factor.ordinal}",
                first,
                placed,
                fix="number risk factors by their order",
            )


@rule("exporter:sectionTextDiffers", about=(TextDisclosure,))
def check_risk_factor_section(subject: ItemsSubject) -> Iterator[Finding]:
    """The section's text holds the text of every factor."""
    factors = subject.of_kind(RiskFactor)
    for placed in subject.of_kind(TextDisclosure):
        section = placed.item
        if section.kind is not TextKind.RISK_FACTORS:
            continue
        whole = _words(section.text.plain)
        for factor in factors:
            if (factor.item.over, factor.item.language) != (section.over, section.language):
                continue
            if _words(factor.item.body.plain) not in whole:
                yield subject.finding(
                    "exporter:sectionTextDiffers",
                    f"the text of risk factor {factor.item.ordinal} does not stand in the section",
                    placed,
                    factor,
                    warning=True,
                )


def _words(text: str) -> str:
    return " ".join(text.split())


@rule("exporter:textOfUnansweredItem", about=(TextDisclosure,))
def check_unanswered_items(subject: ItemsSubject) -> Iterator[Finding]:
    """An item that is not required or not applicable has no text."""
    unanswered = {
        placed.item.item: placed
        for placed in subject.of_kind(ItemStatus)
        if placed.item.status in (ItemResponseStatus.NOT_REQUIRED, ItemResponseStatus.NOT_APPLICABLE)
    }
    for text in subject.of_kind(TextDisclosure):
        status = unanswered.get(text.item.item or "")
        if status is not None:
            yield subject.finding(
                "exporter:textOfUnansweredItem",
                f"item {text.item.item} is {status.item.status.label.lower()}, yet there is a text of it",
                status,
                text,
                fix="correct the status, or leave the text out",
            )


@rule("exporter:crossReference", about=(RiskFactor, TextDisclosure))
def check_cross_references(subject: ItemsSubject) -> Iterator[Finding]:
    """A text refers to items that the report has, where the report lists its items."""
    disclosures = subject.of_kind(TextDisclosure)
    items = {status.item.item for status in subject.of_kind(ItemStatus)} | {
        text.item.item for text in disclosures if text.item.item is not None
    }
    if not items:
        return
    texts: list[tuple[PlacedItem[Any], TextBlock]] = [(text, text.item.text) for text in disclosures]
    texts += [(factor, factor.item.body) for factor in subject.of_kind(RiskFactor)]
    for placed, block in texts:
        for number in dict.fromkeys(_CROSS_REFERENCE.findall(block.plain)):
            if not any(name == number or name.startswith(f"{number}.") for name in items):
                yield subject.finding(
                    "exporter:crossReference",
                    f"the text refers to Item {number}, which is not in the report",
                    placed,
                    fix="state the item's status, or keep the reference if the item is in another part",
                    warning=True,
                )
