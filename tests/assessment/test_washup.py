"""The wash-up: what is on the agenda, in which order and for whom, and what somebody should look at again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.ratings import AgreedRating, Rating
from assessment.scoring import score_sheet
from assessment.washup import (
    Discrepancy,
    PanelAgenda,
    Remark,
    SettledCell,
    agenda_by_panel,
    settled_cells,
    washup_agenda,
)
from tests.assessment.builders import agreed, framework, ratings


def test_agenda_has_the_widest_gap_first_and_says_what_is_settled() -> None:
    given = ratings("A02", ["1 3", "3 4", "3 3", "5 1 4"]) + ratings("A01", ["3 3", "1 4", "2 4", ""])
    sheet = score_sheet(framework(), ["A02", "A01"], given, [agreed("A02", "written", "analysis", "4")])
    one, two, three, four, five = (Fraction(number) for number in range(1, 6))
    assert washup_agenda(framework(), sheet) == (
        Discrepancy("A02", "written", "analysis", (one, four, five), four, four),
        Discrepancy("A01", "interview", "analysis", (one, four), three, None),
        Discrepancy("A01", "service_users", "empathy", (two, four), two, None),
        Discrepancy("A02", "interview", "empathy", (one, three), two, None),
    )
    assert [each.settled for each in washup_agenda(framework(), sheet)] == [True, False, False, False]


def test_agenda_is_empty_where_nobody_differs_by_the_gap() -> None:
    sheet = score_sheet(framework(), ["A01"], ratings("A01", ["3 4", "3 3", "4", ""]), [])
    assert washup_agenda(framework(), sheet) == ()


def test_two_ratings_stand_in_one_order_whoever_gave_which() -> None:
    one_way = score_sheet(framework(), ["A01"], ratings("A01", ["2 5", "", "", ""]), [])
    other_way = score_sheet(framework(), ["A01"], ratings("A01", ["5 2", "", "", ""]), [])
    assert washup_agenda(framework(), one_way) == washup_agenda(framework(), other_way)


def test_agenda_of_a_panel_holds_what_the_same_people_rated() -> None:
    """A01 and A02 were interviewed by one panel, of whom S03 left a criterion out; the round was others'."""
    given = ratings("A01", ["1 3", "3 3 3", "2 4", ""]) + ratings("A02", ["2 5 5", "3 3", "", ""])
    sheet = score_sheet(framework(), ["A01", "A02"], given, [agreed("A01", "interview", "empathy", "2")])
    first, second, third = washup_agenda(framework(), sheet)
    panels = agenda_by_panel((first, second, third), given)
    assert panels == (
        PanelAgenda(1, ("S01", "S02", "S03"), (first, second)),
        PanelAgenda(2, ("S01", "S02"), (third,)),
    )
    assert [panel.still_open for panel in panels] == [(first,), (third,)]


def test_settled_cell_keeps_the_first_ratings_and_who_gave_them() -> None:
    given = ratings("A01", ["1 4", "", "", ""])
    (found,) = settled_cells(framework(), given, [agreed("A01", "interview", "empathy", "3")])
    assert found == SettledCell(
        "A01", "interview", "empathy", tuple(given), Fraction(3), "looked at the notes again", ()
    )
    assert found.mean == Fraction(5, 2)


@pytest.mark.parametrize(
    ("first", "settled", "reason", "remarks"),
    [
        ("2 4", "3", "both read their notes", ()),
        ("2 4", "3", " ", (Remark.NEEDS_REASON,)),
        ("3 4", "3", "both read their notes", (Remark.NOT_FAR_APART,)),
        ("2 4", "5", "both read their notes", (Remark.OUTSIDE_THE_RATINGS,)),
        ("3 3", "5", "", (Remark.NEEDS_REASON, Remark.NOT_FAR_APART, Remark.OUTSIDE_THE_RATINGS)),
        ("3", "3", "one fell ill", (Remark.RATINGS_MISSING,)),
        ("", "3", "both fell ill", (Remark.RATINGS_MISSING,)),
    ],
)
def test_agreed_rating_that_somebody_should_look_at_says_why(
    first: str, settled: str, reason: str, remarks: tuple[Remark, ...]
) -> None:
    given: list[Rating] = ratings("A01", [first, "", "", ""])
    one = AgreedRating("A01", "interview", "empathy", Fraction(settled), reason)
    assert [each.remarks for each in settled_cells(framework(), given, [one])] == [remarks]
