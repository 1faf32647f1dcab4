"""The interactive viewer of a page: a copy of it with ixbrl-viewer's script beside it (extra ``viewer``).

The viewer is a plug-in of Arelle, which keeps global state and a cache of its own: it runs in a process of its own,
offline, with private directories that are removed afterwards. The script is the one that came with the extra; nothing
is fetched, neither now nor when the page is opened.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from exporter.errors import ExporterError, MissingExtraError
from exporter.resources.parts import private_folder

SCRIPT: Final = "ixbrlviewer.js"
_PLUGIN: Final = "iXBRLViewerPlugin"
_KEPT_VARIABLES: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


def check_viewer_extra() -> None:
    """That the viewer can be made here.

    Raises:
        MissingExtraError: ixbrl-viewer or Arelle is not installed.
    """
    if importlib.util.find_spec(_PLUGIN) is None or importlib.util.find_spec("arelle") is None:
        raise MissingExtraError("viewer", "the interactive viewer")


def write_viewer(page: Path, target: Path, *, timeout: float = 600) -> tuple[Path, ...]:
    """Write the viewer of an Inline XBRL document, its taxonomy beside it, and say which files were made.

    Args:
        page: the document.
        target: the viewer's HTML file; its script is put beside it as `SCRIPT`.
        timeout: seconds to wait.

    Raises:
        MissingExtraError: the extra ``viewer`` is not installed.
        ExporterError: the viewer broke down or did not finish in time.
    """
    check_viewer_extra()
    with private_folder("viewer") as private:
        command = [sys.executable, "-P", "-m", "arelle.CntlrCmdLine", f"--plugins={_PLUGIN}"]
        command += [f"--file={page.resolve()}", f"--save-viewer={target.resolve()}"]
        command += ["--internetConnectivity=offline", "--disablePersistentConfig"]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                capture_output=True,
                cwd=private,
                env=_environment(private),
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ExporterError(f"the viewer was not made within {timeout:g} seconds") from None
    script = target.parent / SCRIPT
    if done.returncode or not target.is_file() or not script.is_file():
        last_words = (done.stdout + done.stderr).decode(errors="replace").strip()[-2000:]
        raise ExporterError(f"the viewer was not made (exit code {done.returncode}): {last_words}")
    return target, script


def _environment(private: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "TMP"), str(private))
    # The order of sets shows in what the viewer writes.
    return {**kept, **homes, "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0"}
