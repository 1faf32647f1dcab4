"""Tables of the words by which places of a document are scored.

Phrases are written as people write captions: ``a|b`` are alternatives, a trailing ``?`` marks a word that may be
absent. They are compared by stems, words such as "of" and "the" left out; of several phrases the longest counts.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from exporter.items.values.languages import get_language, languages

# --- what captions name -----------------------------------------------------------------------------------------------

LINE_ITEMS: Final[dict[str, tuple[str, ...]]] = {
    "revenue": (
        "revenue|sales|turnover",
        "net|operating revenue|sales|turnover",
        "revenue contract|contracts customer|customers",
        "revenue contract customer excluding|including assessed tax",
    ),
    "deferred revenue": ("deferred|unearned revenue|income",),
    "cost of revenue": (
        "cost|costs revenue|sales|turnover",
        "cost|costs goods? sold",
        "cost|costs goods services sold",
    ),
    "gross profit": ("gross profit|result loss?",),
    "gross margin": ("gross margin", "gross profit margin"),
    "operating margin": ("operating margin", "operating profit|income margin", "ebit margin", "return sales"),
    "net margin": ("net margin", "net profit|income margin", "profit margin"),
    "EBITDA": ("ebitda", "ebitda margin"),
    "operating income": (
        "operating income|profit|result|results|earnings|loss loss?",
        "operating loss income|profit",
        "income|profit|earnings|loss|result loss? operations",
        "loss income|profit operations",
        "profit|income loss? operating activities",
        "ebit",
    ),
    "other operating income": (
        "other operating income|expense|expenses|gains|revenue",
        "other income|expense|expenses",
    ),
    "operating expenses": ("operating expense|expenses|costs",),
    "income before tax": (
        "income|profit|earnings|loss|result loss? before income? tax|taxes|taxation",
        "loss income|profit before income? tax|taxes|taxation",
        "income|profit loss? continuing operations before income? tax|taxes",
        "pretax income|profit|loss|result",
        "pre-tax income|profit|loss|result",
    ),
    "net income": (
        "net income|profit|earnings|loss|result|results loss?",
        "net loss income|profit|earnings",
        "net income|profit loss? year|period",
        "income|profit|loss|result|earnings loss? year|period",
        "income|profit|loss|result after tax|taxes",
        "profit loss",
        "net income loss? including noncontrolling interests",
    ),
    "comprehensive income": ("comprehensive income|loss loss?", "other? comprehensive income|loss loss?"),
    "earnings per share": (
        "earnings|income|loss|profit loss? per ordinary|common? share|ads|ads's",
        "net income|loss|earnings|profit loss? per ordinary|common? share|ads",
        "loss earnings|income per ordinary|common? share|ads",
        "eps",
    ),
    "dividends per share": ("dividend|dividends declared|paid|proposed? per ordinary|common? share|ads",),
    "payout ratio": ("dividend? payout ratio|rate", "dividend payout"),
    "income tax": (
        "income tax|taxes expense|expenses|charge|benefit|credit? benefit|credit?",
        "tax expense|charge|benefit|provision",
        "provision|benefit income tax|taxes",
        "taxation",
        "tax|taxes",
    ),
    "deferred tax": ("deferred income? tax|taxes asset|assets|liability|liabilities?",),
    "effective tax rate": ("effective income? tax rate",),
    "interest expense": ("interest expense|expenses|cost|costs net?",),
    "interest income": ("interest income",),
    "interest coverage": ("interest coverage|cover",),
    "finance costs": ("finance|financial|financing cost|costs|expense|expenses|items",),
    "operating cash flow": (
        "net? cash provided|used|generated? provided|used? operating activities",
        "net? cash|cashflow flow|flows? provided|used|generated? operating activities",
        "net? cash flow|flows? operations",
        "net? cash provided|used|generated used? operations",
        "operating cash flow|flows|cashflow",
        "cash provided|used operations",
    ),
    "investing cash flow": (
        "net? cash provided|used|generated? provided|used? investing activities",
        "net? cash|cashflow flow|flows? provided|used|generated? investing activities",
        "net? cash flow|flows? investments|investment",
        "investing|investment cash flow|flows",
    ),
    "financing cash flow": (
        "net? cash provided|used|generated? provided|used? financing activities",
        "net? cash|cashflow flow|flows? provided|used|generated? financing activities",
        "financing cash flow|flows",
    ),
    "free cash flow": ("free cash flow",),
    "capital expenditure": (
        "capital expenditure|expenditures|spending|investment|investments",
        "capex",
        "payments? acquire property plant? equipment",
        "purchase|purchases|acquisition|additions|investments property plant? equipment",
    ),
    "total assets": ("assets", "total assets"),
    "net assets": ("net assets",),
    "total liabilities": ("liabilities", "total liabilities"),
    "liabilities and equity": (
        "liabilities stockholders|shareholders? equity",
        "equity liabilities",
        "total? liabilities stockholders|shareholders? equity",
    ),
    "equity": ("stockholders|shareholders|owners? equity", "equity"),
    "equity ratio": ("equity ratio", "equity assets ratio"),
    "return on equity": ("return shareholders|stockholders|average? equity", "roe"),
    "equity method": ("equity method investments|investment|investees|investee?", "equity method income|loss|losses"),
    "debt to equity": ("debt equity ratio?",),
    "cash": (
        "cash equivalents",
        "cash cash equivalents",
        "cash cash equivalents carrying value",
        "cash hand|banks",
        "cash",
    ),
    "restricted cash": ("restricted cash", "cash cash equivalents restricted cash"),
    "borrowings": (
        "borrowings",
        "loans? borrowings",
        "interest-bearing borrowings|debt|liabilities|loans",
        "interest bearing borrowings|debt|liabilities|loans",
        "bank|external borrowings|loans",
    ),
    "debt": ("debt", "net debt"),
    "share capital": (
        "capital stock",
        "share capital",
        "common|ordinary stock",
        "issued capital",
        "common stock value",
    ),
    "accumulated deficit": ("retained earnings accumulated? deficit?", "accumulated deficit|loss|losses"),
}
"""Figures of financial statements with the captions that name them. A caption of one is no caption of another."""

BARE_PROFIT: Final = frozenset(("net income",))
"""Line items that "profit" or "loss" without any other word may mean."""

NEUTRAL: Final = frozenset(
    re.findall(
        r"[a-z]+",
        "total totals consolidated group company registrant year years ended ending end period fiscal financial "
        "month months "
        "january february march april may june july august september october november december jan feb mar apr jun jul "
        "aug sep sept oct nov dec note notes see amount amounts reported actual audited unaudited thousand thousands "
        "million millions billion billions mn bn mln mio dollar dollars euro euros yen pound pounds krone kroner "
        "kronor "
        "krona franc francs us usd eur gbp jpy nok sek dkk chf aud cad nzd sgd hkd inr cny pln czk msek mnok mdkk "
        "meur teur "
        "keur tusd tchf fy fye ytd full sum overall thereof balance calendar annual date dated "
        "continuing restated revised beginning opening closing hence ifrs gaap statutory entire value carrying "
        "expressed except item items line u s",
    )
)
"""Words of a caption that leave the figure that it names the same."""

QUALIFIERS: Final = re.compile(
    r"(?<![A-Za-z])(?:adjusted|underlying|pro[ -]?forma|normali[sz]ed|non-?(?:gaap|ifrs|recurring)|like-for-like"
    r"|organic"
    r"|recurring|core|constant[ -]currency|budget(?:ed)?|target(?:ed|s)?|plan(?:ned)?|forecast(?:ed|s)?|guidance"
    r"|outlook"
    r"|consensus|cash[ -]basis|hypothetical|illustrative|peer|median|industry|comparable|excluding|excl\.)(?![A-Za-z])",
    re.I,
)
"""Words that make another figure of the one they stand beside, unless the item is named with them."""

EXPECTATIONS: Final = re.compile(
    r"(?<![A-Za-z])(?:expect(?:s|ing)?|target(?:s|ing)?|forecasts?|guidance|outlook|anticipates?|aims?|budget(?:ed|s)?"
    r"|project(?:s|ions?)|plans? (?:to|for)|ambition|is expected|are expected|will (?:be|reach|amount))(?![A-Za-z])",
    re.I,
)
"""Words of a sentence that tells of the future, not of what was."""

OPPOSITES: Final = (
    ("basic", "diluted"),
    ("average|averaged", "closing|spot"),
    ("high|highest|maximum", "low|lowest|minimum"),
    ("opening|beginning", "closing"),
    ("issued", "authorised|authorized", "treasury", "outstanding"),
    ("restated", "previously"),
    ("gross", "net"),
)
"""Words of which a place that has one means no fact that is named with another."""

SAME_WORDS: Final = (
    "own owned owns held holds hold holder holding holdings ownership stake interest beneficially shareholding",
    "issued issue",
    "authorised authorized",
    "average averaged",
    "period-end year-end closing close end",
    "dividend dividends",
    "outstanding circulation",
    "share shares stock",
    "revenue sales turnover",
    "income profit earnings result",
)
"""Words that say the same in captions."""

FLOWS: Final = re.compile(
    r"cash flows?\b|adjustments to reconcile|(?:operating|investing|financing) activities|changes in operating assets"
    r"|キャッシュ・?フロー",
    re.I,
)
"""Words of statements of cash flows, whose rows name what changed."""

PAR_VALUE: Final = re.compile(r",?\s{0,20}(?:no )?(?:\$?[0-9.]{1,20} )?par value.*", re.I | re.S)
"""What captions of share capital tell of the shares behind its name."""

# --- whose figures ----------------------------------------------------------------------------------------------------

COMPANY: Final = re.compile(
    r"(?P<name>(?:[A-Z][\w&'’.\-]{0,60}+(?:[ \u00a0](?:of|and|&|de|du)(?=[ \u00a0][A-Z]))?[ \u00a0]){1,5})"
    r"(?:plc|PLC|Plc|Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|LLP|LP|L\.P|AG|SE|SA|S\.A|S\.p\.A|SpA|NV|N\.V"
    r"|BV|B\.V"
    r"|GmbH|KGaA|ASA|AS|A/S|AB|Oyj|Oy|ApS|KK|K\.K|Co|Pty|a\.s|z\.o\.o|Sp\.)(?![A-Za-z])\.?"
)
"""A company by its name and legal form."""

OTHERS: Final = re.compile(
    r"(?<![A-Za-z])(?:competitors?|rivals?|peers?|its (?:competitors?|rivals?)|industry (?:leader"
    r"|average))(?![A-Za-z])",
    re.I,
)
"""Words for companies that are not the registrant."""

OURS: Final = re.compile(
    r"(?<![A-Za-z])(?:we|our|ours|us|the (?:company|group|registrant|corporation|bank))(?![A-Za-z])(?! (?:competitor"
    r"|rival|peer|main (?:peer|rival|competitor)"
    r"|largest (?:peer|rival|competitor)|closest (?:peer|rival|competitor)))",
    re.I,
)
"""Words for the registrant itself."""

PRONOUNS: Final = re.compile(r"(?<![A-Za-z])(?:it|its|they|their)(?![A-Za-z])", re.I)
"""Words for the company that the sentence before spoke of."""

PARENT_ALONE: Final = re.compile(
    r"(?<![A-Za-z])(?:(?:of the )?parent(?: company)?(?:'s)?(?: alone| only|-only)?(?! and)|company[- ]only"
    r"|separate (?:financial )?"
    r"(?:statements?|accounts)|stand-?alone|unconsolidated|non-?consolidated|holding company only)(?![A-Za-z])"
    r"|個別|単体",
    re.I,
)
"""Headings over statements of the parent company alone."""

WHOLE_GROUP: Final = re.compile(r"(?<![A-Za-z-])(?:consolidated|group)(?![A-Za-z])|連結", re.I)
"""Headings over statements of the group."""

# --- signs ------------------------------------------------------------------------------------------------------------


def _in_other_languages(name: Literal["losses", "profits"]) -> str:
    """The words of one table in all languages, as ends of words: a Bilanzverlust is a Verlust."""
    words = [word for code in languages() for word in getattr(get_language(code), name)]
    return rf"(?:{'|'.join(map(re.escape, words))})(?![^\W\d_])"


LOSS_WORDS: Final = re.compile(
    r"(?<![A-Za-z])(?:loss(?:es)?|deficits?|decreases?|decline|outflows?|used in|used by|used for|negative|shortfall"
    r"|benefit|credit"
    r"|net debt|excess of)(?![A-Za-z])|損失|欠損|赤字|減少|支出"
    rf"|{_in_other_languages('losses')}",
    re.I,
)
PROFIT_WORDS: Final = re.compile(
    r"(?<![A-Za-z])(?:profits?|income|earnings|gains?|surplus|provided by|provided|generated|inflows?|expense"
    r"|increases?)(?![A-Za-z])"
    rf"|利益|収入|増加|{_in_other_languages('profits')}",
    re.I,
)
LOSSES_ALONE: Final = re.compile(
    r"(?<![A-Za-z])(?:loss(?:es)?|deficits?|outflows?|used in|used by)(?![A-Za-z])|損失|欠損|赤字"
    rf"|{_in_other_languages('losses')}",
    re.I,
)
"""Words that say a loss of a result, whatever else is said."""

TAX_WORDS: Final = re.compile(
    r"(?<![A-Za-z])income tax(?:es)?(?![A-Za-z])|(?<![A-Za-z])credit (?:facilit|line|loss)\w*", re.I
)
"""Words that have a word for a profit or a loss in them and mean none."""

RESULTS: Final = frozenset(
    (
        "operating income",
        "income before tax",
        "net income",
        "comprehensive income",
        "earnings per share",
        "operating cash flow",
        "investing cash flow",
        "financing cash flow",
        "free cash flow",
        "gross profit",
        "EBITDA",
        "accumulated deficit",
    )
)
"""Line items that are a profit or a loss, an inflow or an outflow, by their sign."""

OUTWARD: Final = re.compile(
    r"payment|purchase|repayment|repurchase|cost|expense|\btax|dividend|paid|write-off|treasury|acquisition|used"
    r"|支出|費用|原価|支払|返済|配当|自己株式",
    re.I,
)
"""What such concepts count goes out; statements print it as a deduction, in parentheses, though the fact is "
"positive."""

