"""How companies stand to one another, Items 4.C and 7.B."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.ranges import check_share
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period
from exporter.items.values import EntityRef, Percent, Unknown
from exporter.model.period import Duration


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
