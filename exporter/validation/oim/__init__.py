"""The rules of the Open Information Model over a report and its taxonomy (OIM 1.0)."""
