"""What people get wrong in a YAML of items: each mistake is answered at its line, with what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.sources.yaml import read_yaml
from tests.unit.cli.running import exporter

HEAD = "filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\n"
PLACE = "    over: year 2004\n"


def item(kind: str, **fields: str) -> str:
    return HEAD + f"items:\n  - type: {kind}\n" + "".join(f"    {name}: {text}\n" for name, text in fields.items())


def deficit(amount: str = "NOK 5 million", as_of: str = "2005-03-31") -> str:
    return item("AccumulatedDeficit", amount=amount, as_of=as_of)


def lines(*texts: str) -> str:
    return HEAD + "items:\n" + "".join(f"{text}\n" for text in texts)


def loss(over: str) -> str:
    return item("NetLoss", amount="NOK 5 million", over=over)


def holding(share: str) -> str:
    return item("OwnershipInterest", holder="NTT", share=share, as_of="2005-07-29")


def head(**fields: str) -> str:
    given = {"entity": "{cik: 0001090633}", "period_end": "2005-03-31", **fields}
    body = "".join(f"  {name}: {text}\n" for name, text in given.items())
    return f"filing:\n{body}items:\n  - {{type: AccumulatedDeficit, amount: NOK 5, as_of: 2005-03-31}}\n"


DEFICIT = "  - type: AccumulatedDeficit"
# the mistake, the document, the line it is on, what the finding says
MISTAKES: list[tuple[str, str, int, tuple[str, ...]]] = [
    ("a type misspelt", item("AccumulatedDefecit", amount="NOK 5"), 3, ("did you mean AccumulatedDeficit?",)),
    ("a type in lower case", item("accumulateddeficit", amount="NOK 5"), 3, ("did you mean AccumulatedDeficit?",)),
    ("a type in words", item("Accumulated Deficit", amount="NOK 5"), 3, ("did you mean AccumulatedDeficit?",)),
    ("a type as of a variable", item("accumulated_deficit", a="5"), 3, ("did you mean AccumulatedDeficit?",)),
    ("type misspelt", lines("  - typ: NetLoss", "    amount: NOK 5", PLACE), 3, ("write type instead of typ",)),
    ("Type", lines("  - Type: NetLoss", "    amount: NOK 5", PLACE), 3, ("write type instead of Type",)),
    ("the type as a key", lines("  - NetLoss:", "      amount: NOK 5"), 3, ("write `type: NetLoss`",)),
    ("no type", lines("  - amount: NOK 5", "    as_of: 2005-03-31"), 3, ("type: AccumulatedDeficit",)),
    ("no type, nothing fits", lines("  - colour: red"), 3, ("`exporter items` lists the types",)),
    ("a field misspelt", item("NetLoss", ammount="NOK 5", over="year 2004"), 4, ("did you mean amount?",)),
    ("a field with a dash", item("AccumulatedDeficit", amount="NOK 5", **{"as-of": "2005-03-31"}), 5, ("as_of?",)),
    ("a field of another class", item("NetLoss", amount="NOK 5", over="year 2004", colour="red"), 6, ("fields are",)),
    ("milion", deficit("NOK 5 milion"), 4, ("did you mean million?",)),
    ("billon", deficit("NOK 5 billon"), 4, ("did you mean billion?",)),
    ("mill.", deficit("NOK 5 mill."), 4, ("did you mean million?",)),
    ("k", deficit("NOK 5k"), 4, ("write thousand, million",)),
    ("blanks for commas", deficit("NOK 1 412 million"), 4, ("write 1,412",)),
    ("blanks in a number", deficit("1 412"), 4, ("write 1,412",)),
    ("blanks and a comma", deficit("NOK 1 412,5"), 4, ("write 1,412.5",)),
    ("blanks in a count", item("ConsecutiveLossYears", over="year 2004", years="1 412"), 5, ("write 1,412",)),
    ("a decimal comma", deficit("NOK 1.204,8 million"), 4, ("write 1,204.8",)),
    ("points for commas", deficit("EUR 1.204.800"), 4, ("write 1,204,800",)),
    ("no currency", deficit("5 million"), 4, ("no currency is named", "JPY 34.4 billion")),
    ("a bare dollar", deficit("$5 million"), 4, ("may be USD, AUD", "write the code")),
    ("kroner of which country", deficit("kr 5 million"), 4, ("may be DKK, ISK, NOK or SEK", "write the code")),
    ("a code in lower case", deficit("nok 5 million"), 4, ("write NOK",)),
    ("a code misspelt", deficit("NKO 5 million"), 4, ("did you mean NOK?",)),
    ("two currencies", deficit("NOK 5 million USD"), 4, ("'USD'", "NOK")),
    ("a percentage for an amount", deficit("5%"), 4, ("'%' is no currency",)),
    ("n/a", deficit("n/a"), 4, ("{unknown: why}",)),
    ("a dash", deficit("'-'"), 4, ("write 0", "{unknown: why}")),
    ("tbd", deficit("tbd"), 4, ("{unknown: why}",)),
    ("nothing", deficit(""), 4, ("amount has no value", "{unknown: why}")),
    ("unknown as a word", deficit("unknown"), 4, ("{unknown: why}",)),
    ("unknown without reason", deficit("{unknown: }"), 4, ("reason", "{unknown: why}")),
    ("unknown misspelt", deficit("{unknwon: not given}"), 4, ("{unknown: why}",)),
    ("two signs", deficit("-(5) NOK"), 4, ("keep one",)),
    ("half a pair of parentheses", deficit("NOK (5 million"), 4, ("parentheses do not match",)),
    (
        "a comma within braces",
        lines("  - {type: AccumulatedDeficit, amount: NOK 1,204.8 million, as_of: 2005-03-31}"),
        3,
        ('write amount: "NOK 1,204.8 million"',),
    ),
    (
        "two commas within braces",
        lines("  - {type: AccumulatedDeficit, amount: NOK 1,204,800, as_of: 2005-03-31}"),
        3,
        ('write amount: "NOK 1,204,800"',),
    ),
    (
        "a round amount within braces",
        lines("  - {type: AccumulatedDeficit, amount: NOK 1,000,000, as_of: 2005-03-31}"),
        3,
        ('write amount: "NOK 1,000,000"',),
    ),
    (
        "a date within braces",
        lines("  - {type: AccumulatedDeficit, amount: NOK 5, as_of: March 31, 2005}"),
        3,
        ('write as_of: "March 31, 2005"',),
    ),
    ("a date within the braces of a period", loss("{start: April 1, 2004, end: 2005-03-31}"), 5, ('"April 1, 2004"',)),
    ("day first", deficit(as_of="31/12/2004"), 5, ("write 2004-12-31",)),
    ("month first", deficit(as_of="12/31/2004"), 5, ("write 2004-12-31",)),
    ("day or month first", deficit(as_of="03/04/2005"), 5, ("2005-04-03 or 2005-03-04",)),
    ("with points", deficit(as_of="31.12.2004"), 5, ("write 2004-12-31",)),
    ("a year of two digits", deficit(as_of="31/12/04"), 5, ("write 2005-03-31",)),
    ("no such day", deficit(as_of="2005-02-30"), 5, ("day is out of range",)),
    ("a month misspelt", deficit(as_of="Marhc 31, 2005"), 5, ("did you mean March?",)),
    ("without zeros", deficit(as_of="2005-3-1"), 5, ("write 2005-03-01",)),
    ("a month for a day", deficit(as_of="March 2005"), 5, ("one date such as 2005-03-31",)),
    ("a fiscal year", loss("FY2004"), 5, ("both days", "{start: 2004-04-01, end: 2005-03-31}")),
    ("a date for a period", loss("31/12/2004"), 5, ("{start: 2004-04-01, end: 2005-03-31}",)),
    ("a period without start", loss("{end: 2005-03-31}"), 5, ("start is missing",)),
    ("a period from and to", loss("{from: 2004-04-01, to: 2005-03-31}"), 5, ("choose among start, end",)),
    ("a period with days first", loss("{start: 01/04/2004, end: 31/03/2005}"), 5, ("2004-04-01 or 2004-01-04",)),
    ("a period reversed", loss("{start: 2005-04-01, end: 2004-03-31}"), 5, ("ends after it starts",)),
    ("no percent sign", holding("31.6"), 5, ("write 31.6%",)),
    ("a fraction", holding("0.316"), 5, ("write 31.6% if it is a fraction",)),
    ("a percentage with a comma", holding("31,6%"), 5, ("write 31.6",)),
    ("yes in another language", item("NetLoss", amount="NOK 5", over="year 2004", highest="ja"), 6, ("true or false",)),
    (
        "a choice misspelt",
        item("SecuritiesHolding", amount="NOK 5", as_of="2005-03-31", basis="bok value"),
        6,
        ("book",),
    ),
    (
        "no such choice",
        item("MonetaryFact", meaning="sales", amount="NOK 5", at="2005-03-31"),
        4,
        ("revenue, cost_of",),
    ),
    ("a number word misspelt", item("ConsecutiveLossYears", over="year 2004", years="sevn"), 5, ("mean seven?",)),
    ("a pair misspelt", item("ExchangeRate", pair="JPN per USD", as_of="2005-03-31", rate="107"), 4, ("mean JPY?",)),
    ("a part of a name misspelt", item("OwnershipInterest", holder="{nam: NTT}", share="5%"), 4, ("mean name?",)),
    ("no colon", lines(DEFICIT, "    amount NOK 5", "    as_of: 2005-03-31"), 4, ("blank after the colon",)),
    ("no blank", lines(DEFICIT, "    amount:NOK 5", "    as_of: 2005-03-31"), 4, ("blank after the colon",)),
    ("a tab", lines(DEFICIT, "\tamount: NOK 5", "    as_of: 2005-03-31"), 4, ("blanks, not tabs",)),
    ("an indent too many", lines(DEFICIT, "     amount: NOK 5"), 4, ("check the indentation",)),
    ("a quote not closed", deficit('"NOK 5'), 4, ("close the quotes",)),
    ("two kinds of quotes", deficit("'NOK 5\""), 4, ("close the quotes",)),
    ("quotes of a text processor", deficit("“NOK 5”"), 4, ("straight quotes",)),
    ("a brace not closed", lines("  - {type: NetLoss, amount: NOK 5", "  - type: NetLoss"), 4, ("close the bracket",)),
    ("a colon in a text", item("RiskFactor", heading="Risk: we may lose."), 4, ("in quotes",)),
    ("a sign first", deficit("%5"), 4, ("in quotes",)),
    ("a name twice", lines(DEFICIT, "    amount: NOK 5", "    amount: NOK 6"), 5, ("keep one of the two",)),
    ("no dashes", HEAD + "items:\n  type: NetLoss\n  amount: NOK 5\n", 2, ("begin each item with '- '",)),
    ("items misspelt", HEAD + "item:\n  - type: NetLoss\n", 2, ("did you mean items?",)),
    ("a number for the entity", head(entity="0001090633"), 2, ('{cik: "0001090633"}',)),
    ("a CIK with letters", head(entity="{cik: CIK1090633}"), 2, ("one to ten digits",)),
    ("a prefix with a blank", head(prefix="my co"), 4, ("'my co'",)),
    ("a namespace without scheme", head(namespace="www.example.com"), 4, ("http://www.example.com/20050331",)),
    ("no language", head(language="english!"), 4, ("like en or ja",)),
    ("a currency in words", head(currency="Euro"), 4, ("write 'EUR'",)),
    ("a period's end with the day first", head(period_end="31/12/2023"), 3, ("write 2023-12-31",)),
    ("a profile misspelt", head(profile="sec-usgaap"), 1, ("did you mean sec-us-gaap?",)),
    ("a footnote to nothing", deficit() + "    footnotes: [{text: a, fields: [amont]}]\n", 6, ("facts: amount",)),
    ("an alias of nothing", deficit("*nok"), 4, ("define &nok above",)),
]


def finding_lines(text: str, folder: Path) -> list[str]:
    path = folder / "f.yaml"
    path.write_text(text, encoding="utf-8")
    outcome = exporter("validate", path)
    assert outcome.code in (1, 2)
    return [line.removeprefix(f"{folder}/") for line in (outcome.out + outcome.err).splitlines()]


@pytest.mark.parametrize(("text", "line", "parts"), [each[1:] for each in MISTAKES], ids=[each[0] for each in MISTAKES])
def test_a_mistake_is_answered(text: str, line: int, parts: tuple[str, ...], tmp_path: Path) -> None:
    answers = [each for each in finding_lines(text, tmp_path) if all(part in each for part in parts)]
    assert answers, finding_lines(text, tmp_path)
    assert answers[0].startswith(f"f.yaml:{line}:") or line == 1
    assert not re.search(r"Unknown\(|decimal_mark|dash_is_zero|currency=|Conventions|Traceback", answers[0])


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) >= 60
    assert len({each[0] for each in MISTAKES}) == len(MISTAKES)


def test_many_rows_with_one_mistake_are_one_finding_and_hide_no_other(tmp_path: Path) -> None:
    rows = [f"      - {{meaning: revenue, at: 2005-03-31, amount: NOK {number}}}" for number in range(29)]
    wrong = "      - {type: MonetaryFact, meaning: sals, at: 2005-03-31, amount: NOK 5}"
    text = lines("  - type: SelectedFinancialData", "    rows:", *rows, wrong, "  - {type: NetLos}")
    found = finding_lines(text, tmp_path)
    assert len(found) == 4
    assert "[29 times: lines 5, 6, 7, 8, 9 and 24 more]" in found[0]
    assert "type: MonetaryFact" in found[0]
    assert "'sals'" in found[1]
    assert "NetLoss" in found[2]


def test_what_a_row_without_type_has_wrong_is_told_with_it(tmp_path: Path) -> None:
    text = lines("  - type: SelectedFinancialData", "    rows:", "      - {meaning: revenue, at: soon, amount: NOK 5}")
    found = finding_lines(text, tmp_path)
    assert "type: MonetaryFact" in found[0]
    assert "'soon'" in found[1]


def test_the_text_in_quotes_that_a_fix_gives_is_yaml_and_right(tmp_path: Path) -> None:
    for text in ("NOK 1,204.8 million", "US$ 1,000,000", "NOK 12,345,678.90"):
        (answer, *_) = finding_lines(lines(f"  - {{type: NetLoss, over: year 2004, amount: {text}}}"), tmp_path)
        fix = re.search(r'write (amount: ".*?")\)', answer)
        assert fix, answer
        assert read_yaml(fix[1].encode()).value == {"amount": text}


def test_what_is_wrong_with_the_header_comes_together(tmp_path: Path) -> None:
    wrong = {
        "entity": '{cik: "abc"}',
        "prefix": "9iij",
        "namespace": '"http://["',
        "language": "en_GB",
        "currency": "Yen",
    }
    source = tmp_path / "report.yaml"
    source.write_text(head(**wrong, period_end="31/12/2023", profil="sec-ifrs"), encoding="utf-8")
    found = exporter("validate", source, "--json").json["findings"]
    assert {finding["location"]["line"]: finding["code"].removeprefix("exporter:") for finding in found} == {
        2: "invalidValue",
        3: "invalidValue",
        4: "invalidFiling",
        5: "invalidFiling",
        6: "invalidFiling",
        7: "invalidFiling",
        8: "unknownField",
    }


# what is given wrongly on the command line, the arguments, the code, what the finding says
WRONG_ARGUMENTS: list[tuple[str, list[str], str, tuple[str, ...]]] = [
    ("a file that is not there", ["facts", "nothing.xbrl"], "exporter:unreadableFile", ("nothing.xbrl",)),
    (
        "a source that is not there",
        ["export", "nothing.yaml", "-o", "out"],
        "exporter:unreadableFile",
        ("nothing.yaml",),
    ),
    ("a folder for a source", ["export", "folder", "-o", "out"], "exporter:unreadableFile", ("folder",)),
    ("an empty folder for a report", ["facts", "folder"], "exporter:unreadableFile", ("folder",)),
    ("a table for a source", ["validate", "rates.csv"], "exporter:unknownFormat", ("CSV", "YAML")),
    ("text for a report", ["facts", "notes.txt"], "exporter:unknownFormat", ("notes.txt",)),
    ("a suffix without a format", ["convert", "report.yaml", "-o", "out.doc"], "exporter:unknownFormat", ("--to",)),
    (
        "a misspelt format",
        ["convert", "report.yaml", "-o", "x", "--to", "xbrl-jsn"],
        "exporter:unknownFormat",
        ("xbrl-json",),
    ),
    (
        "a misspelt profile",
        ["export", "report.yaml", "-o", "o", "--profile", "sec-usgaap"],
        "exporter:unknownProfile",
        ("sec-us-gaap",),
    ),
    ("misspelt rules", ["validate", "report.yaml", "--rules", "form-20f"], "exporter:invalidRules", ("form-20-f",)),
    ("a misspelt item", ["items", "AccumulatedDeficits"], "exporter:usage", ("AccumulatedDeficit?",)),
    ("a misspelt option", ["facts", "report.yaml", "--jsn"], "usage", ("--json",)),
    ("a misspelt command", ["fact"], "usage", ("facts",)),
]


@pytest.mark.parametrize(
    ("arguments", "code", "words"), [row[1:] for row in WRONG_ARGUMENTS], ids=[row[0] for row in WRONG_ARGUMENTS]
)
def test_wrong_arguments(
    arguments: list[str], code: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.yaml").write_text(deficit(), encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "rates.csv").write_text("date,rate\n2005-03-31,107.22\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("The deficit is NOK 5 million.\n", encoding="utf-8")
    outcome = exporter(*arguments)
    assert outcome.code == 2, outcome
    printed = outcome.out + outcome.err
    assert all(word in printed for word in words), printed
    assert (code in printed) if code != "usage" else printed.startswith("Usage"), printed
    assert "Traceback" not in printed
    assert not {"out", "o", "x"} & {path.name for path in tmp_path.iterdir()}
