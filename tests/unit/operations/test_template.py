"""Templates in YAML: read back, checked by the schema that their first line names."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest

import exporter as ex
from exporter.items.examples import example_text
from exporter.operations.classes import find_item_class
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


@pytest.mark.parametrize("form", FORMS)
def test_what_is_left_to_be_filled_in_is_reported(form: str, tmp_path: Path) -> None:
    target, _ = write_source(tmp_path / "report.yaml", form)
    findings = [finding for finding in ex.validate(target) if finding.code == "exporter:placeholder"]
    pointers = [str(finding.location.pointer) for finding in findings]
    assert pointers[0] == "/filing/entity"
    assert any(pointer.startswith("/items/0/") for pointer in pointers)
    assert all(finding.location.line for finding in findings)


def test_the_lines_of_a_statement_have_a_sheet(tmp_path: Path) -> None:
    """Whoever takes the examples of the template over gets the filing that the same examples make in YAML."""
    names = ["BalanceSheet", "ChangesInEquity", "Note"]
    book, head = tmp_path / "report.xlsx", {"entity.cik": "0000000017", "period_end": "2005-03-31", "prefix": "kita"}
    sheets = write_template(book, names)
    assert sheets[1:] == tuple(
        sheet for name, part in zip(names, ("rows", "rows", "parts"), strict=True) for sheet in (name, f"{name}.{part}")
    )
    workbook = openpyxl.load_workbook(book)
    for row in workbook["filing"].iter_rows(min_row=2):
        row[1].value = head.get(str(row[0].value))
    for sheet in workbook.worksheets[1:]:
        for cells in [*sheet.iter_rows(min_row=2, values_only=True)]:
            if cells[0] == "# example":
                sheet.append((None, *cells[1:]))
    workbook.save(book)
    source = tmp_path / "report.yaml"
    examples = [example_text(find_item_class(name)) for name in names]
    filing = 'filing: {entity: {cik: "0000000017"}, period_end: 2005-03-31, prefix: kita}\nitems:\n'
    source.write_text(filing + "\n".join(examples) + "\n", encoding="utf-8")
    assert ex.load_filing(book).items == ex.load_filing(source).items
    assert len(ex.load_filing(book).items) == 3


def test_an_item_by_itself(tmp_path: Path) -> None:
    assert write_template(tmp_path / "a.xlsx", ["NetLoss", "PriceHistory"]) == (
        "filing",
        "NetLoss",
        "PriceHistory.rows",
    )
