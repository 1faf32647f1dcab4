"""Labels of concepts: those declared, and the one that a name makes."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen


@frozen(kw_only=True)
class Labels:
    """The labels of a concept: English and Japanese, by label role.

    Where ``standard`` is not given it is made from the name. ``negated`` shows a value with its sign turned round and
    is made from the standard label where the sign is inverted.
    """

    standard: str | None = None
    standard_ja: str | None = None
    terse: str | None = None
    terse_ja: str | None = None
    documentation: str | None = None
    documentation_ja: str | None = None
    total: str | None = None
    total_ja: str | None = None
    period_start: str | None = None
    period_start_ja: str | None = None
    period_end: str | None = None
    period_end_ja: str | None = None
    negated: str | None = None
    negated_ja: str | None = None


NO_LABELS: Final = Labels()


def words(name: str) -> str:
    """A label from a name in capitalised camel case: ``NetLossOfYear`` gives ``Net Loss Of Year``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
