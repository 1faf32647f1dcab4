"""One sub-room for each syntax, all of one shape: `reader.py` and `writer.py`. They know no report item, but items JSON."""
