"""How accurate a number is: decimals, given or worked out of the precision (XBRL 2.1 section 4.6.3)."""

from __future__ import annotations

from exporter.formats.xbrl_xml.faults import Faults
from exporter.formats.xbrl_xml.tags import WHITE_SPACE
from exporter.model.fact import parse_number

_KEPT = 10_000


class AccuracyReader:
    """Reads decimals and precision. ``known`` holds the decimals that have been read, by their text."""

    def __init__(self, faults: Faults, limit: int) -> None:
        self._faults = faults
        self._limit = limit
        self.known: dict[str, int | None] = {"INF": None}

    def read(self, decimals: str | None, precision: str | None, value: str, line: int | None) -> int | None:
        """Decimals; ``None`` for an exact number, and where the accuracy is faulty, which is noted."""
        if (decimals is None) == (precision is None):
            code = "accuracyMissing" if decimals is None else "decimalsAndPrecision"
            message = f"a number has either decimals or precision, got {'neither' if decimals is None else 'both'}"
            self._faults.add(f"xbrl.4.6.3:{code}", message, line, mend="state decimals")
            return None
        if precision is not None:
            return self._from_precision(precision.strip(WHITE_SPACE), value, line)
        text = (decimals or "").strip(WHITE_SPACE)
        if text == "INF":
            return None
        number = self._integer(text, line, "xbrl.4.6.5:decimals", "decimals")
        if number is not None and len(self.known) < _KEPT:
            self.known[decimals or ""] = number
        return number

    def _from_precision(self, precision: str, value: str, line: int | None) -> int | None:
        """As OIM 1.0 maps ``@precision``."""
        if precision == "INF":
            return None
        digits = self._integer(precision, line, "xbrl.4.6.4:precision", "precision")
        if digits is None:
            return None
        if digits < 0:
            self._faults.add("xbrl.4.6.4:precision", f"precision is not negative, got {precision}", line)
            return None
        if digits == 0:
            message = "a precision of 0 says that nothing is known of the value"
            self._faults.add("xbrlxe:unsupportedZeroPrecisionFact", message, line, mend="state decimals")
            return None
        number = parse_number(value)
        return None if not number or not number.is_finite() else digits - number.adjusted() - 1

    def _integer(self, text: str, line: int | None, code: str, what: str) -> int | None:
        digits = text[1:] if text[:1] in ("+", "-") else text
        if not (digits.isascii() and digits.isdigit()):
            self._faults.add(code, f"{what} is an integer or INF, got {text!r}", line)
            return None
        if len(digits) > 20 or abs(int(text)) > self._limit:
            self._faults.exceed_digits(f"{what} is beyond ±{self._limit}: {text[:30]}", line)
            return None
        return int(text)
