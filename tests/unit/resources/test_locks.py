from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.resources.locks import PART, locked, part_prefix, parts_of


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


def test_only_what_is_on_its_way_to_a_target_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "co1"
    own = [part_folder_of(target, letters) for letters in ("abcd_123", "zzzzzzzz")]
    others = [tmp_path / f"co{number}" for number in range(1, 400)]
    others += [tmp_path / f"{part_prefix(target)}short{PART}", tmp_path / f"{part_prefix(target)}abcd_123"]
    for path in (*own, *others):
        path.mkdir()
    examined: list[Path] = []
    lstat = Path.lstat

    def noted_lstat(path: Path) -> os.stat_result:
        examined.append(path)
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", noted_lstat)
    assert sorted(parts_of(target, tmp_path)) == own
    assert set(examined) <= set(own)


def part_folder_of(target: Path, letters: str) -> Path:
    return target.with_name(f"{part_prefix(target)}{letters}{PART}")
