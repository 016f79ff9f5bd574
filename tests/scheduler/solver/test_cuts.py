"""What the placement learns from running orders that cannot be: true of these people, and of no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from scheduler.people import Applicant, DeclaredInterest, RolePlayer
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.result import Result
from tests.builders import with_changes, with_panel_rules
from tests.scheduler.solver.plain import (
    INTERVIEW,
    NEXT_DAY,
    PANEL,
    SITTING,
    WRITTEN,
    assessor,
    one_session_problem,
    people,
    plain_problem,
    room,
    session,
    solved,
)


def first_tiers(result: Result) -> list[tuple[int, bool]]:
    return [(outcome.value, outcome.proven) for outcome in result.objective[:4]]


def too_tight() -> Problem:
    """Counting says that S1 has time for two; in truth it has time for one.

    Both interviews fit into the 70 minutes, at 09:00 and 09:40, but whoever is seen second would have to
    write after that, on the grid at 10:20.
    """
    return plain_problem(
        sessions=(session("S1", "09:00", "10:10"), session("S2", "09:00", "12:00", "V2", NEXT_DAY)),
        exercises=(INTERVIEW, replace(WRITTEN, after="interview")),
        applicants=people("A1", "A2"),
        grid_minutes=40,
    )


def test_session_too_tight_is_cut_and_the_rest_placed_elsewhere() -> None:
    """Two in S1 are one panel and one session; as that cannot be, both go to S2."""
    problem = too_tight()
    result = solved(problem)
    assert breaches_of(problem, result.timetable) == []
    assert result.timetable.session_of_applicant == {"A1": "S2", "A2": "S2"}
    assert first_tiers(result) == [(0, True), (1, True), (1, True), (0, True)]


def test_session_too_tight_is_cut_and_both_sessions_are_held_where_needed() -> None:
    problem = with_panel_rules(too_tight(), interviews_max=3)
    problem = with_changes(problem, "sessions", "S2", window=session("S2", "09:00", "10:10").window)
    result = solved(problem)
    assert sorted(result.timetable.session_of_applicant.values()) == ["S1", "S2"]
    assert first_tiers(result) == [(0, True), (2, True), (2, True), (0, True)]


def test_sessions_too_tight_everywhere_leave_somebody_out() -> None:
    problem = replace(too_tight(), sessions=too_tight().sessions[:1])
    result = solved(problem)
    assert len(result.timetable.session_of_applicant) == 1
    assert first_tiers(result) == [(1, True), (1, True), (1, True), (0, True)]


def test_cut_from_two_who_may_not_meet_keeps_no_others_apart() -> None:
    """One sitting for all of S1: A1 and A2 may not share it, A3 may join either."""
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(WRITTEN,),
        applicants=people("A1", "A2", "A3"),
        interests=(DeclaredInterest("A1", "A2", "siblings", excluded=True),),
    )
    result = solved(problem)
    assert len(result.timetable.session_of_applicant) == 2
    assert first_tiers(result) == [(1, True), (0, True), (1, True), (0, True)]


def test_cut_from_a_role_player_who_may_not_meet_somebody_keeps_no_others_out() -> None:
    """Whoever is tried first, A2 alone cannot be seen; A1 can, though the two are otherwise alike."""
    problem = one_session_problem(
        "09:00",
        "10:00",
        exercises=(replace(INTERVIEW, role_player=True),),
        applicants=people("A1", "A2"),
        role_players=(RolePlayer("RP1"),),
        interests=(DeclaredInterest("A2", "RP1", "friend", excluded=True),),
    )
    result = solved(problem)
    assert result.timetable.session_of_applicant == {"A1": "S1"}
    assert first_tiers(result) == [(1, True), (1, True), (1, True), (0, True)]


def test_cut_from_two_who_are_alike_spares_two_who_are_not() -> None:
    """The interview must follow the one sitting within five minutes, so two alike cannot both be seen.

    Somebody with extra time comes out half an hour later and can be seen after somebody without. By travel
    A1 and A2 would both go to S1 and the other two to S2; as it is, one of each has to change.
    """
    problem = plain_problem(
        sessions=(session("S1", "09:00", "11:05"), session("S2", "09:00", "11:05", "V2", NEXT_DAY)),
        exercises=(
            replace(INTERVIEW, after="written", within_minutes=5),
            replace(WRITTEN, minutes=60, extra_time=True),
        ),
        applicants=(*people("A1", "A2"), *people("A3", "A4", extra_time_percent=50)),
        travel_minutes={("A1", "V2"): 60, ("A2", "V2"): 60, ("A3", "V1"): 60, ("A4", "V1"): 60},
    )
    result = solved(problem)
    assert [(o.value, o.proven) for o in result.objective[:5]] == [
        (0, True),
        (2, True),
        (2, True),
        (0, True),
        (120, True),
    ]


def test_cut_leaves_other_assessors_a_chance() -> None:
    """By councils any two will do for S1, but only B1 is both a chair and lives near enough for 09:00."""
    problem = plain_problem(
        sessions=(session("S1", "09:00", "10:00"),),
        applicants=people("A1", "A2"),
        assessors=(assessor("B1", chair=True), assessor("B2", chair=True), assessor("B3")),
        travel_minutes={("B2", "V1"): 95},
        travel_minutes_max_morning=90,
    )
    result = solved(with_panel_rules(problem, chair_members=1))
    assert [panel.members for panel in result.timetable.panels] == [("B1",)]
    assert first_tiers(result) == [(0, True), (1, True), (1, True), (0, True)]


@pytest.mark.parametrize(("shared_out", "tiers"), [(False, (1, 1)), (True, (0, 2))])
def test_cut_from_members_who_make_no_two_panels_between_them(
    shared_out: bool, tiers: tuple[int, int]
) -> None:
    """Each panel of two needs a chair and a trained member; counted over both panels there are enough.

    Where they are not shared out, B1 and B4 have both and neither may meet A1: one panel can be made, for A2.
    """
    problem = one_session_problem(
        "09:00",
        "09:30",
        applicants=people("A1", "A2"),
        rooms=(room("R1", PANEL), room("R2", PANEL)),
        assessors=(
            assessor("B1", chair=True, safer_recruitment=True),
            assessor("B2", chair=shared_out),
            assessor("B3", safer_recruitment=shared_out),
            assessor("B4", chair=True, safer_recruitment=not shared_out),
        ),
        interests=(
            ()
            if shared_out
            else tuple(
                DeclaredInterest(a, x, "colleague", excluded=True) for a, x in (("A1", "B1"), ("A1", "B4"))
            )
        ),
    )
    result = solved(with_panel_rules(problem, size=2, chair_members=1, safer_recruitment_members=1))
    assert first_tiers(result) == [(tiers[0], True), (tiers[1], True), (1, True), (0, True)]


def test_first_choices_that_cannot_be_met_side_by_side_are_counted() -> None:
    """A1 wants DEV and A2 BRI on a panel of two that needs SOM: one of them is without."""
    problem = one_session_problem(
        "09:00",
        "10:00",
        applicants=(Applicant("A1", ("DEV",)), Applicant("A2", ("BRI",))),
        assessors=(assessor("B1"), assessor("B2", "DEV"), assessor("B3", "BRI")),
        rooms=(room("R1", PANEL, SITTING),),
    )
    result = solved(with_panel_rules(problem, size=2, lead_members=1, first_choice_rule=FirstChoiceRule.SOFT))
    assert first_tiers(result) == [(0, True), (1, True), (1, True), (1, True)]
