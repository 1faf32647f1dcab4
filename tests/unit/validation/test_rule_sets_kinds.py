"""Kinds of rules at their edges: what they leave alone, and what exactly they tell."""

from __future__ import annotations

import pytest
from attrs import evolve

from exporter.errors import ProfileError
from exporter.findings import Location, Severity
from exporter.model.dimensions import Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.standard_types import standard_type
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import Concept, Relationship, RoleType
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.networks import PARENT_CHILD, SUMMATION_ITEM
from exporter.validation.filing_rules.subject import Address, StyleLink
from exporter.validation.filing_rules.written import WrittenArc
from exporter.validation.rule_sets import check_filing_rules
from tests.unit.validation.filing_rules.made import END, PLACE, USD, Made, sound

SEC, ESEF, EDINET = sound("form-20-f"), sound("esef"), sound("edinet")


def told(made: Made, name: str) -> list[str]:
    return [one.message for one in made.findings() if one.code.rpartition("-")[2].rpartition(":")[2] == name]


class TestHiddenFacts:
    @staticmethod
    def hidden(made: Made, **more: object) -> Made:
        return made.tagged(made.own("ContractBacklog"), hidden=True, id="h1", **more)

    @pytest.mark.parametrize(("made", "style"), [(SEC, "-sec-ix-hidden"), (ESEF, "-esef-ix-hidden")])
    def test_a_link_of_the_regulators_own_style_will_do(self, made: Made, style: str) -> None:
        nil = self.hidden(made, nil=True)
        assert told(nil, "HiddenUnlinked")
        linked = nil.with_document(links=[StyleLink(property=style, id="h1", location=PLACE)])
        assert not told(linked, "HiddenUnlinked")
        assert not told(linked, "HiddenLinks")

    def test_each_is_linked_once(self) -> None:
        link = StyleLink(property="-sec-ix-hidden", id="h1", location=PLACE)
        twice = self.hidden(SEC, nil=True).with_document(links=[link, link])
        assert told(twice, "HiddenLinks") == ["the hidden fact 'h1' is linked more than once"]

    def test_another_regulators_style_is_told(self) -> None:
        link = StyleLink(property="-sec-ix-hidden", id="h1", location=PLACE)
        assert told(self.hidden(ESEF, nil=True).with_document(links=[link]), "HiddenLinks")

    def test_a_visible_twin_makes_a_hidden_cover_fact_visible(self) -> None:
        name = SEC.cover_name("EntityFileNumber")
        assert not told(SEC.tagged(name, hidden=True, id="h1"), "CoverVisible")


class TestDates:
    def test_periods_that_touch_are_right(self) -> None:
        before = Duration("2023-04-01", "2024-03-31")
        assert not told(SEC.fact(SEC.own("ContractBacklog"), "1", period=before, unit=USD), "OneDayGaps")

    def test_a_start_on_the_last_day_of_another_is_told(self) -> None:
        after = Duration("2025-03-31", "2025-06-30")
        assert told(SEC.fact(SEC.own("ContractBacklog"), "1", period=after, unit=USD), "OneDayGaps")

    def test_an_instant_beside_the_end_is_told(self) -> None:
        beside = SEC.fact(SEC.core("Assets"), "1", period=Instant("2025-04-01"), unit=USD, id="f-b")
        (message,) = told(beside, "OneDayGaps")
        assert "2025-03-31, where periods end" in message

    def test_the_period_end_is_that_of_the_cover_pages_context(self) -> None:
        made = SEC.cover("DocumentPeriodEndDate", "2024-03-31")
        assert told(made, "DocumentPeriodEndDate")


