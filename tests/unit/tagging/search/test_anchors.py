"""Anchors: read from YAML, and deciding where facts stand."""

from __future__ import annotations

import pytest

from exporter.disclosures.losses import NetLoss
from exporter.disclosures.ownership import OwnershipInterest
from exporter.errors import ReadError
from exporter.items.values import EntityRef, Money, Percent
from exporter.model.period import Duration, Instant
from exporter.sources.yaml import read_yaml
from exporter.tagging.search.anchors import Anchor, AnchorLocation, Anchors, Untagged, read_anchors
from tests.unit.tagging.pages import search

FY2004 = Duration("2003-04-01", "2004-03-31")
LOSS = NetLoss(amount=Money.parse("¥15.6 billion"), over=FY2004, highest=True)
SHARE = OwnershipInterest(holder=EntityRef("NTT"), share=Percent.parse("31.6%"), as_of=Instant("2005-03-31"))
TWICE = (
    '<p id="first">In one table the number ¥15.6 billion appears.</p>'
    '<p id="second" class="loss">Elsewhere ¥15.6 billion appears too; never was it higher.</p>'
)


def anchored(place: AnchorLocation, *, field: str | None = "amount", item: str = "NetLoss") -> Anchors:
    return Anchors(anchors=(Anchor(item=item, field=field, place=place),))


def test_all_members_are_read() -> None:
    read = read_anchors(
        read_yaml(
            b"""
anchors:
  - {item: OwnershipInterest, field: share, where: [NTT], quote: 31.6%, before: holds}
  - {fact: f12, css: "table td"}
  - {item: "items[3]", offset: 1234}
untagged:
  - {quote: version 4 to 6, reason: versions}
"""
        )
    )
    assert read.anchors[0].where == ("NTT",)
    assert read.anchors[0].place == AnchorLocation(quote="31.6%", before="holds")
    assert read.anchors[0].location.line == 3
    assert read.anchors[1].item == "f12"
    assert read.anchors[2].place.offset == 1234
    assert read.untagged[0].reason == "versions"


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ReadError) as caught:
        read_anchors(
            read_yaml(
                b"anchors:\n  - {item: A, colour: red, quote: x}\n  - {item: B}\n  - {quote: y}\n"
                b"  - {item: C, offset: far}\nuntagged:\n  - {quote: z}\nmore: []\n"
            )
        )
    assert sorted(finding.code for finding in caught.value.findings) == [
        "exporter:missingField",
        "exporter:missingField",
        "exporter:unknownField",
        "exporter:unknownField",
        "exporter:wrongShape",
        "exporter:wrongShape",
    ]
    assert all(finding.location.line for finding in caught.value.findings)


@pytest.mark.parametrize(
    "place",
    [
        AnchorLocation(quote="15.6", before="Elsewhere"),
        AnchorLocation(quote="¥15.6 billion", after="appears too"),
        AnchorLocation(id="second"),
        AnchorLocation(css="p.loss"),
        AnchorLocation(css="p", quote="Elsewhere ¥15.6 billion"),
        AnchorLocation(offset=48),
    ],
)
def test_an_anchor_decides_alone(place: AnchorLocation) -> None:
    found = search(TWICE, LOSS, anchors=anchored(place))
    [(text, placement)] = found.tags("NetIncomeLoss")
    assert text.endswith("Elsewhere ¥[15.6]")
    assert placement.scale == 9
    assert placement.negative


def test_a_statement_in_words_is_true_because_a_person_says_so() -> None:
    found = search(TWICE, LOSS, anchors=anchored(AnchorLocation(quote="never was it higher"), field="highest"))
    [(text, placement)] = found.tags("HighestNetLossIndicator")
    assert text.endswith("[never was it higher]")
    assert placement.format.local_name == "fixed-true"


@pytest.mark.parametrize(
    ("anchors", "code"),
    [
        (anchored(AnchorLocation(quote="15.6")), "exporter:anchorAmbiguous"),
        (anchored(AnchorLocation(quote="15.7")), "exporter:anchorNotFound"),
        (anchored(AnchorLocation(id="third")), "exporter:anchorNotFound"),
        (anchored(AnchorLocation(quote="one table")), "exporter:anchorWithoutValue"),
        (anchored(AnchorLocation(quote="15.6"), item="NetProfit"), "exporter:anchorWithoutFact"),
        (anchored(AnchorLocation(quote="15.6"), field=None), "exporter:anchorWithoutFact"),
        (anchored(AnchorLocation(css="p[")), "exporter:invalidSelector"),
    ],
)
def test_what_is_wrong_with_an_anchor_is_told(anchors: Anchors, code: str) -> None:
    found = search(TWICE, LOSS, anchors=anchors)
    assert code in {finding.code for finding in found.found.findings}
    assert found.tags("NetIncomeLoss") == [] or code == "exporter:anchorWithoutFact"


def test_the_party_tells_facts_apart() -> None:
    other = OwnershipInterest(holder=EntityRef("KDDI"), share=Percent.parse("31.6%"), as_of=Instant("2005-03-31"))
    place = AnchorLocation(quote="31.6%")
    anchors = Anchors(anchors=(Anchor(item="OwnershipInterest", field="share", where=("KDDI",), place=place),))
    found = search("<p>The second of the two has 31.6% of it.</p>", SHARE, other, anchors=anchors)
    assert len(found.tags("MajorShareholderOwnershipPercentage", name="KDDI")) == 1
    assert found.tags("MajorShareholderOwnershipPercentage", name="NTT") == []


def test_numbers_that_people_explain_are_explained() -> None:
    body = "<p>Over 400 people work in 12 towns.</p>"
    assert len(search(body, LOSS).audit.unexplained) == 2
    anchors = Anchors(
        untagged=(Untagged(place=AnchorLocation(quote="400 people work in 12 towns"), reason="headcount"),)
    )
    explained = search(body, LOSS, anchors=anchors).audit
    assert explained.unexplained == ()
    assert {line.reason for line in explained.lines} == {"headcount"}


def test_an_explanation_of_nothing_is_told() -> None:
    anchors = Anchors(untagged=(Untagged(place=AnchorLocation(quote="nowhere"), reason="x"),))
    assert "exporter:anchorNotFound" in search("<p>Text</p>", LOSS, anchors=anchors).codes()
