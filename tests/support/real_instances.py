"""Where the real filings lie that tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).parents[2].parent / "shared" / "data"
INSTANCES = sorted(
    [*DATA.glob("sec/*/*_htm.xml"), *DATA.glob("sec/nflx-2009/nflx-20091231.xml"), *DATA.glob("ferc/*.xbrl")]
)

needs_instances = pytest.mark.skipif(not INSTANCES, reason="the corpus is not here")
each_instance = pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.name)
