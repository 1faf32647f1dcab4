"""Element names of Inline XBRL 1.1 documents in Clark notation."""

from __future__ import annotations

from typing import Final, Literal

from exporter.namespaces import XHTML

IX: Final = "http://www.xbrl.org/2013/inlineXBRL"
IX_1_0: Final = "http://www.xbrl.org/2008/inlineXBRL"

InlineVersion = Literal["1.0", "1.1"]
NAMESPACES: Final[dict[InlineVersion, str]] = {"1.0": IX_1_0, "1.1": IX}

CONTINUATION: Final = f"{{{IX}}}continuation"
DENOMINATOR: Final = f"{{{IX}}}denominator"
EXCLUDE: Final = f"{{{IX}}}exclude"
FOOTNOTE: Final = f"{{{IX}}}footnote"
FRACTION: Final = f"{{{IX}}}fraction"
HEADER: Final = f"{{{IX}}}header"
HIDDEN: Final = f"{{{IX}}}hidden"
NON_FRACTION: Final = f"{{{IX}}}nonFraction"
NON_NUMERIC: Final = f"{{{IX}}}nonNumeric"
NUMERATOR: Final = f"{{{IX}}}numerator"
REFERENCES: Final = f"{{{IX}}}references"
RELATIONSHIP: Final = f"{{{IX}}}relationship"
RESOURCES: Final = f"{{{IX}}}resources"
TUPLE: Final = f"{{{IX}}}tuple"

ELEMENTS: Final = frozenset(
    {
        CONTINUATION,
        DENOMINATOR,
        EXCLUDE,
        FOOTNOTE,
        FRACTION,
        HEADER,
        HIDDEN,
        NON_FRACTION,
        NON_NUMERIC,
        NUMERATOR,
        REFERENCES,
        RELATIONSHIP,
        RESOURCES,
        TUPLE,
    }
)
FACTS: Final = frozenset({FRACTION, NON_FRACTION, NON_NUMERIC, TUPLE})
"""What becomes a fact of a target document."""

ANY_IX: Final = f"{{{IX}}}*"
HTML: Final = f"{{{XHTML}}}html"
HEAD: Final = f"{{{XHTML}}}head"
BASE: Final = f"{{{XHTML}}}base"


def local_name(tag: object) -> str:
    """The name as messages show it: ``ix:nonFraction``, ``td``, ``xbrli:context``."""
    namespace, _, name = str(tag).rpartition("}")
    return f"ix:{name}" if namespace == f"{{{IX}" else name
