"""The model at the very edge of the rules about who may be where with whom, alone and two at a time.

What just suffices is enough; with one member, one person or one minute less it is not. The checks are asked
for the same edges in `tests/scheduler/checks/test_edges_of_staff.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.people import (
    Applicant,
    Assessor,
    DeclaredInterest,
    Interpreter,
    Pin,
    RolePlayer,
    ServiceUserGroup,
)
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.timetable import Role
from tests.builders import with_panel_rules
from tests.scheduler.solver.plain import (
    GROUP,
    INTERVIEW,
    NEXT_DAY,
    PANEL,
    REFLECTION,
    ROUND,
    SITTING,
    SOLO,
    WRITTEN,
    assessor,
    number_placed,
    one_session_problem,
    people,
    placed,
    plain_problem,
    room,
    rows_of,
    session,
    solved,
)

TWO = people("A1", "A2")
G1, G2 = ServiceUserGroup("G1", ("U1", "U2")), ServiceUserGroup("G2", ("U3",))
RP1, RP2 = RolePlayer("RP1"), RolePlayer("RP2")
THREE_INTERPRETERS = (Interpreter("I1"), Interpreter("I2"), Interpreter("I3"))


def panel_of_three(*councils: str, **facts: Any) -> Problem:
    """One applicant whose first choice is SOM, and just three assessors from these councils."""
    sitting = tuple(assessor(f"B{n}", council, **facts) for n, council in enumerate(councils, start=1))
    return with_panel_rules(
        one_session_problem("09:00", "09:30", assessors=sitting), size=3, one_council_max=3
    )


# Panels


@pytest.mark.parametrize("members", [0, 1, 2, 3])
def test_lead_authority_members_are_counted(members: int) -> None:
    problem = with_panel_rules(panel_of_three("SOM", "SOM", "DEV"), lead_members=members)
    assert number_placed(problem) == (members <= 2)


@pytest.mark.parametrize("members", [0, 1, 2, 3])
def test_first_choice_members_are_counted(members: int) -> None:
    problem = panel_of_three("SOM", "SOM", "DEV")
    hard = with_panel_rules(problem, first_choice_rule=FirstChoiceRule.HARD, first_choice_members=members)
    assert number_placed(hard) == (members <= 2)
    soft = solved(with_panel_rules(hard, first_choice_rule=FirstChoiceRule.SOFT))
    assert [tier.value for tier in soft.objective if tier.name == "without_first_choice_member"] == [
        members > 2
    ]
    assert soft.timetable.session_of_applicant == {"A1": "S1"}


@pytest.mark.parametrize("most", [1, 2, 3])
def test_one_councils_members_are_counted(most: int) -> None:
    problem = panel_of_three("SOM", "DEV", "DEV")
    assert number_placed(with_panel_rules(problem, one_council_max=most)) == (most >= 2)


@pytest.mark.parametrize(
    ("rule", "quality"),
    [
        ("safer_recruitment_members", "safer_recruitment"),
        ("chair_members", "chair"),
        ("lived_experience_members", "lived_experience"),
    ],
)
@pytest.mark.parametrize("members", [1, 2, 3])
def test_members_with_what_is_asked_are_counted(rule: str, quality: str, members: int) -> None:
    problem = panel_of_three("SOM", "DEV", "BRI", **{quality: True})
    one_without = replace(problem.assessors[0], **{quality: False})  # type: ignore[arg-type]
    problem = replace(problem, assessors=(one_without, *problem.assessors[1:]))
    assert number_placed(with_panel_rules(problem, **{rule: members})) == (members <= 2)


def test_one_member_may_be_all_that_is_asked() -> None:
    all_in_one = assessor("B1", "SOM", chair=True, safer_recruitment=True, lived_experience=True)
    problem = with_panel_rules(
        plain_problem(assessors=(all_in_one,)),
        lead_members=1,
        chair_members=1,
        safer_recruitment_members=1,
        lived_experience_members=1,
        first_choice_rule=FirstChoiceRule.HARD,
    )
    assert number_placed(problem) == 1


@pytest.mark.parametrize(("most", "number"), [(0, 0), (1, 1), (2, 2)])
def test_panel_sees_applicants_not_interviews(most: int, number: int) -> None:
    """Two panel exercises for each of two applicants."""
    both = frozenset({"interview", "presentation"})
    problem = one_session_problem(
        "09:00",
        "11:15",
        exercises=(INTERVIEW, replace(INTERVIEW, reference="presentation")),
        applicants=TWO,
        assessors=(assessor("B1", trained_for=both),),
    )
    assert number_placed(with_panel_rules(problem, interviews_max=most)) == number


# Standby, pins, half-days


@pytest.mark.parametrize(("standby", "who"), [(True, ["B2"]), (False, ["B1"])])
def test_standby_assessor_is_passed_over_though_nearer(standby: bool, who: list[str]) -> None:
    problem = plain_problem(
        assessors=(assessor("B1", standby=standby), assessor("B2")),
        travel_minutes={("B2", "V1"): 60, ("B2", "V2"): 60},
    )
    assert [row.person for row in rows_of(solved(problem), Role.ASSESSOR)] == who


def test_pin_of_a_standby_assessor_cannot_be_kept() -> None:
    problem = plain_problem(
        assessors=(assessor("B1", standby=True), assessor("B2")), pins=(Pin("B1", "S1", must=True),)
    )
    assert solved(problem).status.value == "infeasible"


@pytest.mark.parametrize(
    ("pins", "where"),
    [
        ((Pin("A1", "S2", must=True), Pin("B1", "S2", must=True)), {"A1": "S2"}),
        ((Pin("A1", "S2", must=True), Pin("B1", "S2", must=False)), {}),
        ((Pin("A1", "S1", must=True), Pin("A1", "S1", must=False)), {}),
        ((Pin("A1", "S1", must=False), Pin("B1", "S2", must=False)), {}),
        ((Pin("A1", "S1", must=False), Pin("A1", "S2", must=False)), {}),
    ],
)
def test_pins_of_two_people_and_of_one_together(pins: tuple[Pin, ...], where: dict[str, str]) -> None:
    assert placed(plain_problem(pins=pins)) == where


def test_pin_where_the_person_is_not_available_cannot_be_kept() -> None:
    problem = plain_problem(pins=(Pin("A1", "S1", must=True),), unavailable=frozenset({("A1", "S1")}))
    assert placed(problem) == {}


# One venue a day, one session at a time


def two_sessions(same_day: bool, **facts: Any) -> Problem:
    """Room for one applicant in the morning at V1, and for one in the evening at V2."""
    evening = session("S2", "19:00", "19:30", "V2")
    if not same_day:
        evening = replace(evening, date=NEXT_DAY)
    rooms = tuple(
        room(f"{venue}-{n}", kind, venue=venue, seats=1)
        for venue in ("V1", "V2")
        for n, kind in enumerate((PANEL, GROUP, SITTING, SOLO))
    )
    sessions = (session("S1", "09:00", "09:30"), evening)
    return plain_problem(sessions=sessions, applicants=TWO, rooms=rooms, **facts)


STAFF: dict[str, dict[str, Any]] = {
    "role player": {"exercises": (replace(REFLECTION, role_player=True),), "role_players": (RP1,)},
    "service-user group": {"exercises": (ROUND,), "service_user_groups": (G1,)},
    "interpreters": {
        "exercises": (REFLECTION,),
        "applicants": people("A1", "A2", interpreter=True),
        "interpreters": THREE_INTERPRETERS,
    },
    "assessor": {"exercises": (INTERVIEW,)},
}


@pytest.mark.parametrize("staff", STAFF)
def test_staff_work_at_one_venue_a_day(staff: str) -> None:
    assert number_placed(replace(two_sessions(same_day=True), **STAFF[staff])) == 1
    assert number_placed(replace(two_sessions(same_day=False), **STAFF[staff])) == 2


@pytest.mark.parametrize(("end", "number"), [("10:05", 2), ("10:04", 1)])
@pytest.mark.parametrize("staff", ["interpreters"])
def test_interpreters_move_between_two_sessions(staff: str, end: str, number: int) -> None:
    """One session follows the other in the same room; whoever goes with an applicant moves all the same."""
    sessions = (session("S1", "09:00", "09:30"), session("S2", "09:30", end))
    problem = replace(two_sessions(same_day=True), **STAFF[staff])
    assert number_placed(replace(problem, sessions=sessions)) == number


@pytest.mark.parametrize("staff", ["role player", "service-user group", "assessor"])
def test_other_staff_stay_in_their_room_between_two_sessions(staff: str) -> None:
    sessions = (session("S1", "09:00", "09:30"), session("S2", "09:30", "10:00"))
    problem = replace(two_sessions(same_day=True), **STAFF[staff])
    assert number_placed(replace(problem, sessions=sessions)) == 2


# Availability of those who come as a pair or a group


@pytest.mark.parametrize(("missing", "where"), [("I1", "S2"), ("I3", "S1"), ("A1", "S2")])
def test_pair_of_interpreters_is_there_for_the_session(missing: str, where: str) -> None:
    """I3 is never there, so both others must be."""
    problem = plain_problem(
        applicants=people("A1", interpreter=True),
        interpreters=THREE_INTERPRETERS,
        unavailable=frozenset({("I3", "S1"), ("I3", "S2"), (missing, "S1")}),
    )
    assert placed(problem) == {"A1": where}


@pytest.mark.parametrize("missing", ["U1", "U2", "G1"])
def test_group_is_there_only_with_all_its_members(missing: str) -> None:
    problem = plain_problem(
        exercises=(ROUND,), service_user_groups=(G1,), unavailable=frozenset({(missing, "S1")})
    )
    assert placed(problem) == {"A1": "S2"}


@pytest.mark.parametrize("station_minutes", [None, 10])
def test_group_without_members_serves_a_round_in_which_nobody_is_met(station_minutes: int | None) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        exercises=(replace(ROUND, station_minutes=station_minutes),),
        applicants=TWO,
        service_user_groups=(ServiceUserGroup("G9", ()),),
    )
    timetable = solved(problem).timetable
    assert (len(timetable.session_of_applicant), timetable.meetings) == (2, ())


# Declared interests


def apart(applicant: str, person: str) -> tuple[DeclaredInterest, ...]:
    return (DeclaredInterest(applicant, person, "neighbour", excluded=True),)


@pytest.mark.parametrize("person", ["G1", "U1", "U2"])
def test_interest_with_a_service_user_brings_the_other_group(person: str) -> None:
    problem = one_session_problem(
        "09:00", "09:30", exercises=(ROUND,), service_user_groups=(G1, G2), interests=apart("A1", person)
    )
    groups = rows_of(solved(problem), Role.SERVICE_USER_GROUP, "round")
    assert [row.person for row in groups] == ["G2"]
    assert placed(replace(problem, service_user_groups=(G1,))) == {}


@pytest.mark.parametrize(("end", "players"), [("09:30", ["RP2"]), ("10:05", ["RP2"])])
def test_interest_with_a_role_player_of_a_shared_run(end: str, players: list[str]) -> None:
    problem = one_session_problem(
        "09:00",
        end,
        exercises=(replace(WRITTEN, role_player=True, group_min=2),),
        applicants=TWO,
        role_players=(RP1, RP2),
        interests=apart("A1", "RP1"),
    )
    assert [row.person for row in rows_of(solved(problem), Role.ROLE_PLAYER, "written")] == players
    assert number_placed(replace(problem, role_players=(RP1,))) == 0


def test_interests_with_a_role_player_split_a_sitting() -> None:
    """Each may meet only one of the two role players, and not the same."""
    problem = one_session_problem(
        "09:00",
        "10:00",
        exercises=(replace(WRITTEN, role_player=True),),
        applicants=TWO,
        role_players=(RP1, RP2),
        interests=apart("A1", "RP1") + apart("A2", "RP2"),
    )
    runs = solved(problem).timetable.sittings
    met = sorted((run.applicants, [e.person for e in run.of(Role.ROLE_PLAYER)]) for run in runs)
    assert met == [(("A1",), ["RP2"]), (("A2",), ["RP1"])]


@pytest.mark.parametrize(("person", "number"), [("I1", 1), ("I3", 1), ("I9", 1)])
def test_interest_with_an_interpreter_leaves_the_other_two(person: str, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        applicants=people("A1", interpreter=True),
        interpreters=THREE_INTERPRETERS,
        interests=apart("A1", person),
    )
    rows = rows_of(solved(problem), Role.INTERPRETER)
    assert (len(rows), person in {row.person for row in rows}) == (2 * number, False)
    assert number_placed(replace(problem, interpreters=THREE_INTERPRETERS[:2])) == (person != "I1")


@pytest.mark.parametrize("exercise", [replace(ROUND, group_max=2), WRITTEN])
@pytest.mark.parametrize(("end", "number"), [("09:59", 1), ("10:00", 2)])
def test_interest_between_two_applicants_takes_two_runs(exercise: Any, end: str, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        end,
        exercises=(exercise,),
        applicants=TWO,
        service_user_groups=(G1,),
        interests=apart("A2", "A1"),
    )
    assert number_placed(problem) == number


def test_interest_with_the_only_lead_member_and_the_only_panel() -> None:
    """A1's panel needs B1 of the lead authority or B2, and there is time for one panel alone."""
    sitting = (assessor("B1"), assessor("B2"), assessor("B3", "DEV"), assessor("B4", "DEV"))
    problem = with_panel_rules(
        one_session_problem("09:00", "09:30", assessors=sitting, interests=apart("A1", "B1")),
        size=2,
        lead_members=1,
        one_council_max=1,
    )
    lead = [r.person for r in rows_of(solved(problem), Role.ASSESSOR) if r.person in ("B1", "B2")]
    assert lead == ["B2"]
    assert placed(replace(problem, assessors=(sitting[0], *sitting[2:]))) == {}


