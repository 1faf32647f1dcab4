"""The findings of one reading, and the ids of an instance, which are XML names and unique."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field
from lxml import etree

from exporter.findings import FindingLog, Severity
from exporter.formats.options import LEFT_OUT
from exporter.formats.xbrl_xml.tags import WHITE_SPACE, XML_BASE
from exporter.model.qname import QName, is_ncname


class InstanceLog(FindingLog):
    """The findings of one instance, all of them: its readers ask which were added since.

    ``left_out`` counts the facts that a partial report does without.
    """

    def __init__(self, file: str | None, *, partial: bool = False) -> None:
        super().__init__(file=file, at_most=None)
        self._has_many_links = False
        self.partial = partial
        self.left_out = 0

    def leave_out(self, concept: QName, reason: str, line: int | None, *, fact: str | None, certain: bool) -> None:
        """Note, where the report is to be partial, a fact left out because of something that is reported already."""
        if self.partial:
            self.left_out += 1
            severity = Severity.WARNING if certain else Severity.ERROR
            message = f"{concept} is left out: {reason}"
            self.add(self.finding(LEFT_OUT, message, line=line, fact=fact, severity=severity))

    def refuse_base(self, element: etree._Element) -> None:
        """Note every ``xml:base`` in ``element``: the mapping to the OIM has no place for it."""
        for descendant in element.iter():
            if descendant.get(XML_BASE) is not None:
                self.add_base(line_of(descendant))

    def exceed_digits(self, message: str, line: int | None) -> None:
        """Note a number beyond the limit on digits."""
        fix = "raise the limit number_digits if you trust the document"
        self.error("exporter:limitExceeded", message, fix, line=line)

    def are_few(self, links: int, limit: int, line: int | None) -> bool:
        """Whether that many links may be held; an excess is noted once."""
        if links > limit and not self._has_many_links:
            self._has_many_links = True
            message = f"the document states more than {limit:,} links between facts and footnotes"
            fix = "give locators and footnotes labels of their own, or raise limits.links"
            self.error("exporter:limitExceeded", message, fix, line=line)
        return links <= limit

    def add_base(self, line: int | None) -> None:
        """Note one ``xml:base``."""
        self.error(
            "xbrlxe:unsupportedXmlBase",
            "xml:base is outside the mapping to the Open Information Model",
            "take xml:base out and write the URLs in full",
            line=line,
        )


def line_of(element: etree._Element) -> int | None:
    """The 1-based line where the element's start tag ends, where known."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def resolve_qname(text: str, namespaces: Mapping[str | None, str]) -> QName | None:
    """The name that ``text`` means in this scope; ``None`` if it is no name or its prefix is not declared.

    A name without prefix is in the default namespace (XML Schema part 2, section 3.2.18).
    """
    prefix, colon, local = text.strip(WHITE_SPACE).rpartition(":")
    if not is_ncname(local) or (colon and prefix not in namespaces):
        return None
    if not colon:
        return QName(namespaces.get(None, ""), local)
    return QName(namespaces[prefix], local, prefix=prefix)


@define(eq=False)
class Ids:
    """Gathers ids. ``all`` are those met, ``others`` those of anything but a fact.

    Where ``keeps_facts`` is not set, the ids of facts are not remembered: their number has no bound.
    """

    _log: InstanceLog
    keeps_facts: bool
    all: set[str] = field(factory=set, init=False)
    others: set[str] = field(factory=set, init=False)

    def add_fact(self, id_: str, line: int | None) -> None:
        """The id of a fact."""
        self._check(id_, line)
        if self.keeps_facts:
            self.all.add(id_)

    def add_other(self, id_: str, line: int | None) -> None:
        """The id of a context, a unit, a footnote or of what else is no fact."""
        self._check(id_, line)
        self.all.add(id_)
        self.others.add(id_)

    def facts(self) -> set[str]:
        """The ids of facts."""
        return self.all - self.others

    def _check(self, id_: str, line: int | None) -> None:
        if id_ in self.all:
            message = f"the id {id_!r} is given twice"
            self._log.error("exporter:duplicateId", message, "ids are unique in a document", line=line)
        elif not is_ncname(id_):
            self._log.error("exporter:invalidId", f"an id is an XML name, got {id_!r}", line=line)
