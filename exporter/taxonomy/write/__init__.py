"""Schemas and linkbases written."""