def test_interests_with_every_member_of_the_first_choice_leave_it_lacking() -> None:
    sitting = (assessor("B1", "SOM"), assessor("B2", "DEV"))
    problem = with_panel_rules(
        one_session_problem("09:00", "09:30", assessors=sitting, interests=apart("A1", "B1")),
        first_choice_rule=FirstChoiceRule.SOFT,
    )
    result = solved(problem)
    assert [row.person for row in rows_of(result, Role.ASSESSOR)] == ["B2"]
    assert [t.value for t in result.objective if t.name == "without_first_choice_member"] == [1]
    assert placed(with_panel_rules(problem, first_choice_rule=FirstChoiceRule.HARD)) == {}


def test_interests_on_panels_with_role_players_and_in_sittings_together() -> None:
    """A1 may not meet B1, RP1 and A2; there are two panels, two role players and time for two sittings."""
    problem = one_session_problem(
        "09:00",
        "10:05",
        exercises=(replace(INTERVIEW, role_player=True), WRITTEN),
        applicants=TWO,
        assessors=(assessor("B1"), assessor("B2")),
        role_players=(RP1, RP2),
        rooms=(room("R1", PANEL), room("R2", PANEL), room("R3", SITTING)),
        interests=apart("A1", "B1") + apart("A1", "RP1") + apart("A1", "A2"),
    )
    timetable = solved(problem).timetable
    met = {
        (run.exercise, *sorted(entry.person for entry in run.entries))
        for run in timetable.sittings
        if "A1" in run.applicants
    }
    assert met == {("interview", "A1", "B2", "RP2"), ("written", "A1")}
    assert len(timetable.session_of_applicant) == 2


def test_accepted_interests_keep_nobody_apart() -> None:
    both: tuple[Applicant, ...] = TWO
    accepted = tuple(
        DeclaredInterest("A1", person, "neighbour", excluded=False) for person in ("A2", "RP1", "U1", "B1")
    )
    only: tuple[Assessor, ...] = (assessor("B1"),)
    problem = one_session_problem(
        "09:00",
        "11:15",
        exercises=(INTERVIEW, replace(WRITTEN, group_min=2, role_player=True), replace(ROUND, group_min=2)),
        applicants=both,
        assessors=only,
        role_players=(RP1,),
        service_user_groups=(G1,),
        interests=accepted,
    )
    assert number_placed(problem) == 2
