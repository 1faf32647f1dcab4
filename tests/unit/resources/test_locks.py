from __future__ import annotations

from pathlib import Path

import pytest

from exporter.resources.locks import locked


def test_a_lock_file_that_cannot_be_made_is_not_what_the_error_names(tmp_path: Path) -> None:
    subject = tmp_path / "missing" / "out"
    with pytest.raises(OSError, match="No such file") as caught, locked(subject.parent / ".out.exporter-lock", subject):
        pass
    assert caught.value.filename == str(subject)


def test_a_lock_file_is_gone_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / ".out.exporter-lock"
    with locked(lock, tmp_path / "out"):
        assert lock.is_file()
    assert not lock.exists()
