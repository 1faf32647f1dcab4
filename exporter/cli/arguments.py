"""Options and arguments that several commands share.

Reading what a command is given: a report in whatever shape, or a file of report items.

Files that a command writes take the place of none that it reads, nor of each other.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from exporter.cli.outcome import Run
from exporter.resources.streams import STANDARD, is_stream

if TYPE_CHECKING:
    from exporter.filing import Filing
    from exporter.findings import Finding
    from exporter.model.report import Report
    from exporter.operations.inputs import Input
    from exporter.operations.read import Access


_F = TypeVar("_F", bound=Callable[..., Any])
FILE: Final = click.Path(path_type=Path)


def output_options(command: _F) -> _F:
    """``--json``, ``--verbose``, ``--quiet`` and ``--no-color``."""
    for option in (
        click.option("--no-color", is_flag=True, help="No colours (so does the environment variable NO_COLOR)."),
        click.option("--verbose", "-v", is_flag=True, help="Name every public taxonomy that is not at hand."),
        click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document with findings and results."),
    ):
        command = option(command)
    return command


sarif_output = click.option(
    "--sarif", "as_sarif", is_flag=True, help="Print the findings as a SARIF 2.1.0 log, which code reviews can show."
)
taxonomy_packages = click.option(
    "--taxonomy-package",
    "packages",
    type=FILE,
    multiple=True,
    metavar="ZIP",
    help="A taxonomy package that public schemas are taken from. May be repeated.",
)


def taxonomy_access(command: _F) -> _F:
    """``--cache-dir``, ``--no-cache`` and ``--online``; `given_access` tells what was given."""
    for option in (
        click.option(
            "--online",
            is_flag=True,
            expose_value=False,
            callback=_note,
            help="Fetch public schemas that are not at hand, over https.",
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
    from exporter.resources.cached_files import default_cache_folder

    given = click.get_current_context().meta
    online = bool(given.get(f"{__name__}.online"))
    if given.get(f"{__name__}.no_cache"):
        return Access(online=online)
    return Access(cache=given.get(f"{__name__}.cache_dir") or default_cache_folder(), online=online)


class LanguageTag(click.ParamType[str]):
    """A language tag (BCP 47) such as en or pt-BR."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        # Imported on use: only who gives a language has it checked.
        from exporter.items.values.texts import is_language_tag

        if not is_language_tag(value):
            self.fail(f"expected a language tag such as en or ja, got {value!r}", param, ctx)
        return value


labels_shown_in = click.option(
    "--language",
    type=LanguageTag(),
    metavar="LANG",
    help="Show labels in this language, and list those that are missing; English by default.",
)

items_modules = click.option(
    "--items-module",
    "modules",
    multiple=True,
    metavar="MODULE",
    help="A Python module (name or .py file) whose report items are known too. It is imported, so its code runs.",
)


def load_item_classes(run: Run, modules: tuple[str, ...]) -> tuple[type[Any], ...]:
    """The report item classes that the modules define (or list in ``__all__``), in that order."""
    if not modules:
        return ()
    from exporter.disclosures import DISCLOSURES

    taken = {cls.__name__: cls for cls in DISCLOSURES}
    found: dict[type[Any], None] = {}
    for name in modules:
        classes = _classes_of(_import(run, name))
        if not classes:
            fix = "decorate the classes with @report_item"
            raise run.refuse("exporter:moduleNotImported", f"the module {name} has no report items", fix=fix)
        for cls in classes:
            if taken.setdefault(cls.__name__, cls) is not cls:
                message = f"the module {name} has a second report item called {cls.__name__}"
                raise run.refuse("exporter:moduleNotImported", message, fix="give the class another name")
            found[cls] = None
    return tuple(found)


def _import(run: Run, name: str) -> ModuleType:
    try:
        return _import_file(Path(name)) if name.endswith(".py") else _import_name(name)
    except Exception as error:
        message = f"the module {name} cannot be imported: {type(error).__name__}: {error}"
        fix = "check the name and the module; it is looked for in the current folder and where Python looks"
        raise run.refuse("exporter:moduleNotImported", message, fix=fix) from error


def _import_name(name: str) -> ModuleType:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    return importlib.import_module(name)


def _import_file(path: Path) -> ModuleType:
    name = path.stem
    known = sys.modules.get(name)
    if known is not None and getattr(known, "__file__", None) == str(path):
        return known
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or name in sys.modules:
        raise ImportError(f"{name!r} is no name for a module, or one that is taken")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # the types of fields are looked up there
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _classes_of(module: ModuleType) -> list[type[Any]]:
    from exporter.items.compile import item_specification
    from exporter.items.declarations import is_item_class

    listed = getattr(module, "__all__", None)
    values = [getattr(module, name) for name in listed] if listed is not None else vars(module).values()
    classes = [value for value in values if is_item_class(value) and (listed is not None or _is_own(value, module))]
    for cls in classes:
        item_specification(cls)  # a class declared wrongly is told here, with the module's name
    return list(dict.fromkeys(classes))


def _is_own(cls: type[Any], module: ModuleType) -> bool:
    return cls.__module__ == module.__name__ or cls.__module__.startswith(f"{module.__name__}.")


def open_source(*paths: Path) -> Input:
    """What was given to the command, open until its end: one input, or the documents of one document set.

    Raises:
        ReadError: it cannot be read, or nothing tells what it is.
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
    label_languages: tuple[str, ...] = (),
) -> Filing:
    """The filing in a file of items, with a sign of life while it is read."""
    from exporter.operations.load import load_filing

    with run.screen.progress(f"reading {name_of(source)}"):
        return load_filing(source, classes, profile=profile, release=release, label_languages=label_languages)


def read_facts(
    run: Run,
    source: Input,
    *,
    packages: Iterable[Path] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
    warn: Callable[[Finding], None] | None = None,
) -> Report:
    """The report in a file of facts, or the one that a file of items makes.

    Unless ``strict`` is set, what is in doubt is left out of it, and told to ``warn`` (the run's, by default).
    """
    from exporter.operations.read import read_report

    if source.holds_items:
        return load_items(run, source, classes).to_report()
    with run.screen.progress(f"reading {source.name}"):
        return read_report(
            source, packages=packages, strict=strict, partial=not strict, access=given_access(), warn=warn or run.warn
        )


def name_of(source: Path | Input) -> str:
    """As people know what was given."""
    return str(source) if isinstance(source, Path) else source.name


def keep_apart(run: Run, outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Refuses an output that is an input, or another output, before anything is written.

    Raises:
        StopCommandError: two of them are one file, by whatever name.
    """
    taken = {_identity(path): path for path in inputs if path is not None and path.exists()}
    for path in outputs:
        if path is None or is_stream(path):
            continue
        other = taken.setdefault(_identity(path), path)
        if other is not path:
            message = f"{path} would take the place of {other}, which this command reads or writes too"
            raise run.refuse("exporter:unwritableFile", message, fix="give another name", file=str(path))


def check_output(run: Run, output: Path) -> None:
    """Refuses standard output for a file where the results are printed there.

    Raises:
        StopCommandError: both are asked for.
    """
    if run.as_json and output == STANDARD:
        fix = "give a file, or leave out --json and --sarif"
        raise run.refuse("exporter:usage", "-o - and --json both write to standard output", fix=fix)


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
