"""Report items: declared once, everything else derived."""
