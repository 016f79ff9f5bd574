"""Changes by hand on the tiny campaign: what moves, what breaks, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from api.errors import BadInput, sentence_of
from api.services.edit_timetable import (
    Edited,
    MoveApplicant,
    MoveSitting,
    RemoveApplicant,
    ReplaceAssessor,
    SwapApplicants,
    edit_timetable,
)
from api.services.editing.changes import TimetableChange
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.timetable import Entry, Role, Timetable, timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import at, tiny_problem, tiny_timetable, with_changes, with_panel_rules, without_rows


def edited(
    change: TimetableChange, timetable: Timetable | None = None, problem: Problem | None = None
) -> Edited:
    campaign = tiny_campaign() if problem is None else replace(tiny_campaign(), problem=problem)
    return edit_timetable(campaign, timetable or tiny_timetable(), change)


def day_of(timetable: Timetable, person: str) -> list[str]:
    """A person's rows in short: session, start, exercise and room."""
    return [
        f"{e.session} {clock(e.start)} {e.exercise} {e.room}" for e in timetable.by_person.get(person, [])
    ]


def broken(result: Edited) -> list[str]:
    return [line.rule for line in result.new_breaches]


def others(timetable: Timetable, people: Iterable[str]) -> list[Entry]:
    return [row for row in timetable.entries if row.person not in set(people)]


def refused(change: TimetableChange) -> list[str]:
    with pytest.raises(BadInput) as caught:
        edited(change)
    return [sentence_of(fault) for fault in caught.value.faults]


def test_move_sitting_takes_everybody_and_their_meetings_along() -> None:
    change = MoveSitting("S1", "round", "G-1", start=at("10:50"), room="R2")
    old, result = tiny_timetable(), edited(change)
    moved = [row for row in result.timetable.entries if (row.session, row.exercise) == ("S1", "round")]
    before = [row for row in old.entries if (row.session, row.exercise) == ("S1", "round")]
    assert moved == [replace(r, start=r.start - 10, end=r.end - 10, room="R2") for r in before]
    assert [m for m in result.timetable.meetings if m.session == "S1"] == [
        replace(m, start=m.start - 10, end=m.end - 10) for m in old.meetings if m.session == "S1"
    ]
    assert broken(result) == ["room_suits_the_exercise", "room_seats_are_not_exceeded"]
    assert change.sentence == "Move round G-1 of S1 to 10:50 and to room R2."


def test_move_sitting_to_another_room_moves_the_whole_panel() -> None:
    result = edited(MoveSitting("S1", "interview", "I-1", room="R2"))
    rooms = {(row.sitting, row.room) for row in result.timetable.by_session["S1"] if row.panel}
    assert (rooms, result.breaches) == ({("I-1", "R2"), ("I-2", "R2")}, ())


def test_move_sitting_shows_every_rule_it_breaks_at_its_runs() -> None:
    result = edited(MoveSitting("S1", "interview", "I-1", start=at("09:10")))
    first, second = ("S1", "interview", "I-1"), ("S1", "interview", "I-2")
    reflection = ("S1", "reflection", "S-1")
    assert [(line.rule, line.people[:1], line.sittings) for line in result.new_breaches] == [
        ("person_is_in_one_place_at_a_time", ("B1",), (first, second)),
        ("person_is_in_one_place_at_a_time", ("B2",), (first, second)),
        ("person_is_in_one_place_at_a_time", ("B3",), (first, second)),
        ("person_has_time_to_move", ("A1",), (first, reflection)),
        ("room_holds_one_run_at_a_time", ("A1",), (first, second)),
    ]
    assert result.new_breaches[3].detail == (
        "Anwen Ashby (A1) has no minutes between Interview (09:10-09:45, room R1) and Reflection"
        " (09:45-10:00, room R5); 5 are needed to move."
    )


def test_move_applicant_joins_what_has_room_and_takes_a_free_panel_time() -> None:
    result = edited(MoveApplicant("A4", "S1"))
    assert day_of(result.timetable, "A4") == [
        "S1 10:25 round R4",
        "S1 10:40 interview R1",
        "S1 11:20 written R3",
        "S1 12:05 reflection R1",
    ]
    assert (result.breaches, result.notes) == ((), ())
    assert {m.applicant for m in result.timetable.meetings if m.sitting == "round-more-1"} == {"A4"}
    assert "S3" not in result.timetable.by_session


def test_move_applicant_into_a_rotation_lets_everybody_meet_everybody() -> None:
    result = edited(MoveApplicant("A1", "S3"))
    met = {(m.applicant, m.service_user) for m in result.timetable.meetings if m.session == "S3"}
    assert met == {(a, u) for a in ("A1", "A4") for u in ("U5", "U6")}
    assert (result.breaches, result.notes) == ((), ())


def test_move_applicant_brings_interpreters_and_keeps_the_arrangements() -> None:
    result = edited(MoveApplicant("A3", "S1"))
    assert day_of(result.timetable, "I1") == day_of(result.timetable, "A3")
    assert (result.breaches, result.notes, day_of(result.timetable, "A3")[0][:2]) == ((), (), "S1")


