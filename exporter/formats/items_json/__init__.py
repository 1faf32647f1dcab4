"""Items JSON: report items as they were stated, the format of this toolkit's own.

It keeps everything an item holds, provenance included; numbers are strings. Its JSON Schema is
``schemas/items.schema.json`` for the built-in disclosures and is derived for others.
"""
