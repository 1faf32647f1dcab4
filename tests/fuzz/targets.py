"""The targets: what is done with the bytes that the engine makes, and what must hold of it.

A target returns, or raises an `ExporterError` with findings; anything else is a fault, and so is a run that takes more
than some seconds. Where input is read, what is written of it must read back as the same.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from exporter.batches.manifest import read_manifest
from exporter.errors import ExporterError, LexicalError, PackageError
from exporter.filing import Filing
from exporter.formats.options import ReadOptions
from exporter.formats.registry import format_by_name
from exporter.items.from_tree import read_items
from exporter.items.values import (
    Conventions,
    parse_count,
    parse_date,
    parse_money,
    parse_number,
    parse_per_share,
    parse_percent,
    parse_period,
    parse_quotation,
    parse_ratio,
    parse_shares,
    print_date,
    print_period,
)
from exporter.items.values.languages import get_language, languages
from exporter.items.values.printed import find_values
from exporter.model.datatypes import DataType
from exporter.model.differences import compare_reports
from exporter.model.lexical import canonical_form, is_in_lexical_space
from exporter.model.patterns import compile_pattern
from exporter.model.period import parse_oim_period, parse_xml_date
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.standard_types import standard_type
from exporter.operations.classes import ItemClasses
from exporter.operations.convert import settle_duplicates
from exporter.operations.read import infer_types
from exporter.operations.tables import read_items as read_table_items
from exporter.operations.tag import registries_of
from exporter.packages.report_package import read_report_package
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.profiles.read_rules import parse_rule_table
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver, Rewrite
from exporter.resources.targets import StreamTarget
from exporter.sources.json import read_json
from exporter.sources.yaml import read_yaml
from exporter.tagging.document.document import read_document
from exporter.tagging.search.anchors import NO_ANCHORS
from exporter.tagging.search.expected import derive_expected
from exporter.tagging.search.search import find_placements
from exporter.tagging.write.strip import strip_tags
from exporter.tagging.write.tags import tag_document
from exporter.taxonomy.read.discovery import load_dts
from exporter.transformations import REGISTRIES
from exporter.transformations.registry import parse
from exporter.validation.rule_sets import check_report, check_taxonomy
from tests.fuzz import seeds
from tests.fuzz.mutators import (
    PART,
    Mutator,
    mutate_archive,
    mutate_json,
    mutate_parts,
    mutate_text,
    mutate_xml,
    mutate_yaml,
)

LIMITS: Final = Limits(
    file_size=2**22, text_size=2**20, archive_size=2**22, archive_files=200, links=10_000, relationships=10_000
)
"""Of the fuzzed readers: small, so that what is refused for its size is refused soon."""


class OracleError(AssertionError):
    """What was read and what came of it do not agree."""


@frozen(kw_only=True)
class Target:
    """Something that takes bytes from outside.

    Args:
        name: what the command calls it.
        run: takes the bytes; returns, or raises an `ExporterError` with findings.
        mutate: changes an input, knowing its syntax.
        seeds: inputs to begin with.
    """

    name: str
    run: Callable[[bytes], None]
    mutate: Mutator
    seeds: Callable[[], tuple[bytes, ...]]


def judge(run: Callable[[bytes], None], data: bytes) -> None:
    """Run a target; an `ExporterError` that says what is wrong is as good as none."""
    try:
        run(data)
    except ExporterError as error:
        findings = error.findings
        if not all(finding.code and finding.message for finding in findings) or not str(error):
            raise OracleError("an error without a code or a message") from error


# Reports


def _read(syntax: str, data: bytes) -> Report:
    return format_by_name(syntax).read(io.BytesIO(data), ReadOptions(name="input", limits=LIMITS))


def _written_and_read(report: Report, syntax: str) -> None:
    """What is written of a report is the report."""
    report = settle_duplicates(infer_types(report), "merge")
    stream = io.BytesIO()
    format_by_name(syntax).write(report, StreamTarget(stream))
    stream.seek(0)
    options = ReadOptions(limits=LIMITS, load_vocabulary=lambda hrefs: report.vocabulary)
    _same(report, format_by_name(syntax).read(stream, options))


def _same(report: Report, again: Report) -> None:
    differences = compare_reports(report, again)
    if differences:
        raise OracleError(f"what was written reads as something else: {differences}")


def run_xbrl_json(data: bytes) -> None:
    """xBRL-JSON read, written, read again."""
    _written_and_read(_read("xbrl-json", data), "xbrl-json")


def run_xbrl_xml(data: bytes) -> None:
    """An instance read, written, read again."""
    _written_and_read(_read("xbrl-xml", data), "xbrl-xml")


def run_inline_xbrl(data: bytes) -> None:
    """An Inline XBRL document read, written as an instance, read again."""
    _written_and_read(_read("inline-xbrl", data), "xbrl-xml")


@cache
def _folder() -> Path:
    """A folder for inputs that are files; in memory where the system has such a place."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="exporter-fuzz-", dir=memory if memory.is_dir() else None))