def test_move_applicant_where_there_is_no_room_says_what_is_missing() -> None:
    full = with_panel_rules(tiny_problem(), interviews_max=2)
    result = edited(MoveApplicant("A4", "S1"), problem=full)
    assert result.notes == ("No place was found for Dina Dale (A4) in S1 for Interview.",)
    assert broken(result) == ["applicant_does_every_exercise_once"]


def test_move_applicant_to_a_session_nobody_is_in_finds_no_staff() -> None:
    problem = with_changes(tiny_problem(), "exercises", "round", group_min=2)
    empty = timetable_of([row for row in tiny_timetable().entries if row.session != "S3"])
    result = edited(MoveApplicant("A4", "S3"), empty, problem)
    assert result.notes == (
        "No place was found for Dina Dale (A4) in S3 for Interview and Service users' round.",
    )


def test_swap_within_a_session_exchanges_rows_and_meetings() -> None:
    old, result = tiny_timetable(), edited(SwapApplicants("A1", "A2"))
    assert day_of(result.timetable, "A1") == day_of(old, "A2")
    assert day_of(result.timetable, "A2") == day_of(old, "A1")
    assert others(result.timetable, ("A1", "A2")) == others(old, ("A1", "A2"))
    assert result.breaches == ()


def test_swap_across_sessions_gives_each_their_own_length_and_interpreters() -> None:
    result = edited(SwapApplicants("A3", "A4"))
    written = {
        row.person: row.end - row.start for row in result.timetable.entries if row.exercise == "written"
    }
    assert (written["A3"], written["A4"]) == (50, 40)
    assert day_of(result.timetable, "I2") == day_of(result.timetable, "A3")
    assert broken(result) == ["applicant_has_the_break_they_need"]


def test_swap_with_somebody_without_a_place_is_said() -> None:
    result = edited(SwapApplicants("A1", "A4"), without_rows(tiny_timetable(), session="S3"))
    assert result.notes == ("Dina Dale (A4) had no place before.",)
    assert (day_of(result.timetable, "A1"), len(day_of(result.timetable, "A4"))) == ([], 4)


def test_remove_applicant_frees_the_staff_of_what_nobody_attends() -> None:
    result = edited(RemoveApplicant("A4"))
    assert (sorted(result.timetable.by_session), result.breaches) == (["S1", "S2"], ())


def test_replace_assessor_puts_the_new_one_in_every_interview_of_the_panel() -> None:
    result = edited(ReplaceAssessor("S1", "P1", "B1", "B5"))
    (panel,) = (panel for panel in result.timetable.panels if panel.session == "S1")
    assert (panel.members, day_of(result.timetable, "B1")) == (("B2", "B3", "B5"), [])
    assert broken(result) == [
        "panel_has_lead_authority_members",
        "panel_has_first_choice_members",
        "panel_is_not_one_councils_alone",
        "panel_has_safer_recruitment_training",
        "panel_has_a_chair",
    ]


def test_changes_undone_by_their_opposite_leave_nothing_behind() -> None:
    old = tiny_timetable()
    there = edited(SwapApplicants("A1", "A4")).timetable
    assert edited(SwapApplicants("A4", "A1"), there).timetable == old
    moved = edited(MoveSitting("S2", "written", "W-1", start=at("14:00"))).timetable
    assert edited(MoveSitting("S2", "written", "W-1", start=at("14:30")), moved).timetable == old
    assert [row.role for row in moved.by_person["I1"]] == [Role.INTERPRETER] * 4


def test_what_cannot_be_said_is_refused_in_words() -> None:
    assert refused(MoveSitting("S1", "round", "G-9", start=1500)) == [
        'column sitting: found "round G-9 of S1"; wanted a sitting of this timetable',
        "column start: found 1500 minutes after midnight; wanted a time of the day",
    ]
    assert refused(MoveSitting("S1", "round", "G-1", room="R99")) == [
        'column room: found "R99"; wanted a room of this campaign'
    ]
    assert refused(MoveSitting("S1", "round", "G-1")) == [
        "found neither a time nor a room; wanted a new time, a new room or both"
    ]
    assert refused(MoveApplicant("A9", "S9")) == [
        'column session: found "S9"; wanted a session of this campaign',
        'column applicant: found "A9"; wanted an applicant of this campaign',
    ]
    assert refused(SwapApplicants("A1", "A1")) == [
        'column applicant: found "A1"; wanted two different applicants'
    ]
    assert refused(ReplaceAssessor("S1", "P1", "B9", "B2")) == [
        'column person: found "B9"; wanted a member of panel P1: B1, B2 and B3',
        'column person: found "B2"; wanted somebody who is not on that panel already',
    ]
    assert refused(ReplaceAssessor("S1", "P7", "B1", "X1")) == [
        'column panel: found "P7"; wanted a panel of that session',
        'column person: found "X1"; wanted an assessor of this campaign',
    ]
