"""Lints: what people get wrong in reports that are valid all the same, such as scale, sign, dates and percentages."""
