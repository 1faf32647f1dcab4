"""Rules over a taxonomy itself: its schemas, its linkbases and the relationships that they make up. Knows no facts."""