STATEMENT_ITEMS: Final = RESULTS | frozenset(
    (
        "revenue",
        "cost of revenue",
        "operating expenses",
        "income tax",
        "interest expense",
        "total assets",
        "total liabilities",
        "equity",
        "liabilities and equity",
    )
)
"""Line items that a row which names them, and nothing else, states for no other fact."""

# --- units ------------------------------------------------------------------------------------------------------------

GOES_ON: Final = frozenset(
    re.findall(
        r"[a-z]+",
        "in for and or to from at on by of as with than compared versus against during after before while whereas "
        "which that this "
        "was were is are has have had being respectively per due owing including excluding up down more less higher "
        "lower over "
        "under until through between but so because since when where net both however also mainly primarily largely "
        "chiefly "
        "representing reflecting driven partly attributable resulting a an the its our their year yearly annually "
        "total each "
        "until yet still only alone together compare following i e equivalent corresponding",
    )
)
"""Words behind a number that go on with the sentence; any other word names what the number counts."""

INDEX_HEADS: Final = re.compile(r"[\s(]*(?:notes?|notes? no\.?|ref(?:erence)?\.?|page|no\.|#|注記?)[\s).]*", re.I)
"""Heads of columns that hold references, no figures."""

CHANGE_HEADS: Final = re.compile(
    r"[\W0-9]*(?:(?:year[- ]over[- ]year|yoy|y-o-y|absolute|percentage|percent|net|total|nominal|in|us|nok|usd|eur"
    r"|gbp)\W+)*"
    r"(?:changes?|variance|var|growth|increases?|decreases?|difference|diff|delta|adjustments?|chg|yoy|y-o-y)"
    r"(?:\W+(?:in|and|or|decrease|increase|percent|percentage|yoy|y-o-y|million|millions|thousands?|amount|over|vs"
    r"|prior|year|[a-z]{3}))*[\W0-9]*"
    r"|\W*[%％±Δ]\W*(?:chg|change)?\W*|増減|前期比",
    re.I,
)
"""Heads of columns that hold changes between the other columns."""

