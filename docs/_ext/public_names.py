"""References in docstrings and signatures, and the help of commands as markup.

The site documents the public names as users import them, ``exporter.Money``; signatures and docstrings name a class by
the module it stands in, or by its bare name. Texts between single backticks that are no names are commands.
"""

from __future__ import annotations

from pydoc import locate
from typing import Any

import click
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
    lines[:] = [line.replace("*", r"\*") for line in lines]


def set_examples(app: Sphinx, context: click.Context, lines: list[str]) -> None:
    """Set lines that are kept as they are in the help, such as examples, as literal text."""
    made: list[str] = []
    within = False
    for line in lines:
        kept = line.startswith("|")
        if kept and not within:
            made += ["", "::", ""]
        elif within and not kept:
            made.append("")
        made.append(f"   {line[1:].removeprefix(' ')}" if kept else line)
        within = kept
    lines[:] = made


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("missing-reference", resolve)
    app.connect("sphinx-click-process-options", escape)
    app.connect("sphinx-click-process-arguments", escape)
    app.connect("sphinx-click-process-description", set_examples)
    return {"parallel_read_safe": True}
