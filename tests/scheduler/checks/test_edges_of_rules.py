"""Every rule at its very edge: the last value that is sound, and the next one, which is a breach.

All on the tiny campaign; the same edges are asked of the model in `tests/scheduler/solver/test_edges_*.py`.
Panels and other staff are in `test_edges_of_staff.py`.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.grid import Window
from scheduler.people import DeclaredInterest, Pin
from scheduler.problem import Problem
from scheduler.programme import Session
from scheduler.timetable import Entry, Meeting, Role, Timetable, timetable_of
from tests.builders import (
    at,
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_meetings,
    with_row,
    with_times,
)

EVERYBODY_IN_S2 = ("A3", "B4", "B2", "B6", "RP2", "G2", "U3", "I1", "I2")


def rules(problem: Problem, timetable: Timetable) -> list[str]:
    """The rules broken, once for each breach."""
    return [breach.rule for breach in breaches_of(problem, timetable)]


def told(problem: Problem, timetable: Timetable) -> list[tuple[str, tuple[str, ...], int]]:
    return [(breach.rule, breach.who, breach.size) for breach in breaches_of(problem, timetable)]


def shifted(timetable: Timetable, session: str, minutes: int) -> Timetable:
    """Everything in a session earlier or later."""
    return Timetable(
        tuple(
            replace(row, start=row.start + minutes, end=row.end + minutes) if row.session == session else row
            for row in timetable.entries
        ),
        tuple(
            replace(m, start=m.start + minutes, end=m.end + minutes) if m.session == session else m
            for m in timetable.meetings
        ),
    )


# Who comes when


@pytest.mark.parametrize("person", EVERYBODY_IN_S2)
def test_person_attends_only_when_available_whoever_it_is(person: str) -> None:
    elsewhere = replace(tiny_problem(), unavailable=frozenset({(person, "S3")}))
    assert rules(elsewhere, tiny_timetable()) == []
    here = replace(tiny_problem(), unavailable=frozenset({(person, "S2")}))
    assert told(here, tiny_timetable()) == [("person_attends_only_when_available", (person,), 1)]


@pytest.mark.parametrize("person", ["A3", "B4"])
def test_pins_are_kept_both_ways(person: str) -> None:
    for pin, expected in (
        (Pin(person, "S2", must=True), []),
        (Pin(person, "S3", must=False), []),
        (Pin(person, "S3", must=True), [("pins_are_kept", (person,), 1)]),
        (Pin(person, "S2", must=False), [("pins_are_kept", (person,), 1)]),
    ):
        assert told(replace(tiny_problem(), pins=(pin,)), tiny_timetable()) == expected


@pytest.mark.parametrize(("start", "expected"), [("12:30", []), ("12:29", [("B2",)])])
def test_person_is_in_one_session_at_a_time_to_the_minute(start: str, expected: list[tuple[str]]) -> None:
    """S1 ends at 12:30; B2 works in both, and nothing of theirs overlaps."""
    window = Window(at(start), at("16:30"))
    found = breaches_of(
        replace(with_changes(tiny_problem(), "sessions", "S2", window=window), grid_minutes=1),
        tiny_timetable(),
    )
    assert [breach.who for breach in found] == expected


@pytest.mark.parametrize("person", ["B2", "RP1", "G1"])
def test_person_works_at_one_venue_a_day_whatever_they_do(person: str) -> None:
    """Whoever is in S1 also stands in for their like in S3, which is at another venue on the next day."""
    instead = {"B2": "B5", "RP1": "RP3", "G1": "G3"}[person]
    rows = [
        replace(row, person=person) if (row.session, row.person) == ("S3", instead) else row
        for row in tiny_timetable().entries
    ]
    timetable = timetable_of(rows)
    venue_rule = "person_works_at_one_venue_a_day"
    for day, expected in ((15, set()), (14, {(venue_rule, person)})):
        problem = with_changes(tiny_problem(), "sessions", "S3", date=datetime.date(2015, 7, day))
        found = breaches_of(problem, timetable, check_rotations=False)
        # B3 is in S1 and S3 anyhow; B2 is in S2 as well, which is told apart.
        who = {(b.rule, b.who[0]) for b in found if b.rule == venue_rule and b.who != ("B3",)}
        assert who == expected


# Time


@pytest.mark.parametrize(
    ("move", "start", "expected"),
    [
        (0, "09:35", []),
        (0, "09:34", ["person_is_in_one_place_at_a_time"]),
        (5, "09:40", []),
        (5, "09:39", ["person_has_time_to_move"]),
        (5, "09:35", ["person_has_time_to_move"]),
    ],
)
def test_applicant_moves_to_the_minute(move: int, start: str, expected: list[str]) -> None:
    """A1's interview ends at 09:35; what follows it starts then, with the move, or a minute too soon."""
    problem = replace(tiny_problem(), move_minutes=move, grid_minutes=1)
    begins = at(start)
    timetable = with_row(tiny_timetable(), "A1", "reflection", start=begins, end=begins + 15)
    assert rules(problem, timetable) == expected


