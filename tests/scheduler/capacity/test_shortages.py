"""Shortages: hand-counted on the tiny campaign, whose four applicants need two panels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.capacity import shortages_of
from scheduler.problem import FirstChoiceRule, Problem
from tests.builders import tiny_problem, with_changes, with_panel_rules


def without_assessors(problem: Problem, *references: str) -> Problem:
    return replace(problem, assessors=tuple(a for a in problem.assessors if a.reference not in references))


def sentences(problem: Problem) -> list[str]:
    return [shortage.sentence for shortage in shortages_of(problem)]


def test_shortages_of_a_sound_campaign_are_none() -> None:
    assert shortages_of(tiny_problem()) == []


def test_shortages_of_lead_authority_half_days_are_counted() -> None:
    problem = without_assessors(with_panel_rules(tiny_problem(), interviews_max=1), "B1", "B4")
    assert sentences(problem) == [
        "4 panels need 4 lead-authority half-days, 3 are offered.",
        "4 panels need 4 safer-recruitment half-days, 3 are offered.",
        "4 panels need 4 chair half-days, 3 are offered.",
        "4 applicants need 4 panels; with those available in each session at most 3 can be staffed.",
    ]


def test_shortages_of_panels_are_counted() -> None:
    problem = tiny_problem()
    for session in ("S1", "S2", "S3"):
        problem = with_changes(problem, "sessions", session, panels_max=1 if session == "S1" else 0)
    assert [(s.resource, s.wanted, s.offered) for s in shortages_of(problem)] == [
        ("panels", 2, 1),
        ("staffed panels", 2, 1),
    ]


def test_shortages_count_only_half_days_that_can_be_worked() -> None:
    problem = with_panel_rules(tiny_problem(), interviews_max=1, chair_members=0, safer_recruitment_members=0)
    away = frozenset((person, session) for person in ("B1", "B4", "B7") for session in ("S1", "S2"))
    found = shortages_of(replace(problem, unavailable=away))
    assert [(s.resource, s.wanted, s.offered) for s in found] == [
        ("lead-authority half-days", 4, 3),
        ("staffed panels", 4, 2),
    ]


@pytest.mark.parametrize(("rule", "expected"), [(FirstChoiceRule.HARD, 1), (FirstChoiceRule.SOFT, 0)])
def test_shortages_of_a_first_choice_council_count_while_the_rule_is_hard(
    rule: FirstChoiceRule, expected: int
) -> None:
    problem = with_panel_rules(tiny_problem(), first_choice_rule=rule)
    problem = with_changes(problem, "applicants", "A1", choices=("COR",))
    wanted = "1 applicant with first choice COR: 1 half-day of its assessors needed, 0 offered."
    assert sentences(problem) == [wanted] * expected


def test_shortages_of_interpreter_pairs_are_counted() -> None:
    problem = replace(tiny_problem(), interpreters=tiny_problem().interpreters[:1])
    assert [(s.resource, s.wanted, s.offered) for s in shortages_of(problem)] == [("interpreter pairs", 1, 0)]


def test_shortages_of_role_player_minutes_are_counted() -> None:
    problem = tiny_problem()
    for player in ("RP1", "RP2", "RP3"):
        problem = with_changes(problem, "role_players", player, minutes_max=10)
    assert sentences(problem) == ["The applicants need 120 minutes of role players, 90 are offered."]


def test_shortages_of_panel_rooms_are_counted() -> None:
    problem = with_panel_rules(tiny_problem(), interviews_max=1)
    rooms = tuple(room for room in problem.rooms if room.reference not in ("R1", "R2", "R6"))
    assert sentences(replace(problem, rooms=rooms)) == [
        "4 applicants need 4 panels; there are rooms for at most 1.",
        "4 applicants need 4 panels; with those available in each session at most 1 can be staffed.",
    ]


def test_shortages_of_service_user_groups_time_are_counted() -> None:
    """A round of two takes fifteen minutes of a group; each of the three sessions has one group's time."""
    problem = tiny_problem()
    for group in ("G1", "G2", "G3"):
        problem = with_changes(problem, "service_user_groups", group, minutes_max=14)
    assert sentences(problem) == [
        "4 applicants need a place in round; the service-user groups have time for 0."
    ]
    one = with_changes(problem, "service_user_groups", "G1", minutes_max=15)
    away = frozenset((user, session) for user in ("U1", "U2") for session in ("S2", "S3"))
    assert sentences(replace(one, unavailable=away)) == [
        "4 applicants need a place in round; the service-user groups have time for 2."
    ]


def test_shortages_of_seats_for_writing_are_counted() -> None:
    """Five runs of forty minutes in each session, one at a time, of one applicant each: fifteen in all."""
    problem = tiny_problem()
    for room in ("R3", "R8"):
        problem = with_changes(problem, "rooms", room, seats=1)
    crowd = tuple(replace(problem.applicants[0], reference=f"A{n}") for n in range(1, 17))
    assert [s.sentence for s in shortages_of(replace(problem, applicants=crowd)) if "seat" in s.sentence] == [
        "16 applicants need a seat for written; the sessions have time and seats for 15."
    ]


def test_shortages_count_half_days_at_one_venue_a_day_and_one_session_at_a_time() -> None:
    """On one day an assessor has S1 and S2, or S3 at the other venue: two half-days, never three."""
    problem = with_panel_rules(tiny_problem(), interviews_max=1)
    day = problem.session_by_reference["S1"].date
    moved = with_changes(problem, "sessions", "S3", date=day)
    crowd = tuple(replace(problem.applicants[1], reference=f"A{n}") for n in range(1, 7))
    found = [s for s in shortages_of(replace(moved, applicants=crowd)) if s.resource.startswith("lead")]
    assert found == []
    (short,) = [
        s
        for s in shortages_of(replace(without_assessors(moved, "B7"), applicants=crowd))
        if s.resource.startswith("lead")
    ]
    assert (short.wanted, short.offered) == (6, 4)
