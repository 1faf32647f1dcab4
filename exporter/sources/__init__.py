"""Sources: documents that people write, as plain trees that know where each part stands.

`exporter.sources.yaml` reads YAML. A source knows syntax only; what the tree means is the business of
`exporter.items.from_tree`.
"""

from typing import Final

YAML_SUFFIXES: Final = (".yaml", ".yml")
