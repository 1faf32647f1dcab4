"""Which link roles of a taxonomy present a statement, what its title is, and which kind it is of.

Filers say it in the role's definition (``0000003 - Statement - …`` in the SEC's manner, ``[210000] …`` in that of IFRS,
``310010 …`` in EDINET's), in its URI, or by the heading of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from exporter.disclosures.statements.layout import StatementKind
from exporter.model.qname import QName
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy

_DEFINITION: Final = re.compile(
    r"\s*(?:\[?[0-9]+[a-z]?\]?\s*(?:[-–]\s+)?)?(?:(?P<kind>Statement|Schedule|Disclosure|Document|Cover|Notes?) [-–] )?"
    r"(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS: Final = re.compile(
    r"balance ?sheet|statements? ?of ?(?!accounting|significant|compliance)[a-z]"
    r"|(income|earnings|operations) ?statement"
    r"|cash ?flows?|comprehensive ?income|financial ?position|changes ?in ?(shareholders ?|stockholders ?)?equity"
    r"|profit ?(or|and) ?loss|貸借対照表|計算書",
    re.IGNORECASE,
)
_NOTES: Final = re.compile(
    r"notes?(?![a-z])|(?<![a-z])notes|details?|disclosure|polic(y|ies)|tables?\b|関係|注記", re.IGNORECASE
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KINDS: Final = (
    ("cashflow", StatementKind.CASH_FLOW),
    ("キャッシュ・フロー", StatementKind.CASH_FLOW),
    ("equity", StatementKind.EQUITY),
    ("netassets", StatementKind.EQUITY),
    ("変動計算書", StatementKind.EQUITY),
    ("comprehensive", StatementKind.COMPREHENSIVE_INCOME),
    ("包括利益", StatementKind.COMPREHENSIVE_INCOME),
    ("income", StatementKind.INCOME),
    ("profitorloss", StatementKind.INCOME),
    ("profitandloss", StatementKind.INCOME),
    ("operations", StatementKind.INCOME),
    ("earnings", StatementKind.INCOME),
    ("損益計算書", StatementKind.INCOME),
)


@frozen(kw_only=True)
class StatementRole:
    """A link role that presents a statement."""

    uri: str
    title: str
    roots: tuple[QName, ...]

    @property
    def kind(self) -> StatementKind:
        """What the statement is, if its columns are periods: as the role and the heading of its tree say."""
        heading = " ".join((self.uri, *(root.local_name for root in self.roots), self.title.replace(" ", ""))).lower()
        return next((kind for word, kind in _KINDS if word in heading), StatementKind.SCHEDULE)

    @property
    def is_parenthetical(self) -> bool:
        """Whether it states what stands in parentheses in the labels of another statement."""
        return "parenthetical" in f"{self.uri} {self.title}".lower()


def statement_roles(taxonomy: Taxonomy) -> tuple[StatementRole, ...]:
    """The roles that present statements, in the order of their definitions."""
    ordered = sorted(taxonomy.roles_of(PARENT_CHILD), key=lambda uri: taxonomy.definition(uri) or uri)
    return tuple(role for uri in ordered if (role := _statement_role(taxonomy, uri)) is not None)


def _statement_role(taxonomy: Taxonomy, uri: str) -> StatementRole | None:
    definition = " ".join((taxonomy.definition(uri) or "").split())
    match = _DEFINITION.fullmatch(definition)
    kind, title = (match["kind"] or "", match["title"]) if match is not None else ("", definition)
    roots = tuple(taxonomy.network(PARENT_CHILD, uri).roots)
    name = _CAMEL.sub(" ", uri.rstrip("/").rpartition("/")[2])
    is_statement = kind.lower() == "statement" or (
        kind.lower() in ("", "schedule")
        and not any(map(_NOTES.search, (name, title)))
        and (_has_words((name, title)) or _has_words(_CAMEL.sub(" ", root.local_name) for root in roots))
    )
    return StatementRole(uri=uri, title=title or uri, roots=roots) if is_statement else None


def _has_words(texts: Iterable[str]) -> bool:
    return any(map(_WORDS.search, texts))
