"""Why an applicant has the outcome they have, in a few short sentences that name councils and ranks only.

The explanation is read off who holds the places, not off the steps of an algorithm, so it holds for both
rules. It is no check; those are in `checks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessment.allocation.problem import AllocationProblem
from assessment.figures import choice_words

NOBODY: Mapping[str, int] = {}


@dataclass(frozen=True)
class Explanation:
    """The facts that the sentences need.

    `last_taken` is the lowest standing that holds a place, by council: a rank, or a position on the council's
    own list. `positions` holds those lists, None where all share the order of merit. `said` holds what was
    put into words already, by choice and council: it is the same for many applicants.
    """

    with_places: frozenset[str]
    last_taken: Mapping[str, int]
    positions: Mapping[str, Mapping[str, int]] | None
    said: dict[tuple[int, str], str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, problem: AllocationProblem, council_by_applicant: Mapping[str, str], rule: str
    ) -> Explanation:
        """Gather the facts once for all applicants."""
        last_taken: dict[str, int] = {}
        for applicant, council in council_by_applicant.items():
            standing = problem.standing_at(council, rule)[applicant]
            if standing > last_taken.get(council, 0):
                last_taken[council] = standing
        positions = problem.positions_by_council if problem.lists_of_councils(rule) is not None else None
        with_places = frozenset(
            council for council, places in problem.places.by_council.items() if places > 0
        )
        return cls(with_places, last_taken, positions)

    def of_offer(self, applicant: str, rank: int, choices: Sequence[str], choice: int) -> str:
        """Why this choice of theirs and none before it, and whether a higher one may yet come."""
        offered = f"Offered the {choice_words(choice)}, {choices[choice - 1]}."
        if choice == 1:
            return f"Rank {rank}. {offered}"
        reasons, open_choices = self.of_choices(applicant, choices[: choice - 1])
        if not open_choices:
            return f"Rank {rank}. {reasons} {offered}"
        up = "" if len(open_choices) == choice - 1 else f" to {named(choices, open_choices)},"
        return f"Rank {rank}. {reasons} {offered} Could move up{up} if a place comes free."

    def of_no_offer(self, applicant: str, rank: int, choices: Sequence[str]) -> tuple[str, bool]:
        """Why no listed council has a place for the applicant, and whether one may yet come free."""
        if not choices:
            return f"Rank {rank}. No council was listed. Not placed.", False
        reasons, open_choices = self.of_choices(applicant, choices)
        if not open_choices:
            return f"Rank {rank}. {reasons} Not placed.", False
        where = "" if len(open_choices) == len(choices) else f" for {named(choices, open_choices)}"
        return f"Rank {rank}. {reasons} On the reserve list{where}.", True

    def of_choices(self, applicant: str, choices: Sequence[str]) -> tuple[str, Sequence[int]]:
        """Why each of the first choices is not the applicant's, and those that a place may come free at."""
        if self.positions is None and self.with_places.issuperset(choices):
            said = [self.said.get(each) or self.full(*each) for each in enumerate(choices, start=1)]
            return " ".join(said), range(1, len(choices) + 1)
        reasons: list[str] = []
        open_choices: list[int] = []
        for number, council in enumerate(choices, start=1):
            if council not in self.with_places:
                reasons.append(f"The {choice_words(number)}, {council}, has no places.")
                continue
            full = self.said.get((number, council)) or self.full(number, council)
            if self.positions is not None:
                position = self.positions.get(council, NOBODY).get(applicant)
                if position is None:
                    which = f"The {choice_words(number)}, {council},"
                    reasons.append(f"{which} did not put this applicant on its list.")
                    continue
                full = f"{full}; this applicant is number {position} on it."
            open_choices.append(number)
            reasons.append(full)
        return " ".join(reasons), open_choices

    def full(self, number: int, council: str) -> str:
        """That a council is full: a sentence or, where it has its own list, one to be gone on with."""
        which = f"The {choice_words(number)}, {council}, filled its last place at"
        last = self.last_taken.get(council)
        said = f"{which} rank {last}." if self.positions is None else f"{which} number {last} of its own list"
        self.said[number, council] = said
        return said


def named(choices: Sequence[str], numbers: Sequence[int]) -> str:
    """Some of the choices by number and name: the first choice, SOM, or the third choice, PLY."""
    names = [f"the {choice_words(number)}, {choices[number - 1]}" for number in numbers]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, or {names[-1]}"
