"""Reading xBRL-JSON."""
