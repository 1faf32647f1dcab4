"""The defaults of a project as options of a command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click
from attrs import asdict, evolve, field, frozen
from click.core import ParameterSource

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity
from exporter.operations.load import Fallback
from exporter.operations.settings import Settings, read_settings

_PARAMETERS: Final[Mapping[str, str]] = {"items_modules": "modules"}
"""The settings whose parameter has another name in commands."""

_OF_THE_DOCUMENT: Final = ("profile", "release", "audience", "label_languages")
"""What a file of items may say itself, which then comes first."""


@frozen(kw_only=True)
class SettingsInForce:
    """The file of defaults of the running command, what it says, and what is wrong with it."""

    path: Path
    settings: Settings = field(factory=Settings)
    findings: tuple[Finding, ...] = ()


def default_options(context: click.Context, path: Path) -> dict[str, Any]:
    """The defaults in a file by the parameters of commands; what is wrong with it is reported when the command runs."""
    try:
        in_force = SettingsInForce(path=path, settings=read_settings(path))
    except ReadError as error:
        in_force = SettingsInForce(path=path, findings=tuple(error.findings))
    settings = in_force.settings
    if settings.items_modules and not Path.cwd().is_relative_to(path.resolve().parent):
        message = "the modules that the file of defaults names are not imported, for it is not the current folder's"
        finding = Finding(
            code="exporter:settingsModules",
            message=message,
            severity=Severity.WARNING,
            location=Location(file=str(path)),
            fix="run the command in its folder, or name the modules with --items-module",
        )
        in_force = SettingsInForce(path=path, settings=evolve(settings, items_modules=()), findings=(finding,))
    context.meta[__name__] = in_force
    options = asdict(in_force.settings)
    return {_PARAMETERS.get(name, name): value for name, value in options.items() if value}


def settings_in_force() -> SettingsInForce | None:
    """The defaults that the running command has."""
    in_force: SettingsInForce | None = click.get_current_context().meta.get(__name__)
    return in_force


def take_settings(options: dict[str, Any]) -> tuple[Finding, ...]:
    """What is wrong with the defaults; marks those options that give way to what a file of items says itself."""
    context = click.get_current_context()
    in_force = settings_in_force()
    for name in _OF_THE_DOCUMENT:
        if options.get(name) and context.get_parameter_source(name) is ParameterSource.DEFAULT_MAP:
            value = options[name]
            options[name] = Fallback(value) if isinstance(value, str) else tuple(map(Fallback, value))
    return in_force.findings if in_force is not None else ()
