"""A profile: standard taxonomies, the concepts that fields of items report, and rules of a document.

The keys are names (an item class, a field, a concept of the item), so that a profile knows no item class itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import evolve, field, frozen

from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.report import as_mapping, as_tuple
from exporter.model.standard_types import Balance, PeriodType, standard_type
from exporter.profiles.toml import is_pattern

Sign = Literal["as_stated", "inverted"]
UnitRule = Literal["item", "pure"]
ContextElement = Literal["segment", "scenario"]
Linkbases = Literal["separate", "embedded"]
InlineVersion = Literal["1.0", "1.1"]
NegativeGlyph = Literal["-", "(", "△", "▲"]
Doctype = Literal["none", "xhtml"]
OpenAxes = Literal["typed", "explicit"]
Characters = Literal["unicode", "ascii", "jis"]
Markup = Literal["", "edgar"]

Enumerations = Literal["members", "texts"]
FootnoteRoles = Literal["own", "standard"]
LabelFiles = Literal["one", "untagged", "tagged"]
Calculations = Literal["1.1", "2.1"]

EXTENSION_ONLY: Final = "extension-only"


@frozen(kw_only=True)
class StandardTaxonomy:
    """A taxonomy that somebody else publishes.

    ``schema`` is the public URL of the schema that declares its concepts, ``package`` what to ask for where its files
    are not available, ``obtain`` where it is published.
    """

    prefix: str
    namespace: str
    schema: str
    package: str
    obtain: str | None = None

    @classmethod
    def at(cls, prefix: str, namespace: str, schema: str | None = None) -> StandardTaxonomy:
        """The taxonomy of a namespace; where its schema stands follows from it for the publishers that are known.

        Raises:
            ValueError: the schema is not given and does not follow.
        """
        if schema is None:
            matches = ((re.fullmatch(pattern, namespace), place) for pattern, place in _SCHEMAS)
            schema = next((match.expand(place) for match, place in matches if match is not None), None)
        if schema is None:
            raise ValueError(f"where the schema of {namespace} stands is not known: give {{namespace: …, schema: …}}")
        return cls(prefix=prefix, namespace=namespace, schema=schema, package=f"the taxonomy {namespace}")

    def name(self, local_name: str) -> QName:
        return QName(self.namespace, local_name, prefix=self.prefix)


# Where publishers put the schema of a namespace.
_SCHEMAS: Final = (
    (r"http://fasb\.org/([a-z-]+)/([0-9]{4})", r"https://xbrl.fasb.org/\1/\2/elts/\1-\2.xsd"),
    (r"http://fasb\.org/([a-z-]+)/(([0-9]{4})-[0-9-]+)", r"http://xbrl.fasb.org/\1/\3/elts/\1-\2.xsd"),
    (r"http://xbrl\.us/us-gaap/(([0-9]{4})-[0-9-]+)", r"http://taxonomies.xbrl.us/us-gaap/\2/elts/us-gaap-\1.xsd"),
    (r"http://xbrl\.sec\.gov/([a-z]+)/(([0-9]{4})[0-9-]*)", r"https://xbrl.sec.gov/\1/\3/\1-\2.xsd"),
    (
        r"(https?://xbrl\.ifrs\.org/taxonomy/([0-9-]+))/ifrs-full",
        r"\1/full_ifrs/full_ifrs-cor_\2.xsd",
    ),
    (
        r"(http://disclosure\.edinet-fsa\.go\.jp/taxonomy/[a-z]+/([0-9-]+))/([a-z]+_cor)",
        r"\1/\3_\2.xsd",
    ),
)


@frozen(kw_only=True)
class StandardConcept:
    """A concept of a standard taxonomy, as far as reporting it needs.

    ``item_type`` is the standard item type that its own type comes down to; ``own_type`` is the name of its own type
    where that is not a standard one. ``verified`` says that a published source
    shows the name; ``remark`` what is known of the fit, or not.
    """

    prefix: str
    local_name: str
    item_type: str = field(metadata={"key": "type"})
    period_type: PeriodType = field(metadata={"key": "period"})
    balance: Balance | None = None
    verified: bool = False
    remark: str | None = None
    own_type: str | None = None

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local_name}"


@frozen(kw_only=True)
class ProfileConcept:
    """The standard concept that a field reports.

    ``values`` maps the values of an enumeration to the text that the concept takes; a value that is not among them
    cannot be reported so. ``pattern`` restricts texts further than the item type does. ``unit`` is ``pure`` where a
    rate is reported as a plain number. ``dimensions`` are members, by axis, that every such fact has.
    """

    concept: StandardConcept
    sign: Sign = "as_stated"
    unit: UnitRule = "item"
    values: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    pattern: str | None = field(default=None, validator=is_pattern)
    dimensions: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class Gap:
    """A field with no standard concept: why, and what the filing's own one is called where it needs another name."""

    reason: str = field(metadata={"key": "gap"})
    name: str | None = None


