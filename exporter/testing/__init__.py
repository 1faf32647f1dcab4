"""For tests of those who build on this package: Hypothesis strategies and a pytest plugin (extra ``testing``).

    from hypothesis import given
    from exporter.testing import items, filings

    @given(items(AverageRevenuePerUser))
    def test_of_your_own(item): ...

`items` draws items of any class, `filings` whole filings of them, `reports` reports with a fitting vocabulary;
`exporter.testing.values` has strategies for amounts, dates and parties. The fixture ``valid_filing`` of the plugin
validates a filing, a report or a file, and fails with all errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.testing.item_strategies import filings as filings
    from exporter.testing.item_strategies import items as items
    from exporter.testing.report_strategies import reports as reports

__all__ = ["filings", "items", "reports"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Imported on use: the pytest plugin stands in this package and must not load Hypothesis.
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{'report' if name == 'reports' else 'item'}_strategies"), name)
