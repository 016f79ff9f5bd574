"""Allocation by merit for very many sets of scores at once: who would have a place under each of them.

The rule is that of `assessment.allocation.merit`, and a test holds the two together; here it only goes
through the order of merit of all draws side by side. Nothing is given out by this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assessment.allocation.problem import AllocationProblem

NOWHERE = -1


def offers_by_merit(
    scores: np.ndarray, choices: Sequence[Sequence[str]], places: Mapping[str, int]
) -> np.ndarray:
    """For each draw (row of `scores`) and applicant (column), whether there is an offer.

    A score of minus infinity is nobody to be offered anything. Equal scores go by the order of the columns.
    """
    draws, applicants = scores.shape
    order = np.argsort(-scores, axis=1, kind="stable")
    listed = numbered_choices(choices, tuple(places))
    free = np.tile(np.array([*places.values(), 0], dtype=np.int64), (draws, 1))
    offers = np.zeros(scores.shape, dtype=bool)
    every_draw = np.arange(draws)
    for rank in range(applicants):
        who = order[:, rank]
        open_to = np.isfinite(scores[every_draw, who])
        for choice in range(listed.shape[1]):
            council = listed[who, choice]
            taken = open_to & (free[every_draw, council] > 0)
            free[every_draw[taken], council[taken]] -= 1
            offers[every_draw[taken], who[taken]] = True
            open_to &= ~taken
        if not free.any():
            break
    return offers


def offers_of_scores(scores: Mapping[str, float], problem: AllocationProblem) -> frozenset[str]:
    """Who would have a place by these scores, everybody with one being appointable. Ties go by the order
    given."""
    applicants = list(scores)
    drawn = np.array([[scores[each] for each in applicants]])
    choices = [problem.choices_of(each) for each in applicants]
    offers = offers_by_merit(drawn, choices, problem.places.by_council)
    return frozenset(each for each, offer in zip(applicants, offers[0], strict=True) if offer)


def numbered_choices(choices: Sequence[Sequence[str]], councils: Sequence[str]) -> np.ndarray:
    """One row per applicant; `NOWHERE`, a council that never has a place, after the last choice."""
    number = {council: place for place, council in enumerate(councils)}
    longest = max((len(own) for own in choices), default=0)
    found = np.full((len(choices), longest), NOWHERE, dtype=np.int64)
    for applicant, own in enumerate(choices):
        found[applicant, : len(own)] = [number.get(council, NOWHERE) for council in own]
    return found
