"""The least waiting that one applicant can have in one session, whoever else is there.

Waiting is what tier `idle_minutes` counts. An applicant alone may still have to wait: for the next start on
the grid, for a break longer than a move, because an order is asked for. No sound running order gives less
than this, in whichever rooms and before whichever panel; so the sum over applicants is a bound for all.
Nothing is solved here. How orders of many people are found is in `running_order/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

from scheduler.grid import round_up
from scheduler.people import Applicant
from scheduler.problem import Problem
from scheduler.programme import Session

# With more exercises than this not every order is tried; what is returned is then a lower bound only.
ORDERED_MAX = 7

# (exercise, preparation and own minutes, writing minutes, the exercise it follows, latest start after it)
Part = tuple[str, int, int, str | None, int | None]


def least_idle_minutes(problem: Problem, applicant: Applicant, session: Session) -> int:
    """The least waiting, in minutes, of this applicant in any sound running order of this session.

    Exact for the applicant alone, in rooms without end, up to `ORDERED_MAX` exercises; above that what must
    be waited at least. 0 where the session is too short for the applicant in any order.
    """
    if len(problem.exercises) < 2:
        return 0
    late = problem.must_start_late(applicant.reference, session.venue)
    begins = max(0, problem.travel_late_start - session.window.start) if late else 0
    parts = tuple(
        (
            e.reference,
            e.preparation_minutes + problem.minutes_for(applicant, e),
            e.writing_minutes,
            e.after,
            e.within_minutes,
        )
        for e in problem.exercises
    )
    grid, move, rest = problem.grid_minutes, problem.move_minutes, applicant.adjustment.break_minutes
    if len(parts) > ORDERED_MAX:
        return _at_least(parts, grid, move, rest)
    return _least(parts, grid, move, rest, session.window.minutes - round_up(begins, grid))


@lru_cache(maxsize=4096)
def _least(parts: tuple[Part, ...], grid: int, move: int, rest: int, minutes: int) -> int:
    """Over every order, with the break in every place, of the `minutes` from the earliest start."""
    busy = sum(part[1] for part in parts) + move * (len(parts) - 1)
    spans = (
        starts[-1] + order[-1][1]
        for order in permutations(parts)
        for starts in _packed(order, grid, move, rest)
        if _sound(order, starts, minutes)
    )
    return max(0, min(spans, default=busy) - busy)


def _packed(order: tuple[Part, ...], grid: int, move: int, rest: int) -> Iterator[list[int]]:
    """The starts from 0, each as early as the one before allows, with the break in each place in turn.

    All starts lie on the grid, so each distance between two neighbours has a least value of its own: packed
    so, every distance is least at once, and nothing is gained by starting anything later.
    """
    for place in range(max(1, len(order) - 1)):
        starts = [0]
        for number, part in enumerate(order[:-1]):
            gap = max(move, rest) if number == place else move
            starts.append(round_up(starts[-1] + part[1] + gap, grid))
        yield starts


def _sound(order: tuple[Part, ...], starts: list[int], minutes: int) -> bool:
    """Whether what must follow follows, soon enough, and all ends in time, writing included."""
    ends: dict[str, int] = {}
    for (name, own, writing, after, within), start in zip(order, starts, strict=True):
        if after is not None and after not in ends:
            return False
        if after is not None and within is not None and start - ends[after] > within:
            return False
        ends[name] = start + own
        if ends[name] + writing > minutes:
            return False
    return True


def _at_least(parts: tuple[Part, ...], grid: int, move: int, rest: int) -> int:
    """Every exercise but the last costs a whole number of grid steps, and one of them the break besides."""
    followed = {part[3] for part in parts}
    steps = [round_up(part[1] + move, grid) - part[1] - move for part in parts]
    longer = [round_up(part[1] + max(move, rest), grid) - part[1] - move for part in parts]
    waits = (
        sum(steps) - steps[last] - steps[place] + longer[place]
        for last in range(len(parts))
        if parts[last][0] not in followed
        for place in range(len(parts))
        if place != last
    )
    return min(waits, default=0)
