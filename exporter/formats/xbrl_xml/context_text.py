"""Contexts and units as text, each made once (XBRL 2.1 sections 4.7 and 4.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.formats.xbrl_xml.prefixes import Prefixes
from exporter.formats.xbrl_xml.problems import Problems
from exporter.model.dimensions import Context, Dimension, ExplicitDimension, TypedDimension
from exporter.model.entity import Entity
from exporter.model.period import Duration, Instant, Period, xml_end, xml_start
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.unit import PURE, Unit
from exporter.namespaces import ENTITIES, XBRLDI, XBRLI, XSI

_NO_ENTITY: Final = Entity(ENTITIES, "NA")


class ContextText:
    """Writes contexts and units without their ids, which are given out at the end."""

    def __init__(self, vocabulary: Vocabulary, prefixes: Prefixes, problems: Problems) -> None:
        self._vocabulary = vocabulary
        self._prefixes = prefixes
        self._problems = problems
        self._unknown: set[QName] = set()
        prefixes.use(XBRLI)

    def format_context(self, context: Context) -> str:
        """The content of ``xbrli:context``, one element a line."""
        dimensions = [f"{line}\n" for each in context.dimensions for line in self._dimension(each)]
        segment = scenario = ""
        if dimensions and self._vocabulary.context_element == "segment":
            inner = "".join(f"        {line}" for line in dimensions)
            segment = f"      <xbrli:segment>\n{inner}      </xbrli:segment>\n"
        elif dimensions:
            inner = "".join(f"      {line}" for line in dimensions)
            scenario = f"    <xbrli:scenario>\n{inner}    </xbrli:scenario>\n"
        identifier = self._identifier(context.entity)
        period = self._period(context.period)
        return (
            f"    <xbrli:entity>\n      {identifier}\n{segment}    </xbrli:entity>\n"
            f"    <xbrli:period>\n{period}    </xbrli:period>\n{scenario}"
        )

    def _identifier(self, entity: Entity | None) -> str:
        if entity == _NO_ENTITY:
            message = f"the entity NA of {ENTITIES} is reserved for facts without an entity"
            self._problems.add("oime:invalidUseOfReservedIdentifier", message, "leave the entity out")
        entity = entity or _NO_ENTITY
        scheme = self._problems.attribute(entity.scheme, "an entity scheme")
        text = self._problems.text(entity.identifier, "an entity identifier")
        return f'<xbrli:identifier scheme="{scheme}">{text}</xbrli:identifier>'

    def _period(self, period: Period) -> str:
        if isinstance(period, Instant):
            return f"      <xbrli:instant>{xml_end(period.moment)}</xbrli:instant>\n"
        if isinstance(period, Duration):
            return (
                f"      <xbrli:startDate>{xml_start(period.start)}</xbrli:startDate>\n"
                f"      <xbrli:endDate>{xml_end(period.end)}</xbrli:endDate>\n"
            )
        return "      <xbrli:forever/>\n"

    def _dimension(self, dimension: Dimension) -> Iterator[str]:
        self._problems.check_name(dimension.axis, "the dimension")
        self._prefixes.use(XBRLDI)
        axis = self._prefixes.name(dimension.axis)
        if isinstance(dimension, ExplicitDimension):
            self._problems.check_name(dimension.member, "the member")
            member = self._prefixes.name(dimension.member)
            yield f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>'
            return
        yield f'<xbrldi:typedMember dimension="{axis}">'
        yield f"  {self._typed_value(dimension)}"
        yield "</xbrldi:typedMember>"

    def _typed_value(self, dimension: TypedDimension) -> str:
        domain = self._vocabulary.typed_domains.get(dimension.axis)
        if domain is None:
            self._tell_unknown(dimension.axis)
            return ""
        self._problems.check_name(domain, "the typed domain")
        tag = self._prefixes.name(domain)
        if dimension.value is None:
            self._prefixes.use(XSI)
            return f'<{tag} xsi:nil="true"/>'
        text = self._checked(dimension.value, dimension.axis, domain)
        return f"<{tag}>{self._problems.text(text, f'a value of {dimension.axis}')}</{tag}>"

    def _checked(self, value: str, axis: QName, domain: QName) -> str:
        datatype = self._vocabulary.datatypes.get(domain)
        if datatype is None:
            return value
        if not datatype.is_valid(value):
            message = f"{value!r} is no value of the dimension {axis}, expected {datatype.name}"
            self._problems.add("xbrldie:IllegalTypedDimensionContentError", message)
            return ""
        return write_qname(value, self._prefixes) if datatype.base == "QName" else value

    def _tell_unknown(self, axis: QName) -> None:
        if axis not in self._unknown:
            self._unknown.add(axis)
            self._problems.add(
                "exporter:typedDomainUnknown",
                f"the domain element of the typed dimension {axis} is not known, and XML cannot be written without it",
                "give the taxonomy, or name the element in vocabulary.typed_domains",
            )

    def format_unit(self, unit: Unit | None) -> str:
        """The content of ``xbrli:unit``; ``None`` is the pure number."""
        if unit is None:
            return self._measures((PURE,), "    ")
        if not unit.denominators:
            return self._measures(unit.numerators, "    ")
        return (
            f"    <xbrli:divide>\n      <xbrli:unitNumerator>\n{self._measures(unit.numerators, '        ')}"
            f"      </xbrli:unitNumerator>\n      <xbrli:unitDenominator>\n"
            f"{self._measures(unit.denominators, '        ')}      </xbrli:unitDenominator>\n    </xbrli:divide>\n"
        )

    def _measures(self, measures: tuple[QName, ...], indent: str) -> str:
        for measure in measures:
            self._problems.check_name(measure, "the measure")
        names = [self._prefixes.name(measure) for measure in measures]
        return "".join(f"{indent}<xbrli:measure>{name}</xbrli:measure>\n" for name in names)


def write_qname(clark: str, prefixes: Prefixes) -> str:
    """A value in Clark notation as XML writes it.

    Raises:
        ModelError: the text is not in Clark notation.
    """
    if clark.startswith("{}"):
        return clark[2:]
    return prefixes.name(QName.parse(clark))
