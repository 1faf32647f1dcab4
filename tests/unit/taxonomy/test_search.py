"""Finding concepts by words."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.operations.concepts import load_packaged_taxonomy
from exporter.taxonomy.concepts import DOCUMENTATION, TERSE, Concept, Label
from exporter.taxonomy.search import ConceptIndex, nearest_concepts, normalized, tokens, words_of_name
from exporter.taxonomy.taxonomy import Taxonomy
from tests.support.steps import steps

SPACE = "http://standard.example.com/2024"
FERC = Path(__file__).parents[4] / "shared" / "data" / "ferc" / "form-1-2022-01-01.package.zip"


def concept(name: str, type: str = "monetaryItemType", **more: object) -> Concept:
    given: dict[str, object] = {"period_type": "instant", **more}
    return Concept(qname=QName(SPACE, name, prefix="std"), datatype=standard_type(type), **given)  # type: ignore[arg-type]


def taxonomy(labels: dict[str, str | tuple[str, ...]], **more: Concept) -> Taxonomy:
    concepts = [more.get(name) or concept(name) for name in labels]
    texts = {name: (text,) if isinstance(text, str) else text for name, text in labels.items()}
    found = [
        Label(concept=one.qname, text=text, language="en" if text.isascii() else "ja")
        for one in concepts
        for text in texts[one.qname.local_name]
    ]
    return Taxonomy(namespace=SPACE, prefix="std", concepts=concepts, labels=found)


STANDARD = taxonomy(
    {
        "TradeReceivables": ("Trade receivables", "売掛金"),
        "OtherReceivables": ("Other receivables", "その他の債権"),
        "RetainedEarnings": ("Retained earnings", "利益剰余金"),
        "Assets": ("Total assets", "資産合計"),
        "CurrentAssets": "Current assets",
        "ProfitLossForYear": "Profit (loss) for the year",
        "AssetsAxis": "Assets [Axis]",
        "EntityAddress": "Address of the entity",
    },
    ProfitLossForYear=concept("ProfitLossForYear", period_type="duration", balance="credit"),
    AssetsAxis=concept("AssetsAxis", "stringItemType", period_type="duration", abstract=True, kind="dimension"),
    EntityAddress=concept("EntityAddress", "stringItemType", period_type="duration"),
)


def names(text: str, **more: object) -> list[str]:
    return [one.concept.qname.local_name for one in STANDARD.index.nearest(text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("trade receivables", "TradeReceivables"),
        ("Receivable, trade", "TradeReceivables"),
        ("the profit for the year", "ProfitLossForYear"),
        ("RetainedEarnings", "RetainedEarnings"),
        ("retained earning", "RetainedEarnings"),
        ("売掛金", "TradeReceivables"),
        ("繰越利益剰余金", "RetainedEarnings"),
        ("その他債権", "OtherReceivables"),
        ("ASSETS", "Assets"),
        ("address", "EntityAddress"),
    ],
)
def test_the_best_candidate(query: str, best: str) -> None:
    assert names(query)[0] == best


def test_the_same_words_score_one_and_no_word_none() -> None:
    first = nearest_concepts(STANDARD, "Receivables (trade)")[0]
    assert (first.score, first.label) == (1.0, "Trade receivables")
    assert nearest_concepts(STANDARD, "goodwill") == ()
    assert nearest_concepts(STANDARD, "") == ()


def test_rare_words_count_most() -> None:
    found = {one.concept.qname.local_name: one.score for one in nearest_concepts(STANDARD, "trade receivables")}
    assert found["TradeReceivables"] > 2 * found["OtherReceivables"] > 0


def test_filters() -> None:
    assert names("assets", type="monetaryItemType") == ["Assets", "CurrentAssets"]
    assert names("assets", accept=lambda one: one.kind == "dimension") == ["AssetsAxis"]
    assert names("profit assets", period="duration", balance="credit") == ["ProfitLossForYear"]
    assert len(names("receivables")) == 2
    assert names("receivables", limit=1) == names("receivables")[:1]


def test_what_can_be_reported_goes_before_headings_of_the_same_words() -> None:
    assert names("assets")[0] == "Assets"
    assert "AssetsAxis" in names("assets")


def test_a_derived_type_is_of_the_type_asked_for() -> None:
    found = taxonomy({"Fees": "Fees"}, Fees=concept("Fees", "nonNegativeMonetaryItemType"))
    assert [one.concept.qname.local_name for one in found.index.nearest("fees", type="monetaryItemType")] == ["Fees"]
    assert found.index.nearest("fees", type="stringItemType") == ()


def test_documentation_is_not_searched_and_terse_labels_are() -> None:
    made = Taxonomy(
        namespace=SPACE,
        prefix="std",
        concepts=[concept("A")],
        labels=[
            Label(concept=concept("A").qname, text="Bananas", role=DOCUMENTATION),
            Label(concept=concept("A").qname, text="Cherries", role=TERSE),
        ],
    )
    assert nearest_concepts(made, "bananas") == ()
    assert nearest_concepts(made, "cherry")[0].score == 0.9


def test_several_taxonomies_and_a_choice_among_concepts() -> None:
    index = ConceptIndex.of(STANDARD, STANDARD, accept=lambda one: one.kind == "item")
    assert len(index) == len(STANDARD.concepts) - 1


def test_words() -> None:
    assert words_of_name("NetLossOfYear2024PerADS") == "Net Loss Of Year 2024 Per ADS"
    assert words_of_name("ifrsRSUPlan") == "ifrs RSU Plan"
    assert normalized("  Ａｓｓｅｔｓ  \t[Abstract] ") == "assets"
    assert tokens("Liabilities of the banks' losses") == ("liability", "bank", "loss")
    assert tokens("売上高") == ("売上", "上高")
    assert tokens("税") == ("税",)


def test_the_cost_grows_with_the_concepts() -> None:
    words = (
        "asset",
        "liability",
        "income",
        "loss",
        "trade",
        "other",
        "current",
        "deferred",
        "tax",
        "fee",
        "cash",
        "debt",
    )

    def cost(repeat: int) -> tuple[int, int]:
        """Of making the index, and of a question whose every word is in a quarter of all labels: the worst there is."""
        made = taxonomy({"".join(map(str.title, each)): " ".join(each) for each in product(words, repeat=repeat)})
        assert len(made.concepts) == 12**repeat
        _ = made.labels_of(made.concepts[0].qname)
        built = steps(lambda: made.index)
        return built, steps(lambda: made.index.nearest("deferred tax assets, other"))

    (built, asked), (built_of_more, asked_of_more) = cost(2), cost(3)
    assert built_of_more < 24 * built  # twelve times the concepts, with a word more in each
    assert asked_of_more < 24 * asked


def test_a_regulators_taxonomy() -> None:
    if not FERC.is_file():
        pytest.skip("shared data are not here")
    read = load_packaged_taxonomy(
        FERC, entry_point="https://eCollection.ferc.gov/taxonomy/form1/2022-01-01/form/form1/form-1_2022-01-01.xsd"
    )
    best = [
        nearest_concepts(read, text)[0].concept.qname.local_name for text in ("utility plant total", "NetIncomeLoss")
    ]
    assert best == ["UtilityPlantAndConstructionWorkInProgress", "NetIncomeLoss"]
