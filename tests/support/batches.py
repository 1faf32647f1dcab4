"""Sources of batches: small files of items, good and bad, and what a batch wrote."""

from __future__ import annotations

from pathlib import Path

SOURCE = """filing:
  entity: {{cik: "{cik:010}"}}
  prefix: co{number}
  namespace: http://example.com/co{number}/20050331
  period_end: 2005-03-31
items:
  - {{type: AccumulatedDeficit, amount: ¥{number}.4 billion, as_of: "March 31, 2005"}}
"""
BAD = "items: [not closed"


def write_sources(folder: Path, count: int, *, bad: frozenset[int] = frozenset()) -> list[Path]:
    """So many files of items; those whose numbers are in ``bad`` are no well-formed YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, count + 1):
        path = folder / f"co{number:04}.yaml"
        path.write_text(BAD if number in bad else SOURCE.format(cik=number, number=number), encoding="utf-8")
        paths.append(path)
    return paths


def written(folder: Path) -> dict[str, bytes]:
    """All files that a batch wrote, its ledger aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("batch.ledger")
    }
