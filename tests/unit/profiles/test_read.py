"""Profiles from files: extending, releases, and every fault with its place.

The profile of a report, by its standard concepts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ProfileError, ReadError
from exporter.profiles.profile import ContextName, Gap, ProfileAxis, ProfileConcept
from exporter.profiles.read import detect_profile, load_profile

pytestmark = pytest.mark.door("tomllib")

OWN = """\
extends = "sec-us-gaap"
title = "Ours"

[concepts.us-gaap]
WriteOffs = { type = "monetaryItemType", period = "duration", balance = "debit", remark = "looked up by hand" }

[bindings.WriteOff]
amount = { concept = "us-gaap:WriteOffs" }

[bindings.NetLoss]
amount = { gap = "we report it with a concept of our own", name = "LossOfTheYear" }
"""


def write(folder: Path, text: str, name: str = "ours.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[tuple[str, str | None, int | None]]:
    with pytest.raises(ReadError) as caught:
        load_profile(write(folder, text))
    assert all(finding.location.file for finding in caught.value.findings)
    return [(each.code, each.location.pointer, each.location.line) for each in caught.value.findings]


def test_a_profile_extends_another(tmp_path: Path) -> None:
    made, base = load_profile(write(tmp_path, OWN)), load_profile("sec-us-gaap")
    assert (made.name, made.title, made.release, made.source) == ("ours", "Ours", "2025", str(tmp_path / "ours.toml"))
    bound = made.binding("WriteOff", "amount", "WriteOffOfLoansAndAccountsReceivable")
    assert isinstance(bound, ProfileConcept)
    assert str(bound.concept) == "us-gaap:WriteOffs"
    assert made.binding("NetLoss", "amount", "NetIncomeLoss") == Gap(
        reason="we report it with a concept of our own", name="LossOfTheYear"
    )
    assert made.binding("AccumulatedDeficit", "amount", "X") == base.binding("AccumulatedDeficit", "amount", "X")
    assert made.document == base.document
    assert made.axis("WriteOff", "counterparty") == base.axis("WriteOff", "counterparty")


def test_a_profile_extends_one_beside_it(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    second = write(tmp_path, 'extends = "ours.toml"\n[document]\nnegative_glyph = "△"\n', "second.toml")
    made = load_profile(second, release="2024")
    assert (made.name, made.title, made.release) == ("second", "Ours", "2024")
    assert made.document.negative_glyph == "△"
    assert made.document.context_element == "segment"
    assert made.qname("us-gaap:WriteOffs").namespace == "http://fasb.org/us-gaap/2024"


def test_a_path_is_relative_to_the_folder_given(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    made = load_profile("ours.toml", folder=tmp_path)
    assert made.source == "ours.toml"
    assert load_profile(made) is made


def test_unknown_names_and_releases_are_told() -> None:
    with pytest.raises(ProfileError, match="no profile is called 'sec'"):
        load_profile("sec")
    with pytest.raises(ProfileError, match=r"no release '1999'.*2025, 2024"):
        load_profile("sec-us-gaap", release="1999")
    with pytest.raises(ProfileError, match="the profile has none"):
        load_profile("extension-only", release="2025")


def test_all_faults_are_told_with_their_lines(tmp_path: Path) -> None:
    text = """\
title = "x"
colour = "red"
[taxonomies.a]
namespace = "http://a/{year}"
schema = "http://a/a.xsd"
[concepts.a]
Good = { type = "monetaryItemType", period = "instant", verified = true }
Doubtful = { type = "monetaryItemType", period = "instant" }
Wrong = { type = "monetaryItemType", period = "sometimes", verified = true }
[concepts.b]
[bindings.Item]
first = { concept = "a:Missing" }
second = { concept = "a:Good", sign = "upside down", shade = 1 }
[axes.Item]
third = { axis = "b:SomeAxis" }
[document]
file_name = "("
languages = "en"
"""
    assert faults(tmp_path, text) == [
        ("exporter:unknownField", "/colour", 2),
        ("exporter:invalidValue", "/taxonomies/a/namespace", 4),
        ("exporter:missingField", "/taxonomies/a", 3),
        ("exporter:missingField", "/concepts/a/Doubtful", 8),
        ("exporter:invalidValue", "/concepts/a/Wrong/period", 9),
        ("exporter:invalidValue", "/concepts/b", 10),
        ("exporter:invalidValue", "/bindings/Item/first/concept", 12),
        ("exporter:unknownField", "/bindings/Item/second/shade", 13),
        ("exporter:invalidValue", "/bindings/Item/second/sign", 13),
        ("exporter:invalidValue", "/axes/Item/third", 15),
        ("exporter:invalidValue", "/document/file_name", 17),
        ("exporter:wrongShape", "/document/languages", 18),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('title = "x', "exporter:malformedToml"),
        (f"title = {'[' * 5000}{']' * 5000}", "exporter:limitExceeded"),
        ('extends = "nothing"\ntitle = "x"\n', "exporter:unknownProfile"),
        ('extends = "absent.toml"\n', "exporter:unreadableFile"),
        ('extends = "ours.toml"\n', "exporter:invalidValue"),
        ("extends = 3\n", "exporter:invalidValue"),
        ('concepts = "none"\ntitle = "x"\n', "exporter:wrongShape"),
        ("", "exporter:missingField"),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert [found[0] for found in faults(tmp_path, text)] == [code]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        load_profile(tmp_path / "absent.toml")


def test_axes_are_read() -> None:
    axis = load_profile("edinet").axis("OwnershipInterest", "holder")
    assert isinstance(axis, ProfileAxis)
    assert len(axis.ranked) == 15
    assert str(axis.name_concept) == "jpcrp_cor:NameMajorShareholders"


def test_names_of_pages_and_contexts(tmp_path: Path) -> None:
    text = """\
