"""Rights of a shareholder beyond its votes: to nominate directors, to subscribe for shares, to veto."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from exporter.disclosures.positions import Position
from exporter.disclosures.ranges import check_not_negative
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, concept_choice, dimension, option, period
from exporter.items.values import EntityRef, Month
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
