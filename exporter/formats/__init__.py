"""One sub-room for each syntax, all of one shape: `read/report.py` and `write/report.py`. Only items JSON knows report items."""
