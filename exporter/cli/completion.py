"""Names that a shell completes: report items, profiles, formats, filing rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _matching(names: Iterable[str], incomplete: str, *, or_file: bool = False) -> list[CompletionItem]:
    """Those of ``names`` that begin so, whatever the case; with ``or_file`` file names too."""
    from click.shell_completion import CompletionItem

    begun = incomplete.lower()
    items = [CompletionItem(name) for name in names if name.lower().startswith(begun)]
    return [*items, CompletionItem(incomplete, type="file")] if or_file else items


def complete_items(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The report items of this package and of the modules named before on the line."""
    from exporter.operations.classes import known_item_classes

    try:
        classes = known_item_classes(context.params.get("modules") or ())
    except Exception:  # a module that cannot be imported is reported when the command runs
        classes = known_item_classes()
    return _matching(classes, incomplete)


def complete_profiles(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The profiles of this package, and files."""
    from exporter.operations.names import PROFILE_NAMES

    return _matching(PROFILE_NAMES, incomplete, or_file=True)


def complete_rules(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The tables of filing rules of this package, and files."""
    from exporter.operations.names import RULE_TABLE_NAMES

    return _matching(RULE_TABLE_NAMES, incomplete, or_file=True)


def complete_formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The formats that reports are read and written in."""
    from exporter.operations.names import FORMATS

    return _matching(FORMATS, incomplete)


def complete_export_formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The formats that an export writes."""
    from exporter.operations.export import EXPORT_FORMATS

    return _matching(EXPORT_FORMATS, incomplete)


def complete_forms(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The forms that templates are made for."""
    from exporter.operations.template import FORMS

    return _matching(FORMS, incomplete)
