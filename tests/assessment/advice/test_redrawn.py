"""The allocation of many draws is, draw by draw, the one by merit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assessment.advice.redrawn import offers_by_merit, offers_of_scores
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Outcome
from assessment.councils import Choices, Places
from assessment.ranking import Appointable, MeritLine, OrderOfMerit
from tests.assessment.builders import order, problem

COUNCILS = ("SOM", "PLY", "DEV", "BAN")


def test_every_draw_is_the_allocation_by_merit() -> None:
    chance = np.random.default_rng(7)
    for _ in range(20):
        number = int(chance.integers(1, 15))
        people = [f"A{place:02}" for place in range(number)]
        choices = [tuple(chance.permutation(COUNCILS)[: int(chance.integers(0, 5))].tolist()) for _ in people]
        places = {council: int(chance.integers(0, 4)) for council in COUNCILS}
        scores = chance.normal(3.5, 0.5, (10, number))
        scores[chance.random(scores.shape) < 0.2] = -np.inf
        offers = offers_by_merit(scores, choices, places)
        for drawn, offered in zip(scores, offers, strict=True):
            assert {people[place] for place in np.flatnonzero(offered)} == by_merit(
                people, drawn, choices, places
            )


def by_merit(
    people: list[str], scores: np.ndarray, choices: list[tuple[str, ...]], places: dict[str, int]
) -> set[str]:
    ranked = [people[place] for place in np.argsort(-scores) if np.isfinite(scores[place])]
    lines = tuple(
        MeritLine(rank, each, Fraction(4), Fraction(80), Appointable.YES, "", "")
        for rank, each in enumerate(ranked, start=1)
    )
    given = AllocationProblem(
        OrderOfMerit(lines), Choices(dict(zip(people, choices, strict=True))), Places(places, "SOM"), None
    )
    return {line.applicant for line in allocate_by_merit(given).lines if line.outcome is Outcome.OFFER}


def test_equal_scores_go_by_the_order_given() -> None:
    assert offers_by_merit(np.full((2, 3), 4.0), [("SOM",)] * 3, {"SOM": 2}).tolist() == [
        [True, True, False],
        [True, True, False],
    ]


def test_offers_of_one_set_of_scores_are_by_reference() -> None:
    merit = order("A1", "A2", "A3")
    given = problem(merit, {"A1": "SOM", "A2": "SOM PLY", "A3": "PLY"}, {"SOM": 1, "PLY": 1})
    assert offers_of_scores({"A1": 3.0, "A2": 4.0, "A3": 3.5}, given) == frozenset({"A2", "A3"})


def test_nobody_listed_is_nobody_offered() -> None:
    assert not offers_by_merit(np.full((1, 2), 4.0), [(), ("ELSEWHERE",)], {"SOM": 2}).any()
