"""Structured-data export of financial filings: report items to JSON and XBRL, and back."""
