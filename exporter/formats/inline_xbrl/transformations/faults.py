"""What goes wrong between a displayed text and a value, by the codes of Inline XBRL 1.1."""

from __future__ import annotations

from typing import ClassVar

from exporter.errors import ModelError
from exporter.formats.oim.faults import LexicalFault
from exporter.model.qname import QName


class TransformationError(LexicalFault):
    """A displayed text cannot be turned into a value.

    ``code`` is that of the rule of Inline XBRL 1.1 that is broken, ``transformation`` the name that stands in
    ``format``, ``mend`` what to do about it.
    """

    rule_code: ClassVar[str] = "ixe:transformValueError"

    def __init__(self, transformation: QName, message: str, mend: str | None = None) -> None:
        super().__init__(self.rule_code, message, mend)
        self.transformation = transformation


class UnknownTransformation(TransformationError):
    """No registry has the name: the namespace is that of no registry, or the registry has no such rule."""

    rule_code: ClassVar[str] = "ixe:invalidTransformation"


class ValueNotAccepted(TransformationError):
    """The rule exists, but does not accept the text."""


class NotPrintable(ModelError):
    """The rule cannot print the value so that it is read back as the same value."""
