"""The stable codes of our own findings, each with what it means.

Specifications' codes (``oime:…``, ``xbrlje:…``) are used as they are and are not listed here.
"""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "exporter:unreadableFile": "the file cannot be opened or read",
    "exporter:unknownFormat": "no format fits the name, the suffix or the content",
}
