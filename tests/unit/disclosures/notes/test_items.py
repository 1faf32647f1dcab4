"""The class of notes."""

from __future__ import annotations

from exporter.disclosures import DISCLOSURES, Note
from exporter.disclosures.notes.compose import NOTES
from exporter.items.composed import composer_of


def test_a_note_is_a_composed_disclosure() -> None:
    assert Note in DISCLOSURES
    assert composer_of(Note) is NOTES