def _files(names: Iterable[str], data: bytes) -> list[Path]:
    """The parts of an input in files of those names."""
    paths = [_folder() / name for name in names]
    parts = data.split(PART, len(paths) - 1)
    for path, part in zip(paths, [*parts, *[b""] * len(paths)], strict=False):
        path.write_bytes(part)
    return paths


def run_xbrl_csv(data: bytes) -> None:
    """Metadata and a table read, written as JSON, read again."""
    metadata, _ = _files(("metadata.json", "table.csv"), data)
    report = format_by_name("xbrl-csv").read(metadata, ReadOptions(name="metadata.json", limits=LIMITS))
    _written_and_read(report, "xbrl-json")


# Items


def run_items_json(data: bytes) -> None:
    """Items JSON made items of, and a report of these."""
    source = read_json(io.BytesIO(data), LIMITS, "input")
    Filing.of(read_items(source, ItemClasses(), in_json=True)).to_report()


def run_items_yaml(data: bytes) -> None:
    """YAML made items of, and a report of these."""
    source = read_yaml(data, LIMITS, "input")
    Filing.of(read_items(source, ItemClasses(), in_json=False)).to_report()


def run_tables(data: bytes) -> None:
    """A mapping and the table it reads."""
    mapping, _ = _files(("mapping.yaml", "rows.csv"), data)
    read_table_items(mapping, limits=LIMITS)


def run_workbook(data: bytes) -> None:
    """A workbook whose sheets are items."""
    [path] = _files(("items.xlsx",), data)
    read_table_items(path, limits=LIMITS)


def run_manifest(data: bytes) -> None:
    """The manifest of a batch; the first line says what it is written in."""
    suffix, _, content = data.partition(b"\n")
    name = {b"yaml": "m.yaml", b"jsonl": "m.jsonl"}.get(suffix, "m.csv")
    [path] = _files((name,), content)
    read_manifest(path)


def run_rules(data: bytes) -> None:
    """A table of filing rules."""
    parse_rule_table(data.decode("utf-8", "replace"), file="rules.toml")


# Taxonomies and packages


@frozen
class _Documents:
    """A catalog of documents in memory."""

    files: dict[str, bytes]
    rewrites: tuple[Rewrite, ...] = (Rewrite("http://fuzz.example/", ""),)

    def read(self, path: str) -> bytes:
        return self.files[path]

    def __contains__(self, path: object) -> bool:
        return path in self.files


def run_taxonomy(data: bytes) -> None:
    """A schema with a linkbase found, checked, and a report held against it."""
    schema, _, linkbase = data.partition(PART)
    resolver = Resolver(catalogs=(_Documents({"x.xsd": schema, "x.xml": linkbase}),), limits=LIMITS, roots=())
    loaded = load_dts(["x.xsd"], base="http://fuzz.example/r.json", resolver=resolver)
    for finding in check_taxonomy(loaded, complete=False):
        assert finding.message
    for finding in check_report(_report(), loaded.taxonomy, complete=False, calculations="round"):
        assert finding.message


