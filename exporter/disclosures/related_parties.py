"""How companies stand to one another: relations (Items 4.C and 7.B), transactions (7.B), rights beyond votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_not_negative, check_one_currency, check_share
from exporter.disclosures.persons import Position
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, concept_choice, dimension, option, period, report_item
from exporter.items.values import EntityRef, Money, Month, Percent, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration


class ControlRightKind(Enumeration):
    """What a right entitles its holder to."""

    NOMINATION = "nomination", "Nomination"
    PRE_EMPTIVE = "pre_emptive", "Pre-emptive"
    VETO = "veto", "Veto"
    REGISTRATION = "registration", "Registration"
    COLLABORATION = "collaboration", "Collaboration"


class ControlRightStatus(Enumeration):
    """Whether a right is in force."""

    GRANTED = "granted", "Granted"
    CONDITIONAL = "conditional", "Conditional"
    EXPIRED = "expired", "Expired"
    WAIVED = "waived", "Waived"


@report_item(
    label="Control Right",
    documentation="A right that a shareholder has by agreement.",
    section="7.A",
)
class ControlRight(ReportItem):
    """A right of one holder. A bound on the number of persons is reported as the bound it is, never as a count."""

    holder: EntityRef = dimension("RightHolder", label="Right Holder")
    kind: ControlRightKind = dimension("ControlRightKind", label="Control Right, Kind")
    over: Duration = period()
    status: ControlRightStatus = concept(
        "ControlRightStatus",
        label="Control Right, Status",
        documentation="Whether the right is in force, conditional or has ended.",
        default=ControlRightStatus.GRANTED,
    )
    nominees_maximum: int | None = concept(
        "NumberOfNomineesMaximum",
        type="nonNegativeIntegerItemType",
        label="Number of Nominees, Maximum",
        documentation="Most persons that the holder may nominate; no count of persons nominated.",
        default=None,
    )
    nominees_minimum: int | None = concept(
        "NumberOfNomineesMinimum",
        type="nonNegativeIntegerItemType",
        label="Number of Nominees, Minimum",
        documentation="Least number of persons that the holder may nominate.",
        default=None,
    )
    nominees: int | None = concept(
        "NumberOfNominees",
        type="nonNegativeIntegerItemType",
        label="Number of Nominees",
        documentation="Exact number of persons that the holder may nominate.",
        default=None,
    )
    agreed_on: dt.date | Month | None = concept_choice(
        option(
            "ControlRightAgreementDate",
            of=dt.date,
            label="Control Right, Agreement Date",
            documentation="Day of the agreement that grants the right.",
        ),
        option(
            "ControlRightAgreementMonth",
            of=Month,
            label="Control Right, Agreement Month",
            documentation="Month of the agreement that grants the right, where its day is not stated.",
        ),
        default=None,
    )
    conditions: tuple[str, ...] = concept(
        "ControlRightConditions",
        label="Control Right, Conditions",
        documentation="What the right depends on.",
        default=(),
    )
    terms: str | None = concept(
        "ControlRightTerms",
        label="Control Right, Terms",
        documentation="What the right entitles its holder to, in words.",
        default=None,
    )
    expires_on: dt.date | None = concept(
        "ControlRightExpiryDate",
        label="Control Right, Expiry Date",
        documentation="Day on which the right ends.",
        default=None,
    )
    position: Position | None = dimension("Position", label="Position", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_not_negative(
            {
                "nominees_maximum": self.nominees_maximum,
                "nominees_minimum": self.nominees_minimum,
                "nominees": self.nominees,
            }
        )
        yield from self._check_bounds()
        yield from self._check_conditions()
        yield from self._check_dates()

    def _check_bounds(self) -> Iterator[Finding]:
        low, high, exact = self.nominees_minimum, self.nominees_maximum, self.nominees
        if exact is not None and (low is not None or high is not None):
            yield problem("exporter:boundAndCount", "an exact number of nominees has no bounds beside it", "nominees")
        if low is not None and high is not None and low > high:
            yield problem("exporter:lowAboveHigh", f"at least {low} and at most {high} nominees", "nominees_minimum")

    def _check_conditions(self) -> Iterator[Finding]:
        if self.status is ControlRightStatus.CONDITIONAL and not self.conditions:
            yield problem(
                "exporter:conditionMissing",
                "the right is conditional, but its conditions are not given",
                "conditions",
                warning=True,
            )

    def _check_dates(self) -> Iterator[Finding]:
        agreed = self.agreed_on.first_day if isinstance(self.agreed_on, Month) else self.agreed_on
        if agreed is not None and self.expires_on is not None and self.expires_on < agreed:
            yield problem(
                "exporter:endBeforeStart", f"the right ends on {self.expires_on}, before {self.agreed_on}", "expires_on"
            )


class TransactionKind(Enumeration):
    """What sort of transaction it is."""

    SALE = "sale", "Sale"
    PURCHASE = "purchase", "Purchase"
    LOAN_GRANTED = "loan_granted", "Loan Granted"
    BORROWING = "borrowing", "Borrowing"
    LEASE = "lease", "Lease"
    GUARANTEE = "guarantee", "Guarantee"
    SERVICE = "service", "Service"
    OTHER = "other", "Other"


@report_item(
    label="Related Party Transaction",
    documentation="Transactions of one kind with a related party in a period, and what is outstanding at its end.",
    section="7.B",
)
class RelatedPartyTransaction(ReportItem):
    """Transactions with one party in a period: their amount over it, and the balance at its end.

    ``subject`` tells apart several transactions of one kind with the same party (a line leased, a building leased).
    """

    counterparty: EntityRef = dimension("RelatedParty", label="Related Party")
    nature: TransactionKind = dimension("TransactionKind", label="Transaction Kind")
    over: Duration = period()
    description: str = concept(
        "RelatedPartyTransactionDescription",
        label="Related Party Transaction, Description",
        documentation="What the transactions are about.",
    )
    amount: Money | Unknown | None = concept(
        "RelatedPartyTransactionAmount",
        label="Related Party Transaction, Amount",
        documentation="Amount of the transactions in the period.",
        default=None,
    )
    balance: Money | Unknown | None = concept(
        "RelatedPartyTransactionOutstandingBalance",
        period="instant",
        label="Related Party Transaction, Outstanding Balance",
        documentation="What is outstanding from the transactions at the end of the period.",
        default=None,
    )
    terms: str | None = concept(
        "RelatedPartyTransactionTerms",
        label="Related Party Transaction, Terms",
        documentation="Terms on which the transactions were made.",
        default=None,
    )
    subject: str | None = dimension("TransactionSubject", label="Transaction Subject", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_one_currency({"amount": self.amount, "balance": self.balance})


class RelationKind(Enumeration):
    """What the other party is to the subject."""

    SUBSIDIARY = "subsidiary", "Subsidiary"
    AFFILIATE = "affiliate", "Affiliate"
    EQUITY_METHOD_INVESTEE = "equity_method_investee", "Equity Method Investee"
    FORMER_EQUITY_METHOD_INVESTEE = (
        "former_equity_method_investee",
        "Former Equity Method Investee",
    )
    COMPETITOR = "competitor", "Competitor"
    SUPPLIER = "supplier", "Supplier"
    SHAREHOLDER = "shareholder", "Shareholder"
    REGULATOR = "regulator", "Regulator"
    CUSTOMER = "customer", "Customer"
    GROUP_MEMBER = "group_member", "Group Member"


# Kinds of which a company can be one only, for the same subject at the same time.
EXCLUSIVE: Final = frozenset(
    {
        RelationKind.SUBSIDIARY,
        RelationKind.EQUITY_METHOD_INVESTEE,
        RelationKind.FORMER_EQUITY_METHOD_INVESTEE,
        RelationKind.REGULATOR,
    }
)


@report_item(
    label="Entity Relation",
    documentation="What one company is to another in a period.",
    section="7.B",
)
class EntityRelation(ReportItem):
    """What ``other`` is to ``subject``, which is the registrant where it is not given.

    ``wording`` keeps how the document puts it, for documents call companies "affiliated" loosely.
    """

    other: EntityRef = dimension("RelatedEntity", label="Related Entity")
    kind: RelationKind = dimension("RelationKind", label="Relation Kind")
    over: Duration = period()
    holds: bool = concept(
        "EntityRelationIndicator",
        label="Entity Relation, Indicator",
        documentation="Whether the other party is to the subject what the kind of relation says.",
        default=True,
    )
    share: Percent | Unknown | None = concept(
        "EntityRelationOwnershipPercentage",
        label="Entity Relation, Ownership Percentage",
        documentation="Share that the one company has in the other.",
        default=None,
    )
    wording: str | None = concept(
        "EntityRelationWording",
        label="Entity Relation, Wording",
        documentation="How the document puts the relation.",
        default=None,
    )
    subject: EntityRef | None = dimension("RelationSubject", label="Relation Subject", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_share("share", self.share)
        if self.subject is not None and self.subject == self.other:
            yield problem("exporter:relationToItself", f"{self.other} has a relation to itself", "other", "subject")
