"""The pytest plugin: a fixture that validates a filing. Loaded wherever the package is installed, it imports late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def valid_filing() -> Callable[..., list[Any]]:
    """Call it with a filing, or the path of a report or of items: the test fails with all errors that there are.

    Without errors it gives the other findings. Arguments are those of `exporter.validate`: ``rules=["form-20-f"]``,
    ``lint=True``.
    """

    def check(source: Any, **options: Any) -> list[Any]:
        from exporter.operations.validate import validate

        findings = validate(source, **options)
        if errors := [str(finding) for finding in findings if finding.is_error]:
            pytest.fail("the filing is not valid:\n" + "\n".join(errors), pytrace=False)
        return findings

    return check
