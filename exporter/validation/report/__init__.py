"""Rules of the specifications over the facts of a report."""
