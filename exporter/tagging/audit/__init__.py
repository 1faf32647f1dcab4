"""What a tagged document leaves untagged, and why; numbers that differ from the items."""