# --- contradictions ---------------------------------------------------------------------------------------------------

REPORTING: Final = frozenset(
    re.findall(
        "[a-z]+",
        "are were amounted came totalled totaled totals totalling stood stands reached rose fell grew increased "
        "decreased declined improved "
        "dropped climbed advanced recorded report reported reports posted achieved generated earned incurred made "
        "realised "
        "realized recognised recognized compared against up down equalled equaled level approximately say",
    )
)
"""Words between the name of a figure and its number that change nothing of it."""

ADVERBS: Final = re.compile(
    r"(?<![A-Za-z])(?:currently|presently|now|today|still|already|directly|indirectly|together|approximately|thus"
    r"|therefore|again|only"
    r"|in (?:total|all|aggregate)|as (?:a whole|reported))(?![A-Za-z])",
    re.I,
)
"""Words of a sentence that leave out nothing and add nothing to a figure."""

ROUGHLY: Final = re.compile(
    r"(?<![A-Za-z])(?:about|approximately|around|some|nearly|almost|roughly|over|more than|less than|under|up to"
    r"|at least|circa|c\.|ca\."
    r"|close to|just (?:over|under|above|below)|well over|in excess of|exceed(?:s|ed|ing)?|above|below)[ \u00a0]*$"
    r"|[~≈><][ \u00a0]*$|約",
    re.I,
)
"""Words before a number that give it as a rough one."""

CHANGED_BY: Final = re.compile(
    r"(?<![A-Za-z])by(?: (?:about|approximately|around|some|nearly|almost|over))?[ \u00a0]*$", re.I
)
"""The word before a number that is the amount of a change."""

SECTIONS: Final = frozenset(
    re.findall(
        "[a-z]+",
        "statement statements sheet profit loss account accounts operation operations data selected flow flows "
        "activities activity "
        "assets asset equity liabilities liability income attributable financial information summary highlights key "
        "figures results "
        "current non expenses shareholders stockholders",
    )
)
"""Words of sections of statements that leave the figures below them those of the whole."""

PARTS: Final = re.compile(
    r"(?<![A-Za-z])(?:segments?|discontinued|associates?|joint ventures?|subsidiar(?:y|ies)|by (?:region|geography"
    r"|country|product|market)"
    r"|geograph\w+|summari[sz]ed financial information|pro[ -]forma|quarter(?:s|ly)?|non-gaap|peers?"
    r"|acquiree)(?![A-Za-z])",
    re.I,
)
"""Words above a table that tell of parts of the registrant, or of others."""
