"""Rules of Inline XBRL about elements and XHTML."""