class TestTexts:
    @pytest.mark.parametrize(
        "text", ["<p>It&nbsp;grew by 5&#160;%, &amp; more.</p>", "profit < loss, R&D", "<br/>", "a <b>bold</b> word"]
    )
    def test_sound_markup(self, text: str) -> None:
        made = SEC.without("BacklogTextBlock").fact(SEC.own("BacklogTextBlock"), text, language="en")
        assert not told(made, "TextBlocks")

    @pytest.mark.parametrize("text", ["<p>", "<p>a</div>", "<p a=b>x</p>", "<p>AT&T</p>", "<script>x</script>"])
    def test_markup_that_is_refused(self, text: str) -> None:
        made = SEC.without("BacklogTextBlock").fact(SEC.own("BacklogTextBlock"), text, language="en")
        assert told(made, "TextBlocks") or told(made, "TextBlockContents")

    def test_a_doctype_in_a_text_block_is_refused_not_followed(self) -> None:
        bomb = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">]><p>&a;</p>'
        made = SEC.without("BacklogTextBlock").fact(SEC.own("BacklogTextBlock"), bomb, language="en")
        assert told(made, "TextBlocks")

    def test_an_english_twin_excuses_other_languages(self) -> None:
        name = SEC.own("Note")
        japanese = SEC.fact(name, "注", language="ja")
        assert told(japanese, "LanguageTwin")
        assert not told(japanese.fact(name, "note", language="en-US", id="f-en"), "LanguageTwin")


class TestFiles:
    @pytest.mark.parametrize("name", ["ex-20250331.htm", "9a.htm", "ex-20250331_lab.xml", "a.b_c-d.jpg"])
    def test_sound_names(self, name: str) -> None:
        assert not told(evolve(SEC, files=(name,)), "FileNames")

    @pytest.mark.parametrize("name", ["Ex.htm", "-a.htm", "a b.htm", "ä.htm", f"{'a' * 29}.htm", "a.xhtml"])
    def test_names_that_are_refused(self, name: str) -> None:
        assert told(evolve(SEC, files=(name,)), "FileNames")

    @pytest.mark.parametrize(
        ("made", "href", "refused"),
        [
            (SEC, "logo.gif", False),
            (SEC, "logo.png", True),
            (SEC, "data:image/gif;base64,AAAA", True),
            (ESEF, "data:image/png;base64,AAAA", False),
            (ESEF, "logo.png", True),
            (EDINET, "images/logo.png", False),
        ],
    )
    def test_images(self, made: Made, href: str, refused: bool) -> None:
        with_image = made.with_document(references=[Address(element="img", href=href, location=PLACE)])
        assert bool(told(with_image, "Images")) is refused


class TestNegativeSign:
    @pytest.mark.parametrize(
        ("negative", "before", "refused"),
        [(True, "△", False), (False, "", False), (True, "", True), (False, "△", True)],
    )
    def test_sign_and_glyph_agree(self, negative: bool, before: str, refused: bool) -> None:
        made = EDINET.tagged(EDINET.core("Assets"), element="nonFraction", negative=negative, before=before, id="x")
        assert bool(told(made, "NegativeSign")) is refused


class TestCoverPage:
    def test_the_filers_own_names_count(self) -> None:
        """Where all concepts are the filer's own, cover facts are known by their local names."""
        own = [
            evolve(one, concept=QName(SEC.style.namespace, one.concept.local_name, prefix="ex"), context=undivided(one))
            for one in SEC.facts
            if one.concept.namespace == SEC.style.cover and one.id and "contact" not in one.id
        ]
        contact = [Fact(QName(SEC.style.namespace, name), own[0].context, "A") for name in ("ContactPersonnelName",)]
        report = Report(facts=[*own, *contact])
        codes = [one.code for one in check_filing_rules(report, SEC.table) if one.severity is Severity.ERROR]
        assert codes == []

    def test_booleans_may_be_digits(self) -> None:
        assert told(SEC.cover("AmendmentFlag", "1"), "AmendmentDescription")
        assert not told(SEC.cover("DocumentAnnualReport", "1"), "ReportKind")

    def test_securities_are_asked_of_each_class(self) -> None:
        from exporter.model.dimensions import ExplicitDimension

        axis, member = QName(SEC.style.core, "StatementClassOfStockAxis"), QName(SEC.style.core, "AdsMember")
        made = SEC.cover("Security12bTitle", "ADSs", ExplicitDimension(axis, member))
        said = "the cover page lacks Trading Symbol or No Trading Symbol Flag beside Security12bTitle"
        assert told(made, "TradingSymbol") == [said]
        flagged = made.cover("NoTradingSymbolFlag", "true", ExplicitDimension(axis, member))
        assert not told(flagged, "TradingSymbol")
        assert not told(flagged, "NoTradingSymbol")

    def test_shares_are_counted_at_a_date(self) -> None:
        made = SEC.cover("EntityCommonStockSharesOutstanding", "5", period=Duration("2024-04-01", "2025-03-31"))
        assert told(made, "EntityCommonStockSharesOutstanding")

    def test_missing_members_of_the_trio_are_named(self) -> None:
        (message,) = told(SEC.without("AuditorFirmId"), "Auditor")
        assert message == "the cover page lacks Auditor Firm Id"

    def test_an_amendment_needs_no_auditor_but_not_half_of_one(self) -> None:
        names = ("AuditorName", "AuditorLocation", "AuditorFirmId")
        amended = SEC.cover("DocumentType", "20-F/A").without(*names)
        assert not told(amended, "Auditor")
        assert not told(amended, "AuditorTrio")
        assert told(amended.cover("AuditorName", "A"), "AuditorTrio")


