"""Rates in words, and what sessions of a timetable, or of none, can interview."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.errors import BadInput
from api.services.forecast_attendance import counted_sessions, rate_from, timetabled_sessions
from scheduler.forecast.rate import AttendanceRate
from scheduler.forecast.simulate import BookedSession
from scheduler.timetable import timetable_of
from tests.builders import tiny_problem, tiny_timetable, without_rows


@pytest.mark.parametrize(
    ("text", "of", "attended", "invited"),
    [
        ("87/106", None, 87, 106),
        (" 87 / 106 ", None, 87, 106),
        ("0.82", 50, 41, 50),
        ("82%", 50, 41, 50),
        ("1", 7, 7, 7),
    ],
)
def test_rate_is_read_from_words(text: str, of: int | None, attended: float, invited: float) -> None:
    rate = rate_from(text, of)
    assert (rate.attended, rate.invited) == pytest.approx((attended, invited))


def test_interval_of_2015_is_87_of_106() -> None:
    rate = rate_from("0.73694..0.88214", None)
    assert (round(rate.attended), round(rate.invited)) == (87, 106)
    assert rate_from("73.694%..88.214%", None).invited == pytest.approx(rate.invited)


@pytest.mark.parametrize(
    ("text", "of"),
    [("", None), ("88/87", None), ("82", 50), ("-1/5", None), ("0.5..", None), ("..", None), ("0.1..0.9", 5)],
)
def test_rate_that_says_nothing_is_refused(text: str, of: int | None) -> None:
    with pytest.raises(BadInput):
        rate_from(text, of)


def test_rate_at_which_hardly_anybody_comes_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        rate_from("1/100", None)
    assert [fault.wanted for fault in refused.value.faults] == [
        "the share who come, at least a quarter of them"
    ]
    assert rate_from("3/10", None) == AttendanceRate(3, 10)


def test_sessions_of_a_timetable_interview_what_their_panels_can() -> None:
    assert timetabled_sessions(tiny_problem(), tiny_timetable()) == [
        BookedSession("S1", 2, 3, 1, (2,)),
        BookedSession("S2", 1, 3, 1, (1,)),
        BookedSession("S3", 1, 3, 1, (1,)),
    ]


def test_session_whose_interviews_are_not_on_panels_is_played_as_a_whole() -> None:
    rows = without_rows(tiny_timetable(), person="A1", exercise="interview")
    (first, *_) = timetabled_sessions(tiny_problem(), rows)
    assert first == BookedSession("S1", 2, 3, 1, ())


def test_empty_timetable_has_no_sessions() -> None:
    assert timetabled_sessions(tiny_problem(), timetable_of([])) == []


def test_without_a_timetable_every_session_is_booked_to_its_count() -> None:
    problem = tiny_problem()
    assert counted_sessions(problem) == [BookedSession(f"S{n}", 6, 6, 2) for n in (1, 2, 3)]
    assert counted_sessions(replace(problem, sessions=())) == []
