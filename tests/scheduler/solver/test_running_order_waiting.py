"""The least waiting in one session: proven where somebody must wait for a break, the grid or a room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.checks.tiers import idle_minutes
from scheduler.params import Params
from scheduler.people import Applicant
from scheduler.problem import Problem
from scheduler.programme import Exercise
from scheduler.solver.engine import Budget
from scheduler.solver.least_idle import least_idle_minutes
from scheduler.solver.running_order.solve import best_running_order
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import timetable_of
from tests.scheduler.solver.plain import (
    INTERVIEW,
    PANEL,
    REFLECTION,
    SITTING,
    SOLO,
    WRITTEN,
    assessor,
    one_session_problem,
    people,
    room,
)

PARAMS = Params(seconds=20, workers=1)


def waiting(end: str, *exercises: Exercise, panels: int = 1, **facts: Any) -> tuple[int, int, int]:
    """(measured, proven, sum of what each would wait alone) of the best order of everybody from 09:00."""
    rooms = (room("R1", PANEL), room("R2", PANEL), room("R3", SITTING, seats=9), room("R4", SOLO, seats=9))
    sitting = tuple(assessor(f"B{number}") for number in range(1, panels + 1))
    problem: Problem = one_session_problem(
        "09:00", end, **{"exercises": exercises, "rooms": rooms, "assessors": sitting, **facts}
    )
    staffing = SessionStaffing(
        session="S1",
        applicants=tuple(a.reference for a in problem.applicants),
        assessors=tuple(x.reference for x in sitting),
        panels=panels,
        group=None,
        role_players=(),
        pair_by_applicant={},
        without_first_choice_max=len(problem.applicants),
    )
    order = best_running_order(problem, (staffing,), PARAMS, Budget(PARAMS), 20)
    assert order.entries is not None
    (session,) = problem.sessions
    alone = sum(least_idle_minutes(problem, a, session) for a in problem.applicants)
    return idle_minutes(problem, timetable_of(order.entries)), order.idle_bound, alone


def test_break_is_waited_for_and_proven() -> None:
    applicants = (*people("A1", break_minutes=20), *people("A2", "A3"))
    assert waiting("11:30", INTERVIEW, WRITTEN, applicants=applicants) == (15, 15, 15)


def test_lengths_off_the_grid_are_waited_for_and_proven() -> None:
    """Whatever comes before something else is four minutes short of the grid."""
    exercises = (
        replace(INTERVIEW, minutes=31),
        replace(WRITTEN, minutes=31),
        replace(REFLECTION, minutes=31),
    )
    assert waiting("12:00", *exercises, panels=2, applicants=people("A1", "A2")) == (16, 16, 16)


@pytest.mark.parametrize(("writing", "waits"), [(0, 30), (5, 35), (6, 40)])
def test_waiting_for_the_only_panel_is_proven(writing: int, waits: int) -> None:
    """Both write together and are then seen one after the other: the second waits for the first."""
    exercises = (
        replace(INTERVIEW, writing_minutes=writing, after="written"),
        replace(WRITTEN, group_min=2),
    )
    assert waiting("12:00", *exercises, applicants=people("A1", "A2")) == (waits, waits, 0)


def test_late_start_and_break_and_extra_time_are_proven_together() -> None:
    applicants: tuple[Applicant, ...] = (
        *people("A1", break_minutes=25, extra_time_percent=50),
        *people("A2", break_minutes=10),
        *people("A3"),
    )
    measured = waiting(
        "12:00",
        replace(INTERVIEW, writing_minutes=10, extra_time=True),
        WRITTEN,
        replace(REFLECTION, after="interview", within_minutes=30),
        applicants=applicants,
        travel_minutes={("A3", "V1"): 95},
        travel_minutes_max_morning=90,
    )
    assert measured == (25, 25, 25)
