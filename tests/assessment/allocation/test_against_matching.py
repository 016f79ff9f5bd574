"""Both rules against the library `matching` on 2,000 random markets, on tiny ones against every answer."""

from __future__ import annotations

import pytest
from matching.games import HospitalResident

from assessment.allocation.checks import checks_of
from assessment.allocation.deferred_acceptance import allocate_by_council_lists, places_by_council_lists
from assessment.allocation.merit import allocate_by_merit, places_by_merit
from assessment.allocation.problem import AllocationProblem
from tests.assessment.allocation.markets import (
    blocking_pairs,
    choices_within,
    every_way,
    random_market,
    standings_of,
)

MARKETS = 2000
PARTS = 4
TINY = 500
RULES = {
    "merit": (allocate_by_merit, places_by_merit),
    "council_lists": (allocate_by_council_lists, places_by_council_lists),
}


def by_matching(asked: AllocationProblem, rule: str) -> dict[str, str]:
    """The applicant-optimal result of `matching`.

    It wants everybody to list exactly those who list them, and nobody without a list or a place.
    """
    standings = {council: listed for council, listed in standings_of(asked, rule).items() if listed}
    choices = {applicant: own for applicant, own in choices_within(asked, standings).items() if own}
    if not choices:
        return {}
    places = {council: asked.places_at(council) for council in standings}
    game = HospitalResident.create_from_dictionaries(choices, standings, places)
    solved = game.solve(optimal="resident")
    return {resident.name: hospital.name for hospital, held in solved.items() for resident in held}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pair_is_passed_over_and_the_result_is_that_of_matching(part: int) -> None:
    """All parts together are 2,000 markets, each under both rules."""
    for seed in range(part, MARKETS, PARTS):
        asked = random_market(seed, applicants_max=9, councils_max=5, places_max=3)
        for rule, (allocate, places_by) in RULES.items():
            held = places_by(asked)
            allocation = allocate(asked)
            assert held == {line.applicant: line.council for line in allocation.lines if line.council}
            assert (seed, rule, blocking_pairs(asked, rule, held)) == (seed, rule, [])
            assert (seed, rule, held) == (seed, rule, by_matching(asked, rule))
            assert checks_of(asked, allocation).all_kept


def test_no_other_stable_allocation_is_better_for_any_applicant() -> None:
    """Every allocation of each tiny market is looked at."""
    for seed in range(TINY):
        asked = random_market(seed, applicants_max=4, councils_max=3, places_max=2)
        for rule, (_, places_by) in RULES.items():
            held = places_by(asked)
            stable = [each for each in every_way(asked, rule) if not blocking_pairs(asked, rule, each)]
            assert held in stable
            better = [
                (seed, rule, applicant, other[applicant])
                for other in stable
                for applicant in other
                if is_better(asked, applicant, other[applicant], held.get(applicant))
            ]
            assert better == []


def is_better(asked: AllocationProblem, applicant: str, council: str, held: str | None) -> bool:
    choices = asked.choices_of(applicant)
    return held is None or choices.index(council) < choices.index(held)


def test_random_markets_are_of_every_kind() -> None:
    """Without this the tests above could pass on markets in which nothing is ever contested."""
    kinds: set[str] = set()
    for seed in range(MARKETS):
        asked = random_market(seed, applicants_max=9, councils_max=5, places_max=3)
        merit, lists = places_by_merit(asked), places_by_council_lists(asked)
        kinds |= {"the rules differ"} if merit != lists else set()
        kinds |= {"somebody unplaced"} if len(lists) < len(asked.rank_by_applicant) else set()
        kinds |= {"a lower choice"} if any(c != asked.choices_of(a)[0] for a, c in lists.items()) else set()
        kinds |= {"not appointable"} if len(asked.order.lines) > len(asked.rank_by_applicant) else set()
        kinds |= {"left off a list"} if blocking_pairs(asked, "merit", lists) else set()
    assert kinds == {
        "the rules differ",
        "somebody unplaced",
        "a lower choice",
        "not appointable",
        "left off a list",
    }
