"""Values as OIM syntaxes write them: QNames, units, periods, text, markup of footnotes (OIM 1.0).

Parsers take the declared prefixes and raise `LexicalError`; formatters take a chooser of prefixes. Names in text have
prefixes, those in the model are expanded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from lxml import etree

from exporter.errors import LexicalError, ModelError
from exporter.findings import shortened
from exporter.formats.oim.prefixes import AliasChooser
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Entity
from exporter.model.fact import parse_number
from exporter.model.period import Duration, Instant, parse_oim_period
from exporter.model.qname import QName, is_ncname
from exporter.model.unit import PURE, Unit
from exporter.namespaces import ENTITIES, XHTML

_WHITE_SPACE: Final = re.compile(r"\s")
_UNIT_CODE = "oimce:invalidUnitStringRepresentation"
NO_ENTITY = "NA"
YEARLESS_ENTITIES = "https://xbrl.org/entities"


def is_prefixed(text: str) -> bool:
    """Whether ``text`` has the form ``prefix:local``."""
    prefix, _, local_name = text.partition(":")
    return is_ncname(prefix) and is_ncname(local_name)


def bound_namespace(prefix: str, namespaces: Mapping[str, str]) -> str:
    """The namespace of a declared prefix; `LexicalError` ``oimce:unboundPrefix`` if there is none."""
    try:
        return namespaces[prefix]
    except KeyError:
        raise LexicalError(
            "oimce:unboundPrefix", f"the prefix {prefix!r} is not declared", f"declare {prefix!r} in namespaces"
        ) from None


def parse_qname(text: str, namespaces: Mapping[str, str], *, code: str) -> QName:
    """``prefix:local`` as an expanded name; ``code`` is for what does not have that form."""
    prefix, _, local_name = text.partition(":")
    if not (is_ncname(prefix) and is_ncname(local_name)):
        raise LexicalError(code, f"expected a name like prefix:local, got {shortened(text)}", "write prefix:local")
    return QName(bound_namespace(prefix, namespaces), local_name, prefix=prefix)


def format_qname(name: QName, prefixes: AliasChooser) -> str:
    """``prefix:local``."""
    return f"{prefixes.alias(name.namespace, name.prefix)}:{name.local_name}"


def parse_entity(text: str, namespaces: Mapping[str, str]) -> Entity:
    """An SQName: the prefix names the scheme, the rest is the identifier."""
    prefix, _, identifier = text.partition(":")
    if not (is_ncname(prefix) and identifier) or _WHITE_SPACE.search(identifier):
        raise LexicalError(
            "oimce:invalidSQName",
            f"expected scheme-prefix:identifier without white space, got {shortened(text)}",
            "write it like cik:0001234567",
        )
    scheme = bound_namespace(prefix, namespaces)
    if (scheme, identifier) == (ENTITIES, NO_ENTITY):
        raise LexicalError(
            "oime:invalidUseOfReservedIdentifier",
            f"{shortened(text)} is reserved for the absence of an entity",
            "leave the entity out",
        )
    try:
        return Entity(scheme, identifier)
    except ModelError as error:
        raise LexicalError("oimce:invalidSQName", str(error)) from None


def format_entity(entity: Entity, prefixes: AliasChooser) -> str:
    """The SQName of an entity."""
    if any(character.isspace() for character in entity.identifier):
        raise LexicalError(
            "oimce:invalidSQName",
            f"the entity identifier {shortened(entity.identifier)} has white space, which no SQName may have",
            "write the report in XML, or give the entity another identifier",
        )
    return f"{prefixes.alias(entity.scheme, 'scheme')}:{entity.identifier}"


def parse_unit(text: str, namespaces: Mapping[str, str]) -> Unit:
    """A unit string: measures sorted, parentheses only where a side of a division has two or more measures."""
    top, slash, bottom = text.partition("/")
    numerators = _measures(top, text, divided=bool(slash), namespaces=namespaces)
    denominators = _measures(bottom, text, divided=True, namespaces=namespaces) if slash else ()
    if numerators == (PURE,) and not denominators:
        raise LexicalError("oime:illegalPureUnit", "a pure number has no unit in OIM", "leave the unit out")
    try:
        return Unit(numerators, denominators)
    except ModelError as error:
        raise LexicalError(_UNIT_CODE, str(error), "cancel the measure") from None


def _measures(half: str, text: str, *, divided: bool, namespaces: Mapping[str, str]) -> tuple[QName, ...]:
    enclosed = half.startswith("(") and half.endswith(")")
    measures = (half[1:-1] if enclosed else half).split("*")
    if enclosed != (divided and len(measures) > 1):
        raise LexicalError(
            _UNIT_CODE,
            f"parentheses in {shortened(text)}: expected them where a side of a division has several measures only",
            "write iso4217:USD/xbrli:shares or (utr:a*utr:b)/(utr:c*utr:d)",
        )
    names = tuple(parse_qname(measure, namespaces, code=_UNIT_CODE) for measure in measures)
    if measures != sorted(measures):
        ordered = "*".join(sorted(measures))
        raise LexicalError(_UNIT_CODE, f"measures out of order in {shortened(text)}, expected {ordered}", "sort them")
    return names


def format_unit(unit: Unit, prefixes: AliasChooser) -> str:
    """The unit string, measures sorted by their written form."""
    top = _format_measures(unit.numerators, prefixes)
    bottom = _format_measures(unit.denominators, prefixes)
    if not bottom:
        return "*".join(top)
    return f"{_half(top)}/{_half(bottom)}"


def _format_measures(measures: Iterable[QName], prefixes: AliasChooser) -> list[str]:
    return sorted(format_qname(measure, prefixes) for measure in measures)


def _half(measures: list[str]) -> str:
    return measures[0] if len(measures) == 1 else f"({'*'.join(measures)})"


def parse_period(text: str, *, code: str = "oimce:invalidPeriodRepresentation") -> Instant | Duration:
    """An instant, or two moments with a slash, in the canonical form; ``code`` is for anything else."""
    try:
        return parse_oim_period(text)
    except ModelError as error:
        raise LexicalError(
            code, str(error), "write 2025-01-01T00:00:00 or 2024-01-01T00:00:00/2025-01-01T00:00:00"
        ) from None


_UNLAWFUL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_DECIMAL = re.compile(r"[+-]?[0-9]{1,100}(?:\.[0-9]{1,100})?")
_PLAIN_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_NAMED: Final = frozenset({"QName", "enumeration", "enumerationSet"})

Matcher = Callable[[str], object]


def unlawful_character(text: str) -> str | None:
    """The first character that no XBRL value can hold because XML 1.0 cannot, as ``U+0007``."""
    match = _UNLAWFUL.search(text)
    return f"U+{ord(match[0]):04X}" if match else None


def has_lone_surrogate(text: str) -> bool:
    """Half a surrogate pair: no Unicode text."""
    return _LONE_SURROGATE.search(text) is not None


def holds_names(datatype: DataType | None) -> bool:
    """Whether values of the type are names, written with prefixes and kept expanded."""
    return datatype is not None and datatype.base in _NAMED


def is_free_text(datatype: DataType | None) -> bool:
    """Whether every string of allowed characters is a value of the type."""
    return datatype is not None and datatype.base == "string" and not datatype.facets


def quick_matcher(datatype: DataType | None, *, looks_numeric: bool) -> Matcher | None:
    """A cheap test that is true only for valid values, or ``None``: what fails it must be looked at closely."""
    if datatype is None:
        return _PLAIN_DECIMAL.fullmatch if looks_numeric else None
    if datatype.facets:
        return None
    if datatype.base in ("decimal", "float", "double"):
        return _PLAIN_DECIMAL.fullmatch
    return _PLAIN_INTEGER.fullmatch if datatype.base == "integer" else None


def has_huge_exponent(value: str, limit: int) -> bool:
    """Whether a number's exponent would make it too long to work with."""
    digits = value.lower().partition("e")[2].lstrip("+-").lstrip("0")
    return digits.isdecimal() and (len(digits) > 9 or int(digits) > limit)


