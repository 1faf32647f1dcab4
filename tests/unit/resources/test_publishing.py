"""Files appear in their folder together or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import WriteError
from exporter.resources import locks, publishing
from exporter.resources.files import atomic_write
from exporter.resources.locks import locked, private_folder
from exporter.resources.publishing import publish, staged, write_together
from tests.support.interrupting import content
from tests.unit.cli.running import ROOT

EXIT_CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGKILL": -9}
UNSWAPPABLE = sys.platform != "linux"


def put(folder: Path, texts: dict[str, str], *, stale: tuple[str, ...] = ()) -> None:
    with staged(folder) as staging:
        for name, text in texts.items():
            (staging.files / name).parent.mkdir(parents=True, exist_ok=True)
            (staging.files / name).write_text(text)
        staging.stale += stale
        publish(staging)


def visible(left: dict[str, str]) -> dict[str, str]:
    """What a reader of the folder sees."""
    return {name: text for name, text in left.items() if not any(part.startswith(".") for part in name.split("/"))}


def interrupt(job: str, folder: Path, *signals: str, every: int = 1) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.interrupting", job, str(folder), str(every), *signals],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert isinstance(result, dict)
    assert result["old"] != result["new"]
    assert len(result["outcomes"]) > 5
    return result


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals and fork")
class TestSignals:
    @pytest.mark.parametrize("job", ["publish_new", "swap", "journal", "several", "single_file", "tables"])
    def test_at_any_step_they_leave_the_old_or_the_new_and_nothing_else(self, job: str, tmp_path: Path) -> None:
        result = interrupt(job, tmp_path, "SIGINT", "SIGTERM", "SIGHUP")
        for outcome in result["outcomes"]:
            assert outcome["left"] in (result["old"], result["new"]), outcome["step"]
            assert outcome["code"] == EXIT_CODES[outcome["signal"]]
            assert (outcome["again"], outcome["at_last"]) == (0, result["new"])

    @pytest.mark.parametrize("job", ["publish_new", "swap", "single_file", "tables"])
    def test_a_kill_at_any_step_leaves_the_old_or_the_new_and_the_next_run_clears(
        self, job: str, tmp_path: Path
    ) -> None:
        if job == "swap" and UNSWAPPABLE:
            pytest.skip("the system cannot swap folders")
        result = interrupt(job, tmp_path, "SIGKILL")
        for outcome in result["outcomes"]:
            assert visible(outcome["left"]) in (result["old"], result["new"]), outcome["step"]
            assert outcome["code"] == EXIT_CODES["SIGKILL"]
            assert (outcome["again"], outcome["at_last"]) == (0, result["new"])

    @pytest.mark.parametrize("job", ["journal", "several"])
    def test_where_files_are_moved_one_by_one_the_next_run_takes_back_what_a_killed_one_did(
        self, job: str, tmp_path: Path
    ) -> None:
        result = interrupt(job, tmp_path, "SIGKILL")
        old, new = result["old"], result["new"]
        for outcome in result["outcomes"]:
            assert outcome["code"] == EXIT_CODES["SIGKILL"]
            for folder in ("out/", "side/"):
                undone = {name: text for name, text in outcome["undone"].items() if name.startswith(folder)}
                assert undone in (
                    {name: text for name, text in old.items() if name.startswith(folder)},
                    {name: text for name, text in new.items() if name.startswith(folder)},
                ), outcome["step"]
            assert (outcome["begun"], outcome["again"], outcome["at_last"]) == (0, 0, new)

    def test_an_export_ended_on_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "report.yaml").write_text(
            "filing: {entity: {cik: 1090633}, prefix: iij, namespace: 'http://iij.ad.jp/x', period_end: 2005-03-31}\n"
            "items:\n  - {type: AccumulatedDeficit, amount: ¥34.4 billion, as_of: 2005-03-31}\n",
            encoding="utf-8",
        )
        result = interrupt("export", tmp_path, "SIGTERM", "SIGKILL", "SIGINT", "SIGKILL", every=7)
        for outcome in result["outcomes"]:
            assert outcome["code"] == EXIT_CODES[outcome["signal"]]
            left = outcome["left"] if outcome["signal"] != "SIGKILL" else visible(outcome["left"])
            assert left in (result["old"], result["new"]), outcome["step"]
            assert (outcome["again"], outcome["at_last"]) == (0, result["new"])


@pytest.fixture(params=["swapped", "moved one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "swapped" and UNSWAPPABLE:
        pytest.skip("the system cannot swap folders")
    if request.param != "swapped":
        monkeypatch.setattr(publishing, "_exchange", lambda: None)
    return str(request.param)


@pytest.mark.usefixtures("way")
class TestFolders:
    def test_other_files_stay_as_they_are(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        (out / "mine" / "deep").mkdir(parents=True)
        (out / "mine" / "deep" / "notes.txt").write_text("mine")
        (out / "tables").mkdir()
        (out / "tables" / "mine.csv").write_text("mine")
        (out / "tables" / "stale.csv").write_text("of an earlier run")
        (out / "link").symlink_to("nowhere")
        (out / "a.txt").write_text("old")
        (out / "a.txt").chmod(0o640)
        out.chmod(0o750)
        inode = (out / "tables" / "mine.csv").stat().st_ino
        put(out, {"a.txt": "new", "tables/t.csv": "new", "b/b.txt": "new"}, stale=("tables/stale.csv", "none.csv"))
        assert content(out) == {
            "a.txt": "new",
            "b/b.txt": "new",
            "mine/deep/notes.txt": "mine",
            "tables/mine.csv": "mine",
            "tables/t.csv": "new",
        }
        assert os.readlink(out / "link") == "nowhere"
        assert (out / "tables" / "mine.csv").stat().st_ino == inode
        assert stat.S_IMODE((out / "a.txt").stat().st_mode) == 0o640
        assert stat.S_IMODE(out.stat().st_mode) == 0o750
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def test_a_file_of_several_folders_that_cannot_be_put_takes_all_back(self, tmp_path: Path, way: str) -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "a.txt").write_text("old")
        (tmp_path / "two" / "b.txt").mkdir()
        before = content(tmp_path)
        names = ("one/a.txt", "one/new.txt", "two/a.txt", "two/b.txt")
        with pytest.raises(IsADirectoryError):
            write_together({tmp_path / name: b"new" for name in names}, lambda places: None)
        assert content(tmp_path) == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]

    def test_what_fails_at_the_last_folder_takes_the_first_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "a.txt").write_text("old")
        before = content(tmp_path)
        settled = publishing.Staging.put

        def fail(staging: publishing.Staging) -> None:
            settled(staging)
            if staging.directory.name == "two":
                raise OSError(errno.EIO, "broken")

        monkeypatch.setattr(publishing.Staging, "put", fail)
        with pytest.raises(OSError, match="broken"):
            write_together(
                {tmp_path / name: b"new" for name in ("one/a.txt", "one/b.txt", "two/a.txt", "two/c.txt")},
                lambda _: None,
            )
        assert content(tmp_path) == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]

    def test_a_link_is_followed_to_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "mine.txt").write_text("mine")
        (tmp_path / "link").symlink_to("real")
        put(tmp_path / "link", {"a.txt": "new", "b.txt": "new"})
        assert (tmp_path / "link").is_symlink()
        assert content(tmp_path / "real") == {"a.txt": "new", "b.txt": "new", "mine.txt": "mine"}

    def test_nothing_is_written_through_a_planted_link(self, tmp_path: Path) -> None:
        out, victim = tmp_path / "out", tmp_path / "victim"
        out.mkdir()
        victim.mkdir()
        (victim / "t.csv").write_text("theirs")
        (out / "tables").symlink_to(victim)
        (out / "a.txt").symlink_to(victim / "t.csv")
        with pytest.raises(NotADirectoryError, match="remove it"):
            put(out, {"a.txt": "new", "tables/t.csv": "new"})
        (out / "tables").unlink()
        put(out, {"a.txt": "new", "tables/t.csv": "new"})
        assert content(victim) == {"t.csv": "theirs"}
        assert content(out) == {"a.txt": "new", "tables/t.csv": "new"}

    def test_two_processes_at_once_leave_what_one_of_them_wrote(self, tmp_path: Path) -> None:
        script = (
            "import sys; from pathlib import Path; from exporter.resources.publishing import publish, staged\n"
            "from exporter.resources import publishing\n"
            "if sys.argv[3] != 'swapped': publishing._exchange = lambda: None\n"
            "for number in range(20):\n"
            "    with staged(Path(sys.argv[1])) as staging:\n"
            "        for name in 'abcdefgh':\n"
            "            (staging.files / name).write_text(f'{sys.argv[2]}{number}')\n"
            "        publish(staging)\n"
            "    print(number)\n"
        )
        runs = [
            subprocess.Popen(
                [sys.executable, "-c", script, str(tmp_path / "out"), who, self._way],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            for who in ("left", "right")
        ]
        states = []
        assert runs[0].stdout is not None
        for _ in runs[0].stdout:
            with locked(publishing._lock_file(tmp_path / "out"), tmp_path):
                states.append(set(content(tmp_path / "out").values()))
        assert [run.wait(60) for run in runs] == [0, 0]
        states.append(set(content(tmp_path / "out").values()))
        assert len(states) == 21
        assert all(len(state) == 1 for state in states)
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    @pytest.fixture(autouse=True)
    def _remember(self, way: str) -> None:
        self._way = way


class TestPlaces:
    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("mine")
        with pytest.raises(NotADirectoryError):
            put(tmp_path / "out", {"a.txt": "new"})
        assert content(tmp_path) == {"out": "mine"}

    def test_a_folder_that_may_not_be_written_to(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "out").mkdir(mode=0o555)
        if os.access(tmp_path / "out", os.W_OK):  # as root
            real = os.access
            monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "out" and real(path, mode))
        with pytest.raises(PermissionError) as refused:
            put(tmp_path / "out", {"a.txt": "new"})
        assert refused.value.filename == str(tmp_path / "out")
        assert [path.name for path in tmp_path.rglob("*")] == ["out"]

    def test_where_the_parent_may_not_be_written_to(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "out").mkdir()
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path and real(path, mode))
        monkeypatch.setattr(publishing, "_exchange", lambda: pytest.fail("the folder is swapped"))
        put(tmp_path / "out", {"a.txt": "new", "b.txt": "new"})
        assert content(tmp_path) == {"out/a.txt": "new", "out/b.txt": "new"}

    @pytest.mark.parametrize("refusal", [errno.EXDEV, errno.EINVAL, errno.EBUSY])
    def test_where_folders_cannot_be_swapped(
        self, refusal: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(first: Path, second: Path) -> None:
            raise OSError(refusal, os.strerror(refusal))

        monkeypatch.setattr(publishing, "_exchange", lambda: refuse)
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
        put(tmp_path / "out", {"a.txt": "new", "b.txt": "new"})
        assert content(tmp_path) == {"out/a.txt": "new", "out/b.txt": "new", "out/mine.txt": "mine"}

    @pytest.mark.parametrize("why", ["home", "of all"])
    def test_a_folder_that_is_not_ours_to_swap_stays_the_same(
        self, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "out"
        put(out, {"a.txt": "old", "b.txt": "old"})
        if why == "home":
            monkeypatch.setenv("HOME", str(out / "me"))
            monkeypatch.setenv("USERPROFILE", str(out / "me"))
        else:
            out.chmod(0o1777)
        inode = out.stat().st_ino
        put(out, {"a.txt": "new", "b.txt": "new"})
        assert out.stat().st_ino == inode
        assert content(tmp_path) == {"out/a.txt": "new", "out/b.txt": "new"}

    @pytest.mark.parametrize("function", ["link", "chown"])
    def test_what_cannot_be_linked_into_a_new_folder(
        self, function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        (tmp_path / "out" / "mine").mkdir(parents=True)
        (tmp_path / "out" / "mine" / "mine.txt").write_text("mine")
        (tmp_path / "out" / "a.txt").write_text("old")
        if function == "link":
            monkeypatch.setattr(os, "link", refuse)
        else:  # the folder is another user's
            monkeypatch.setattr(publishing, "_copy_status", refuse)
        put(tmp_path / "out", {"a.txt": "new", "b.txt": "new"})
        assert content(tmp_path) == {"out/a.txt": "new", "out/b.txt": "new", "out/mine/mine.txt": "mine"}

    @pytest.mark.skipif(UNSWAPPABLE, reason="the system cannot swap folders")
    def test_a_file_that_appears_while_folders_are_swapped_is_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "out"
        out.mkdir()
        for name in ("mine.txt", "a.txt"):
            (out / name).write_text("old")
            os.utime(out / name, (1, 1))
        exchange = publishing._exchange()
        assert exchange is not None

        def late(first: Path, second: Path) -> None:
            (out / "late.txt").write_text("late")
            (out / "other").write_text("late")
            os.replace(out / "other", out / "mine.txt")
            exchange(first, second)

        monkeypatch.setattr(publishing, "_exchange", lambda: late)
        put(out, {"a.txt": "new", "b.txt": "new"})
        assert content(tmp_path) == {
            "out/a.txt": "new",
            "out/b.txt": "new",
            "out/late.txt": "late",
            "out/mine.txt": "late",
        }


class TestLocks:
    def test_who_holds_it_and_since_when(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locks, "_PATIENCE", 0.0)
        out = tmp_path / "out"
        with locked(publishing._lock_file(out), out), pytest.raises(WriteError) as refused:
            put(out, {"a.txt": "new"})
        (finding,) = refused.value.findings
        assert finding.code == "exporter:folderInUse"
        assert f"process {os.getpid()} since 20" in finding.message
        assert list(tmp_path.iterdir()) == []

    def test_it_is_held_while_files_take_their_places(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locks, "_PATIENCE", 0.0)
        out = tmp_path / "out"
        put(out, {"a.txt": "old"})
        with staged(out) as staging:
            (staging.files / "a.txt").write_text("new")
            with locked(publishing._lock_file(out), out), pytest.raises(WriteError, match="process"):
                publish(staging)
        assert content(tmp_path) == {"out/a.txt": "old"}

    def test_of_a_dead_process_it_is_taken_over(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(locks, "_PATIENCE", 0.0)
        publishing._lock_file(tmp_path / "out").write_text("process 1 since 2001-01-01 00:00:00 +0000\n")
        put(tmp_path / "out", {"a.txt": "new"})
        assert content(tmp_path) == {"out/a.txt": "new"}

    def test_files_of_runs_that_live_and_of_others_stay(self, tmp_path: Path) -> None:
        (tmp_path / ".out.settings").mkdir()
        (tmp_path / ".out.12345678.part").write_text("a file of somebody else")
        with staged(tmp_path / "out") as first:
            put(tmp_path / "out", {"a.txt": "second"})
            (first.files / "a.txt").write_text("first")
            publish(first)
        assert content(tmp_path) == {".out.12345678.part": "a file of somebody else", "out/a.txt": "first"}
        assert (tmp_path / ".out.settings").is_dir()


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts something at a folder, where one may."""
    places: list[Path] = []

    def mount(*options: str) -> Path:
        place = tmp_path / "mounts" / str(len(places))
        place.mkdir(parents=True)
        try:
            done = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount")
        if done.returncode:
            pytest.skip("file systems may not be mounted here")
        places.append(place)
        return place

    yield mount
    for place in reversed(places):
        subprocess.run(["umount", str(place)], check=True)


