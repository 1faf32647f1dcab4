"""One room for each syntax, all of one shape: `read/report.py` and `write/report.py`; only items JSON knows items."""
