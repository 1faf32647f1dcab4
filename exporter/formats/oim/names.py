"""QNames, SQNames, units and periods as OIM text, parsed and formatted (OIM 1.0, xBRL-JSON 1.0).

Parsers take the declared prefixes and raise `LexicalFault`; formatters take a chooser of prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from exporter.errors import ModelError
from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.formats.oim.prefixes import AliasChooser
from exporter.model.entity import Entity
from exporter.model.period import Duration, Instant, parse_oim_period
from exporter.model.qname import NCNAME_PATTERN, QName
from exporter.model.unit import PURE, Unit
from exporter.namespaces import ENTITIES

_PREFIXED = re.compile(f"({NCNAME_PATTERN}):({NCNAME_PATTERN})")
_SQNAME = re.compile(rf"({NCNAME_PATTERN}):(\S+)")
_UNIT_CODE = "oimce:invalidUnitStringRepresentation"
NO_ENTITY = "NA"
YEARLESS_ENTITIES = "https://xbrl.org/entities"


def is_prefixed(text: str) -> bool:
    """Whether ``text`` has the form ``prefix:local``."""
    return _PREFIXED.fullmatch(text) is not None


def bound_namespace(prefix: str, namespaces: Mapping[str, str]) -> str:
    """The namespace of a declared prefix; `LexicalFault` ``oimce:unboundPrefix`` if there is none."""
    try:
        return namespaces[prefix]
    except KeyError:
        raise LexicalFault(
            "oimce:unboundPrefix", f"the prefix {prefix!r} is not declared", f"declare {prefix!r} in namespaces"
        ) from None


def parse_qname(text: str, namespaces: Mapping[str, str], *, code: str) -> QName:
    """``prefix:local`` as an expanded name; ``code`` is for what does not have that form."""
    match = _PREFIXED.fullmatch(text)
    if match is None:
        raise LexicalFault(code, f"expected a name like prefix:local, got {shortened(text)}", "write prefix:local")
    prefix, local_name = match.groups()
    return QName(bound_namespace(prefix, namespaces), local_name, prefix=prefix)


def format_qname(name: QName, prefixes: AliasChooser) -> str:
    """``prefix:local``."""
    return f"{prefixes.alias(name.namespace, name.prefix)}:{name.local_name}"


def parse_entity(text: str, namespaces: Mapping[str, str]) -> Entity:
    """An SQName: the prefix names the scheme, the rest is the identifier."""
    match = _SQNAME.fullmatch(text)
    if match is None:
        raise LexicalFault(
            "oimce:invalidSQName",
            f"expected scheme-prefix:identifier without white space, got {shortened(text)}",
            "write it like cik:0001234567",
        )
    scheme = bound_namespace(match[1], namespaces)
    if (scheme, match[2]) == (ENTITIES, NO_ENTITY):
        raise LexicalFault(
            "oime:invalidUseOfReservedIdentifier",
            f"{shortened(text)} is reserved for the absence of an entity",
            "leave the entity out",
        )
    try:
        return Entity(scheme, match[2])
    except ModelError as error:
        raise LexicalFault("oimce:invalidSQName", str(error)) from None


def format_entity(entity: Entity, prefixes: AliasChooser) -> str:
    """The SQName of an entity."""
    if any(character.isspace() for character in entity.identifier):
        raise LexicalFault(
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
        raise LexicalFault("oime:illegalPureUnit", "a pure number has no unit in OIM", "leave the unit out")
    try:
        return Unit(numerators, denominators)
    except ModelError as error:
        raise LexicalFault(_UNIT_CODE, str(error), "cancel the measure") from None


def _measures(half: str, text: str, *, divided: bool, namespaces: Mapping[str, str]) -> tuple[QName, ...]:
    enclosed = half.startswith("(") and half.endswith(")")
    measures = (half[1:-1] if enclosed else half).split("*")
    if enclosed != (divided and len(measures) > 1):
        raise LexicalFault(
            _UNIT_CODE,
            f"parentheses in {shortened(text)}: expected them where a side of a division has several measures only",
            "write iso4217:USD/xbrli:shares or (utr:a*utr:b)/(utr:c*utr:d)",
        )
    names = tuple(parse_qname(measure, namespaces, code=_UNIT_CODE) for measure in measures)
    if measures != sorted(measures):
        ordered = "*".join(sorted(measures))
        raise LexicalFault(_UNIT_CODE, f"measures out of order in {shortened(text)}, expected {ordered}", "sort them")
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
        raise LexicalFault(
            code, str(error), "write 2025-01-01T00:00:00 or 2024-01-01T00:00:00/2025-01-01T00:00:00"
        ) from None
