"""Writing XBRL 2.1."""
