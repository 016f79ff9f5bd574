"""Rules that decide who comes when and before whom: with one fact otherwise the answer is otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.people import (
    Adjustment,
    Applicant,
    DeclaredInterest,
    Interpreter,
    Pin,
    RolePlayer,
    ServiceUserGroup,
)
from scheduler.problem import FirstChoiceRule
from scheduler.timetable import Role
from tests.builders import with_changes, with_panel_rules
from tests.scheduler.solver.plain import (
    INTERVIEW,
    NEXT_DAY,
    PANEL,
    ROUND,
    SITTING,
    WRITTEN,
    assessor,
    number_placed,
    one_session_problem,
    people,
    placed,
    plain_problem,
    room,
    rooms_at,
    rows_of,
    session,
    solved,
)

IN_S1, IN_S2 = {"A1": "S1"}, {"A1": "S2"}
G1 = ServiceUserGroup("G1", ("U1",))


def test_applicant_attends_one_session_the_nearer() -> None:
    assert placed(plain_problem()) == IN_S1
    assert placed(plain_problem(travel_minutes={("A1", "V1"): 60})) == IN_S2


def test_person_attends_only_when_available_applicant_goes_elsewhere() -> None:
    assert placed(plain_problem(unavailable=frozenset({("A1", "S1")}))) == IN_S2


def test_person_attends_only_when_available_assessor_decides_the_session() -> None:
    assert placed(plain_problem(unavailable=frozenset({("B1", "S1")}))) == IN_S2
    assert placed(plain_problem(unavailable=frozenset({("B1", "S1"), ("B1", "S2")}))) == {}


@pytest.mark.parametrize("person", ["G1", "U1"])
def test_person_attends_only_when_available_service_users_decide_the_session(person: str) -> None:
    problem = plain_problem(exercises=(ROUND,), service_user_groups=(G1,))
    assert placed(problem) == IN_S1
    assert placed(replace(problem, unavailable=frozenset({(person, "S1")}))) == IN_S2


def test_pins_are_kept_for_applicants() -> None:
    assert placed(plain_problem(pins=(Pin("A1", "S2", must=True),))) == IN_S2
    assert placed(plain_problem(pins=(Pin("A1", "S1", must=False),))) == IN_S2
    both = (Pin("A1", "S1", must=True), Pin("A1", "S2", must=True))
    assert placed(plain_problem(pins=both)) == {}


def test_pins_are_kept_for_assessors() -> None:
    assert placed(plain_problem(pins=(Pin("B1", "S2", must=True),))) == IN_S2
    assert placed(plain_problem(pins=(Pin("B1", "S1", must=False),))) == IN_S2


@pytest.mark.parametrize(("second_start", "number"), [("09:15", 1), ("09:30", 2)])
def test_person_is_in_one_session_at_a_time_assessor(second_start: str, number: int) -> None:
    problem = plain_problem(
        sessions=(session("S1", "09:00", "09:30"), session("S2", second_start, "10:00")),
        applicants=people("A1", "A2"),
    )
    assert number_placed(problem) == number


def test_person_works_at_one_venue_a_day_assessor() -> None:
    morning, evening = session("S1", "09:00", "09:30"), session("S2", "19:00", "19:30", "V2")
    problem = plain_problem(sessions=(morning, evening), applicants=people("A1", "A2"))
    assert number_placed(problem) == 1
    assert number_placed(replace(problem, sessions=(morning, replace(evening, date=NEXT_DAY)))) == 2


@pytest.mark.parametrize(("excluded", "where"), [(True, IN_S2), (False, IN_S1)])
def test_excluded_pair_never_meets_assessor(excluded: bool, where: dict[str, str]) -> None:
    problem = plain_problem(
        assessors=(assessor("B1"), assessor("B2")),
        unavailable=frozenset({("B2", "S1")}),
        interests=(DeclaredInterest("A1", "B1", "colleague", excluded),),
    )
    assert placed(problem) == where


@pytest.mark.parametrize("person", ["G1", "U1"])
def test_excluded_pair_never_meets_service_users(person: str) -> None:
    problem = plain_problem(
        exercises=(ROUND,),
        service_user_groups=(G1, ServiceUserGroup("G2", ("U2",))),
        unavailable=frozenset({("G2", "S1")}),
        interests=(DeclaredInterest("A1", person, "neighbour", excluded=True),),
    )
    assert placed(problem) == IN_S2


def test_excluded_pair_never_meets_interpreter() -> None:
    problem = plain_problem(
        applicants=people("A1", interpreter=True),
        interpreters=(Interpreter("I1"), Interpreter("I2"), Interpreter("I3")),
        unavailable=frozenset({("I3", "S1")}),
    )
    assert placed(problem) == IN_S1
    interests = (DeclaredInterest("A1", "I1", "friend", excluded=True),)
    assert placed(replace(problem, interests=interests)) == IN_S2


@pytest.mark.parametrize("panels_max", [0, 1, 2])
def test_session_has_no_more_panels_than_allowed(panels_max: int) -> None:
    problem = one_session_problem(
        "09:00",
        "09:30",
        applicants=people("A1", "A2"),
        assessors=(assessor("B1"), assessor("B2")),
        rooms=(room("R1", PANEL), room("R2", PANEL)),
    )
    assert number_placed(with_changes(problem, "sessions", "S1", panels_max=panels_max)) == panels_max


@pytest.mark.parametrize("interviews_max", [1, 2, 3])
def test_panel_sees_at_most_its_number(interviews_max: int) -> None:
    problem = one_session_problem("09:00", "10:30", applicants=people("A1", "A2", "A3"))
    assert number_placed(with_panel_rules(problem, interviews_max=interviews_max)) == interviews_max


def test_panel_has_its_full_size() -> None:
    two = with_panel_rules(plain_problem(), size=2)
    assert placed(two) == {}
    result = solved(replace(two, assessors=(assessor("B1"), assessor("B2"), assessor("B3"))))
    assert len(rows_of(result, Role.ASSESSOR)) == 2


def test_panel_has_lead_authority_members() -> None:
    problem = with_panel_rules(plain_problem(assessors=(assessor("B1", "DEV"),)), lead_members=1)
    assert placed(problem) == {}
    assert placed(replace(problem, lead_council="DEV")) == IN_S1


@pytest.mark.parametrize(
    ("rule", "who_sits"),
    [(FirstChoiceRule.HARD, ["B2"]), (FirstChoiceRule.SOFT, ["B2"]), (FirstChoiceRule.OFF, ["B1"])],
)
def test_panel_has_first_choice_members_whoever_travels_least(
    rule: FirstChoiceRule, who_sits: list[str]
) -> None:
    problem = plain_problem(
        applicants=(Applicant("A1", ("DEV",)),),
        assessors=(assessor("B1", "SOM"), assessor("B2", "DEV")),
        travel_minutes={("B2", "V1"): 60, ("B2", "V2"): 60},
    )
    result = solved(with_panel_rules(problem, first_choice_rule=rule))
    assert [row.person for row in rows_of(result, Role.ASSESSOR)] == who_sits


@pytest.mark.parametrize(
    ("rule", "number"), [(FirstChoiceRule.HARD, 0), (FirstChoiceRule.SOFT, 1), (FirstChoiceRule.OFF, 1)]
)
def test_panel_has_first_choice_members_or_is_not_held(rule: FirstChoiceRule, number: int) -> None:
    problem = plain_problem(applicants=(Applicant("A1", ("DEV",)),))
    assert number_placed(with_panel_rules(problem, first_choice_rule=rule)) == number


@pytest.mark.parametrize("rule", list(FirstChoiceRule))
def test_panel_has_first_choice_members_asks_nothing_where_no_council_is_listed(
    rule: FirstChoiceRule,
) -> None:
    problem = plain_problem(applicants=(Applicant("A1"),))
    result = solved(with_panel_rules(problem, first_choice_rule=rule))
    assert result.timetable.session_of_applicant == IN_S1
    assert result.objective[3].value == 0


@pytest.mark.parametrize(("most", "where"), [(1, {}), (2, IN_S1)])
def test_panel_is_not_one_councils_alone(most: int, where: dict[str, str]) -> None:
    problem = plain_problem(assessors=(assessor("B1"), assessor("B2")))
    assert placed(with_panel_rules(problem, size=2, one_council_max=most)) == where


@pytest.mark.parametrize(
    ("rule", "quality"),
    [
        ("safer_recruitment_members", "safer_recruitment"),
        ("chair_members", "chair"),
        ("lived_experience_members", "lived_experience"),
    ],
    ids=["panel_has_safer_recruitment_training", "panel_has_a_chair", "panel_has_lived_experience"],
)
def test_panel_has_members_with_what_is_asked(rule: str, quality: str) -> None:
    problem = with_panel_rules(plain_problem(assessors=(assessor("B1"), assessor("B2"))), **{rule: 1})
    assert placed(problem) == {}
    result = solved(with_changes(problem, "assessors", "B2", **{quality: True}))
    assert [row.person for row in rows_of(result, Role.ASSESSOR)] == ["B2"]


def test_assessor_is_trained_for_the_exercise() -> None:
    assert placed(plain_problem(assessors=(assessor("B1", trained_for=frozenset()),))) == {}
    second = replace(INTERVIEW, reference="presentation")
    half_trained = one_session_problem("09:00", "10:30", exercises=(INTERVIEW, second))
    assert placed(half_trained) == {}
    both = frozenset({"interview", "presentation"})
    assert placed(with_changes(half_trained, "assessors", "B1", trained_for=both)) == IN_S1


@pytest.mark.parametrize("half_days", [0, 1, 2])
def test_assessor_half_days_are_within_limit(half_days: int) -> None:
    problem = plain_problem(applicants=people("A1", "A2"))
    assert number_placed(with_changes(problem, "assessors", "B1", half_days_max=half_days)) == half_days


def test_standby_assessor_is_kept_in_reserve() -> None:
    assert placed(plain_problem(assessors=(assessor("B1", standby=True),))) == {}


def test_session_has_one_service_user_group_so_a_session_without_one_is_not_held() -> None:
    problem = plain_problem(exercises=(ROUND,))
    assert placed(problem) == {}
    assert placed(replace(problem, service_user_groups=(G1,))) == IN_S1


def test_session_has_one_service_user_group_for_all_its_runs() -> None:
    """A1 may not meet G2 and A2 may not meet G1, so they share no session, however long it is."""
    problem = one_session_problem(
        "09:00",
        "12:00",
        exercises=(ROUND,),
        applicants=people("A1", "A2"),
        service_user_groups=(G1, ServiceUserGroup("G2", ("U2",))),
        interests=tuple(
            DeclaredInterest(a, g, "friend", excluded=True) for a, g in (("A1", "G2"), ("A2", "G1"))
        ),
    )
    assert number_placed(problem) == 1
    third = (*problem.service_user_groups, ServiceUserGroup("G3", ("U3",)))
    assert number_placed(replace(problem, service_user_groups=third)) == 2


@pytest.mark.parametrize(("minutes_max", "number"), [(39, 0), (40, 1), (80, 2), (None, 2)])
def test_service_user_group_minutes_are_within_limit(minutes_max: int | None, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "11:00",
        exercises=(replace(ROUND, writing_minutes=10, group_max=1),),
        applicants=people("A1", "A2"),
        service_user_groups=(replace(G1, minutes_max=minutes_max),),
    )
    assert number_placed(problem) == number


def test_role_player_takes_part_or_the_session_is_not_held() -> None:
    problem = plain_problem(exercises=(replace(INTERVIEW, role_player=True),))
    assert placed(problem) == {}
    problem = replace(problem, role_players=(RolePlayer("RP1"),))
    assert placed(problem) == IN_S1
    assert placed(replace(problem, unavailable=frozenset({("RP1", "S1")}))) == IN_S2


@pytest.mark.parametrize(("minutes_max", "number"), [(29, 0), (59, 1), (60, 2), (None, 2)])
def test_role_player_minutes_are_within_limit(minutes_max: int | None, number: int) -> None:
    problem = one_session_problem(
        "09:00",
        "10:30",
        exercises=(replace(INTERVIEW, role_player=True, writing_minutes=10),),
        applicants=people("A1", "A2"),
        role_players=(RolePlayer("RP1", minutes_max),),
    )
    assert number_placed(problem) == number


@pytest.mark.parametrize(("interpreters", "where"), [(0, {}), (1, {}), (2, IN_S1)])
def test_interpreters_stay_with_their_applicant_and_are_two(interpreters: int, where: dict[str, str]) -> None:
    problem = plain_problem(
        applicants=people("A1", interpreter=True),
        interpreters=tuple(Interpreter(f"I{n}") for n in range(interpreters)),
    )
    assert placed(problem) == where


def test_interpreters_stay_with_their_applicant_and_with_nobody_else() -> None:
    problem = one_session_problem(
        "09:00",
        "12:00",
        applicants=people("A1", "A2", interpreter=True),
        interpreters=(Interpreter("I1"), Interpreter("I2"), Interpreter("I3")),
    )
    assert number_placed(problem) == 1
    assert number_placed(replace(problem, interpreters=(*problem.interpreters, Interpreter("I4")))) == 2


@pytest.mark.parametrize(("group_min", "where"), [(1, IN_S1), (2, {})])
def test_run_size_is_within_limits_and_one_applicant_is_no_pair(
    group_min: int, where: dict[str, str]
) -> None:
    assert placed(plain_problem(exercises=(replace(WRITTEN, group_min=group_min),))) == where


@pytest.mark.parametrize(("end", "where"), [("09:29", IN_S2), ("09:30", IN_S1)])
def test_run_lies_within_the_session_that_is_long_enough(end: str, where: dict[str, str]) -> None:
    sessions = (session("S1", "09:00", end), session("S2", "09:00", "09:30", "V2", NEXT_DAY))
    assert placed(plain_problem(sessions=sessions)) == where


@pytest.mark.parametrize("traveller", ["A1", "B1"])
@pytest.mark.parametrize(("end", "where"), [("10:29", IN_S2), ("10:30", IN_S1)])
def test_long_traveller_starts_late(traveller: str, end: str, where: dict[str, str]) -> None:
    problem = plain_problem(
        sessions=(session("S1", "09:00", end), session("S2", "09:00", "09:30", "V2", NEXT_DAY)),
        travel_minutes={
            (traveller, "V1"): 95,
            ("A1", "V2"): 90,
            ("A1", "V1"): 95 if traveller == "A1" else 0,
        },
        travel_minutes_max_morning=90,
        pins=(Pin("A1", "S1", must=True),) if where == IN_S1 else (),
    )
    assert placed(problem) == where


def test_long_traveller_starts_late_but_may_come_after_an_applicants_preparation() -> None:
    """The assessor is wanted from 10:00, when the first applicant's preparation ends."""
    problem = one_session_problem(
        "09:00",
        "11:15",
        exercises=(replace(INTERVIEW, preparation_minutes=15),),
        applicants=people("A1", "A2"),
        travel_minutes={("B1", "V1"): 95},
        travel_minutes_max_morning=90,
    )
    assert number_placed(problem) == 2


def test_room_suits_the_exercise_so_a_venue_without_one_is_not_used() -> None:
    rooms = (room("R1", SITTING), *rooms_at("V2"))
    assert placed(plain_problem(rooms=rooms)) == IN_S2
    assert placed(plain_problem(rooms=(replace(rooms[0], use=frozenset({PANEL})), *rooms[1:]))) == IN_S1


def test_room_is_step_free_where_needed() -> None:
    rooms = (room("R1", PANEL), room("R2", PANEL, venue="V2", step_free=True))
    assert placed(plain_problem(rooms=rooms)) == IN_S1
    assert placed(plain_problem(rooms=rooms, applicants=people("A1", step_free=True))) == IN_S2


def test_room_is_quiet_where_needed_but_not_in_an_interview() -> None:
    rooms = (room("R1", PANEL, SITTING), room("R2", PANEL, SITTING, venue="V2", quiet=True))
    needing = (Applicant("A1", ("SOM",), Adjustment(quiet_room=True)),)
    assert placed(plain_problem(rooms=rooms, applicants=needing)) == IN_S1
    assert placed(plain_problem(rooms=rooms, applicants=needing, exercises=(WRITTEN,))) == IN_S2
