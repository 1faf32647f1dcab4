"""What the syntaxes of the Open Information Model share: prefixes, names, units, periods, values, notes (OIM 1.0)."""
