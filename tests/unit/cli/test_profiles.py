"""``exporter profiles``, and ``--profile`` where files of items are taken."""

from __future__ import annotations

from pathlib import Path

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