ProfileBinding = ProfileConcept | Gap


@frozen(kw_only=True)
class ProfileAxis:
    """The standard axis that a field cuts facts by.

    ``members`` maps values of the field to standard members; a value that is not among them gets a member of the
    filing's own. ``ranked`` are standard members that values take in the order in which they first occur.
    ``default`` is the axis's default member in the standard, ``typed_domain`` the element that holds the values of a
    typed axis.
    """

    axis: str
    members: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    default: str | None = None
    typed_domain: str | None = None
    ranked: tuple[str, ...] = field(default=(), converter=as_tuple)
    name_concept: StandardConcept | None = field(default=None, metadata={"key": "name"})
    verified: bool = False
    remark: str | None = None


@frozen(kw_only=True)
class Registry:
    """A transformation registry: the prefix its names are written with and its namespace."""

    prefix: str
    namespace: str


SUFFIXES: Final = {
    "abstract": "[Abstract]",
    "axis": "[Axis]",
    "domain": "[Domain]",
    "line_items": "[Line Items]",
    "member": "[Member]",
    "table": "[Table]",
}
SUFFIXES_JA: Final = {
    "abstract": "[タイトル項目]",
    "axis": "[軸]",
    "domain": "[領域]",
    "line_items": "[表示項目]",
    "member": "[メンバー]",
    "table": "[表]",
}


@frozen(kw_only=True)
class LabelRules:
    """How labels of extension concepts end, by kind, and in which languages there must be one.

    The filing has labels in ``languages`` unless it chooses others; where the profile names none, in its own language.
    The kinds are those of `SUFFIXES`. ``english`` is the language tag of English labels. ``longest`` counts characters.
    ``standard_concepts`` says that the filing labels the standard concepts that it reports, too.
    """

    english: str = "en"
    standard_concepts: bool = False
    suffixes: Mapping[str, str] = field(default=SUFFIXES, converter=as_mapping)
    suffixes_ja: Mapping[str, str] = field(default=SUFFIXES_JA, converter=as_mapping)
    languages: tuple[str, ...] = field(default=(), converter=as_tuple)
    longest: int | None = None

    def tag(self, language: str) -> str:
        """The tag that texts in a language have: English is that of ``english``, where no variety of it is named."""
        return self.english if language.lower() == "en" else language

    def ending(self, kind: str, language: str = "en") -> str:
        """What a label of a concept of that kind ends in; languages without endings of their own have the English."""
        if language.lower().partition("-")[0] == "ja":
            return self.suffixes_ja.get(kind, SUFFIXES_JA[kind])
        return self.suffixes.get(kind, SUFFIXES[kind])


@frozen(kw_only=True)
class LineItemsRole:
    """The role in which line items stand that no dimension is for.

    ``hypercube`` is the standard hypercube of it (``prefix:Name``); ``line_items`` is what the filing's own heading of
    the line items is called.
    """

    uri: str
    id: str
    hypercube: str
    line_items: str = "NotDimensionallyQualifiedLineItems"


@frozen(kw_only=True)
class DefaultsRole:
    """The role in which axes of the filing's own have their default members, and its id."""

    uri: str
    id: str


@frozen(kw_only=True)
class GroupRole:
    """The role of a standard taxonomy in which a subject is presented, its id, and the taxonomy that declares it."""

    uri: str
    id: str
    taxonomy: str


