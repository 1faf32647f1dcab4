"""Writing xBRL-CSV."""
