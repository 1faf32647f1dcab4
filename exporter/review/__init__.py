"""The page a person looks at before signing off: facts, notes, findings, origins. No filing needs it."""
