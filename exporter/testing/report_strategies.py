"""Hypothesis strategies for the Open Information Model: from names up to whole reports with a fitting vocabulary.

Values are awkward on purpose: every plane of Unicode, huge and tiny magnitudes, negative zero, nil beside empty.
What a format cannot carry is switched off by a keyword of `Carries`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any, Final, Literal

from attrs import evolve, frozen
from hypothesis import strategies as st

from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.lexical import plain
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import PURE, SHARES, Unit, currency_measure
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ARCROLE_FACT_FOOTNOTE, CIK, ROLE_LINK, UTR, XSD

NAMESPACES: Final = (
    "http://example.com/2024",
    "http://example.com/2024/",
    "urn:example:tax",
    "https://standards.example.org/a?b=c&d=%7Ee",
)
SCHEMES: Final = (CIK, "http://standards.iso.org/iso/17442", "urn:example:tax", "http://example.com/ids")
CUSTOM_ARCROLE: Final = "http://example.com/arcrole/restates"
CUSTOM_ROLE: Final = "http://example.com/role/notes"
ROLE_HREFS: Final = {CUSTOM_ARCROLE: "roles.xsd#restates", CUSTOM_ROLE: "roles.xsd#notes"}
LANGUAGES: Final = ("en", "ja", "en-US", "zh-Hant-TW", "de-1996")


@frozen(kw_only=True)
class Carries:
    """What a format can carry; the strategies draw nothing else."""

    base_url: bool = True
    absent_entity: bool = True
    forever: bool = True
    exact_moments: bool = True
    nil_typed: bool = True
    text_language: Literal["optional", "always", "never"] = "optional"
    carriage_returns: bool = True
    footnotes: bool = True
    markup: bool = True
    fact_links: bool = True
    products_of_measures: bool = True
    max_facts: int = 8


EVERYTHING: Final = Carries()


def texts(carries: Carries = EVERYTHING, *, max_size: int = 12) -> st.SearchStrategy[str]:
    """Text of the characters that XML 1.0 knows, the empty string included."""
    controls = "\t\n\r" if carries.carriage_returns else "\t\n"
    characters = st.one_of(
        st.sampled_from("ab& <>\"'\\/]#ÄÅ\u00a0\u2028\ufeff漢字ｶﾅ😀\ufdd0\U0010fffd" + controls),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    )
    return st.text(characters, max_size=max_size)


def tokens() -> st.SearchStrategy[str]:
    """Text with no leading, trailing or doubled blank."""
    return texts().map(lambda text: " ".join(text.replace("\u2028", "").split()))


def ncnames() -> st.SearchStrategy[str]:
    """XML names without a colon."""
    first = st.sampled_from("abzABZ_éΩ売𠀀")
    rest = st.text(st.sampled_from("abz019-._é\u00b7\u0300売𠀀"), max_size=5)
    return st.builds(str.__add__, first, rest)


def qnames(namespaces: Sequence[str] = NAMESPACES) -> st.SearchStrategy[QName]:
    """Names in one of a few namespaces; some wish for a prefix, and wishes may clash."""
    prefixes = st.sampled_from((None, "ex", "t", "xbrl", "iso4217", "売"))
    return st.builds(QName, st.sampled_from(namespaces), ncnames(), prefix=prefixes)


def units(carries: Carries = EVERYTHING) -> st.SearchStrategy[Unit]:
    """Currencies, shares, rates, and products over products."""
    common = st.sampled_from(
        (Unit.currency("JPY"), Unit.currency("USD"), Unit.shares(), Unit.per_share("USD"),
         Unit.rate(base="USD", quote="JPY"), Unit((currency_measure("USD"),), (PURE,)))
    )  # fmt: skip
    if not carries.products_of_measures:
        return common
    measures = st.sampled_from(
        (currency_measure("EUR"), SHARES, QName(UTR, "m", prefix="utr"), QName(UTR, "kg"), QName(NAMESPACES[0], "売"))
    )
    return common | st.builds(_unit, st.lists(measures, min_size=1, max_size=3), st.lists(measures, max_size=2))


def _unit(numerators: list[QName], denominators: list[QName]) -> Unit:
    return Unit(tuple(numerators), tuple(measure for measure in denominators if measure not in numerators))


def _dates() -> st.SearchStrategy[dt.date]:
    return st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 30))


def moments() -> st.SearchStrategy[str]:
    """Canonical OIM moments: with and without fraction and zone."""
    times = st.sampled_from(("T00:00:00", "T23:59:59", "T12:30:00.5", "T00:00:00.000000001"))
    return st.builds(lambda day, time, zone: f"{day}{time}{zone}", _dates(), times, st.sampled_from(("", "Z")))


def periods(carries: Carries = EVERYTHING) -> st.SearchStrategy[Period]:
    """Instants, durations and forever."""
    days = st.tuples(_dates(), _dates()).map(sorted).map(lambda pair: Duration(*pair))
    choices: list[st.SearchStrategy[Period]] = [st.builds(Instant, _dates()), days]
    if carries.forever:
        choices.append(st.just(FOREVER))
    if carries.exact_moments:
        choices.append(st.builds(Instant, moments()))
        pairs = st.tuples(moments(), moments()).filter(_in_order)
        choices.append(st.builds(lambda pair: Duration(*pair), pairs))
    return st.one_of(choices)


def _in_order(pair: tuple[str, str]) -> bool:
    start, end = pair
    return start[:19] < end[:19]


def entities() -> st.SearchStrategy[Entity]:
    """Identifiers that are no names, some with a colon, in several schemes."""
    identifiers = st.sampled_from(("0001090633", "a:b", "NA", "é#/", "売上")) | ncnames()
    return st.builds(Entity, st.sampled_from(SCHEMES), identifiers)


@frozen(kw_only=True)
class Terms:
    """The names a report draws from, with what its taxonomy would say of them."""

    concepts: tuple[tuple[QName, DataType], ...]
    explicit_axes: tuple[QName, ...]
    typed_axes: tuple[tuple[QName, QName, DataType], ...]
    members: tuple[QName, ...]

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(
            datatypes={**dict(self.concepts), **{domain: datatype for _, domain, datatype in self.typed_axes}},
            typed_domains={axis: domain for axis, domain, _ in self.typed_axes},
            role_hrefs=ROLE_HREFS,
        )


TYPES: Final = tuple(
    standard_type(name)
    for name in (
        "monetaryItemType", "pureItemType", "decimalItemType", "integerItemType", "nonNegativeIntegerItemType",
        "sharesItemType", "doubleItemType", "stringItemType", "textBlockItemType", "tokenItemType", "booleanItemType",
        "dateItemType", "dateTimeItemType", "gYearItemType", "durationItemType", "anyURIItemType", "languageItemType",
        "hexBinaryItemType", "QNameItemType", "enumerationItemType", "enumerationSetItemType",
    )
)  # fmt: skip
_DOMAIN_TYPES: Final = tuple(
    DataType(QName(XSD, base, prefix="xs"), base, base) for base in ("string", "integer", "date", "boolean")
)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """A handful of concepts of different types, axes and members."""
    names = draw(st.lists(qnames(), min_size=9, max_size=12, unique=True))
    types = [*draw(st.lists(st.sampled_from(TYPES), min_size=3, max_size=3)), TYPES[0], TYPES[7]]
    domains = draw(st.lists(st.sampled_from(_DOMAIN_TYPES), min_size=1, max_size=1))
    return Terms(
        concepts=tuple(zip(names[:5], types, strict=True)),
        explicit_axes=(names[5],),
        typed_axes=((names[6], names[7], domains[0]),),
        members=tuple(names[8:]),
    )


def decimal_numerals() -> st.SearchStrategy[str]:
    """Numbers as ``xs:decimal`` writes them: all lengths and odd but lawful spellings."""
    odd = ("0", "-0", "+1", ".5", "5.", "007", "-12.50", "1" + "0" * 300, "-0." + "0" * 299 + "1", "9" * 40 + ".5")
    exact = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)
    return st.sampled_from(odd) | st.integers().map(str) | exact.map(plain)


def _digits(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(str)


def values(datatype: DataType, names: Sequence[QName], carries: Carries = EVERYTHING) -> st.SearchStrategy[str]:
    """Values in the lexical space of ``datatype``; QNames and enumerations take from ``names``, in the model's form."""
    named = st.sampled_from(list(names))
    strategies: dict[str, Any] = {
        "decimal": decimal_numerals(),
        "integer": st.integers().map(str) | st.sampled_from(("-0", "+7", "007", "1" + "0" * 300)),
        "nonNegativeInteger": _digits(0, 10**30),
        "double": st.sampled_from(("1E3", "1.5e-300", "INF", "-INF", "NaN", "12", "-0")),
        "string": texts(carries),
        "token": tokens(),
        "boolean": st.sampled_from(("true", "false", "1", "0")),
        "date": _dates().map(str) | _dates().map(lambda day: f"{day}+09:00"),
        "dateUnion": _dates().map(str) | moments(),
        "gYear": _digits(1000, 9999),
        "duration": st.sampled_from(("P1Y2M3DT4H5M6.7S", "-P30D", "PT0S")),
        "anyURI": st.sampled_from(("", "http://example.com/a?b#c", "../日本", "urn:x:y")),
        "language": st.sampled_from(LANGUAGES),
        "hexBinary": st.binary(max_size=4).map(bytes.hex),
        "QName": named.map(lambda name: name.clark),
        "enumeration": named.map(lambda name: name.expanded),
        "enumerationSet": st.lists(named, max_size=3, unique=True).map(
            lambda chosen: " ".join(name.expanded for name in chosen)
        ),
    }
    drawn: st.SearchStrategy[str] = strategies[datatype.base]
    return drawn


