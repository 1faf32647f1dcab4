"""A lexical fault: what a parser of small things raises, and its caller turns into a finding with a place."""

from __future__ import annotations
