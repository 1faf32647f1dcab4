"""The page of a filing: its items as people read them, every fact tagged where it is shown."""
