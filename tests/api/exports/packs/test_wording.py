"""Dates, times and counts as papers say them."""

from __future__ import annotations

import datetime

import pytest

from api.exports.packs.wording import (
    anchor_name,
    counted,
    day_and_date,
    half_day,
    hours,
    listed,
    long_date,
    percent_of,
    plain_name,
)


def test_date_is_written_out_in_english() -> None:
    date = datetime.date(2015, 7, 14)
    assert (long_date(date), day_and_date(date)) == ("14 July 2015", "Tuesday 14 July 2015")


def test_hours_are_24_hour_clock_faces() -> None:
    assert hours(545, 1005) == "09:05 to 16:45"


@pytest.mark.parametrize(("start", "half"), [(0, "morning"), (719, "morning"), (720, "afternoon")])
def test_half_day_changes_at_noon(start: int, half: str) -> None:
    assert half_day(start) == half


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 places"), (1, "1 place"), (26, "26 places"), (4560, "4,560 places")]
)
def test_count_takes_the_plural_it_needs(number: int, words: str) -> None:
    assert counted(number, "place") == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_list_ends_in_and(items: list[str], words: str) -> None:
    assert listed(items) == words


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("A017", "A017"),
        ("../../etc/passwd", "etc-passwd"),
        ("A/B C", "A-B-C"),
        ("…", "unnamed"),
        ("a.b", "a-b"),
    ],
)
def test_plain_name_is_safe_on_every_computer(reference: str, name: str) -> None:
    assert plain_name(reference) == name


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, 0), (22, 26, 85), (1, 8, 13), (3, 3, 100)])
def test_percent_is_rounded_half_up(part: int, whole: int, percent: int) -> None:
    assert percent_of(part, whole) == percent


def test_anchor_is_another_one_for_every_reference() -> None:
    references = ("H1", "H-1", "H.1", "H 1", "H_1", "H_2e_1", "h1")
    anchors = [anchor_name(reference) for reference in references]
    assert anchors == ["H1", "H-1", "H_2e_1", "H_20_1", "H_5f_1", "H_5f_2e_5f_1", "h1"]
