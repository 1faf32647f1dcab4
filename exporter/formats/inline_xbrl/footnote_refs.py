"""Footnotes as Inline XBRL 1.0 has them: facts name them, and each has its roles itself."""

from __future__ import annotations

from exporter.formats.oim.faults import shortened
from exporter.formats.xbrl_xml.problems import Problems
from exporter.model.report import Report
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_LINK

_NEWER = "write Inline XBRL 1.1"


class FootnoteRefs:
    """What the links of a report become in Inline XBRL 1.0; what has no place there goes to ``problems``."""

    def __init__(self, report: Report, problems: Problems) -> None:
        notes = {note.id for note in report.footnotes}
        self._refs: dict[str, list[str]] = {}
        self._roles: dict[str, tuple[str, str]] = {}
        for link in dict.fromkeys(report.links):
            roles = link.type, link.group
            if link.target not in notes:
                message = f"the link from {link.source!r} leads to the fact {link.target!r}, not to a footnote"
                problems.add("exporter:notInInline10", message, _NEWER, fact=link.source)
            elif self._roles.setdefault(link.target, roles) != roles:
                message = f"the footnote {shortened(link.target)} is linked in two ways, and there is place for one"
                problems.add("exporter:notInInline10", message, _NEWER, fact=link.source)
            else:
                self._refs.setdefault(link.source, []).append(link.target)

    def of(self, fact: str) -> list[str]:
        """The footnotes of a fact, by their ids."""
        return self._refs.get(fact, [])

    def attributes(self, note: str) -> list[tuple[str, str]]:
        """The attributes of ``ix:footnote`` that say how it is linked."""
        arcrole, role = self._roles.get(note, (ARCROLE_FACT_FOOTNOTE, ROLE_LINK))
        found = [] if arcrole == ARCROLE_FACT_FOOTNOTE else [("arcrole", arcrole)]
        return found if role == ROLE_LINK else [*found, ("footnoteLinkRole", role)]
