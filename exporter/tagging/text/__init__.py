"""What stands in a text: printed numbers, dates, units and words."""
