"""Stages: observed from outside, as spans where the program traces, and nothing where nobody looks on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from exporter.resources.stages import observed, stage


@stage("inner")
def inner(number: int) -> int:
    if number < 0:
        raise ValueError("negative")
    return number + 1


@stage(lambda number: f"outer {number}")
def outer(number: int) -> int:
    """Its own text."""
    return inner(number) * 2


class Look:
    """An observer that notes what happens."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self.events.append(f"begin {name}")
        try:
            yield
        finally:
            self.events.append(f"end {name}")


def test_stages_are_observed_within_the_block_only() -> None:
    look = Look()
    with observed(look):
        assert outer(1) == 4
    assert outer(2) == 6
    assert look.events == ["begin outer 1", "begin inner", "end inner", "end outer 1"]
    assert (outer.__name__, outer.__doc__) == ("outer", "Its own text.")


def test_all_who_look_on_see_a_stage_and_its_failure() -> None:
    first, second = Look(), Look()
    with observed(first), observed(second), pytest.raises(ValueError, match="negative"):
        inner(-1)
    assert first.events == second.events == ["begin inner", "end inner"]


def test_stages_are_spans_within_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    exported = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exported))
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER", provider)
    outer(1)
    first, second = exported.get_finished_spans()
    assert (first.name, second.name) == ("exporter inner", "exporter outer 1")
    assert first.parent is not None
    assert second.context is not None
    assert first.parent.span_id == second.context.span_id
    assert second.parent is None


def test_nothing_is_imported_where_nobody_looks_on() -> None:
    program = (
        "import sys, exporter as ex\nimport exporter.operations.export\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry', 'exporter.operations.obs'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