def why_invalid(value: str, datatype: DataType | None, *, looks_numeric: bool) -> str | None:
    """Why ``value``, in the model's form, is no value of the type; without a type, as far as its looks show."""
    if (character := unlawful_character(value)) is not None:
        return f"the value holds the character {character}, which no XBRL value can hold"
    if datatype is None:
        if looks_numeric and value != "NaN" and parse_number(value) is None:
            return f"expected a number, as there is a unit or decimals, got {shortened(value)}"
        return None
    if not is_free_text(datatype) and not datatype.is_valid(value):
        return f"{shortened(value)} is no {datatype.standard} ({datatype.base})"
    return None


def expand_names(text: str, datatype: DataType, namespaces: Mapping[str, str], *, code: str) -> str:
    """A written QName, enumeration or enumeration set in the model's form."""
    if datatype.base == "QName":
        return parse_qname(datatype.normalise(text), namespaces, code=code).clark
    if datatype.base == "enumeration":
        return parse_qname(datatype.normalise(text), namespaces, code=code).expanded
    if text == "":
        return ""
    return " ".join(parse_qname(part, namespaces, code=code).expanded for part in text.split(" "))


def write_names(value: str, datatype: DataType, prefixes: AliasChooser, *, code: str) -> str:
    """The model's form of a QName, enumeration or enumeration set, with prefixes."""
    if datatype.base == "QName":
        return format_qname(_parse_clark(datatype.normalise(value), code), prefixes)
    parts = datatype.normalise(value).split(" ") if value else []
    return " ".join(format_qname(_parse_expanded(part, code), prefixes) for part in parts)


