"""One direction of streaming in a process of its own: ``stream_one in|out|check FORMAT PATH COUNT``.

``check`` looks for duplicates among facts that are all unlike.
"""

from __future__ import annotations

import sys
from pathlib import Path

from attrs import evolve

from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.registry import format_by_name
from exporter.model.dimensions import Context, TypedDimension
from exporter.model.fact import Fact
from exporter.operations.read import has_duplicates
from tests.benchmarks import workload


def _unlike(number: int, fact: Fact) -> Fact:
    context = Context(fact.entity, fact.period, (TypedDimension(workload.AXIS, str(number)),))
    return Fact(fact.concept, context, fact.value, fact.decimals, fact.unit, fact.language, id=fact.id)


def main(direction: str, name: str, path: Path, count: int) -> None:
    form = format_by_name(name)
    if direction == "in":
        options = ReadOptions(load_vocabulary=lambda hrefs: workload.VOCABULARY)
        read = sum(1 for _ in form.iter_facts(path, options))
    elif direction == "check":
        read = 0 if has_duplicates(map(_unlike, range(count), workload.generate_facts(count))) else count
    else:
        head, facts = evolve(workload.build_report(1), facts=()), workload.generate_facts(count)
        with form.target(path) as target:
            read = form.write(head, target, WriteContext(facts=facts))
    if read != count:
        raise SystemExit(f"{read} facts, expected {count}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
