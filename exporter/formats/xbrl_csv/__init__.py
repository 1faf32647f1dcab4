"""xBRL-CSV 1.0: a metadata file in JSON and tables in CSV, read and written."""
