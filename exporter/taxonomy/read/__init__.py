"""Taxonomies discovered and read: schemas, linkbases, links."""
