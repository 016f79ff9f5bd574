"""What an allocation starts from: the order of merit, the applicants' choices, the councils' places.

There are two rules. Under `merit` the councils share one list, the order of merit. Under `council_lists` each
council has its own. Read `merit.py` next, then `deferred_acceptance.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assessment.councils import Choices, Places
from assessment.ranking import OrderOfMerit


class AllocationRule(StrEnum):
    """How places are given out (setting `allocation_rule`)."""

    MERIT = "merit"
    COUNCIL_LISTS = "council_lists"


@dataclass(frozen=True)
class AllocationProblem:
    """One allocation to be made.

    `council_lists` holds each council's own list, best first; applicants who are not on it are not wanted
    there. None where the campaign has no such lists.
    """

    order: OrderOfMerit
    choices: Choices
    places: Places
    council_lists: Mapping[str, tuple[str, ...]] | None

    @cached_property
    def rank_by_applicant(self) -> Mapping[str, int]:
        """The rank of every appointable applicant; those whom only the panel can separate share one."""
        return {line.applicant: line.rank for line in self.order.lines if line.rank is not None}

    @cached_property
    def positions_by_council(self) -> Mapping[str, Mapping[str, int]]:
        """Where everybody stands on each council's own list; 1 is the best."""
        return {
            council: {applicant: position for position, applicant in enumerate(listed, start=1)}
            for council, listed in (self.council_lists or {}).items()
        }

    def choices_of(self, applicant: str) -> tuple[str, ...]:
        """The councils the applicant listed, most wanted first; none where nothing was listed."""
        return self.choices.by_applicant.get(applicant, ())

    def places_at(self, council: str) -> int:
        """How many places the council has."""
        return self.places.by_council.get(council, 0)

    def lists_of_councils(self, rule: str) -> Mapping[str, tuple[str, ...]] | None:
        """The councils' own lists where the rule goes by them; None where all share the order of merit."""
        return (self.council_lists or {}) if rule == AllocationRule.COUNCIL_LISTS else None

    def standing_at(self, council: str, rule: str) -> Mapping[str, int]:
        """Where applicants stand with a council by the rule; a lower number is better.

        By council lists, who is not on the council's list does not stand there at all. Not everybody who
        stands there need be appointable.
        """
        if rule == AllocationRule.COUNCIL_LISTS:
            return self.positions_by_council.get(council, {})
        return self.rank_by_applicant
