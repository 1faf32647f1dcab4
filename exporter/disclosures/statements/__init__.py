"""Financial statements as people lay them out: rows, columns, indents and totals become facts, networks and labels."""
