"""Defaults of a project, in ``exporter.toml`` or in ``[tool.exporter]`` of ``pyproject.toml``.

They stand for options that are not given: a command line comes first, then what a file of items says itself, then they.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, choice_hint
from exporter.operations.names import PROFILE_NAMES, RULE_TABLE_NAMES
from exporter.profiles.toml import TableReader, TomlFile, Tree

PYPROJECT: Final = "pyproject.toml"
_TABLE: Final = "/tool/exporter"
_CODE: Final = "exporter:invalidSettings"


@frozen(kw_only=True)
class Settings:
    """What a file of defaults says; names of files in it are relative to its folder, and absolute here.

    Args:
        packages: taxonomy packages that public schemas are taken from.
        profile: which standard concepts items report: a name, or a file.
        release: the edition of the profile's standard taxonomies.
        audience: whom filings are tagged for.
        rules: filing rules: names, or files.
        language: the language of labels that are shown.
        label_languages: the languages of labels that are written.
        items_modules: Python modules whose report items are known too.
        theme: a folder with templates and a style sheet for pages.
    """

    packages: tuple[str, ...] = ()
    profile: str | None = None
    release: str | None = None
    audience: str | None = None
    rules: tuple[str, ...] = ()
    language: str | None = None
    label_languages: tuple[str, ...] = field(default=(), metadata={"key": "label-languages"})
    items_modules: tuple[str, ...] = field(default=(), metadata={"key": "items-modules"})
    theme: str | None = None


def read_settings(path: Path) -> Settings:
    """The defaults in a file.

    Raises:
        ReadError: with all findings, each at its line: an unknown key, a value of the wrong type, a file that is not
            there.
    """
    source = _toml_file(path)
    pointer, tree = "", source.tree
    reader = TableReader(source, code=_CODE)
    if path.name == PYPROJECT:
        pointer, tree = _TABLE, reader.table(reader.table(tree, "", "tool"), "/tool", "exporter")
    settings = reader.structure(tree, pointer, Settings)
    if settings is not None:
        _check_names(reader, settings, pointer, tree)
    if reader.log.findings:
        raise ReadError(findings=reader.log.findings)
    assert settings is not None
    return _with_paths(settings, path.parent)


def _toml_file(path: Path) -> TomlFile:
    try:
        return TomlFile(str(path), path.read_bytes().decode("utf-8"), path.parent)
    except (OSError, UnicodeDecodeError) as error:
        message = f"the file of defaults cannot be read: {getattr(error, 'strerror', None) or error}"
        finding = Finding(code=_CODE, message=message, location=Location(file=str(path)), fix="check the file")
        raise ReadError(findings=[finding]) from error
    except ReadError as error:
        raise ReadError(findings=[evolve(finding, code=_CODE) for finding in error.findings]) from error


def _check_names(reader: TableReader, settings: Settings, pointer: str, tree: Tree) -> None:
    """Report files that are not there, and names of no profile and no table of rules."""
    folder = reader.source.folder
    files: list[tuple[str, str, tuple[str, ...]]] = [("packages", name, ()) for name in settings.packages]
    files += [("profile", settings.profile, PROFILE_NAMES)] if settings.profile is not None else []
    files += [("rules", name, RULE_TABLE_NAMES) for name in settings.rules]
    files += [("theme", settings.theme, ())] if settings.theme is not None else []
    files += [("items-modules", name, ()) for name in settings.items_modules if name.endswith(".py")]
    for key, name, names in files:
        if name not in names and not (folder / name).expanduser().exists():
            fix = choice_hint(name, names) if names and not name.endswith(".toml") else "name a file that is there"
            reader.error(f"{pointer}/{key}", _CODE, f"{key}: there is no {name}", fix)
    if settings.release is not None and settings.profile is None:
        message = "a release is one of a profile's, and no profile is named"
        reader.error(f"{pointer}/release", _CODE, message, "add profile, or leave release out")


def _with_paths(settings: Settings, folder: Path) -> Settings:
    def absolute(name: str) -> str:
        path = (folder / name).expanduser()
        return str(path.absolute()) if path.exists() and ("." in name or "/" in name) else name

    return evolve(
        settings,
        packages=tuple(str((folder / name).expanduser().absolute()) for name in settings.packages),
        profile=absolute(settings.profile) if settings.profile is not None else None,
        rules=tuple(map(absolute, settings.rules)),
        items_modules=tuple(map(absolute, settings.items_modules)),
        theme=absolute(settings.theme) if settings.theme is not None else None,
    )