@pytest.mark.parametrize(
    ("start", "expected"), [("10:05", []), ("10:00", ["run_starts_on_the_grid"]), ("10:20", [])]
)
def test_grid_counts_from_the_sessions_start(start: str, expected: list[str]) -> None:
    """A1's reflection on a grid of fifteen from 08:50, with all else on the grid as well."""
    problem = replace(tiny_problem(), grid_minutes=15, sessions=())
    session = Session("S1", "V1", datetime.date(2015, 7, 14), Window(at("08:50"), at("12:30")), 2)
    begins = at(start)
    row = Entry("S1", begins, "reflection", "S-1", "R5", Role.APPLICANT, "A1", begins + 15)
    found = rules(replace(problem, sessions=(session,)), timetable_of([row]))
    assert [rule for rule in found if rule != "applicant_does_every_exercise_once"] == expected


@pytest.mark.parametrize(("end", "expected"), [("16:30", []), ("15:40", []), ("15:39", ["G2"])])
def test_run_lies_within_the_session_to_the_last_minute_of_writing(end: str, expected: list[str]) -> None:
    problem = with_changes(tiny_problem(), "sessions", "S2", window=Window(at("13:00"), at(end)))
    found = breaches_of(problem, tiny_timetable())
    assert [(b.rule, b.who) for b in found] == [("run_lies_within_the_session", (who,)) for who in expected]


@pytest.mark.parametrize(("writing", "expected"), [(30, []), (31, [("A1", "A2")])])
def test_run_lies_within_the_session_with_writing_that_is_nobodys_row(
    writing: int, expected: list[tuple[str, str]]
) -> None:
    """The written exercise of S1 ends at 12:00 and the session at 12:30."""
    problem = with_changes(tiny_problem(), "exercises", "written", writing_minutes=writing)
    found = breaches_of(problem, tiny_timetable())
    assert [(b.rule, b.who) for b in found] == [("run_lies_within_the_session", who) for who in expected]
    assert [breach.detail for breach in found] == [
        "The writing after run W-1 of written in S1 (11:20-12:31) would be outside the session,"
        " which is 09:00-12:30."
        for _ in expected
    ]


@pytest.mark.parametrize(
    ("percent", "end", "sound"),
    [
        (25, "15:20", True),
        (25, "15:15", False),
        (25, "15:25", False),
        (12, "15:15", True),  # 44.8 minutes, on the grid 45
        (13, "15:15", False),  # 45.2 minutes, on the grid 50
        (13, "15:20", True),
    ],
)
def test_extra_time_is_rounded_up_to_the_grid(percent: int, end: str, sound: bool) -> None:
    """A3 writes for forty minutes from 14:30, and what is short or long of it is told for A3 and both I."""
    timetable = with_times(tiny_timetable(), "A3", "written", "14:30", end)
    for interpreter in ("I1", "I2"):
        timetable = with_times(timetable, interpreter, "written", "14:30", end)
    problem = with_adjustment(tiny_problem(), "A3", extra_time_percent=percent, break_minutes=0)
    problem = replace(problem, move_minutes=0)
    assert rules(problem, timetable) == ([] if sound else ["run_has_its_full_length"])


@pytest.mark.parametrize(("within", "expected"), [(10, []), (9, ["exercise_starts_soon_enough_after"])])
def test_exercise_starts_soon_enough_after_to_the_minute(within: int, expected: list[str]) -> None:
    """In S1 and S2 ten minutes lie between interview and reflection, in S3 five."""
    problem = with_changes(tiny_problem(), "exercises", "reflection", within_minutes=within)
    assert rules(problem, tiny_timetable()) == expected * 3


@pytest.mark.parametrize(("minutes", "expected"), [(30, []), (31, [("A3",)])])
def test_break_is_long_enough_to_the_minute(minutes: int, expected: list[tuple[str]]) -> None:
    found = breaches_of(with_adjustment(tiny_problem(), "A3", break_minutes=minutes), tiny_timetable())
    assert [(b.rule, b.who) for b in found] == [
        ("applicant_has_the_break_they_need", who) for who in expected
    ]


def test_break_before_the_first_activity_or_after_the_last_is_none() -> None:
    """A4 is free before 17:00 and after 18:55, and never for more than five minutes in between."""
    problem = with_adjustment(tiny_problem(), "A4", break_minutes=6)
    assert rules(problem, tiny_timetable()) == ["applicant_has_the_break_they_need"]
    assert rules(with_adjustment(problem, "A4", break_minutes=5), tiny_timetable()) == []


