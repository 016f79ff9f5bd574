"""The least waiting of one applicant alone: by hand, and against every choice of starts under the checks."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from scheduler.checks import breaches_of
from scheduler.checks.tiers import idle_minutes
from scheduler.people import Adjustment
from scheduler.problem import Problem
from scheduler.programme import Exercise
from scheduler.solver.least_idle import ORDERED_MAX, least_idle_minutes
from scheduler.timetable import Entry, Role, timetable_of
from tests.builders import at
from tests.scheduler.solver.plain import SOLO, one_session_problem, people, room, solved

NO_NEEDS = Adjustment()


def alone(end: str, *exercises: Exercise, needs: Adjustment = NO_NEEDS, **facts: object) -> Problem:
    """One applicant and a session from 09:00, with a room for every solo exercise."""
    applicant = replace(people("A1")[0], adjustment=needs)
    rooms = (room("R1", SOLO, seats=9, quiet=True, step_free=True),)
    changes = {"exercises": exercises, "applicants": (applicant,), "rooms": rooms, **facts}
    return one_session_problem("09:00", end, **changes)


def solo(name: str, minutes: int, **facts: object) -> Exercise:
    return replace(Exercise(name, SOLO, minutes), **facts)  # type: ignore[arg-type]


def least(problem: Problem) -> int:
    return least_idle_minutes(problem, problem.applicants[0], problem.sessions[0])


@pytest.mark.parametrize(
    ("minutes", "waiting"),
    [((30, 30), 0), ((32, 30), 0), ((30, 31), 0), ((31, 32), 3), ((31, 32, 33), 3 + 2), ((44,), 0), ((), 0)],
)
def test_waiting_for_the_grid_is_spared_in_the_last_exercise(minutes: tuple[int, ...], waiting: int) -> None:
    """Starts lie on a grid of five and moves take five; what is short of the grid is waited for."""
    parts = [solo(f"e{number}", length) for number, length in enumerate(minutes)]
    assert least(alone("12:00", *parts)) == waiting


def test_extra_time_brings_an_exercise_onto_the_grid() -> None:
    parts = (solo("e1", 32, extra_time=True), solo("e2", 33))
    assert least(alone("12:00", *parts)) == 2
    assert least(alone("12:00", *parts, needs=Adjustment(extra_time_percent=10))) == 0


@pytest.mark.parametrize(("rest", "waiting"), [(5, 0), (6, 5), (10, 5), (11, 10), (20, 15)])
def test_break_longer_than_a_move_is_waited_for(rest: int, waiting: int) -> None:
    parts = (solo("e1", 30), solo("e2", 30))
    assert least(alone("12:00", *parts, needs=Adjustment(break_minutes=rest))) == waiting


def test_break_takes_the_gap_that_the_grid_leaves_anyhow() -> None:
    parts = (solo("e1", 31), solo("e2", 30, after="e1"))
    assert least(alone("12:00", *parts)) == 4
    assert least(alone("12:00", *parts, needs=Adjustment(break_minutes=9))) == 4


def test_break_goes_where_nothing_has_to_follow_soon() -> None:
    soon = (solo("e1", 30), solo("e2", 33, after="e1", within_minutes=5))
    rest = Adjustment(break_minutes=20)
    assert least(alone("12:00", *soon, solo("e3", 30), needs=rest)) == 15
    assert least(alone("12:00", *soon, solo("e3", 30, after="e2"), needs=rest)) == 15 + 2


def test_session_too_short_for_the_order_that_waits_least() -> None:
    """With e2 last nothing is waited, but its writing ends too late: at 09:35 + 31 + 20."""
    parts = (solo("e1", 30), solo("e2", 31, writing_minutes=20))
    assert least(alone("10:26", *parts)) == 0
    assert least(alone("10:25", *parts)) == 4


def test_late_start_leaves_less_of_the_session() -> None:
    """Starts lie on the grid, so the first that is not before 09:28 is 09:30."""
    parts = (solo("e1", 30), solo("e2", 31, writing_minutes=20))
    travel: dict[str, Any] = {
        "travel_minutes": {("A1", "V1"): 95},
        "travel_minutes_max_morning": 90,
        "travel_late_start": 568,
    }
    assert least(alone("10:56", *parts, **travel)) == 0
    assert least(alone("10:55", *parts, **travel)) == 4


def test_session_too_short_for_any_order_has_no_waiting_to_tell() -> None:
    assert least(alone("09:30", solo("e1", 31), solo("e2", 32))) == 0


def test_many_exercises_have_a_lower_bound() -> None:
    parts = [solo(f"e{number}", 11 + number % 3) for number in range(ORDERED_MAX + 1)]
    # Of the steps 16 (4 short), 17 (3 short), 18 (2 short) the dearest is spared.
    assert least(alone("18:00", *parts)) == (4 + 3 + 2) * 2 + 4 + 3 - 4


def some_problem(seed: int) -> Problem:
    rng = random.Random(seed)
    grid = rng.choice((5, 10, 15))
    names = [f"e{number}" for number in range(rng.choice((2, 3, 3)))]
    parts = []
    for number, name in enumerate(names):
        after = rng.choice((None, *names[:number]))
        within = rng.choice((None, 5, 10, 20)) if after else None
        parts.append(
            solo(
                name,
                rng.randint(5, 2 * grid),
                preparation_minutes=rng.choice((0, 0, 5)),
                writing_minutes=rng.choice((0, 0, 7)),
                after=after,
                within_minutes=within,
                extra_time=rng.random() < 0.5,
            )
        )
    return alone(
        "09:00",
        *parts,
        needs=Adjustment(rng.choice((0, 0, 30)), break_minutes=rng.choice((0, 0, 12, 20))),
        grid_minutes=grid,
        move_minutes=rng.choice((0, 3, 5)),
        travel_minutes={("A1", "V1"): 95},
        travel_minutes_max_morning=rng.choice((None, 90)),
        travel_late_start=at("09:00") + rng.randint(1, 2 * grid),
    )


def with_end(problem: Problem, minutes: int) -> Problem:
    (only,) = problem.sessions
    return replace(
        problem, sessions=(replace(only, window=replace(only.window, end=only.window.start + minutes)),)
    )


def every_waiting(problem: Problem) -> list[int]:
    """The waiting of each sound choice of starts, as the checks judge and measure it."""
    (applicant,), (only,) = problem.applicants, problem.sessions
    starts = range(only.window.start, only.window.end, problem.grid_minutes)
    found = []
    for chosen in product(starts, repeat=len(problem.exercises)):
        rows = []
        for exercise, start in zip(problem.exercises, chosen, strict=True):
            end = start + exercise.preparation_minutes + problem.minutes_for(applicant, exercise)
            rows.append(
                Entry("S1", start, exercise.reference, exercise.reference, "R1", Role.APPLICANT, "A1", end)
            )
        if any(
            r.end + e.writing_minutes > only.window.end for r, e in zip(rows, problem.exercises, strict=True)
        ):
            continue
        timetable = timetable_of(rows)
        if not breaches_of(problem, timetable):
            found.append(idle_minutes(problem, timetable))
    return found


def test_least_idle_minutes_is_the_least_of_every_choice_of_starts() -> None:
    compared = 0
    for seed in range(60):
        problem = with_end(
            some_problem(seed), random.Random(seed).choice((7, 9)) * some_problem(seed).grid_minutes
        )
        possible = every_waiting(problem)
        if possible:
            compared += 1
            assert (seed, least(problem)) == (seed, min(possible))
    assert compared == 24


@pytest.mark.parametrize("seed", [3, 4, 5, 7, 9, 21])
def test_least_idle_minutes_is_reached_by_the_solver(seed: int) -> None:
    problem = with_end(some_problem(seed), 150)
    result = solved(problem)
    assert result.timetable.session_of_applicant == {"A1": "S1"}
    assert idle_minutes(problem, result.timetable) == least(problem)
