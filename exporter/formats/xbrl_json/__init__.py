"""xBRL-JSON 1.0: `reader.read`, `reader.iter_facts` and `writer.write`."""
