"""What holds for all tests: the user's cache is not used, browsers may be missing, properties are not timed."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.chromium import chromium_works

settings.register_profile("untimed", deadline=None)  # how long an example takes depends on what else the machine does
settings.load_profile("untimed")

# What runs in the background of a shell, or under nohup, ignores signals, and programs inherit that: those under test
# must not.
for _name, _action in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL), ("SIGTERM", signal.SIG_DFL)):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _action)


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPORTER_CACHE_DIR", str(tmp_path_factory.mktemp("cache") / "kept"))
        patch.setenv("EXPORTER_TAXONOMIES_DIR", str(tmp_path_factory.mktemp("taxonomies") / "kept"))
        yield


@pytest.fixture(scope="session")
def chromium() -> None:
    """A browser for tests that look at pages; without one that starts here they are skipped."""
    if not chromium_works():
        pytest.skip("no chromium that starts here")