@pytest.mark.parametrize(
    ("travel", "late", "expected"),
    [
        (90, "13:05", []),
        (91, "13:00", []),
        (91, "13:01", [("A3",)]),
        (91, "13:30", [("A3",)]),
    ],
)
def test_long_traveller_starts_late_to_the_minute(travel: int, late: str, expected: list[tuple[str]]) -> None:
    """Ninety minutes are allowed; A3 starts at 13:00. Interpreters have no journey of theirs."""
    problem = replace(tiny_problem(), travel_minutes={("A3", "V1"): travel}, travel_late_start=at(late))
    found = breaches_of(problem, tiny_timetable())
    assert [(b.rule, b.who) for b in found] == [("long_traveller_starts_late", who) for who in expected]


@pytest.mark.parametrize(("late", "expected"), [("13:05", []), ("13:06", [("B4",)])])
def test_long_travelling_assessor_may_come_when_preparation_ends(
    late: str, expected: list[tuple[str]]
) -> None:
    problem = replace(tiny_problem(), travel_minutes={("B4", "V1"): 91}, travel_late_start=at(late))
    found = breaches_of(problem, tiny_timetable())
    assert [(b.rule, b.who) for b in found] == [("long_traveller_starts_late", who) for who in expected]


# Rooms


def reflections(one: str, other: str) -> Timetable:
    """The tiny timetable with A1's and A2's reflections in R5 from these times."""
    starts = {"A1": at(one), "A2": at(other)}
    timetable = tiny_timetable()
    for person, start in starts.items():
        timetable = with_row(timetable, person, "reflection", start=start, end=start + 15)
    return timetable


@pytest.mark.parametrize(("one", "expected"), [("10:15", []), ("10:20", ["room_seats_are_not_exceeded"])])
def test_seat_is_free_when_the_solo_run_before_ends(one: str, expected: list[str]) -> None:
    problem = with_changes(tiny_problem(), "rooms", "R5", seats=1)
    assert rules(problem, reflections(one, "10:30")) == expected


@pytest.mark.parametrize(("writing", "expected"), [(0, []), (15, []), (16, ["room_seats_are_not_exceeded"])])
def test_seat_is_taken_until_the_writing_after_a_solo_run_ends(writing: int, expected: list[str]) -> None:
    """A1 is there from 10:00 to 10:15, A2 from 10:30."""
    problem = with_changes(tiny_problem(), "rooms", "R5", seats=1)
    problem = with_changes(problem, "exercises", "reflection", writing_minutes=writing)
    assert rules(problem, reflections("10:00", "10:30")) == expected


@pytest.mark.parametrize(("writing", "expected"), [(0, []), (5, []), (6, ["room_holds_one_run_at_a_time"])])
def test_room_is_taken_until_the_writing_after_a_sitting_ends(writing: int, expected: list[str]) -> None:
    """A3, with extra time, writes in R3 until 15:20; from 15:25 a reflection of A3's is there."""
    problem = with_changes(tiny_problem(), "exercises", "written", writing_minutes=writing)
    problem = with_changes(problem, "exercises", "reflection", within_minutes=None)
    timetable = tiny_timetable()
    for person in ("A3", "I1", "I2"):
        timetable = with_row(timetable, person, "reflection", room="R3", start=at("15:25"), end=at("15:40"))
        timetable = with_row(timetable, person, "round", start=at("15:45"), end=at("15:55"))
    timetable = with_row(timetable, "G2", "round", start=at("15:45"), end=at("16:00"))
    meetings = [
        replace(m, start=m.start + 20, end=m.end + 20) if m.session == "S2" else m for m in timetable.meetings
    ]
    assert rules(problem, with_meetings(timetable, meetings)) == expected


def test_quiet_room_is_needed_by_one_of_a_sitting_with_others() -> None:
    """A1 needs it and A2 does not; that they share the room changes nothing."""
    problem = with_changes(tiny_problem(), "rooms", "R3", quiet=False)
    assert rules(with_adjustment(problem, "A3", quiet_room=False), tiny_timetable()) == []
    needing = with_adjustment(with_adjustment(problem, "A3", quiet_room=False), "A1", quiet_room=True)
    assert told(needing, tiny_timetable()) == [("room_is_quiet_where_needed", ("A1",), 1)]


@pytest.mark.parametrize("room", ["R1", "R3", "R4", "R5"])
def test_step_free_rooms_are_needed_in_every_kind_of_exercise(room: str) -> None:
    problem = with_changes(tiny_problem(), "rooms", room, step_free=False)
    assert told(problem, tiny_timetable()) == [("room_is_step_free_where_needed", ("A3",), 1)]
    assert rules(with_adjustment(problem, "A3", step_free=False), tiny_timetable()) == []


