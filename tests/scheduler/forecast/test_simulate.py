"""Plays of whole campaigns: as the formula says where there is one, and the same again from the same seed."""

from __future__ import annotations

import math

import pytest

from scheduler.forecast.exact import attendance_chances, outlook
from scheduler.forecast.rate import AttendanceRate
from scheduler.forecast.simulate import BookedSession, play_bookings, play_campaign

RATE = AttendanceRate(87, 106)
PLAYS = 4_000
# Four standard errors: with a fixed seed this either holds or does not, today and always.
ERRORS = 4


def test_bookings_are_played_as_the_formula_says() -> None:
    bookings = (10, 12, 13, 14, 15)
    # One session a play, so that plays are independent of each other.
    for played in play_bookings(12, 1, bookings, RATE, PLAYS, seed=7):
        look = outlook(RATE, played.booked, 12, 4)
        error = math.sqrt(look.overflow * (1 - look.overflow) / PLAYS)
        assert played.overflow == pytest.approx(look.overflow, abs=ERRORS * error)
        assert played.any_overflow == played.overflow
        assert played.empty == pytest.approx(look.empty, abs=ERRORS * 2.2 / math.sqrt(PLAYS))


def test_whole_campaign_attends_as_the_formula_says() -> None:
    sessions = [BookedSession(f"S{n}", 12, 12, 4, (3, 3, 3, 3)) for n in range(3)]
    played = play_campaign(sessions, RATE, PLAYS, seed=3)
    chances = attendance_chances(RATE, 36)
    mean = sum(come * chance for come, chance in enumerate(chances))
    spread = math.sqrt(sum(chance * (come - mean) ** 2 for come, chance in enumerate(chances)))
    assert played.come == pytest.approx(mean, abs=ERRORS * spread / math.sqrt(PLAYS))
    below = sum(chance for come, chance in enumerate(chances) if come <= played.come_at(0.05))
    assert 0.05 <= below + 0.02 < 0.05 + 0.02 + chances[played.come_at(0.05)] + 0.02


def test_session_is_played_as_the_formula_says() -> None:
    session = BookedSession("S1", 14, 12, 4, (4, 4, 3, 3))
    (played,) = play_campaign([session], RATE, PLAYS, seed=1).sessions
    look = outlook(RATE, 14, 12, 4)
    assert (played.overflow, played.absence) == pytest.approx((look.overflow, look.absence), abs=0.03)
    assert (played.empty, played.idle, played.turned_away) == pytest.approx(
        (look.empty, look.idle, look.turned_away), abs=0.08
    )


def test_sessions_share_their_year() -> None:
    """Overflow comes together: at least one of nine is rarer than were they nine campaigns."""
    (played,) = play_bookings(12, 9, [14], AttendanceRate(5, 6), PLAYS, seed=0)
    apart = 1 - (1 - played.overflow) ** 9
    assert played.overflow < played.any_overflow < apart - 0.1


def test_same_seed_gives_the_same_plays_and_another_seed_others() -> None:
    sessions = [BookedSession("S1", 12, 12, 4, (3, 3, 3, 3)), BookedSession("S2", 7, 9, 3)]
    one, again, other = (play_campaign(sessions, RATE, 200, seed) for seed in (5, 5, 6))
    assert one == again
    assert one != other
    assert play_bookings(3, 2, [3, 4], RATE, 50, 5) == play_bookings(3, 2, [3, 4], RATE, 50, 5)


def test_panels_all_of_whose_applicants_stay_away_are_told() -> None:
    nobody = AttendanceRate(0, 1_000_000)
    (played,) = play_campaign([BookedSession("S1", 4, 6, 2, (2, 2))], nobody, 50, 0).sessions
    assert (played.come, played.empty, played.idle, played.empty_panels) == (0, 6, 2, 2)


def test_everybody_comes_at_a_rate_of_one() -> None:
    everybody = AttendanceRate(10_000_000, 10_000_000)
    played = play_campaign([BookedSession("S1", 4, 3, 1, (4,))], everybody, 50, 0)
    assert (played.come, played.any_overflow, played.sessions[0].turned_away) == (4, 1, 1)
