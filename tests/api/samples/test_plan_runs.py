"""The planted plan can be run: there is a running order for its own people in each of its sessions.

So everybody of a made-up campaign can be placed, and who is left out of a timetable is the solver's doing.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from api.exports.tables import write_folder
from api.imports.read import read_campaign
from api.samples import case_named, sample_tables
from api.samples.campaign import Cast, made_up_cast
from api.samples.cases import HalfDay
from scheduler.checks import breaches_of
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.engine import Budget
from scheduler.solver.rotations import rotations_of
from scheduler.solver.running_order.solve import any_running_order
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry, timetable_of

PARAMS = Params(seconds=30, workers=1)


@pytest.mark.parametrize("name", ["size-6", "size-12", "size-50"])
def test_planted_plan_is_a_sound_timetable_for_everybody(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    write_folder(sample_tables(name).values(), folder)
    campaign = read_campaign(folder).campaign
    assert campaign is not None
    cast = made_up_cast(case_named(name), random.Random(f"{name}/0"))
    rows = [row for half in cast.plan.sessions for row in _order(campaign.problem, cast, half)]
    timetable = timetable_of(rows, rotations_of(campaign.problem, rows))
    assert breaches_of(campaign.problem, timetable) == []
    assert len(timetable.session_of_applicant) == len(campaign.problem.applicants)


def _order(problem: Problem, cast: Cast, half: HalfDay) -> tuple[Entry, ...]:
    panels, staff = cast.plan.panels_of(half.reference), cast.staff
    applicants = tuple(a.reference for panel in panels for a in panel.applicants)
    pair = tuple(t.reference for t in staff.interpreters if half in t.planted)[:2]
    staffing = SessionStaffing(
        session=half.reference,
        applicants=applicants,
        assessors=tuple(member for panel in panels for member in panel.members),
        panels=len(panels),
        group=next(group.reference for group in staff.groups if half in group.planted),
        role_players=tuple(player.reference for player in staff.role_players if half in player.planted),
        pair_by_applicant={
            a: pair for a in applicants if problem.applicant_by_reference[a].adjustment.interpreter
        },
        without_first_choice_max=0,
    )
    order = any_running_order(problem, (staffing,), PARAMS, Budget(PARAMS), 20)
    return order.entries or ()
