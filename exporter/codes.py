"""The stable codes of our own findings, each with what it means.

Specifications' codes (``oime:…``, ``xbrlje:…``) are used as they are and are not listed here.
"""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "exporter:unreadableFile": "the file cannot be opened or read",
    "exporter:unknownFormat": "no format fits the name, the suffix or the content",
    "exporter:doctypeRefused": "the XML document has a document type declaration",
    "exporter:malformedXml": "the document is not well-formed XML",
    "exporter:limitExceeded": "the document goes beyond a limit on size, depth, text, digits or files",
    "exporter:xmlSchema": "the XML document does not fit its schema",
    "exporter:schemaNotFound": "a schema that another one needs is not at hand",
    "exporter:schemaInvalid": "an XML schema is no valid schema",
    "exporter:duplicateId": "an id is given twice in one document",
    "exporter:invalidId": "an id is no XML name",
    "exporter:invalidName": "a name that XML has to carry is no XML name",
    "exporter:characterNotInXml": "a text has a character that XML 1.0 cannot carry",
    "exporter:baseUrlNotInXml": "a base URL cannot be written in XBRL 2.1 XML",
    "exporter:typedDomainUnknown": "XML cannot be written without the domain element of a typed dimension",
    "exporter:danglingLink": "a link starts at or leads to what is not in the report",
    "exporter:yearlessEntityScheme": "an entity scheme looks like a misspelling of the reserved one",
    "exporter:furtherFindings": "there are more findings than are listed",
    "exporter:unknownLinkSource": "a link starts at a fact that is not in the report",
    "exporter:schemaViolation": "a JSON document does not fit its JSON Schema",
}