title = "x"
[document]
page_file = "{base}_ixbrl.htm"
context_names = [{ months = 12, current = "Year", prior = "Prior{years}Year", at_end = true }]
"""
    made = load_profile(write(tmp_path, text)).document
    assert made.page_file == "{base}_ixbrl.htm"
    assert made.context_names == (ContextName(months=12, current="Year", prior="Prior{years}Year", at_end=True),)


def test_faults_of_names_of_pages_and_contexts(tmp_path: Path) -> None:
    text = """\
title = "x"
[document]
page_file = "../page.htm"
inline_version = "1.2"
negative_glyph = "minus"
context_names = [
    { months = 0, current = "Year", prior = "Prior{years}Year" },
    { months = 6, current = "Half", prior = "PriorHalf" },
    { months = 3, prior = "Prior{years}", colour = 1 },
]
"""
    assert [code for code, _, _ in faults(tmp_path, text)] == [
        "exporter:invalidValue",
        "exporter:invalidValue",
        "exporter:invalidValue",
        "exporter:invalidValue",
        "exporter:invalidValue",
        "exporter:unknownField",
        "exporter:missingField",
    ]
    assert [code for code, _, _ in faults(tmp_path, 'title = "x"\n[document]\ncontext_names = 1\n')] == [
        "exporter:wrongShape"
    ]


def test_keys_that_the_reader_fills_itself_are_unknown(tmp_path: Path) -> None:
    text = """\
title = "x"
[taxonomies.a]
namespace = "http://a/"
schema = "http://a/a.xsd"
package = "a"
prefix = "b"
[concepts.a]
Good = { type = "monetaryItemType", period = "instant", verified = true, local_name = "Bad" }
"""
    assert faults(tmp_path, text) == [
        ("exporter:unknownField", "/taxonomies/a/prefix", 6),
        ("exporter:unknownField", "/concepts/a/Good/local_name", 8),
    ]


def test_profiles_that_extend_each_other_are_told_so(tmp_path: Path) -> None:
    write(tmp_path, 'extends = "ours.toml"\n', "second.toml")
    with pytest.raises(ReadError) as caught:
        load_profile(write(tmp_path, 'extends = "second.toml"\n'))
    assert [each.code for each in caught.value.findings] == ["exporter:invalidValue"]
    assert "in a circle" in caught.value.findings[0].message


DEI = {"http://xbrl.sec.gov/dei/2024": ["DocumentType", "EntityRegistrantName"]}


def test_the_profile_with_most_concepts_wins() -> None:
    found = detect_profile({**DEI, "https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full": ["RetainedEarnings"]})
    assert found is not None
    assert (found.name, found.release) == ("sec-ifrs", "2024")


def test_any_release_is_known() -> None:
    found = detect_profile({"http://fasb.org/us-gaap/2024": ["NetIncomeLoss"]})
    assert found is not None
    assert (found.name, found.release) == ("sec-us-gaap", "2024")
    assert detect_profile(DEI) is not None


def test_own_concepts_and_unknown_ones_tell_nothing() -> None:
    assert detect_profile({"http://www.example.com/2005": ["NetIncomeLoss"]}) is None
    assert detect_profile({"http://fasb.org/us-gaap/2024": ["SomethingElse"]}) is None
    namespace = load_profile("edinet").taxonomies["jpigp_cor"].namespace
    found = detect_profile({namespace: ["AssetsIFRS", "SomethingElse"]})  # a line of a statement, no field's
    assert found is not None
    assert found.name == "edinet"
    assert detect_profile({}) is None
