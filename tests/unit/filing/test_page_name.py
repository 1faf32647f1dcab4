"""What the page is called: by the profile's name, or by its grammar of file names."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from exporter.filing.filing import Filing
from exporter.filing.page_name import page_name
from exporter.profiles.profile import DocumentRules, Profile
from tests.unit.filing.test_export import SMALL


def under(prefix: str = "acme", **rules: Any) -> Filing:
    return evolve(SMALL, prefix=prefix, profile=Profile(name="p", title="P", document=DocumentRules(**rules)))


@pytest.mark.parametrize(
    ("grammar", "name"),
    [
        (None, "acme-20240331.xhtml"),
        (r"[a-z0-9-]+\.(htm|xsd)", "acme-20240331.htm"),
        (r".*\.html", "acme-20240331.html"),
        (r".*\.pdf", "acme-20240331.xhtml"),
        (r"[a-z0-9-]{1,10}\.htm", "acme-20240331.htm"),
        (r"(?=.{1,16}$)[a-z].*\.htm", "acme-20240331.htm"),
    ],
)
def test_the_suffix_is_what_the_grammar_allows(grammar: str | None, name: str) -> None:
    assert page_name(under(file_name=grammar)) == name


def test_small_letters_where_there_have_to_be() -> None:
    assert page_name(under("Acme", file_name=r"[a-z0-9-]+\.htm")) == "acme-20240331.htm"
    assert page_name(under("Acme", file_name=r"[A-Za-z0-9-]+\.htm")) == "Acme-20240331.htm"


def test_a_profile_may_give_the_name() -> None:
    assert page_name(under(page_file="0101010_{base}_ixbrl.htm")) == "0101010_acme-20240331_ixbrl.htm"
