"""What a process that is kept to a folder may open."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from exporter.operations.confinement import confined


def test_files_outside_are_refused_inside_the_block_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in" / "a.txt", tmp_path / "inside.txt"
    inside.parent.mkdir()
    outside.write_text("secret", encoding="utf-8")
    (inside.parent / "link").symlink_to(outside)
    other = tmp_path / "package.zip"
    other.write_bytes(b"PK")
    with confined(inside.parent, readable=[other]):
        inside.write_text("a", encoding="utf-8")
        assert inside.read_text(encoding="utf-8") == "a"
        assert other.read_bytes() == b"PK"
        with tempfile.TemporaryFile() as file:
            file.write(b"a")
        for path in (outside, inside.parent / ".." / "inside.txt", inside.parent / "link"):
            with pytest.raises(PermissionError, match="outside the folder"):
                path.read_text(encoding="utf-8")
        for change in (outside.unlink, lambda: inside.rename(tmp_path / "b"), (tmp_path / "new").mkdir):
            with pytest.raises(PermissionError):
                change()
    assert outside.read_text(encoding="utf-8") == "secret"


def test_programs_and_the_network_are_refused(tmp_path: Path) -> None:
    with confined(tmp_path):
        with pytest.raises(PermissionError):
            subprocess.run([sys.executable, "-c", ""], check=False)
        with socket.socket() as connection, pytest.raises(PermissionError):
            connection.connect(("127.0.0.1", 9))
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0
