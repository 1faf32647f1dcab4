"""Plain trees to items, with every fault told: the way in from items JSON, YAML and other sources.

A tree holds objects, arrays, strings, truth values and nulls; numbers are strings or `decimal.Decimal`, never floats.
Amounts, dates and periods may be written as people print them ("¥34.4 billion") or in the exact form of items JSON.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import field, frozen

from exporter.errors import DeclarationError, ItemError, ModelError
from exporter.findings import Finding, Location
from exporter.items.declaration import (
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    UnitDeclaration,
)
from exporter.items.document import ItemsDocument
from exporter.items.footnotes import Footnote
from exporter.items.plain import DOCUMENT_TYPE
from exporter.items.specification import FieldSpecification, ItemSpecification, item_specification
from exporter.items.values import CurrencyPair, Month, SourceRef, Unknown, parse_date, parse_period
from exporter.model.entity import Entity
from exporter.model.period import Duration, Instant

_TEXTS: Final = ("prefix", "namespace", "language", "title", "currency", "profile", "release")
_HEADER: Final = ("entity", "period_end", *_TEXTS)
_MISSING: Final = object()
Locate = Callable[[str], Location]


def _at_pointer(pointer: str) -> Location:
    return Location(pointer=pointer)


@frozen(eq=False)
class ItemStructurer:
    """Makes items of ``classes`` from plain trees and gathers what is wrong.

    ``locate`` turns a JSON pointer into a place (file, line); ``findings`` fills as trees are read.
    """

    classes: Mapping[str, type[Any]]
    locate: Locate = _at_pointer
    findings: list[Finding] = field(factory=list)

    @classmethod
    def of(cls, classes: Iterable[type[Any]], locate: Locate = _at_pointer) -> ItemStructurer:
        """A structurer of ``classes``.

        Raises:
            DeclarationError: two classes have one name.
        """
        by_name: dict[str, type[Any]] = {}
        for each in classes:
            if by_name.setdefault(each.__name__, each) is not each:
                raise DeclarationError(f"two item classes are called {each.__name__}")
        return cls(by_name, locate)

    # --- documents ------------------------------------------------------------------------------------------

    def document(self, node: Any) -> ItemsDocument | None:
        """A whole document, or ``None`` where something is wrong with it."""
        if not isinstance(node, Mapping):
            self.fault("", "exporter:wrongShape", f"expected an object with filing and items, got {_kind(node)}")
            return None
        self._members(node, "", ("schema", "filing", "items"))
        if node.get("schema", DOCUMENT_TYPE) != DOCUMENT_TYPE:
            self.fault("/schema", "exporter:unsupportedVersion", f"expected {DOCUMENT_TYPE}, got {node['schema']!r}")
        header = self.header(node.get("filing", {}), "/filing")
        items = node.get("items", [])
        if not isinstance(items, list):
            self.fault("/items", "exporter:wrongShape", f"expected an array of items, got {_kind(items)}")
            return None
        made = [self.item(each, f"/items/{index}", f"items[{index}]") for index, each in enumerate(items)]
        if self.findings and any(finding.is_error for finding in self.findings):
            return None
        return self.build(header, made)

    def build(self, header: Mapping[str, Any], items: Iterable[Any]) -> ItemsDocument | None:
        """The document of a header and items that are sound."""
        try:
            return ItemsDocument(**header, items=items)
        except ModelError as error:
            self.fault("/filing", "exporter:invalidFiling", str(error))
            return None

    def header(self, node: Any, pointer: str) -> dict[str, Any]:
        """What the items share, as arguments of `ItemsDocument`."""
        if not isinstance(node, Mapping):
            self.fault(pointer, "exporter:wrongShape", f"expected an object, got {_kind(node)}")
            return {}
        self._members(node, pointer, _HEADER)
        found: dict[str, Any] = {}
        for name, parse in (("entity", _entity), ("period_end", _instant)):
            if name not in node:
                self.fault(pointer, "exporter:missingField", f"the filing has no {name}", mend=f"add {name}")
            else:
                self._try(f"{pointer}/{name}", found, name, parse, node[name])
        for name in _TEXTS:
            if node.get(name) is not None:
                self._try(f"{pointer}/{name}", found, name, _string, node[name])
        return found

    def _try(self, pointer: str, into: dict[str, Any], name: str, parse: Callable[[Any], Any], node: Any) -> None:
        try:
            into[name] = parse(node)
        except ModelError as error:
            self.fault(pointer, "exporter:invalidValue", str(error))

    # --- items ------------------------------------------------------------------------------------------

    def item(self, node: Any, pointer: str, name: str, only: tuple[type[Any], ...] = ()) -> Any:
        """One item, or ``None`` where something is wrong with it. ``only`` restricts the classes."""
        if not isinstance(node, Mapping):
            self.fault(pointer, "exporter:wrongShape", f"expected an object with a type, got {_kind(node)}", item=name)
            return None
        spec = self._specification(node, pointer, name, only)
        if spec is None:
            return None
        name = f"{name} {spec.name}"
        before = len(self.findings)
        self._members(node, pointer, ("type", *(each.name for each in spec.fields)), name)
        values: dict[str, Any] = {}
        for each in spec.fields:
            self._field(each, node.get(each.name, _MISSING), f"{pointer}/{each.name}", values, name)
        if len(self.findings) > before:
            return None
        try:
            return spec.cls(**values)
        except ItemError as error:
            for finding in error.findings:
                self.fault(
                    pointer + (finding.location.pointer or ""),
                    finding.code,
                    finding.message,
                    mend=finding.mend,
                    item=name,
                )
        except ModelError as error:
            self.fault(pointer, "exporter:invalidValue", str(error), item=name)
        return None

    def _specification(
        self, node: Mapping[str, Any], pointer: str, name: str, only: tuple[type[Any], ...]
    ) -> ItemSpecification | None:
        wanted = node.get("type")
        if wanted is None and len(only) == 1:
            return item_specification(only[0])
        choices = {each.__name__: each for each in only} or dict(self.classes)
        if wanted is None:
            self.fault(pointer, "exporter:missingType", "the item has no type", mend="add type", item=name)
        elif not isinstance(wanted, str) or wanted not in choices:
            self.fault(
                f"{pointer}/type",
                "exporter:unknownItemType",
                f"no report item is called {wanted!r}",
                mend=_suggest(str(wanted), choices, "see `exporter items` for the list"),
                item=name,
            )
        else:
            return item_specification(choices[wanted])
        return None

    def _field(self, each: FieldSpecification, node: Any, pointer: str, values: dict[str, Any], name: str) -> None:
        if node is _MISSING or (node is None and not each.required):
            if each.required:
                self.fault(
                    pointer.rpartition("/")[0],
                    "exporter:missingField",
                    f"{each.name} is missing",
                    mend=_how_to_give(each),
                    item=name,
                )
            return
        before = len(self.findings)
        try:
            value = self._value(each, node, pointer, name)
        except ModelError as error:
            mend = f"`exporter items {name.rpartition(' ')[2]}` shows what {each.name} takes"
            self.fault(pointer, "exporter:invalidValue", f"{each.name}: {error}", mend=mend, item=name)
            return
        if len(self.findings) == before:
            values[each.name] = value

    def _value(self, each: FieldSpecification, node: Any, pointer: str, name: str) -> Any:
        match each.declaration:
            case PeriodDeclaration():
                return _period(each.types, node)
            case UnitDeclaration():
                return _pair(node)
            case LanguageDeclaration():
                return _string(node)
            case NotesDeclaration():
                return self._list(node, pointer, _note, name)
            case RowsDeclaration():
                return self._rows(each, node, pointer, name)
            case ProvenanceDeclaration():
                return _provenance(each, node)
        if isinstance(node, Mapping) and set(node) == {"unknown"}:
            return _unknown(each, node["unknown"])
        if each.many:
            return self._list(node, pointer, lambda part: _coded(each, part), name)
        return _coded(each, node)

    def _rows(self, each: FieldSpecification, node: Any, pointer: str, name: str) -> tuple[Any, ...]:
        if not isinstance(node, list):
            raise ModelError(f"expected an array of items, got {_kind(node)}")
        label = f"{name.partition(' ')[0]}.{each.name}"
        made = [self.item(row, f"{pointer}/{index}", f"{label}[{index}]", each.types) for index, row in enumerate(node)]
        return tuple(row for row in made if row is not None)

    def _list(self, node: Any, pointer: str, parse: Callable[[Any], Any], name: str) -> tuple[Any, ...]:
        parts = node if isinstance(node, list) else [node]
        found: list[Any] = []
        for index, part in enumerate(parts):
            try:
                found.append(parse(part))
            except ModelError as error:
                self.fault(f"{pointer}/{index}", "exporter:invalidValue", str(error), item=name)
        return tuple(found)

    # --- findings ------------------------------------------------------------------------------------------

    def fault(self, pointer: str, code: str, message: str, *, mend: str | None = None, item: str | None = None) -> None:
        """Note an error at a JSON pointer."""
        finding = Finding(code=code, message=message, location=self.locate(pointer), mend=mend)
        self.findings.append(finding.at(pointer=pointer, item=item))

    def _members(self, node: Mapping[str, Any], pointer: str, known: Iterable[str], item: str | None = None) -> None:
        known = tuple(known)
        for name in node:
            if name not in known:
                self.fault(
                    f"{pointer}/{_escape(str(name))}",
                    "exporter:unknownField",
                    f"there is no field {name!r} here",
                    mend=_suggest(str(name), known, f"the fields are {', '.join(known)}"),
                    item=item,
                )


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _suggest(wrong: str, known: Iterable[str], otherwise: str) -> str:
    close = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else otherwise


def _how_to_give(each: FieldSpecification) -> str:
    unknown = ' or state {"unknown": "why"}' if each.unknown else ""
    return f"add {each.name}{unknown}"


def _kind(node: Any) -> str:
    if isinstance(node, Mapping):
        return "an object"
    if isinstance(node, list):
        return "an array"
    return "nothing" if node is None else repr(node)


def _string(node: Any) -> str:
    if not isinstance(node, str):
        raise ModelError(f"expected a string, got {_kind(node)}")
    return node


def _coded(each: FieldSpecification, node: Any) -> Any:
    errors: list[str] = []
    for codec in each.codecs:
        try:
            return codec.from_json(node)
        except ModelError as error:
            errors.append(str(error))
    raise ModelError("; or ".join(dict.fromkeys(errors)))


def _unknown(each: FieldSpecification, reason: Any) -> Unknown:
    if not each.unknown:
        raise ModelError("this field cannot be unknown")
    return Unknown(_string(reason))


def _entity(node: Any) -> Entity:
    if isinstance(node, Mapping):
        if set(node) == {"scheme", "identifier"}:
            identifier = _string(node["identifier"])
            if any(character.isspace() for character in identifier):  # which only XML could write
                raise ModelError(f"an entity identifier has no white space, got {identifier!r}")
            return Entity(_string(node["scheme"]), identifier)
        for name, make in (("cik", Entity.cik), ("lei", Entity.lei)):
            if set(node) == {name}:
                return make(str(node[name]))
    raise ModelError("an entity is an object with scheme and identifier, or with cik, or with lei")


def _instant(node: Any) -> Instant:
    text = _string(node)
    if _is_iso(text):
        return Instant(text)
    found = parse_period(text)
    if isinstance(found, Instant):
        return found
    if found == Duration.day(found.first_day):
        return found.end_instant
    raise ModelError(f"expected one date such as 2005-03-31, got {text!r}")


def _is_iso(text: str) -> bool:
    return len(text) >= 10 and text[:4].isdigit() and text[4] == "-"


def _period(types: tuple[type, ...], node: Any) -> Any:
    if isinstance(node, Mapping):
        if set(node) != {"start", "end"} or Duration not in types:
            raise ModelError(f"expected {_period_forms(types)}")
        return Duration(_string(node["start"]), _string(node["end"]))
    text = _string(node)
    errors: list[str] = []
    for python_type in types:
        try:
            return _period_of(python_type, text)
        except ModelError as error:
            errors.append(str(error))
    raise ModelError(f"{errors[0]}; expected {_period_forms(types)}")


def _period_of(python_type: type, text: str) -> Any:
    if python_type is Instant:
        return _instant(text)
    if python_type is Month:
        return Month.parse(text)
    if python_type is not Duration:
        return parse_date(text)
    found = parse_period(text)
    if not isinstance(found, Duration):
        raise ModelError(f"expected a period with a start and an end, got the date {text!r}")
    return found


def _period_forms(types: tuple[type, ...]) -> str:
    forms = {Instant: "a date like 2005-03-31", Duration: "an object with start and end", Month: "a month like 2003-09"}
    return " or ".join(forms.get(each, "a day like 2004-06-24") for each in types)


def _pair(node: Any) -> CurrencyPair:
    if isinstance(node, Mapping) and set(node) == {"base", "quote"}:
        return CurrencyPair(base=_string(node["base"]), quote=_string(node["quote"]))
    if isinstance(node, str):
        return CurrencyPair.parse(node)
    raise ModelError("a currency pair is an object with base and quote, or text like 'JPY per USD'")


def _note(node: Any) -> Footnote:
    if isinstance(node, str):
        return Footnote(node)
    if not isinstance(node, Mapping) or "text" not in node or set(node) - {"text", "language", "fields", "marker"}:
        raise ModelError("a footnote is text, or an object with text and perhaps language, fields, marker")
    fields = node.get("fields", [])
    return Footnote(
        _string(node["text"]),
        language=node.get("language"),
        fields=[_string(each) for each in (fields if isinstance(fields, list) else [fields])],
        marker=node.get("marker"),
    )


def _provenance(each: FieldSpecification, node: Any) -> Any:
    if SourceRef in each.types:
        return _source(node)
    return str(node) if isinstance(node, Decimal) else _string(node)


def _source(node: Any) -> SourceRef:
    if isinstance(node, str):
        return SourceRef(node)
    if not isinstance(node, Mapping) or set(node) - {"document", "line", "start", "end", "surface"}:
        raise ModelError("a source is a document's name, or an object with document, line, start, end, surface")
    numbers = {name: _whole(node[name]) for name in ("line", "start", "end") if node.get(name) is not None}
    surface = node.get("surface")
    return SourceRef(_string(node.get("document")), surface=None if surface is None else _string(surface), **numbers)


def _whole(node: Any) -> int:
    text = str(node) if isinstance(node, Decimal | int) else _string(node)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ModelError(f"expected a whole number, got {text!r}")
    return int(text)


def members(items: Iterable[Any]) -> Iterator[Any]:
    """Items with the rows of containers in their place."""
    for item in items:
        made_of = item_specification(type(item)).only(RowsDeclaration)
        if made_of is None:
            yield item
        else:
            yield from members(getattr(item, made_of.name))
