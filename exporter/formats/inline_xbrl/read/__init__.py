"""Reading Inline XBRL."""