def contexts(known: Terms, carries: Carries = EVERYTHING) -> st.SearchStrategy[Context]:
    """Contexts with no, explicit and typed dimensions."""
    owners: st.SearchStrategy[Entity | None] = st.none() | entities() if carries.absent_entity else entities()
    explicit = [
        st.builds(ExplicitDimension, st.just(axis), st.sampled_from(known.members)) for axis in known.explicit_axes
    ]
    typed = [
        st.builds(TypedDimension, st.just(axis), _typed_values(datatype, known.members, carries))
        for axis, _, datatype in known.typed_axes
    ]
    axes: list[st.SearchStrategy[Dimension]] = [*explicit, *typed]
    cuts: list[st.SearchStrategy[Dimension | None]] = [st.none() | axis for axis in axes]
    dimensions = st.tuples(*cuts).map(lambda drawn: tuple(dimension for dimension in drawn if dimension is not None))
    return st.builds(Context, owners, periods(carries), dimensions)


def _typed_values(datatype: DataType, names: Sequence[QName], carries: Carries) -> st.SearchStrategy[str | None]:
    lexical = values(datatype, names, carries)
    return st.none() | lexical if carries.nil_typed else lexical


def accuracies() -> st.SearchStrategy[int | None]:
    """``decimals``: negative, large, and infinite (``None``)."""
    return st.none() | st.integers(-12, 12) | st.sampled_from((-300, 300))


