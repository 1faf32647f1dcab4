"""What keeps a report from being written as XML, and the texts that XML can carry."""

from __future__ import annotations

import re
from typing import Final

from exporter.errors import WriteError
from exporter.findings import Finding, Location
from exporter.formats.xbrl_xml.fragments import escape_attribute, escape_text
from exporter.model.qname import QName, is_ncname

# Outside the characters of XML 1.0 (section 2.2).
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL: Final = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]")
"""What has to be escaped in text, or cannot be written at all."""


class Problems:
    """Gathers findings; `finish` raises them."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []

    def add(self, code: str, message: str, mend: str | None = None, *, fact: str | None = None) -> None:
        """Note an error."""
        self._findings.append(Finding(code=code, message=message, mend=mend, location=Location(fact=fact)))

    def text(self, text: str, what: str, *, fact: str | None = None) -> str:
        """``text`` as an element's content."""
        return escape_text(text) if self._is_legal(text, what, fact) else ""

    def attribute(self, text: str, what: str) -> str:
        """``text`` as an attribute's value."""
        return escape_attribute(text) if self._is_legal(text, what, None) else ""

    def check_name(self, name: QName, what: str) -> None:
        """Names come from outside; what is no name would be markup."""
        if not is_ncname(name.local_name):
            message = f"{what} {name.clark} has no XML name as its local name"
            self.add("exporter:invalidName", message, "rename it")

    def _is_legal(self, text: str, what: str, fact: str | None) -> bool:
        found = _ILLEGAL.search(text)
        if found is None:
            return True
        message = f"{what} has the character U+{ord(found[0]):04X} at position {found.start()}, which XML cannot carry"
        self.add("exporter:characterNotInXml", message, "take the character out", fact=fact)
        return False

    def finish(self) -> None:
        """Raise what was found.

        Raises:
            WriteError: with every finding.
        """
        if self._findings:
            raise WriteError(findings=self._findings)
