"""Qualified names: a namespace and a local name. The prefix is syntax, not data."""

from __future__ import annotations

import re

from attrs import field, frozen

from exporter.errors import ModelError

# NCName, XML 1.0 5th edition (names without colons).
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NCNAME_PATTERN = f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f-\u2040{_START}]*"
_NCNAME = re.compile(NCNAME_PATTERN)


def is_ncname(text: str) -> bool:
    """Whether ``text`` is an XML name without a colon (XML Namespaces 1.0)."""
    return _NCNAME.fullmatch(text) is not None


@frozen(cache_hash=True)
class QName:
    """An expanded name.

    ``prefix`` is a preference for writers and takes no part in equality.
    """

    namespace: str
    local_name: str
    prefix: str | None = field(default=None, eq=False, kw_only=True)

    @classmethod
    def parse(cls, clark: str) -> QName:
        """From Clark notation ``{namespace}local``.

        Raises:
            ModelError: the text is not in Clark notation.
        """
        if clark.startswith("{") and (end := clark.find("}")) > 0:
            return cls(clark[1:end], clark[end + 1 :])
        raise ModelError(f"expected a name in Clark notation {{namespace}}local, got {clark!r}")

    @property
    def clark(self) -> str:
        """``{namespace}local``."""
        return f"{{{self.namespace}}}{self.local_name}"

    @property
    def expanded(self) -> str:
        """``namespace#local``, the form of Extensible Enumerations 2.0 in XML."""
        return f"{self.namespace}#{self.local_name}"

    @property
    def sort_key(self) -> tuple[str, str]:
        return (self.namespace, self.local_name)

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local_name}" if self.prefix else self.clark
