"""One session by formula, against the figures published for a known rate and against plain enumeration."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.forecast.exact import (
    absence_at_known_rate,
    attendance_chances,
    idle_panels,
    interviews_by_panel,
    outlook,
)
from scheduler.forecast.rate import AttendanceRate

RATE = AttendanceRate(87, 106)
# A thousand times as many people of the same share: as good as known.
KNOWN = AttendanceRate(87_000, 106_000)


def test_session_of_twelve_has_an_absence_in_91_of_100() -> None:
    assert round(100 * absence_at_known_rate(RATE.observed, 12)) == 91


@pytest.mark.parametrize("booked", [12, 13, 14, 15])
def test_overflow_at_a_known_rate_is_binomial(booked: int) -> None:
    """As in the domain note for 13, 14 and 15 booked: 7.7, 25 and 48 %."""
    share = KNOWN.mean
    binomial = sum(
        math.comb(booked, come) * share**come * (1 - share) ** (booked - come)
        for come in range(13, booked + 1)
    )
    assert outlook(KNOWN, booked, 12, 4).overflow == pytest.approx(binomial, abs=0.0005)
    assert int(100 * binomial) == {12: 0, 13: 7, 14: 25, 15: 47}[booked]


def test_overflow_is_likelier_where_the_rate_is_not_known() -> None:
    overflow = [round(100 * outlook(RATE, booked, 12, 4).overflow, 2) for booked in (12, 13, 14, 15)]
    assert overflow == [0.0, 8.49, 26.44, 47.72]


@given(st.integers(0, 40), st.integers(0, 60), st.integers(0, 40))
def test_chances_are_a_distribution_with_the_expected_mean(booked: int, attended: int, more: int) -> None:
    rate = AttendanceRate(attended, max(1, attended + more))
    chances = attendance_chances(rate, booked)
    assert math.isclose(sum(chances), 1, rel_tol=1e-9)
    assert math.isclose(sum(k * c for k, c in enumerate(chances)), booked * rate.mean, abs_tol=1e-9)


@given(st.integers(0, 7), st.integers(1, 30), st.integers(0, 30))
def test_chances_are_those_of_people_who_come_one_by_one(booked: int, attended: int, absent: int) -> None:
    """Each comes with the chance that those before them leave to be believed (Pólya's urn)."""
    rate = AttendanceRate(attended, attended + absent)
    summed = [0.0] * (booked + 1)
    for coming in itertools.product((True, False), repeat=booked):
        chance = 1.0
        for number, comes in enumerate(coming):
            came = sum(coming[:number])
            share = (rate.alpha + came) / (rate.alpha + rate.beta + number)
            chance *= share if comes else 1 - share
        summed[sum(coming)] += chance
    assert attendance_chances(rate, booked) == pytest.approx(summed)


@given(st.integers(1, 30), st.integers(1, 20))
def test_whoever_comes_is_seen_or_turned_away(booked: int, interviews: int) -> None:
    look = outlook(RATE, booked, interviews, 1)
    assert math.isclose(interviews - look.empty + look.turned_away, booked * RATE.mean, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("come", "idle"), [(0, 4), (1, 3), (3, 3), (4, 2), (9, 1), (10, 0), (12, 0), (15, 0)]
)
def test_idle_panels_are_those_left_when_the_fullest_are_filled(come: int, idle: int) -> None:
    assert idle_panels((3, 3, 3, 3), come) == idle


def test_interviews_are_shared_evenly_over_panels() -> None:
    assert (interviews_by_panel(11, 4), interviews_by_panel(3, 0)) == ((3, 3, 3, 2), ())
