"""``exporter items --from-package``: classes from a taxonomy, and a filing made with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.standard_package import CORE_ENTRY, TRADE_ENTRY, write_standard_package
from tests.unit.cli.running import exporter

SOURCE = """\
filing: {entity: {cik: 0001090633}, prefix: acme, namespace: "http://acme.example.com/2005", period_end: 2005-03-31}
items:
  - {type: Link, over: 2004-04-01/2005-03-31, sales: ¥34.4 billion, costs: ¥4.4 billion}
  - {type: Open, over: 2004-04-01/2005-03-31, region: japan, open_sales: ¥1 billion}
  - {type: Open, over: 2004-04-01/2005-03-31, open_sales: ¥3 billion}
  - {type: Typed, over: 2004-04-01/2005-03-31, lot: L12, typed_sales: ¥1 billion}
  - {type: Day, over: 2004-04-01/2005-03-31, day: 2004-05-05, day_sales: ¥1 billion}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_standard_package(tmp_path / "standard.zip")


def test_a_module_and_its_profile_are_written(package: Path, tmp_path: Path) -> None:
    module = tmp_path / "std_made.py"
    done = exporter("items", "--from-package", package, "-o", module, "--json")
    assert done.code == 0
    assert done.json["findings"] == []
    assert done.json["profile"] == str(tmp_path / "std_made.toml")
    assert [one["name"] for one in done.json["classes"]][:3] == ["Link", "Open", "Closed"]
    before = module.read_bytes(), (tmp_path / "std_made.toml").read_bytes()
    assert exporter("items", "--from-package", package, "-o", module).code == 0
    assert (module.read_bytes(), (tmp_path / "std_made.toml").read_bytes()) == before


def test_entry_points_roles_and_concepts_choose(package: Path, tmp_path: Path) -> None:
    def made(*options: str) -> list[tuple[str, int]]:
        done = exporter("items", "--from-package", package, "-o", tmp_path / "m.py", "--json", *options)
        return [(one["name"], one["fields"]) for one in done.json["classes"]]

    assert made("--entry-point", CORE_ENTRY) == [("Link", 3)]
    assert len(made("--entry-point", TRADE_ENTRY)) > 5
    assert made("--role", "*/typed", "--role", "*/day") == [("Typed", 1), ("Day", 1)]
    assert made("--concepts", "core:*s") == [("Link", 2)]


def test_a_filing_of_such_items_reports_the_standard_and_is_valid(package: Path, tmp_path: Path) -> None:
    module, source, build = tmp_path / "std_filed.py", tmp_path / "report.yaml", tmp_path / "build"
    assert exporter("items", "--from-package", package, "-o", module).code == 0
    source.write_text(SOURCE, encoding="utf-8")
    profile = module.with_suffix(".toml")
    done = exporter(
        "export", source, "-o", build, "--items-module", module, "--profile", profile, "--taxonomy-package", package,
        "--format", "xbrl-json", "--format", "xbrl-xml",
    )  # fmt: skip
    assert (done.code, done.err.count("error")) == (0, 0)
    (instance,) = build.glob("*.xbrl")
    facts = exporter("facts", instance, "--taxonomy-package", package, "--json").json["facts"]
    assert {fact["concept"].partition(":")[0] for fact in facts} == {"core", "trade"}
    assert len(facts) == 6
    done = exporter("validate", instance, "--taxonomy-package", package, "--json")
    assert (done.code, done.codes) == (0, [])


def test_what_cannot_be_made(package: Path, tmp_path: Path) -> None:
    def codes(*options: object) -> tuple[int, list[str]]:
        done = exporter("items", *options, "--json")
        return done.code, done.codes

    assert codes("--from-package", package) == (2, ["exporter:usage"])
    assert codes("-o", tmp_path / "m.py") == (2, ["exporter:usage"])
    assert codes("Link", "--from-package", package, "-o", tmp_path / "m.py") == (2, ["exporter:usage"])
    assert codes("--from-package", package, "-o", tmp_path / "class.py") == (2, ["exporter:usage"])
    assert codes("--from-package", package, "-o", tmp_path / "m.txt") == (2, ["exporter:usage"])
    assert codes("--from-package", package, "-o", tmp_path / "m.py", "--role", "x") == (1, ["exporter:nothingFits"])
    assert codes("--from-package", tmp_path / "none.zip", "-o", tmp_path / "m.py")[0] in (1, 2)
    assert not (tmp_path / "m.py").exists()
