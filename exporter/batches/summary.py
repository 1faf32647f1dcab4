"""What came of a batch, as rows, JSON, Parquet (extra ``frames``) and a page."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from exporter.batches.run import BatchResult, TaskResult
from exporter.errors import MissingExtraError
from exporter.findings import choice_hint
from exporter.resources.files import atomic_write

SUFFIXES: Final = (".json", ".parquet", ".html")


def as_rows(result: BatchResult) -> list[dict[str, Any]]:
    """A row for each task, in the order of the manifest: plain values, findings counted by severity and code."""
    return [_row(task) for task in result.results]


def _row(result: TaskResult) -> dict[str, Any]:
    task, outcome = result.task, result.outcome
    errors = [finding for finding in outcome.findings if finding.is_error]
    codes = Counter(finding.code for finding in outcome.findings)
    return {
        "task": task.kind,
        "source": task.source,
        "output": task.output,
        "status": outcome.status,
        "origin": result.origin,
        "attempts": result.attempts,
        "seconds": round(outcome.seconds, 3),
        "items": outcome.counts.get("items"),
        "facts": outcome.counts.get("facts"),
        "files": len(outcome.outputs),
        "errors": len(errors),
        "findings": len(outcome.findings),
        "codes": ", ".join(f"{code} {number}" if number > 1 else code for code, number in codes.items()),
        "first": str(errors[0]) if errors else None,
    }


def as_dict(result: BatchResult) -> dict[str, Any]:
    """The whole result as JSON holds it, with every finding and the digest of every file."""
    rows = as_rows(result)
    for row, task in zip(rows, result.results, strict=True):
        row["findings"] = [finding.as_dict() for finding in task.outcome.findings]
        row["outputs"] = dict(task.outcome.outputs)
    return {**totals(result), "tasks": rows}


def totals(result: BatchResult) -> dict[str, Any]:
    """How many tasks there were, how they ended, and how long all took in seconds."""
    counts = {status: result.count(status) for status in ("done", "invalid", "failed")}
    return {"folder": result.folder, "count": len(result.results), "resumed": result.resumed, **counts} | {
        "seconds": round(result.seconds, 3)
    }


def write_summary(result: BatchResult, path: Path) -> None:
    """Write the result as JSON, Parquet or a page; the suffix says which.

    Raises:
        ValueError: the suffix is none of `SUFFIXES`.
        MissingExtraError: Parquet needs the extra ``frames``.
        OSError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(choice_hint(suffix, SUFFIXES))
    if suffix == ".parquet":
        content = _parquet(result)
    elif suffix == ".html":
        content = _page(result).encode()
    else:
        content = (json.dumps(as_dict(result), ensure_ascii=False, indent=2) + "\n").encode()
    with atomic_write(path) as file:
        file.write(content)


def _parquet(result: BatchResult) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("frames", "a summary as Parquet") from error
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(as_rows(result)), sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _page(result: BatchResult) -> str:
    from jinja2 import Environment, StrictUndefined

    text = files("exporter.batches").joinpath("summary.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(text)
    return template.render(totals=totals(result), tasks=list(zip(as_rows(result), result.results, strict=True)))
