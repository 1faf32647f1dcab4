"""What a figure in a table may be told apart by: accounting standard, restatement, translation, basis, accuracy."""

from __future__ import annotations

from exporter.items.enumeration import Enumeration


class AccountingStandard(Enumeration):
    """The accounting principles that figures follow."""

    US_GAAP = "us_gaap", "U.S. GAAP", "米国会計基準"
    IFRS = "ifrs", "International Financial Reporting Standards", "国際会計基準"
    JAPANESE_GAAP = "japanese_gaap", "Japanese GAAP", "日本基準"
    OTHER = "other", "Other", "その他"


class Restatement(Enumeration):
    """Whether figures of an earlier year were changed later."""

    AS_PREVIOUSLY_REPORTED = "as_previously_reported", "As Previously Reported", "修正再表示前"
    ADJUSTMENT = "restatement_adjustment", "Restatement Adjustment", "修正再表示による調整"
    RESTATED = "restated", "Restated", "修正再表示後"


class CurrencyTranslation(Enumeration):
    """How an amount came into its currency, where it was not reported in it."""

    CONVENIENCE_TRANSLATION = "convenience_translation", "Convenience Translation", "便宜上の換算"


class MeasurementBasis(Enumeration):
    """How an amount was measured."""

    BOOK_VALUE = "book_value", "Book Value", "帳簿価額"
    FAIR_VALUE = "fair_value", "Fair Value", "公正価値"
    COST = "cost", "Cost", "取得原価"
    UNSPECIFIED = "unspecified", "Unspecified", "明示なし"


class Rounding(Enumeration):
    """How the printed digits came from the exact amount."""

    ROUNDED = "rounded", "Rounded", "四捨五入"
    TRUNCATED = "truncated", "Truncated", "切捨て"
    UNKNOWN = "unknown", "Unknown", "不明"


class StatedSign(Enumeration):
    """What is said of an amount's sign where the amount itself may not be given."""

    POSITIVE = "positive", "Positive", "プラス"
    NEGATIVE = "negative", "Negative", "マイナス"
