"""Notes to financial statements: texts with policies, tables and amounts inside become facts on four levels."""
