"""Rules across the items of one report, and what can hardly be meant."""
