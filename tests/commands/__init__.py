"""Whole commands: exit codes, output, hostile input."""