@frozen(kw_only=True)
class ExtensionRules:
    """What the filing's own taxonomy has to look like. Grammars are regular expressions over the whole text.

    ``types`` are the namespaces that item types come from, by the local name of the type: types of a registry that are
    not among them come down to those of XBRL 2.1; without ``types``, all are taken. ``enumerations`` says whether
    values of enumerations are members or texts. ``own_role`` is what a role of the filing's own is called, with
    ``{name}`` in it, ``role_id`` its id. ``imports`` are the standard taxonomies that are imported though no concept
    of theirs is used. ``label_files`` says how labels stand in files: all in one, one for each language of which the
    first has no tag (``untagged``), or one for each (``tagged``). ``monetary_balance`` is the balance of amounts that
    are declared without, ``linkbases`` are those that there are even if nothing is in them (``calculation`` …).
    ``roles_in`` is the standard taxonomy that declares the roles of ``defaults`` and ``line_items``. ``anchors`` says
    whether concepts are anchored to the standard ones that their fields name, ``notes`` is the standard heading
    (``prefix:Name``) of the groups that have a line item without an anchor. ``group_roles`` are the standard roles that
    subjects are presented in, by the name of the heading or of the item class. ``twins`` says that a label in another
    language than the first has one of its role in that. ``calculations`` is the specification that sums follow:
    Calculations 1.1 or XBRL 2.1.
    """

    namespace: str | None = field(default=None, validator=is_pattern)
    prefix: str | None = field(default=None, validator=is_pattern)
    name: str | None = field(default=None, validator=is_pattern)
    longest_name: int | None = None
    id: str = "{prefix}_{name}"
    nillable: bool = True
    schema_file: str | None = field(default=None, validator=is_pattern)
    role: str | None = field(default=None, validator=is_pattern)
    role_definition: str | None = field(default=None, validator=is_pattern)
    references: bool = True
    typed_axes: bool = True
    types: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    enumerations: Enumerations = "members"
    own_role: str | None = None
    role_id: str = "{name}"
    imports: tuple[str, ...] = field(default=(), converter=as_tuple)
    label_files: LabelFiles = "one"
    roles_in: str | None = None
    defaults: DefaultsRole | None = None
    line_items: LineItemsRole | None = None
    monetary_balance: Balance | None = None
    anchors: bool = True
    notes: str | None = None
    linkbases: tuple[str, ...] = field(default=(), converter=as_tuple)
    group_roles: Mapping[str, GroupRole] = field(factory=dict, converter=as_mapping)
    twins: bool = False
    calculations: Calculations = "1.1"

    def item_type(self, datatype: DataType) -> DataType:
        """The type that concepts of the filing's own have for one of the specifications."""
        if datatype.is_enumeration and self.enumerations == "texts":
            return standard_type("stringItemType")
        if not self.types or "/dtr/type/" not in datatype.name.namespace:
            return datatype
        namespace = self.types.get(datatype.name.local_name)
        if namespace is None:
            return standard_type(f"{datatype.base}ItemType")
        return evolve(datatype, name=QName(namespace, datatype.name.local_name, prefix=datatype.name.prefix))


@frozen(kw_only=True)
class ContextName:
    """What contexts of the filing's period are called, and of the same period in years before.

    ``months`` is how long the period is that ends with the filing's own. ``current`` names it, ``prior`` the one some
    years before, with ``{years}`` in it. ``at_end`` says that the ends of these periods have the same names.
    """

    months: int = field()
    current: str
    prior: str = field()
    at_end: bool = False

    @months.validator
    def _is_a_period(self, _: object, value: int) -> None:
        if value < 1:
            raise ValueError(f"is a number of months, got {value}")

    @prior.validator
    def _has_years(self, _: object, value: str) -> None:
        if "{years}" not in value:
            raise ValueError(f"has {{years}} in it, which distinguishes the years, got {value!r}")


@frozen(kw_only=True)
class ContentsRules:
    """What the headings of a page say where they make a table of contents, with ``{title}`` in it.

    ``cover`` is the heading of the cover, ``entry`` what a label on it says. ``part`` heads what follows the cover,
    ``section`` each section of it, with its number, in full-width digits, as ``{number}``.
    """

    cover: str
    entry: str
    part: str
    section: str


