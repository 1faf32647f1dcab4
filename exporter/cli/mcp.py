"""``exporter mcp``: the program as tools of an agent, confined to a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen

from exporter.cli.arguments import FILE, item_classes, items_modules, log_options, taxonomy_packages
from exporter.cli.fact_text import plain_fact
from exporter.cli.outcome import Run, command_body, findings_of
from exporter.errors import ExporterError, MissingExtraError, unwritable
from exporter.findings import Finding, Location, has_errors, truncated
from exporter.model.selection import PrefixedNames

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from exporter.model.fact import Fact

MOST_FINDINGS: Final = 200
MOST_FACTS: Final = 500
LONGEST_VALUE: Final = 400
Answer = dict[str, Any]


@click.command(short_help="Serve the program as tools of an agent, confined to a folder.")
@click.option("--root", type=FILE, required=True, metavar="DIR", help="The folder that tools read and write, no other.")
@taxonomy_packages
@items_modules
@log_options
@command_body
def command(run: Run, root: Path, packages: tuple[Path, ...], modules: tuple[str, ...]) -> None:
    """Serve tools by the Model Context Protocol on standard input and output, until that is closed (extra mcp).

    The tools list report items and their fields, validate, export, read facts and compare, with the findings that the
    commands print with --json. Paths are relative to DIR: absolute ones, .. and symbolic links are refused, and nothing
    that a file names outside DIR is opened, no database, nothing on the network. Answers are bounded: long lists end
    with their count, long texts are cut.

    \b
    Examples:
      exporter mcp --root filings
      exporter mcp --root filings --taxonomy-package us-gaap-2025.zip
    """
    from exporter.operations.confinement import confined

    if not root.is_dir():
        raise run.refuse("exporter:unreadableFile", "there is no such folder", fix="name a folder", file=str(root))
    files = tuple(Path(name).absolute() for name in modules if name.endswith(".py"))
    modules = (*map(str, files), *(name for name in modules if not name.endswith(".py")))  # for the folder is left
    tools = Tools(packages=tuple(path.absolute() for path in packages), classes=item_classes(modules))
    server = make_server(tools, modules)
    os.chdir(root)
    with confined(Path.cwd(), readable=(*tools.packages, *files)):
        server.run("stdio")


def make_server(tools: Tools, modules: tuple[str, ...] = ()) -> MCPServer[Any]:
    """The server with its tools; findings name files as the agent does.

    Raises:
        MissingExtraError: the SDK is not installed.
    """
    try:
        from mcp.server import MCPServer
    except ImportError:
        raise MissingExtraError("mcp", "serving tools of an agent") from None
    from exporter.operations.doctor import program_version

    server = MCPServer(
        "exporter",
        version=program_version(),
        instructions="Report items of financial filings: begin with list_items, then validate and export.",
        log_level="WARNING",
    )

    @server.tool()
    def list_items(language: str = "en") -> Answer:
        """The report items that a file of items (YAML) may have, with label and documentation of each."""
        from exporter.operations.describe import describe_items

        names = ("name", "label", "documentation")
        return {"items": [{name: item[name] for name in names} for item in describe_items(modules, language=language)]}

    @server.tool()
    @_answering
    def show_item(name: str, language: str = "en") -> Answer:
        """The fields of one report item: what each takes, the concepts it reports, and an example in YAML."""
        from exporter.operations.describe import describe_item

        return {"item": describe_item(name, modules, language=language)}

    for tool in (tools.validate, tools.export, tools.read_facts, tools.diff):
        server.tool()(_answering(tool))
    return server


def _answering(tool: Callable[..., Answer]) -> Callable[..., Answer]:
    """The tool with errors as findings in its answer, as ``--json`` has them, no more than `MOST_FINDINGS`."""

    @wraps(tool)
    def answer(*args: Any, **kwargs: Any) -> Answer:
        try:
            result = tool(*args, **kwargs)
        except ExporterError as error:
            result = {"findings": list(findings_of(error))}
        except OSError as error:
            result = {"findings": [unwritable(error)]}
        findings: list[Finding] = result.get("findings", [])
        listed = [finding.as_dict() for finding in findings[:MOST_FINDINGS]]
        return {**result, "findings": listed, "count_of_findings": len(findings)}

    return answer


@frozen(kw_only=True)
class Tools:
    """The verbs for an agent: paths are relative to the current folder, answers are plain data."""

    packages: tuple[Path, ...] = ()
    classes: tuple[type[Any], ...] = ()

    def validate(
        self, file: str, rules: list[str] | None = None, profile: str | None = None, strict: bool = True
    ) -> Answer:
        """Check a file of items or a report: everything that is wrong, with its line or cell and how to fix it.

        rules: filing rules to hold it against too: form-20-f, esef, edinet. profile: whose standard concepts items
        report: sec-us-gaap, sec-ifrs, esef-ifrs, edinet. strict: a public taxonomy that is missing is an error.
        """
        from exporter.operations.validate import validate

        findings = validate(
            inside(file),
            rules=[_name_or_file(name) for name in rules or ()],
            profile=profile and _name_or_file(profile),
            packages=self.packages,
            classes=self.classes,
            strict=strict,
        )
        return {"valid": not has_errors(findings), "findings": findings}

    def export(self, file: str, folder: str, profile: str | None = None, formats: list[str] | None = None) -> Answer:
        """Turn a file of items into a filing folder: every format with the taxonomy; nothing where there are errors."""
        from exporter.operations.export import EXPORT_FORMATS, export_filing
        from exporter.operations.load import load_filing

        target = inside(folder)
        filing = load_filing(inside(file), self.classes, profile=profile and _name_or_file(profile))
        done = export_filing(filing, target, formats=formats or EXPORT_FORMATS, packages=self.packages)
        files = [{"path": f"{folder}/{made.name}", "format": made.format, "bytes": made.size} for made in done.files]
        return {"items": done.items, "facts": done.facts, "files": files, "findings": list(done.findings)}

    def read_facts(self, file: str, concept: str = "*", period: str = "*", offset: int = 0, limit: int = 100) -> Answer:
        """The facts of a report or a file of items, those whose concept and period fit the patterns (*, ?)."""
        from exporter.operations.inputs import open_input
        from exporter.operations.load import load_filing
        from exporter.operations.read import read_report

        findings: list[Finding] = []
        with open_input(inside(file)) as opened:
            if opened.holds_items:
                report = load_filing(opened, self.classes).to_report()
            else:
                report = read_report(opened, packages=self.packages, partial=True, warn=findings.append)
        names = PrefixedNames(report.namespaces)
        facts = report.find(concept, period=period)
        chosen = islice(facts, max(offset, 0), max(offset, 0) + _bounded(limit))
        return {
            "namespaces": names.prefixes,
            "count": len(facts),
            "facts": [_cut(plain_fact(fact, names)) for fact in chosen],
            "findings": findings,
        }

    def diff(self, before: str, after: str, limit: int = 100) -> Answer:
        """What two reports (or files of items) report differently: facts that are new, gone and changed."""
        from exporter.operations.diff import compare_files

        findings: list[Finding] = []
        compared = compare_files(
            inside(before), inside(after), packages=self.packages, classes=self.classes, warn=findings.append
        )
        names = PrefixedNames(compared.before.namespaces, compared.after.namespaces)

        def plain(fact: Fact) -> dict[str, Any]:
            return _cut(plain_fact(fact, names))

        facts, most = compared.differences.facts, _bounded(limit)
        changed = (
            {"aspects": change.aspects, "before": plain(change.before), "after": plain(change.after)}
            for change in facts.changed
        )
        return {
            "equal": not len(compared.differences),
            "counts": {"added": len(facts.added), "removed": len(facts.removed), "changed": len(facts.changed)},
            "added": [plain(fact) for fact in facts.added[:most]],
            "removed": [plain(fact) for fact in facts.removed[:most]],
            "changed": list(islice(changed, most)),
            "footnotes_and_links": len(compared.differences) - len(facts),
            "findings": findings,
        }


def inside(name: str) -> Path:
    """A path below the current folder.

    Raises:
        ExporterError: ``exporter:outsideFolder``: it is absolute, leads outside or by a symbolic link, or is no path.
    """
    path = Path(name)
    parts = path.parts
    wrong = path.is_absolute() or ".." in parts or name.startswith(("-", "/", "\\")) or "\0" in name or "://" in name
    linked = not wrong and any(Path(*parts[:number]).is_symlink() for number in range(1, len(parts) + 1))
    if wrong or linked or not parts:
        what = "a symbolic link" if linked else "outside the folder of this server"
        finding = Finding(
            code="exporter:outsideFolder",
            message=f"this is {what}",
            location=Location(file=name),
            fix="name a file in the folder, relative to it",
        )
        raise ExporterError(findings=[finding])
    return path


def _name_or_file(name: str) -> str:
    return str(inside(name)) if name.endswith(".toml") or "/" in name else name


def _bounded(limit: int) -> int:
    return min(max(limit, 0), MOST_FACTS)


def _cut(fact: dict[str, Any]) -> dict[str, Any]:
    value = fact["value"]
    return fact | {"value": truncated(value, LONGEST_VALUE)} if isinstance(value, str) else fact
