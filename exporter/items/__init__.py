"""Report items: declared once, and all the rest derived.

To be read in this order: `declarations` and `declare` (what a class says), `fields` and `compile` (what is made of it,
once for each class), `bound`, `axes` and `bind` (the same with the concepts of a profile), `to_facts`, `from_facts`
with `fact_groups` and `containers` (items to facts and back), `json_schema`, `taxonomy`. `codec` and `codecs` convert
single values; `document` holds the items of a filing, `placed` says where each stands; `from_tree` and `tree_values`
read and write plain trees.
"""
