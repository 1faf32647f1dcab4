"""The files of an export: names of the page and of contexts, packages, stand-ins of schemas, the interactive viewer.

A profile may name the page and the contexts (``CurrentYearDuration_SomeMember``). Packages hold the taxonomy alone, or
the report with it. Schemas with just the standard concepts that a filing names stand in for public ones that are not at
hand, so that it can be read back and compared; nobody else sees them.

The viewer (extra ``viewer``) is a plug-in of Arelle, which keeps global state and a cache of its own: it runs in a
process of its own, offline, with private folders that are removed afterwards. Its script is the one that came with the
extra; nothing is fetched, neither now nor when the page is opened.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from attrs import evolve, field, frozen

from exporter.errors import ExporterError, MissingExtraError
from exporter.filing import Filing
from exporter.model.dimensions import Context, ExplicitDimension
from exporter.model.patterns import compile_rule_pattern
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Report
from exporter.packages.edinet_manifest import ManifestInstance, write_manifest
from exporter.packages.report_package import write_report_package
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package
from exporter.profiles.profile import ContextName, DocumentRules, SubmissionRules
from exporter.resources.locks import private_folder
from exporter.resources.resolver import Catalog, Rewrite
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.write.schema import write_schema

_SUFFIXES: Final = (".xhtml", ".htm", ".html")  # the first that the profile allows
_MODEL: Final = "a-20250331"


def page_name(filing: Filing) -> str:
    """The file name of the page.

    It is what the profile says, else the base of the file names with the first suffix of ``.xhtml``, ``.htm`` and
    ``.html`` that the profile's grammar of file names allows, in small letters where it allows but these.
    """
    rules, base = filing.rules.document, filing.base_name
    if rules.page_file is not None:
        return _filled(rules.page_file, filing)
    grammar = compile_rule_pattern(rules.file_name or ".*")
    names = [f"{stem}{suffix}" for stem in (base, base.lower()) for suffix in _SUFFIXES]
    if allowed := next((name for name in names if grammar.fullmatch(name)), None):
        return allowed
    # The base itself is not of the form asked for: the suffix can be, at least.
    suffixes = (suffix for suffix in _SUFFIXES if grammar.fullmatch(f"{_MODEL}{suffix}"))
    return base + next(suffixes, _SUFFIXES[0])


def package_name(filing: Filing) -> str:
    """The file name of the report package; its top-level directory has it without the suffix."""
    template = filing.rules.document.package_file
    return _filled(template, filing) if template is not None else f"{filing.base_name}.xbri"


def cover_name(filing: Filing, folder: SubmissionRules) -> str:
    """The file name of the page with the cover, in the folder of a submission."""
    return _filled(folder.cover_file, filing)


def submission_manifest(filing: Filing, folder: SubmissionRules) -> bytes:
    """The manifest of a submission: the pages of the report in order, and the role that presents its contents.

    Where the taxonomy does not present that role, the first one of it stands in its place.
    """
    presented = dict.fromkeys(arc.role for arc in filing.taxonomy.relationships if arc.arcrole == PARENT_CHILD)
    role = folder.role if folder.role in presented else next(iter(presented), folder.role)
    instance = ManifestInstance(
        filing.filled(folder.id) or folder.id,
        f"{filing.base_name}.xbrl",
        (cover_name(filing, folder), page_name(filing)),
    )
    return write_manifest(instance, type=folder.type, titles=folder.titles, role=role)


def _filled(template: str, filing: Filing) -> str:
    return template.replace("{base}", filing.base_name).replace("{language}", filing.language)


_FOLDER: Final = "taxonomy/"


def public_location(filing: Filing) -> str:
    """The URL below which the filing's taxonomy is known to the public."""
    return filing.namespace.rstrip("/") + "/"


def public_schema(filing: Filing) -> str:
    """The URL of the schema, which the catalogs of the packages map to their own copy."""
    return public_location(filing) + filing.schema_name


def at_public_schema(filing: Filing, report: Report) -> Report:
    """The report referring to the schema by `public_schema`, with the roles that it declares."""
    own, public = f"{filing.schema_name}#", f"{public_schema(filing)}#"
    hrefs = report.vocabulary.role_hrefs
    moved = {uri: public + href.removeprefix(own) if href.startswith(own) else href for uri, href in hrefs.items()}
    vocabulary = evolve(report.vocabulary, role_hrefs=moved)
    taxonomy = [public_schema(filing) if href == filing.schema_name else href for href in report.taxonomy]
    return evolve(report, taxonomy=taxonomy, vocabulary=vocabulary)


