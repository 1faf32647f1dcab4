"""``exporter tag``: from a document and items to a tagged document, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.tagging import page, tagged_texts
from tests.unit.cli.running import exporter

BODY = (
    "<h1>Item 3. Key Information</h1>"
    "<p>Our accumulated deficit as of March 31, 2005 amounted to &#165;34.4 billion.</p>"
    "<p>As of July 29, 2005, NTT and its affiliates own 31.6% of our outstanding shares.</p>"
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "annual.xhtml"
    path.write_bytes(page(BODY))
    return path


def test_a_document_is_tagged_checked_and_had_back(document: Path, source: Path, tmp_path: Path) -> None:
    tagged, package = tmp_path / "out" / "annual.xhtml", tmp_path / "annual.xbri"
    extra = ("--audit", tmp_path / "audit.json", "--review", tmp_path / "coverage.html", "--package", package)
    done = exporter("tag", document, "--items", source, "-o", tagged, *extra, "--json")
    assert done.code == 0, done.err or done.out
    assert done.json["output"] == str(tagged)
    assert {each["text"] for each in done.json["tagged"]} >= {"34.4", "31.6"}
    assert all(Path(path).is_file() for path in done.json["files"])
    assert {"34.4", "31.6"} <= set(tagged_texts(tagged.read_bytes()).values())
    assert (tagged.parent / "iij-20050331.xsd").is_file()
    for report in (tagged, package):
        judged = exporter("validate", report, "--json")
        assert judged.code == 0, judged.out
    assert "34.4" in (tmp_path / "coverage.html").read_text(encoding="utf-8")
    plain = tmp_path / "plain.xhtml"
    assert exporter("tag", "--strip", tagged, "-o", plain).code == 0
    assert plain.read_bytes() == document.read_bytes()


def test_people_see_a_table(document: Path, source: Path, tmp_path: Path) -> None:
    done = exporter("tag", document, "--items", source, "-o", tmp_path / "t.xhtml")
    assert done.code == 0
    assert done.out.startswith("line\tstate\ttext\tfact\n")
    assert "\ttagged\t34.4\t" in done.out
    assert "tagged at" in done.err


def test_the_same_input_gives_the_same_bytes(document: Path, source: Path, tmp_path: Path) -> None:
    results = []
    for name in ("a", "b"):
        target = tmp_path / name / "t.xhtml"
        exporter("tag", document, "--items", source, "-o", target, "--package", tmp_path / name / "t.xbri")
        results.append([path.read_bytes() for path in sorted(target.parent.iterdir())])
    assert results[0] == results[1]


def test_html_is_tagged_too(source: Path, tmp_path: Path) -> None:
    document = tmp_path / "annual.htm"
    document.write_bytes(b"<HTML><BODY>" + BODY.replace("</p>", "").encode())
    target = tmp_path / "t.xhtml"
    done = exporter("tag", document, "--items", source, "-o", target, "--json")
    assert done.code == 0, done.out
    assert "exporter:madeXhtml" in done.codes
    assert "34.4" in tagged_texts(target.read_bytes()).values()


def test_facts_the_document_does_not_state_can_be_hidden(source: Path, tmp_path: Path) -> None:
    document = tmp_path / "short.xhtml"
    document.write_bytes(page(BODY.partition("<p>As of")[0]))
    shown, hiding = tmp_path / "shown.xhtml", tmp_path / "hiding.xhtml"
    plain = exporter("tag", document, "--items", source, "-o", shown, "--json").json
    full = exporter("tag", document, "--items", source, "-o", hiding, "--hide-missing", "--json").json
    assert plain["hidden"] == 0
    assert full["hidden"] == len(full["missing"]) > 0
    assert len(tagged_texts(hiding.read_bytes())) == len(tagged_texts(shown.read_bytes())) + full["hidden"]
    assert exporter("validate", hiding).code == 0


def test_with_strict_a_warning_keeps_the_document_from_being_written(source: Path, tmp_path: Path) -> None:
    document = tmp_path / "more.xhtml"
    document.write_bytes(page(BODY + "<p>We have 4,711 customers.</p>"))
    target, audit = tmp_path / "t.xhtml", tmp_path / "audit.json"
    done = exporter("tag", document, "--items", source, "-o", target, "--strict", "--audit", audit, "--json")
    assert done.code == 1
    assert "exporter:unexplainedNumber" in done.codes
    assert done.json["output"] is None
    assert not target.exists()
    assert "4,711" in audit.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "finding"),
    [
        (["{document}", "-o", "{out}"], 2, "exporter:usage"),
        (["{document}", "--strip", "--items", "{source}", "-o", "{out}"], 2, "exporter:usage"),
        (["{document}.none", "--items", "{source}", "-o", "{out}"], 2, "exporter:unreadableFile"),
        (["{document}", "--items", "{source}", "-o", "{document}"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{source}"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--audit", "{source}"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--review", "{out}"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--package", "{document}"], 2, "exporter:unwritableFile"),
        (["{document}", "--strip", "-o", "{document}"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{folder}/iij-20050331.xsd"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--audit", "{folder}/iij-20050331.xsd"],
         2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--audit", "{folder}/a.json",
          "--package", "{document}/out.xbri"], 2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--audit", "{folder}/a.json", "--review", "{folder}"],
         2, "exporter:unwritableFile"),
        (["{document}", "--items", "{source}", "-o", "{out}", "--anchors", "{out}"], 2, "exporter:unreadableFile"),
        (["{source}", "--strip", "-o", "{out}"], 1, "exporter:malformedXml"),
        (["{tagged}", "--items", "{source}", "-o", "{out}"], 1, "exporter:alreadyTagged"),
        (["{other}", "--items", "{source}", "-o", "{out}"], 1, "exporter:nothingTagged"),
        (["{empty}", "--items", "{source}", "-o", "{out}"], 1, "exporter:noText"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(
    arguments: list[str], code: int, finding: str, document: Path, source: Path, tmp_path: Path
) -> None:
    tagged, empty = tmp_path / "tagged.xhtml", tmp_path / "empty.htm"
    tagged.write_bytes(page(BODY).replace(b"<html", b'<html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'))
    empty.write_bytes(b"")
    (tmp_path / "other.xhtml").write_bytes(page("<p>Nothing of the kind.</p>"))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    names = {"document": document, "source": source, "folder": tmp_path, "out": tmp_path / "out.xhtml"}
    names |= {"tagged": tagged, "empty": empty, "other": tmp_path / "other.xhtml"}
    done = exporter("tag", *(each.format(**names) for each in arguments), "--json")
    assert finding in done.codes
    assert done.code == code
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_audit_tells_why_nothing_was_tagged(source: Path, tmp_path: Path) -> None:
    document, audit = tmp_path / "other.xhtml", tmp_path / "audit.json"
    document.write_bytes(page("<p>Nothing of the kind.</p>"))
    done = exporter("tag", document, "--items", source, "-o", tmp_path / "t.xhtml", "--audit", audit, "--json")
    assert (done.code, done.codes) == (1, ["exporter:nothingTagged"])
    assert "missing" in audit.read_text(encoding="utf-8")
    assert not (tmp_path / "t.xhtml").exists()


def test_a_style_rule_that_tags_upset_is_told(source: Path, tmp_path: Path) -> None:
    document = tmp_path / "styled.xhtml"
    style = "<title>t</title><style>p &gt; b { color: red } p b { margin: 0 }</style>"
    document.write_bytes(page(BODY.replace("31.6%", "<b>31.6</b>%").replace("NTT", "<b>NTT</b>"), head=style))
    done = exporter("tag", document, "--items", source, "-o", tmp_path / "t.xhtml", "--json")
    told = [each for each in done.json["findings"] if each["code"] == "exporter:styleDiffers"]
    assert done.code == 0
    assert all("'p > b'" in each["message"] for each in told)


def test_arelle_agrees(document: Path, source: Path, tmp_path: Path) -> None:
    pytest.importorskip("arelle")
    tagged = tmp_path / "t.xhtml"
    exporter("tag", document, "--items", source, "-o", tagged)
    judged = exporter("validate", tagged, "--engine", "arelle", "--json")
    assert judged.code == 0, judged.out
    assert judged.json["findings"] == []