@cache
def _report() -> Report:
    return _read("xbrl-json", seeds.TYPED_JSON)


def run_package(data: bytes) -> None:
    """An archive as a taxonomy package, and as a report package."""
    with suppress(PackageError), read_taxonomy_package(io.BytesIO(data), LIMITS, name="p.zip") as package:
        for rewrite in package.rewrites:
            assert rewrite.start
    with read_report_package(io.BytesIO(data), LIMITS, name="p.zip", has_suffix=False) as reports:
        for name in reports.names:
            reports.read(name)


# Values


_CURRENCY: Final = "JPY"
_PARSERS: Final[tuple[Callable[[str, Conventions], Any], ...]] = (
    lambda text, words: parse_money(text, currency=_CURRENCY, conventions=words),
    lambda text, words: parse_per_share(text, currency=_CURRENCY, conventions=words),
    lambda text, words: parse_percent(text, conventions=words),
    lambda text, words: parse_ratio(text, conventions=words),
    lambda text, words: parse_shares(text, conventions=words),
)


def _text(data: bytes) -> tuple[str, str, int]:
    """A text, the language to read it in, and a number: the first two bytes choose."""
    known = languages()
    head = data[:2].ljust(2, b"\0")
    return data[2:].decode("utf-8", "replace"), known[head[0] % len(known)], head[1]


def run_values(data: bytes) -> None:
    """Amounts read as people write them; what is printed of them reads back."""
    text, language, choice = _text(data)
    words = Conventions(language=language)
    parser = _PARSERS[choice % len(_PARSERS)]
    value = _value(lambda: parser(text, words))
    if value is not None:
        printed = value.printed(language)
        again = parser(printed, words)
        if again != value:
            raise OracleError(f"{text!r} is {value!r}, printed {printed!r}, which is {again!r}")
    else:
        _value(lambda: parse_number(text, conventions=words))
        _value(lambda: parse_quotation(text, conventions=words))
        _value(lambda: parse_count(text, language=language))


def _value(read: Callable[[], Any]) -> Any:
    """What is read, ``None`` for what is refused with a message."""
    try:
        return read()
    except (ExporterError, LexicalError, ValueError) as error:
        if not str(error):
            raise OracleError("refused without a message") from error
        return None


def run_dates(data: bytes) -> None:
    """Dates and periods as people write them; what is printed of them reads back."""
    text, language, _ = _text(data)
    date = _value(lambda: parse_date(text, language=language))
    if date is not None and parse_date(print_date(date, language), language=language) != date:
        raise OracleError(f"{text!r} is {date}, printed {print_date(date, language)!r}")
    period = _value(lambda: parse_period(text, language=language))
    if period is not None and parse_period(print_period(period, language), language=language) != period:
        raise OracleError(f"{text!r} is {period}, printed {print_period(period, language)!r}")


def run_printed(data: bytes) -> None:
    """Values found in running text stand in it, one after the other."""
    text, language, _ = _text(data)
    for value in find_values(text, decimal_mark=get_language(language).decimal, language=language):
        if not 0 <= value.span.start < value.span.end <= len(text):
            raise OracleError(f"{value} stands outside of {text!r}")


_RULES: Final = tuple((namespace, name) for namespace, rules in sorted(REGISTRIES.items()) for name in sorted(rules))


def run_transformations(data: bytes) -> None:
    """A text under a rule of the transformation registries."""
    head = data[:2].ljust(2, b"\0")
    namespace, name = _RULES[int.from_bytes(head, "big") % len(_RULES)]
    _value(lambda: parse(QName(namespace, name), data[2:].decode("utf-8", "replace")))


_BASES: Final = tuple(
    standard_type(f"{name}ItemType")
    for name in (
        "decimal",
        "integer",
        "double",
        "date",
        "dateTime",
        "duration",
        "boolean",
        "gYearMonth",
        "anyURI",
        "token",
    )
)


