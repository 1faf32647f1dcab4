"""How a report answers the items of Form 20-F: provided, not required, not applicable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period
from exporter.model.period import Duration

_NUMBER: Final = re.compile(r"[1-9][0-9]?(\.?[A-Z](\.[0-9]+)?)?")


class ItemResponseStatus(Enumeration):
    """The answer to an item. "Not required" and "not applicable" are different answers."""

    PROVIDED = "provided", "Provided", "記載あり"
    NOT_REQUIRED = "not_required", "Not Required", "記載不要"
    NOT_APPLICABLE = "not_applicable", "Not Applicable", "該当なし"
    OMITTED = "omitted", "Omitted", "記載省略"
    INCORPORATED_BY_REFERENCE = "incorporated_by_reference", "Incorporated by Reference", "参照による組込み"


@report_item(
    label="Item Status",
    label_ja="項目の記載状況",
    documentation="How the report answers one item of the form.",
    documentation_ja="様式の一項目に対する記載状況。",
)
class ItemStatus(ReportItem):
    """The answer to one item of Form 20-F, by its number as "3.B" or "16A"."""

    EXAMPLE: ClassVar = {"item": "3.B", "title": "Capitalization and Indebtedness"}

    item: str = dimension("Form20FItem", label="Form 20-F Item", label_ja="様式20-Fの項目")
    over: Duration = period()
    status: ItemResponseStatus = concept(
        "ItemResponseStatus",
        label="Item Response Status",
        label_ja="項目の記載の別",
        documentation="Whether the item is answered, and if not, in which words it is passed over.",
        documentation_ja="項目の記載の有無及び記載しない場合の別。",
    )
    title: str | None = concept(
        "ItemTitle",
        label="Item Title",
        label_ja="項目の表題",
        documentation="Title of the item as the report prints it.",
        default=None,
    )
    reason: str | None = concept(
        "ItemResponseReason",
        label="Item Response, Reason",
        label_ja="項目の記載状況の理由",
        documentation="Why the item is not answered.",
        default=None,
    )
    target: str | None = concept(
        "ItemResponseTarget",
        label="Item Response, Target",
        label_ja="項目の参照先",
        documentation="Document or place that the item is answered by reference to.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_number()
        yield from self._check_target()

    def _check_number(self) -> Iterator[Finding]:
        if not _NUMBER.fullmatch(self.item):
            yield problem(
                "exporter:itemNumber",
                f"an item has a number like 3.B, 5 or 16A, got {self.item!r}",
                "item",
                mend="give the number alone, without the word Item",
            )

    def _check_target(self) -> Iterator[Finding]:
        by_reference = self.status is ItemResponseStatus.INCORPORATED_BY_REFERENCE
        if by_reference and not (self.target or "").strip():
            yield problem(
                "exporter:targetMissing",
                "an item incorporated by reference names what it refers to",
                "target",
                mend="give the document and the place in it",
            )
        if self.target is not None and not by_reference:
            yield problem(
                "exporter:targetWithoutReference",
                f"a target is given for an item that is {self.status.label.lower()}",
                "target",
                mend="leave the target out, or give the status as incorporated by reference",
                warning=True,
            )
