"""YAML as plain trees: text stays text, places are known, hostile documents are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources.yaml import read_yaml

pytestmark = pytest.mark.door("yaml")


def tree_of(text: str) -> object:
    return read_yaml(text.encode(), name="a.yaml").value


def findings_of(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ReadError) as caught:
        read_yaml(data, limits, name="a.yaml")
    return list(caught.value.findings)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("107.20", "107.20"),
        ("0001090633", "0001090633"),
        ("1e5", "1e5"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        (".inf", ".inf"),
        ("2005-03-31", "2005-03-31"),
        ("2005-03-31T00:00:00Z", "2005-03-31T00:00:00Z"),
        ("yes", "yes"),
        ("off", "off"),
        ("=", "="),
        ("¥34.4 billion", "¥34.4 billion"),
        ("31.6%", "31.6%"),
        ("true", True),
        ("FALSE", False),
        ("'true'", "true"),
        ('"107.20"', "107.20"),
        ("'null'", "null"),
        ("''", ""),
        ("null", None),
        ("~", None),
        ("", None),
        ("!!str true", "true"),
        ("!!float 1.50", "1.50"),
        ("! null", "null"),
        ("|\n  true", "true"),
    ],
)
def test_scalars_are_text_unless_they_are_true_false_or_null(written: str, read: object) -> None:
    value = tree_of(f"value: {written}")["value"]  # type: ignore[index]
    assert value == read
    assert type(value) is type(read)


def test_names_are_text_as_written() -> None:
    assert tree_of("yes: 1\n1.50: 2\nnull: 3\n2005-03-31: 4") == {
        "yes": "1",
        "1.50": "2",
        "null": "3",
        "2005-03-31": "4",
    }


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~"])
def test_an_empty_document_is_null(text: str) -> None:
    tree = read_yaml(text.encode())
    assert tree.value is None
    assert tree.locate("/items/0").line in (1, 2)


def test_byte_order_marks() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: \xc2\xa5").value == {"a": "¥"}
    assert read_yaml("a: ¥".encode("utf-16")).value == {"a": "¥"}


def test_reads_a_path_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("a: 1", encoding="utf-8")
    assert read_yaml(path).locate("/a").file == str(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_yaml(tmp_path / "no.yaml")
    assert [each.code for each in caught.value.findings] == ["exporter:unreadableFile"]


class TestPlaces:
    DOCUMENT = """\
# a comment
filing: {entity: {cik: 0001090633}}
defaults: &defaults
  pair: JPY per USD
items:
  - <<: *defaults
    high: 107.20
    a/b~c: x
  - &second
    text: |
      one
      two
    rows:
      - 1
  - *second
