"""A document as its reader sees it: encoding, visible text, blocks and tables."""
