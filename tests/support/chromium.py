"""Chromium without a window: what a person would see of a page, and what the page would fetch."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_OF_THE_MAKER = (".google.com", ".googleapis.com", ".gstatic.com", ".google")



@cache
def chromium_works() -> bool:
    """Whether there is one that starts here and shows a page."""
    if PROGRAM is None:
        return False
    try:
        return "<p>ready</p>" in _run("--dump-dom", "data:text/html,<p>ready</p>")
    except (OSError, subprocess.TimeoutExpired):
        return False


needs_chromium = pytest.mark.usefixtures("chromium")


def _run(*arguments: str) -> str:
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home:
        done = subprocess.run(
            [PROGRAM, *_OPTIONS, f"--user-data-dir={home}", *arguments], capture_output=True, timeout=120, check=False
        )
    return done.stdout.decode("utf-8", errors="replace")


def document_of(page: Path, *, wait: int = 0) -> str:
    """The document as the browser holds it, after ``wait`` milliseconds of scripts."""
    waiting = [f"--virtual-time-budget={wait}"] if wait else []
    return _run("--dump-dom", *waiting, page.as_uri())


def screenshot_of(page: Path, image: Path, *, width: int = 1100, height: int = 1500) -> None:
    _run(f"--window-size={width},{height}", f"--screenshot={image}", page.as_uri())


def addresses_asked_for(page: Path, log: Path) -> list[str]:
    """The addresses that were asked for elsewhere while the page was shown, but for those of the browser's maker."""
    _run("--dump-dom", f"--log-net-log={log}", "--net-log-capture-mode=Everything", page.as_uri())
    text = log.read_text(encoding="utf-8", errors="replace")
    try:
        events: list[dict[str, Any]] = json.loads(text)["events"]
    except ValueError:  # the browser ended before it closed the list
        events = json.loads(text.rstrip().rstrip(",") + "]}")["events"]
    found = (event.get("params", {}).get("url") for event in events)
    urls = {url for url in found if isinstance(url, str) and url.startswith(("http:", "https:", "ws:", "wss:", "ftp:"))}
    return sorted(url for url in urls if not (urlsplit(url).hostname or "").endswith(_OF_THE_MAKER))
