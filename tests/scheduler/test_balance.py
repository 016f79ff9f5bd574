"""The measure of rotations, on orders that can be counted by hand."""

from __future__ import annotations

from collections import Counter

from scheduler.balance import RotationBalance, follows_of, rotation_balances
from scheduler.timetable import Meeting


def meetings(session: str, sitting: str, *orders: str) -> list[Meeting]:
    """A run of applicants 1, 2 and so on: "UV-W" is U, then V, then a rest, then W."""
    return [
        Meeting(session, sitting, number + 1, number, number + 1, user, f"{sitting}{applicant}")
        for applicant, order in enumerate(orders, start=1)
        for number, user in enumerate(order)
        if user != "-"
    ]


def test_follows_are_counted_within_one_applicants_run_and_over_rests() -> None:
    rows = [*meetings("S1", "R", "UV-W", "WU-V"), *meetings("S1", "T", "UV")]
    assert follows_of(rows) == Counter({("U", "V"): 3, ("V", "W"): 1, ("W", "U"): 1})


def test_runs_of_one_name_in_two_sessions_are_two_runs() -> None:
    rows = [*meetings("S1", "R", "UV"), *meetings("S2", "R", "WX")]
    assert follows_of(rows) == Counter({("U", "V"): 1, ("W", "X"): 1})


def test_square_in_which_everybody_follows_everybody_once_is_even() -> None:
    rows = meetings("S1", "R", "UVXW", "VWUX", "WXVU", "XUWV")
    assert rotation_balances(rows) == (RotationBalance("S1", 1, 1, 0, 0, 0, 0),)


def test_pair_that_never_follows_counts_as_none() -> None:
    rows = meetings("S1", "R", "UVW", "VWU", "WUV")
    assert rotation_balances(rows) == (RotationBalance("S1", 0, 2, 0, 0, 0, 0),)


def test_rests_of_applicants_are_counted_and_those_in_a_row() -> None:
    """Four applicants, two service users; in the second run all applicants rest two rounds running."""
    spread = meetings("S1", "R", "U-V-", "-U-V", "V-U-", "-V-U")
    assert rotation_balances(spread) == (RotationBalance("S1", 2, 2, 8, 0, 0, 0),)
    in_a_row = meetings("S1", "R", "UV--", "--UV", "VU--", "--VU")
    assert rotation_balances(in_a_row) == (RotationBalance("S1", 2, 2, 8, 4, 0, 0),)


def test_rests_of_service_users_are_counted_by_round_over_the_session() -> None:
    """In each run U rests in round 3, V in round 2 and W in round 1."""
    rows = [*meetings("S1", "R", "UWV", "VUW"), *meetings("S1", "T", "UWV", "VUW")]
    assert rotation_balances(rows) == (RotationBalance("S1", 0, 4, 6, 0, 0, 2),)


def test_sessions_are_told_apart_and_one_service_user_follows_nobody() -> None:
    rows = [*meetings("S2", "R", "U-", "-U"), *meetings("S1", "R", "UV", "VU")]
    assert rotation_balances(rows) == (
        RotationBalance("S1", 1, 1, 0, 0, 0, 0),
        RotationBalance("S2", 0, 0, 2, 0, 0, 0),
    )
