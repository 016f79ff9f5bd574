"""A sound tiny campaign made by hand, and how to change one fact of it.

Three sessions, four applicants and four exercises, one of each kind; every rule of the catalogue has
something to hold on to. `tiny_problem` and `tiny_timetable` keep every rule; the `with_…` functions give
a copy in which one thing is otherwise. All people are made up.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scheduler.grid import Window
from scheduler.people import (
    Adjustment,
    Applicant,
    Assessor,
    Interpreter,
    RolePlayer,
    ServiceUserGroup,
)
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, PanelRules, Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.timetable import Entry, Meeting, Role, Timetable, timetable_of

PANEL, GROUP, SITTING, SOLO = ExerciseKind.PANEL, ExerciseKind.GROUP, ExerciseKind.SITTING, ExerciseKind.SOLO

ASSESSORS_BY_SESSION = {"S1": ("B1", "B2", "B3"), "S2": ("B4", "B2", "B6"), "S3": ("B7", "B5", "B3")}
ROLE_PLAYER_BY_SESSION = {"S1": "RP1", "S2": "RP2", "S3": "RP3"}
GROUP_BY_SESSION = {"S1": "G1", "S2": "G2", "S3": "G3"}


def at(clock_face: str) -> int:
    """Minutes after midnight: `at("09:05")` is 545."""
    hours, minutes = clock_face.split(":")
    return int(hours) * 60 + int(minutes)


def tiny_problem() -> Problem:
    """SOM leads; every panel needs its member, one chair, one trained and one with lived experience."""
    day, next_day = datetime.date(2015, 7, 14), datetime.date(2015, 7, 15)
    return Problem(
        lead_council="SOM",
        councils=("SOM", "DEV", "BRI", "COR"),
        rooms=(*_rooms("V1", 1), *_rooms("V2", 6)),
        sessions=(
            Session("S1", "V1", day, Window(at("09:00"), at("12:30")), panels_max=2),
            Session("S2", "V1", day, Window(at("13:00"), at("16:30")), panels_max=2),
            Session("S3", "V2", next_day, Window(at("17:00"), at("20:30")), panels_max=2),
        ),
        exercises=(
            Exercise("interview", PANEL, 30, preparation_minutes=5, writing_minutes=10, role_player=True),
            Exercise("reflection", SOLO, 15, after="interview", within_minutes=60),
            Exercise("round", GROUP, 10, writing_minutes=5, group_max=2, station_minutes=5),
            Exercise("written", SITTING, 40, group_max=3, extra_time=True),
        ),
        applicants=(
            Applicant("A1", ("BRI", "SOM")),
            Applicant("A2", ("SOM", "DEV")),
            Applicant(
                "A3",
                ("SOM",),
                Adjustment(
                    extra_time_percent=25,
                    step_free=True,
                    quiet_room=True,
                    interpreter=True,
                    break_minutes=30,
                ),
            ),
            Applicant("A4", ("BRI",)),
        ),
        assessors=tuple(_assessors()),
        service_user_groups=(
            ServiceUserGroup("G1", ("U1", "U2"), 60),
            ServiceUserGroup("G2", ("U3", "U4"), 60),
            ServiceUserGroup("G3", ("U5", "U6"), 60),
        ),
        role_players=tuple(RolePlayer(reference, 120) for reference in ROLE_PLAYER_BY_SESSION.values()),
        interpreters=(Interpreter("I1"), Interpreter("I2")),
        travel_minutes={
            ("A1", "V1"): 40,
            ("A3", "V1"): 20,
            ("A4", "V2"): 95,
            ("B2", "V1"): 60,
            ("B3", "V2"): 30,
        },
        panel=PanelRules(
            first_choice_rule=FirstChoiceRule.HARD,
            one_council_max=1,
            chair_members=1,
            lived_experience_members=1,
        ),
        travel_minutes_max_morning=90,
    )


def tiny_timetable() -> Timetable:
    """Everybody placed: A1 and A2 in S1, A3 with two interpreters in S2, A4 in S3."""
    rows = [
        *interview_rows("S1", "I-1", "R1", "A1", "09:00"),
        *interview_rows("S1", "I-2", "R1", "A2", "09:45"),
        applicant_row("S1", "reflection", "S-1", "R5", "A1", "09:45", "10:00"),
        applicant_row("S1", "reflection", "S-2", "R5", "A2", "10:30", "10:45"),
        *round_rows("S1", "G-1", "R4", ("A1", "A2"), "11:00"),
        applicant_row("S1", "written", "W-1", "R3", "A1", "11:20", "12:00"),
        applicant_row("S1", "written", "W-1", "R3", "A2", "11:20", "12:00"),
        *interview_rows("S2", "I-1", "R1", "A3", "13:00"),
        applicant_row("S2", "reflection", "S-1", "R5", "A3", "13:45", "14:00"),
        applicant_row("S2", "written", "W-1", "R3", "A3", "14:30", "15:20"),
        *round_rows("S2", "G-1", "R4", ("A3",), "15:25"),
        *interview_rows("S3", "I-1", "R6", "A4", "17:00"),
        applicant_row("S3", "reflection", "S-1", "R10", "A4", "17:40", "17:55"),
        *round_rows("S3", "G-1", "R9", ("A4",), "18:00"),
        applicant_row("S3", "written", "W-1", "R8", "A4", "18:15", "18:55"),
    ]
    with_interpreters = [
        replace(row, person=interpreter, role=Role.INTERPRETER, panel="")
        for row in rows
        if row.person == "A3"
        for interpreter in ("I1", "I2")
    ]
    return timetable_of(
        [*rows, *with_interpreters],
        [
            *round_meetings("S1", "G-1", "11:00", ("A1", "A2"), ("U1", "U2")),
            *round_meetings("S2", "G-1", "15:25", ("A3",), ("U3", "U4")),
            *round_meetings("S3", "G-1", "18:00", ("A4",), ("U5", "U6")),
        ],
    )


def applicant_row(
    session: str, exercise: str, sitting: str, room: str, person: str, start: str, end: str
) -> Entry:
    return Entry(session, at(start), exercise, sitting, room, Role.APPLICANT, person, at(end))


def interview_rows(session: str, sitting: str, room: str, applicant: str, start: str) -> list[Entry]:
    """One interview before panel P1 of the session, with its role player."""
    begin = at(start)
    rows = [Entry(session, begin, "interview", sitting, room, Role.APPLICANT, applicant, begin + 35, "P1")]
    rows += [
        Entry(session, begin + 5, "interview", sitting, room, Role.ASSESSOR, assessor, begin + 45, "P1")
        for assessor in ASSESSORS_BY_SESSION[session]
    ]
    player = ROLE_PLAYER_BY_SESSION[session]
    return [
        *rows,
        Entry(session, begin + 5, "interview", sitting, room, Role.ROLE_PLAYER, player, begin + 35),
    ]


def round_rows(
    session: str, sitting: str, room: str, applicants: Iterable[str], start: str, group: str = ""
) -> list[Entry]:
    """One round with the session's service-user group, or with `group`."""
    begin, role = at(start), Role.SERVICE_USER_GROUP
    group = group or GROUP_BY_SESSION[session]
    return [
        *(Entry(session, begin, "round", sitting, room, Role.APPLICANT, a, begin + 10) for a in applicants),
        Entry(session, begin, "round", sitting, room, role, group, begin + 15),
    ]


