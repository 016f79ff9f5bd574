"""The clock of an offer in words."""

from __future__ import annotations

import datetime

import pytest

from api.presenters.offers_page import clock_words, in_words, weekday_and_time

NOON = datetime.datetime(2015, 8, 5, 12)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "now"),
        (1, "in 1 minute"),
        (59, "in 59 minutes"),
        (60, "in 1 hour"),
        (119, "in 1 hour"),
        (47 * 60, "in 47 hours"),
        (48 * 60, "in 2 days"),
        (-30, "30 minutes ago"),
        (-60 * 24 * 3, "3 days ago"),
    ],
)
def test_how_long_it_is_yet(minutes: int, words: str) -> None:
    assert in_words(NOON + datetime.timedelta(minutes=minutes), NOON) == words


def test_when_and_how_long() -> None:
    ends = datetime.datetime(2015, 8, 5, 18, 20)
    assert clock_words(ends, NOON) == "by Wed 5 August, 18:20, in 6 hours"
    assert (clock_words(ends), weekday_and_time(ends)) == ("Wed 5 August, 18:20", "Wed 5 August 2015, 18:20")
