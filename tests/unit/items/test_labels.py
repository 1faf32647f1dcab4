"""Labels by language and role: declared, in catalogues, joined, and what is refused."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from exporter.errors import DeclarationError
from exporter.items import declare as d
from exporter.items import labels as module
from exporter.items.compile import item_specification
from exporter.items.labels import Labels, catalogue_table, enumeration_labels, member_labels
from exporter.items.values.enumeration import Enumeration
from exporter.operations.labels import missing_labels

CLASSES = """
from __future__ import annotations

import exporter as ex
from exporter.items.declare import item_base


class Ground(ex.Enumeration):
    SOIL = "soil", "Soil", "土"
    ROCK = "rock"


@item_base
class Measured(ex.ReportItem):
    as_of: ex.Instant = ex.period()
    depth: int = ex.concept("Depth", label="Depth", documentation="How deep it is.")


@ex.report_item(label="Well", labels={"fr": "Puits"})
class Well(Measured):
    ground: Ground = ex.selector()
    width: ex.Money = ex.concept_choice(
        ex.option("SoilWidth", when={"ground": Ground.SOIL}, labels={"de": {"label": "Breite", "total": "Summe"}}),
        ex.option("RockWidth", when={"ground": Ground.ROCK}),
    )
    owner: str | None = ex.dimension("Owner", label_ja="所有者", default=None)
    unsure: bool | None = ex.companion("Unsure", of="width", label="Unsure", default=None)
"""
CATALOGUE = """
[Ground]
class.label = "Boden"
rock.label = "Fels"

[Measured]
depth.label = "Tiefe"

[Well]
class.label = "Brunnen"
class.documentation = "Ein Brunnen."
width.RockWidth.label = "Breite im Fels"
unsure.label = "unsicher"
"""


@pytest.fixture
def wells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "de.toml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "wells.py").write_text(CLASSES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("wells")
    sys.modules.pop("wells")


def test_a_text_is_in_the_language_or_in_the_one_it_is_part_of() -> None:
    labels = Labels(standard="Sum", others={"zh-Hant": "合計", "de": {"documentation": "Alles."}})
    assert [labels.text(tag) for tag in ("en", "en-GB", "zh-hant-TW", "zh", "de")] == ["Sum", "Sum", "合計", None, None]
    assert labels.text("de-AT", "documentation") == "Alles."


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Labels(others={"german": "x", "not a tag": "y"}), "language tag .*'not a tag'"),
        (lambda: Labels(others={"en": "x"}), "English labels are given with label="),
        (lambda: Labels(others={"de": {"lable": "x"}}), "no label is called 'lable'; did you mean label"),
        (lambda: Labels(others={"de": {"total": 1}}), "a label is a text"),
        (lambda: Labels(others={"de": 1}), "a label is a text, or a text for each of label, terse"),
        (lambda: d.concept("A", labels={"de": {"lable": "x"}}), "no label is called 'lable'"),
    ],
)
def test_what_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        make()


def test_all_ways_to_give_a_label_end_in_one_place() -> None:
    (option,) = d.concept("A", label="A", label_ja="あ", labels={"de": "Ä", "ja": {"total": "計"}}).metadata.values()
    labels = option.options[0].labels
    assert labels == Labels(standard="A", others={"de": "Ä", "ja": {"label": "あ", "total": "計"}})


def test_joined_labels_are_there_in_the_languages_of_both() -> None:
    joined = Labels(standard="Rate", others={"ja": "相場", "de": "Kurs"}).joined(
        Labels(standard="High", others={"ja": "高値"})
    )
    assert [joined.text(tag) for tag in ("en", "en-US", "ja", "de")] == ["Rate, High", "Rate, High", "相場、高値", None]


def test_a_catalogue_names_classes_fields_options_and_values(wells: ModuleType) -> None:
    spec = item_specification(wells.Well)
    labels = {concept.name: concept.labels for concept in spec.concepts}
    assert spec.options.labels.text("de") == "Brunnen"
    assert spec.options.labels.text("de", "documentation") == "Ein Brunnen."
    assert labels["Depth"].text("de") == "Tiefe"  # from the class that declares the field
    assert labels["SoilWidth"].text("de") == "Breite"  # beside the field
    assert labels["RockWidth"].text("de") == "Breite im Fels"
    assert labels["RockWidthUnsure"].text("de") == "Breite im Fels, unsicher"
    assert member_labels(wells.Ground.ROCK).text("de-CH") == "Fels"
    assert member_labels(wells.Ground.SOIL).text("ja") == "土"
    assert enumeration_labels(wells.Ground, "Ground").text("de") == "Boden"


def test_missing_labels_are_named_as_in_the_catalogue(wells: ModuleType) -> None:
    spec = item_specification(wells.Well)
    assert list(missing_labels(spec, "de")) == ["depth.documentation", "owner.label", "Ground.soil.label"]
    assert list(missing_labels(spec, "en-US")) == []
    assert "class.label" not in missing_labels(spec, "fr")


def test_a_catalogue_is_read_when_its_language_is_asked_for(wells: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def note(path: Path) -> dict[str, Any]:
        read.append(path.name)
        return {}

    monkeypatch.setattr(module, "_read_catalogue", note)
    spec = item_specification(wells.Well)
    assert spec.options.labels.text("en") == "Well"
    assert read == []
    spec.options.labels.text("de")
    assert set(read) == {"de.toml"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[Well", "labels cannot be read"),
        ("Well = 1", "Well is no table of keys"),
        ('[Well]\nclass = "x"', "Well is no table of keys"),
        ('[Well]\nclass.lable = "x"', "the labels of Well.class .de.: no label is called 'lable'"),
    ],
)
def test_a_malformed_catalogue_is_refused(wells: ModuleType, tmp_path: Path, text: str, message: str) -> None:
    module._read_catalogue.cache_clear()
    (tmp_path / "labels" / "de.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=message):
        item_specification(wells.Well).options.labels.text("de")


def test_a_class_without_a_file_has_no_catalogue() -> None:
    functional: Any = Enumeration
    made = functional("Made", {"ONE": "one"}, module="__nowhere__")
    assert catalogue_table(made, "ja") == {}
