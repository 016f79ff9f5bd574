"""Repairs of any kind on small random campaigns, and one by one what each sort of disruption asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.changes import difference, minutes_of_change, people_changed
from scheduler.checks import breaches_of
from scheduler.disruption import Disruption, Moment, Repair
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.repair.door import repair
from scheduler.solver.repair.history import history_of
from scheduler.solver.repair.outcome import Repaired
from scheduler.solver.schedule import schedule
from scheduler.timetable import Role, Timetable, timetable_of
from tests.builders import at, tiny_problem, tiny_timetable, with_changes
from tests.scheduler.solver.random_campaigns import random_problem
from tests.scheduler.solver.repair.cases import random_disruption

ONE_WORKER = Params(seconds=1, workers=1)
DAY = tiny_problem().session_by_reference["S1"].date


def repaired(problem: Problem, disruption: Disruption, old: Timetable | None = None) -> Repaired:
    return repair(problem, old or tiny_timetable(), disruption, params=ONE_WORKER)


def now(clock_face: str) -> Moment:
    return Moment(DAY, at(clock_face))


def with_reserves(problem: Problem) -> Problem:
    """One standby assessor for each council that panels need, good at everything."""
    first = problem.assessors[0]
    more = [
        replace(
            first, reference=f"R{council}", council=council, standby=True, lived_experience=council == "BRI"
        )
        for council in ("SOM", "DEV", "BRI")
    ]
    return replace(problem, assessors=(*problem.assessors, *more))


@pytest.mark.parametrize("seed", [1, 5, 8, 12, 14])
def test_chain_of_three_repairs_keeps_every_rule_and_moves_nothing_begun(seed: int) -> None:
    problem = random_problem(seed)
    timetable = schedule(problem, Params(seconds=1, workers=1)).timetable
    repairs: tuple[Repair, ...] = ()
    for step in range(3 if timetable.entries else 0):
        disruption = random_disruption(problem, timetable, 10 * seed + step, repairs)
        begun = {row for r in history_of(problem, timetable, repairs, disruption).begun for row in r.entries}
        found = repair(problem, timetable, disruption, repairs, ONE_WORKER)
        assert begun - set(found.result.timetable.entries) == set()
        assert found.repairs[:-1] == repairs
        timetable, repairs = found.result.timetable, found.repairs
        assert breaches_of(problem, timetable, repairs=repairs) == []
        if not timetable.entries:
            return


def test_nothing_that_happens_changes_nothing() -> None:
    found = repaired(tiny_problem(), Disruption(now("08:00"), late=(("A1", at("08:30")),)))
    assert found.result.timetable == tiny_timetable()
    assert (found.changes, found.people_changed, found.minutes_of_change) == ((), (), 0)


def test_absent_applicant_keeps_only_what_had_begun() -> None:
    found = repaired(tiny_problem(), Disruption(now("09:00"), absent=("A1",)))
    rows = found.result.timetable.by_person["A1"]
    assert [(row.exercise, row.start) for row in rows] == [("interview", at("09:00"))]
    assert found.result.unplaced == ()
    assert found.people_changed == ()


def test_absent_applicant_before_the_session_frees_their_panel() -> None:
    found = repaired(tiny_problem(), Disruption(now("08:59"), absent=("A1",)))
    assert "A1" not in found.result.timetable.by_person
    assert found.people_changed == ("B1", "B2", "B3", "RP1")


def test_absent_assessor_stays_with_the_interview_under_way_and_is_then_replaced_by_a_standby() -> None:
    problem = with_reserves(tiny_problem())
    found = repaired(problem, Disruption(now("09:20"), absent=("B1",)))
    rows = [r for r in found.result.timetable.by_session["S1"] if r.role is Role.ASSESSOR]
    assert [r.person for r in rows if r.sitting == "I-1"] == ["B1", "B2", "B3"]
    assert [r.person for r in rows if r.sitting == "I-2"] == ["B2", "B3", "RSOM"]
    assert found.people_changed == ("RSOM",)


def test_absent_assessor_is_replaced_by_anybody_who_is_free() -> None:
    found = repaired(tiny_problem(), Disruption(now("09:20"), absent=("B1",)))
    (stands_in,) = found.people_changed
    assert tiny_problem().assessor_by_reference[stands_in].council == "SOM"


def test_panel_keeps_members_who_are_there() -> None:
    """Cleverer panels would do with fewer people told, but a panel that has begun goes on together."""
    problem = with_reserves(tiny_problem())
    found = repaired(problem, Disruption(now("09:20"), absent=("B1", "B2")))
    later = [r.person for r in found.result.timetable.by_session["S1"] if r.sitting == "I-2"]
    assert sorted(set(later) & {"B1", "B2", "B3", "RSOM", "RDEV", "RBRI"}) == ["B3", "RDEV", "RSOM"]


def test_nobody_to_replace_an_assessor_leaves_applicants_out_with_a_reason() -> None:
    problem = tiny_problem()
    others = tuple(x for x in problem.assessors if x.council != "DEV" or x.reference == "B2")
    problem = replace(problem, assessors=others, applicants=problem.applicants[:3])
    old = timetable_of(
        (r for r in tiny_timetable().entries if r.session != "S3"),
        (m for m in tiny_timetable().meetings if m.session != "S3"),
    )
    found = repaired(problem, Disruption(now("09:20"), absent=("B2",)), old)
    assert [u.applicant for u in found.result.unplaced] == ["A2", "A3"]
    assert found.result.unplaced[1].reason == (
        "A3 can no longer be given interview, reflection, round and written in S2 (B2 is absent), "
        "and no other session was found for them."
    )


def test_late_applicant_starts_nothing_before_their_time() -> None:
    found = repaired(tiny_problem(), Disruption(now("08:30"), late=(("A1", at("09:30")),)))
    starts = [row.start for row in found.result.timetable.by_person["A1"]]
    assert min(starts) >= at("09:30")
    assert found.result.unplaced == ()


def test_leaving_assessor_is_gone_by_their_time() -> None:
    problem = with_reserves(tiny_problem())
    found = repaired(problem, Disruption(now("09:00"), leaving=(("B3", at("10:00")),)))
    rows = [r for r in found.result.timetable.by_person["B3"] if r.session == "S1"]
    assert [(r.sitting, r.end) for r in rows] == [("I-1", at("09:45"))]
    assert found.people_changed == ("B3", "RBRI")


def test_lost_room_holds_nothing_that_had_not_begun() -> None:
    found = repaired(tiny_problem(), Disruption(now("09:10"), rooms_lost=("R1",)))
    rooms = {r.sitting: r.room for r in found.result.timetable.by_session["S1"] if r.exercise == "interview"}
    assert rooms == {"I-1": "R1", "I-2": "R2"}
    assert found.minutes_of_change == 0


def test_session_that_starts_later_starts_nothing_before() -> None:
    found = repaired(tiny_problem(), Disruption(now("08:00"), session_starts=(("S2", at("13:10")),)))
    assert min(row.start for row in found.result.timetable.by_session["S2"]) >= at("13:10")
    assert {change.row.session for change in found.changes} == {"S2"}


def test_absent_service_user_is_missed_and_nobody_else_is_told() -> None:
    found = repaired(tiny_problem(), Disruption(now("09:00"), absent=("U1",)))
    met = {m.service_user for m in found.result.timetable.meetings if m.session == "S1"}
    assert (met, found.people_changed) == ({"U2"}, ())


def test_absent_group_is_replaced_by_another() -> None:
    found = repaired(tiny_problem(), Disruption(now("10:00"), absent=("G1",)))
    groups = [r.person for r in found.result.timetable.by_session["S1"] if r.role is Role.SERVICE_USER_GROUP]
    assert len(groups) == 1
    assert groups[0] in ("G2", "G3")
    assert found.people_changed == tuple(groups)


def test_earlier_repair_is_honoured_by_the_next() -> None:
    problem = with_reserves(tiny_problem())
    first = repaired(problem, Disruption(now("09:20"), absent=("B1",)))
    second = repair(
        problem,
        first.result.timetable,
        Disruption(now("09:30"), absent=("A4",)),
        first.repairs,
        ONE_WORKER,
    )
    later = [r.person for r in second.result.timetable.by_session["S1"] if r.sitting == "I-2"]
    assert "RSOM" in later
    assert "B1" not in later
    assert [r.disruption.absent for r in second.repairs] == [("B1",), ("A4",)]


def test_same_seed_and_one_worker_give_the_same_repair() -> None:
    problem = with_reserves(tiny_problem())
    disruption = Disruption(now("08:30"), absent=("B1", "RP1"), late=(("A2", at("10:00")),))
    assert repaired(problem, disruption).result.timetable == repaired(problem, disruption).result.timetable


def test_what_is_reported_is_what_changed() -> None:
    problem = with_changes(tiny_problem(), "sessions", "S1", panels_max=1)
    found = repaired(problem, Disruption(now("08:30"), absent=("B2",), late=(("A1", at("09:30")),)))
    changes = difference(tiny_timetable(), found.result.timetable)
    assert found.changes == changes
    assert found.people_changed == people_changed(changes, ["B2"])
    assert found.minutes_of_change == minutes_of_change(changes)
    values = {tier.name: tier.value for tier in found.result.objective}
    assert values["people_changed"] == len(found.people_changed)
