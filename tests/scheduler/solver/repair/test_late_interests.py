"""Interests declared after the timetable was made: the repair keeps the two apart in what has not begun."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.disruption import Disruption, Moment
from scheduler.people import DeclaredInterest
from scheduler.problem import Problem
from scheduler.result import Status
from scheduler.solver.repair.history import history_of
from scheduler.solver.repair.least import least_changed
from scheduler.solver.schedule import schedule
from scheduler.timetable import Timetable
from tests.builders import tiny_problem, tiny_timetable
from tests.scheduler.solver.random_campaigns import random_problem
from tests.scheduler.solver.repair.test_repairs import ONE_WORKER, now, repaired, with_reserves


def knowing(problem: Problem, applicant: str, person: str) -> Problem:
    return replace(
        problem, interests=(*problem.interests, DeclaredInterest(applicant, person, "neighbours", True))
    )


def meetings(timetable: Timetable, applicant: str, person: str) -> list[str]:
    return [
        run.reference
        for run in timetable.sittings
        if applicant in run.applicants and any(row.person == person for row in run.entries)
    ]


def test_assessor_who_has_not_begun_is_stood_in_for() -> None:
    problem = knowing(with_reserves(tiny_problem()), "A1", "B2")
    assert [b.rule for b in breaches_of(problem, tiny_timetable())] == ["excluded_pair_never_meets"]
    found = repaired(problem, Disruption(now("08:00")))
    assert found.people_changed == ("B2", "RDEV")
    assert found.result.status is Status.FEASIBLE
    assert meetings(found.result.timetable, "A1", "B2") == []


def test_what_has_begun_cannot_be_undone_and_breaks_no_rule_any_more() -> None:
    """They are in A1's interview when it is said: that stays, and nothing else has to change."""
    problem = knowing(tiny_problem(), "A1", "B2")
    found = repaired(problem, Disruption(now("09:10")))
    assert found.people_changed == ()
    assert breaches_of(problem, found.result.timetable, repairs=found.repairs) == []


def test_panel_that_has_begun_keeps_its_members_and_the_applicant_goes_elsewhere_or_is_left_out() -> None:
    problem = knowing(with_reserves(tiny_problem()), "A2", "B2")
    found = repaired(problem, Disruption(now("09:10")))
    assert meetings(found.result.timetable, "A2", "B2") == []
    assert breaches_of(problem, found.result.timetable, repairs=found.repairs) == []


def test_reason_says_that_an_interest_was_declared() -> None:
    """Nobody else can do what B2 does, and the panel has begun with them."""
    problem = tiny_problem()
    others = tuple(x for x in problem.assessors if x.council != "DEV" or x.reference == "B2")
    found = repaired(knowing(replace(problem, assessors=others), "A2", "B2"), Disruption(now("09:10")))
    (left,) = found.result.unplaced
    assert left.applicant == "A2"
    assert left.reason.startswith("A2 can no longer be given ")
    assert "(an interest was declared)" in left.reason


def test_least_counts_one_of_the_two() -> None:
    problem = tiny_problem()
    day = Moment(problem.session_by_reference["S1"].date, 8 * 60)
    sessions = tuple(problem.session_by_reference)
    assert least_changed(history_of(problem, tiny_timetable(), (), Disruption(day)), sessions) == 0
    apart = history_of(knowing(problem, "A1", "B2"), tiny_timetable(), (), Disruption(day))
    assert least_changed(apart, sessions) == 1


@pytest.mark.parametrize("seed", [2, 3, 5, 8, 12, 14])
def test_random_pairs_are_kept_apart_and_nothing_begun_moves(seed: int) -> None:
    problem, rng = random_problem(seed), random.Random(seed)
    timetable = schedule(problem, ONE_WORKER).timetable
    runs = [run for run in timetable.sittings if run.applicants and len(run.entries) > len(run.applicants)]
    if not runs:
        return
    run = rng.choice(runs)
    applicant = rng.choice(run.applicants)
    person = rng.choice(sorted({row.person for row in run.entries} - set(run.applicants)))
    known = knowing(problem, applicant, person)
    session = problem.session_by_reference[run.session]
    disruption = Disruption(Moment(session.date, run.window.start - 1))
    begun = {row for r in history_of(known, timetable, (), disruption).begun for row in r.entries}
    found = repaired(known, disruption, timetable)
    assert begun - set(found.result.timetable.entries) == set()
    assert breaches_of(known, found.result.timetable, repairs=found.repairs) == []
