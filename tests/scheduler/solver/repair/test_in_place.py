"""What is found without a model, and what is counted without one: times stay, or somebody is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.changes import difference, people_changed
from scheduler.disruption import Disruption, Moment
from scheduler.people import Adjustment
from scheduler.problem import Problem
from scheduler.solver.repair.extract import whole
from scheduler.solver.repair.history import History, history_of
from scheduler.solver.repair.in_place import InPlace, repaired_in_place
from scheduler.solver.repair.least import least_changed
from scheduler.timetable import Role, timetable_of
from tests.builders import at, tiny_problem, tiny_timetable, with_changes
from tests.scheduler.solver.repair.test_repairs import with_reserves

DAY = tiny_problem().session_by_reference["S1"].date
EVERYWHERE = tuple(tiny_problem().session_by_reference)


def history(problem: Problem, clock_face: str, **told: object) -> History:
    disruption = Disruption(Moment(DAY, at(clock_face)), **told)  # type: ignore[arg-type]
    return history_of(problem, tiny_timetable(), (), disruption)


def changed(known: History, found: InPlace) -> tuple[str, ...]:
    new = timetable_of(whole(known, found.entries))
    return people_changed(difference(known.old, new), known.disruption.absent)


def test_lost_room_is_exchanged_for_a_free_one_and_no_time_moves() -> None:
    known = history(tiny_problem(), "08:30", rooms_lost=("R1",))
    found = repaired_in_place(known)
    was = {(row.person, row.start, row.end) for run in known.left for row in run.entries}
    assert {(row.person, row.start, row.end) for row in found.entries} == was
    assert "R1" not in {row.room for row in found.entries}
    assert found.left_out == ()


def test_lost_room_is_not_exchanged_for_one_that_does_not_suit() -> None:
    """R1 is step-free, and A1 needs it; no other room for interviews there is."""
    problem = with_changes(tiny_problem(), "applicants", "A1", adjustment=Adjustment(step_free=True))
    rooms = tuple(replace(r, step_free=r.reference == "R1") for r in problem.rooms)
    known = history(replace(problem, rooms=rooms), "08:30", rooms_lost=("R1",))
    assert "A1" in repaired_in_place(known).left_out


def test_absent_assessor_is_stood_in_for_by_a_standby_before_others() -> None:
    known = history(with_reserves(tiny_problem()), "09:20", absent=("B1",))
    found = repaired_in_place(known)
    assert changed(known, found) == ("RSOM",)
    assert least_changed(known, EVERYWHERE) == 1


def test_stand_in_is_not_one_who_is_unavailable() -> None:
    problem = with_reserves(tiny_problem())
    seen = [r for r in tiny_timetable().entries if r.sitting == "I-2" and r.role is Role.APPLICANT]
    barred = replace(problem, unavailable=problem.unavailable | {("RSOM", seen[0].session)})
    known = history(barred, "09:20", absent=("B1",))
    assert "RSOM" not in changed(known, repaired_in_place(known))


def test_nobody_to_stand_in_leaves_the_panels_applicants_out() -> None:
    problem = tiny_problem()
    others = tuple(x for x in problem.assessors if x.council != "DEV" or x.reference == "B2")
    known = history(replace(problem, assessors=others), "09:20", absent=("B2",))
    found = repaired_in_place(known)
    assert {row.person for row in found.entries if row.role is Role.ASSESSOR} & {"B2"} == set()
    assert "A2" in found.left_out


@pytest.mark.parametrize(
    ("told", "least"),
    [
        # A row of theirs cannot stay, and somebody must take their place.
        ({"late": (("B1", at("09:30")),)}, 2),
        # Somebody takes their place; they are the reason and do not count.
        ({"absent": ("B1",)}, 1),
        # All three members have an interview less, and the role player a run.
        ({"absent": ("A1",)}, 4),
        ({"late": (("A1", at("08:00")),)}, 0),
    ],
)
def test_least_changed_counts_who_cannot_but_notice(told: dict[str, object], least: int) -> None:
    assert least_changed(history(tiny_problem(), "08:30", **told), EVERYWHERE) == least


def test_run_that_has_begun_is_no_reason_to_change() -> None:
    known = history(tiny_problem(), "09:00", absent=("A1",))
    assert least_changed(known, EVERYWHERE) == 0
    assert changed(known, repaired_in_place(known)) == ()
