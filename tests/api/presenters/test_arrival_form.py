"""Dates as people type them, and back."""

from __future__ import annotations

import pytest

from api.presenters.arrival_form import day_first, iso_date


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("20 7 2015", "2015-07-20"),
        ("20/07/2015", "2015-07-20"),
        (" 2-7-2015 ", "2015-07-02"),
        ("2015-07-20", "2015-07-20"),
        ("Monday", "Monday"),
    ],
)
def test_dates_are_taken_day_first(typed: str, iso: str) -> None:
    assert iso_date(typed) == iso


def test_kept_date_is_shown_day_first() -> None:
    assert (day_first("2015-07-02"), day_first("")) == ("2 7 2015", "")
