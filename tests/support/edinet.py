"""The FSA's taxonomy and sample filings, where they are at hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.support.real_instances import DATA

TAXONOMY = DATA / "edinet" / "edinet-2025-11-01.zip"


def unpacked(sample: Path, folder: Path) -> Path:
    """The folder with the files of a sample filing."""
    with zipfile.ZipFile(sample) as archive:
        archive.extractall(folder)
    return folder
