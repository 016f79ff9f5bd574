"""People in a running order: who writes up after a run, and whose break does not fit.

Every campaign here has one session, just long enough or just too short for what it should hold.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.params import Params
from scheduler.people import RolePlayer, ServiceUserGroup
from scheduler.solver.engine import Budget
from scheduler.solver.running_order.solve import largest_running_order
from scheduler.solver.staffing import SessionStaffing
from tests.scheduler.solver.plain import (
    INTERVIEW,
    REFLECTION,
    ROUND,
    WRITTEN,
    number_placed,
    one_session_problem,
    people,
)

ONE_WORKER = Params(seconds=5, workers=1)


@pytest.mark.parametrize(("end", "number"), [("10:04", 0), ("10:05", 1)])
def test_role_player_of_a_group_run_is_free_while_it_is_written_up(end: str, number: int) -> None:
    """Contact ends at 09:30; writing takes until 10:00, but the role player moves and starts at 09:35."""
    exercises = (
        replace(ROUND, writing_minutes=30, role_player=True),
        replace(REFLECTION, role_player=True),
    )
    problem = one_session_problem(
        "09:00",
        end,
        exercises=exercises,
        role_players=(RolePlayer("RP1"),),
        service_user_groups=(ServiceUserGroup("G1", ("U1",)),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("end", "kept"), [("10:10", {"A2"}), ("10:50", {"A1", "A2"})])
def test_largest_running_order_leaves_out_only_those_whose_break_does_not_fit(
    end: str, kept: set[str]
) -> None:
    rested, other = (*people("A1", break_minutes=50), *people("A2"))
    problem = one_session_problem("09:00", end, exercises=(INTERVIEW, WRITTEN), applicants=(rested, other))
    staffing = SessionStaffing(
        session="S1",
        applicants=("A1", "A2"),
        assessors=("B1",),
        panels=1,
        group=None,
        role_players=(),
        pair_by_applicant={},
        without_first_choice_max=2,
    )
    order = largest_running_order(problem, (staffing,), ONE_WORKER, Budget(ONE_WORKER), 5.0)
    assert order.entries is not None
    assert {row.person for row in order.entries if row.role == "applicant"} == kept
