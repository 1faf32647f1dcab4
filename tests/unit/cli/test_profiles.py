"""``exporter profiles``, and ``--profile`` where files of items are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.operations.names import PROFILE_NAMES
from tests.unit.cli.running import exporter


def test_the_list() -> None:
    outcome = exporter("profiles")
    assert outcome.code == 0
    lines = [line.split("\t") for line in outcome.out.splitlines()]
    assert [line[0] for line in lines[1:]] == ["extension-only", "sec-us-gaap", "sec-ifrs", "esef-ifrs", "edinet"]
    assert all(len(line) == 5 for line in lines)


def test_one_item_of_one_profile() -> None:
    outcome = exporter("profiles", "sec-us-gaap", "--item", "NetLoss")
    assert outcome.code == 0
    assert "us-gaap:NetIncomeLoss\tmonetaryItemType, duration, credit, inverted\tverified" in outcome.out
    assert "no standard concept states a superlative" in outcome.out


def test_doubtful_concepts_are_marked() -> None:
    result = exporter("profiles", "sec-ifrs", "--item", "AccumulatedDeficit", "--json").json
    (row,) = result["fields"]
    assert (row["concept"], row["verified"], row["sign"]) == ("ifrs-full:RetainedEarnings", True, "inverted")
    rows = exporter("profiles", "sec-ifrs", "--json").json["fields"]
    doubtful = next(row for row in rows if row["concept"] and not row["verified"])
    assert doubtful["remark"]
    assert "not verified" in exporter("profiles", "sec-ifrs", "--item", doubtful["item"]).out


def test_the_profile_without_standard_concepts() -> None:
    assert "concepts of the filing's own" in exporter("profiles", "extension-only").out


def test_names_and_releases_there_are_not() -> None:
    outcome = exporter("profiles", "sec", "--json")
    assert (outcome.code, outcome.codes) == (2, ["exporter:unknownProfile"])
    outcome = exporter("profiles", "edinet", "--release", "1999", "--json")
    assert (outcome.code, outcome.codes) == (2, ["exporter:unknownRelease"])
    assert exporter("profiles", "edinet", "--item", "Nonsense").code == 2


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('extends = "edinet"\n[bindings.NetLoss]\namount = { gap = "because" }\n', encoding="utf-8")
    assert "because" in exporter("profiles", path, "--item", "NetLoss").out
    path.write_text('extends = "edinet"\ncolour = 1\nshape = 2\n', encoding="utf-8")
    outcome = exporter("profiles", path, "--json")
    assert (outcome.code, outcome.codes) == (1, ["exporter:unknownField", "exporter:unknownField"])


def test_export_and_validate_take_a_profile(source: Path, tmp_path: Path) -> None:
    outcome = exporter(
        "export", source, "-o", tmp_path / "out", "--profile", "sec-us-gaap", "--release", "2024", "--json"
    )
    assert outcome.code == 0
    assert "exporter:packagesNeeded" in outcome.codes
    manifest = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert '"profile": "sec-us-gaap"' in manifest
    assert '"release": "2024"' in manifest
    assert exporter("validate", source, "--profile", "sec-ifrs").code == 0
    assert exporter("validate", source, "--profile", "nothing", "--json").codes == ["exporter:unknownProfile"]


def test_a_source_says_its_profile(source: Path, tmp_path: Path) -> None:
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("prefix:", "profile: sec-us-gaap, prefix:"), encoding="utf-8")
    outcome = exporter("export", source, "-o", tmp_path / "out", "--json")
    assert "exporter:packagesNeeded" in outcome.codes
    outcome = exporter("export", source, "-o", tmp_path / "own", "--profile", "extension-only", "--json")
    assert outcome.codes == []
    source.write_text(text.replace("prefix:", "profile: nonsense, prefix:"), encoding="utf-8")
    outcome = exporter("export", source, "-o", tmp_path / "out", "--json")
    assert outcome.codes == ["exporter:unknownProfile"]
    assert outcome.json["findings"][0]["location"]["pointer"] == "/filing/profile"


@pytest.mark.parametrize(
    ("profile", "concept"),
    [
        ("sec-us-gaap", "us-gaap:RetainedEarningsAccumulatedDeficit"),
        ("sec-ifrs", "ifrs-full:RetainedEarnings"),
    ],
)
def test_facts_and_convert_take_a_profile(profile: str, concept: str, source: Path, tmp_path: Path) -> None:
    assert concept not in exporter("facts", source).out
    assert concept in exporter("facts", source, "--profile", profile).out
    report = tmp_path / "report.json"
    assert exporter("convert", source, "-o", report, "--profile", profile, "-q").code == 0
    assert concept in exporter("facts", report).out
    items = tmp_path / "items.yaml"
    assert exporter("convert", source, "-o", items, "--profile", profile, "-q").code == 0
    assert f"profile: {profile}" in items.read_text(encoding="utf-8")


def test_diff_takes_a_profile_for_both_files(source: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert exporter("convert", source, "-o", report, "--profile", "sec-ifrs", "--release", "2024", "-q").code == 0
    assert exporter("diff", report, source).code == 1
    assert exporter("diff", report, source, "--profile", "sec-ifrs", "--release", "2024").code == 0
    assert exporter("diff", report, source, "--profile", "sec-ifrs", "--release", "2025").code == 1


def test_diff_of_periods_takes_a_profile_for_both_files(source: Path, tmp_path: Path) -> None:
    items = tmp_path / "items.yaml"
    assert exporter("convert", source, "-o", items, "--profile", "sec-ifrs", "-q").code == 0
    counts = exporter("diff", items, source, "--periods", "--json").json["counts"]
    assert counts["unchanged"] < sum(counts.values())
    counts = exporter("diff", items, source, "--periods", "--profile", "sec-ifrs", "--json").json["counts"]
    assert counts["unchanged"] == sum(counts.values()) > 0


def test_review_takes_a_profile_for_both_files(source: Path, tmp_path: Path) -> None:
    pages = {}
    for name, options in (("own", ()), ("ifrs", ("--profile", "sec-ifrs"))):
        page = tmp_path / f"{name}.html"
        done = exporter("review", source, "--against", source, "-o", page, "--json", *options)
        changes = done.json["changes"]
        assert done.code == 0
        assert changes["unchanged"] == sum(changes.values()) > 0
        pages[name] = page.read_text(encoding="utf-8")
    assert "ifrs-full:RetainedEarnings" in pages["ifrs"]
    assert "ifrs-full:RetainedEarnings" not in pages["own"]


@pytest.mark.parametrize("command", ["facts", "convert", "diff", "review", "validate"])
def test_a_profile_there_is_not_is_refused(command: str, source: Path, tmp_path: Path) -> None:
    rest = {"convert": ("-o", tmp_path / "a.json"), "diff": (source,), "review": ("-o", tmp_path / "a.html")}
    done = exporter(command, source, *rest.get(command, ()), "--profile", "nothing", "--json")
    assert (done.code, done.codes) == (2, ["exporter:unknownProfile"])
    assert not list(tmp_path.glob("a.*"))


def test_the_help_of_export_names_every_profile() -> None:
    text = " ".join(exporter("export", "--help").out.split()).replace("- ", "-")  # lines break after hyphens
    for name in PROFILE_NAMES:
        assert name in text
