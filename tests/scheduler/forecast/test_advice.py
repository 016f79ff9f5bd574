"""How many to book: the most that keeps within the risk, for each kind of session."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.forecast.advice import advice_for
from scheduler.forecast.rate import AttendanceRate
from scheduler.forecast.simulate import BookedSession

RATE = AttendanceRate(87, 106)
TWELVE = BookedSession("S1", 12, 12, 4)


@pytest.mark.parametrize(("percent", "book"), [(0, 12), (5, 12), (8, 12), (9, 13), (27, 14), (48, 15)])
def test_booking_is_the_most_within_the_risk(percent: int, book: int) -> None:
    (advice,) = advice_for([TWELVE], RATE, percent / 100, 10, 0)
    assert advice.book == book
    assert advice.line.by_formula.booked == book


def test_table_runs_from_fewer_to_an_even_chance_of_overflow() -> None:
    (advice,) = advice_for([TWELVE], RATE, 0.05, 10, 0)
    assert [line.by_formula.booked for line in advice.lines] == [10, 11, 12, 13, 14, 15, 16]
    assert [line.played.booked for line in advice.lines] == [10, 11, 12, 13, 14, 15, 16]


def test_like_sessions_are_advised_together_the_commonest_first() -> None:
    sessions = [
        BookedSession("S1", 3, 3, 1),
        TWELVE,
        BookedSession("S2", 11, 12, 4),
        BookedSession("S3", 0, 0, 0),
    ]
    sessions[1] = BookedSession("S4", 12, 12, 4)
    advice = advice_for(sessions, RATE, 0.05, 10, 0)
    assert [(each.interviews, each.sessions) for each in advice] == [(12, ("S4", "S2")), (3, ("S1",))]


@settings(max_examples=40)
@given(st.integers(1, 30), st.integers(1, 99), st.integers(0, 49))
def test_booking_never_goes_beyond_the_risk_nor_below_what_is_safe(
    interviews: int, attended: int, percent: int
) -> None:
    rate = AttendanceRate(attended + 33, 132)
    (advice,) = advice_for([BookedSession("S1", 1, interviews, 1)], rate, percent / 100, 1, 0)
    further = [line.by_formula for line in advice.lines if line.by_formula.booked > advice.book]
    assert advice.book >= interviews
    assert advice.line.by_formula.overflow <= percent / 100
    assert all(look.overflow > percent / 100 for look in further)
    assert further
