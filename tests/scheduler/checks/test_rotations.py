"""Rotations: what each kind of wrong meeting is told as, on S1's round of A1, A2 with U1, U2."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.checks import breaches_of
from tests.builders import at, tiny_problem, tiny_timetable, with_meetings

ONCE = "rotation_brings_everybody_together_once"
ONE_AT_A_TIME = "rotation_has_one_meeting_at_a_time"


def details(index: int, **change: object) -> list[tuple[str, str]]:
    """The breaches when one meeting of the tiny timetable is otherwise (0 to 3 are in S1)."""
    meetings = list(tiny_timetable().meetings)
    meetings[index] = replace(meetings[index], **change)  # type: ignore[arg-type]
    found = breaches_of(tiny_problem(), with_meetings(tiny_timetable(), meetings))
    return [(breach.rule, breach.detail) for breach in found]


def test_run_without_any_meeting_is_one_breach() -> None:
    kept = [meeting for meeting in tiny_timetable().meetings if meeting.session != "S1"]
    (breach,) = breaches_of(tiny_problem(), with_meetings(tiny_timetable(), kept))
    assert (breach.rule, breach.size) == (ONCE, 4)
    assert breach.detail == "Run G-1 of round in S1 (11:00-11:15) has no rotation."


def test_meeting_with_the_wrong_service_user_is_told_for_both() -> None:
    assert details(3, service_user="U1") == [
        (ONCE, "A1 meets U1 twice in run G-1 of round in S1 instead of once."),
        (ONCE, "A1 meets U2 not at all in run G-1 of round in S1 instead of once."),
        (ONE_AT_A_TIME, "A2 meets U1 in round 2 of G-1 (11:05-11:10), while A1 meets U1 (11:05-11:10)."),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("11:00", "11:05"), "(11:00-11:05), while A1 meets U1 (11:00-11:05)"),
        (("11:05", "11:11"), "(11:05-11:11), which is 6 minutes instead of 5"),
        (("11:10", "11:15"), "(11:10-11:15), outside the applicant's time there, which is 11:00-11:10"),
    ],
)
def test_meeting_at_another_time_is_one_breach(change: tuple[str, str], fault: str) -> None:
    start, end = change
    wanted = [(ONE_AT_A_TIME, f"A1 meets U2 in round 2 of G-1 {fault}.")]
    assert details(3, start=at(start), end=at(end)) == wanted


def test_rounds_out_of_order_are_a_breach() -> None:
    swapped = [
        replace(meeting, round=3 - meeting.round) if meeting.session == "S1" else meeting
        for meeting in tiny_timetable().meetings
    ]
    found = breaches_of(tiny_problem(), with_meetings(tiny_timetable(), swapped))
    assert [breach.detail for breach in found] == [
        "Round 2 (11:00-11:05) does not follow round 1 (11:05-11:10) in run G-1 of round in S1."
    ]


def test_meeting_of_a_run_that_does_not_rotate_is_a_breach() -> None:
    extra = replace(tiny_timetable().meetings[0], sitting="W-1")
    found = breaches_of(tiny_problem(), with_meetings(tiny_timetable(), [*tiny_timetable().meetings, extra]))
    assert [breach.detail for breach in found] == [
        "A1 meets U1 in round 1 of W-1 (11:00-11:05), and W-1 is no rotating run of S1."
    ]
