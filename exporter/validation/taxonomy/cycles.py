"""Cycles in networks of relationships, found in time that grows with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exporter.model.qname import QName
from exporter.taxonomy.links import Edge


def by_source(edges: Iterable[Edge]) -> dict[QName, list[Edge]]:
    """Edges by where they start."""
    found: dict[QName, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge)
    return found


def directed_cycle(successors: Mapping[QName, list[Edge]]) -> list[Edge] | None:
    """The edges of one cycle that follows their direction, ``None`` where there is none."""
    done: set[QName] = set()
    for start in successors:
        if start in done:
            continue
        path: list[Edge] = []
        on_path = {start: 0}
        stack: list[Iterator[Edge]] = [iter(successors[start])]
        while stack:
            edge = next(stack[-1], None)
            if edge is None:
                stack.pop()
                left = path.pop().target if path else start
                done.add(left)
                on_path.pop(left, None)
            elif edge.target in on_path:
                return [*path[on_path[edge.target] :], edge]
            elif edge.target not in done:
                path.append(edge)
                on_path[edge.target] = len(path)
                stack.append(iter(successors.get(edge.target, ())))
    return None


def undirected_cycle(edges: Iterable[Edge]) -> Edge | None:
    """An edge that joins what other edges have joined already; several between one pair count once."""
    leader: dict[QName, QName] = {}

    def find(name: QName) -> QName:
        root = name
        while (above := leader.setdefault(root, root)) != root:
            root = above
        while leader[name] != root:
            leader[name], name = root, leader[name]
        return root

    seen: set[frozenset[QName]] = set()
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        if pair in seen:
            continue
        seen.add(pair)
        one, other = find(edge.source), find(edge.target)
        if one == other:
            return edge
        leader[one] = other
    return None
