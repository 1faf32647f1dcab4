"""Values in fact cells: special values, decimals suffix, names with prefixes, notes (xBRL-CSV 1.0)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import evolve

from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.formats.oim.notes import check_fragment
from exporter.formats.oim.values import expand_names, value_problem
from exporter.formats.xbrl_csv.aspects import Own
from exporter.formats.xbrl_csv.sources import Special, parse_special
from exporter.model.dimensions import Context
from exporter.model.fact import Fact, parse_number
from exporter.model.report import Footnote
from exporter.resources.limits import Limits

_BAD_VALUE: Final = "xbrlce:invalidFactValue"
_SUFFIXED = re.compile(r"([^d]*?)[ \t\r\n]*d[ \t\r\n]*(-?[1-9][0-9]*|0|INF)[ \t\r\n]*")
_DIGITS: Final = 9

Read = tuple[Fact | None, int]


class CellReader:
    """Reads cells the careful way; keeps the notes. All methods raise `LexicalFault`."""

    def __init__(self, namespaces: Mapping[str, str], limits: Limits) -> None:
        self.notes: list[Footnote] = []
        self.note_ids: set[str] = set()
        self._namespaces, self._limits = namespaces, limits

    def read(self, cell: str, own: Own, context: Context, id_: str) -> Read:
        """The fact in a cell, ``None`` for a note, and the bits of the cells it uses."""
        if own.is_open:
            own = _decided(own, cell)
        written = parse_special(cell)
        if written is Special.NONE:
            raise LexicalFault("xbrlce:illegalUseOfNone", "#none in a fact cell", "leave the cell empty")
        if own.is_note:
            return self._note(written, own, context, id_)
        assert own.concept is not None
        if isinstance(written, Special):
            if own.decimals is not None and own.datatype is not None:
                message = "a nil fact has no decimals, but inherits some"
                raise LexicalFault("oime:misplacedDecimalsProperty", message, "keep nil facts in another column")
            nil = Fact(own.concept, context, None, None, own.unit, own.language, id=id_)
            return nil, own.used | own.decimals_cell
        decimals, used = own.decimals, own.used
        if own.is_numeric:
            used |= own.decimals_cell
            if "d" in written:
                written, decimals = _split_suffix(written)
                used &= ~own.decimals_cell
        value = self._value(written, own, looks_numeric=own.is_numeric)
        return Fact(own.concept, context, value, decimals, own.unit, own.language, id=id_), used

    def _value(self, written: str, own: Own, *, looks_numeric: bool) -> str:
        limit = self._limits.number_digits if own.is_numeric else self._limits.text_size
        if len(written) > limit:
            raise LexicalFault("exporter:limitExceeded", f"the value has {len(written)} characters")
        value = written
        if own.datatype is not None and own.holds_names:
            value = expand_names(written, own.datatype, self._namespaces, code=_BAD_VALUE)
        if problem := value_problem(value, own.datatype, looks_numeric=looks_numeric):
            raise LexicalFault(_BAD_VALUE, problem, "give a value of the concept's type")
        return value

    def _note(self, written: str | Special, own: Own, context: Context, id_: str) -> Read:
        self.note_ids.add(id_)
        if context != Context():
            message = "a note has no entity, no period and no dimension of the taxonomy"
            raise LexicalFault("oime:misplacedNoteFactDimension", message, 'write "#none" on its column')
        used = own.used | own.decimals_cell | own.unit_cell
        if isinstance(written, Special):
            raise LexicalFault("oime:invalidFactValue", "a note is never nil", "give the text or drop the note")
        check_fragment(written)
        self.notes.append(Footnote(written, own.language or "", id_))
        return None, used


def _decided(own: Own, cell: str) -> Own:
    """Without its type, a fact is a number if it reads like one and has a unit, decimals or a suffix."""
    suffixed = _SUFFIXED.fullmatch(cell)
    number = suffixed[1] if suffixed else cell
    reads_as_number = parse_number(number) is not None or number == "NaN"
    has_accuracy = suffixed is not None or own.unit is not None or own.decimals is not None
    nil = cell == "#nil" and own.unit is not None and own.language is None
    if nil or (reads_as_number and has_accuracy):
        decimals = None if nil else own.decimals
        return evolve(
            own, is_open=False, is_numeric=True, language=None, decimals=decimals, used=own.used | own.unit_cell
        )
    return evolve(own, is_open=False, unit=None, decimals=None, used=own.used | own.language_cell)


def _split_suffix(cell: str) -> tuple[str, int | None]:
    """The number and the decimals of its suffix, ``None`` for INF."""
    match = _SUFFIXED.fullmatch(cell)
    if match is None:
        number, _, suffix = cell.partition("d")
        if parse_number(number) is None:
            raise LexicalFault(_BAD_VALUE, f"expected a number, got {shortened(cell)}", "give a number")
        message = f"expected an integer or INF after d, got {shortened(suffix)}"
        raise LexicalFault("xbrlce:invalidDecimalsSuffix", message, "write it like 1234d-3")
    if len(match[2]) > _DIGITS and match[2] != "INF":
        raise LexicalFault("exporter:limitExceeded", f"decimals of {len(match[2])} digits")
    return match[1], None if match[2] == "INF" else int(match[2])
