"""XBRL 2.1 instances in XML under the OIM mapping (xBRL-XML 1.0), read and written as streams."""

from __future__ import annotations

from exporter.formats.xbrl_xml.read.report import iter_facts, read
from exporter.formats.xbrl_xml.write.report import write

__all__ = ["iter_facts", "read", "write"]
