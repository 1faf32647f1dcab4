"""Options and arguments that several commands share: inputs, outputs, access to taxonomies.

A command is given a report in any shape, or a file of report items. What it writes takes the place of none of the files
that it reads, nor of another that it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from exporter.cli.completion import complete_profiles, complete_rules
from exporter.cli.outcome import Run
from exporter.resources.streams import STANDARD

if TYPE_CHECKING:
    from exporter.filing import Filing
    from exporter.findings import Finding
    from exporter.model.report import Report
    from exporter.operations.inputs import Input
    from exporter.operations.read import Access


_F = TypeVar("_F", bound=Callable[..., Any])
FILE: Final = click.Path(path_type=Path)
LOG_LEVELS: Final = ("debug", "info", "warning", "error")


def log_options(command: _F) -> _F:
    """``--log`` and ``--log-level``."""
    level = click.option(
        "--log-level",
        type=click.Choice(LOG_LEVELS, case_sensitive=False),
        help="What the log has at least: debug is all, error only what failed. Without --log it goes to standard "
        "error. [default: debug]",
    )
    file = click.option(
        "--log",
        "log_file",
        type=FILE,
        metavar="FILE",
        help="Add a log of stages and findings to a file, JSON lines where its name ends in .jsonl; - is standard "
        "error.",
    )
    return file(level(command))


def output_options(command: _F) -> _F:
    """``--json``, ``--quiet``, ``--verbose``, ``--no-color``, ``--timings``, and those of the log."""
    command = log_options(command)
    for option in (
        click.option("--timings", is_flag=True, help="Print how long each stage took, on standard error."),
        click.option("--no-color", is_flag=True, help="No colours (so does the environment variable NO_COLOR)."),
        click.option("--verbose", "-v", is_flag=True, help="Name every public taxonomy that is not available."),
        click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document with findings and results."),
    ):
        command = option(command)
    return command


sarif_output = click.option(
    "--sarif", "as_sarif", is_flag=True, help="Print the findings as a SARIF 2.1.0 log, which code reviews can show."
)


def _with_kept(_: click.Context, __: click.Parameter, given: tuple[Path, ...]) -> tuple[Path, ...]:
    """The packages given, then those that the person keeps."""
    # Imported on use: only commands that read taxonomies ask.
    from exporter.operations.kept_packages import kept_packages

    return (*given, *(path for path in kept_packages() if path not in given))


taxonomy_packages = click.option(
    "--taxonomy-package",
    "packages",
    type=FILE,
    multiple=True,
    metavar="ZIP",
    callback=_with_kept,
    help="A taxonomy package that public schemas are taken from, before those kept (see taxonomies). May be repeated.",
)


def taxonomy_access(command: _F) -> _F:
    """``--cache-dir``, ``--no-cache`` and ``--online``; `given_access` returns what was given."""
    for option in (
        click.option(
            "--online",
            is_flag=True,
            expose_value=False,
            callback=_note,
            help="Fetch public schemas that are not available, over https.",
        ),
        click.option(
            "--no-cache",
            is_flag=True,
            expose_value=False,
            callback=_note,
            help="Read taxonomies anew, and keep nothing of them.",
        ),
        click.option(
            "--cache-dir",
            type=FILE,
            metavar="DIR",
            expose_value=False,
            callback=_note,
            help="Where taxonomies are kept for the next run. [default: the user's cache, or EXPORTER_CACHE_DIR]",
        ),
    ):
        command = option(command)
    return command


def _note(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    context.meta[f"{__name__}.{parameter.name}"] = value


def given_access() -> Access:
    """The access to taxonomies that the running command was given."""
    from exporter.operations.read import Access

    given = click.get_current_context().meta
    online = bool(given.get(f"{__name__}.online"))
    if given.get(f"{__name__}.no_cache"):
        return Access(online=online)
    return Access.keeping(given.get(f"{__name__}.cache_dir"), online=online)


if TYPE_CHECKING:
    TextParameter = click.ParamType[str]
else:
    TextParameter = click.ParamType  # not generic in the lowest version of click that is allowed


class LanguageTag(TextParameter):
    """A language tag (BCP 47) such as en or pt-BR."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        # Imported on use: only who gives a language has it checked.
        from exporter.model.lexical import is_language_tag

        if not is_language_tag(value):
            self.fail(f"expected a language tag such as en or ja, got {value!r}", param, ctx)
        return value


