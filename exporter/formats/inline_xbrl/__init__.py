"""Inline XBRL 1.1: one XHTML document that a person reads and a machine extracts."""
