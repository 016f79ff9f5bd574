"""What all sessions offer together: half-days bind over the campaign, not only session by session."""

from __future__ import annotations

from dataclasses import replace

from scheduler.planning.offer import fewest_panels, fewest_sessions, half_days, offer_of
from scheduler.planning.sessions import Limit, SessionCapacity
from tests.builders import tiny_problem, with_changes


def session(name: str, applicants: int, panels: int = 4) -> SessionCapacity:
    return SessionCapacity(name, "V1", panels, 3, (Limit("panels", applicants, ""),))


def test_tiny_offer_is_its_assessors_half_days() -> None:
    """Three sessions could hold six each; seven assessors have 20 half-days, so there are six panels."""
    problem = tiny_problem()
    offer = offer_of(problem)
    assert (offer.panels_max, offer.applicants) == (6, 18)
    few = with_changes(problem, "assessors", "B3", half_days_max=1)
    assert (offer_of(few).panels_max, offer_of(few).applicants) == (4, 12)


def test_day_at_two_venues_counts_once() -> None:
    problem = tiny_problem()
    assert half_days(problem, lambda a: a.reference == "B1") == 3
    one_day = with_changes(problem, "sessions", "S3", date=problem.sessions[0].date)
    assert half_days(one_day, lambda a: a.reference == "B1") == 2
    assert half_days(one_day, lambda a: a.reference == "B1", "V2") == 1


def test_fullest_sessions_are_taken_first() -> None:
    sessions = [session("S1", 12), session("S2", 6), session("S3", 12)]
    assert [fewest_sessions(sessions, n) for n in (0, 1, 12, 13, 24, 25, 30)] == [0, 1, 1, 2, 2, 3, 3]


def test_what_goes_beyond_is_counted_in_more_of_the_largest() -> None:
    sessions = [session("S1", 12), session("S2", 6)]
    assert [fewest_sessions(sessions, n) for n in (18, 19, 30, 31)] == [2, 3, 3, 4]
    assert [fewest_panels(sessions, n) for n in (17, 18, 19)] == [6, 6, 7]


def test_sessions_that_hold_nobody_are_no_answer() -> None:
    assert (fewest_sessions([session("S1", 0)], 3), fewest_panels([], 3)) == (None, None)


def test_partly_filled_panels_are_the_last_to_count() -> None:
    assert [fewest_panels([session("S1", 10)], n) for n in (3, 9, 10)] == [1, 3, 4]


def test_campaign_without_panels_has_no_limit_of_panels() -> None:
    problem = tiny_problem()
    written = tuple(e for e in problem.exercises if e.reference == "written")
    offer = offer_of(replace(problem, exercises=written))
    assert (offer.panels_max, offer.applicants) == (None, 45)
