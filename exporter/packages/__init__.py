"""Taxonomy packages and report packages as containers; they know no report."""
