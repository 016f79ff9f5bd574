"""Every rule about panels and other staff at its very edge: the last number that is sound, and the next.

All on the tiny campaign; `test_edges_of_rules.py` has the rules about people, times and rooms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from scheduler.checks import breaches_of
from scheduler.people import Interpreter
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.timetable import Timetable, timetable_of
from tests.builders import (
    tiny_problem,
    tiny_timetable,
    with_adjustment,
    with_changes,
    with_more_rows,
    with_panel_rules,
    with_row,
    without_rows,
)


def broken(problem: Problem, timetable: Timetable | None = None) -> list[tuple[str, str, int]]:
    """(rule, session, size) of each breach."""
    found = breaches_of(problem, tiny_timetable() if timetable is None else timetable)
    return [(breach.rule, breach.session, breach.size) for breach in found]


SESSIONS = ("S1", "S2", "S3")


@pytest.mark.parametrize(
    ("setting", "sound", "too_much", "rule", "where"),
    [
        # Every panel has one member of SOM (a trained chair), of DEV and of BRI (with experience).
        ("lead_members", 1, 2, "panel_has_lead_authority_members", SESSIONS),
        ("safer_recruitment_members", 1, 2, "panel_has_safer_recruitment_training", SESSIONS),
        ("chair_members", 1, 2, "panel_has_a_chair", SESSIONS),
        ("lived_experience_members", 1, 2, "panel_has_lived_experience", SESSIONS),
        ("one_council_max", 1, 0, "panel_is_not_one_councils_alone", sorted(SESSIONS * 3)),
        ("interviews_max", 2, 1, "panel_sees_at_most_its_number", ("S1",)),
        ("size", 3, 4, "panel_has_its_full_size", SESSIONS),
        ("size", 3, 2, "panel_has_its_full_size", SESSIONS),
        ("first_choice_members", 1, 2, "panel_has_first_choice_members", ("S1", "S1", "S2", "S3")),
    ],
)
def test_panel_has_what_is_asked_to_the_member(
    setting: str, sound: int, too_much: int, rule: str, where: Sequence[str]
) -> None:
    changes: dict[str, Any] = {setting: sound}
    assert broken(with_panel_rules(tiny_problem(), **changes)) == []
    expected = [(rule, session, 1) for session in where]
    assert broken(with_panel_rules(tiny_problem(), **{setting: too_much})) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FirstChoiceRule.HARD, [("panel_has_first_choice_members", "S3", 1)]),
        (FirstChoiceRule.SOFT, []),
        (FirstChoiceRule.OFF, []),
    ],
)
def test_first_choice_is_a_rule_only_while_hard(
    rule: FirstChoiceRule, expected: list[tuple[str, str, int]]
) -> None:
    """A4 wants COR, of which nobody sits."""
    problem = with_changes(tiny_problem(), "applicants", "A4", choices=("COR",))
    assert broken(with_panel_rules(problem, first_choice_rule=rule)) == expected


def test_second_choice_counts_for_nothing() -> None:
    problem = with_changes(tiny_problem(), "applicants", "A4", choices=("COR", "BRI", "SOM", "DEV"))
    assert broken(problem) == [("panel_has_first_choice_members", "S3", 1)]


@pytest.mark.parametrize(("most", "expected"), [(1, []), (0, [("S1", 1)])])
def test_session_has_no_more_panels_than_allowed_to_the_panel(
    most: int, expected: list[tuple[str, int]]
) -> None:
    problem = with_changes(tiny_problem(), "sessions", "S1", panels_max=most)
    rule = "session_has_no_more_panels_than_allowed"
    assert broken(problem) == [(rule, session, size) for session, size in expected]


@pytest.mark.parametrize(("most", "expected"), [(2, []), (1, [1]), (0, [2])])
def test_assessor_half_days_are_within_limit_to_the_half_day(most: int, expected: list[int]) -> None:
    """B2 works in S1 and S2, which are on one day."""
    problem = with_changes(tiny_problem(), "assessors", "B2", half_days_max=most)
    assert broken(problem) == [("assessor_half_days_are_within_limit", "S1", size) for size in expected]


def test_standby_assessor_may_work_after_a_repair_only() -> None:
    problem = with_changes(tiny_problem(), "assessors", "B5", standby=True)
    assert broken(problem) == [("standby_assessor_is_kept_in_reserve", "S3", 1)]
    assert breaches_of(problem, tiny_timetable(), standby_allowed=True) == []


@pytest.mark.parametrize(("trained", "expected"), [("interview", 0), ("round", 2)])
def test_assessor_is_trained_for_just_what_they_assess(trained: str, expected: int) -> None:
    problem = with_changes(tiny_problem(), "assessors", "B2", trained_for=frozenset({trained}))
    rule = "assessor_is_trained_for_the_exercise"
    assert broken(problem) == [(rule, session, 1) for session in SESSIONS[:expected]]


@pytest.mark.parametrize(("name", "expected"), [("", []), ("P1", []), ("P2", ["RP1"])])
def test_role_player_is_before_the_panel_of_the_run_or_names_none(name: str, expected: list[str]) -> None:
    rows = [
        replace(row, panel=name) if (row.person, row.sitting) == ("RP1", "I-1") else row
        for row in tiny_timetable().entries
    ]
    found = breaches_of(tiny_problem(), timetable_of(rows, tiny_timetable().meetings))
    assert [(b.rule, *b.who) for b in found] == [
        ("panel_keeps_its_members_and_room", who) for who in expected
    ]
    assert [breach.detail for breach in found] == [
        "RP1 is in interview (09:05-09:35, room R1) with panel P2,"
        " and run I-1 of interview in S1 is before panel P1."
        for _ in expected
    ]


@pytest.mark.parametrize(("most", "expected"), [(15, []), (14, [1])])
def test_service_user_group_minutes_count_writing_and_no_preparation(most: int, expected: list[int]) -> None:
    """In S2 the group works from 15:25 to 15:40, whatever the applicants do before."""
    rule = "service_user_group_minutes_are_within_limit"
    problem = with_changes(tiny_problem(), "service_user_groups", "G2", minutes_max=most)
    assert broken(problem) == [(rule, "S2", size) for size in expected]
    # Five minutes of preparation from 15:25, and five less with the group: the same rows of the group less 5.
    prepared = with_changes(
        problem, "exercises", "round", preparation_minutes=5, minutes=5, station_minutes=None
    )
    timetable = tiny_timetable()
    rows = [
        replace(row, start=row.start + 5) if row.person in ("G1", "G2", "G3") else row
        for row in timetable.entries
    ]
    prepared = with_changes(prepared, "service_user_groups", "G2", minutes_max=most - 5)
    assert broken(prepared, timetable_of(rows)) == [(rule, "S2", size) for size in expected]


@pytest.mark.parametrize(("most", "expected"), [(60, []), (59, [1]), (None, [])])
def test_role_player_minutes_count_neither_preparation_nor_writing(
    most: int | None, expected: list[int]
) -> None:
    """RP1 is in two interviews of thirty minutes, with five of preparation and ten of writing each."""
    problem = with_changes(tiny_problem(), "role_players", "RP1", minutes_max=most)
    assert broken(problem) == [("role_player_minutes_are_within_limit", "S1", size) for size in expected]


def test_minutes_are_counted_for_each_session_alone() -> None:
    """RP1 plays in all three sessions: sixty, thirty and thirty minutes, and sixty are the most in one."""
    problem = with_changes(tiny_problem(), "role_players", "RP1", minutes_max=60)
    rows = [replace(r, person="RP1") if r.person == "RP2" else r for r in tiny_timetable().entries]
    assert broken(problem, timetable_of(rows, tiny_timetable().meetings)) == []


@pytest.mark.parametrize(("kept", "size"), [(2, None), (1, 1), (0, 2)])
def test_interpreters_are_two_to_the_person(kept: int, size: int | None) -> None:
    timetable = tiny_timetable()
    for interpreter in ("I1", "I2")[kept:]:
        timetable = without_rows(timetable, person=interpreter)
    expected = [] if size is None else [("interpreters_stay_with_their_applicant", "S2", size)]
    assert broken(tiny_problem(), timetable) == expected


@pytest.mark.parametrize("exercise", ["interview", "reflection", "round", "written"])
def test_interpreters_are_there_in_every_exercise(exercise: str) -> None:
    timetable = without_rows(tiny_timetable(), person="I2", exercise=exercise)
    assert broken(tiny_problem(), timetable) == [("interpreters_stay_with_their_applicant", "S2", 1)]


def test_pair_cannot_serve_two_applicants_even_at_different_times() -> None:
    """I1 and I2 go with A2 in S1 as well: that is another session. In A1's place beside A2 they fail both."""
    problem = with_adjustment(tiny_problem(), "A2", interpreter=True)
    followed = [row for row in tiny_timetable().entries if row.person == "A2"]
    pair = [row for row in tiny_timetable().entries if row.person in ("I1", "I2")][:2]
    rows = [replace(r, person=p.person, role=p.role, panel="") for r in followed for p in pair]
    assert {row.person for row in rows} == {"I1", "I2"}
    assert broken(problem, with_more_rows(tiny_timetable(), *rows)) == []
    both = with_adjustment(problem, "A1", interpreter=True)
    more = [
        replace(r, person=p.person, role=p.role, panel="")
        for r in tiny_timetable().by_person["A1"]
        for p in pair
    ]
    found = breaches_of(both, with_more_rows(tiny_timetable(), *rows, *more))
    told = [b.who for b in found if b.rule == "interpreters_stay_with_their_applicant"]
    assert told == [("A1", "I1", "I2"), ("A2",)]


def test_interpreters_move_with_their_applicant_between_exercises() -> None:
    """No time to move is a breach for all three of them, though the interpreters stay in the room."""
    problem = replace(tiny_problem(), interpreters=(Interpreter("I1"), Interpreter("I2")), move_minutes=11)
    found = [b for b in breaches_of(problem, tiny_timetable()) if b.session == "S2"]
    short = sorted({(b.rule, *b.who) for b in found if b.who[0] in ("A3", "I1", "I2")})
    assert short == [("person_has_time_to_move", who) for who in ("A3", "I1", "I2")]


def test_one_group_serves_the_session_and_each_run_has_just_one() -> None:
    rows = [r for r in tiny_timetable().entries if (r.session, r.person) == ("S2", "G2")]
    second = [replace(row, person="G3") for row in rows]
    found = breaches_of(tiny_problem(), with_more_rows(tiny_timetable(), *second), check_rotations=False)
    assert [(b.rule, b.who, b.size) for b in found] == [
        ("session_has_one_service_user_group", ("G2", "G3"), 1)
    ]


def test_role_player_may_play_in_two_sessions() -> None:
    timetable = with_row(tiny_timetable(), "RP3", "interview", person="RP1")
    assert broken(tiny_problem(), timetable) == []
