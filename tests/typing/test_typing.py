"""The public face is typed: what is right passes ``mypy --strict``, what is wrong is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
API = Path(__file__).with_name("api.py")


def mypy(path: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--warn-unused-ignores", "--follow-imports=silent"]
    command += ["--cache-dir", str(cache), str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_public_face_is_typed(tmp_path: Path) -> None:
    done = mypy(API, ROOT / ".mypy_cache")
    assert done.returncode == 0, done.stdout


def test_without_the_ignores_every_mistake_is_found(tmp_path: Path) -> None:
    text = API.read_text(encoding="utf-8")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if "  # type: ignore[" in line]
    copy = tmp_path / "api_without.py"
    copy.write_text("\n".join(line.partition("  # type: ignore[")[0] for line in text.splitlines()), encoding="utf-8")
    found = {
        int(line.split(":")[1]) for line in mypy(copy, ROOT / ".mypy_cache").stdout.splitlines() if ": error:" in line
    }
    assert found == set(lines)
