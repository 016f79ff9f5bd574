"""Campaigns that cannot be, or that have nothing of one sort: an answer with reasons, never an exception."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.params import Params
from scheduler.people import Pin, ServiceUserGroup
from scheduler.problem import Problem
from scheduler.result import Result, Status, Unplaced
from scheduler.solver.schedule import schedule
from scheduler.timetable import Timetable
from tests.scheduler.solver.plain import (
    INTERVIEW,
    REFLECTION,
    ROUND,
    WRITTEN,
    assessor,
    one_session_problem,
    people,
    plain_problem,
    rooms_at,
    session,
    solved,
)

PINNED = (Pin("B1", "S1", must=True),)


def who_has_a_reason(result: Result) -> list[str]:
    return [unplaced.applicant for unplaced in result.unplaced if unplaced.reason]


def values(result: Result) -> tuple[int, ...]:
    return tuple(outcome.value for outcome in result.objective)


@pytest.mark.parametrize(
    "problem",
    [
        plain_problem(pins=PINNED, unavailable=frozenset({("B1", "S1")})),
        plain_problem(pins=PINNED, assessors=(assessor("B1", standby=True),)),
        plain_problem(pins=PINNED, assessors=(assessor("B1", half_days_max=0),)),
        plain_problem(pins=PINNED, assessors=(assessor("B1", trained_for=frozenset()),)),
        plain_problem(pins=PINNED, unavailable=frozenset({("A1", "S1")})),
        plain_problem(pins=(*PINNED, Pin("B1", "S1", must=False))),
        plain_problem(pins=PINNED, rooms=rooms_at("V2")),
        plain_problem(pins=PINNED, exercises=(replace(INTERVIEW, minutes=45),)),
    ],
    ids=[
        "not available",
        "on standby",
        "no half-days",
        "not trained",
        "nobody to see",
        "must and must not",
        "no room",
        "no time",
    ],
)
def test_assessor_pinned_where_they_cannot_be_makes_the_campaign_infeasible(problem: Problem) -> None:
    result = solved(problem)
    assert (result.status, result.timetable) == (Status.INFEASIBLE, Timetable(()))
    reason = "No timetable keeps every pin of an assessor: B1 in S1."
    assert result.unplaced == (Unplaced("A1", reason),)


def test_assessor_pinned_where_no_running_order_exists_makes_the_campaign_infeasible() -> None:
    """By counting 09:00-10:00 is long enough for both exercises; on a grid of forty minutes it is not."""
    problem = one_session_problem(
        "09:00", "10:05", exercises=(INTERVIEW, WRITTEN), grid_minutes=40, pins=PINNED
    )
    result = solved(problem)
    assert (result.status, result.timetable) == (Status.INFEASIBLE, Timetable(()))
    assert who_has_a_reason(result) == ["A1"]


def test_assessor_pinned_where_nobody_is_interviewed_makes_the_campaign_infeasible() -> None:
    result = solved(plain_problem(pins=PINNED, exercises=(WRITTEN,)))
    assert (result.status, result.timetable) == (Status.INFEASIBLE, Timetable(()))


def test_assessors_pinned_into_two_sessions_draw_an_applicant_into_each() -> None:
    problem = plain_problem(pins=(*PINNED, Pin("B1", "S2", must=True)), applicants=people("A1", "A2"))
    result = solved(problem)
    assert sorted(result.timetable.session_of_applicant.values()) == ["S1", "S2"]
    assert values(result)[:3] == (0, 2, 2)


def test_campaign_without_applicants_has_an_empty_timetable() -> None:
    result = solved(plain_problem(applicants=()))
    assert (result.status, result.timetable, result.unplaced) == (Status.OPTIMAL, Timetable(()), ())
    assert values(result) == (0,) * 9


def test_campaign_without_sessions_places_nobody() -> None:
    result = solved(plain_problem(sessions=(), applicants=people("A1", "A2")))
    assert (result.timetable, values(result)) == (Timetable(()), (2, *(0,) * 8))
    assert who_has_a_reason(result) == ["A1", "A2"]
    assert all(outcome.proven for outcome in result.objective)


def test_campaign_without_rooms_places_nobody() -> None:
    result = solved(plain_problem(rooms=()))
    assert (values(result)[0], who_has_a_reason(result)) == (1, ["A1"])


def test_campaign_without_assessors_places_nobody() -> None:
    result = solved(plain_problem(assessors=()))
    assert (values(result)[0], who_has_a_reason(result)) == (1, ["A1"])


def test_campaign_without_panel_exercises_needs_no_assessors() -> None:
    problem = one_session_problem(
        "09:00",
        "10:40",
        exercises=(WRITTEN, REFLECTION, ROUND),
        applicants=people("A1", "A2"),
        assessors=(),
        service_user_groups=(ServiceUserGroup("G1", ("U1",)),),
    )
    result = solved(problem)
    assert breaches_of(problem, result.timetable) == []
    assert values(result) == (0, 0, 1, *(0,) * 6)
    assert result.status is Status.OPTIMAL


def test_campaign_with_nothing_but_a_solo_exercise_works() -> None:
    problem = one_session_problem(
        "09:00", "10:00", exercises=(REFLECTION,), applicants=people("A1", "A2", "A3")
    )
    result = solved(problem)
    assert (breaches_of(problem, result.timetable), values(result)[0]) == ([], 0)


@pytest.mark.parametrize("workers", [1, 2])
def test_very_little_time_still_gives_a_sound_answer(workers: int) -> None:
    problem = plain_problem(
        sessions=(session("S1", "09:00", "13:00"),),
        exercises=(INTERVIEW, WRITTEN, REFLECTION),
        applicants=people("A1", "A2", "A3", "A4", "A5", "A6"),
        assessors=(assessor("B1"), assessor("B2")),
    )
    result = schedule(problem, Params(seconds=0.01, workers=workers))
    assert breaches_of(problem, result.timetable) == []
    assert [o for o in result.objective if o.bound > o.value] == []
