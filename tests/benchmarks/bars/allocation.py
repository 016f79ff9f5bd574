"""Allocation and ranking by the hundred thousand, and deferred acceptance against the library `matching`.

Nobody's campaign is so large; what is measured is that nothing grows faster than it must. Each measurement is
the best of a few, for the machine may be shared; what the figures are of is made beforehand and not counted.
"""

from __future__ import annotations

import random
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from assessment.allocation.deferred_acceptance import allocate_by_council_lists, places_by_council_lists
from assessment.allocation.merit import allocate_by_merit, places_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation
from assessment.councils import Choices, Places
from assessment.framework import BelowFloor, Floor, Framework, LastResort
from assessment.ranking import Appointable, MeritLine, OrderOfMerit, order_of_merit
from assessment.ratings import Rating
from assessment.scoring import score_sheet
from tests.benchmarks.report import Line, Part, Table, within

T = TypeVar("T")

CHOICES = 6
MERIT_SECONDS, LISTS_SECONDS, RANKING_SECONDS = 2.0, 10.0, 10.0
TIMES_MATCHING = 20.0
REPEATS = 3
EXERCISES, CRITERIA, RATERS = 5, 5, 2


def measure_allocation(quick: bool) -> Part:
    """Both rules on 100,000 applicants, the ratio to `matching` on 2,000, and the order of merit of 5,000."""
    applicants, councils = (10_000, 200) if quick else (100_000, 200)
    large = market(applicants, councils, places=applicants // (2 * councils))
    of = f"{applicants:,} applicants, {councils} councils, {CHOICES} choices"
    lines = [
        timed(f"merit, {of}", MERIT_SECONDS, large, allocate_by_merit, places_by_merit),
        timed(
            f"council lists, {of}", LISTS_SECONDS, large, allocate_by_council_lists, places_by_council_lists
        ),
    ]
    ratio, table = against_matching()
    people = 500 if quick else 5_000
    return Part("Allocation and ranking", (*lines, ratio, ranking(people)), (table,), quick)


def market(applicants: int, councils: int, places: int, seed: int = 0) -> AllocationProblem:
    """Some councils are wanted more than others; every council has its own list of those who listed it."""
    draw = random.Random(seed)
    people = [f"A{number:06}" for number in range(applicants)]
    names = [f"C{number:03}" for number in range(councils)]
    wanted = [1 / (1 + place / 20) for place in range(councils)]
    choices = {person: chosen(draw, names, wanted) for person in people}
    listed: dict[str, list[str]] = {name: [] for name in names}
    for person in draw.sample(people, applicants):
        for council in choices[person]:
            listed[council].append(person)
    for own in listed.values():
        draw.shuffle(own)
    lines = (
        MeritLine(rank, person, None, None, Appointable.YES, "", "")
        for rank, person in enumerate(draw.sample(people, applicants), start=1)
    )
    return AllocationProblem(
        OrderOfMerit(tuple(lines)),
        Choices(choices),
        Places(dict.fromkeys(names, places), names[0]),
        {council: tuple(own) for council, own in listed.items()},
    )


def chosen(draw: random.Random, names: list[str], wanted: list[float]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < CHOICES:
        found |= dict.fromkeys(draw.choices(names, wanted, k=CHOICES - len(found)))
    return tuple(found)


def timed(
    what: str,
    most: float,
    asked: AllocationProblem,
    allocate: Callable[[AllocationProblem], Allocation],
    places_by: Callable[[AllocationProblem], dict[str, str]],
) -> Line:
    """The whole allocation with everybody's explanation; and how much of it is who holds which place."""
    whole, allocation = best_of(lambda: allocate(fresh(asked)))
    places_only, held = best_of(lambda: places_by(fresh(asked)))
    same = held == {line.applicant: line.council for line in allocation.lines if line.council}
    line = within(what, most, whole, same)
    words = f"{line.measured} with every explanation, {places_only:.2f} s without; {len(held):,} placed"
    return replace(line, measured=words)


def fresh(asked: AllocationProblem) -> AllocationProblem:
    """The same again with nothing remembered: what is worked out once is part of what is measured."""
    return replace(asked, order=replace(asked.order))


def best_of(function: Callable[[], T]) -> tuple[float, T]:
    """The least seconds of a few runs, and what the last one gave."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        value = function()
        times.append(time.perf_counter() - began)
    return min(times), value


def against_matching() -> tuple[Line, Table]:
    """2,000 applicants and 50 councils with a place for everybody, in one process."""
    from matching.games import HospitalResident

    asked = market(2_000, 50, places=40)
    choices = {applicant: list(own) for applicant, own in asked.choices.by_applicant.items()}
    lists = {council: list(own) for council, own in (asked.council_lists or {}).items()}

    def make() -> HospitalResident:
        return HospitalResident.create_from_dictionaries(choices, lists, dict(asked.places.by_council))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        making, _ = best_of(make)
        whole, solved = best_of(lambda: make().solve(optimal="resident"))
    with_lines, _ = best_of(lambda: allocate_by_council_lists(fresh(asked)))
    own, held = best_of(lambda: places_by_council_lists(fresh(asked)))
    same = held == {resident.name: council.name for council, found in solved.items() for resident in found}
    rows = (
        ("the allocation", f"{own * 1000:.1f} ms", f"{whole / own:.0f}", f"{(whole - making) / own:.1f}"),
        (
            "with every explanation",
            f"{with_lines * 1000:.1f} ms",
            f"{whole / with_lines:.0f}",
            f"{(whole - making) / with_lines:.1f}",
        ),
        ("matching", f"{whole * 1000:.0f} ms, of which its own checks {making * 1000:.0f} ms", "", ""),
    )
    table = Table(
        "Council lists beside matching",
        ("what", "time", "times as fast as matching", "as its solving without its checks"),
        rows,
        f"2,000 applicants, 50 councils, {CHOICES} choices, 40 places each. {'The' if same else 'NOT the'} "
        "same allocation. matching checks what it is given when a game is made; that cannot be left out.",
    )
    ratio = whole / own
    said = f"{ratio:.0f} times as fast ({whole / with_lines:.0f} times with every explanation)"
    return Line(
        "council lists on 2,000 x 50 beside `matching`",
        f"at least {TIMES_MATCHING:g} times as fast",
        said if same else f"{said}; the allocations differ",
        same and ratio >= TIMES_MATCHING,
    ), table


def ranking(applicants: int) -> Line:
    """The order of merit from ratings: every cell rated twice."""
    frame, people, ratings = (
        framework(),
        [f"A{number:05}" for number in range(applicants)],
        made_up(applicants),
    )

    def rank() -> OrderOfMerit:
        return order_of_merit(frame, score_sheet(frame, people, ratings, ()), people, None)

    seconds, order = best_of(rank)
    ranked = sum(line.rank is not None for line in order.lines)
    line = within(
        f"order of merit, {applicants:,} applicants, {len(ratings):,} ratings", RANKING_SECONDS, seconds
    )
    return replace(line, measured=f"{line.measured}; {ranked:,} ranked")


def framework() -> Framework:
    weights = {
        (f"E{exercise}", f"C{criterion}"): Fraction(criterion + 1, 2)
        for exercise in range(EXERCISES)
        for criterion in range(CRITERIA)
    }
    return Framework(
        scale_min=1,
        scale_max=5,
        criteria=tuple(f"C{criterion}" for criterion in range(CRITERIA)),
        weights=weights,
        raters_min=RATERS,
        rating_gap_to_discuss=3,
        floors=(Floor(1, 3),),
        below_floor=BelowFloor.NOT_APPOINTABLE,
        standard_percent=Fraction(55),
        tie_break=("E0", "E1"),
        last_resort=LastResort.LOT,
        lot_seed="a made-up seed",
    )


def made_up(applicants: int, seed: int = 0) -> tuple[Rating, ...]:
    """Two ratings of every cell, as many as 250,000 for 5,000 applicants."""
    draw = random.Random(seed)
    return tuple(
        Rating(
            f"A{number:05}",
            f"E{exercise}",
            f"C{criterion}",
            f"S{draw.randrange(200):03}-{rater}",
            Fraction(draw.choices((1, 2, 3, 4, 5), (1, 3, 6, 5, 2))[0]),
        )
        for number in range(applicants)
        for exercise in range(EXERCISES)
        for criterion in range(CRITERIA)
        for rater in range(RATERS)
    )
