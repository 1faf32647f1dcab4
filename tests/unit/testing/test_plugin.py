"""The fixture of the pytest plugin, in a test session of its own."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

from tests.support.tables import EXAMPLE

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.door("pytest")


def test_the_fixture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import exporter as ex

        def test_good(valid_filing):
            assert all(not finding.is_error for finding in valid_filing({str(EXAMPLE)!r}))
            valid_filing(ex.load_filing({str(EXAMPLE)!r}))

        def test_bad(valid_filing):
            valid_filing({str(EXAMPLE)!r}, rules=["form-20-f"])
        """
    )
    is_installed = any(point.name == "exporter" for point in entry_points(group="pytest11"))
    result = pytester.runpytest_subprocess(*([] if is_installed else ["-p", "exporter.testing.plugin"]))
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*the filing is not valid:*", "*error: *"])
