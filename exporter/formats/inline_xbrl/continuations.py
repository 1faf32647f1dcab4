"""Chains of ``ix:continuation``: what a text fact or a footnote goes on with (Inline XBRL 1.1 section 4)."""

from __future__ import annotations

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentSet, Log, Node


class Chains:
    """Follows every chain once; broken chains end where they break, and are noted."""

    def __init__(self, found: DocumentSet, log: Log) -> None:
        self._log = log
        self._continuations: dict[str, Node] = {}
        for node in found.continuations:
            if (id_ := _trimmed(node.id)) is not None:
                self._continuations.setdefault(id_, node)
        self._others = (
            {
                id_
                for document in found.documents
                for each in document.root.iterfind(".//*[@id]")
                if (id_ := each.get("id"))
            }
            if self._continuations or any(node.get("continuedAt") for node in found.facts)
            else set()
        )
        self._referrers: dict[str, list[Node]] = {}
        self._reached: set[str] = set()
        self._chains: dict[Node, tuple[Node, ...]] = {}
        for node in (*found.facts, *found.footnotes):
            if node.get("continuedAt") is not None:
                self._chains[node] = self._follow(node)
        self._check_rest(found)

    def parts(self, start: Node) -> tuple[Node, ...]:
        """The element itself and the continuations of its chain, in the chain's order."""
        return self._chains.get(start) or (start,)

    def _follow(self, start: Node) -> tuple[Node, ...]:
        chain = [start]
        elements = {start.element}
        node = start
        while (target := _trimmed(node.get("continuedAt"))) is not None:
            self._referrers.setdefault(target, []).append(node)
            following = self._continuations.get(target)
            if following is None:
                self._tell_missing(node, target)
                break
            if following.element in elements:
                message = f"the chain of continuations comes back to {target!r}"
                self._log.add("ixe:continuationCycle", message, node, mend="take out the last continuedAt")
                break
            self._reached.add(target)
            chain.append(following)
            elements.add(following.element)
            node = following
        return self._unless_nested(chain)

    def _tell_missing(self, node: Node, target: str) -> None:
        if target in self._others:
            message = f"continuedAt {target!r} names an element that is no ix:continuation"
            self._log.add("ixe:continuationTarget", message, node)
        else:
            message = f"continuedAt names {target!r}, but no ix:continuation has that id"
            self._log.add("ixe:continuationMissing", message, node, mend="correct continuedAt, or take it out")

    def _unless_nested(self, chain: list[Node]) -> tuple[Node, ...]:
        elements = {node.element for node in chain}
        for node in chain:
            if any(above in elements for above in node.element.iterancestors(tags.ANY_IX)):
                message = "a part of a chain stands inside another part of the same chain"
                self._log.add("ixe:continuationChainNested", message, node, mend="move the continuation outside")
                return (chain[0],)
        return tuple(chain)

    def _check_rest(self, found: DocumentSet) -> None:
        """Continuations that no fact or footnote leads to, and those that more than one element names."""
        reached = set(self._reached)
        for node in found.continuations:
            id_ = _trimmed(node.id)
            if id_ is not None and id_ not in self._reached and self._continuations.get(id_) is node:
                self._reached.add(id_)
                self._follow(node)
        for node in found.continuations:
            id_ = _trimmed(node.id) or ""
            if id_ not in reached:
                message = f"no fact or footnote leads to the ix:continuation {id_!r}"
                self._log.add(
                    "ixe:continuationNotReferenced", message, node, mend="name it in continuedAt, or untag it"
                )
            referrers = {each.element for each in self._referrers.get(id_, ())}
            if len(referrers) > 1:
                message = f"{len(referrers)} elements continue at {id_!r}; only one may"
                self._log.add("ixe:continuationReferences", message, node)


def _trimmed(text: str | None) -> str | None:
    return None if text is None else text.strip()
