"""Tables of filing rules: their types, and reading them."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ProfileError
from exporter.findings import Severity
from exporter.profiles.read_rules import RULE_TABLES, parse_rule_table, read_rule_table
from exporter.profiles.rules import Condition, CoverRule, DocumentRule, Level, RuleTable, ValueRule

HEAD = 'schema = "exporter-rules/1"\nname = "mine"\nprefix = "mine"\ntitle = "Mine"\nsource = "me"\n'
COVER = '[[cover]]\nname = "Type"\nnumber = "1.2"\nconcept = "DocumentType"\nlevel = "required"\n'
DOCUMENT = '[[document]]\nname = "Doctype"\nkind = "no-doctype"\n'


def parse(text: str) -> RuleTable:
    return parse_rule_table(HEAD + text, file="mine.toml")


def faults(text: str, head: str = HEAD) -> list[str]:
    with pytest.raises(ProfileError) as raised:
        parse_rule_table(head + text, file="mine.toml")
    assert {one.code for one in raised.value.findings} == {"exporter:invalidRules"}
    assert {one.location.file for one in raised.value.findings} == {"mine.toml"}
    return [one.message for one in raised.value.findings]


@pytest.mark.parametrize("name", RULE_TABLES)
def test_the_tables_of_this_package_can_be_read(name: str) -> None:
    table = read_rule_table(name)
    assert table.name == name
    assert table.source
    assert len(table.rules) == len(set(table.codes)) > 40
    assert read_rule_table(name) is table


def test_a_rule_has_a_code_made_of_prefix_number_and_name() -> None:
    table = parse(COVER + DOCUMENT)
    assert table.codes == ("mine:1.2-Type", "mine:Doctype")
    assert table.rule("mine:Doctype") is table.document_rules[0]
    assert table.rule("mine:Nothing") is None


def test_levels_have_severities_of_their_own() -> None:
    table = parse(COVER + COVER.replace("Type", "Other").replace("required", "recommended"))
    assert [rule.severity for rule in table.cover_rules] == [Severity.ERROR, Severity.WARNING]


def test_everything_a_cover_rule_may_say() -> None:
    rule = parse(
        '[[cover]]\nname = "All"\nconcepts = ["A", "B"]\nlevel = "conditional"\nneed = "all"\nseverity = "info"\n'
        'when = {concept = "C", values = ["x"], forms = ["20-F"], '
        'every = [{concept = "D"}], none = [{concept = "E"}]}\n'
        'value = {pattern = "[0-9]+", one_of = ["1", "2"], aliases = {OneMember = "1"}, equals = "entity"}\n'
        'each = "F"\ndivided = true\ninstant = true\nwithin = {axis = "G", member = "H"}\nmessage = "m"\nfix = "n"\n'
    ).cover_rules[0]
    assert isinstance(rule, CoverRule)
    assert (rule.concepts, rule.level, rule.need, rule.severity) == (
        ("A", "B"),
        Level.CONDITIONAL,
        "all",
        Severity.INFO,
    )
    assert rule.when is not None
    assert list(rule.when.concepts) == ["C", "D", "E"]
    assert rule.value is not None
    assert rule.value.allows("http://www.example.com#OneMember")
    assert rule.within is not None
    assert (rule.within.axis, rule.each, rule.divided, rule.instant) == ("G", "F", True, True)
    assert (rule.message, rule.fix) == ("m", "n")


def test_parameters_of_document_rules() -> None:
    rule = parse(DOCUMENT + 'limit = 5\ntexts = ["a"]\n[document.allowed]\n"http://a" = "b"\n').document_rules[0]
    assert isinstance(rule, DocumentRule)
    assert (rule.number_of("limit", 9), rule.number_of("other", 9)) == (5, 9)
    assert (rule.texts("texts"), rule.texts("none"), rule.text("none", "x")) == (("a",), (), "x")
    assert dict(rule.texts_by_name("allowed")) == {"http://a": "b"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[cover", "not well-formed TOML"),
        ("a = " + "[" * 100_000, "nested deeper"),
        (COVER + 'concpt = "x"\n', "'concpt' is not known here"),
        (COVER.replace('"required"', '"needed"'), "level is one of"),
        (COVER.replace('"required"', '"conditional"'), "says when it holds"),
        (COVER + 'severity = "bad"\n', "severity is one of error, warning, info"),
        (COVER + 'need = "some"\n', "need is one of"),
        (COVER + "divided = 1\n", "divided is true or false"),
        (COVER + 'value = {pattern = "("}\n', "no regular expression"),
        (COVER + 'value = {equals = "today"}\n', "equals is one of period_end"),
        (COVER + "value = 5\n", "value is a table"),
        (COVER + "when = {}\n", "when is a condition"),
        (COVER + 'when = {konzept = "A"}\n', "'konzept' is not known here"),
        (COVER.replace('"Type"', '"the type"'), "capitalised words"),
        (COVER.replace('concept = "DocumentType"', "concept = 5"), "concept is a text"),
        (COVER.replace('concept = "DocumentType"', "concepts = [5]"), "concepts is a list of texts"),
        (COVER + COVER, "two rules have the code mine:1.2-Type"),
        (DOCUMENT.replace('kind = "no-doctype"', ""), "kind is missing"),
        (DOCUMENT + 'pattern = "["\n', "no regular expression"),
        ("cover = 5\n", "cover is a list of tables"),
        ('standard = ["("]\n', "no regular expression"),
        ('colour = "red"\n', "'colour' is not known here"),
    ],
)
def test_what_is_wrong_is_told(text: str, said: str) -> None:
    assert any(said in message for message in faults(text))


def test_findings_stand_at_the_keys() -> None:
    with pytest.raises(ProfileError) as caught:
        parse(COVER + COVER.replace("Type", "Other") + "divided = 1\n")
    (finding,) = caught.value.findings
    lines = (HEAD + COVER + COVER + "divided = 1\n").splitlines()
    assert finding.code == "exporter:invalidRules"
    assert (finding.location.pointer, finding.location.line) == ("/cover/1/divided", len(lines))


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(COVER + "divided = 1\ninstant = 1\n")) == 2


def test_the_schema_and_the_prefix_are_checked() -> None:
    assert faults("", head=HEAD.replace("rules/1", "rules/9"))
    assert faults("", head=HEAD.replace('prefix = "mine"', 'prefix = "My Rules"'))


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + COVER, encoding="utf-8")
    assert read_rule_table(path).name == read_rule_table(str(path)).name == "mine"


@pytest.mark.parametrize("name", ["nosuch", "nosuch.toml", "/"])
def test_a_table_there_is_not(name: str) -> None:
    with pytest.raises(ProfileError):
        read_rule_table(name)


def test_whose_a_namespace_is() -> None:
    table = read_rule_table("form-20-f")
    assert table.is_standard("http://fasb.org/us-gaap/2025")
    assert table.is_cover("http://xbrl.sec.gov/dei/2025")
    assert table.is_cover("http://www.example.com/20250331")
    assert not table.is_cover("http://fasb.org/us-gaap/2025")
    assert not RuleTable(name="x", prefix="x", title="", source="").is_standard("http://fasb.org/us-gaap/2025")


def test_values() -> None:
    assert ValueRule(one_of=("Yes",), aliases={"true": "Yes"}).allows("true")
    assert not ValueRule(pattern="[0-9]{4}").allows("20255")
    assert ValueRule().allows("anything")
    assert list(Condition().concepts) == []
