"""Reading xBRL-CSV."""
