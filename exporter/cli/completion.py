"""Names that a shell completes: report items, profiles, formats, filing rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completer(names: Callable[[click.Context], Iterable[str]], *, or_file: bool = False) -> Completer:
    """Completes to those of ``names`` that begin so, whatever the case; with ``or_file`` to file names too."""

    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        begun = incomplete.lower()
        items = [CompletionItem(name) for name in names(context) if name.lower().startswith(begun)]
        return [*items, CompletionItem(incomplete, type="file")] if or_file else items

    return complete


def _items(context: click.Context) -> list[str]:
    """The report items of this package and of the modules named before on the line."""
    from exporter.operations.classes import known_item_classes

    try:
        return list(known_item_classes(context.params.get("modules") or ()))
    except Exception:  # a module that cannot be imported is reported when the command runs
        return list(known_item_classes())


def _profiles(_: click.Context) -> tuple[str, ...]:
    from exporter.operations.names import PROFILE_NAMES

    return PROFILE_NAMES


def _rules(_: click.Context) -> tuple[str, ...]:
    from exporter.operations.names import RULE_TABLE_NAMES

    return RULE_TABLE_NAMES


def _formats(_: click.Context) -> Iterable[str]:
    from exporter.operations.names import FORMATS

    return FORMATS


def _export_formats(_: click.Context) -> Iterable[str]:
    from exporter.operations.export import EXPORT_FORMATS

    return EXPORT_FORMATS


complete_items = _completer(_items)
complete_profiles = _completer(_profiles, or_file=True)
complete_rules = _completer(_rules, or_file=True)
complete_formats = _completer(_formats)
complete_export_formats = _completer(_export_formats)
