"""Names that a shell completes: report items, profiles, formats, filing rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

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
    from exporter.disclosures import DISCLOSURES

    names = [cls.__name__ for cls in DISCLOSURES]
    with suppress(Exception):  # a module that cannot be imported is told when the command runs
        from exporter.cli.arguments import load_item_classes
        from exporter.cli.outcome import Run

        names += [cls.__name__ for cls in load_item_classes(Run(), tuple(context.params.get("modules") or ()))]
    return names


def _profiles(_: click.Context) -> tuple[str, ...]:
    from exporter.profiles.read import PROFILES

    return PROFILES


def _rules(_: click.Context) -> tuple[str, ...]:
    from exporter.profiles.read_rules import RULE_TABLES

    return RULE_TABLES


def _formats(_: click.Context) -> list[str]:
    from exporter.formats.registry import formats

    return [each.name for each in formats()]


def _export_formats(context: click.Context) -> list[str]:
    return [*_formats(context), "report-package"]


complete_items = _completer(_items)
complete_profiles = _completer(_profiles, or_file=True)
complete_rules = _completer(_rules, or_file=True)
complete_formats = _completer(_formats)
complete_export_formats = _completer(_export_formats)
