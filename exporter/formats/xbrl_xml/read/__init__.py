"""Reading XBRL 2.1."""