def round_meetings(
    session: str, sitting: str, start: str, applicants: tuple[str, ...], service_users: tuple[str, str]
) -> list[Meeting]:
    """Two rounds of five minutes; the first applicant begins with the first service user."""
    begin = at(start)
    return [
        Meeting(
            session,
            sitting,
            number + 1,
            begin + 5 * number,
            begin + 5 * number + 5,
            service_users[(position + number) % 2],
            applicant,
        )
        for number in (0, 1)
        for position, applicant in enumerate(applicants)
    ]


def with_changes(problem: Problem, table: str, reference: str, /, **changes: Any) -> Problem:
    """The problem with one row of one of its tables changed: `("rooms", "R1", seats=2)`."""
    rows = getattr(problem, table)
    assert [row.reference for row in rows].count(reference) == 1
    changed: Any = tuple(replace(row, **changes) if row.reference == reference else row for row in rows)
    return replace(problem, **{table: changed})


def with_panel_rules(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, panel=replace(problem.panel, **changes))


def with_adjustment(problem: Problem, applicant: str, **changes: Any) -> Problem:
    old = problem.applicant_by_reference[applicant].adjustment
    return with_changes(problem, "applicants", applicant, adjustment=replace(old, **changes))


def with_row(timetable: Timetable, person: str, exercise: str, /, **changes: Any) -> Timetable:
    """The timetable with the person's one row in the exercise changed."""
    (row,) = (e for e in timetable.entries if (e.person, e.exercise) == (person, exercise))
    kept = (e for e in timetable.entries if e is not row)
    return timetable_of((*kept, replace(row, **changes)), timetable.meetings)


def with_times(timetable: Timetable, person: str, exercise: str, start: str, end: str) -> Timetable:
    return with_row(timetable, person, exercise, start=at(start), end=at(end))


def with_more_rows(timetable: Timetable, *rows: Entry) -> Timetable:
    return timetable_of((*timetable.entries, *rows), timetable.meetings)


def without_rows(timetable: Timetable, **facts: Any) -> Timetable:
    """The timetable without the rows that have all these values: `person="B2", session="S1"`."""
    kept = [row for row in timetable.entries if not _has(row, facts)]
    assert len(kept) < len(timetable.entries)
    return timetable_of(kept, timetable.meetings)


def with_meetings(timetable: Timetable, meetings: Iterable[Meeting]) -> Timetable:
    return timetable_of(timetable.entries, meetings)


def _has(row: Entry, facts: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in facts.items())


def _rooms(venue: str, first: int) -> tuple[Room, ...]:
    """Two panel rooms, one for sittings, one for groups and one for solo exercises."""
    uses = ((PANEL, SOLO), (PANEL,), (SITTING, SOLO), (GROUP,), (SOLO,))
    seats = (1, 1, 3, 2, 2)
    return tuple(
        Room(f"R{first + i}", venue, frozenset(uses[i]), seats[i], step_free=True, quiet=True)
        for i in range(5)
    )


def _assessors() -> Iterable[Assessor]:
    every = frozenset({"interview", "reflection", "round", "written"})
    councils = {"B1": "SOM", "B2": "DEV", "B3": "BRI", "B4": "SOM", "B5": "DEV", "B6": "BRI", "B7": "SOM"}
    for reference, council in councils.items():
        lead = council == "SOM"
        yield Assessor(
            reference,
            council,
            every,
            half_days_max=2 if reference == "B2" else 3,
            chair=lead,
            safer_recruitment=lead,
            lived_experience=council == "BRI",
        )
