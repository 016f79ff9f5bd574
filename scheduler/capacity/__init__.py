"""Counting, before any solve and after it; nothing here searches.

`shortages_of` finds what cannot be enough however it is arranged ("36 panels need 36 lead-authority
half-days, 31 are offered"), `session_limits_of` where fewer panels can work than are planned. `reasons_for`
says what stands in the way of each applicant who was left unplaced. What the rules say exactly is in
`scheduler/rules.py`; start reading at `shortages.py`.
"""

from __future__ import annotations

from scheduler.capacity.limits import SessionLimit, session_limits_of
from scheduler.capacity.reasons import reasons_for
from scheduler.capacity.shortages import Shortage, shortages_of

__all__ = ["SessionLimit", "Shortage", "reasons_for", "session_limits_of", "shortages_of"]
