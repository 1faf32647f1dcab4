"""Words brought to common stems, and phrases found word by word."""

from __future__ import annotations

import pytest

from exporter.tagging.text.words import phrasebook, stem, stems_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nominees", "nominated"),
        ("losses", "loss"),
        ("translations", "translated"),
        ("purchased", "purchase"),
        ("shares", "share"),
        ("agreement", "agreed"),
        ("company’s", "company"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_other_words_have_others() -> None:
    assert stem("translation") != stem("transfer")
    assert "the" not in stems_of("The loss of the year")
    assert stems_of("当期純損失") & stems_of("純損失")


def test_the_longest_phrase_counts_and_blanks_do_not() -> None:
    book = phrasebook([("a", ["NTT"]), ("b", ["NTT Data", "NTT  DATA Corp."])])
    text = "NTT and NTT\nData, or NTT Data’s"
    assert [(key, text[span.start : span.end]) for key, span in book.find(text)] == [
        ("a", "NTT"),
        ("b", "NTT\nData"),
        ("b", "NTT Data"),
    ]


def test_quotation_marks_have_one_shape() -> None:
    book = phrasebook([("a", ["the reader's “view”"])], fold_case=True)
    assert len(list(book.find('THE reader’s "View"'))) == 1
