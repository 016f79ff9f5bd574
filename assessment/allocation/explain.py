"""Why an applicant has the outcome they have, in a sentence or two that name councils and ranks only.

The explanation is read off who holds the places, not off the steps of an algorithm, so it holds for both
rules. It is no check; those are in `checks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.allocation.problem import AllocationProblem
from assessment.figures import choice_words


@dataclass(frozen=True)
class Explanation:
    """The facts that the sentences need.

    `last_rank` is the lowest rank that holds a place, by council. `listed_by` holds whom each council has on
    its own list, None where all share the order of merit.
    """

    problem: AllocationProblem
    last_rank: Mapping[str, int]
    listed_by: Mapping[str, frozenset[str]] | None

    @classmethod
    def of(
        cls, problem: AllocationProblem, council_by_applicant: Mapping[str, str], rule: str
    ) -> Explanation:
        """Gather the facts once for all applicants."""
        last_rank: dict[str, int] = {}
        for applicant, council in council_by_applicant.items():
            rank = problem.rank_by_applicant[applicant]
            last_rank[council] = max(rank, last_rank.get(council, 0))
        lists = problem.lists_of_councils(rule)
        listed_by = None if lists is None else {each: frozenset(listed) for each, listed in lists.items()}
        return cls(problem, last_rank, listed_by)

    def of_offer(self, applicant: str, choice: int) -> str:
        """Why this choice and none before it."""
        council = self.problem.choices_of(applicant)[choice - 1]
        passed = self.councils_that_are_full(applicant, choice - 1)
        return " ".join(
            [self.rank_words(applicant), *passed, f"Offered the {choice_words(choice)}, {council}."]
        )

    def of_reserve(self, applicant: str) -> str:
        """Why none of the listed councils has a place left for the applicant."""
        passed = self.councils_that_are_full(applicant, len(self.problem.choices_of(applicant)))
        return " ".join([self.rank_words(applicant), *passed, "On the reserve list."])

    def of_not_placed(self, applicant: str) -> str:
        """Why no listed council could take the applicant, even if a place came free."""
        choices = self.problem.choices_of(applicant)
        passed = (
            self.councils_that_are_full(applicant, len(choices)) if choices else ["No council was listed."]
        )
        return " ".join([self.rank_words(applicant), *passed, "Not placed."])

    def could_take_a_place(self, applicant: str) -> bool:
        """Whether some listed council has any places and, where councils have lists, wants the applicant."""
        return any(
            self.problem.places_at(council) > 0 and self.is_wanted(applicant, council)
            for council in self.problem.choices_of(applicant)
        )

    def is_wanted(self, applicant: str, council: str) -> bool:
        return self.listed_by is None or applicant in self.listed_by.get(council, ())

    def rank_words(self, applicant: str) -> str:
        return f"Rank {self.problem.rank_by_applicant[applicant]}."

    def councils_that_are_full(self, applicant: str, count: int) -> list[str]:
        councils = self.problem.choices_of(applicant)[:count]
        return [
            f"The {choice_words(number)}, {council}, {self.reason(applicant, council)}."
            for number, council in enumerate(councils, start=1)
        ]

    def reason(self, applicant: str, council: str) -> str:
        places = self.problem.places_at(council)
        if not places:
            return "has no places"
        if self.listed_by is None:
            return f"filled its last place at rank {self.last_rank[council]}"
        if not self.is_wanted(applicant, council):
            return "did not put this applicant on its list"
        if places == 1:
            return "filled its one place with an applicant higher on its list"
        return f"filled its {places} places with applicants higher on its list"
