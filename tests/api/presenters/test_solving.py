"""What a run found, in words for whoever is no programmer."""

from __future__ import annotations

from dataclasses import replace

from api.presenters.solving import (
    NoPlaceCard,
    SolvingLine,
    State,
    WayCard,
    no_place_cards,
    progress_lines,
    result_lines,
    solving_headline,
    way_record,
)
from scheduler.explanation import (
    Case,
    Change,
    ChangeKind,
    Explanation,
    Obstacle,
    ObstacleKind,
    Reason,
    WayOut,
)
from scheduler.result import STOPPED_TOO_SOON, Progress, Result, Status, TierOutcome, Unplaced
from scheduler.timetable import timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign
from tests.builders import tiny_timetable, without_rows

PROVEN = (TierOutcome("unplaced", 0, 0, True), TierOutcome("panel_half_days", 3, 3, True))
DONE = Result(Status.OPTIMAL, tiny_timetable(), PROVEN, (), 1.0, 0, 1, 0.5)


def headline(**changes: object) -> str:
    return solving_headline(tiny_campaign(), replace(DONE, **changes))  # type: ignore[arg-type]


def test_headline_says_who_has_a_place_and_what_it_takes() -> None:
    assert headline() == "All 4 applicants have a place. 3 panels are needed and no plan needs fewer."
    found = (PROVEN[0], TierOutcome("panel_half_days", 3, 2, False))
    assert headline(objective=found) == (
        "All 4 applicants have a place. 3 panels are needed; no plan can need fewer than 2."
    )


def test_headline_says_how_many_have_no_place_and_whether_that_is_proven() -> None:
    left = without_rows(tiny_timetable(), session="S3")
    missing = (Unplaced("A4", "why"),)
    proven = (TierOutcome("unplaced", 1, 1, True),)
    assert headline(timetable=left, unplaced=missing, objective=proven) == (
        "3 of 4 applicants have a place, and no plan places more. 2 panels are needed."
    )
    open_ = (TierOutcome("unplaced", 1, 0, False),)
    assert headline(timetable=left, unplaced=missing, objective=open_) == (
        "3 of 4 applicants have a place; whether more can, up to 4, was not settled in the time."
        " 2 panels are needed."
    )


def test_headline_of_a_run_without_a_timetable_says_so() -> None:
    nothing = timetable_of([])
    assert headline(status=Status.UNKNOWN, timetable=nothing) == "No timetable was found in the time."
    stopped = (Unplaced("A1", STOPPED_TOO_SOON),)
    assert headline(status=Status.FEASIBLE, timetable=nothing, unplaced=stopped) == STOPPED_TOO_SOON
    assert headline(status=Status.INFEASIBLE, timetable=nothing) == (
        "It is proven that no timetable keeps all the rules and pins."
    )


def test_result_lines_say_what_is_proven_and_what_is_the_best_found() -> None:
    objective = (
        PROVEN[1],
        TierOutcome("idle_minutes", 10, 5, False),
        TierOutcome("sessions_held", 3, 0, False, "x"),
    )
    lines = result_lines(tiny_campaign(), replace(DONE, objective=objective))
    assert [line.sentence for line in lines] == [
        "3 panels: proven, no plan does better.",
        "10 minutes is the best found; no plan can do better than 5 minutes.",
        "3 sessions is the best found (x).",
    ]


def test_progress_lines_tell_the_latest_of_each_aim() -> None:
    told = [
        Progress(0.1, "unplaced", 0, 0, True),
        Progress(0.2, "panel_half_days", None, 2),
        Progress(0.3, "panel_half_days", 4, 2),
        Progress(0.4, "unplaced", 0, None),
        Progress(0.5, "sessions_held", 3, None),
        Progress(0.6, "panel_half_days", 3, 2),
    ]
    lines = progress_lines(tiny_campaign(), told)
    assert [(line.key, line.state, line.value, line.bound) for line in lines[:4]] == [
        ("unplaced", State.PROVEN, 0, 0),
        ("panel_half_days", State.LOOKING, 3, 2),
        ("sessions_held", State.FOUND, 3, None),
        ("without_first_choice_member", State.WAITING, None, None),
    ]
    assert [line.sentence for line in lines[:4]] == [
        "0 applicants: proven, no plan does better.",
        "Looking: 3 panels so far; no plan can do better than 2 panels.",
        "3 sessions is the best found.",
        "Not begun.",
    ]


def test_progress_line_of_a_value_that_got_worse_is_no_longer_proven() -> None:
    told = [Progress(0.1, "panel_half_days", 3, 3, True), Progress(0.2, "panel_half_days", 2, None)]
    assert progress_lines(tiny_campaign(), told)[1] == SolvingLine(
        key="panel_half_days",
        aim="Fewest panels to staff, over all sessions",
        state=State.LOOKING,
        value=2,
        bound=None,
        value_words="2 panels",
        bound_words="",
        sentence="Looking: 2 panels so far.",
    )


def test_no_place_card_has_people_reasons_and_ways_out_with_their_cost() -> None:
    way = WayOut(
        (Change(ChangeKind.HALF_DAYS, ("B1",), 1), Change(ChangeKind.ROLE_PLAYER, ("S1",))), 1, 1, True
    )
    reason = Reason((Obstacle(ObstacleKind.INTERVIEWS_MAX),), True)
    case = Case(("A4",), False, (reason,), True, (way,), "counting")
    explanation = Explanation(4, 3, True, False, (case,), 1.0)
    (card,) = no_place_cards(tiny_campaign(), explanation)
    assert card == NoPlaceCard(
        headline="Dina Dale (A4) has no place.",
        applicants=(("A4", "Dina Dale"),),
        reasons=(("a panel sees at most 3 applicants in a session (panel_interviews_max)",),),
        ways=(
            WayCard(
                sentence=(
                    "One more half-day of B1 and one more role player on Tuesday 14 July 2015 in the"
                    " morning (S1): gives them a session."
                ),
                doing=(
                    "one more half-day of B1",
                    "one more role player on Tuesday 14 July 2015 in the morning (S1)",
                ),
                cost="People or rooms to be found",
                record=way_record(way),
            ),
        ),
        fallback="counting",
    )
    assert way_record(way) == {
        "changes": [
            {"kind": "half_days", "target": ["B1"], "size": 1},
            {"kind": "role_player", "target": ["S1"], "size": 1},
        ],
        "places": 1,
        "of": 1,
        "least": True,
    }


def test_no_place_card_of_several_says_how_many() -> None:
    case = Case(("A1", "A4"), True, (), False, (), "counting")
    (card,) = no_place_cards(tiny_campaign(), Explanation(4, 2, False, False, (case,), 1.0))
    assert card.headline == "2 applicants have no place, together for the same reason."
