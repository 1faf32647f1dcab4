"""A document set with all rules of Inline XBRL 1.1 applied that do not need a taxonomy.

Documents of Inline XBRL 1.0 are brought into its shape before (`version_1_0`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from attrs import define

from exporter.findings import Finding
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.check.elements import AttributeCheck, check_ids, check_placement
from exporter.formats.inline_xbrl.document_set import (
    DocumentSet,
    InlineFile,
    InlineLog,
    Node,
    check_documents,
    load_documents,
)
from exporter.formats.inline_xbrl.read.content import Chains
from exporter.formats.inline_xbrl.read.relationships import Relationship, check_footnotes, find_relationships
from exporter.formats.inline_xbrl.read.targets import Target, Tuples, check_targets, find_targets
from exporter.formats.inline_xbrl.read.values import check_fractions, check_nesting
from exporter.resources.limits import DEFAULT_LIMITS, Limits


@define(eq=False)
class InlineSet:
    """A checked document set.

    ``unsound`` are the elements whose attributes cannot be relied on, and facts whose context or unit is not there.
    What is wrong is in ``log``.
    """

    found: DocumentSet
    log: InlineLog
    targets: Sequence[Target]
    chains: Chains
    tuples: Tuples
    relationships: Sequence[Relationship]
    unsound: Set[Node]
    limits: Limits

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the set, found so far; reading a target may add to it."""
        return self.log.findings

    def release(self) -> None:
        """Let go of the documents' trees once all targets have been read; findings and lines stay."""
        self.found.release()
        self.log.in_doubt.clear()

    def choose(self, name: str | None = None) -> Target:
        """The target of that name; for the default one where there is none, the first there is."""
        for target in self.targets:
            if target.name == name:
                return target
        return self.targets[0] if name is None and self.targets else Target(name)


def load_set(files: Sequence[InlineFile], limits: Limits = DEFAULT_LIMITS) -> InlineSet:
    """Parse the files of a document set and check them together.

    Raises:
        ReadError: a file cannot be read or is not well-formed XML; all else is noted in the set.
    """
    found, log = load_documents(files, limits), InlineLog()
    check_documents(found, log)
    attributes = AttributeCheck(log)
    unsound = {node for node in found.elements if not attributes.check(node)}
    check_placement(found, log)
    check_ids(found, log)
    targets = find_targets(found)
    check_targets(targets, log)
    chains, tuples = Chains(found, log), Tuples(found, log)
    check_fractions(found, log)
    check_footnotes(found, log)
    unsound |= _without_referents(found, log)
    relationships = find_relationships(found, log)
    return InlineSet(found, log, targets, chains, tuples, relationships, unsound, limits)


def _without_referents(found: DocumentSet, log: InlineLog) -> set[Node]:
    """Facts whose context or unit is not there."""
    contexts = {(node.id or "").strip(): node for node in found.contexts}
    units = {(node.id or "").strip(): node for node in found.units}
    broken = set()
    for node in found.facts:
        if node.element.tag == tags.NON_FRACTION:
            check_nesting(node, log)
        for key, known, code in (
            ("contextRef", contexts, "ixe:contextReference"),
            ("unitRef", units, "ixe:unitReference"),
        ):
            if not _is_there(node.get(key), known):
                kind = "xbrli:context" if known is contexts else "xbrli:unit"
                message = f"{key} names {node.get(key)!r}, but no {kind} has that id"
                fix = f"add the {kind} to ix:resources, or correct {key}"
                if not contexts and len(found.documents) == 1:
                    fix = "give all documents of the set together, or the folder or manifest with them"
                log.error_at(code, message, node, fix=fix)
                broken.add(node)
    return broken


def _is_there(ref: str | None, known: Mapping[str, Node]) -> bool:
    return ref is None or ref in known or ref.strip() in known
