"""Dates and moments as people type them, and back."""

from __future__ import annotations

import pytest

from api.presenters.typed_times import day_first, typed_date, typed_moment
from api.templating import moment_words


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("20 7 2015", "2015-07-20"),
        ("20/07/2015", "2015-07-20"),
        (" 2-7-2015 ", "2015-07-02"),
        ("20 July 2015", "2015-07-20"),
        ("31 6 2015", "31 6 2015"),
        ("2015-07-20", "2015-07-20"),
        ("Monday", "Monday"),
    ],
)
def test_dates_are_taken_day_first(typed: str, iso: str) -> None:
    assert typed_date(typed) == iso


@pytest.mark.parametrize(
    "typed",
    [
        "3 8 2015 16:20",
        "3/8/2015, 16:20",
        " 03.08.2015 16.20 ",
        "3-8-2015 at 16:20",
        "2015-08-03 16:20",
        "2015-08-03T16:20",
        "3 August 2015, 16:20",
        "3 Aug 2015 16:20",
        "3 August 2015 at 16:20",
    ],
)
def test_a_moment_is_taken_day_first_in_words_or_as_tables_have_it(typed: str) -> None:
    assert typed_moment(typed) == "2015-08-03 16:20"


@pytest.mark.parametrize(
    "typed", ["", "soon", "3 8 2015", "16:20", "2015-08-03", "3 8 15 16:20", "31 6 2015 9:00"]
)
def test_what_is_no_moment_stays_as_typed(typed: str) -> None:
    assert (typed_moment(typed), moment_words(typed)) == (typed, typed)


def test_kept_date_is_shown_day_first() -> None:
    assert (day_first("2015-07-02"), day_first("")) == ("2 7 2015", "")


def test_a_kept_moment_is_shown_in_words_that_can_be_sent_back() -> None:
    shown = moment_words("2015-08-03 09:05")
    assert (shown, typed_moment(shown)) == ("3 August 2015, 09:05", "2015-08-03 09:05")