@pytest.mark.parametrize(("seats", "expected"), [(2, []), (1, [1])])
def test_seats_are_counted_in_applicants(seats: int, expected: list[int]) -> None:
    """A1 and A2 are in R4 with the service-user group, who need no seat."""
    found = breaches_of(with_changes(tiny_problem(), "rooms", "R4", seats=seats), tiny_timetable())
    assert [(b.rule, b.size) for b in found] == [("room_seats_are_not_exceeded", size) for size in expected]


# Runs


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [(1, 2, []), (2, 2, ["A3", "A4"]), (1, 1, ["A1"]), (3, 3, ["A1", "A3", "A4"])],
)
def test_run_size_is_within_limits_to_the_person(least: int, most: int, expected: list[str]) -> None:
    """A1 and A2 write together, A3 and A4 alone."""
    problem = with_changes(tiny_problem(), "exercises", "written", group_min=least, group_max=most)
    found = breaches_of(problem, tiny_timetable())
    assert [(b.rule, b.who[0]) for b in found] == [("run_size_is_within_limits", who) for who in expected]


@pytest.mark.parametrize(
    ("applicant", "person", "met"),
    [
        ("A3", "B4", "B4"),
        ("A3", "RP2", "RP2"),
        ("A3", "G2", "G2"),
        ("A3", "U3", "G2"),
        ("A1", "A2", "A2"),
        ("A2", "A1", "A1"),
    ],
)
def test_excluded_pair_never_meets_whoever_it_is(applicant: str, person: str, met: str) -> None:
    exclude = DeclaredInterest(applicant, person, "neighbour", excluded=True)
    found = breaches_of(replace(tiny_problem(), interests=(exclude,)), tiny_timetable())
    assert {(b.rule, b.who) for b in found} == {("excluded_pair_never_meets", (applicant, met))}
    allow = replace(exclude, excluded=False)
    assert rules(replace(tiny_problem(), interests=(allow,)), tiny_timetable()) == []


@pytest.mark.parametrize("person", ["U1", "G1", "B1", "RP1", "A1"])
def test_excluded_pair_in_two_sessions_does_not_meet(person: str) -> None:
    """A3 is in S2; all of these are in S1 alone."""
    exclude = DeclaredInterest("A3", person, "neighbour", excluded=True)
    assert rules(replace(tiny_problem(), interests=(exclude,)), tiny_timetable()) == []


def test_excluded_interpreter_is_met_in_every_exercise_of_their_own_applicant() -> None:
    exclude = DeclaredInterest("A3", "I1", "friend", excluded=True)
    found = told(replace(tiny_problem(), interests=(exclude,)), tiny_timetable())
    assert found == [("excluded_pair_never_meets", ("A3", "I1"), 1)] * 4


# Rotations


def lengthened(problem: Problem) -> Problem:
    """Rounds have extra time, which A2 has: 20 minutes for A2, 10 for A1."""
    problem = with_changes(problem, "exercises", "round", extra_time=True)
    problem = with_changes(problem, "exercises", "written", extra_time=False)
    return with_adjustment(problem, "A2", extra_time_percent=100)


@pytest.mark.parametrize(
    ("applicant", "start", "expected"),
    [
        ("A1", "11:05", []),
        ("A1", "11:10", ["A1 meets U2 in round 2 of G-1 (11:10-11:15), outside the applicant's time there"]),
        ("A2", "11:15", []),
        ("A2", "11:20", ["A2 meets U1 in round 2 of G-1 (11:20-11:25), outside the applicant's time there"]),
    ],
)
def test_meeting_lies_within_the_applicants_own_time(applicant: str, start: str, expected: list[str]) -> None:
    """A2's extra time keeps the run going when A1 has left it."""
    timetable = with_times(tiny_timetable(), "A2", "round", "11:00", "11:20")
    timetable = with_times(timetable, "G1", "round", "11:00", "11:25")
    for person in ("A1", "A2"):
        timetable = with_times(timetable, person, "written", "11:30", "12:10")

    def late(meeting: Meeting) -> Meeting:
        begins = at(start)
        moved = (meeting.session, meeting.applicant, meeting.round) == ("S1", applicant, 2)
        return replace(meeting, start=begins, end=begins + 5) if moved else meeting

    found = breaches_of(lengthened(tiny_problem()), with_meetings(timetable, map(late, timetable.meetings)))
    late_ones = [b.detail.partition(", which is")[0] for b in found if "outside the applicant's" in b.detail]
    assert late_ones == expected