class TestFileSystems:
    def test_a_mount_point(self, mounted: Callable[..., Path]) -> None:
        out = mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs")
        (out / "mine.txt").write_text("mine")
        put(out, {"a.txt": "old", "b.txt": "old"})
        put(out, {"a.txt": "new", "b.txt": "new"})
        assert content(out) == {"a.txt": "new", "b.txt": "new", "mine.txt": "mine"}

    def test_a_folder_mounted_at_another_place_of_its_file_system(
        self, mounted: Callable[..., Path], tmp_path: Path
    ) -> None:
        (tmp_path / "real").mkdir()
        out = mounted("--bind", str(tmp_path / "real"))
        put(out, {"a.txt": "old", "b.txt": "old"})
        put(out, {"a.txt": "new", "b.txt": "new"})
        assert content(tmp_path / "real") == {"a.txt": "new", "b.txt": "new"}

    @pytest.mark.parametrize("is_whole_disk", [False, True])
    def test_a_full_disk(self, is_whole_disk: bool, mounted: Callable[..., Path]) -> None:
        disk = mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs")
        out = disk if is_whole_disk else disk / "out"
        put(out, {"a.txt": "old", "b.txt": "old"})
        before = content(disk)
        with pytest.raises(OSError, match="No space") as full:
            put(out, {"a.txt": "new", "b.txt": "new" * 100_000})
        assert (full.value.errno, full.value.filename) == (errno.ENOSPC, str(out))
        assert content(disk) == before

    def test_a_full_disk_under_a_single_file(self, mounted: Callable[..., Path]) -> None:
        disk = mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs")
        (disk / "a.txt").write_text("old")

        def fill() -> None:
            with atomic_write(disk / "a.txt") as stream:
                stream.write(b"new" * 100_000)

        with pytest.raises(OSError, match="No space") as full:
            fill()
        assert (full.value.errno, full.value.filename) == (errno.ENOSPC, str(disk / "a.txt"))
        assert content(disk) == {"a.txt": "old"}

    @pytest.mark.skipif(sys.platform == "win32", reason="needs limits of resources")
    def test_a_file_beyond_the_limit_of_the_process(self, tmp_path: Path) -> None:
        put(tmp_path / "out", {"a.txt": "old", "b.txt": "old"})
        script = (
            "import resource, sys; from pathlib import Path\n"
            "from tests.unit.resources.test_publishing import put\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
            "put(Path(sys.argv[1]), {'a.txt': 'new', 'b.txt': 'new' * 1000})\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert f"File too large: '{tmp_path / 'out'}'" in done.stderr
        assert content(tmp_path) == {"out/a.txt": "old", "out/b.txt": "old"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_temporary_folder_of_a_killed_run_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = (
        "import os; from exporter.resources.locks import private_folder\n"
        "with private_folder('test') as folder:\n"
        "    (folder / 'document').write_text('text')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=False)
    assert len(list(tmp_path.rglob("document"))) == 1
    with private_folder("test") as first, private_folder("test") as second:
        assert first != second
        assert not list(tmp_path.rglob("document"))
    assert list(tmp_path.iterdir()) == []