def undivided(fact: Fact):  # type: ignore[no-untyped-def]
    return evolve(fact.context, dimensions=())


def test_an_identifier_of_the_wrong_form() -> None:
    wrong = Entity("http://www.sec.gov/CIK", "1")
    made = evolve(SEC, facts=tuple(evolve(fact, context=evolve(fact.context, entity=wrong)) for fact in SEC.facts))
    assert told(made, "EntityIdentifier")
    assert not told(made, "EntityScheme")
    assert told(made, "MatchingCentralIndexKey")


def test_a_negative_part_is_no_fault() -> None:
    from exporter.model.dimensions import ExplicitDimension

    cut = ExplicitDimension(SEC.own("SortAxis"), SEC.own("WidgetMember"))
    assert not told(SEC.fact(SEC.core("Assets"), "-5", cut, period=END, unit=USD), "Negative")


def test_a_rules_own_words_come_first() -> None:
    rule = SEC.table.rule("sec20f:6.5.20-AmendedForm")
    (found,) = [
        one for one in SEC.cover("DocumentType", "20-F/A").findings() if one.code == "sec20f:6.5.20-AmendedForm"
    ]
    assert rule is not None
    assert (found.message, found.fix) == (rule.message, rule.fix)


def test_places_are_those_of_the_document() -> None:
    (found,) = SEC.with_document(doctypes=[Location(file="page.htm", line=2)]).findings()
    assert (found.code, str(found.location)) == ("sec20f:5.2.5-Doctype", "page.htm:2")


def test_a_kind_that_there_is_not() -> None:
    rule = DocumentRule(code="x:Y", name="Y", severity=Severity.ERROR, kind="no-such-kind")
    table = evolve(SEC.table, document_rules=(rule,))
    with pytest.raises(ProfileError, match="no kind is called 'no-such-kind'"):
        list(check_filing_rules(Report(), table))


def test_a_hidden_fact_of_unknown_type_is_not_judged() -> None:
    """Without its taxonomy nobody can tell whether it could have been transformed."""
    name = QName("http://xbrl.sec.gov/ecd/2025", "TradingArrangementDuration")
    made = SEC.tagged(name, hidden=True, id="h1")
    assert not told(made, "HiddenUnlinked")
    assert not told(made, "HiddenTransformable")


def test_texts_without_a_twin_are_told_once_for_each_concept() -> None:
    note = SEC.own("Note")
    made = SEC.fact(note, "注", language="ja").fact(note, "注二", language="ja", period=END, id="f-n2")
    assert len(told(made, "LanguageTwin")) == 1


def test_what_depends_on_the_whole_taxonomy_is_not_judged_without_it() -> None:
    """Arcs to declarations that are not at hand are not known."""
    bare = ESEF.with_taxonomy(relationships=[])
    report = Report(facts=[*bare.facts, *ESEF.fact(QName("http://xbrl.ifrs.org/x", "Unknown"), "x").facts[-1:]])

    def codes(*, complete: bool) -> set[str]:
        found = check_filing_rules(report, bare.table, taxonomy=bare.taxonomy, complete=complete)
        return {one.code for one in found if one.message.startswith(("{http://xbrl.ifrs.org/x}Unknown", "ex:Contract"))}

    needing_all = {"esef:G3.3.1-Anchored", "esef:G3.4.2-LineItems", "esef:G3.4.6-Defined"}
    assert codes(complete=True) == {"esef:G3.4.6-Presented"} | needing_all
    assert codes(complete=False) == {"esef:G3.4.6-Presented"}


