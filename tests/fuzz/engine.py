"""The engine of one target: atheris, with the target's mutator beside its own. ``python -m tests.fuzz`` starts it."""

from __future__ import annotations

import hashlib
import signal
import sys
import traceback
from pathlib import Path
from random import Random
from types import FrameType
from typing import Final

SECONDS: Final = 20.0
"""The most time of a processor that an input may take."""

_SHARE_OF_ENGINE: Final = 0.25
_LONGEST: Final = 16_384


class HangError(BaseException):
    """An input takes longer than `SECONDS`; no handler of the package catches it."""


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=["exporter"]):
        from tests.fuzz.targets import TARGETS, judge

    name, corpus = sys.argv[1], Path(sys.argv[2])
    target = TARGETS[name]
    inputs, faults = corpus / name, corpus / f"{name}.faults"
    inputs.mkdir(parents=True, exist_ok=True)
    faults.mkdir(exist_ok=True)
    for seed in target.seeds():
        (inputs / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)

    def execute(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            judge(target.run, data)
        except (Exception, HangError) as error:
            keep_fault(faults, data, error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < _SHARE_OF_ENGINE:
            return bytes(atheris.Mutate(data, size))
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            data = target.mutate(data, random)
        return data[:size]

    signal.signal(signal.SIGVTALRM, _stop)
    options = [f"-max_len={_LONGEST}", "-timeout=300", "-rss_limit_mb=1500", f"-artifact_prefix={faults}/"]
    atheris.Setup([sys.argv[0], *options, *sys.argv[3:], str(inputs)], execute, custom_mutator=mutate)
    atheris.Fuzz()


def keep_fault(folder: Path, data: bytes, error: BaseException) -> None:
    """Keep the first input of each fault, with its traceback; one kind and one line of the package are one fault."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/exporter/" in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    name = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
    if not (folder / f"{name}.txt").exists():
        (folder / name).write_bytes(data)
        (folder / f"{name}.txt").write_text("".join(traceback.format_exception(error)), errors="backslashreplace")


def _stop(signum: int, frame: FrameType | None) -> None:
    raise HangError


if __name__ == "__main__":
    main()
