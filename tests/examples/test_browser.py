"""The example as a person sees it: in a browser, from the disk, with nothing fetched."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from tests.support.chromium import (
    addresses_asked_for,
    document_of,
    image_data,
    needs_chromium,
    opened,
    printed,
    screenshot_of,
)

pytestmark = needs_chromium
SOURCE = Path(__file__).parents[2] / "examples" / "iij-20f-2005" / "report.yaml"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    export_filing(load_filing(SOURCE), folder, formats=("inline-xbrl",))
    return folder / "iij-20050331.xhtml"


@pytest.fixture(scope="module")
def document(page: Path) -> str:
    return document_of(page)


def test_every_tag_is_in_the_document(page: Path, document: str) -> None:
    for name in ("nonFraction", "nonNumeric", "footnote"):
        written = re.findall(rf"<ix:{name}[ >]", page.read_text(encoding="utf-8"))
        shown = re.findall(rf"<ix:{name}[ >]", document)
        assert len(shown) == len(written) > 0


def test_the_document_was_read_as_a_whole(document: str) -> None:
    assert "parsererror" not in document
    assert document.rstrip().endswith("</html>")
    assert "This page contains the following errors" not in document


def test_nothing_is_fetched(page: Path, tmp_path: Path) -> None:
    assert "google" not in page.read_text(encoding="utf-8")  # whose addresses the browser asks for on its own
    assert addresses_asked_for(page, tmp_path / "net.json") == []
    control = tmp_path / "control.html"
    control.write_text('<p>A page with <img src="http://elsewhere.example/image.png"/></p>', encoding="utf-8")
    assert addresses_asked_for(control, tmp_path / "control.json") == ["http://elsewhere.example/image.png"]


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("iXBRLViewerPlugin")
    folder = tmp_path_factory.mktemp("viewer")
    export_filing(load_filing(SOURCE), folder, formats=("inline-xbrl",), viewer=True)
    return folder / "iij-20050331-viewer.html"


def test_the_viewer_fetches_nothing(viewer: Path, tmp_path: Path) -> None:
    assert addresses_asked_for(viewer, tmp_path / "net.json") == []


def test_the_viewer_loads_and_lists_the_facts(viewer: Path) -> None:
    with opened(viewer, width=1400, height=900) as tab:
        assert tab.wait_for("document.querySelector('#ixv.post-processing-complete') !== null")
        sections = "[...document.querySelectorAll('.facts-by-group .section-label')].map(each => each.innerText)"
        said = " ".join(tab.ask(sections))
        assert "Selected Financial Data" in said
        assert "Risk Factor" in said
        page = "document.querySelector('iframe').contentDocument"
        assert tab.ask(f"{page}.querySelectorAll('.ixbrl-element').length") > 250


def test_the_page_fits_a_phone(page: Path) -> None:
    with opened(page, width=420, height=900) as tab:
        assert tab.ask("window.innerWidth") == 420
        assert tab.ask("document.documentElement.scrollWidth") == 420


def test_the_page_is_printed_on_ten_sheets_at_most(page: Path, tmp_path: Path) -> None:
    printed(page, tmp_path / "page.pdf")
    data = (tmp_path / "page.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert 5 <= len(re.findall(rb"/Type ?/Page\b", data)) <= 10


def test_the_page_is_not_blank(page: Path, tmp_path: Path) -> None:
    image = tmp_path / "page.png"
    screenshot_of(page, image)
    width, height, rows = pixels(image)
    assert (width, height) == (1100, 1500)
    assert len({bytes(row) for row in rows}) > 300  # lines of pixels that differ: text, not a surface
    dark = sum(1 for row in rows for value in row if value < 90)
    assert 5_000 < dark < width * height


def pixels(image: Path) -> tuple[int, int, list[bytes]]:
    """The green of every pixel of a PNG without transparency or palette, line by line."""
    data = image.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert depth == 8
    channels = {2: 3, 6: 4}[colour]
    raw, stride = image_data(image), width * channels
    above, rows = bytearray(stride), []
    for line in range(height):
        start = line * (stride + 1)
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above, channels)
        rows.append(bytes(above[1::channels]))
    return width, height, rows


def _unfiltered(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    if kind == 2:
        return bytearray((here + up) & 255 for here, up in zip(row, above, strict=True))
    for at in range(len(row)) if kind else ():
        left, corner = (row[at - step], above[at - step]) if at >= step else (0, 0)
        row[at] = (row[at] + _guess(kind, left, above[at], corner)) & 255
    return row


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    ways = {left: abs(up - corner), up: abs(left - corner), corner: abs(left + up - 2 * corner)}
    return min((left, up, corner), key=lambda each: ways[each])