class TestArcs:
    ARC = WrittenArc(
        arcrole=PARENT_CHILD, location=PLACE, order="1", source="a.xsd#ex_A", target="a.xsd#ex_B", priority="0"
    )

    def ineffective(self, *arcs: WrittenArc, role: str = "http://www.example.com/role/Other") -> list[str]:
        return told(SEC.with_link("presentationLink", *arcs, role=role), "EffectiveArcs")

    def test_what_prohibits_another_has_an_effect(self) -> None:
        assert self.ineffective(self.ARC, evolve(self.ARC, prohibits=True, priority="1")) == []

    def test_what_comes_again_after_that_has_one_too(self) -> None:
        assert self.ineffective(self.ARC, evolve(self.ARC, prohibits=True), evolve(self.ARC, priority="1")) == []

    def test_what_prohibits_nothing_has_none(self) -> None:
        message = "the arc from ex_A to ex_B prohibits nothing"
        assert self.ineffective(evolve(self.ARC, prohibits=True)) == [message]
        other = evolve(self.ARC, prohibits=True, attributes=(("order", "2"),))
        assert self.ineffective(self.ARC, other) == [message]
        assert self.ineffective(self.ARC, *[evolve(self.ARC, prohibits=True)] * 2) == [message]

    def test_standard_roles_may_be_of_standard_linkbases(self) -> None:
        prohibiting = evolve(self.ARC, prohibits=True)
        assert self.ineffective(prohibiting, role="http://fasb.org/us-gaap/role/statement/Balance") == []


class TestTotals:
    def with_total(self, *parts: str) -> Made:
        made = SEC
        for name in (*parts, "Whole"):
            money = Concept(qname=made.own(name), datatype=standard_type("monetaryItemType"), period_type="duration")
            made = made.concept(evolve(money, balance="debit")).fact(made.own(name), "1", unit=USD, decimals=0, id=name)
        role = RoleType(uri="http://www.example.com/role/S", id="S", definition="000002 - Statement - Income")
        arcs = [
            Relationship(
                arcrole=PARENT_CHILD, source=made.core("Assets"), target=made.own(name), role=role.uri, order=n
            )
            for n, name in enumerate((*parts, "Whole"), start=1)
        ]
        arcs[-1] = evolve(arcs[-1], preferred_label=label_roles.TOTAL)
        relationships = [*made.taxonomy.relationships, *arcs]
        return made.with_taxonomy(roles=[*made.taxonomy.roles, role], relationships=relationships)

    def test_a_total_of_several_is_calculated(self) -> None:
        made = self.with_total("One", "Two")
        assert told(made, "TotalsInStatements")
        arc = Relationship(arcrole=SUMMATION_ITEM, source=made.own("Whole"), target=made.own("One"), role="r", weight=1)
        assert not told(made.with_taxonomy(relationships=[*made.taxonomy.relationships, arc]), "TotalsInStatements")

    def test_of_one_part_nothing_is_added(self) -> None:
        assert not told(self.with_total("One"), "TotalsInStatements")


@pytest.mark.parametrize(
    ("markup", "refused"),
    [
        ("<p>plain</p>", False),
        ("<table><tr><td>a</td></tr></table>", False),
        ("<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>", True),
        ('<p><a href="https://www.sec.gov/Archives/edgar/data/1/2.htm">a</a></p>', False),
        ('<p><a href="https://www.example.com/">a</a></p>', True),
        ('<p><a href="#note">a</a></p>', False),
        ('<p><a href="javascript:go()">a</a></p>', True),
        ('<p><img src="a.gif"/></p>', False),
        ('<p><img src="a.png"/></p>', True),
    ],
)
def test_contents_of_text_blocks(markup: str, refused: bool) -> None:
    made = SEC.without("BacklogTextBlock").fact(SEC.own("BacklogTextBlock"), markup, language="en")
    assert bool(told(made, "TextBlockContents")) is refused
