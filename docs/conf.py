"""Settings of the site: ``nox -s docs`` builds it into build/docs."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import exporter

project = "exporter"
author = "the authors of exporter"
copyright = "the authors of exporter"
release = version = exporter.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
    "public_names",
    "tables",
]
exclude_patterns = ["_ext"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
smartquotes = False  # options start with two hyphens
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
autodoc_class_signature = "mixed"
python_maximum_signature_line_length = 88
napoleon_numpy_docstring = False
# No inventory of another site is fetched: names of the standard library and of private modules are no links.
nitpick_ignore_regex = [
    (r"py:class", r"Source|Engine|Calculations"),  # names for unions and literals
    (r"py:.*", r"(?:collections\.abc|contextlib|datetime|decimal|os|pathlib|typing)\..*"),
    (r"py:.*", r"Path|Decimal|.*\b_\w+"),
    (r"py:class", r"Mapping\[Any|DocumentRules"),  # of constructors that attrs makes, with its converters
]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"exporter {release}"
html_copy_source = False
html_show_sphinx = False
