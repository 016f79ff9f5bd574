"""One cell at a time: what is accepted, how it is spelled, and what is refused with which words."""

from __future__ import annotations

import pytest

from api.imports.cells import Unreadable, spelled
from api.imports.kinds import Column, Kind


def column(kind: Kind, **more: object) -> Column:
    return Column("here", kind, "", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "spelling"),
    [
        (Kind.NAME, "A 017.b-c_d", "A 017.b-c_d"),
        (Kind.NAME, "Ünal", "Ünal"),
        (Kind.TEXT, "=SUM(A1)", "=SUM(A1)"),
        (Kind.WHOLE, "007", "007"),
        (Kind.WHOLE, "-4", "-4"),
        (Kind.DECIMAL, "0.50", "0.50"),
        (Kind.YES_NO, "YES", "yes"),
        (Kind.DATE, "2015-07-14", "2015-07-14"),
        (Kind.DATE, "2015-07-14 00:00:00", "2015-07-14"),
        (Kind.DATE, "14 July 2015", "2015-07-14"),
        (Kind.DATE, "1 sep 2015", "2015-09-01"),
        (Kind.DATE, "29 Feb 2016", "2016-02-29"),
        (Kind.TIME, "9:05", "09:05"),
        (Kind.TIME, "09:05:00", "09:05"),
        (Kind.TIME, "23:59", "23:59"),
        (Kind.MOMENT, "2015-08-03 9:20", "2015-08-03 09:20"),
        (Kind.MOMENT, "2015-08-03T16:20:00", "2015-08-03 16:20"),
        (Kind.MOMENT, "3 August 2015, 9:20", "2015-08-03 09:20"),
        (Kind.LIST, " a ; b;", "a;b"),
        (Kind.EMAIL, "a@example.org", "a@example.org"),
    ],
)
def test_cell_is_spelled_as_the_format_does(kind: Kind, text: str, spelling: str) -> None:
    assert spelled(column(kind), text) == spelling


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.NAME, "a/b"),
        (Kind.NAME, "../a"),
        (Kind.NAME, "a;b"),
        (Kind.NAME, "=a"),
        (Kind.NAME, "x" * 41),
        (Kind.WHOLE, "12.0"),
        (Kind.WHOLE, "1e5"),
        (Kind.WHOLE, "1,000"),
        (Kind.WHOLE, "٣"),
        (Kind.WHOLE, "9" * 16),
        (Kind.DECIMAL, "0,5"),
        (Kind.DECIMAL, "nan"),
        (Kind.DECIMAL, "1/2"),
        (Kind.YES_NO, "TRUE"),
        (Kind.YES_NO, "y"),
        (Kind.DATE, "14/07/2015"),
        (Kind.DATE, "07/14/2015"),
        (Kind.DATE, "14-07-2015"),
        (Kind.DATE, "2015-7-14"),
        (Kind.DATE, "14 July 15"),
        (Kind.DATE, "29 February 2015"),
        (Kind.DATE, "1915-07-14"),
        (Kind.DATE, "42199"),
        (Kind.TIME, "9.00"),
        (Kind.TIME, "9am"),
        (Kind.TIME, "24:00"),
        (Kind.TIME, "09:60"),
        (Kind.TIME, "09:00:30"),
        (Kind.TIME, "0.375"),
        (Kind.MOMENT, "2015-08-03"),
        (Kind.MOMENT, "3 August 2015"),
        (Kind.MOMENT, "03/08/2015 16:20"),
        (Kind.LIST, "a;b;a"),
        (Kind.LIST, ";"),
        (Kind.EMAIL, "a@b@c"),
        (Kind.EMAIL, "a@b\nBcc: c@d"),
    ],
)
def test_cell_is_refused_with_what_was_found(kind: Kind, text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        spelled(column(kind), text)
    assert text.split()[0][:40] in refused.value.found


def test_words_of_a_choice_are_read_in_any_case() -> None:
    assert spelled(column(Kind.CHOICE, words=("hard", "soft")), "Soft") == "soft"


def test_word_outside_a_choice_is_refused_with_the_choice() -> None:
    with pytest.raises(Unreadable) as refused:
        spelled(column(Kind.CHOICE, words=("hard", "soft", "off")), "firm")
    assert (refused.value.found, refused.value.wanted) == ('"firm"', "hard, soft or off")


@pytest.mark.parametrize("text", ["0", "11", "-1"])
def test_number_outside_its_limits_is_refused_with_them(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        spelled(column(Kind.WHOLE, least=1, most=10), text)
    assert (refused.value.found, refused.value.wanted) == (f'"{text}"', "a whole number from 1 to 10")


def test_empty_cell_is_refused_only_where_one_is_required() -> None:
    assert spelled(column(Kind.DATE), "") == ""
    with pytest.raises(Unreadable) as refused:
        spelled(column(Kind.DATE, required=True), "")
    assert refused.value.found == "an empty cell"