@frozen(kw_only=True)
class SubmissionRules:
    """The folder that is submitted, where it is more than the page and the taxonomy.

    ``folder`` is the path of the files in it. ``cover_file`` is the page with the cover and the resources of all pages.
    ``manifest`` is the file that lists the pages of the report, ``id`` and ``type`` are what it calls it, ``titles``
    by language the title of its contents, which ``role`` presents. There may be ``{base}``, ``{1}``, ``{2}`` … in file
    names and in ``id`` as in those of ``DocumentRules``.
    """

    folder: str
    cover_file: str
    manifest: str
    id: str
    type: str
    titles: Mapping[str, str] = field(converter=as_mapping)
    role: str


@frozen(kw_only=True)
class DocumentRules:
    """What a regulator wants of the document.

    ``registries`` are the transformation registries allowed, the first that used. ``open_axes`` says how an axis whose
    values are open is reported: as a typed one, or as an explicit one with members of the filing's own.
    ``hidden_style`` is the CSS property that links a visible text to a hidden fact, ``negative_glyph`` what stands
    before a negative number; left out, what is the custom of the language. ``cover_facts`` are the concepts that every
    document reports. ``file_name`` and ``context_id`` are regular expressions of RE2 over the whole name.
    ``base_name`` is what the names of all files begin with, with ``{prefix}``, ``{date}`` (the end of the period) and
    ``{1}``, ``{2}`` … (the groups of the extension's ``namespace``) in it. ``page_file`` and ``package_file`` are what
    the page and the report package are called, with ``{base}`` for the base of the file names and ``{language}`` for
    the language of the report; left out, ``file_name`` decides about the suffix. ``footnote_roles`` says whether
    footnotes that give the reason of an unknown value have a role of the filing's own. ``characters`` are those that
    XML files have as they are; the others are references (``jis``: on pages). ``markup`` names the variant of the
    page's theme that has only the elements allowed. ``reported_signs`` says that figures stand on the page with the
    sign that is reported, losses as well. ``contents`` are the headings of a page that make a table of contents.
    ``context_names`` say what the periods of contexts are called, ``filing_context`` what the day of filing is called,
    which is ``filing_day`` with a group of ``namespace`` in it, ``other_context`` what all other periods are called,
    with a number. ``submission`` says that the page and the taxonomy are submitted as files of one folder, ``folder``
    what that has in it beside.
    """

    inline_version: InlineVersion = "1.1"
    registries: tuple[Registry, ...] = field(default=(), converter=as_tuple)
    context_element: ContextElement = "scenario"
    open_axes: OpenAxes = "typed"
    entity_scheme: str | None = None
    entity_identifier: str | None = None
    entity_hint: str | None = None
    file_name: str | None = field(default=None, validator=is_pattern)
    page_file: str | None = field(default=None)
    package_file: str | None = None
    base_name: str | None = None
    hidden_style: str | None = None
    negative_glyph: NegativeGlyph | None = None
    reported_signs: bool = False
    doctype: Doctype = "none"
    characters: Characters = "unicode"
    markup: Markup = ""
    linkbases: Linkbases = "separate"
    context_id: str | None = field(default=None, validator=is_pattern)
    context_names: tuple[ContextName, ...] = field(default=(), converter=as_tuple)
    languages: tuple[str, ...] = field(default=(), converter=as_tuple)
    footnote_roles: FootnoteRoles = "own"
    filing_day: str | None = None
    filing_context: str | None = None
    other_context: str | None = None
    contents: ContentsRules | None = None
    submission: bool = False
    folder: SubmissionRules | None = None
    cover_facts: tuple[str, ...] = field(default=(), converter=as_tuple)
    extension: ExtensionRules = field(factory=ExtensionRules)
    labels: LabelRules = field(factory=LabelRules)

    @page_file.validator
    def _is_a_name(self, _: object, value: str | None) -> None:
        if value is not None and ("/" in value or "\\" in value):
            raise ValueError("is the name of a file, no path")

    @property
    def with_sec(self) -> bool:
        """Whether the SEC's own transformations may be used."""
        return any(registry.namespace.startswith("http://www.sec.gov/inlineXBRL/") for registry in self.registries)


BindingKey = tuple[str, str]
"""An item class and a field of it, with the item's concept where the field may report several: ``amount:Revenues``."""


