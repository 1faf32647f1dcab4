"""Parameters of a report: those of the metadata, and those of a CSV file, which win (xBRL-CSV 1.0)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.formats.xbrl_csv.dialect import CsvRows, cell_name
from exporter.formats.xbrl_csv.documents import confined_path, is_file
from exporter.formats.xbrl_csv.metadata import Metadata
from exporter.formats.xbrl_csv.sources import is_identifier, parse_special
from exporter.resources.limits import Limits

_FILE: Final = "xbrlce:invalidParameterCSVFile"
_MEND: Final = "two columns, name and value, and a row for each parameter"


def read_parameters(metadata: Metadata, limits: Limits, add: Callable[[Finding], None]) -> dict[str, str]:
    """The parameters of the report by name; ``add`` takes what is wrong."""
    parameters: dict[str, str] = dict(metadata.tree.get("parameters", {}))
    url = metadata.tree.get("parameterURL")
    if url is not None:
        parameters |= _read_file(url, metadata, limits, add)
    for name, value in parameters.items():
        check_parameter(value, metadata.place("parameters", name), add)
    for table, definition in metadata.tree.get("tables", {}).items():
        for name, value in definition.get("parameters", {}).items():
            check_parameter(value, metadata.place("tables", table, "parameters", name), add)
    return parameters


def check_parameter(value: str, place: Location, add: Callable[[Finding], None]) -> None:
    """Tell an unknown special value."""
    try:
        parse_special(value)
    except LexicalFault as fault:
        add(fault.finding(place))


def _read_file(url: str, metadata: Metadata, limits: Limits, add: Callable[[Finding], None]) -> dict[str, str]:
    path = confined_path(url, base=metadata.root, root=metadata.root)
    if path is None or not is_file(path):
        why = "leads outside the folder of the report" if path is None else "does not exist"
        message = f"the file of parameters {shortened(url)} {why}"
        place = metadata.place("parameterURL")
        add(Finding(code="xbrlce:missingParametersFile", message=message, location=place, mend="put it in its place"))
        return {}
    name = str(metadata.root / url)
    rows = CsvRows(path, name=name, limits=limits)
    found: dict[str, str] = {}

    def problem(code: str, message: str, row: int, column: int) -> None:
        place = Location(file=name, line=rows.line, cell=cell_name(row, column))
        add(Finding(code=code, message=message, location=place, mend=_MEND))

    try:
        for number, row in enumerate(rows):
            if number == 0:
                if row != ["name", "value"]:
                    problem(_FILE, f"expected the header name,value, got {shortened(','.join(row))}", 0, 0)
                    return {}
            elif any(row):
                _read_row(row, number, found, problem)
    except ReadError as error:
        for finding in error.findings:
            add(finding)
    return found


def _read_row(
    row: list[str], number: int, found: dict[str, str], problem: Callable[[str, str, int, int], None]
) -> None:
    name, value = row[0], row[1] if len(row) > 1 else ""
    if any(row[2:]):
        problem(_FILE, "a cell beyond name and value", number, 2)
    elif not name or not value:
        problem(_FILE, f"expected name and value, got {shortened(','.join(row))}", number, 0 if not name else 1)
    elif not is_identifier(name):
        problem("xbrlce:invalidIdentifier", f"{shortened(name)} is no name of a parameter", number, 0)
    elif name in found:
        problem(_FILE, f"the parameter {name!r} is given twice", number, 0)
    else:
        found[name] = value
