"""Python modules of item classes and profiles, generated from a taxonomy."""