"""

    @pytest.mark.parametrize(
        ("pointer", "line", "column"),
        [
            ("", 2, 1),
            ("/filing/entity/cik", 2, 24),
            ("/items", 5, 1),
            ("/items/0", 6, 5),
            ("/items/0/high", 7, 11),
            ("/items/0/a~1b~0c", 8, 12),
            ("/items/0/pair", 4, 9),
            ("/items/0/missing", 6, 5),
            ("/items/0/high/value", 7, 11),
            ("/items/1/text", 10, 11),
            ("/items/1/rows", 12 + 1, 5),
            ("/items/1/rows/0", 14, 9),
            ("/items/2", 15, 5),
            ("/items/7", 5, 1),
            ("/items/-1", 5, 1),
            ("/items/01", 5, 1),
            ("/nothing", 2, 1),
        ],
    )
    def test_of_what_a_pointer_names_or_of_what_is_around_it(self, pointer: str, line: int, column: int) -> None:
        location = read_yaml(self.DOCUMENT.encode(), name="a.yaml").locate(pointer)
        assert (location.file, location.line, location.column) == ("a.yaml", line, column)
        assert location.pointer == pointer


class TestMergeKeys:
    def test_own_members_win_wherever_they_stand(self) -> None:
        text = "d: &d {x: 1, y: 2}\nr:\n  x: 0\n  <<: *d\n  z: 3"
        assert tree_of(text)["r"] == {"x": "0", "y": "2", "z": "3"}  # type: ignore[index]

    def test_of_several_sources_the_first_wins(self) -> None:
        text = "- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]"
        assert tree_of(text)[2] == {"x": "1", "y": "2"}  # type: ignore[index]

    def test_merges_of_merges(self) -> None:
        text = "- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b, z: 3}"
        assert tree_of(text)[2] == {"x": "1", "y": "2", "z": "3"}  # type: ignore[index]

    def test_a_quoted_name_is_a_name(self) -> None:
        assert tree_of("'<<': 1") == {"<<": "1"}

    @pytest.mark.parametrize("value", ["3", "[1]", "[{a: 1}, 2]"])
    def test_only_mappings_merge(self, value: str) -> None:
        (finding,) = findings_of(f"<<: {value}")
        assert finding.code == "exporter:unsupportedYaml"
        assert finding.fix


class TestFaults:
    def test_a_name_given_twice_is_told_with_both_lines(self) -> None:
        (finding,) = findings_of("a: 1\nb: 2\na: 3\n")
        assert finding.code == "exporter:duplicateKey"
        assert "line 1" in finding.message
        assert (finding.location.file, finding.location.line, finding.location.column) == ("a.yaml", 3, 1)

    def test_1_and_quoted_1_are_the_same_name(self) -> None:
        assert [each.code for each in findings_of("1: a\n'1': b")] == ["exporter:duplicateKey"]

    def test_all_are_told_together(self) -> None:
        text = "a: 1\na: 2\nb: !!python/object/apply:os.system ['true']\nc: *none\nd: &d [*d]\n"
        assert [(each.code, each.location.line) for each in findings_of(text)] == [
            ("exporter:duplicateKey", 2),
            ("exporter:unsupportedYaml", 3),
            ("exporter:malformedYaml", 4),
            ("exporter:unsupportedYaml", 5),
        ]

    @pytest.mark.parametrize(
        ("text", "line", "column", "fix"),
        [
            ("a: b: c\n", 1, 5, "quotes"),
            ("a:\n\t- b\n", 2, 1, "blanks, not tabs"),
            ("a: [1, 2\nb: 3\n", 2, 2, "bracket"),
            ("a: 'x\n", 1, 4, "close the quotes"),
            ("a: 1\n  b: 2\n", 2, 4, "indentation"),
            ("a: @x", 1, 4, "in quotes"),
            ("a: \x00", 1, 4, "escape"),
            (b"a: 1\nb: \xff\n", 2, None, "UTF-8"),
        ],
    )
    def test_syntax_errors_have_a_place_and_a_mend(
        self, text: str | bytes, line: int, column: int | None, fix: str
    ) -> None:
        (finding,) = findings_of(text)
        assert finding.code == "exporter:malformedYaml"
        assert (finding.location.line, finding.location.column) == (line, column)
        assert fix in (finding.fix or "")

    @pytest.mark.parametrize(
        "text",
        [
            "---\na: 1\n---\nb: 2\n",
            "? [1, 2]\n: 3",
            "&a [x]: 1",
            "a: &a {b: *a}",
            "a: !own x",
            "a: !!binary aGk=",
            "a: !!set {x}",
        ],
    )
    def test_what_is_refused(self, text: str) -> None:
        assert [each.code for each in findings_of(text)] == ["exporter:unsupportedYaml"]

    def test_an_alias_may_be_a_name_if_it_is_text(self) -> None:
        assert tree_of("a: &n high\nb: {*n : 1}") == {"a": "high", "b": {"high": "1"}}


def _at_level(opening: str, level: int) -> str:
    """What stands before the collection that is one level too deep, where each ``opening`` opens as many as it does."""
    levels = 2 if opening == "[{a: " else 1
    return opening * (level // levels) + ("[" if level % levels else "")


def _place(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


class TestHostileDocuments:
    def test_billion_laughs(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
        assert [each.code for each in findings_of("\n".join(lines))] == ["exporter:limitExceeded"]

    def test_merges_that_blow_up(self) -> None:
        text = "k: &k {" + ", ".join(f"k{n}: 1" for n in range(3000)) + "}\nl:\n" + "  - <<: *k\n" * 3000
        assert [each.code for each in findings_of(text)] == ["exporter:limitExceeded"]

    def test_repeating_a_long_text_now_and_then_is_fine(self) -> None:
        tree = tree_of(f"t: &t {'word ' * 1000}\nl: [{', '.join(['*t'] * 50)}]")
        assert len(tree["l"]) == 50  # type: ignore[index]

    @pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 5_000, "- " * 5_000])
    def test_depth(self, text: str) -> None:
        (finding,) = findings_of(text)
        assert finding.code == "exporter:limitExceeded"
        assert finding.location.line == 1

    @pytest.mark.parametrize("opening", ["[", "[\n", "{a: ", "- ", "['[[[[', ", "[{a: "])
    @pytest.mark.parametrize("limits", [Limits(depth=50), DEFAULT_LIMITS, Limits(depth=10**6)])
    def test_depth_is_bounded_alike_whatever_the_parser_bears(self, opening: str, limits: Limits) -> None:
        deepest = min(limits.depth, 900)
        for levels in (deepest + 1, 1100, 5000):
            (finding,) = findings_of(opening * levels, limits)
            assert finding.code == "exporter:limitExceeded"
            assert f"more than {deepest} deep" in finding.message
            start = len(_at_level(opening, deepest))
            assert (finding.location.line, finding.location.column) == _place(opening * levels, start)

    def test_what_is_nested_less_deeply_is_malformed_for_its_own_reason(self) -> None:
        text = f"a: '{'[' * 2000}'\nb: \"{'{' * 2000}\" # {'[' * 2000}\nc: [[[@"
        (finding,) = findings_of(text)
        assert (finding.code, finding.location.line, finding.location.column) == ("exporter:malformedYaml", 3, 7)

    def test_many_brackets_in_texts_are_no_depth(self) -> None:
        brackets = "[" * 2000
        text = f"a: x {brackets}\nb: '{brackets}'\nc: |\n  {brackets}\nd: [\"{brackets}\", '{brackets}']"
        assert tree_of(text)["b"] == brackets  # type: ignore[index]

    @pytest.mark.parametrize("text", ["[" * 850 + "x" + "]" * 850, "- " * 850 + "x"])
    def test_depth_may_be_raised(self, text: str) -> None:
        assert read_yaml(text.encode(), Limits(depth=1000)).value

    def test_size(self) -> None:
        (finding,) = findings_of("a: 123456789", Limits(text_size=10))
        assert finding.code == "exporter:limitExceeded"

    def test_depth_may_be_set(self) -> None:
        assert [each.code for each in findings_of("[[[1]]]", Limits(depth=2))] == ["exporter:limitExceeded"]
        assert read_yaml(b"[[1]]", Limits(depth=2)).value == [["1"]]
