"""Options and arguments that several commands share."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from exporter.cli.outcome import Run

if TYPE_CHECKING:
    from exporter.filing.access import Access

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
    from exporter.filing.access import Access
    from exporter.resources.kept_files import default_cache_folder

    given = click.get_current_context().meta
    online = bool(given.get(f"{__name__}.online"))
    if given.get(f"{__name__}.no_cache"):
        return Access(online=online)
    return Access(cache=given.get(f"{__name__}.cache_dir") or default_cache_folder(), online=online)


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
            mend = "decorate the classes with @report_item"
            raise run.refuse("exporter:moduleNotImported", f"the module {name} has no report items", mend=mend)
        for cls in classes:
            if taken.setdefault(cls.__name__, cls) is not cls:
                message = f"the module {name} has a second report item called {cls.__name__}"
                raise run.refuse("exporter:moduleNotImported", message, mend="give the class another name")
            found[cls] = None
    return tuple(found)


def _import(run: Run, name: str) -> ModuleType:
    try:
        return _import_file(Path(name)) if name.endswith(".py") else _import_name(name)
    except Exception as error:
        message = f"the module {name} cannot be imported: {type(error).__name__}: {error}"
        mend = "check the name and the module; it is looked for in the current folder and where Python looks"
        raise run.refuse("exporter:moduleNotImported", message, mend=mend) from error


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
    from exporter.items.declaration import is_item_class
    from exporter.items.specification import item_specification

    listed = getattr(module, "__all__", None)
    values = [getattr(module, name) for name in listed] if listed is not None else vars(module).values()
    classes = [each for each in values if is_item_class(each) and (listed is not None or _is_own(each, module))]
    for cls in classes:
        item_specification(cls)  # a class declared wrongly is told here, with the module's name
    return list(dict.fromkeys(classes))


def _is_own(cls: type[Any], module: ModuleType) -> bool:
    return cls.__module__ == module.__name__ or cls.__module__.startswith(f"{module.__name__}.")
