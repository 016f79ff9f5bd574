"""What is due and from whom: without a timetable, with one, and where a stand-in rated."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.completeness import (
    CellState,
    Completeness,
    ExpectedRaters,
    OwedRatings,
    RatingDue,
    RatingState,
    completeness,
)
from assessment.ratings import AgreedRating, Rating
from assessment.scoring import score_sheet
from tests.assessment.builders import WEIGHTS, agreed, framework, ratings

GIVEN, MISSING, NOT_EXPECTED = RatingState.GIVEN, RatingState.MISSING, RatingState.NOT_EXPECTED
INTERVIEW = {cell: weight for cell, weight in WEIGHTS.items() if cell[0] == "interview"}
ROUND = {cell: weight for cell, weight in WEIGHTS.items() if cell[0] == "service_users"}
GROUP = ExpectedRaters(members_by_group={"G1": ("S01", "S02", "S03")})


def looked_at(
    weights: Mapping[tuple[str, str], object],
    given: list[Rating],
    settled: list[AgreedRating] | None = None,
    expected: Mapping[tuple[str, str], ExpectedRaters] | None = None,
    raters_min: int = 2,
) -> Completeness:
    frame = framework(weights={cell: WEIGHTS[cell] for cell in weights}, raters_min=raters_min)
    sheet = score_sheet(frame, ["A01"], given, settled or [])
    return completeness(frame, sheet, ["A01"], given, expected)


def states(found: Completeness) -> list[tuple[str, str, RatingState, CellState]]:
    return [(due.criterion, due.rater, due.state, due.cell) for due in found.due]


def test_without_a_timetable_a_cell_is_due_its_least_number_of_ratings_by_anybody() -> None:
    found = looked_at(INTERVIEW, ratings("A01", ["3", "4 4"], INTERVIEW))
    assert found.due == (
        RatingDue("A01", "interview", "empathy", "S01", GIVEN, CellState.INCOMPLETE),
        RatingDue("A01", "interview", "empathy", "", MISSING, CellState.INCOMPLETE),
        RatingDue("A01", "interview", "analysis", "S01", GIVEN, CellState.COMPLETE),
        RatingDue("A01", "interview", "analysis", "S02", GIVEN, CellState.COMPLETE),
    )
    assert found.incomplete == (("A01", "interview", "empathy"),)
    assert found.owed == (
        OwedRatings("S01", "interview", 2, 2, 0, 0, 0),
        OwedRatings("S02", "interview", 1, 1, 0, 0, 0),
        OwedRatings("", "interview", 1, 0, 1, 1, 0),
    )


def test_agreed_rating_completes_a_cell_and_nobody_owes_it() -> None:
    settled = [agreed("A01", "interview", "empathy", "3")]
    found = looked_at(INTERVIEW, ratings("A01", ["", "4 4"], INTERVIEW), settled)
    assert found.incomplete == ()
    assert states(found) == [
        ("analysis", "S01", GIVEN, CellState.COMPLETE),
        ("analysis", "S02", GIVEN, CellState.COMPLETE),
    ]
    assert found.state_by_cell == {
        ("A01", "interview", "empathy"): CellState.AGREED,
        ("A01", "interview", "analysis"): CellState.COMPLETE,
    }


def test_member_of_the_panel_who_has_not_rated_owes_it_also_where_the_cell_is_complete() -> None:
    expected = {("A01", "interview"): ExpectedRaters(("S01", "S02", "S03"))}
    found = looked_at(INTERVIEW, ratings("A01", ["3 3", "4"], INTERVIEW), expected=expected)
    assert found.owed == (
        OwedRatings("S03", "interview", 2, 0, 2, 1, 0),
        OwedRatings("S02", "interview", 2, 1, 1, 1, 0),
        OwedRatings("S01", "interview", 2, 2, 0, 0, 0),
    )


def test_stand_in_counts_though_somebody_else_was_expected() -> None:
    """The timetable names S02 and S09; S01 rated in S09's place. Nothing is held up."""
    expected = {("A01", "service_users"): ExpectedRaters(("S02", "S09"))}
    found = looked_at(ROUND, ratings("A01", ["3 4"], ROUND), expected=expected)
    assert states(found) == [
        ("empathy", "S02", GIVEN, CellState.COMPLETE),
        ("empathy", "S09", MISSING, CellState.COMPLETE),
        ("empathy", "S01", NOT_EXPECTED, CellState.COMPLETE),
    ]
    assert found.incomplete == ()
    assert [(owed.rater, owed.owed, owed.holding_up) for owed in found.owed] == [
        ("S09", 1, 0),
        ("S01", 0, 0),
        ("S02", 0, 0),
    ]


def test_group_owes_what_its_members_have_not_given() -> None:
    found = looked_at(ROUND, ratings("A01", ["3"], ROUND), expected={("A01", "service_users"): GROUP})
    assert states(found) == [
        ("empathy", "S01", GIVEN, CellState.INCOMPLETE),
        ("empathy", "G1", MISSING, CellState.INCOMPLETE),
    ]
    nothing = looked_at(ROUND, [], expected={("A01", "service_users"): GROUP})
    assert [(due.rater, due.state) for due in nothing.due] == [("G1", MISSING), ("G1", MISSING)]


def test_group_may_rate_as_a_whole() -> None:
    """Its one rating is all it owes; where two are needed, the other one is nobody's by name."""
    whole = [Rating("A01", "service_users", "empathy", "G1", WEIGHTS["interview", "empathy"])]
    expected = {("A01", "service_users"): GROUP}
    enough = looked_at(ROUND, whole, expected=expected, raters_min=1)
    assert states(enough) == [("empathy", "G1", GIVEN, CellState.COMPLETE)]
    short = looked_at(ROUND, whole, expected=expected)
    assert states(short) == [
        ("empathy", "G1", GIVEN, CellState.INCOMPLETE),
        ("empathy", "", MISSING, CellState.INCOMPLETE),
    ]


def test_panel_smaller_than_needed_leaves_a_rating_that_nobody_is_down_for() -> None:
    found = looked_at(ROUND, [], expected={("A01", "service_users"): ExpectedRaters(("S01",))})
    assert states(found) == [
        ("empathy", "S01", MISSING, CellState.INCOMPLETE),
        ("empathy", "", MISSING, CellState.INCOMPLETE),
    ]


def test_order_of_raters_says_nothing_about_the_order_of_ratings() -> None:
    given = list(reversed(ratings("A01", ["3 4"], ROUND)))
    assert [due.rater for due in looked_at(ROUND, given).due] == ["S01", "S02"]
