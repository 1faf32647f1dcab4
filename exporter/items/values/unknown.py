"""What a report does not say: an `Unknown` in an item, a `NotStated` on a printed page."""

from __future__ import annotations

import enum
from typing import Final

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.items.values.numerals import normalise


@frozen(cache_hash=True)
class Unknown:
    """A value that is not known, with the reason: never ``0``, never ``None``.

    Raises:
        ModelError: the reason is empty.
    """

    reason: str = field()

    @reason.validator
    def _check_reason(self, _: object, value: str) -> None:
        if not isinstance(value, str) or not value.strip():
            raise ModelError(f"an unknown value needs a reason in words, got {value!r}")

    def __str__(self) -> str:
        return f"unknown: {self.reason}"


class NotStatedKind(enum.StrEnum):
    """Ways in which a page says that it gives no value.

    ``ABBREVIATED`` is "N/A", which leaves open whether it means not applicable or not available. ``DASH`` is a dash
    alone, which may also stand for zero.
    """

    NOT_APPLICABLE = "not_applicable"
    NOT_REQUIRED = "not_required"
    NOT_AVAILABLE = "not_available"
    NOT_MEANINGFUL = "not_meaningful"
    OMITTED = "omitted"
    NONE = "none"
    ABBREVIATED = "abbreviated"
    DASH = "dash"


@frozen(cache_hash=True)
class NotStated:
    """A printed text that stands where a value could and gives none; ``text`` as printed."""

    kind: NotStatedKind
    text: str = field(eq=False)


_WORDINGS: Final[dict[NotStatedKind, tuple[str, ...]]] = {
    NotStatedKind.NOT_APPLICABLE: ("not applicable", "該当なし", "該当事項なし", "該当事項はありません"),
    NotStatedKind.NOT_REQUIRED: ("not required", "記載不要"),
    NotStatedKind.NOT_AVAILABLE: ("not available", "unavailable"),
    NotStatedKind.NOT_MEANINGFUL: ("not meaningful", "n.m", "n/m", "nm"),
    NotStatedKind.OMITTED: ("omitted", "省略", "記載省略"),
    NotStatedKind.NONE: ("none", "nil", "なし"),
    NotStatedKind.ABBREVIATED: ("n/a", "n.a", "n. a", "n.a./n.m"),
    NotStatedKind.DASH: ("-", "--", "—", "――", "―", "——", "ー"),
}
_KINDS: Final = {phrase: kind for kind, phrases in _WORDINGS.items() for phrase in phrases}


def find_not_stated(text: str) -> NotStated | None:
    """What ``text`` says of a missing value ("Not applicable", "N/A", "—", "該当なし"), else ``None``.

    The parsers of values refuse these texts; callers for whom they are no fault ask here first.
    """
    kind = _KINDS.get(normalise(text).casefold().rstrip(".。 "))
    return None if kind is None else NotStated(kind, text)
