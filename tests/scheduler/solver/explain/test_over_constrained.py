"""What `explain` says of forty over-constrained campaigns, held against the solver claim by claim.

Every reason names rules and people: with nothing else in the way there is no timetable, without any one of
them there is. Every way out works, and no smaller single change of its kind does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from scheduler.checks import breaches_of
from scheduler.explanation import Case, Change, ChangeKind, Explanation, ObstacleKind, WayOut
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Result, Status
from scheduler.solver.explain.changes import applied, candidates, sizes_of
from scheduler.solver.explain.cores import kept_alone
from scheduler.solver.explain.explain import explain
from scheduler.solver.explain.obstacles import obstacles_of
from scheduler.solver.explain.oracle import Question
from scheduler.solver.explain.relaxations import only, without
from scheduler.solver.schedule import schedule
from tests.scheduler.solver.explain.over_constrained import campaigns

CAMPAIGNS = campaigns()
PARAMS = Params(seconds=20, workers=1)


@cache
def explained(name: str) -> Explanation:
    return explain(CAMPAIGNS[name], PARAMS)


def test_there_are_forty_campaigns() -> None:
    assert len(CAMPAIGNS) == 40


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_every_claim_about_a_campaign_holds(name: str) -> None:
    """One test for each campaign, so that each is explained once only."""
    assert_somebody_is_without_a_session_and_has_a_settled_reason(name)
    assert_reasons_leave_no_session_and_none_of_their_obstacles_can_be_spared(name)
    assert_without_all_that_the_reasons_name_there_is_a_session(name)
    assert_ways_out_work(name)
    assert_no_smaller_single_change_of_the_kind_does_as_much(name)
    assert_no_kind_that_costs_less_was_passed_over(name)


def assert_somebody_is_without_a_session_and_has_a_settled_reason(name: str) -> None:
    explanation = explained(name)
    assert len(explanation.unplaced) == explanation.applicants - explanation.placed > 0
    assert [case for case in explanation.cases if not case.reasons] == []
    assert [r for case in explanation.cases for r in case.reasons if not (r.settled and r.obstacles)] == []


def assert_reasons_leave_no_session_and_none_of_their_obstacles_can_be_spared(name: str) -> None:
    for case in explained(name).cases:
        for question in questions(name, case):
            universe = obstacles_of(question.problem, question.focus)
            for reason in case.reasons:
                kept = list(reason.obstacles)
                assert works(kept_alone(question, kept, universe), question) is False
                for obstacle in kept:
                    less = [other for other in kept if other is not obstacle]
                    assert works(kept_alone(question, less, universe), question) is True


def assert_without_all_that_the_reasons_name_there_is_a_session(name: str) -> None:
    for case in explained(name).cases:
        named = [o for r in case.reasons for o in r.obstacles if o.kind is not ObstacleKind.OTHERS]
        if case.complete:
            question = all_at_once(name, case)
            assert works(without(question.problem, named, question.spare), question) is True


def assert_ways_out_work(name: str) -> None:
    for case in explained(name).cases:
        for way in case.ways_out:
            question = all_at_once(name, case)
            assert placed_with(question, way.changes) >= way.places


def assert_no_smaller_single_change_of_the_kind_does_as_much(name: str) -> None:
    for case in explained(name).cases:
        for way in case.ways_out:
            assert way.least
            question = all_at_once(name, case)
            assert [change for change in smaller(question, way) if does_as_much(question, way, change)] == []


def assert_no_kind_that_costs_less_was_passed_over(name: str) -> None:
    """Kinds before the last one shown, or all of them where fewer than three ways were found."""
    for case in explained(name).cases:
        question = all_at_once(name, case)
        whole = [way.changes[0].kind for way in case.ways_out if is_whole(way)]
        passed = list(ChangeKind) if len(whole) < 3 else list(ChangeKind)[: list(ChangeKind).index(whole[-1])]
        for kind in passed:
            changes = [] if kind in whole else list(largest(question, kind))
            # What all of them together cannot do, none of them can.
            if len(changes) > 1 and placed_with(question, changes) < len(question.focus):
                changes = []
            assert [
                change for change in changes if placed_with(question, [change]) == len(question.focus)
            ] == []


def is_whole(way: WayOut) -> bool:
    return len(way.changes) == 1 and way.places == way.of


def largest(question: Question, kind: ChangeKind) -> Iterable[Change]:
    """For each target the largest change: where that does not do, no smaller one does."""
    everything = obstacles_of(question.problem, question.focus)
    by_target: dict[tuple[str, ...], Change] = {}
    for size in sizes_of(kind, question.problem):
        by_target |= {c.target: c for c in candidates(kind, question.problem, size, everything)}
    return by_target.values()


def smaller(question: Question, way: WayOut) -> Iterable[Change]:
    """Every single change of the way's kind that is smaller than it; all of them where it is several."""
    kind, everything = way.changes[0].kind, obstacles_of(question.problem, question.focus)
    for size in sizes_of(kind, question.problem):
        if len(way.changes) > 1 or size < way.changes[0].size:
            yield from candidates(kind, question.problem, size, everything)


def does_as_much(question: Question, way: WayOut, change: Change) -> bool:
    return placed_with(question, [change]) >= way.places


def questions(name: str, case: Case) -> list[Question]:
    """What the reasons of the case answer: for each applicant, or for all of them at once."""
    if case.together:
        return [all_at_once(name, case)]
    problem, there = CAMPAIGNS[name], session_holders(name)
    return [Question(only(problem, (*there, a)), (a,)) for a in case.applicants]


def all_at_once(name: str, case: Case) -> Question:
    if explained(name).impossible:
        return Question(CAMPAIGNS[name], ())
    there = (*session_holders(name), *case.applicants)
    return Question(only(CAMPAIGNS[name], there), case.applicants, len(case.applicants))


def session_holders(name: str) -> list[str]:
    without_one = set(explained(name).unplaced)
    return [a.reference for a in CAMPAIGNS[name].applicants if a.reference not in without_one]


def placed_with(question: Question, changes: Iterable[Change]) -> int:
    """How many of those asked for have a session after the changes, beside everybody else."""
    problem = applied(question.problem, changes)
    result = solved(problem)
    if not question.focus:
        return -1 if result.status is Status.INFEASIBLE else 0
    assert breaches_of(problem, result.timetable) == []
    return len(question.focus) - len(result.unplaced)


def works(problem: Problem, question: Question) -> bool:
    """Whether everybody has a session; where nobody is asked for, whether there is any timetable."""
    result = solved(problem)
    if not question.focus:
        return result.status is not Status.INFEASIBLE
    assert breaches_of(problem, result.timetable) == []
    # Nobody may be left out for want of time, or this would show nothing.
    assert result.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return not result.unplaced


def solved(problem: Problem) -> Result:
    return schedule(replace(problem, tiers=("unplaced",)), PARAMS)
