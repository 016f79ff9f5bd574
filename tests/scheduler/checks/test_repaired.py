"""Repaired timetables: what a repair allows, and what it does not, each by one fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of, tier_values
from scheduler.disruption import Disruption, Moment, Repair
from scheduler.problem import Problem
from scheduler.timetable import Role, Timetable, timetable_of
from tests.builders import at, tiny_problem, tiny_timetable, with_row, without_rows

DAY = tiny_problem().session_by_reference["S1"].date


def after(clock_face: str, **told: object) -> list[Repair]:
    return [Repair(Disruption(Moment(DAY, at(clock_face)), **told))]  # type: ignore[arg-type]


def with_standby(problem: Problem) -> Problem:
    reserve = replace(problem.assessors[0], reference="R1", standby=True)
    return replace(problem, assessors=(*problem.assessors, reserve))


def with_member(timetable: Timetable, old: str, new: str, sitting: str) -> Timetable:
    """One member of panel P1 replaced in one interview of S1."""
    rows = (
        replace(row, person=new) if (row.session, row.sitting, row.person) == ("S1", sitting, old) else row
        for row in timetable.entries
    )
    return timetable_of(rows, timetable.meetings)


def rules(problem: Problem, timetable: Timetable, repairs: list[Repair]) -> list[str]:
    return [breach.rule for breach in breaches_of(problem, timetable, repairs=repairs)]


@pytest.mark.parametrize("repairs", [after("08:00"), after("09:20"), after("20:00")])
def test_sound_timetable_has_no_breach_after_a_repair_that_changed_nothing(repairs: list[Repair]) -> None:
    assert rules(tiny_problem(), tiny_timetable(), repairs) == []


def test_absent_member_may_be_replaced_by_a_standby() -> None:
    changed = with_member(tiny_timetable(), "B1", "R1", "I-2")
    assert rules(with_standby(tiny_problem()), changed, after("09:20", absent=("B1",))) == []


def test_member_who_is_there_may_not_be_replaced() -> None:
    changed = with_member(tiny_timetable(), "B1", "R1", "I-2")
    found = rules(with_standby(tiny_problem()), changed, after("09:20", absent=("A4",)))
    assert sorted(set(found)) == [
        "panel_keeps_its_members_and_room",
        "person_attends_only_when_available",
    ]


def test_standby_may_not_have_worked_before_the_first_repair() -> None:
    changed = with_member(with_member(tiny_timetable(), "B1", "R1", "I-1"), "B1", "R1", "I-2")
    found = rules(with_standby(tiny_problem()), changed, after("09:20", absent=("B1",)))
    assert found == ["standby_assessor_is_kept_in_reserve"]


@pytest.mark.parametrize(
    "told",
    [
        {"absent": ("RP1",)},
        {"late": (("RP1", at("09:55")),)},
        {"leaving": (("RP1", at("10:00")),)},
    ],
)
def test_nobody_works_while_they_are_not_there(told: dict[str, object]) -> None:
    (breach,) = breaches_of(tiny_problem(), tiny_timetable(), repairs=after("09:20", **told))
    assert (breach.rule, breach.who) == ("person_attends_only_when_available", ("RP1",))


def test_lost_room_holds_nothing_but_what_had_begun() -> None:
    (breach,) = breaches_of(
        tiny_problem(), tiny_timetable(), repairs=after("09:20", rooms_lost=("R1", "R9"))
    )[:1]
    assert (breach.rule, breach.session) == ("room_suits_the_exercise", "S1")
    assert rules(tiny_problem(), tiny_timetable(), after("09:45", rooms_lost=("R2",))) == []


def test_session_is_judged_by_its_new_start() -> None:
    found = rules(tiny_problem(), tiny_timetable(), after("08:00", session_starts=(("S1", at("09:10")),)))
    assert sorted(set(found)) == ["run_lies_within_the_session"]


def test_absent_applicant_need_not_finish_and_counts_as_placed_nowhere() -> None:
    rest = without_rows(tiny_timetable(), person="A4", session="S3")
    rest = without_rows(rest, session="S3")
    rest = timetable_of(rest.entries, (m for m in rest.meetings if m.session != "S3"))
    assert rules(tiny_problem(), rest, after("09:20", absent=("A4",))) == []
    assert tier_values(tiny_problem(), rest)["unplaced"] == 1
    assert tier_values(tiny_problem(), rest, after("09:20", absent=("A4",)))["unplaced"] == 0


def test_applicant_who_is_there_must_finish() -> None:
    cut = without_rows(tiny_timetable(), person="A2", exercise="reflection")
    assert (
        rules(tiny_problem(), cut, after("09:20", absent=("A4",)))[0] == "applicant_does_every_exercise_once"
    )
    left_out = [replace(after("09:20")[0], left_out=("A2",))]
    assert rules(tiny_problem(), cut, left_out) == []
    assert tier_values(tiny_problem(), cut, left_out)["unplaced"] == 1


def test_absent_service_user_has_no_meetings() -> None:
    found = rules(tiny_problem(), tiny_timetable(), after("09:20", absent=("U1",)))
    assert set(found) == {"rotation_brings_everybody_together_once"}


def test_other_rules_hold_as_ever() -> None:
    moved = with_row(tiny_timetable(), "A1", "reflection", start=at("09:47"), end=at("10:02"))
    assert rules(tiny_problem(), moved, after("08:00")) == ["run_starts_on_the_grid"]
    assert {row.role for row in moved.entries} == set(Role)
