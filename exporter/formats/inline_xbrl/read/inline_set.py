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
    DocumentElement,
    DocumentSet,
    InlineLog,
    check_documents,
    load_documents,
)
from exporter.formats.inline_xbrl.read.content import Chains
from exporter.formats.inline_xbrl.read.relationships import InlineRelationship, check_footnotes, find_relationships
from exporter.formats.inline_xbrl.read.targets import TargetDocument, Tuples, check_targets, find_targets
from exporter.formats.inline_xbrl.read.values import check_fractions, check_nesting
from exporter.formats.options import InlineFile
from exporter.resources.limits import DEFAULT_LIMITS, Limits


@define(eq=False)
class InlineSet:
    """A checked document set.

    ``unsound`` are the elements whose attributes cannot be relied on, and facts whose context or unit is not there.
    What is wrong is in ``log``.
    """

    document_set: DocumentSet
    log: InlineLog
    targets: Sequence[TargetDocument]
    chains: Chains
    tuples: Tuples
    relationships: Sequence[InlineRelationship]
    unsound: Set[DocumentElement]
    limits: Limits

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the set, as far as it is known; reading a target may add to it."""
        return self.log.findings

    def release(self) -> None:
        """Let go of the documents' trees once all targets have been read; findings and lines stay."""
        self.document_set.release()
        self.log.in_doubt.clear()

    def choose(self, name: str | None = None) -> TargetDocument:
        """The target of that name; for the default one where there is none, the first there is."""
        for target in self.targets:
            if target.name == name:
                return target
        return self.targets[0] if name is None and self.targets else TargetDocument(name)


def load_set(files: Sequence[InlineFile], limits: Limits = DEFAULT_LIMITS) -> InlineSet:
    """Parse the files of a document set and check them together.

    Raises:
        ReadError: a file cannot be read or is not well-formed XML; all else is noted in the set.
    """
    document_set, log = load_documents(files, limits), InlineLog()
    check_documents(document_set, log)
    attributes = AttributeCheck(log)
    unsound = {node for node in document_set.elements if not attributes.check(node)}
    check_placement(document_set, log)
    check_ids(document_set, log)
    targets = find_targets(document_set)
    check_targets(targets, log)
    chains, tuples = Chains(document_set, log), Tuples(document_set, log)
    check_fractions(document_set, log)
    check_footnotes(document_set, log)
    unsound |= _without_referents(document_set, log)
    relationships = find_relationships(document_set, log)
    return InlineSet(document_set, log, targets, chains, tuples, relationships, unsound, limits)


def _without_referents(document_set: DocumentSet, log: InlineLog) -> set[DocumentElement]:
    """Facts whose context or unit is not there."""
    contexts = {(node.id or "").strip(): node for node in document_set.contexts}
    units = {(node.id or "").strip(): node for node in document_set.units}
    broken = set()
    for node in document_set.facts:
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
                if not contexts and len(document_set.documents) == 1:
                    fix = "give all documents of the set together, or the folder or manifest with them"
                log.error_at(code, message, node, fix=fix)
                broken.add(node)
    return broken


def _is_there(ref: str | None, known: Mapping[str, DocumentElement]) -> bool:
    return ref is None or ref in known or ref.strip() in known
