"""Plain trees to items, with every finding at its place: the way in from items JSON, YAML and other sources.

A tree holds objects, arrays, strings, truth values and nulls; numbers are strings or `decimal.Decimal`, never floats.
Amounts, dates and periods may be written as people print them ("¥34.4 billion") or in the exact form of items JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.errors import DeclarationError, ItemError, ModelError, ReadError
from exporter.findings import (
    MOST_CHOICES,
    Finding,
    Location,
    choice_hint,
    group_alike,
    has_errors,
    list_text,
    near_choices,
)
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    LanguageDeclaration,
    NotesDeclaration,
    PartDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    UnitDeclaration,
)
from exporter.items.document import HeaderError, ItemsDocument
from exporter.items.fields import FieldSpec
from exporter.items.placed import PlacedItem, item_label
from exporter.items.tree_values import (
    DOCUMENT_TYPE,
    PartError,
    coded_value,
    entity_of,
    footnote_of,
    instant_of,
    kind_of,
    languages_of,
    pair_of,
    period_of,
    provenance_of,
    string_of,
    taxonomies_of,
    unknown_of,
)
from exporter.items.values import DEFAULT_CONVENTIONS, Conventions, find_not_stated
from exporter.model.lexical import first_not_in_xml
from exporter.model.period import Instant
from exporter.sources import Source
from exporter.sources.cells import FailedCell, NumberCell, PrintedText
from exporter.sources.yaml import broken_by_comma

_TEXTS: Final = ("prefix", "namespace", "language", "title", "currency", "profile", "release", "audience")
_HEADER: Final = ("entity", "period_end", *_TEXTS, "taxonomies", "label_languages")
_MISSING: Final = object()
_SELDOM: Final = ("id", "source", "footnotes")  # fields of every item
_NOT_KNOWN: Final = frozenset({"unknown", "not known", "tbd", "tba", "pending", "?", "??", "???", "xx", "xxx"})
_TYPOGRAPHIC_QUOTES: Final = tuple("“”„‟‘’«»")
Locate = Callable[[str], Location]


def _at_pointer(pointer: str) -> Location:
    return Location(pointer=pointer)


@frozen
class _Owner:
    """The item that a field belongs to: where it stands, and the name of its class."""

    pointer: str
    cls: str

    @property
    def label(self) -> str:
        return item_label(self.pointer, self.cls)


@frozen(eq=False)
class ItemStructurer:
    """Makes items of ``classes`` from plain trees and gathers what is wrong.

    ``locate`` turns a JSON pointer into a place (file, line); ``in_json`` says that fixes are written in JSON, not in
    YAML; ``findings`` fills as trees are read. ``conventions`` are those of the values that people print.
    """

    classes: Mapping[str, type[Any]]
    locate: Locate = _at_pointer
    in_json: bool = False
    findings: list[Finding] = field(factory=list)
    conventions: Conventions = DEFAULT_CONVENTIONS

    @classmethod
    def of(cls, classes: Iterable[type[Any]], locate: Locate = _at_pointer, *, in_json: bool = False) -> ItemStructurer:
        """A structurer of ``classes``.

        Raises:
            DeclarationError: two classes have one name.
        """
        by_name: dict[str, type[Any]] = {}
        for item_class in classes:
            if by_name.setdefault(item_class.__name__, item_class) is not item_class:
                raise DeclarationError(f"two item classes are called {item_class.__name__}")
        return cls(by_name, locate, in_json)

    # --- documents ------------------------------------------------------------------------------------------

    def document(self, node: Any) -> ItemsDocument | None:
        """A whole document, or ``None`` where something is wrong with it."""
        if not isinstance(node, Mapping):
            self.report("", "exporter:wrongShape", f"expected an object with filing and items, got {kind_of(node)}")
            return None
        self._members(node, "", ("schema", "filing", "items"))
        self._check_characters(node, "")
        if node.get("schema", DOCUMENT_TYPE) != DOCUMENT_TYPE:
            self.report("/schema", "exporter:unsupportedVersion", f"expected {DOCUMENT_TYPE}, got {node['schema']!r}")
        return evolve(self, conventions=Conventions.of_filing(self._language(node)))._document(node)

    def spoken_in(self, node: Any) -> ItemStructurer:
        """The structurer of values as people write them in the language of a filing, where a tree says which."""
        filing = isinstance(node, Mapping) and "filing" in node
        return evolve(self, conventions=Conventions.of_filing(self._language(node))) if filing else self

    def _language(self, node: Mapping[str, Any]) -> str | None:
        """The language that people write the values of a filing in; items JSON has one form for all."""
        filing = node.get("filing")
        language = filing.get("language") if isinstance(filing, Mapping) and not self.in_json else None
        return language if isinstance(language, str) else None

    def _document(self, node: Mapping[str, Any]) -> ItemsDocument | None:
        header = self.header(node.get("filing", {}), "/filing")
        made = self._items(node)
        if made is None or any(finding.is_error for finding in self.findings):
            return None
        return self.build(header, made)

    def items_alone(self, node: Any) -> tuple[Any, ...]:
        """The items of a document, whatever it says of their filing; those with something wrong are left out."""
        if not isinstance(node, Mapping):
            self.report("", "exporter:wrongShape", f"expected an object with items, got {kind_of(node)}")
            return ()
        self._check_characters(node.get("items"), "/items")
        structurer = evolve(self, conventions=Conventions.of_filing(self._language(node)))
        made = structurer._items(node) or ()
        return tuple(item for item in made if item is not None)

    def placed(self, node: Any, first: int = 0) -> Iterator[PlacedItem[Any]]:
        """The items of a piece of a document where they stand, without those with something wrong.

        ``first`` is the number of its first item.
        """
        if not isinstance(node, Mapping):
            self.report("", "exporter:wrongShape", f"expected an object with items, got {kind_of(node)}")
            return
        for index, item in enumerate(self._item_nodes(node) or (), first):
            pointer = f"/items/{index}"
            self._check_characters(item, pointer)
            made = self.item(item, pointer)
            if made is not None:
                yield PlacedItem(pointer, made)
        self.findings[:] = group_alike(self.findings)

    def _item_nodes(self, node: Mapping[str, Any]) -> list[Any] | None:
        items = node.get("items", [])
        if isinstance(items, list):
            return items
        fix = None if self.in_json else "begin each item with '- ', as in `- type: NetLoss`"
        message = f"expected an array of items, got {kind_of(items)}"
        self.report("/items", "exporter:wrongShape", message, fix=fix)
        return None

    def _items(self, node: Mapping[str, Any]) -> list[Any] | None:
        items = self._item_nodes(node)
        if items is None:
            return None
        made = [self.item(item, f"/items/{index}") for index, item in enumerate(items)]
        self.findings[:] = group_alike(self.findings)
        return made

    def _check_characters(self, node: Any, pointer: str) -> None:
        """Note texts that no XML can carry, so that no syntax of XBRL can."""
        if isinstance(node, Mapping):
            for name, value in node.items():
                self._check_characters(value, f"{pointer}/{_escape(str(name))}")
        elif isinstance(node, list):
            for index, value in enumerate(node):
                self._check_characters(value, f"{pointer}/{index}")
        elif isinstance(node, str) and (character := first_not_in_xml(node)) is not None:
            message = f"the text has the character {character}, which XML cannot carry"
            self.report(pointer, "exporter:characterNotInXml", message, fix="take the character out")

    def build(self, header: Mapping[str, Any], items: Iterable[Any]) -> ItemsDocument | None:
        """The document of a header and items that are sound."""
        try:
            return ItemsDocument(**header, items=items)
        except HeaderError as error:
            self.report(f"/filing/{error.field}", "exporter:invalidFiling", str(error))
        except ModelError as error:
            self.report("/filing", "exporter:invalidFiling", str(error))
        return None

    def header(self, node: Any, pointer: str) -> dict[str, Any]:
        """What the items share, as arguments of `ItemsDocument`."""
        if not isinstance(node, Mapping):
            self.report(pointer, "exporter:wrongShape", f"expected an object, got {kind_of(node)}")
            return {}
        self._members(node, pointer, _HEADER)
        header: dict[str, Any] = {}
        for name, parse in (("entity", entity_of), ("period_end", self._instant)):
            if name not in node:
                self.report(pointer, "exporter:missingField", f"the filing has no {name}", fix=f"add {name}")
            else:
                self._try(f"{pointer}/{name}", header, name, parse, node[name])
        for name in _TEXTS:
            if node.get(name) is not None:
                self._try(f"{pointer}/{name}", header, name, string_of, node[name])
        if node.get("label_languages") is not None:
            self._try(f"{pointer}/label_languages", header, "label_languages", languages_of, node["label_languages"])
        if node.get("taxonomies") is not None:
            self._try(f"{pointer}/taxonomies", header, "taxonomies", taxonomies_of, node["taxonomies"])
        return header

    def _instant(self, node: Any) -> Instant:
        return instant_of(node, self.conventions.spoken)

    def _try(self, pointer: str, into: dict[str, Any], name: str, parse: Callable[[Any], Any], node: Any) -> None:
        try:
            into[name] = parse(node)
            ItemsDocument.check_field(name, into[name])
        except HeaderError as error:
            if not any((finding.location.pointer or "").startswith(pointer) for finding in self.findings):
                self.report(pointer, "exporter:invalidFiling", str(error))
        except ModelError as error:
            self.report(pointer, "exporter:invalidValue", str(error))

    # --- items ------------------------------------------------------------------------------------------

    def item(self, node: Any, pointer: str, only: tuple[type[Any], ...] = ()) -> Any:
        """One item, or ``None`` where something is wrong with it. ``only`` restricts the classes."""
        if not isinstance(node, Mapping):
            message = f"expected an object with a type, got {kind_of(node)}"
            self.report(pointer, "exporter:wrongShape", message, item=item_label(pointer))
            return None
        before = len(self.findings)
        spec = self._specification(node, pointer, only)
        if spec is None:
            return None
        owner = _Owner(pointer, spec.name)
        names_of_type = ["type"] if "type" in node else [key for key in node if near_choices(str(key), ["type"])]
        meant = self._members(node, pointer, (*names_of_type, *(field_spec.name for field_spec in spec.fields)), owner)
        values: dict[str, Any] = {}
        for field_spec in spec.fields:
            if field_spec.name not in meant:
                part = node.get(field_spec.name, _MISSING)
                self._field(field_spec, part, f"{pointer}/{field_spec.name}", values, owner)
        if len(self.findings) > before:
            return None
        try:
            return spec.cls(**values)
        except ItemError as error:
            for finding in error.findings:
                self.report(
                    pointer + (finding.location.pointer or ""),
                    finding.code,
                    finding.message,
                    fix=finding.fix,
                    item=owner.label,
                )
        except ModelError as error:
            self.report(pointer, "exporter:invalidValue", str(error), item=owner.label)
        return None

    def _specification(self, node: Mapping[str, Any], pointer: str, only: tuple[type[Any], ...]) -> ItemSpec | None:
        given = node.get("type")
        if given is None and len(only) == 1:
            return item_specification(only[0])
        choices: Mapping[str, type[Any]] = {item_class.__name__: item_class for item_class in only} or self.classes
        if given is None:
            fix, fitting = _how_to_give_type(node, choices)
            self.report(pointer, "exporter:missingType", "the item has no type", fix=fix, item=item_label(pointer))
            return item_specification(fitting) if fitting is not None else None
        if not isinstance(given, str) or given not in choices:
            self.report(
                f"{pointer}/type",
                "exporter:unknownItemType",
                f"no report item is called {given!r}",
                fix=choice_hint(str(given), choices, "see `exporter items` for the list"),
                item=item_label(pointer),
            )
        else:
            return item_specification(choices[given])
        return None

    def _field(self, field_spec: FieldSpec, node: Any, pointer: str, values: dict[str, Any], owner: _Owner) -> None:
        if node is _MISSING or (node is None and not field_spec.required):
            if field_spec.required:
                self.report(
                    pointer.rpartition("/")[0],
                    "exporter:missingField",
                    f"{field_spec.name} is missing",
                    fix=self._how_to_give(field_spec),
                    item=owner.label,
                    at=pointer,
                )
            return
        if node is None:
            message = f"{field_spec.name} has no value"
            self.report(pointer, "exporter:invalidValue", message, fix=self._how_to_give(field_spec), item=owner.label)
            return
        if isinstance(node, FailedCell):
            self.report(pointer + node.part, node.code, node.message, fix=node.fix, item=owner.label)
            return
        before = len(self.findings)
        try:
            value = self._value(field_spec, node, pointer, owner)
        except ModelError as error:
            fix = self._how_to_correct(field_spec, node, owner.cls)
            where = f"{pointer}/{error.part}" if isinstance(error, PartError) else pointer
            self.report(where, "exporter:invalidValue", f"{field_spec.name}: {error}", fix=fix, item=owner.label)
            return
        if len(self.findings) == before:
            values[field_spec.name] = value

    def _value(self, field_spec: FieldSpec, node: Any, pointer: str, owner: _Owner) -> Any:
        if isinstance(node, NumberCell | PrintedText) and not field_spec.codecs:
            node = node.text
        match field_spec.declaration:
            case PeriodDeclaration():
                return period_of(field_spec.types, node, self.conventions.spoken)
            case UnitDeclaration():
                return pair_of(node)
            case LanguageDeclaration():
                return string_of(node)
            case NotesDeclaration():
                return self._list(node, pointer, footnote_of, owner)
            case RowsDeclaration():
                return self._rows(field_spec, node, pointer, owner)
            case ProvenanceDeclaration():
                return provenance_of(field_spec, node)
            case PartDeclaration(lines=lines) if lines is not None and isinstance(node, str):
                node = lines(node)
        if isinstance(node, Mapping) and set(node) == {"unknown"}:
            return unknown_of(field_spec, node["unknown"])
        if field_spec.many:
            return self._list(node, pointer, lambda part: coded_value(field_spec, part, self.conventions), owner)
        return coded_value(field_spec, node, self.conventions)

    def _rows(self, field_spec: FieldSpec, node: Any, pointer: str, owner: _Owner) -> tuple[Any, ...]:
        if not isinstance(node, list):
            raise ModelError(f"expected an array of items, got {kind_of(node)}")
        made = [self.item(row, f"{pointer}/{index}", field_spec.types) for index, row in enumerate(node)]
        return tuple(row for row in made if row is not None)

    def _list(self, node: Any, pointer: str, parse: Callable[[Any], Any], owner: _Owner) -> tuple[Any, ...]:
        parts = node if isinstance(node, list) else [node]
        values: list[Any] = []
        for index, part in enumerate(parts):
            try:
                values.append(parse(part))
            except ModelError as error:
                self.report(f"{pointer}/{index}", "exporter:invalidValue", str(error), item=owner.label)
        return tuple(values)

    # --- findings ------------------------------------------------------------------------------------------

    def report(
        self,
        pointer: str,
        code: str,
        message: str,
        *,
        fix: str | None = None,
        item: str | None = None,
        at: str | None = None,
    ) -> None:
        """Note an error at a JSON pointer; ``at`` is the pointer of a value that should be there, an empty cell."""
        location = self.locate(pointer) if at is None else evolve(self.locate(at), pointer=pointer)
        finding = Finding(code=code, message=message, location=location, fix=fix)
        self.findings.append(finding.at(pointer=pointer, item=item))

    def _members(
        self, node: Mapping[str, Any], pointer: str, known: Iterable[str], owner: _Owner | None = None
    ) -> set[str]:
        """Note the members that do not exist. The result is the fields that they are meant for, where that is seen."""
        known = tuple(known)
        broken = broken_by_comma(node.items(), known)
        parts = broken.parts if broken is not None else ()
        meant = {broken.name} if broken is not None else set()
        for name in node:
            if name in known or name in parts[1:]:
                continue
            message = f"there is no field {name!r} here"
            if broken is not None and name in parts:
                message += ": within braces a comma ends a value"
                fix = f"write {broken.text}"
            else:
                near = near_choices(str(name), known)
                meant.update(set(near[:1]) - node.keys())
                choices = [choice for choice in known if choice not in _SELDOM] or known
                otherwise = f"the fields are {list_text(choices, most=MOST_CHOICES)}"
                fix = f"did you mean {list_text(near, last=' or ')}?" if near else otherwise
            where = f"{pointer}/{_escape(str(name))}"
            self.report(where, "exporter:unknownField", message, fix=fix, item=owner.label if owner else None)
        return meant

    def _how_to_give(self, field_spec: FieldSpec) -> str:
        return f"add {field_spec.name}{f' or write {field_spec.name}: {self._unknown}' if field_spec.unknown else ''}"

    @property
    def _unknown(self) -> str:
        return '{"unknown": "why"}' if self.in_json else "{unknown: why}"

    def _how_to_correct(self, field_spec: FieldSpec, node: Any, cls: str) -> str:
        """What to write in place of a value that cannot be taken."""
        if isinstance(node, Mapping) and len(node) == 1 and near_choices(str(next(iter(node))), ["unknown"]):
            return f"write {field_spec.name}: {self._unknown}" if field_spec.unknown else f"leave {field_spec.name} out"
        if isinstance(node, str) and node[:1] in _TYPOGRAPHIC_QUOTES:
            return 'put the text in straight quotes, "…", or in none'
        if field_spec.unknown and isinstance(node, str) and _states_nothing(node):
            return f"`exporter items {cls}` shows what {field_spec.name} takes; if it is not known, {self._unknown}"
        return f"`exporter items {cls}` shows what {field_spec.name} takes"


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _how_to_give_type(node: Mapping[str, Any], choices: Mapping[str, type[Any]]) -> tuple[str, type[Any] | None]:
    """How to write the type of an item without one, and its class where its fields fit only one."""
    for name, value in node.items():
        if name in choices:
            return f"write `type: {name}`, and its fields beside it", None
        if isinstance(value, str) and value in choices and near_choices(str(name), ["type"]):
            return f"write type instead of {name}", choices[value]
    fitting = [cls for cls in choices.values() if _fits(item_specification(cls), node)]
    if not fitting:
        return "add type; `exporter items` lists the types", None
    names = list_text((f"type: {cls.__name__}" for cls in fitting), last=" or ")
    return f"add {names}", fitting[0] if len(fitting) == 1 else None


def _fits(spec: ItemSpec, node: Mapping[str, Any]) -> bool:
    """Whether an item without a type has the fields that a class needs, and no others than it has."""
    names = {field_spec.name for field_spec in spec.fields}
    required = {field_spec.name for field_spec in spec.fields if field_spec.required}
    return node.keys() - {"type"} <= names and required <= node.keys()


def _states_nothing(text: str) -> bool:
    return text.strip().casefold() in _NOT_KNOWN or find_not_stated(text[:100]) is not None


def read_items(
    source: Source, classes: Iterable[type[Any]] | Mapping[str, type[Any]], *, in_json: bool
) -> ItemsDocument:
    """The document of items that a source holds.

    Args:
        source: a document as it was read.
        classes: the item classes that may occur; a mapping has them by name.
        in_json: whether it is items JSON, whose numbers and texts are told apart by quotes, and not YAML.

    Raises:
        ReadError: with every finding, at its line.
        DeclarationError: two classes have one name.
    """
    if isinstance(classes, Mapping):
        structurer = ItemStructurer(classes, source.locate, in_json)
    else:
        structurer = ItemStructurer.of(classes, source.locate, in_json=in_json)
    document = structurer.document(source.value)
    if document is None or has_errors(source.findings):
        raise ReadError(findings=[*source.findings, *structurer.findings])
    return document


def read_item_list(source: Source, classes: Mapping[str, type[Any]], *, in_json: bool) -> tuple[Any, ...]:
    """The items that a source holds, whatever it says of their filing; arguments and errors as for `read_items`."""
    structurer = ItemStructurer(classes, source.locate, in_json)
    items = structurer.items_alone(source.value)
    if has_errors([*source.findings, *structurer.findings]):
        raise ReadError(findings=[*source.findings, *structurer.findings])
    return items
