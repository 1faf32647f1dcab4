"""References from concepts to the literature that defines them (XBRL 2.1 section 5.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from exporter.model.qname import QName
from exporter.namespaces import REF

_XBRL: Final = "http://www.xbrl.org/2003/role/"

STANDARD: Final = _XBRL + "reference"
DEFINITION: Final = _XBRL + "definitionRef"
DISCLOSURE: Final = _XBRL + "disclosureRef"
MANDATORY_DISCLOSURE: Final = _XBRL + "mandatoryDisclosureRef"
RECOMMENDED_DISCLOSURE: Final = _XBRL + "recommendedDisclosureRef"
UNSPECIFIED_DISCLOSURE: Final = _XBRL + "unspecifiedDisclosureRef"
PRESENTATION: Final = _XBRL + "presentationRef"
MEASUREMENT: Final = _XBRL + "measurementRef"
COMMENTARY: Final = _XBRL + "commentaryRef"
EXAMPLE: Final = _XBRL + "exampleRef"

STANDARD_PARTS: Final = frozenset(
    {
        "Publisher", "Name", "Number", "IssueDate", "Chapter", "Article", "Note", "Section", "Subsection", "Paragraph",
        "Subparagraph", "Sentence", "Clause", "Subclause", "Appendix", "Example", "Page", "Exhibit", "Footnote",
        "URI", "URIDate",
    }
)  # fmt: skip
"""Local names of the parts in the common reference namespace."""

Parts = tuple[tuple[QName, str], ...]


def _parts(value: Mapping[str, str] | Iterable[tuple[QName | str, str]]) -> Parts:
    pairs = value.items() if isinstance(value, Mapping) else value
    return tuple((QName(REF, name, prefix="ref") if isinstance(name, str) else name, text) for name, text in pairs)


@frozen(kw_only=True, cache_hash=True)
class Reference:
    """One reference of a concept.

    ``parts`` keep their order; a part named by a plain string stands in the common reference namespace
    (``{"Name": "Form 20-F", "Section": "3.A"}``).
    """

    concept: QName
    parts: Parts = field(converter=_parts)
    role: str = STANDARD
