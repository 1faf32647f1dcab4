"""The weights of the search in one table: points, margins and thresholds, each with its reason.

Points add up to a score of about 100 for a place that is certain. They were set on documents with known answers and
hold together: a change of one shows in the measured precision and recall of all.
"""

from __future__ import annotations

from typing import Final

# --- words round a place: how much the nearest occurrence of a word counts, of 10 -------------------------------------

FULL: Final = 10  # in the heads of the cell, or among the nearest terms before the figure: what governs a number
NEAR: Final = 9  # terms that are near: about a clause
BEFORE: Final = 7  # further before it in the sentence: its subject may stand at the beginning
AFTER_NEAR: Final = 8  # just behind it: "¥3 billion of revenues"
AFTER: Final = 6  # further behind it in the sentence: mostly of the next figure
WIDE: Final = 4  # in the block, its headings or the words above the table: the topic only
IN_SENTENCE: Final = 6  # the least of these that is one of the sentence or of the heads: see above

# --- points of a fact at a place --------------------------------------------------------------------------------------

LABEL: Final = 60  # the whole label of the concept stands near: the strongest sign there is
SUBJECT: Final = 15  # what the item is about stands near: it goes with many facts
FIGURE: Final = 8  # for each significant digit: more digits agree by chance less often
MOST_FIGURES: Final = 4  # digits that count: a fifth adds nothing to four
CURRENCY: Final = 15  # the currency is printed beside the number
UNIT: Final = 10  # a percent sign or "shares" is: many numbers share it
ATTACHED: Final = -25  # a letter stands beside the digits: mostly part of a name
DATE: Final = 14  # a whole date as text: it seldom stands for another
MONTH: Final = 12  # a month as text: a little oftener
PERIOD: Final = 30  # the heads of row or column, or the list, give exactly the period
PERIOD_NEAREST: Final = 25  # the nearest period of the sentence is the fact's
PERIOD_LOOSE: Final = 18  # another of the sentence is, and no word ties the nearest to the figure
PERIOD_GOVERNED: Final = 10  # another is, though a word ties the nearest to the figure; or the paragraph's last is
PERIOD_TABLE: Final = 15  # only the words above the table give it
PERIOD_HEADING: Final = 8  # only the headings do
PERIOD_BEFORE: Final = 4  # an earlier one of the paragraph is
PERIOD_OTHER: Final = -25  # the sentence names other periods, none of them governing
NAMED: Final = 30  # a dimension's value is named in the sentence, the row or the column
NAMED_TABLE: Final = 15  # it is in the words above the table, or elsewhere in the block
NAMED_HEADING: Final = 12  # it is in a heading
MARK: Final = 60  # all words of a value stand near though not as its name: the best of paraphrases
UNNAMED: Final = -15  # and what is taken off for that, so that half of the words gain little

# --- what is enough ---------------------------------------------------------------------------------------------------

ENOUGH_NUMBER: Final = 40  # a number with its unit, and some word or period that speaks for the fact
ENOUGH_COUNT: Final = 60  # small counts, and numbers of one digit, stand everywhere: the label is needed too
ENOUGH_BOOLEAN: Final = 40  # a box or a word of truth: beside its label
ENOUGH_TEXT: Final = 42  # dates and other texts: a little more than a number
LABELLED: Final = 20  # a label of which a third stands near, for a place to be named as a candidate

# --- comparing facts of one value at one place ------------------------------------------------------------------------

WORDS: Final = 32  # one fact has all its own words near, the other none
NO_WORDS: Final = 30  # percent that count as near of a fact without any word of its own: it is neither named nor denied
BOTH: Final = 90  # percent of its own words that a second fact has near for the place to state both
TOTAL: Final = 12  # a fact that is cut less, in a row or column of totals
ROW: Final = 10  # words of the row itself
COLUMN: Final = 8  # those above the column
SECTION: Final = 4  # those of the section that the row stands in
FAR: Final = 4  # no more than this for words outside the row and the column
SAME: Final = 6  # the words of the place name this fact and nothing else

# --- deciding a table with its neighbours -----------------------------------------------------------------------------

MARGIN: Final = 9  # by which the best must lead in the end: about a word of the row
MARGIN_IN_TEXT: Final = 10  # outside tables, where no neighbours speak
MARGINS: Final = (20, 14, 10, MARGIN, MARGIN)  # in each round: what is decided early speaks in the next ones
NESTED: Final = 16  # between a figure and a part of it that are equal: the words must be plain
NEVER: Final = 1_000_000  # a part of a figure never leads the figure in its total
LINE: Final = 16  # a row or a column is at one with a fact
AXES: Final = 20  # a table's facts are cut along the same axes
NAMED_CONCEPT: Final = 40  # label points of a concept whose words stand near for the most part
FIGURES: Final = 3  # digits of a number that does not agree by chance among neighbours
SAME_LINE: Final = 3  # cells of a row that agree on a party or a concept
FEW: Final = 3  # cells from which a table has a usual cut

# --- matches alone ----------------------------------------------------------------------------------------------------

NAMED_BY_ROW: Final = 30  # label points of a concept that the row names for the most part
DATED: Final = 30  # period points that row or column give
OF_HEADS: Final = 15  # points of a period or a dimension that the heads name at all
FIGURES_ALONE: Final = 4  # digits of a number that stands for no other by chance, without neighbours
TIE: Final = 6  # points; less is no difference between two places
FRACTION: Final = 45  # percent of the best place's points that any other place of the fact needs
FRACTION_OF_FEW: Final = 65  # the same where the print is a digit or a word, which stands for many things
