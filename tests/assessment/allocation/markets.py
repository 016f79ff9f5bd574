"""Seeded random allocations to be made, small enough for every possible answer to be looked at."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product

from assessment.allocation.problem import AllocationProblem
from assessment.ranking import Appointable
from tests.assessment.builders import order, problem

Held = Mapping[str, str]


def random_market(seed: int, applicants_max: int, councils_max: int, places_max: int) -> AllocationProblem:
    """Some applicants are not appointable; councils may have no places and leave people off their lists."""
    draw = random.Random(seed)
    councils = ["SOM", "PLY", "CON", "TOR", "DOR"][: draw.randint(1, councils_max)]
    everybody = [f"A{number:02}" for number in range(draw.randint(1, applicants_max))]
    draw.shuffle(everybody)
    ranked = everybody[: draw.randint(1, len(everybody))]
    others = {each: Appointable.NO for each in everybody if each not in ranked}

    def some_of(people: list[str]) -> str:
        least = draw.choice((0, 1, len(people)))
        return " ".join(draw.sample(people, draw.randint(min(least, len(people)), len(people))))

    return problem(
        order(*ranked, others=others),
        {applicant: some_of(councils) for applicant in everybody},
        {council: draw.randint(0, places_max) for council in councils},
        {council: some_of(everybody) for council in councils},
    )


def standings_of(asked: AllocationProblem, rule: str) -> dict[str, list[str]]:
    """For each council with places, best first, the appointable applicants who listed it and are wanted."""
    ranked = list(asked.rank_by_applicant)
    lists = asked.council_lists or {}
    return {
        council: [
            applicant
            for applicant in (ranked if rule == "merit" else lists.get(council, ()))
            if applicant in ranked and council in asked.choices_of(applicant)
        ]
        for council, places in asked.places.by_council.items()
        if places
    }


def choices_within(asked: AllocationProblem, standings: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Each appointable applicant's choices, without the councils that would not take them."""
    return {
        applicant: [
            council for council in asked.choices_of(applicant) if applicant in standings.get(council, ())
        ]
        for applicant in asked.rank_by_applicant
    }


def blocking_pairs(asked: AllocationProblem, rule: str, held: Held) -> list[tuple[str, str]]:
    """From the definition: the applicant would rather, and so would the council."""
    standings = standings_of(asked, rule)
    found = []
    for applicant, choices in choices_within(asked, standings).items():
        for council in choices[: choices.index(held[applicant]) if applicant in held else None]:
            best_first = standings[council]
            holders = [each for each in held if held[each] == council]
            if len(holders) < asked.places_at(council) or any(
                best_first.index(applicant) < best_first.index(holder) for holder in holders
            ):
                found.append((applicant, council))
    return found


def every_way(asked: AllocationProblem, rule: str) -> Iterator[dict[str, str]]:
    """Every way to give out the places: nobody where they did not list, no council over its places."""
    choices = choices_within(asked, standings_of(asked, rule))
    for given in product(*[[*own, None] for own in choices.values()]):
        held = {
            applicant: council
            for applicant, council in zip(choices, given, strict=True)
            if council is not None
        }
        councils = list(held.values())
        if all(councils.count(council) <= asked.places_at(council) for council in set(councils)):
            yield held
