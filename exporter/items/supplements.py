"""Facts beside those that a class declares: what a member stands for, and where a period starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.items.bound import BoundAxis
from exporter.items.codecs.simple_values import DATE, STRING
from exporter.items.declaration import ConceptOption, PeriodType
from exporter.items.fact_options import FactOption
from exporter.items.labels import Labels, words
from exporter.items.open_axes import NAME_PART


def name_options(axis: BoundAxis, kinds: Iterable[PeriodType]) -> Iterator[FactOption]:
    """What says in full the value that a member of an open axis stands for, in items of these kinds of period."""
    labels = axis.labels or Labels()
    standard = f"{labels.standard or words(axis.base)}, Name"
    japanese = f"{labels.standard_ja}、名称" if labels.standard_ja else None
    declared = ConceptOption(name=f"{axis.base}{NAME_PART}", labels=Labels(standard=standard, standard_ja=japanese))
    for period_type in sorted(kinds):
        suffix = "AtInstant" if period_type == "instant" else ""  # classes of both kinds may share the axis
        yield FactOption(
            field=axis.field.name,
            name=declared.name + suffix,
            part=NAME_PART,
            codec=STRING,
            item_type="noLangStringItemType",
            period_type=period_type,
            own_period=True,
            declared=declared,
        )


def period_start_option(option: FactOption, period_field: str) -> FactOption:
    """What says the first day of the period of an item, beside a concept of ``option`` that holds at its end."""
    labels, name = option.declared.labels, f"{option.name}PeriodStart"
    standard = f"{labels.standard or words(option.name)}, Start of Period"
    japanese = f"{labels.standard_ja}、期間の初日" if labels.standard_ja else None
    declared = ConceptOption(name=name, labels=Labels(standard=standard, standard_ja=japanese), when=option.when)
    return FactOption(
        field=period_field,
        name=name,
        codec=DATE,
        item_type=DATE.item_type,
        period_type="duration",
        own_period=True,
        declared=declared,
        when=option.when,
    )
