"""The example's filing from a template, from frames, from a database and from CSV: the same bytes as from YAML."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sqlalchemy as sa

import exporter as ex
from exporter.operations.template import write_template
from tests.support.tables import EXAMPLE, example, fill_template, rows_by_table, typed


def files(filing: ex.Filing, folder: Path) -> dict[str, bytes]:
    ex.export_filing(filing, folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return files(ex.load_filing(EXAMPLE), tmp_path_factory.mktemp("yaml") / "out")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "report.xlsx"
    write_template(path, form="20-F")
    return path


def test_an_empty_template_has_no_items(template: Path) -> None:
    assert ex.read_items(template) == ()


def test_a_template_filled_in(template: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    book = tmp_path / "report.xlsx"
    book.write_bytes(template.read_bytes())
    fill_template(book, example())
    filing = ex.load_filing(book)
    assert filing.items == ex.load_filing(EXAMPLE).items
    assert filing.source is not None
    assert filing.source.findings == ()
    assert files(filing, tmp_path / "out") == expected


def columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    headings = dict.fromkeys(heading for row in rows for heading in row)
    return {heading: [typed(row.get(heading)) for row in rows] for heading in headings}


def exact(series: list[Any]) -> list[Any]:
    """A column of one type: numbers as decimals with two places, or all as text."""
    if any(isinstance(value, Decimal) for value in series):
        return [value if value is None else Decimal(value) for value in series]
    return series


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["polars", "pandas", "pyarrow"])
def test_frames(make: Any, expected: dict[str, bytes], tmp_path: Path) -> None:
    tree = example()
    frames = {name: make({k: exact(v) for k, v in columns(rows).items()}) for name, rows in rows_by_table(tree).items()}
    filing = ex.load_filing(frames, mapping={"filing": tree["filing"]})
    assert files(filing, tmp_path / "out") == expected


def test_a_database(expected: dict[str, bytes], tmp_path: Path) -> None:
    tree = example()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'figures.db'}")
    metadata = sa.MetaData()
    mapping = []
    with engine.begin() as connection:
        for name, rows in rows_by_table(tree).items():
            by_heading = columns(rows)
            kinds = {
                heading: sa.Numeric(12, 2) if _is_rate(values) else sa.Text() for heading, values in by_heading.items()
            }
            table = sa.Table(
                name.replace(".", "_"), metadata, *(sa.Column(heading, kinds[heading]) for heading in by_heading)
            )
            table.create(connection)
            keys = {heading: f"c{index}" for index, heading in enumerate(by_heading)}
            insert = table.insert().values({table.c[heading]: sa.bindparam(key) for heading, key in keys.items()})
            for row in rows:
                values = {key: _stored(row.get(heading), kinds[heading]) for heading, key in keys.items()}
                connection.execute(insert, values)
            mapping.append({"table": table.name, "type": name, "database": "sqlite:///figures.db"})
    engine.dispose()
    source = tmp_path / "report.yaml"
    lines = [f"- {{table: {m['table']}, type: {m['type']}, database: '{m['database']}'}}" for m in mapping]
    source.write_text(_header() + "tables:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert files(ex.load_filing(source), tmp_path / "out") == expected


def _is_rate(values: list[Any]) -> bool:
    return all(value is None or isinstance(value, Decimal) for value in values)


def _stored(value: Any, kind: Any) -> Any:
    value = typed(value) if isinstance(kind, sa.Numeric) else value
    return str(value).lower() if isinstance(value, bool) else value


def _header() -> str:
    text = EXAMPLE.read_text(encoding="utf-8")
    return text[text.index("filing:") : text.index("items:")]


def test_csv_files(expected: dict[str, bytes], tmp_path: Path) -> None:
    tables = []
    for name, rows in rows_by_table(example()).items():
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings)
            writer.writerows([_text(row.get(heading)) for heading in headings] for row in rows)
        tables.append(f"- {{file: {name}.csv, type: {name}}}")
    source = tmp_path / "report.yaml"
    source.write_text(_header() + "tables:\n" + "\n".join(tables) + "\n", encoding="utf-8")
    assert files(ex.load_filing(source), tmp_path / "out") == expected


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("form", ["20-F", "esef", "edinet"])
def test_templates_of_all_forms_are_read_back(form: str, tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", form=form)
    write_template(tmp_path / "b.xlsx", form=form)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert ex.read_items(tmp_path / "a.xlsx") == ()


def rows_of_examples(path: Path) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if sheet.title != "filing" and not sheet.title.startswith("#"):
            yield sheet.title, [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "# example"]


def test_the_example_of_each_sheet_is_an_item(template: Path, tmp_path: Path) -> None:
    """Whoever copies the rows of the example, without their sign, has an item that is read."""
    book = tmp_path / "examples.xlsx"
    copy = openpyxl.load_workbook(template)
    names = []
    for title, rows in rows_of_examples(template):
        assert rows
        name, _, part = title.partition(".")
        if not part or name not in copy.sheetnames:  # else its rows are those of the item in the sheet of that name
            names.append(name)
        for row in rows:
            copy[title].append((None, *row[1:]))
    copy.save(book)
    items = ex.read_items(book)
    assert sorted(type(item).__name__ for item in items) == sorted(names)


def test_a_statement_in_a_sheet_has_its_rows_in_lines_of_a_cell(template: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(template)
    sheet = book["BalanceSheet"]
    sheet.cell(1, sheet.max_column + 1, "rows")
    given = {
        "title": "Balance Sheets",
        "columns[]": "2005-03-31; 2004-03-31",
        "rows": "Assets: | AssetsAbstract\n  Cash; at banks | Cash | 1,234 | (5)",
    }
    for column, heading in enumerate([str(cell.value) for cell in sheet[1]], 1):
        sheet.cell(5, column, given.get(heading))
    book.save(tmp_path / "report.xlsx")
    (statement,) = ex.read_items(tmp_path / "report.xlsx")
    assert len(statement.columns) == 2
    rows = [(row.label, row.concept, row.depth, row.values) for row in statement.rows]
    assert rows == [("Assets:", "AssetsAbstract", 0, ()), ("Cash; at banks", "Cash", 1, ("1,234", "(5)"))]
