"""The report item classes that there are: the disclosures of this package, and those of a user's modules.

Classes of the same name: `known_classes` lets a user's take the place of a disclosure.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from exporter.disclosures import TOPICS, disclosure
from exporter.errors import DeclarationError, ExporterError
from exporter.findings import Finding, choice_hint
from exporter.items.compile import item_specification
from exporter.items.declarations import is_item_class


def load_item_classes(modules: Iterable[str]) -> tuple[type[Any], ...]:
    """The report item classes that modules define (or list in ``__all__``), in that order.

    Args:
        modules: names of modules, or paths of ``.py`` files. They are imported, so their code runs.

    Raises:
        DeclarationError: ``exporter:moduleNotImported``: a module cannot be imported, has no report items, or has one
            with the name of another.
    """
    taken = {name: disclosure(name) for name in TOPICS}
    classes: dict[type[Any], None] = {}
    for name in modules:
        defined = _classes_of(_import(name))
        if not defined:
            raise _not_imported(f"the module {name} has no report items", "decorate the classes with @report_item")
        for cls in defined:
            if taken.setdefault(cls.__name__, cls) is not cls:
                message = f"the module {name} has a second report item called {cls.__name__}"
                raise _not_imported(message, "give the class another name")
            classes[cls] = None
    return tuple(classes)


def known_item_classes(modules: Iterable[str] = ()) -> dict[str, type[Any]]:
    """The disclosures of this package and the classes of modules, by name."""
    disclosures = {name: disclosure(name) for name in TOPICS}
    return disclosures | {cls.__name__: cls for cls in load_item_classes(modules)}


class ItemClasses(Mapping[str, type[Any]]):
    """Classes by name: those given, then the disclosures of this package with other names, imported on look-up.

    Raises:
        DeclarationError: two of the classes given have one name.
    """

    def __init__(self, classes: Iterable[type[Any]] = ()) -> None:
        self._own: dict[str, type[Any]] = {}
        for cls in classes:
            if self._own.setdefault(cls.__name__, cls) is not cls:
                raise DeclarationError(f"two item classes are called {cls.__name__}")
        self._names = tuple(dict.fromkeys((*self._own, *TOPICS)))

    def __getitem__(self, name: str) -> type[Any]:
        return self._own[name] if name in self._own else disclosure(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def known_classes(classes: Iterable[type[Any]]) -> tuple[type[Any], ...]:
    """``classes`` and the disclosures of this package; a class of a disclosure's name takes its place."""
    own = tuple(dict.fromkeys(classes))
    names = {cls.__name__ for cls in own}
    return (*own, *(disclosure(name) for name in TOPICS if name not in names))


def find_item_class(name: str, modules: Iterable[str] = ()) -> type[Any]:
    """The class called ``name``.

    Raises:
        ExporterError: ``exporter:usage``: there is none.
    """
    classes = known_item_classes(modules)
    if name not in classes:
        fix = choice_hint(name, classes, "see `exporter items` for the list")
        finding = Finding(code="exporter:usage", message=f"no report item is called {name!r}", fix=fix)
        raise ExporterError(findings=[finding])
    return classes[name]


def _import(name: str) -> ModuleType:
    try:
        return _import_file(Path(name)) if name.endswith(".py") else _import_name(name)
    except Exception as error:
        message = f"the module {name} cannot be imported: {type(error).__name__}: {error}"
        fix = "check the name and the module; it is looked for in the current folder and where Python looks"
        raise _not_imported(message, fix) from error


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


def _not_imported(message: str, fix: str) -> DeclarationError:
    return DeclarationError(findings=[Finding(code="exporter:moduleNotImported", message=message, fix=fix)])


def _classes_of(module: ModuleType) -> list[type[Any]]:
    listed = getattr(module, "__all__", None)
    values = [getattr(module, name) for name in listed] if listed is not None else vars(module).values()
    classes = [value for value in values if is_item_class(value) and (listed is not None or _is_of(value, module))]
    for cls in classes:
        item_specification(cls)  # a class declared wrongly is reported here, with the module's name
    return list(dict.fromkeys(classes))


def _is_of(cls: type[Any], module: ModuleType) -> bool:
    return cls.__module__ == module.__name__ or cls.__module__.startswith(f"{module.__name__}.")
