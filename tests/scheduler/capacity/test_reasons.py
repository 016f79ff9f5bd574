"""Reasons for unplaced applicants: A1 is taken out of the tiny timetable, and one thing stands in the way.

S1 then holds A2 alone; A1 may take that place unless the test says otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.capacity import reasons_for
from scheduler.people import DeclaredInterest, Pin
from scheduler.problem import Problem
from tests.builders import (
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_panel_rules,
    without_rows,
)


def reason_for(problem: Problem, applicant: str = "A1") -> str:
    reasons = reasons_for(problem, [applicant], without_rows(tiny_timetable(), person=applicant))
    assert list(reasons) == [applicant]
    return reasons[applicant]


def only_in(session: str, person: str = "A1") -> frozenset[tuple[str, str]]:
    return frozenset((person, other) for other in ("S1", "S2", "S3") if other != session)


def full() -> Problem:
    """Every panel of every session has all its applicants, and no session may have another panel."""
    problem = with_panel_rules(tiny_problem(), interviews_max=1)
    for session in ("S1", "S2", "S3"):
        problem = with_changes(problem, "sessions", session, panels_max=1)
    return problem


def test_reasons_for_nobody_are_none() -> None:
    assert reasons_for(tiny_problem(), [], tiny_timetable()) == {}


def test_reason_names_want_of_any_session() -> None:
    problem = replace(tiny_problem(), unavailable=only_in("S1") | {("A1", "S1")})
    assert reason_for(problem) == "There is no session that A1 is available for."


def test_reason_names_two_pins() -> None:
    problem = replace(tiny_problem(), pins=(Pin("A1", "S1", must=True), Pin("A1", "S2", must=True)))
    assert reason_for(problem) == "A1 is pinned into S1 and S2, and nobody attends more than one session."


def test_reason_names_a_pin_against_availability() -> None:
    problem = replace(
        tiny_problem(), pins=(Pin("A1", "S3", must=True),), unavailable=frozenset({("A1", "S3")})
    )
    assert reason_for(problem) == "A1 is pinned into S3 but is not available for it."


def test_reason_names_pins_that_forbid_every_session() -> None:
    problem = replace(tiny_problem(), pins=(Pin("A1", "S2", must=False),), unavailable=only_in("S2"))
    assert reason_for(problem) == "Pins keep A1 out of every session they are available for."


def test_reason_says_when_all_sessions_are_full() -> None:
    problem = full()
    wanted = "All 3 sessions that A1 could attend are full: every panel place is taken in S1, S2 and S3."
    assert reason_for(problem) == wanted


def test_reason_says_when_the_pinned_session_is_full() -> None:
    problem = replace(full(), pins=(Pin("A1", "S3", must=True),))
    assert reason_for(problem) == "A1 is pinned into S3, where every panel place is taken."


def test_reason_counts_lead_authority_members_for_another_panel() -> None:
    problem = with_panel_rules(tiny_problem(), interviews_max=1)
    problem = with_changes(problem, "assessors", "B4", half_days_max=1)
    problem = with_changes(problem, "assessors", "B7", half_days_max=1)
    problem = replace(problem, unavailable=only_in("S1"))
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where every panel place is taken and another would"
        " need 1 lead-authority member, of whom none is free."
    )


def test_reason_names_a_session_that_is_too_short() -> None:
    # 35 + 15 + 10 + 40 minutes of exercises and three moves are 115; a break of 105 adds 100.
    problem = with_adjustment(replace(tiny_problem(), unavailable=only_in("S1")), "A1", break_minutes=105)
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where their exercises and the time between take 215"
        " minutes and there are 210."
    )


def test_reason_counts_a_late_start_against_the_session() -> None:
    problem = replace(tiny_problem(), unavailable=only_in("S1"), travel_minutes={("A1", "V1"): 95})
    problem = replace(problem, travel_late_start=11 * 60)
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where their exercises and the time between take 115"
        " minutes and there are 90."
    )


def test_reason_groups_sessions_by_what_is_in_the_way() -> None:
    problem = with_changes(full(), "rooms", "R4", step_free=False)
    assert reason_for(with_adjustment(problem, "A1", step_free=True)) == (
        "None of the 3 sessions that A1 could attend can take them:"
        " in S1 and S2 no step-free room of V1 serves round; in S3 every panel place is taken."
    )


def test_reason_names_want_of_a_quiet_room() -> None:
    problem = with_changes(tiny_problem(), "rooms", "R3", quiet=False)
    problem = with_adjustment(replace(problem, unavailable=only_in("S1")), "A1", quiet_room=True)
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where no quiet room of V1 serves written."
    )


def test_reason_names_interpreters_who_are_taken() -> None:
    problem = with_adjustment(replace(tiny_problem(), unavailable=only_in("S2")), "A1", interpreter=True)
    assert reason_for(problem) == (
        "The only session that A1 could attend is S2, where two interpreters are not free, being with"
        " other applicants."
    )


def test_reason_names_interpreters_who_are_not_available() -> None:
    problem = replace(tiny_problem(), unavailable=only_in("S1") | {("I1", "S1")})
    assert reason_for(with_adjustment(problem, "A1", interpreter=True)) == (
        "The only session that A1 could attend is S1, where two interpreters are not available."
    )


def test_reason_names_service_users_who_may_not_meet_the_applicant() -> None:
    apart = tuple(DeclaredInterest("A1", user, "neighbour", excluded=True) for user in ("U1", "U3", "U5"))
    problem = replace(tiny_problem(), unavailable=only_in("S1"), interests=apart)
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where no service-user group is available that may"
        " meet them."
    )


def test_reason_names_role_players_who_are_away() -> None:
    away = frozenset((player, "S1") for player in ("RP1", "RP2", "RP3"))
    problem = replace(tiny_problem(), unavailable=only_in("S1") | away)
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where no role player is available who may meet them."
    )


def test_reason_counts_the_minutes_that_role_players_have_left() -> None:
    problem = tiny_problem()
    for player in ("RP1", "RP2", "RP3"):
        problem = with_changes(problem, "role_players", player, minutes_max=29)
    assert reason_for(replace(problem, unavailable=only_in("S1"))) == (
        "The only session that A1 could attend is S1, where no role player who may meet them has 30"
        " minutes left."
    )


def test_reason_names_declared_interests_with_the_panel() -> None:
    problem = with_changes(tiny_problem(), "sessions", "S1", panels_max=1)
    apart = (DeclaredInterest("A1", "B1", "colleague", excluded=True),)
    assert reason_for(replace(problem, unavailable=only_in("S1"), interests=apart)) == (
        "The only session that A1 could attend is S1, where no panel with a place left may see them."
    )


def test_reason_claims_no_more_than_counting_shows() -> None:
    problem = replace(tiny_problem(), unavailable=only_in("S1"))
    assert reason_for(problem) == (
        "The only session that A1 could attend is S1, where counting finds nothing in the way,"
        " but no place was found beside everybody else."
    )
