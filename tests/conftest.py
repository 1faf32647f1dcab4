"""What holds for all tests: nothing is kept in the cache of the user who runs them, and a browser may be missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.chromium import chromium_works


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPORTER_CACHE_DIR", str(tmp_path_factory.mktemp("cache") / "kept"))
        yield


@pytest.fixture(scope="session")
def chromium() -> None:
    """A browser for tests that look at pages; without one that starts here they are skipped."""
    if not chromium_works():
        pytest.skip("no chromium that starts here")
