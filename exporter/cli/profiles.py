"""``exporter profiles``: which standard concepts items report."""

from __future__ import annotations

from typing import Any

import click

from exporter.cli.arguments import items_modules, label_language_option, output_options
from exporter.cli.completion import complete_items, complete_profiles
from exporter.cli.console import Column, Screen
from exporter.cli.items import show_missing
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Show which standard concepts items report.")
@click.argument("name", required=False, shell_complete=complete_profiles)
@click.option("--release", metavar="RELEASE", help="The edition of the profile's standard taxonomies.")
@click.option("--item", metavar="NAME", shell_complete=complete_items, help="Only the fields of this report item.")
@label_language_option
@items_modules
@output_options
@command_body
def command(
    run: Run,
    name: str | None,
    release: str | None,
    item: str | None,
    language: str | None,
    modules: tuple[str, ...],
) -> None:
    """List the profiles there are, or show what NAME (a profile, or a .toml file of your own) binds items to.

    For each field: the standard concept with its type, period type, balance and sign, or the reason why there is none.
    A concept that no available source shows in full is marked as not verified.

    \b
    Examples:
      exporter profiles
      exporter profiles sec-us-gaap --item NetLoss
      exporter profiles edinet --item OwnershipInterest --language ja
      exporter profiles my-profile.toml --json
    """
    from exporter.operations.describe import describe_profile, describe_profiles

    if name is None:
        profiles = describe_profiles()
        run.result["profiles"] = profiles
        if not run.as_json:
            _show_list(run.screen, profiles)
        return
    profile = describe_profile(name, release=release, item=item, modules=modules, language=language)
    run.result |= profile
    if not run.as_json:
        _show_profile(run.screen, profile, with_labels=language is not None)
        show_missing(run.screen, profile["missing_labels"], language or "en")


def _show_list(screen: Screen, profiles: list[dict[str, Any]]) -> None:
    columns = [
        Column(title="profile"),
        Column(title="title", shrinks=True),
        Column(title="releases", shrinks=True),
    ]
    columns += [Column(title="bound", justify="right"), Column(title="gaps", justify="right")]
    rows = [
        (profile["name"], profile["title"], ", ".join(profile["releases"]), str(profile["bound"]), str(profile["gaps"]))
        for profile in profiles
    ]
    screen.table(columns, rows)


def _show_profile(screen: Screen, profile: dict[str, Any], *, with_labels: bool) -> None:
    heading = f"{profile['name']}: {profile['title']}"
    heading += f", release {profile['release']}" if profile["release"] else ""
    screen.write(f"{heading}\n{profile['bound']} bound, {profile['gaps']} gaps\n")
    for taxonomy in profile["taxonomies"]:
        screen.write(f"{taxonomy['prefix']}: {taxonomy['package']}\n")
    screen.write("\n")
    if not profile["taxonomies"]:
        screen.write("Everything is reported with concepts of the filing's own.\n")
        return
    columns = [Column(title="item"), Column(title="field")]
    columns += [Column(title="label", shrinks=True)] if with_labels else []
    columns += [Column(title="concept", shrinks=True)]
    columns += [
        Column(title="reported as", shrinks=True),
        Column(title="verified, or why there is none", shrinks=True),
    ]
    cells = [
        (row["item"], _field_and_option(row), *([row["label"] or ""] if with_labels else []), *_reported_as(row))
        for row in profile["fields"]
    ]
    screen.table(columns, cells)


def _field_and_option(row: dict[str, Any]) -> str:
    return f"{row['field']} ({row['option']})" if row["option"] else str(row["field"])


def _reported_as(row: dict[str, Any]) -> tuple[str, str, str]:
    """The concept, what it is reported as, and whether it is verified or why there is none."""
    if row["gap"] is not None:
        return "", row["type"] or "", row["gap"]
    sign = row["sign"] if row["sign"] == "inverted" else None
    kind = ", ".join(filter(None, (row["type"], row["period"], row["balance"], sign)))
    mark = "verified" if row["verified"] else "not verified"
    return (row["concept"], kind, ": ".join(filter(None, (mark, row["remark"]))))
