"""Rights of a shareholder beyond its votes: to nominate directors, to subscribe for shares, to veto.

Transactions with related parties, Item 7.B.

How companies stand to one another, Items 4.C and 7.B.
"""

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

    NOMINATION = "nomination", "Nomination", "指名権"
    PRE_EMPTIVE = "pre_emptive", "Pre-emptive", "新株引受権"
    VETO = "veto", "Veto", "拒否権"
    REGISTRATION = "registration", "Registration", "登録請求権"
    COLLABORATION = "collaboration", "Collaboration", "業務提携"


class ControlRightStatus(Enumeration):
    """Whether a right is in force."""

    GRANTED = "granted", "Granted", "付与"
    CONDITIONAL = "conditional", "Conditional", "条件付"
    EXPIRED = "expired", "Expired", "消滅"
    WAIVED = "waived", "Waived", "放棄"


@report_item(
    label="Control Right",
    label_ja="支配に関する権利",
    documentation="A right that a shareholder has by agreement.",
    documentation_ja="契約に基づき株主が有する権利。",
)
class ControlRight(ReportItem):
    """A right of one holder. A bound on the number of persons is reported as the bound it is, never as a count."""

    holder: EntityRef = dimension("RightHolder", label="Right Holder", label_ja="権利者")
    kind: ControlRightKind = dimension("ControlRightKind", label="Control Right, Kind", label_ja="権利の種類")
    over: Duration = period()
    status: ControlRightStatus = concept(
        "ControlRightStatus",
        label="Control Right, Status",
        label_ja="権利の状況",
        documentation="Whether the right is in force, conditional or has ended.",
        default=ControlRightStatus.GRANTED,
    )
    nominees_maximum: int | None = concept(
        "NumberOfNomineesMaximum",
        type="nonNegativeIntegerItemType",
        label="Number of Nominees, Maximum",
        label_ja="指名できる人数の上限",
        documentation="Most persons that the holder may nominate; no count of persons nominated.",
        documentation_ja="権利者が指名できる人数の上限。実際に指名された人数ではない。",
        default=None,
    )
    nominees_minimum: int | None = concept(
        "NumberOfNomineesMinimum",
        type="nonNegativeIntegerItemType",
        label="Number of Nominees, Minimum",
        label_ja="指名できる人数の下限",
        documentation="Least number of persons that the holder may nominate.",
        default=None,
    )
    nominees: int | None = concept(
        "NumberOfNominees",
        type="nonNegativeIntegerItemType",
        label="Number of Nominees",
        label_ja="指名できる人数",
        documentation="Exact number of persons that the holder may nominate.",
        default=None,
    )
    agreed_on: dt.date | Month | None = concept_choice(
        option(
            "ControlRightAgreementDate",
            of=dt.date,
            label="Control Right, Agreement Date",
            label_ja="権利に係る契約日",
            documentation="Day of the agreement that grants the right.",
        ),
        option(
            "ControlRightAgreementMonth",
            of=Month,
            label="Control Right, Agreement Month",
            label_ja="権利に係る契約月",
            documentation="Month of the agreement that grants the right, where its day is not stated.",
        ),
        default=None,
    )
    conditions: tuple[str, ...] = concept(
        "ControlRightConditions",
        label="Control Right, Conditions",
        label_ja="権利の条件",
        documentation="What the right depends on, one condition a line.",
        default=(),
    )
    terms: str | None = concept(
        "ControlRightTerms",
        label="Control Right, Terms",
        label_ja="権利の内容",
        documentation="What the right entitles its holder to, in words.",
        default=None,
    )
    expires_on: dt.date | None = concept(
        "ControlRightExpiryDate",
        label="Control Right, Expiry Date",
        label_ja="権利の失効日",
        documentation="Day on which the right ends.",
        default=None,
    )
    position: Position | None = dimension("Position", label="Position", label_ja="役職", default=None)

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

    SALE = "sale", "Sale", "販売"
    PURCHASE = "purchase", "Purchase", "仕入"
    LOAN_GRANTED = "loan_granted", "Loan Granted", "貸付"
    BORROWING = "borrowing", "Borrowing", "借入"
    LEASE = "lease", "Lease", "リース"
    GUARANTEE = "guarantee", "Guarantee", "保証"
    SERVICE = "service", "Service", "役務"
    OTHER = "other", "Other", "その他"


