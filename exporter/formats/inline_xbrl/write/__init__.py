"""Writing Inline XBRL."""
