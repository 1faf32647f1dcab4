"""Labels of balances carried forward: whether a label reads as a balance, and at which end of its period it stands.

The words of four languages stand in one table. A concept that is known to hold at an instant needs no more than a word
such as "opening"; a row that names no concept is a balance only where its whole phrase says so ("Cash at end of year",
"Balance, March 31, 2005"), for "Closing costs" and "Effect on the opening balance" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Final

from attrs import frozen

from exporter.disclosures.statements.sections import LONGEST_LABEL
from exporter.model.period import Duration

UNCLEAR: Final = "unclear"
"""What `balance_edge` says of a balance that names no end of its period."""


@frozen(kw_only=True)
class _BalanceWords:
    """The words of a language, as expressions.

    ``start`` and ``end`` are found in labels of known balances; ``phrase`` is all of a label that says an edge,
    ``noun`` what is carried forward and may have a date behind it, ``balance`` what a balance is called, ``flow`` what
    makes a label one of a change where it stands before the phrase.
    """

    start: str
    end: str
    phrase: str
    noun: str
    balance: str
    flow: str


_NOUN: Final = r"(?:balances?|cash|equivalents|equity|deficit|capital|earnings|net assets|position)"
_DE_PERIOD: Final = r"(?:\w*jahres|\w*periode|\w*quartals|\w*zeitraums)"
_DE_BALANCE: Final = r"(?:bestand|saldo|stand|kapital)"
_FR_PERIOD: Final = r"(?:exercice|année|période|trimestre|semestre|mois)"
_WORDS: Final = {
    "en": _BalanceWords(
        start=r"\b(?:beginning|begin|opening|start)\b|\bend of (?:the )?(?:previous|prior|preceding) (?:year|period)\b",
        end=r"\b(?:end|ending|closing)\b",
        phrase=r"\b(?:beginning|start|end) of (?:the |each )?(?:\w+ )?(?:year|period|quarter|month)\b"
        rf"|\b(?:opening|beginning|closing|ending)(?= (?:(?!of\b|on\b|for\b|costs?\b|fees?\b)[\w'’]+ ){{0,2}}{_NOUN}\b)"
        r"|\b(?:beginning|start|end|opening|closing|ending)(?=\W*$)",
        noun=_NOUN,
        balance=r"\bbalances?\b",
        flow=r"effects?|adjustments?|changes?|increase|decrease|movements?|paid|payments?|proceeds|received|repayments?"
        r"|purchased?|purchases|sales?|sold|acquired|acquisitions?|issued?|issuances?|granted|exercised|declared"
        # of goods, opening and closing amounts are parts of the cost of sales
        r"|repurchased?|contributions?|transfers?|inventor(?:y|ies)|(?:since|from|until|through|to)(?: the)?\s*$",
    ),
    "ja": _BalanceWords(
        start="期首|年度初|前期末|前(?:連結会計|事業)年度末",
        end="期末|年度末",
        phrase="(?:当|前)?(?:期|(?:連結会計|事業)?年度)[首初末](?:の|における|現在)?(?=純?(?:残高|現在高))"
        "|(?<=残高)[、（( ]*(?:当|前)?期[首末]",
        noun="残高|現在",
        balance="残高|現在高",
        flow="影響|増減|増加|減少|変動|調整|修正額",
    ),
    "de": _BalanceWords(
        start=r"\b(?:anfang|beginn|anfangs\w+|eröffnungs\w+|\w*(?:jahres|perioden)(?:anfang|beginn)s?)\b",
        end=r"\b(?:ende|end(?:bestand|saldo|stand|kapital)|schluss\w+|\w*(?:jahres|perioden)ende)\b",
        phrase=rf"\b(?:anfangs|end|eröffnungs|schluss)(?={_DE_BALANCE}\b)"
        rf"|\b(?:anfang|beginn|ende) (?:des|der) (?:\w+ )?{_DE_PERIOD}\b"
        r"|\b\w*(?:jahres|perioden)(?:anfang|beginn|ende)\b",
        noun=_DE_BALANCE,
        balance=r"\b(?:\w*bestand|saldo|stand)\b",
        flow=r"veränderung(?:en)?|zunahme|abnahme|einfluss|effekte?|anpassung(?:en)?|auszahlung(?:en)?|einzahlung(?:en)?"
        r"|(?:seit|bis)(?: zum)?\s*$",
    ),
    "fr": _BalanceWords(
        start=r"\b(?:ouverture|début)\b",
        end=r"\b(?:clôture|fin)\b",
        phrase=rf"\b(?:début|fin|ouverture|clôture) (?:de |du )(?:l['’] ?|la )?{_FR_PERIOD}\b"
        r"|(?<=\w )(?:d['’]ouverture|de clôture)(?=\W*$)|\b(?:l['’] ?)?(?:ouverture|clôture)(?=\W*$)",
        noun=r"soldes?|trésorerie|capitaux propres",
        balance=r"\bsoldes?\b",
        flow=r"variations?|effets?|incidences?|augmentations?|diminutions?|ajustements?"
        r"|(?:depuis|jusqu['’]à)(?: la| le)?\s*$",
    ),
}  # fmt: skip


def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{getattr(words, name)})" for words in _WORDS.values()), re.IGNORECASE)


_START: Final = _any("start")
_END: Final = _any("end")
_PHRASE: Final = _any("phrase")
_NOUNS: Final = _any("noun")
_BALANCE: Final = _any("balance")
_FLOW: Final = re.compile(
    "|".join(
        [rf"\b(?:{words.flow})(?!\w)" for code, words in _WORDS.items() if code != "ja"] + [_WORDS["ja"].flow]
    ),
    re.IGNORECASE,
)  # fmt: skip
_LEADS_TO_DATE: Final = re.compile(
    r"^\W*(?:(?:as )?(?:at|of)|balances?(?: (?:as )?(?:at|of|on))?|am|zum|au)?\W*$", re.IGNORECASE
)
_BLANK_IN_JAPANESE: Final = re.compile("(?<=[\u3040-\u9fff]) (?=[\u3040-\u9fff])")
_PREPOSITION: Final = re.compile(r"\b(?:as of|as at|at|in|on|am|zum|zu|au|à la|à|en)(?: the)?\Z", re.IGNORECASE)
_MARKS_BEHIND: Final = frozenset(",;:)）–—-")
_MARKS_BEFORE: Final = frozenset(",;:(（、–—-")


def edge_of_label(label: str) -> str | None:
    """Whether a label says ``start`` or ``end`` of the period at which a balance stands; ``None`` for neither."""
    starts = _START.search(label) is not None
    ends = _END.search(_START.sub(" ", label)) is not None
    return None if starts == ends else "start" if starts else "end"


def balance_edge(label: str, periods: Iterable[Duration], *, asks: bool = False) -> str | None:
    """At which edge of the periods of its columns a row stands whose label reads as a balance.

    Args:
        label: what the row is called.
        periods: those of the columns that have a value.
        asks: whether a balance is one also where nothing but the word says so, as in a statement of changes in equity.

    Returns:
        ``start``, ``end``, `UNCLEAR` for a balance that names neither or a date of other periods, ``None`` for a label
        that is of no balance.
    """
    label = label[:LONGEST_LABEL]
    phrase = _PHRASE.search(label)
    if phrase is not None and (edge := edge_of_label(label)) is not None:
        return None if _FLOW.search(label, 0, phrase.start()) else edge
    dates = list(_dates_in(label)) if any(map(str.isdigit, label)) else []
    if dates:
        value, start, end = dates[-1]
        before, rest = label[:start], label[:start] + label[end:]
        if _FLOW.search(before) or not (_NOUNS.search(rest) or _LEADS_TO_DATE.fullmatch(rest)):
            return None
        edges = {_edge_at(value, period) for period in periods}
        if len(edges) == 1 and (edge := edges.pop()) is not None:
            return edge
        return UNCLEAR if asks or _BALANCE.search(rest) else None
    word = _BALANCE.search(label) if asks else None
    return UNCLEAR if word is not None and not _FLOW.search(label, 0, word.start()) else None


def without_edge(label: str) -> str:
    """What a balance is called at both ends of a period: its label without the words of one."""
    text = label = label[:LONGEST_LABEL]
    for _, start, end in reversed(list(_dates_in(label)) if any(map(str.isdigit, label)) else []):
        text = _without_loose_end(text[:start]) + text[end:]
    while (phrase := _PHRASE.search(text)) is not None:
        text = _without_loose_end(text[: phrase.start()]) + " " + text[phrase.end() :].lstrip(")） ")
    text = _BLANK_IN_JAPANESE.sub("", " ".join(text.split())).strip(" ,;:-–—")
    return text[:1].upper() + text[1:] or "Balance"


def _without_loose_end(text: str) -> str:
    """A text without the preposition that led to what stood behind it, and without the marks around that."""
    return _stripped(_PREPOSITION.sub("", _stripped(text, _MARKS_BEHIND)), _MARKS_BEFORE)


def _stripped(text: str, marks: Set[str]) -> str:
    """A text without blanks and marks at its end."""
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return text[:end]


def _dates_in(label: str) -> Iterator[tuple[str, int, int]]:
    """The dates of a label and days of the year, with where they stand."""
    # Imported on use: the names of the months of all languages, which few labels need.
    from exporter.items.values.printed import fold
    from exporter.items.values.printed_dates import CalendarKind, find_dates
    from exporter.items.values.printed_words import printed_words

    text = fold(label)
    for match in find_dates(text.title() if text.isupper() else text, printed_words()):
        if match.kind in (CalendarKind.DATE, CalendarKind.MONTH_DAY):
            yield match.value, match.start, match.end


def _edge_at(value: str, period: Duration) -> str | None:
    """The edge of a period that a date is: its last day, or its first or the one before; years may be left out."""
    first, last = period.start[:10], period.end_instant.date.isoformat()
    before = period.start_instant.date.isoformat()
    if value.startswith("--"):
        value, first, last, before = value[2:], first[5:], last[5:], before[5:]
    starts = value in (first, before)
    return None if starts == (value == last) else "start" if starts else "end"