def write_filing_taxonomy(filing: Filing, files: Mapping[str, bytes], stream: BinaryIO) -> None:
    """The files of the taxonomy as a taxonomy package."""
    write_taxonomy_package(
        stream,
        _metadata(filing, f"{filing.base_name}-taxonomy.zip"),
        _in_folder(files),
        f"{filing.base_name}-taxonomy",
        rewrites={public_location(filing): _FOLDER},
    )


def write_filing_package(filing: Filing, taxonomy: Mapping[str, bytes], page: bytes, stream: BinaryIO) -> None:
    """The page, which refers to the schema by `public_schema`, as a report package with the taxonomy."""
    write_report_package(
        stream,
        {f"reports/{page_name(filing)}": page, **_in_folder(taxonomy)},
        package_name(filing).rpartition(".")[0],
        kind="xbri",
        metadata=_metadata(filing, package_name(filing)),
        rewrites={public_location(filing): _FOLDER},
    )


def _in_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{_FOLDER}{name}": content for name, content in files.items()}


def _metadata(filing: Filing, file: str) -> PackageMetadata:
    title = filing.title or filing.base_name
    return PackageMetadata(
        identifier=public_location(filing) + file,
        names={"en": f"{title}: extension taxonomy"},
        version=filing.date_stamp,
        publication_date=filing.period_end.date.isoformat(),
        entry_points=[EntryPoint(documents=[public_schema(filing)], names={"en": title})],
    )


_MOST_YEARS: Final = 100
_MOST_ALIKE: Final = 1000
_PLAIN: Final = re.compile("[cu]_*[0-9]+_*")  # what writers call contexts and units themselves


def context_namer(filing: Filing, report: Report) -> Callable[[Context], str | None] | None:
    """What gives a context of the report its id; ``None`` where the profile names no contexts.

    A context that the profile has no name for, or none that is its own, is given ``None``: the writer names it.
    """
    rules = filing.rules.document
    if not rules.context_names:
        return None
    prefixes = {taxonomy.namespace: "" for taxonomy in filing.rules.taxonomies.values()}
    prefixes[filing.namespace] = filing.prefix
    contexts = (fact.context for fact in report.facts if fact.context.entity == filing.entity)
    taken = {fact.id for fact in report.facts} | {note.id for note in report.footnotes}
    periods = dict(_periods(rules.context_names, filing.period_end.date))
    if rules.filing_context is not None and (day := filing.filing_day) is not None:
        periods.setdefault(Instant(day), rules.filing_context)
    named = ((context, _name(context, periods, prefixes, rules.other_context)) for context in dict.fromkeys(contexts))
    return _chosen(named, rules, taken).get


def _chosen(
    named: Iterable[tuple[Context, str | None]], rules: DocumentRules, taken: set[str | None]
) -> dict[Context, str]:
    """The names that are ids of the form asked for; of contexts with the same the first has it, the others a number.

    Where other periods have no name, such contexts have none.
    """
    grammar = compile_rule_pattern(rules.context_id or ".*")
    chosen: dict[Context, str] = {}
    for context, name in named:
        candidates = [name] if name is not None else []
        if name is not None and rules.other_context is not None:
            candidates = [*candidates, *(f"{name}_{number:03d}" for number in range(1, _MOST_ALIKE))]
        for candidate in candidates:
            usable = candidate not in taken and is_ncname(candidate) and not _PLAIN.fullmatch(candidate)
            if usable and grammar.fullmatch(candidate):
                chosen[context] = candidate
                taken.add(candidate)
                break
    return chosen


def _name(
    context: Context, periods: Mapping[Period, str], prefixes: Mapping[str, str], other: str | None
) -> str | None:
    """The name of the period, then those of the members; with a name for ``other`` periods every context has one."""
    period = periods.get(context.period)
    if period is None and other is not None:
        period = f"{other}{'Instant' if isinstance(context.period, Instant) else 'Duration'}"
    parts = [period]
    for dimension in context.dimensions:
        parts.append(_member(dimension.member, prefixes) if isinstance(dimension, ExplicitDimension) else None)
    known = [part for part in parts if part is not None]
    return "_".join(known) if known and (other is not None or len(known) == len(parts)) else None


def _member(member: QName, prefixes: Mapping[str, str]) -> str | None:
    """A standard member by its local name, one of the filing's own with its prefix before it."""
    prefix = prefixes.get(member.namespace)
    return None if prefix is None else f"{prefix}{member.local_name}"