@st.composite
def facts(draw: st.DrawFn, known: Terms, cuts: Sequence[Context], carries: Carries = EVERYTHING) -> Fact:
    """One fact without id, of a concept and in a context that are given."""
    concept, datatype = draw(st.sampled_from(known.concepts))
    context = draw(st.sampled_from(list(cuts)))
    value = draw(st.none() | values(datatype, known.members, carries)) if draw(st.booleans()) else None
    value = (
        value if value is not None or draw(st.integers(0, 3)) == 0 else draw(values(datatype, known.members, carries))
    )
    if datatype.is_numeric:
        unit = draw(units(carries)) if datatype.is_monetary or draw(st.booleans()) else None
        return Fact(concept, context, value, draw(accuracies()) if value is not None else None, unit)
    language = draw(_languages(carries)) if datatype.is_text else None
    return Fact(concept, context, value, language=language)


def _languages(carries: Carries) -> st.SearchStrategy[str | None]:
    languages = st.sampled_from(LANGUAGES)
    choice: dict[str, st.SearchStrategy[str | None]] = {
        "always": languages, "never": st.none(), "optional": st.none() | languages
    }  # fmt: skip
    return choice[carries.text_language]


def fragments(carries: Carries = EVERYTHING) -> st.SearchStrategy[str]:
    """Contents of footnotes: escaped text, some with XHTML around it."""
    plain_text = texts(evolve(carries, carriage_returns=False)).map(lambda text: escape(text, quote=False))
    if not carries.markup:
        return plain_text
    marked = st.sampled_from(("<p>{}</p>", "<b>{}</b> after", 'before <a href="#n">{}</a>', "{}<br/>"))
    return plain_text | st.builds(lambda frame, text: frame.format(text), marked, plain_text)


