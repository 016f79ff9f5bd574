"""What large campaigns do differently, tried on small ones: pools first, and only a venue placed again."""

from __future__ import annotations

import pytest

from scheduler.checks import breaches_of
from scheduler.params import Params
from scheduler.solver.cuts import exact_cut_of
from scheduler.solver.engine import Budget
from scheduler.solver.placement import solve
from scheduler.solver.placement.options import StaffingCut
from scheduler.solver.placement.solve import Placement
from scheduler.solver.schedule import schedule
from tests.benchmarks.campaigns import problem_of

PARAMS = Params(seconds=30, workers=1)


@pytest.fixture(autouse=True)
def every_campaign_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "LARGE_APPLICANTS", 0)


def test_pools_settle_two_tiers_and_then_all_that_counting_can() -> None:
    placement = Placement(problem_of("size-50"), PARAMS, Budget(PARAMS))
    assert placement.reach_ideal(20)
    assert [tier.name for tier in placement.tiers] == ["unplaced", "panel_half_days"]
    assert placement.reach(placement.counted_tiers, 20)
    assert [(tier.value, tier.bound) for tier in placement.tiers] == [(0, 0), (17, 17), (5, 5), (0, 0)]


def test_only_the_venue_of_a_cut_is_placed_again() -> None:
    problem = problem_of("size-50")
    placement = Placement(problem, PARAMS, Budget(PARAMS))
    assert placement.reach_ideal(20)
    before = {staffing.session: staffing.key for staffing in placement.staffing()}
    first = placement.staffing()[0]
    cut: StaffingCut = exact_cut_of([first])
    assert placement.learn([], [cut], 20)
    after = {staffing.session: staffing.key for staffing in placement.staffing()}
    venue = problem.session_by_reference[first.session].venue
    elsewhere = {s.reference for s in problem.sessions if s.venue != venue}
    assert after.get(first.session) != before[first.session]
    assert elsewhere & set(before)
    # Role players are spread anew over all sessions, so they are not looked at.
    assert {s: before[s][1:4] for s in elsewhere & set(before)} == {
        s: after[s][1:4] for s in elsewhere & set(after)
    }


def test_the_whole_run_proves_what_it_does_otherwise() -> None:
    problem = problem_of("size-12")
    result = schedule(problem, PARAMS)
    *placed, _links = result.objective
    assert [tier.name for tier in placed if not tier.proven] == []
    assert not breaches_of(problem, result.timetable)