def _fields(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({item: tuple(fields) for item, fields in value.items()})


@frozen(kw_only=True)
class Audience:
    """Whom a filing is tagged for, and so what of its items is a fact.

    Concepts of a standard taxonomy are always reported. Of the filing's own concepts those of ``untagged`` are not:
    fields by item class, ``*`` for all of them. ``parts`` says whether what accompanies a name is a fact (its kind, the
    text that a member stands for), ``unknown`` whether a value that is not known is a nil fact, ``first_days`` whether
    the first day of a period is one where the concept holds at its end, ``footnotes`` whether facts have footnotes.
    """

    title: str
    parts: bool = True
    unknown: bool = True
    first_days: bool = True
    footnotes: bool = True
    untagged: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=_fields)

    def tags(self, item: str, field: str, part: str | None = None) -> bool:
        """Whether an extension concept of a field of an item class, or of a part of its value, is reported."""
        if part is not None:
            return self.parts
        untagged = self.untagged.get(item, ())
        return "*" not in untagged and field not in untagged


ANALYST: Final = Audience(title="Readers of data")


@frozen(kw_only=True, eq=False)
class Profile:
    """Which standard concepts items report, and what the document has to be like.

    ``release`` is the edition of the standard taxonomies, one of ``releases``. ``parts`` are gaps common to all
    classes: what an entity's name is accompanied by (``Kind``, ``Identifier``). ``headings`` are the standard abstract
    concepts that head groups of the presentation, by the name of the heading or of the item class. ``names`` say
    what the filing's own concepts are called whose names a standard taxonomy has for something else. ``audience`` is
    one of ``audiences``: what of the items is tagged. A profile without
    ``taxonomies`` reports everything in the filing's own namespace. ``source`` is what it was asked for by: its name,
    or a path.
    """

    name: str
    title: str
    source: str = field()
    regulator: str | None = None
    release: str | None = None
    releases: tuple[str, ...] = field(default=(), converter=as_tuple)
    taxonomies: Mapping[str, StandardTaxonomy] = field(factory=dict, converter=as_mapping)
    concepts: Mapping[str, StandardConcept] = field(factory=dict, converter=as_mapping)
    bindings: Mapping[BindingKey, ProfileBinding] = field(factory=dict, converter=as_mapping)
    axes: Mapping[BindingKey, ProfileAxis | Gap] = field(factory=dict, converter=as_mapping)
    parts: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    headings: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    names: Mapping[str, str] = field(factory=dict, converter=as_mapping)
    audience: str = "analyst"
    audiences: Mapping[str, Audience] = field(factory=dict, converter=as_mapping)
    document: DocumentRules = field(factory=DocumentRules)

    @source.default
    def _own_name(self) -> str:
        return self.name

    @property
    def is_standard(self) -> bool:
        """Whether any standard taxonomy is used."""
        return bool(self.taxonomies)

    def qname(self, name: str) -> QName:
        """A name written ``prefix:name`` in the profile's release."""
        prefix, _, local_name = name.partition(":")
        return self.taxonomies[prefix].name(local_name)

    def binding(self, item: str, field: str, concept: str, part: str | None = None) -> ProfileBinding | None:
        """What a field of an item class reports; ``None`` where the profile does not say.

        ``concept`` is the local name of the item's own concept: it distinguishes the options of a field, and an entry
        for it goes before one for the whole field.
        """
        place = f"{field}.{part}" if part else field
        binding = self.bindings.get((item, f"{place}:{concept}")) or self.bindings.get((item, place))
        if binding is None and part is not None and part in self.parts:
            return Gap(reason=self.parts[part])
        return binding

    def axis(self, item: str, field: str) -> ProfileAxis | Gap | None:
        """The standard axis of a field, or why there is none; ``None`` where the profile does not say."""
        return self.axes.get((item, field))

    @property
    def tagging(self) -> Audience:
        """What of the items is tagged."""
        return self.audiences.get(self.audience, ANALYST)

    def own_name(self, local_name: str) -> str:
        """The local name of a concept of the filing's own."""
        return self.names.get(local_name, local_name)

    def default_of(self, axis: str) -> str | None:
        """The default member of a standard axis, as far as some field's axis says it."""
        axes = (known for known in self.axes.values() if isinstance(known, ProfileAxis))
        return next((known.default for known in axes if known.axis == axis and known.default is not None), None)