@st.composite
def reports(draw: st.DrawFn, carries: Carries = EVERYTHING) -> Report:
    """Whole reports, each with the vocabulary that its taxonomy would give."""
    known = draw(terms())
    cuts = draw(st.lists(contexts(known, carries), min_size=1, max_size=3))
    drawn = draw(st.lists(facts(known, cuts, carries), max_size=carries.max_facts))
    numbered = _identify(drawn, draw(st.sampled_from(("all", "linked"))))
    notes, links = draw(_notes_and_links([fact.id for fact in numbered if fact.id], carries))
    bases = st.none() | st.sampled_from(("http://example.com/base/", "https://example.org/a/b.html"))
    return Report(
        taxonomy=draw(st.lists(st.sampled_from(("a.xsd", "sub/b.xsd", "http://example.com/c.xsd")), min_size=1,
                               max_size=2, unique=True)),
        facts=numbered,
        footnotes=notes,
        links=links,
        base_url=draw(bases) if carries.base_url else None,
        namespaces=draw(st.dictionaries(st.sampled_from(("ex", "t", "p")), st.sampled_from(NAMESPACES), max_size=2)),
        vocabulary=evolve(known.vocabulary, context_element=draw(st.sampled_from((None, "segment", "scenario")))),
    )  # fmt: skip


def _identify(drawn: list[Fact], which: str) -> list[Fact]:
    """Ids for all facts, or for every other one; the writer makes up the rest."""
    return [
        evolve(fact, id=f"f{place}é" if place % 4 else f"f{place + 1}") if which == "all" or place % 2 == 0 else fact
        for place, fact in enumerate(drawn)
    ]


@st.composite
def _notes_and_links(
    draw: st.DrawFn, ids: Sequence[str], carries: Carries
) -> tuple[tuple[FootnoteResource, ...], tuple[Link, ...]]:
    notes: list[FootnoteResource] = []
    links: list[Link] = []
    if not ids:
        return (), ()
    groups = st.sampled_from((ROLE_LINK, CUSTOM_ROLE))
    for place in range(draw(st.integers(0, 2)) if carries.footnotes else 0):
        notes.append(FootnoteResource(draw(fragments(carries)), draw(st.sampled_from(LANGUAGES)), f"note{place}"))
        for source in draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)):
            arcrole = draw(st.sampled_from((ARCROLE_FACT_FOOTNOTE, ARCROLE_FACT_FOOTNOTE, CUSTOM_ARCROLE)))
            links.append(Link(source, f"note{place}", arcrole, draw(groups)))
    if carries.fact_links and draw(st.booleans()):
        ends = st.sampled_from(ids)
        arcroles = st.sampled_from((ARCROLE_FACT_EXPLANATORY, CUSTOM_ARCROLE))
        links += draw(st.lists(st.builds(Link, ends, ends, arcroles, groups), max_size=2))
    return tuple(notes), tuple(dict.fromkeys(links))
