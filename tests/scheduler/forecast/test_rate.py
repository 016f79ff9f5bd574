"""The rate of attendance: the published figures of 2015, and intervals that lead back to their rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.forecast.rate import AttendanceRate, rate_of_interval


def test_interval_of_2015_is_the_published_one_of_non_attendance() -> None:
    low, high = AttendanceRate(87, 106).interval
    assert (round(100 * (1 - high), 1), round(100 * (1 - low), 1)) == (11.8, 26.3)


def test_rate_to_expect_is_a_little_nearer_to_a_half() -> None:
    rate = AttendanceRate(87, 106)
    assert (round(rate.observed, 4), round(rate.mean, 4)) == (0.8208, 0.8178)


@given(st.integers(2, 500), st.data())
def test_interval_leads_back_to_its_rate(invited: int, data: st.DataObject) -> None:
    attended = data.draw(st.integers(1, invited - 1))
    back = rate_of_interval(*AttendanceRate(attended, invited).interval)
    assert (back.attended, back.invited) == pytest.approx((attended, invited), rel=1e-6)


@pytest.mark.parametrize(("low", "high"), [(0.9, 0.8), (0.8, 0.8), (0.0, 0.8), (0.5, 1.0), (-0.1, 1.2)])
def test_interval_that_is_none_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        rate_of_interval(low, high)


@given(st.floats(0.001, 0.998), st.floats(0.0005, 0.5))
def test_any_interval_has_its_rate_or_is_refused(low: float, width: float) -> None:
    high = min(low + width, 0.9995)
    try:
        rate = rate_of_interval(low, high)
    except ValueError:
        return
    assert rate.interval == pytest.approx((low, high), abs=1e-6)
