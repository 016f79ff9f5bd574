"""Two timetables side by side: each aim with its words, each person with how far they move."""

from __future__ import annotations

from api.services.compare_timetables import Move, PersonMoved, Side, compare_timetables
from api.services.edit_timetable import MoveApplicant, MoveSitting, SwapApplicants, edit_timetable
from api.services.editing.changes import TimetableChange
from scheduler.timetable import Role, Timetable
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import at, tiny_timetable


def after(change: TimetableChange) -> Timetable:
    return edit_timetable(tiny_campaign(), tiny_timetable(), change).timetable


def test_same_timetables_differ_in_nothing() -> None:
    found = compare_timetables(tiny_campaign(), tiny_timetable(), tiny_timetable())
    assert (found.headline, found.people, {tier.side for tier in found.tiers}) == (
        "Nobody moves.",
        (),
        {Side.SAME},
    )
    assert found.verdict == "Both are equally good in every aim."


def test_moved_run_says_who_moves_and_by_how_much() -> None:
    found = compare_timetables(
        tiny_campaign(), tiny_timetable(), after(MoveSitting("S1", "round", "G-1", start=at("11:10")))
    )
    move = Move("Service users' round", "11:00, Room 4", "11:10, Room 4")
    assert found.headline == "3 people move, nobody by more than 10 minutes."
    assert found.people[0] == PersonMoved(
        "A1", "Anwen Ashby", Role.APPLICANT, "applicant", "S1", "S1", 10, (move,)
    )
    assert [line.rule for line in found.new_breaches] == ["person_has_time_to_move"] * 2
    assert found.old_breaches == ()


def test_aims_are_told_side_by_side_and_the_first_that_differs_decides() -> None:
    found = compare_timetables(tiny_campaign(), tiny_timetable(), after(MoveApplicant("A4", "S1")))
    panels = found.tiers[1]
    assert (panels.old, panels.new, panels.side) == ("3 panels", "2 panels", Side.BETTER)
    assert (
        panels.sentence == "Fewest panels to staff, over all sessions: 2 panels instead of 3 panels: better."
    )
    assert found.verdict == f"The second is better in the first aim in which they differ. {panels.sentence}"
    assert found.headline == "10 people move, 6 of them to or from another session."


def test_people_in_another_session_are_told_by_day() -> None:
    found = compare_timetables(tiny_campaign(), tiny_timetable(), after(SwapApplicants("A1", "A4")))
    assert found.headline == "2 people move, all of them to or from another session."
    first = found.people[0]
    assert (first.old_session, first.new_session, first.minutes) == ("S1", "S3", None)
    assert first.moves[0] == Move(
        "Interview",
        "S1, Tuesday 14 July 2015 in the morning, 09:00, Room 1, panel P1",
        "S3, Wednesday 15 July 2015 in the afternoon, 17:00, Room 6, panel P1",
    )


def test_other_room_at_the_same_time_moves_nobody_in_time() -> None:
    found = compare_timetables(
        tiny_campaign(), tiny_timetable(), after(MoveSitting("S1", "interview", "I-1", room="R2"))
    )
    assert found.headline == "6 people change room, panel or duties; nobody's times move."
