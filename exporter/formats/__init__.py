"""One sub-room for each syntax, all of one shape: `reader.py` and `writer.py`. Only items JSON knows report items."""
