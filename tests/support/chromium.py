"""Chromium without a window: what a person would see of a page, and what the page would fetch."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
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


def image_data(image: Path) -> bytes:
    """What a PNG holds, uncompressed: lines of pixels, each with the number of its filter before it."""
    data = image.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    packed, place = b"", 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + length]
        place += 12 + length
    return zlib.decompress(packed)


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


def printed(page: Path, target: Path) -> None:
    """The page as it is printed, as a PDF."""
    _run("--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri())


class Tab:
    """A page as it is open in a browser, in real time; what scripts give is asked for over the debugging pipe."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._number, self._left, self._session = 0, b"", ""
        self.complaints: list[str] = []
        """What the console has: exceptions, refusals of the content security policy, errors written by scripts."""

    def open(self, page: Path, *, width: int, height: int) -> None:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        is_phone = width < 600
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone}
        self._call("Emulation.setDeviceMetricsOverride", **size)
        for domain in ("Log", "Runtime"):
            self._call(f"{domain}.enable")
        self._call("Page.navigate", url=page.as_uri())
        assert self.wait_for("document.readyState == 'complete' && location.protocol == 'file:'")

    def ask(self, expression: str) -> Any:
        """What a JavaScript expression gives now; ``None`` where it fails."""
        given = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        return None if "exceptionDetails" in given else given["result"].get("value")

    def wait_for(self, condition: str, *, seconds: float = 60) -> bool:
        """Whether the condition comes to hold within the time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.ask(condition):
                return True
            time.sleep(0.05)
        return False

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        sent = {"id": self._number, "method": method, "params": parameters, **session}
        os.write(self._writing, json.dumps(sent).encode() + b"\0")
        while (answer := self._message()).get("id") != self._number:
            self._note(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _note(self, event: dict[str, Any]) -> None:
        match event:
            case {"method": "Log.entryAdded", "params": {"entry": {"level": "error" | "warning", "text": str(text)}}}:
                self.complaints.append(text)
            case {"method": "Runtime.exceptionThrown" | "Runtime.consoleAPICalled", "params": dict(parameters)}:
                if parameters.get("type", "error") in ("error", "warning", "assert"):
                    self.complaints.append(json.dumps(parameters)[:500])

    def emulate(self, *, media: str = "", scheme: str = "light") -> None:
        """Show the page as on paper (``print``), in the light or the dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._call("Emulation.setEmulatedMedia", media=media, features=features)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._reading], [], [], 60)
            assert ready, "the browser does not answer"
            received = os.read(self._reading, 1 << 16)
            assert received, "the browser has gone"
            self._left += received
        first, _, self._left = self._left.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message


@contextmanager
def opened(page: Path, *, width: int = 1100, height: int = 1500) -> Iterator[Tab]:
    """The page, open in a browser of its own."""
    assert PROGRAM is not None
    commands, writing = os.pipe()
    reading, answers = os.pipe()
    # The browser reads from 3 and writes to 4; what is there already must not be in the way.
    theirs = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (commands, answers)]
    shell = f'exec "$0" "$@" 3<&{theirs[0]} 4>&{theirs[1]}'
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home:
        arguments = [PROGRAM, *_OPTIONS, f"--user-data-dir={home}", "--remote-debugging-pipe", "about:blank"]
        browser = subprocess.Popen(
            ["/bin/bash", "-c", shell, *arguments],
            pass_fds=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (commands, answers, *theirs):
            os.close(end)
        try:
            tab = Tab(reading, writing)
            tab.open(page, width=width, height=height)
            yield tab
        finally:
            os.close(writing)
            os.close(reading)
            browser.terminate()
            browser.wait(30)
