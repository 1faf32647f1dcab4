"""References in docstrings and signatures, and the help of commands as markup.

The site documents the public names as users import them, ``exporter.Money``; signatures and docstrings name a class by
the module it stands in, or by its bare name. Texts between single backticks that are no names are commands.
"""

from __future__ import annotations

import re
from pydoc import locate
from typing import Any

import click
from attrs import Factory
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.reference | nodes.literal | None:
    """Lead a reference without target to the one documented object of that name; a command becomes a literal text."""
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    name = target.rpartition(".")[2]
    python = env.domains.python_domain
    same = [known for known in python.objects if known.endswith(f".{target}")]
    same = same or [known for known in python.objects if known.rpartition(".")[2] == name]
    if len(same) == 1:
        return python.resolve_xref(env, node["refdoc"], app.builder, "obj", same[0], node, content)
    if " " in target or (target.startswith("exporter.") and locate(target) is not None):
        return nodes.literal(target, target)
    return None


def escape(app: Sphinx, context: click.Context, lines: list[str]) -> None:
    """Keep the stars of patterns in the help of commands from being markup."""
    lines[:] = [re.sub(r"(?<!\*)\*(?!\*)", r"\\*", line) for line in lines]


def show_defaults(
    app: Sphinx, what: str, name: str, target: Any, options: Any, signature: str | None, returned: str | None
) -> tuple[str | None, str | None] | None:
    """Show the default values of the fields of an attrs class, which its own source does not spell out."""
    fields = {field.name: field for field in getattr(target, "__attrs_attrs__", ())}
    if signature is None or not fields:
        return None

    def value(match: re.Match[str]) -> str:
        default = fields[match[1]].default
        return "…" if isinstance(default, Factory) else repr(default)  # type: ignore[arg-type]

    return re.sub(r"attr_dict\['(\w+)'\]\.default", value, signature).replace("NOTHING", "…"), returned


def set_examples(app: Sphinx, context: click.Context, lines: list[str]) -> None:
    """Set lines that are kept as they are in the help, such as examples, as literal text."""
    made: list[str] = []
    within = False
    for line in lines:
        kept = line.startswith("|")
        if kept and not within:
            made += ["", ".. code-block:: text", ""]
        elif within and not kept:
            made.append("")
        made.append(f"   {line[1:].removeprefix(' ')}" if kept else line)
        within = kept
    lines[:] = made


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("missing-reference", resolve)
    app.connect("autodoc-process-signature", show_defaults)
    app.connect("sphinx-click-process-options", escape)
    app.connect("sphinx-click-process-arguments", escape)
    app.connect("sphinx-click-process-description", set_examples)
    return {"parallel_read_safe": True}