label_language_option = click.option(
    "--language",
    type=LanguageTag(),
    metavar="LANG",
    help="Show labels in this language, and list those that are missing; English by default.",
)

filing_rules = click.option(
    "--rules",
    multiple=True,
    metavar="NAME|FILE",
    shell_complete=complete_rules,
    help="Filing rules to hold it against too: form-20-f, esef, edinet, or a TOML file. May be repeated.",
)

items_modules = click.option(
    "--items-module",
    "modules",
    multiple=True,
    metavar="MODULE",
    help="A Python module (name or .py file) whose report items are known too. It is imported, so its code runs.",
)


def profile_of_items(command: _F) -> _F:
    """``--profile`` and ``--release``, where an input may be a file of items."""
    release = click.option("--release", metavar="RELEASE", help="The edition of the profile's standard taxonomies.")
    profile = click.option(
        "--profile",
        metavar="NAME|FILE",
        shell_complete=complete_profiles,
        help="Which standard concepts the items of a file report, in place of what it says. See `exporter profiles`.",
    )
    return profile(release(command))


def item_classes(modules: tuple[str, ...]) -> tuple[type[Any], ...]:
    """The report item classes of the modules that ``--items-module`` names."""
    if not modules:
        return ()
    from exporter.operations.classes import load_item_classes

    return load_item_classes(modules)


def open_source(*paths: Path) -> Input:
    """What was given to the command, open until its end: one input, or the documents of one document set.

    Raises:
        ReadError: it cannot be read, or its format is unknown.
        PackageError: an archive is unsafe, or no report package.
    """
    from exporter.operations.inputs import open_input

    return click.get_current_context().with_resource(open_input(paths[0] if len(paths) == 1 else paths))


def load_items(
    run: Run,
    source: Path | Input,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | None = None,
    release: str | None = None,
    audience: str | None = None,
    label_languages: tuple[str, ...] = (),
) -> Filing:
    """The filing in a file of items, with a sign of life while it is read."""
    from exporter.operations.load import load_filing

    noun = "rows" if name_of(source).lower().endswith((".xlsx", ".xlsm")) else None
    with run.screen.progress(f"reading {name_of(source)}", noun=noun) as on_rows:
        return load_filing(
            source,
            classes,
            profile=profile,
            release=release,
            audience=audience,
            label_languages=label_languages,
            on_rows=on_rows,
        )


def read_facts(
    run: Run,
    source: Input,
    *,
    packages: Iterable[Path] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
    profile: str | None = None,
    release: str | None = None,
    warn: Callable[[Finding], None] | None = None,
) -> Report:
    """The report in a file of facts, or the one that a file of items makes.

    Unless ``strict`` is set, what is in doubt is left out of it, and passed to ``warn`` (the run's, by default).
    """
    from exporter.operations.read import read_report

    if source.holds_items:
        return load_items(run, source, classes, profile=profile, release=release).to_report()
    with run.screen.progress(f"reading {source.name}"):
        return read_report(
            source, packages=packages, strict=strict, partial=not strict, access=given_access(), warn=warn or run.warn
        )


def name_of(source: Path | Input) -> str:
    """As people know what was given."""
    return str(source) if isinstance(source, Path) else source.name


def keep_apart(outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Refuse an output that is an input, or another output; see `exporter.operations.inputs.keep_apart`."""
    from exporter.operations import inputs as opened

    opened.keep_apart(outputs, inputs)


def check_output(run: Run, output: Path) -> None:
    """Refuses standard output for a file where the results are printed there.

    Raises:
        StopCommandError: both are asked for.
    """
    if run.as_json and output == STANDARD:
        fix = "give a file, or leave out --json and --sarif"
        raise run.refuse("exporter:usage", "-o - and --json both write to standard output", fix=fix)
