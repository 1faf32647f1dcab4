"""Facts found in a document that already exists, and tagged in place as Inline XBRL."""
