"""What holds for all tests: nothing is kept in the cache of the user who runs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPORTER_CACHE_DIR", str(tmp_path_factory.mktemp("cache") / "kept"))
        yield