def _periods(names: Iterable[ContextName], end: dt.date) -> Iterator[tuple[Period, str]]:
    """The periods that have names, this year's and those of years before; the first name of a period counts."""
    named: dict[Period, str] = {}
    for pattern in names:
        for years in range(_MOST_YEARS):
            name = pattern.prior.replace("{years}", str(years)) if years else pattern.current
            last = _months_before(end, 12 * years)
            first = _months_before(end, 12 * years + pattern.months)
            if first is None or last is None:
                break
            named.setdefault(Duration(first + dt.timedelta(days=1), last), f"{name}Duration")
            if pattern.at_end:
                named.setdefault(Instant(last), f"{name}Instant")
    yield from named.items()


def _months_before(day: dt.date, months: int) -> dt.date | None:
    """The day ``months`` before; the last of a month stays the last of one."""
    if not months:
        return day
    month = day.year * 12 + day.month - 1 - months
    if month < 12:
        return None
    following = dt.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = following - dt.timedelta(days=1)
    is_last = (day + dt.timedelta(days=1)).day == 1
    return last if is_last or day.day > last.day else last.replace(day=day.day)


@frozen(eq=False)
class SchemasInMemory:
    """A catalog of schemas in memory, by their public URLs."""

    files: dict[str, bytes]
    rewrites: tuple[Rewrite, ...] = field(init=False)

    @rewrites.default
    def _as_they_are(self) -> tuple[Rewrite, ...]:
        return tuple(Rewrite(url, url) for url in self.files)

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def read(self, path: str) -> bytes:
        """The schema at a URL; `KeyError` where there is none."""
        return self.files[path]


def standard_schemas(filing: Filing) -> tuple[Catalog, ...]:
    """A catalog with the standard concepts and roles of the filing's taxonomy; none where it has none."""
    taxonomy = filing.taxonomy
    files: dict[str, bytes] = {}
    for imported in taxonomy.imports:
        concepts = [
            evolve(concept, schema=None)
            for concept in taxonomy.concepts
            if concept.qname.namespace == imported.namespace
        ]
        domains = [
            evolve(typed_domain, schema=None)
            for typed_domain in taxonomy.typed_domains
            if typed_domain.qname.namespace == imported.namespace
        ]
        roles = [evolve(role, schema=None) for role in taxonomy.roles if role.schema == imported.location]
        prefix = concepts[0].qname.prefix if concepts else None
        files[imported.location] = write_schema(
            Taxonomy(
                namespace=imported.namespace,
                prefix=prefix or "standard",
                concepts=concepts,
                typed_domains=domains,
                roles=roles,
            )
        )
    return (SchemasInMemory(files),) if files else ()


SCRIPT: Final = "ixbrlviewer.js"
_PLUGIN: Final = "iXBRLViewerPlugin"
_KEPT_VARIABLES: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


def check_viewer_extra() -> None:
    """That the viewer can be made here.

    Raises:
        MissingExtraError: ixbrl-viewer or Arelle is not installed.
    """
    if importlib.util.find_spec(_PLUGIN) is None or importlib.util.find_spec("arelle") is None:
        raise MissingExtraError("viewer", "the interactive viewer")


def write_viewer(page: Path, target: Path, *, timeout: float = 600) -> tuple[Path, ...]:
    """Write the viewer of an Inline XBRL document, its taxonomy beside it, and say which files were made.

    Args:
        page: the document.
        target: the viewer's HTML file; its script is put beside it as `SCRIPT`.
        timeout: seconds to wait.

    Raises:
        MissingExtraError: the extra ``viewer`` is not installed.
        ExporterError: the viewer broke down or did not finish in time.
    """
    check_viewer_extra()
    with private_folder("viewer") as private:
        command = [sys.executable, "-P", "-m", "arelle.CntlrCmdLine", f"--plugins={_PLUGIN}"]
        command += [f"--file={page.resolve()}", f"--save-viewer={target.resolve()}"]
        command += ["--internetConnectivity=offline", "--disablePersistentConfig"]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                capture_output=True,
                cwd=private,
                env=_environment(private),
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ExporterError(f"the viewer was not made within {timeout:g} seconds") from None
    script = target.parent / SCRIPT
    if done.returncode or not target.is_file() or not script.is_file():
        last_words = (done.stdout + done.stderr).decode(errors="replace").strip()[-2000:]
        raise ExporterError(f"the viewer was not made (exit code {done.returncode}): {last_words}")
    return target, script


def _environment(private: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "TMP"), str(private))
    # The order of sets shows in what the viewer writes.
    return {**kept, **homes, "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0"}
