"""What texts may hold: the characters of XML, URIs as namespaces and schemes."""

from __future__ import annotations

import re
from typing import Final

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_ESCAPE: Final = "%[0-9A-Fa-f]{2}"
_NAME: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=]|{_ESCAPE})*"
_USER: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|{_ESCAPE})*"
_PATH: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|{_ESCAPE})"
_AUTHORITY: Final = rf"//(?:{_USER}@)?(?:\[[0-9A-Fa-f:.]+\]|{_NAME})(?::[0-9]*)?"
_URI: Final = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?:{_AUTHORITY}(?:/{_PATH}*)?|(?!//){_PATH}+)(?:\?(?:{_PATH}|\?)*)?"
)


def first_not_in_xml(text: str) -> str | None:
    """The first character that XML 1.0 cannot carry, as ``U+0001``."""
    match = _NOT_IN_XML.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def is_absolute_uri(text: str) -> bool:
    """Whether ``text`` has a scheme and holds no character that a URI (or IRI) cannot hold."""
    return _ABSOLUTE.fullmatch(text) is not None


def is_namespace_uri(text: str) -> bool:
    """Whether ``text`` is an absolute URI without fragment in the strict sense (RFC 3986): ASCII, escapes complete."""
    return _URI.fullmatch(text) is not None
