"""Major shareholders of Item 7.A: who owns how much of the registrant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from exporter.disclosures.checks import check_not_negative, check_share, check_whole, sum_interval
from exporter.disclosures.headings import MAJOR_SHAREHOLDERS
from exporter.findings import Finding, Location, list_text
from exporter.items.check import problem
from exporter.items.declare import ReportItem, companion, concept, dimension, period, report_item, rows
from exporter.items.values import EntityRef, Percent, ShareCount, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Instant


class OwnershipBasis(Enumeration):
    """What a holder's share is a share of."""

    SHARES_ISSUED = "shares_issued", "Shares Issued"
    SHARES_OUTSTANDING = "shares_outstanding", "Shares Outstanding"
    VOTING_RIGHTS = "voting_rights", "Voting Rights"
    UNSPECIFIED = "unspecified", "Unspecified"


class HoldingKind(Enumeration):
    """Whether shares are owned beneficially or as the holder of record."""

    BENEFICIAL = "beneficial", "Beneficial"
    OF_RECORD = "of_record", "Of Record"


class DateBasis(Enumeration):
    """Where the date of a figure comes from."""

    STATED = "stated", "Stated"
    DOCUMENT_DATE = "document_date", "Document Date"


@report_item(
    label="Ownership Interest",
    documentation="What one holder owns of the registrant's shares at a date.",
    section="7.A",
    heading=MAJOR_SHAREHOLDERS,
)
class OwnershipInterest(ReportItem):
    """The share that one holder has in the registrant, or in ``issuer`` where that is another company.

    Where the document gives no date ("currently"), ``as_of`` is the document's own date, ``date_basis`` says so, and a
    footnote says it to the reader.
    """

    holder: EntityRef = dimension("MajorShareholder", label="Major Shareholder")
    as_of: Instant = period()
    share: Percent | Unknown = concept(
        "MajorShareholderOwnershipPercentage",
        label="Major Shareholder, Ownership Percentage",
        documentation="Share of the issuer's stock that the holder owns.",
    )
    shares: ShareCount | None = concept(
        "NumberOfSharesHeld",
        label="Number of Shares Held",
        documentation="Number of the issuer's shares that the holder owns.",
        default=None,
    )
    basis: OwnershipBasis | None = companion("Basis", of="share", label="Basis", default=None)
    date_basis: DateBasis | None = companion("DateBasis", of="share", label="Date Basis", default=None)
    holding: HoldingKind | None = concept(
        "MajorShareholderHoldingKind",
        label="Major Shareholder, Kind of Holding",
        documentation="Whether the holder owns the shares beneficially or of record.",
        default=None,
    )
    includes_affiliates: bool | None = concept(
        "MajorShareholderIncludesAffiliatesIndicator",
        label="Major Shareholder, Includes Affiliates, Indicator",
        documentation="Whether the figures count what affiliates of the holder own.",
        default=None,
    )
    largest: bool | None = concept(
        "LargestShareholderIndicator",
        label="Largest Shareholder, Indicator",
        documentation="Whether no other holder owns more.",
        default=None,
    )
    country: str | None = concept(
        "MajorShareholderCountry",
        label="Major Shareholder, Country",
        documentation="Country in which the holder resides.",
        default=None,
    )
    class_of_stock: str | None = dimension("ClassOfStock", label="Class of Stock", default=None)
    issuer: EntityRef | None = dimension("ShareIssuer", label="Share Issuer", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_share("share", self.share)
        yield from check_not_negative({"shares": self.shares})
        yield from check_whole("shares", self.shares)
        yield from self._check_issuer()
        yield from self._check_date()

    def _check_issuer(self) -> Iterator[Finding]:
        if self.issuer is not None and self.issuer == self.holder:
            yield problem("exporter:holderIsIssuer", f"{self.holder} holds shares in itself", "holder", "issuer")

    def _check_date(self) -> Iterator[Finding]:
        if self.date_basis is not DateBasis.DOCUMENT_DATE:
            return
        if not self.footnotes:
            yield problem(
                "exporter:dateWithoutNote",
                f"the share of {self.holder} is reported at the document's date, and no footnote says so",
                "footnotes",
                fix="add a footnote that says that the document gives no date",
            )
        yield problem(
            "exporter:dateNotStated",
            f"the document gives no date for the share of {self.holder}; {self.as_of} is its own date",
            "as_of",
            fix="look for a date in another place of the document",
            warning=True,
        )


@report_item(
    label="Major Shareholder Totals",
    documentation="Totals to a table of major shareholders.",
    section="7.A",
    heading=MAJOR_SHAREHOLDERS,
)
class MajorShareholderTotals(ReportItem):
    """What a table of major shareholders states beside its holders."""

    as_of: Instant = period()
    share: Percent | None = concept(
        "MajorShareholdersTotalOwnershipPercentage",
        label="Major Shareholders, Total Ownership Percentage",
        documentation="Share that the holders of the table own together.",
        default=None,
    )
    others_share: Percent | None = concept(
        "OtherShareholdersOwnershipPercentage",
        label="Other Shareholders, Ownership Percentage",
        documentation="Share that all other holders own together.",
        default=None,
    )
    host_country_holders: int | None = concept(
        "NumberOfHoldersOfRecordInHostCountry",
        type="nonNegativeIntegerItemType",
        label="Number of Holders of Record in Host Country",
        documentation="Number of holders of record in the country where the report is filed.",
        default=None,
    )
    host_country_share: Percent | None = concept(
        "HoldersOfRecordInHostCountryOwnershipPercentage",
        label="Holders of Record in Host Country, Ownership Percentage",
        documentation="Share that the holders of record in the country of filing own together.",
        default=None,
    )
    class_of_stock: str | None = dimension("ClassOfStock", label="Class of Stock", default=None)

    def check(self) -> Iterator[Finding]:
        for name in ("share", "others_share", "host_country_share"):
            yield from check_share(name, getattr(self, name))
        yield from check_not_negative({"host_country_holders": self.host_country_holders})


@report_item(
    label="Major Shareholder Table",
    documentation="A table of major shareholders at one date.",
    section="7.A",
)
class MajorShareholderTable(ReportItem):
    """Major shareholders at one date, the largest first; its facts are those of its rows.

    A group among the holders counts what its members own, so groups are not added to the others.
    """

    rows: tuple[OwnershipInterest | MajorShareholderTotals, ...] = rows(by="as_of", alone=True)

    def check(self) -> Iterator[Finding]:
        yield from self._check_date()
        yield from self._check_order()
        for name in dict.fromkeys(row.class_of_stock for row in self.rows):
            yield from self._check_sum([interest for interest in self.interests() if interest.class_of_stock == name])

    def interests(self) -> tuple[OwnershipInterest, ...]:
        """The rows that are holders."""
        return tuple(row for row in self.rows if isinstance(row, OwnershipInterest))

    def _check_date(self) -> Iterator[Finding]:
        dates = list(dict.fromkeys(row.as_of for row in self.rows))
        if len(dates) > 1:
            yield problem(
                "exporter:mixedDates", f"a table of shareholders has one date, got {list_text(map(str, dates))}", "rows"
            )

    def _check_order(self) -> Iterator[Finding]:
        shares = [(row.holder, row.share) for row in self.interests() if isinstance(row.share, Percent)]
        for (_, above), (holder, share) in pairwise(shares):
            if share.value > above.value:
                yield problem(
                    "exporter:rankOrder",
                    f"{holder} with {share} stands below a holder with {above}",
                    "rows",
                    fix="order the holders by their share",
                    warning=True,
                )

    def _check_sum(self, interests: list[OwnershipInterest]) -> Iterator[Finding]:
        yield from check_whole_not_exceeded(interests, Location(pointer="/rows"))


def check_whole_not_exceeded(interests: Iterable[OwnershipInterest], location: Location) -> Iterator[Finding]:
    """The shares of holders that are no groups, together at most the whole, within rounding."""
    shares = [
        interest.share for interest in interests if not _may_overlap(interest) and isinstance(interest.share, Percent)
    ]
    low, _ = sum_interval((share, 1) for share in shares)
    if low > Decimal(1):
        yield Finding(
            code="exporter:sharesExceedWhole",
            message=f"{len(shares)} holders own more than 100% together (at least {low * 100:f}%)",
            location=location,
            fix="mark holders that include others as groups, and check the shares",
        )


def _may_overlap(interest: OwnershipInterest) -> bool:
    return interest.holder.is_group or interest.includes_affiliates is True
