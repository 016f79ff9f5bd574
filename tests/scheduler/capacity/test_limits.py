"""Session by session: fewer free than the planned panels need, hand-counted on the tiny campaign."""

from __future__ import annotations

from dataclasses import replace

from scheduler.capacity import SessionLimit, session_limits_of
from scheduler.problem import Problem
from tests.builders import tiny_problem, with_changes, with_panel_rules


def bare() -> Problem:
    """The tiny campaign with no rule about panels but that each has one lead-authority member."""
    return with_panel_rules(
        tiny_problem(),
        size=1,
        chair_members=0,
        safer_recruitment_members=0,
        lived_experience_members=0,
    )


def test_limits_of_a_campaign_with_enough_of_everything_are_none() -> None:
    assert session_limits_of(bare()) == []


def test_limits_name_the_lead_authority_members_who_are_free() -> None:
    problem = replace(bare(), unavailable=frozenset({("B1", "S1"), ("B4", "S1")}))
    assert session_limits_of(problem) == [
        SessionLimit(("S1",), 2, "lead-authority member", "lead-authority members", 2, 1)
    ]


def test_limits_name_the_rooms_for_panels() -> None:
    problem = replace(bare(), rooms=tuple(r for r in bare().rooms if r.reference != "R6"))
    assert session_limits_of(problem) == [
        SessionLimit(("S3",), 2, "room for panels", "rooms for panels", 2, 1)
    ]


def test_limits_of_two_sessions_count_people_once_where_nobody_can_work_in_both() -> None:
    """Moved to the day of S1 and S2, S3 at another venue has to share its three members with each."""
    day = bare().session_by_reference["S1"].date
    assert session_limits_of(with_changes(bare(), "sessions", "S3", date=day)) == [
        SessionLimit((one, "S3"), 4, "lead-authority member", "lead-authority members", 4, 3)
        for one in ("S1", "S2")
    ]


def test_limits_count_several_members_of_a_panel() -> None:
    problem = with_panel_rules(bare(), size=4)
    assert session_limits_of(problem) == [
        SessionLimit((session,), 2, "assessor", "assessors", 8, 7) for session in ("S1", "S2", "S3")
    ]
