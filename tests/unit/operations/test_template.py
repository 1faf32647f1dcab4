"""Templates in YAML: read back, checked by the schema that their first line names."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import exporter as ex
from exporter.operations.template import FORMS, SCHEMA_NAME, find_form, write_source, write_template
from exporter.sources.yaml import read_yaml


@pytest.mark.parametrize("form", FORMS)
def test_a_file_for_a_form(form: str, tmp_path: Path) -> None:
    target, schema = write_source(tmp_path / "report.yaml", form)
    text = target.read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={schema.name}"
    filing = ex.load_filing(target)
    assert len(filing.items) == 1
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert list(validator.iter_errors(read_yaml(target).value)) == []


@pytest.mark.parametrize("form", FORMS)
def test_what_is_commented_out_can_be_taken_in(form: str, tmp_path: Path) -> None:
    target, _ = write_source(tmp_path / "report.yaml", form)
    head, _, rest = target.read_text(encoding="utf-8").partition("  # Take the #")
    lines = [line.replace("  # ", "  ", 1) for line in rest.splitlines()[1:] if line.startswith(("  # -", "  #  "))]
    target.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    assert len(ex.load_filing(target).items) == len(FORMS[form].items) or form == "20-F"


def test_workbooks_and_names(tmp_path: Path) -> None:
    assert write_source(tmp_path / "report.xlsx", "edinet") == (tmp_path / "report.xlsx",)
    assert SCHEMA_NAME not in {path.name for path in tmp_path.iterdir()}
    assert find_form("20-f") is FORMS["20-F"]
    with pytest.raises(ex.ExporterError, match="esef"):
        find_form("esf")
    with pytest.raises(ex.ExporterError, match="did you mean NetLoss"):
        write_template(tmp_path / "x.xlsx", ["NetLos"])
    with pytest.raises(ex.ExporterError, match="nothing is named"):
        write_template(tmp_path / "x.xlsx")


def test_an_item_by_itself(tmp_path: Path) -> None:
    assert write_template(tmp_path / "a.xlsx", ["NetLoss", "PriceHistory"]) == (
        "filing",
        "NetLoss",
        "PriceHistory.rows",
    )
