"""The command line: commands, progress, tables, exit codes, and no knowledge of its own."""
