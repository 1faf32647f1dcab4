"""Positions in a company, as members of one axis."""

from __future__ import annotations

from typing import Final

from exporter.items.enumeration import Enumeration


class Position(Enumeration):
    """A position that persons are nominated for or appointed to."""

    DIRECTOR = "director", "Director", "取締役"
    STATUTORY_AUDITOR = "statutory_auditor", "Statutory Auditor", "監査役"
    DIRECTOR_OR_STATUTORY_AUDITOR = "director_or_statutory_auditor", "Director or Statutory Auditor", "取締役又は監査役"
    REPRESENTATIVE_DIRECTOR = "representative_director", "Representative Director", "代表取締役"
    CHAIRMAN = "chairman", "Chairman", "会長"
    PRESIDENT = "president", "President", "社長"
    CHIEF_EXECUTIVE_OFFICER = "chief_executive_officer", "Chief Executive Officer", "最高経営責任者"
    CHIEF_FINANCIAL_OFFICER = "chief_financial_officer", "Chief Financial Officer", "最高財務責任者"
    EXECUTIVE_VICE_PRESIDENT = "executive_vice_president", "Executive Vice President", "専務取締役"
    EXECUTIVE_OFFICER = "executive_officer", "Executive Officer", "執行役員"
    OTHER = "other", "Other", "その他"


# Positions whose holders need not be among the directors.
NO_DIRECTORS: Final = frozenset({Position.STATUTORY_AUDITOR, Position.DIRECTOR_OR_STATUTORY_AUDITOR, Position.OTHER})
