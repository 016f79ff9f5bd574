"""For every rule of the catalogue: a sound tiny campaign, and the same with one fact otherwise.

The one fact is as small as the rule allows and breaks no other rule. `breaches` is how often the rule is
then broken (a flaw that three people share is three breaches). Add a case here for every new rule.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.grid import Window
from scheduler.people import DeclaredInterest, Pin
from scheduler.problem import Problem
from scheduler.timetable import Entry, Timetable
from tests.builders import (
    at,
    round_rows,
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_meetings,
    with_more_rows,
    with_panel_rules,
    with_row,
    with_times,
    without_rows,
)


@dataclass(frozen=True)
class Spoiled:
    """A rule broken by one fact. `before` is the sound state where the tiny campaign alone will not do."""

    problem: Callable[[Problem], Problem] = lambda problem: problem
    timetable: Callable[[Timetable], Timetable] = lambda timetable: timetable
    before_problem: Callable[[], Problem] = tiny_problem
    before_timetable: Callable[[], Timetable] = tiny_timetable
    breaches: int = 1

    def sound(self) -> tuple[Problem, Timetable]:
        return self.before_problem(), self.before_timetable()

    def broken(self) -> tuple[Problem, Timetable]:
        problem, timetable = self.sound()
        return self.problem(problem), self.timetable(timetable)


def changed(table: str, reference: str, **changes: object) -> Callable[[Problem], Problem]:
    return lambda problem: with_changes(problem, table, reference, **changes)


def moved(person: str, exercise: str, start: str, end: str) -> Callable[[Timetable], Timetable]:
    return lambda timetable: with_times(timetable, person, exercise, start, end)


def removed(**facts: object) -> Callable[[Timetable], Timetable]:
    return lambda timetable: without_rows(timetable, **facts)


def plain_rounds() -> Problem:
    """The tiny campaign with rounds that are no rotations."""
    return with_changes(tiny_problem(), "exercises", "round", station_minutes=None)


def rounds_one_by_one() -> Timetable:
    """A1 and A2 each in a round of their own, without rotations."""
    timetable = with_meetings(without_rows(tiny_timetable(), session="S1", exercise="round"), ())
    one = round_rows("S1", "G-1", "R4", ("A1",), "10:10")
    return with_more_rows(timetable, *one, *round_rows("S1", "G-2", "R4", ("A2",), "11:00"))


def _second_interview_before_another_panel(timetable: Timetable) -> Timetable:
    def renamed(row: Entry) -> Entry:
        in_it = row.session == "S1" and row.sitting == "I-2" and row.panel == "P1"
        return replace(row, panel="P2") if in_it else row

    return Timetable(tuple(renamed(row) for row in timetable.entries), timetable.meetings)


def _one_meeting_shortened(timetable: Timetable) -> Timetable:
    first, *rest = timetable.meetings
    return with_meetings(timetable, [replace(first, end=first.end - 1), *rest])


SPOILED: dict[str, Spoiled] = {
    # Who comes when
    "applicant_attends_one_session": Spoiled(
        timetable=lambda t: with_row(t, "A1", "written", session="S2", start=at("14:30"), end=at("15:10"))
    ),
    "applicant_does_every_exercise_once": Spoiled(timetable=removed(person="A1", exercise="reflection")),
    "person_attends_only_when_available": Spoiled(
        problem=lambda p: replace(p, unavailable=frozenset({("A1", "S1")}))
    ),
    "pins_are_kept": Spoiled(problem=lambda p: replace(p, pins=(Pin("A1", "S2", must=True),))),
    "person_is_in_one_session_at_a_time": Spoiled(  # B2 works in both
        problem=changed("sessions", "S2", window=Window(at("12:00"), at("16:30")))
    ),
    "person_works_at_one_venue_a_day": Spoiled(  # B3 works in S1 and S3
        problem=changed("sessions", "S3", date=datetime.date(2015, 7, 14))
    ),
    # Time
    "person_is_in_one_place_at_a_time": Spoiled(timetable=moved("A1", "reflection", "09:15", "09:30")),
    "person_has_time_to_move": Spoiled(timetable=moved("A1", "reflection", "09:35", "09:50")),
    "run_starts_on_the_grid": Spoiled(timetable=moved("A1", "reflection", "09:42", "09:57")),
    "run_lies_within_the_session": Spoiled(
        problem=changed("sessions", "S1", window=Window(at("09:00"), at("11:55")))
    ),
    "run_has_its_full_length": Spoiled(timetable=moved("A1", "written", "11:20", "11:55")),
    "exercise_follows_its_predecessor": Spoiled(timetable=moved("A2", "reflection", "09:15", "09:30")),
    "exercise_starts_soon_enough_after": Spoiled(timetable=moved("A1", "reflection", "10:40", "10:55")),
    "applicant_has_the_break_they_need": Spoiled(
        problem=lambda p: with_adjustment(p, "A3", break_minutes=35)
    ),
    "long_traveller_starts_late": Spoiled(problem=lambda p: replace(p, travel_minutes={("A1", "V1"): 95})),
    # Rooms
    "room_suits_the_exercise": Spoiled(timetable=lambda t: with_row(t, "A1", "reflection", room="R4")),
    "room_holds_one_run_at_a_time": Spoiled(timetable=lambda t: with_row(t, "A1", "reflection", room="R1")),
    "room_seats_are_not_exceeded": Spoiled(problem=changed("rooms", "R4", seats=1)),
    "room_is_step_free_where_needed": Spoiled(problem=changed("rooms", "R4", step_free=False)),
    "room_is_quiet_where_needed": Spoiled(problem=changed("rooms", "R5", quiet=False)),
    # Runs
    "run_keeps_its_people_together": Spoiled(timetable=moved("A1", "written", "11:25", "12:05")),
    "run_size_is_within_limits": Spoiled(problem=changed("exercises", "written", group_max=1)),
    "excluded_pair_never_meets": Spoiled(
        problem=lambda p: replace(p, interests=(DeclaredInterest("A1", "B1", "colleague", excluded=True),))
    ),
    # Panels
    "applicant_meets_one_panel": Spoiled(timetable=lambda t: with_row(t, "A1", "interview", panel="P2")),
    "panel_keeps_its_members_and_room": Spoiled(timetable=removed(person="B3", session="S1", sitting="I-2")),
    "assessor_sits_on_one_panel_a_session": Spoiled(  # all three members
        timetable=_second_interview_before_another_panel, breaches=3
    ),
    "panel_has_its_full_size": Spoiled(timetable=removed(person="B2", session="S1")),
    "panel_has_lead_authority_members": Spoiled(problem=changed("assessors", "B7", council="COR")),
    "panel_has_first_choice_members": Spoiled(problem=changed("applicants", "A4", choices=("COR", "BRI"))),
    "panel_is_not_one_councils_alone": Spoiled(problem=changed("assessors", "B5", council="SOM")),
    "panel_has_safer_recruitment_training": Spoiled(
        problem=changed("assessors", "B7", safer_recruitment=False)
    ),
    "panel_has_a_chair": Spoiled(problem=changed("assessors", "B7", chair=False)),
    "panel_has_lived_experience": Spoiled(problem=changed("assessors", "B6", lived_experience=False)),
    "panel_sees_at_most_its_number": Spoiled(problem=lambda p: with_panel_rules(p, interviews_max=1)),
    "session_has_no_more_panels_than_allowed": Spoiled(problem=changed("sessions", "S1", panels_max=0)),
    "assessor_is_trained_for_the_exercise": Spoiled(
        problem=changed("assessors", "B5", trained_for=frozenset({"written"}))
    ),
    "assessor_half_days_are_within_limit": Spoiled(problem=changed("assessors", "B2", half_days_max=1)),
    "standby_assessor_is_kept_in_reserve": Spoiled(problem=changed("assessors", "B5", standby=True)),
    # Other staff
    "session_has_one_service_user_group": Spoiled(
        before_problem=plain_rounds,
        before_timetable=rounds_one_by_one,
        timetable=lambda t: with_more_rows(
            without_rows(t, person="G1", sitting="G-2"),
            *(row for row in round_rows("S1", "G-2", "R4", (), "11:00", group="G2")),
        ),
    ),
    "service_user_group_minutes_are_within_limit": Spoiled(
        problem=changed("service_user_groups", "G1", minutes_max=10)
    ),
    "role_player_takes_part": Spoiled(timetable=removed(person="RP1", sitting="I-1")),
    "role_player_minutes_are_within_limit": Spoiled(problem=changed("role_players", "RP1", minutes_max=55)),
    "interpreters_stay_with_their_applicant": Spoiled(timetable=removed(person="I2", exercise="written")),
    # Rotations
    "rotation_brings_everybody_together_once": Spoiled(timetable=lambda t: with_meetings(t, t.meetings[1:])),
    "rotation_has_one_meeting_at_a_time": Spoiled(timetable=_one_meeting_shortened),
}
