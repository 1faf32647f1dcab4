"""The heads of columns: labels that begin alike stand under one head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from exporter.filing.page.wording import Tongue, Words
from exporter.formats.inline_xbrl.page import Cell, Row, Scope

_MARKS: Final = {"en": ", ", "ja": "、"}


@frozen
class Head:
    """What stands over a column."""

    label: Words
    notes: tuple[str, ...] = ()
    is_number: bool = False


def split_label(label: Words, tongue: Tongue) -> tuple[Words, Words] | None:
    """A label such as "Noon Buying Rate, High" in two, if it has two parts in the page's first language."""
    english, japanese = (_split(label.en, "en"), _split(label.ja, "ja"))
    if (japanese if tongue.first == "ja" and label.ja else english) is None:
        return None
    return (
        Words(english[0] if english else label.en, japanese[0] if japanese else None),
        Words(english[1] if english else label.en, japanese[1] if japanese else label.ja),
    )


def _split(text: str | None, language: str) -> tuple[str, str] | None:
    if text is None:
        return None
    first, mark, rest = text.partition(_MARKS[language])
    return (first, rest) if mark else None


def group_heads(heads: Sequence[Head], tongue: Tongue, *, fixed: int, heading: Words) -> tuple[Row, ...]:
    """One row of heads, or two where labels side by side begin alike; the first ``fixed`` are never grouped.

    What the ``heading`` over the table says already is not said again.
    """
    runs = _runs(heads, tongue, fixed)
    upper: list[Cell] = []
    lower: list[Cell] = []
    grouped = False
    for run in runs:
        shared = split_label(run[0].label, tongue) if len(run) > 1 else None
        if shared is None:
            lower += [_cell(evolve(head, label=under_heading(head.label, heading, tongue)), tongue) for head in run]
            upper += [Cell() for _ in run]
            continue
        short = [evolve(head, label=(split_label(head.label, tongue) or (None, head.label))[1]) for head in run]
        lower += [_cell(head, tongue) for head in short]
        if _says(heading, shared[0], tongue):
            upper += [Cell() for _ in run]
        else:
            grouped = True
            upper.append(Cell(tongue.phrase(shared[0]), columns=len(run), scope=Scope.COLUMNS))
    return (Row(upper), Row(lower)) if grouped else (Row(lower),)


def under_heading(label: Words, heading: Words, tongue: Tongue) -> Words:
    """A label without the beginning that the heading over it says already."""
    parts = split_label(label, tongue)
    return parts[1] if parts and _says(heading, parts[0], tongue) else label


def _says(heading: Words, words: Words, tongue: Tongue) -> bool:
    """Whether the words, whole ones, stand in the heading."""
    found = re.search(re.escape(tongue.text(words)), tongue.text(heading), re.IGNORECASE)
    if found is None or tongue.first == "ja":
        return found is not None
    return re.search(rf"\b{re.escape(found.group())}(?!\w)", tongue.text(heading)) is not None


def _cell(head: Head, tongue: Tongue) -> Cell:
    phrase = evolve(tongue.phrase(head.label), notes=head.notes)
    return Cell(phrase, scope=Scope.COLUMN, is_number=head.is_number or None)


def _runs(heads: Sequence[Head], tongue: Tongue, fixed: int) -> list[list[Head]]:
    """Heads side by side whose labels begin alike."""
    runs: list[list[Head]] = []
    last: str | None = None
    for place, head in enumerate(heads):
        parts = split_label(head.label, tongue) if place >= fixed else None
        first = tongue.text(parts[0]) if parts else None
        if runs and first is not None and first == last:
            runs[-1].append(head)
        else:
            runs.append([head])
        last = first
    return runs