@report_item(
    label="Related Party Transaction",
    label_ja="関連当事者との取引",
    documentation="Transactions of one kind with a related party in a period, and what is outstanding at its end.",
    documentation_ja="期間中における関連当事者との一種類の取引及び期末残高。",
)
class RelatedPartyTransaction(ReportItem):
    """Transactions with one party in a period: their amount over it, and the balance at its end.

    ``subject`` tells apart several transactions of one kind with the same party (a line leased, a building leased).
    """

    counterparty: EntityRef = dimension("RelatedParty", label="Related Party", label_ja="関連当事者")
    nature: TransactionKind = dimension("TransactionKind", label="Transaction Kind", label_ja="取引の種類")
    over: Duration = period()
    description: str = concept(
        "RelatedPartyTransactionDescription",
        label="Related Party Transaction, Description",
        label_ja="関連当事者との取引の内容",
        documentation="What the transactions are about.",
    )
    amount: Money | Unknown | None = concept(
        "RelatedPartyTransactionAmount",
        label="Related Party Transaction, Amount",
        label_ja="関連当事者との取引金額",
        documentation="Amount of the transactions in the period.",
        default=None,
    )
    balance: Money | Unknown | None = concept(
        "RelatedPartyTransactionOutstandingBalance",
        period="instant",
        label="Related Party Transaction, Outstanding Balance",
        label_ja="関連当事者との取引の期末残高",
        documentation="What is outstanding from the transactions at the end of the period.",
        default=None,
    )
    terms: str | None = concept(
        "RelatedPartyTransactionTerms",
        label="Related Party Transaction, Terms",
        label_ja="関連当事者との取引の条件",
        documentation="Terms on which the transactions were made.",
        default=None,
    )
    subject: str | None = dimension(
        "TransactionSubject", label="Transaction Subject", label_ja="取引の対象", default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_one_currency({"amount": self.amount, "balance": self.balance})


class RelationKind(Enumeration):
    """What the other party is to the subject."""

    SUBSIDIARY = "subsidiary", "Subsidiary", "子会社"
    AFFILIATE = "affiliate", "Affiliate", "関係会社"
    EQUITY_METHOD_INVESTEE = "equity_method_investee", "Equity Method Investee", "持分法適用会社"
    FORMER_EQUITY_METHOD_INVESTEE = (
        "former_equity_method_investee",
        "Former Equity Method Investee",
        "旧持分法適用会社",
    )
    COMPETITOR = "competitor", "Competitor", "競合会社"
    SUPPLIER = "supplier", "Supplier", "仕入先"
    SHAREHOLDER = "shareholder", "Shareholder", "株主"
    REGULATOR = "regulator", "Regulator", "監督官庁"
    CUSTOMER = "customer", "Customer", "顧客"
    GROUP_MEMBER = "group_member", "Group Member", "グループ構成会社"


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
    label_ja="会社間の関係",
    documentation="What one company is to another in a period.",
    documentation_ja="期間中における会社と会社との関係。",
)
class EntityRelation(ReportItem):
    """What ``other`` is to ``subject``, which is the registrant where it is not given.

    ``wording`` keeps how the document puts it, for documents call companies "affiliated" loosely.
    """

    other: EntityRef = dimension("RelatedEntity", label="Related Entity", label_ja="関係先")
    kind: RelationKind = dimension("RelationKind", label="Relation Kind", label_ja="関係の種類")
    over: Duration = period()
    holds: bool = concept(
        "EntityRelationIndicator",
        label="Entity Relation, Indicator",
        label_ja="関係の有無",
        documentation="Whether the other party is to the subject what the kind of relation says.",
        default=True,
    )
    share: Percent | Unknown | None = concept(
        "EntityRelationOwnershipPercentage",
        label="Entity Relation, Ownership Percentage",
        label_ja="関係会社の持株比率",
        documentation="Share that the one company has in the other.",
        default=None,
    )
    wording: str | None = concept(
        "EntityRelationWording",
        label="Entity Relation, Wording",
        label_ja="関係の記載",
        documentation="How the document puts the relation.",
        default=None,
    )
    subject: EntityRef | None = dimension(
        "RelationSubject", label="Relation Subject", label_ja="関係の主体", default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_share("share", self.share)
        if self.subject is not None and self.subject == self.other:
            yield problem("exporter:relationToItself", f"{self.other} has a relation to itself", "other", "subject")