def run_lexical(data: bytes) -> None:
    """A text in the lexical space of a data type has a canonical form in it; periods are read in both syntaxes."""
    datatype: DataType = _BASES[data[0] % len(_BASES)] if data else _BASES[0]
    text = data[1:].decode("utf-8", "replace")
    if is_in_lexical_space(text, base=datatype.base):
        form = canonical_form(text, base=datatype.base)
        if canonical_form(form, base=datatype.base) != form:
            raise OracleError(f"the canonical form {form!r} has another")
    _value(lambda: parse_oim_period(text))
    for is_end in (False, True):
        _value(lambda is_end=is_end: parse_xml_date(text, is_end=is_end))  # type: ignore[misc]


def run_patterns(data: bytes) -> None:
    """A pattern of XML Schema compiled, and a text held against it."""
    pattern, _, text = data.decode("utf-8", "replace").partition("\n")
    compiled = _value(lambda: compile_pattern(pattern))
    if compiled is not None:
        compiled.matches(text[:2000])


# Tagging


@cache
def _tagged_filing() -> Filing:
    return Filing.of(read_items(read_yaml(seeds.TAGGED_ITEMS), ItemClasses(), in_json=False))


def run_tagger(data: bytes) -> None:
    """A page searched for the facts of a filing and tagged; without the tags it is what it was."""
    filing = _tagged_filing()
    document = read_document(data, "page.xhtml" if b"xmlns=" in data else "page.html", LIMITS)
    expected = derive_expected(filing.derived, language=filing.language)
    registries = registries_of(filing)
    placements = find_placements(document, expected, NO_ANCHORS, registries=registries, language=filing.language)
    if placements.placements:
        tagged = tag_document(document, filing.to_report(), placements.placements, registry=registries[0])
        if read_document(strip_tags(tagged)).text != document.text:
            raise OracleError("the document reads differently without its tags")


TARGETS: Final = {
    target.name: target
    for target in (
        Target(name="xbrl-json", run=run_xbrl_json, mutate=mutate_json, seeds=seeds.xbrl_json),
        Target(name="xbrl-xml", run=run_xbrl_xml, mutate=mutate_xml, seeds=seeds.xbrl_xml),
        Target(name="xbrl-csv", run=run_xbrl_csv, mutate=mutate_parts, seeds=seeds.xbrl_csv),
        Target(name="inline-xbrl", run=run_inline_xbrl, mutate=mutate_xml, seeds=seeds.inline_xbrl),
        Target(name="items-json", run=run_items_json, mutate=mutate_json, seeds=seeds.items_json),
        Target(name="items-yaml", run=run_items_yaml, mutate=mutate_yaml, seeds=seeds.items_yaml),
        Target(name="tables", run=run_tables, mutate=mutate_parts, seeds=seeds.tables),
        Target(name="workbook", run=run_workbook, mutate=mutate_archive, seeds=seeds.workbooks),
        Target(name="manifest", run=run_manifest, mutate=mutate_yaml, seeds=seeds.manifests),
        Target(name="rules", run=run_rules, mutate=mutate_yaml, seeds=seeds.rules),
        Target(name="taxonomy", run=run_taxonomy, mutate=mutate_parts, seeds=seeds.taxonomies),
        Target(name="package", run=run_package, mutate=mutate_archive, seeds=seeds.packages),
        Target(name="values", run=run_values, mutate=mutate_text, seeds=seeds.values),
        Target(name="dates", run=run_dates, mutate=mutate_text, seeds=seeds.dates),
        Target(name="printed", run=run_printed, mutate=mutate_text, seeds=seeds.printed),
        Target(name="transformations", run=run_transformations, mutate=mutate_text, seeds=seeds.transformations),
        Target(name="lexical", run=run_lexical, mutate=mutate_text, seeds=seeds.lexical),
        Target(name="patterns", run=run_patterns, mutate=mutate_text, seeds=seeds.patterns),
        Target(name="tagger", run=run_tagger, mutate=mutate_xml, seeds=seeds.pages),
    )
}
