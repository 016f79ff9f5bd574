"""Lead-authority members half-day by half-day: shared evenly, and short only where rooms would allow more."""

from __future__ import annotations

from dataclasses import replace

from scheduler.planning.members import LeadMembers, lead_members_by_session
from scheduler.planning.needs import Line
from scheduler.planning.offer import offer_of
from scheduler.problem import Problem
from tests.builders import tiny_problem, with_panel_rules


def members(problem: Problem, at_v1: int, at_v2: int = 0) -> tuple[LeadMembers, ...]:
    """Where V1 needs so many panels, and V2."""
    lines = [Line("V1", "panels", at_v1, 9), Line("V2", "panels", at_v2, 9), Line("", "panels", 9, 9)]
    return lead_members_by_session(problem, offer_of(problem).sessions, lines)


def away(problem: Problem, *sessions: str) -> Problem:
    """Nobody of the lead authority can come to these sessions."""
    lead = [a.reference for a in problem.assessors if a.council == problem.lead_council]
    return replace(
        problem, unavailable=problem.unavailable | {(person, s) for person in lead for s in sessions}
    )


def test_panels_are_shared_evenly_among_the_sessions_of_their_venue() -> None:
    found = members(tiny_problem(), 2, 1)
    assert [(each.session, each.panels, each.needed, each.short) for each in found] == [
        ("S1", 1, 1, 0),
        ("S2", 1, 1, 0),
        ("S3", 1, 1, 0),
    ]


def test_panels_go_where_members_can_come_before_any_are_called_short() -> None:
    found = members(away(tiny_problem(), "S1"), 1)
    assert [(each.session, each.panels, each.offered) for each in found][:2] == [("S1", 0, 0), ("S2", 1, 3)]


def test_what_is_left_over_is_short_where_rooms_would_allow_it() -> None:
    found = members(away(tiny_problem(), "S1", "S2"), 1)
    assert found[0] == LeadMembers("S1", 1, 1, 0)
    assert (found[0].short, found[1].short) == (1, 0)


def test_panels_without_members_of_the_lead_authority_have_nothing_to_show() -> None:
    assert members(with_panel_rules(tiny_problem(), lead_members=0), 2) == ()
    assert lead_members_by_session(tiny_problem(), offer_of(tiny_problem()).sessions, []) == ()
