"""Tuples: which facts are their members, and in what order (Inline XBRL 1.1 section 15)."""

from __future__ import annotations

from decimal import Decimal

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.content import plain_text
from exporter.formats.inline_xbrl.document_set import DocumentSet, Log, Node
from exporter.formats.inline_xbrl.numbers import is_nil
from exporter.formats.inline_xbrl.targets import target_of
from exporter.model.fact import parse_number


class Tuples:
    """Finds the members of every tuple; a fact in no tuple stands at the top of its target document."""

    def __init__(self, found: DocumentSet, log: Log) -> None:
        self._log = log
        self._tuples = {node.element: node for node in found.facts if node.element.tag == tags.TUPLE}
        self._by_name: dict[str, Node] = {}
        self._parents: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        for node in self._tuples.values():
            self._name(node)
        for node in found.facts:
            self._place(node)
        for node in self._tuples.values():
            self._check(node)

    def is_member(self, node: Node) -> bool:
        """Whether a fact belongs to a tuple."""
        return node in self._parents

    def members(self, node: Node) -> list[Node]:
        """The members of a tuple in their order, equal ones once."""
        by_order: dict[Decimal, Node] = {}
        for member in self._members.get(node, ()):
            order = parse_number(member.get("order") or "")
            if order is not None:
                by_order.setdefault(order, member)
        return [member for _, member in sorted(by_order.items(), key=lambda pair: pair[0])]

    def _name(self, node: Node) -> None:
        name = node.get("tupleID")
        if name is None:
            return
        if name in self._by_name:
            self._log.add("ixe:tupleIdDuplication", f"two tuples have the tupleID {name!r}", node)
        self._by_name.setdefault(name, node)

    def _place(self, node: Node) -> None:
        parent = self._parent(node)
        order = node.get("order")
        if parent is None:
            if order is not None:
                message = "order is for members of tuples, and this fact is in none"
                self._log.add("ixe:tupleOrder", message, node, mend="take order out")
            return
        if order is None:
            message = "a member of a tuple has an order"
            self._log.add("ixe:tupleMemberOrderMissing", message, node, mend="add order")
        if target_of(parent) != target_of(node):
            message = "a member of a tuple has the target of its tuple"
            self._log.add("ixe:tupleMemberDifferentTarget", message, node)
        self._parents[node] = parent
        self._members.setdefault(parent, []).append(node)
        self._break_cycle(node)

    def _parent(self, node: Node) -> Node | None:
        name = node.get("tupleRef")
        if name is not None:
            parent = self._by_name.get(name.strip())
            if parent is None:
                message = f"tupleRef names {name!r}, but no ix:tuple has that tupleID"
                self._log.add("ixe:tupleRefMissing", message, node)
            return parent
        if not self._tuples:
            return None
        above = next(node.element.iterancestors(tags.ANY_IX), None)
        return None if above is None else self._tuples.get(above)

    def _break_cycle(self, node: Node) -> None:
        above, steps = self._parents.get(node), 0
        while above is not None and steps <= len(self._tuples):
            if above is node:
                self._log.add("ixe:tupleNestingCycle", "a tuple is a member of itself", node)
                self._members[self._parents.pop(node)].remove(node)
                return
            above, steps = self._parents.get(above), steps + 1

    def _check(self, node: Node) -> None:
        members = self._members.get(node, ())
        inner = next(node.element.iterdescendants(*tags.FACTS), None)
        if node.get("tupleID") is None and inner is None and not is_nil(node):
            message = "a tuple without facts inside has a tupleID that its members name"
            self._log.add("ixe:tupleID", message, node, mend="add tupleID")
        for child in node.element.iterdescendants(tags.NUMERATOR, tags.DENOMINATOR):
            if next(child.iterancestors(tags.ANY_IX)) is node.element:
                message = f"{tags.local_name(child.tag)} stands directly in a tuple"
                self._log.add("ixe:tupleContentError", message, Node(child, node.document))
        first: dict[Decimal, Node] = {}
        for member in members:
            order = parse_number(member.get("order") or "")
            if order is not None and not _agree(first.setdefault(order, member), member):
                message = f"two members of a tuple have the order {order} and differ"
                self._log.add("ixe:tupleSameOrderMembersUnequal", message, member, mend="number the members")


def _agree(one: Node, other: Node) -> bool:
    """Whether two members are the same but for their order: attributes and text, blanks aside."""
    return one is other or _essence(one) == _essence(other)


def _essence(node: Node) -> tuple[object, ...]:
    attributes = {key: " ".join(value.split()) for key, value in node.attributes.items() if key != "order"}
    return node.element.tag, attributes, " ".join(plain_text((node,)).split())
