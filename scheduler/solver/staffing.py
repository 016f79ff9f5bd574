"""What the placement hands to the running orders: who is in each session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SessionStaffing:
    """Who is placed in one session. `without_first_choice_max` is what tier 4 allows here.

    `panels` is the number of panels; `pair_by_applicant` the two interpreters of those who need them.
    Two flags are for questions only: with `anonymous` there are panels but no named members (do the times
    alone fit?), with `may_have_more` panels may see nobody (what if these are not all the applicants?).
    """

    session: str
    applicants: tuple[str, ...]
    assessors: tuple[str, ...]
    panels: int
    group: str | None
    role_players: tuple[str, ...]
    pair_by_applicant: Mapping[str, tuple[str, ...]]
    without_first_choice_max: int
    anonymous: bool = False
    may_have_more: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same people in the same session, of whom as many may lack a first choice."""
        pairs = tuple(sorted(self.pair_by_applicant.items()))
        lacking = self.without_first_choice_max
        return (self.session, self.applicants, self.assessors, self.group, self.role_players, pairs, lacking)
