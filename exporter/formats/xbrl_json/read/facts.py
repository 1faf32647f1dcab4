"""``facts`` of xBRL-JSON 1.0: facts, notes and links, each checked as far as it goes without the taxonomy's rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any, Final

from exporter.errors import LexicalError
from exporter.findings import Finding, Location, shortened
from exporter.formats.oim.ids import IdLedger
from exporter.formats.oim.json_scanner import JsonText, depth, is_flat, kind, repeated_name
from exporter.formats.oim.prefixes import escape_pointer
from exporter.formats.oim.text import check_fragment, expand_names, has_huge_exponent, is_canonical, why_invalid
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_json.read.aspects import DimensionsObject, JsonAspectReader
from exporter.formats.xbrl_json.read.document_info import STRUCTURE, JsonDocumentInfo, extension_errors
from exporter.model.fact import Fact, make_fact
from exporter.model.qname import is_ncname
from exporter.model.report import FootnoteResource, Link, Vocabulary
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE

_MEMBERS: Final = frozenset({"value", "decimals", "dimensions", "links"})
_BAD_VALUE: Final = "xbrlje:invalidFactValue"
# A member of the shape that most facts have: text without escapes, in the order of the specification's examples. The
# dimensions after the concept are taken as they are written.
_TEXT: Final = r'"([^"\\\x00-\x1f]*)"'
_BLANK: Final = r"[ \t\n\r]*"
_USUAL: Final = re.compile(
    rf'{_BLANK},{_BLANK}{_TEXT}{_BLANK}:{_BLANK}\{{{_BLANK}"value"{_BLANK}:{_BLANK}{_TEXT}{_BLANK},{_BLANK}'
    rf'(?:"decimals"{_BLANK}:{_BLANK}(-?(?:0|[1-9][0-9]{{0,5}})){_BLANK},{_BLANK})?'
    rf'"dimensions"{_BLANK}:{_BLANK}\{{{_BLANK}"concept"{_BLANK}:{_BLANK}{_TEXT}([^{{}}\\]*)\}}{_BLANK}\}}'
)


class FactReader:
    """Makes facts of the members of ``facts``; keeps notes, links and, by default, ids.

    ``left_out`` counts the facts that are invalid.
    """

    def __init__(
        self,
        info: JsonDocumentInfo,
        vocabulary: Vocabulary,
        options: ReadOptions,
        add: Callable[[Finding], None],
        *,
        keeps_ids: bool,
    ) -> None:
        self.left_out = 0
        self.notes: list[FootnoteResource] = []
        self.links: list[Link] = []
        self._info, self._options, self._add = info, options, add
        self._aspects = JsonAspectReader(info, vocabulary, lambda finding: options.warn(finding.at(file=options.name)))
        self._ids: set[str] | IdLedger = set() if keeps_ids else IdLedger()
        self._note_ids: set[str] = set()
        self._places: list[tuple[str, int]] = []
        self._links_are_known = True
        self._line = 0
        self._id = ""

    def read(self, text: JsonText) -> Iterator[Fact]:
        """The facts in the object that comes next.

        A member is parsed as JSON only where its dimensions, but for the concept, are written as never before.
        """
        rest: str | None = None
        for id_, pairs in text.members():
            fact = self._member(id_, pairs, text)
            if fact is not None:
                yield fact
                if rest is not None:
                    self._remember(rest, pairs)
            rest = yield from self._usual_members(text)

    def _usual_members(self, text: JsonText) -> Generator[Fact, None, str | None]:
        """The facts up to the first that is not of the usual shape, or whose dimensions are new: how they are written.

        The loop that nearly every fact goes through. Text that was parsed without error is not parsed again.
        """
        ids, digits, match_here, pass_over = self._ids, self._options.limits.number_digits, text.match, text.pass_over
        aspects, written = self._aspects, self._aspects.written
        while (match := match_here(_USUAL)) is not None:
            id_, value, accuracy, concept, rest = match.groups()
            if (shared := written.get(rest)) is None:
                return str(rest)
            own = shared.owns.get(concept) or aspects.new_own(concept, shared)
            decimals = None if accuracy is None else int(accuracy)
            if not (
                own is not None
                and id_ not in ids
                and id_.isascii()
                and id_.isidentifier()
                and (decimals is None or (own.may_have_decimals and -digits <= decimals <= digits))
                and ((own.is_free_text and value.isprintable()) if own.quick is None else own.quick(value))
            ):
                return None
            ids.add(id_)
            pass_over(match)
            yield make_fact(own.concept, shared.context, value, decimals, own.unit, own.language, id_)  # type: ignore[arg-type]
        return None

    def _remember(self, rest: str, pairs: Any) -> None:
        """Note how faultless dimensions are written, the concept left out."""
        shared = self._aspects.shared.get(dict(pairs)["dimensions"][1:])
        # There are no escapes: after an odd number of quotes, the brace that ended the match stands within a string.
        if shared is not None and rest.count('"') % 2 == 0:
            self._aspects.written[rest] = shared

    def _member(self, id_: str, pairs: Any, text: JsonText) -> Fact | None:
        """One member of ``facts``, parsed as JSON."""
        if id_ in self._ids or not (id_.isascii() and id_.isidentifier()):
            self._check_id(id_, text)
        self._ids.add(id_)
        fact = self._careful(id_, pairs, text)
        if fact is None and id_ not in self._note_ids:
            self.left_out += 1
        return fact

    def _check_id(self, id_: str, text: JsonText) -> None:
        if id_ in self._ids:
            text.refuse(f"the fact id {id_!r} stands twice", position=text.start, pointer=f"/facts/{id_}")
        if not is_ncname(id_):
            self._id, self._line = id_, text.line
            self._report_error(
                STRUCTURE, f"expected a fact id that is an XML name, got {shortened(id_)}", "", "rename it"
            )

    def _careful(self, id_: str, pairs: Any, text: JsonText) -> Fact | None:
        """A fact that is not of the commonest kind, or invalid."""
        self._id, self._line = id_, text.line
        if not is_flat(pairs) and not self._check_nesting(id_, pairs, text):
            return None
        members = dict(pairs)
        for error, name in extension_errors(members, _MEMBERS, self._info.namespaces):
            self._finding(error, f"/{escape_pointer(name)}")
        entry = self._entry(members)
        self._read_links(members)
        if entry is None or not self._check_shape(members):
            return None
        if entry.own.is_note:
            self._read_note(members, entry)
            return None
        return self._fact(members, entry)

    def _check_nesting(self, id_: str, pairs: Any, text: JsonText) -> bool:
        """Names that stand twice, what is no object, and too deep nesting."""
        if (twice := repeated_name(pairs)) is not None:
            text.refuse("a name stands twice in one object", position=text.start, pointer=f"/facts/{id_}{twice}")
        if type(pairs) is not tuple:
            self._links_are_known = False
            self._report_error(STRUCTURE, f"expected a fact as an object, got {kind(pairs)}", "")
            return False
        if depth(pairs) + 2 > self._options.limits.depth:
            self._report_error("exporter:limitExceeded", "containers are nested too deep", "")
            return False
        return True

    def _entry(self, members: Mapping[str, Any]) -> DimensionsObject | None:
        dimensions = members.get("dimensions")
        if type(dimensions) is not tuple:
            got = kind(dimensions) if "dimensions" in members else "none"
            self._report_error(STRUCTURE, f"expected dimensions as an object, got {got}", "/dimensions")
            return None
        for name, value in dimensions:
            if isinstance(value, tuple | list):
                message = f"expected the dimension {name} as a string, got {kind(value)}"
                self._report_error(STRUCTURE, message, f"/dimensions/{escape_pointer(name)}")
                return None
        entry = self._aspects.find(dimensions)
        for error, name in entry.errors:
            self._finding(error, f"/dimensions/{escape_pointer(name)}" if name else "/dimensions")
        if entry.own.is_note:
            self._note_ids.add(self._id)
        return None if entry.errors else entry

    def _check_shape(self, members: Mapping[str, Any]) -> bool:
        """``value`` and ``decimals`` are of the right JSON types."""
        right = True
        value = members.get("value")
        if "value" not in members or not (value is None or isinstance(value, str)):
            got = kind(value) if "value" in members else "none"
            self._report_error(
                STRUCTURE, f"expected value as a string or null, got {got}", "/value", "write it in quotes"
            )
            right = False
        if "decimals" in members and type(members["decimals"]) is not int:
            message = f"expected decimals as an integer, got {kind(members['decimals'])}"
            self._report_error(STRUCTURE, message, "/decimals", "leave decimals out for infinite accuracy")
            right = False
        elif abs(members.get("decimals", 0)) > (limit := self._options.limits.number_digits):
            message = f"decimals are beyond ±{limit}: no number has as many digits"
            self._report_error("exporter:limitExceeded", message, "/decimals", "state decimals that the number has")
            right = False
        return right

    def _fact(self, members: Mapping[str, Any], entry: DimensionsObject) -> Fact | None:
        own, value, decimals = entry.own, members["value"], members.get("decimals")
        if own.concept is None:
            return None
        if decimals is not None and (value is None or not own.may_have_decimals):
            what = "nil" if value is None else "not numeric"
            self._report_error(
                "oime:misplacedDecimalsProperty", f"the fact is {what} and has no decimals", "/decimals", "leave it out"
            )
            return None
        if value is not None:
            try:
                value = self._value(value, entry, looks_numeric=own.unit is not None or decimals is not None)
            except LexicalError as error:
                self._finding(error, "/value")
                return None
        return Fact(own.concept, entry.context, value, decimals, own.unit, own.language, id=self._id)

    def _value(self, written: str, entry: DimensionsObject, *, looks_numeric: bool) -> str:
        datatype, limits = entry.own.datatype, self._options.limits
        if entry.own.quick is not None and entry.own.quick(written):
            return written
        is_number = looks_numeric if datatype is None else datatype.is_numeric
        if len(written) > (limits.number_digits if is_number else limits.text_size):
            raise LexicalError("exporter:limitExceeded", f"the value has {len(written)} characters")
        if is_number and has_huge_exponent(written, limits.number_digits):
            raise LexicalError("exporter:limitExceeded", f"the exponent is beyond ±{limits.number_digits}")
        value = written
        if datatype is not None and entry.own.holds_names:
            value = expand_names(written, datatype, self._info.namespaces, code=_BAD_VALUE)
        if reason := why_invalid(value, datatype, looks_numeric=looks_numeric):
            raise LexicalError(_BAD_VALUE, reason, "give a value of the concept's type")
        if self._info.canonical_values and datatype is not None and not is_canonical(written, datatype):
            raise LexicalError(
                "xbrlje:nonCanonicalValue",
                f"{shortened(written)} is not the canonical form of a {datatype.standard}",
                f"write {shortened(datatype.canonical(written))} or leave out xbrl:canonicalValues",
            )
        return value

    def _read_note(self, members: Mapping[str, Any], entry: DimensionsObject) -> None:
        content = members["value"]
        if entry.note_id != self._id:
            message = f"expected {self._id!r}, the id of the note, got {shortened(entry.note_id)}"
            self._report_error("oime:invalidNoteIDValue", message, "/dimensions/noteId", "repeat the id")
        if "decimals" in members:
            self._report_error("oime:misplacedDecimalsProperty", "a note has no decimals", "/decimals", "leave it out")
        if content is None:
            self._report_error(
                "oime:invalidFactValue", "a note is never nil", "/value", "give the text or drop the note"
            )
            return
        try:
            check_fragment(content)
        except LexicalError as error:
            self._finding(error, "/value")
            return
        self.notes.append(FootnoteResource(content, entry.own.language or "", self._id))

    def _read_links(self, members: Mapping[str, Any]) -> None:
        for kind_, groups, pointer in self._level(members.get("links", ()), "/links", "an object of link types"):
            type_ = self._alias(kind_, self._info.link_types, "xbrlje:unknownLinkType", pointer)
            for group, targets, place in self._level(groups, pointer, "an object of link groups"):
                role = self._alias(group, self._info.link_groups, "xbrlje:unknownLinkGroup", place)
                if not isinstance(targets, list) or not all(isinstance(target, str) for target in targets):
                    self._links_are_known = False
                    self._report_error(STRUCTURE, f"expected an array of fact ids, got {kind(targets)}", place)
                elif type_ is not None and role is not None:
                    self.links += (Link(self._id, target, type_, role) for target in targets)
                    self._places += ((f"{place}/{number}", self._line) for number in range(len(targets)))

    def _level(self, value: Any, pointer: str, expected: str) -> Iterator[tuple[str, Any, str]]:
        if not isinstance(value, tuple):
            self._links_are_known = False
            self._report_error(STRUCTURE, f"expected {expected}, got {kind(value)}", pointer)
            return
        for name, inner in value:
            yield name, inner, f"{pointer}/{escape_pointer(name)}"

    def _alias(self, alias: str, declared: Mapping[str, str], code: str, pointer: str) -> str | None:
        if alias not in declared:
            self._links_are_known = False
            self._report_error(code, f"{alias!r} is not declared in documentInfo", pointer, "declare it")
            return None
        return declared[alias]

    def finish(self) -> None:
        """Check what needs all facts: where links lead."""
        linked = set()
        absent = self._absent({link.target for link in self.links})
        for link, (pointer, line) in zip(self.links, self._places, strict=True):
            self._id, self._line = link.source, line
            linked.add(link.target)
            if link.target in absent:
                message = f"there is no fact {link.target!r}"
                self._report_error("xbrlje:unknownLinkTarget", message, pointer, "correct the link or leave it out")
            elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in self._note_ids:
                message = f"a footnote link leads to the fact {link.target!r}, expected a note"
                self._report_error("oime:illegalStandardFootnoteTarget", message, pointer, "use another link type")
        for note in sorted(self._note_ids - linked if self._links_are_known else ()):
            place = Location(file=self._options.name, pointer=f"/facts/{escape_pointer(note)}", fact=note)
            message = f"nothing links to the note {note!r}"
            self._add(Finding(code="oime:unusedNoteFact", message=message, location=place, fix="link it or drop it"))

    def _absent(self, targets: set[str]) -> set[str]:
        return self._ids.absent(targets) if isinstance(self._ids, IdLedger) else targets - self._ids

    def suspects(self) -> frozenset[int]:
        """Hashes of ids that seem to stand twice, where there were too many of them to be kept."""
        return self._ids.suspects() if isinstance(self._ids, IdLedger) else frozenset()

    def _finding(self, error: LexicalError, pointer: str) -> None:
        self._report_error(error.code, error.message, pointer, error.fix)

    def _report_error(self, code: str, message: str, pointer: str, fix: str | None = None) -> None:
        place = Location(
            file=self._options.name,
            line=self._line,
            pointer=f"/facts/{escape_pointer(self._id)}{pointer}",
            fact=self._id,
        )
        self._add(Finding(code=code, message=message, location=place, fix=fix))