def _parse_clark(text: str, code: str) -> QName:
    try:
        name = QName.parse(text)
    except ModelError as error:
        raise LexicalError(code, str(error)) from None
    return _checked(name, text, code)


def _parse_expanded(text: str, code: str) -> QName:
    namespace, _, local_name = text.rpartition("#")
    return _checked(QName(namespace, local_name), text, code)


def _checked(name: QName, text: str, code: str) -> QName:
    if not name.namespace or not is_ncname(name.local_name):
        raise LexicalError(code, f"expected an expanded name, got {shortened(text)}", "give namespace and local name")
    return name


def is_canonical(text: str, datatype: DataType) -> bool:
    """Whether a valid value, as it is written, is in the canonical form of its type (XML Schema 1.0 part 2)."""
    if datatype.base == "enumerationSet":
        return text == " ".join(sorted(text.split(" ")))
    if datatype.base in _NAMED:
        return text == datatype.normalise(text)
    return datatype.is_canonical(text)


_FRAGMENT = "oime:invalidXHTMLFragment"


def check_fragment(content: str) -> None:
    """Raise `LexicalError` where ``content`` is no XHTML fragment."""
    if "<" not in content and "&" not in content and "]]>" not in content and unlawful_character(content) is None:
        return
    root = _parse(content)
    for element in root.iterdescendants(etree.Element):
        if element.getparent() is root and not str(element.tag).startswith(f"{{{XHTML}}}"):
            raise LexicalError(_FRAGMENT, f"the element {element.tag} of the note is not XHTML", "use XHTML elements")
        if element.prefix is not None and str(element.tag).startswith(f"{{{XHTML}}}"):
            raise LexicalError(
                "oime:xhtmlElementInNonDefaultNamespace",
                f"the XHTML element {element.prefix}:{etree.QName(element).localname} of the note has a prefix",
                "write XHTML elements without a prefix",
            )


def _parse(content: str) -> etree._Element:
    # The wrapper is the root, so no DOCTYPE and thus no entity can be declared inside.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(f'<div xmlns="{XHTML}">{content}</div>', parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LexicalError(
            _FRAGMENT,
            f"the note is no well-formed XHTML fragment: {error}",
            "escape & as &amp; and < as &lt; in plain text; close every element",
        ) from None
