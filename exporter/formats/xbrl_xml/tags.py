"""Element and attribute names of XBRL 2.1 instances in Clark notation."""

from __future__ import annotations

from typing import Final

from exporter.namespaces import LINK, XBRLDI, XBRLI, XHTML, XLINK, XML, XSI

XBRL: Final = f"{{{XBRLI}}}xbrl"
CONTEXT: Final = f"{{{XBRLI}}}context"
UNIT: Final = f"{{{XBRLI}}}unit"
ENTITY: Final = f"{{{XBRLI}}}entity"
IDENTIFIER: Final = f"{{{XBRLI}}}identifier"
SEGMENT: Final = f"{{{XBRLI}}}segment"
SCENARIO: Final = f"{{{XBRLI}}}scenario"
PERIOD: Final = f"{{{XBRLI}}}period"
INSTANT: Final = f"{{{XBRLI}}}instant"
START_DATE: Final = f"{{{XBRLI}}}startDate"
END_DATE: Final = f"{{{XBRLI}}}endDate"
FOREVER: Final = f"{{{XBRLI}}}forever"
MEASURE: Final = f"{{{XBRLI}}}measure"
DIVIDE: Final = f"{{{XBRLI}}}divide"
UNIT_NUMERATOR: Final = f"{{{XBRLI}}}unitNumerator"
UNIT_DENOMINATOR: Final = f"{{{XBRLI}}}unitDenominator"
NUMERATOR: Final = f"{{{XBRLI}}}numerator"
DENOMINATOR: Final = f"{{{XBRLI}}}denominator"

EXPLICIT_MEMBER: Final = f"{{{XBRLDI}}}explicitMember"
TYPED_MEMBER: Final = f"{{{XBRLDI}}}typedMember"

SCHEMA_REF: Final = f"{{{LINK}}}schemaRef"
LINKBASE_REF: Final = f"{{{LINK}}}linkbaseRef"
ROLE_REF: Final = f"{{{LINK}}}roleRef"
ARCROLE_REF: Final = f"{{{LINK}}}arcroleRef"
FOOTNOTE_LINK: Final = f"{{{LINK}}}footnoteLink"
LOC: Final = f"{{{LINK}}}loc"
FOOTNOTE: Final = f"{{{LINK}}}footnote"
FOOTNOTE_ARC: Final = f"{{{LINK}}}footnoteArc"

XLINK_TYPE: Final = f"{{{XLINK}}}type"
XLINK_HREF: Final = f"{{{XLINK}}}href"
XLINK_ROLE: Final = f"{{{XLINK}}}role"
XLINK_ARCROLE: Final = f"{{{XLINK}}}arcrole"
XLINK_LABEL: Final = f"{{{XLINK}}}label"
XLINK_FROM: Final = f"{{{XLINK}}}from"
XLINK_TO: Final = f"{{{XLINK}}}to"

XML_LANG: Final = f"{{{XML}}}lang"
XML_BASE: Final = f"{{{XML}}}base"
XSI_NIL: Final = f"{{{XSI}}}nil"

XHTML_BRACED: Final = f"{{{XHTML}}}"
WHITE_SPACE: Final = " \t\r\n"
