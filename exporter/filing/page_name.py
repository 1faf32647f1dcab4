"""What the page of a filing is called, as its profile wants it."""

from __future__ import annotations

import re
from typing import Final

from exporter.filing.filing import Filing

_SUFFIXES: Final = (".xhtml", ".htm", ".html")  # the first that the profile allows
_MODEL: Final = "a-20250331"


def page_name(filing: Filing) -> str:
    """The file name of the page.

    It is what the profile says, else the base of the file names with the first suffix of ``.xhtml``, ``.htm`` and
    ``.html`` that the profile's grammar of file names allows, in small letters where it allows but these.
    """
    rules, base = filing.rules.document, filing.base_name
    if rules.page_file is not None:
        return rules.page_file.replace("{base}", base)
    grammar = re.compile(rules.file_name or ".*")
    names = [f"{stem}{suffix}" for stem in (base, base.lower()) for suffix in _SUFFIXES]
    if allowed := next((name for name in names if grammar.fullmatch(name)), None):
        return allowed
    # The base itself is not of the form asked for: the suffix can be, at least.
    suffixes = (suffix for suffix in _SUFFIXES if grammar.fullmatch(f"{_MODEL}{suffix}"))
    return base + next(suffixes, _SUFFIXES[0])
