"""Writing xBRL-JSON."""
