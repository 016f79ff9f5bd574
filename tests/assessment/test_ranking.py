"""The order of merit: who is in it, who is ranked, how ties are settled and what is pointed out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.errors import LotSeedMissing
from assessment.framework import Framework, LastResort
from assessment.ranking import Appointable, MeritLine, OrderOfMerit, order_of_merit
from assessment.ratings import AgreedRating, Attendance
from assessment.scoring import score_sheet
from tests.assessment.builders import agreed, framework, ratings

THREES = ["3 3", "3 3", "3 3", "3 3"]
FOURS = ["4 4", "4 4", "4 4", "4 4"]


def ranked(
    cells_by_applicant: dict[str, list[str]],
    attendance: dict[str, Attendance] | None = None,
    frame: Framework | None = None,
    settled: tuple[AgreedRating, ...] = (),
) -> OrderOfMerit:
    frame = frame or framework()
    applicants = list(cells_by_applicant)
    given_ratings = [
        rating for applicant in applicants for rating in ratings(applicant, cells_by_applicant[applicant])
    ]
    sheet = score_sheet(frame, applicants, given_ratings, settled)
    return order_of_merit(frame, sheet, applicants, attendance)


def short(order: OrderOfMerit) -> list[tuple[int | None, str, str, str]]:
    return [(line.rank, line.applicant, line.appointable.value, line.tie_break) for line in order.lines]


def test_order_of_merit_worked_by_hand() -> None:
    order = ranked({"A01": THREES, "A02": FOURS})
    assert order == OrderOfMerit(
        (
            MeritLine(
                rank=1,
                applicant="A02",
                overall=Fraction(4),
                percent=Fraction(80),
                appointable=Appointable.YES,
                why="Overall 4.00 of 5 is 80 %; the standard of 60 % is met and no floor is broken.",
                tie_break="",
            ),
            MeritLine(
                rank=2,
                applicant="A01",
                overall=Fraction(3),
                percent=Fraction(60),
                appointable=Appointable.YES,
                why="Overall 3.00 of 5 is 60 %; the standard of 60 % is met and no floor is broken.",
                tie_break="",
            ),
        )
    )


def test_those_without_a_rank_follow_by_reference_whatever_the_reason() -> None:
    order = ranked(
        {
            "A05": ["5 5", "5 5", "5 5", "5"],
            "A04": ["5 5", "5 5", "5 5", "1 1"],
            "A03": THREES,
            "A02": ["2 2", "2 3", "3 3", "3 3"],
            "A01": ["", "", "", ""],
        },
        dict.fromkeys(["A01", "A02", "A03", "A04", "A05"], Attendance.ATTENDED),
    )
    assert short(order) == [
        (1, "A03", "yes", ""),
        (None, "A01", "unrankable", ""),
        (None, "A02", "no", ""),
        (None, "A04", "no", ""),
        (None, "A05", "unrankable", ""),
    ]
    assert [line.overall for line in order.lines] == [3, None, Fraction(5, 2), Fraction(9, 2), None]
    assert order.lines[1].why == (
        "Ratings are missing: interview / empathy (0 of 2), interview / analysis (0 of 2), "
        "service_users / empathy (0 of 2), written / analysis (0 of 2)."
    )


def test_scores_that_print_alike_but_differ_are_no_tie() -> None:
    # 3 x 10/3 + 15 = 25 eighths is 3.125; with one rating of 3.99 in place of 4 it is a little less.
    order = ranked(
        {"A01": ["3 3 3.99", "3 3", "3 3", "3 3"], "A02": ["3 3 4", "3 3", "3 3", "3 3"]},
        frame=framework(lot_seed=""),
    )
    assert short(order) == [(1, "A02", "yes", ""), (2, "A01", "yes", "")]


def test_scores_that_floats_would_separate_are_a_tie() -> None:
    # 3.1 + 3.2 + 3.3 in another order: the same fraction, not the same float.
    order = ranked({"A01": ["3.1 3.2 3.3", "3 3", "3 3", "3 3"], "A02": ["3.3 3.2 3.1", "3 3", "3 3", "3 3"]})
    assert {line.tie_break for line in order.lines} == {"lot"}
    assert [line.rank for line in order.lines] == [1, 2]


def test_attendance_decides_who_is_in_the_order() -> None:
    statuses = list(Attendance)
    order = ranked(
        {status.value: FOURS for status in statuses} | {"unheard_of": FOURS},
        {status.value: status for status in statuses},
    )
    assert sorted(line.applicant for line in order.lines) == ["attended", "late", "left_early"]
    assert order.warnings == (
        "Have ratings but did not come, and are not in the order of merit: "
        "invited, confirmed, declined, withdrew, did_not_attend, unheard_of.",
    )


def test_without_attendance_everybody_with_a_rating_is_in_the_order() -> None:
    order = ranked({"A01": THREES, "A02": ["", "", "", ""], "A03": ["3", "", "", ""]})
    assert short(order) == [(1, "A01", "yes", ""), (None, "A03", "unrankable", "")]


def test_tie_goes_through_the_chain_and_each_line_names_its_step() -> None:
    order = ranked(
        {
            "A01": ["3 3", "3 3", "3 3", "5 5"],
            "A02": ["3 3", "3 3", "4 4", "3 3"],
            "A03": ["4 4", "3 3", "2 3", "3 3"],
            "A04": ["3 3", "3 3", "3 3", "5 5"],
            "A05": FOURS,
        }
    )
    # HMAC-SHA-256 of "A01" under "autumn" begins c080, of "A04" 4bb1.
    assert short(order) == [
        (1, "A05", "yes", ""),
        (2, "A03", "yes", "interview"),
        (3, "A02", "yes", "service_users"),
        (4, "A04", "yes", "lot"),
        (5, "A01", "yes", "lot"),
    ]


def test_tie_that_reaches_the_lot_without_a_seed_is_refused_with_every_tie() -> None:
    with pytest.raises(LotSeedMissing) as raised:
        ranked({"A01": THREES, "A02": THREES, "A03": FOURS, "A04": FOURS}, frame=framework(lot_seed=""))
    assert raised.value.ties == (("A03", "A04"), ("A01", "A02"))
    assert raised.value.faults[0] == (
        "A03, A04 are level after every named exercise, and the setting lot_seed is empty."
    )


def test_seed_is_not_needed_for_a_tie_among_those_who_are_not_ranked() -> None:
    low = ["2 2", "2 3", "3 3", "3 3"]
    order = ranked({"A01": low, "A02": low}, frame=framework(lot_seed=""))
    assert short(order) == [(None, "A01", "no", ""), (None, "A02", "no", "")]


def test_tie_left_to_the_panel_shares_a_rank_and_the_next_rank_is_skipped() -> None:
    order = ranked(
        {
            "A04": THREES,
            "A03": ["4 4", "3 3", "3 3", "3 3"],
            "A02": THREES,
            "A01": ["3 3", "3 3", "2 3", "3 3"],
        },
        frame=framework(last_resort=LastResort.PANEL, standard_percent=Fraction(50)),
    )
    assert short(order) == [
        (1, "A03", "yes", ""),
        (2, "A02", "yes", "panel decision needed"),
        (2, "A04", "yes", "panel decision needed"),
        (4, "A01", "yes", ""),
    ]
    assert [[line.applicant for line in level] for level in order.levels] == [
        ["A03"],
        ["A02", "A04"],
        ["A01"],
    ]


def test_wide_gap_without_an_agreed_rating_is_pointed_out() -> None:
    cells = {"A01": ["2 4", "3 3", "3 3", "3 3"], "A02": ["3 3", "2 4", "3 3", "3 3"]}
    assert ranked(cells, settled=(agreed("A02", "interview", "analysis", "3"),)).warnings == (
        "Ratings are far apart and the wash-up has not settled them; the mean counts until it does: "
        "A01 interview / empathy.",
    )


def test_tie_break_that_names_an_unrated_exercise_is_pointed_out() -> None:
    assert ranked({"A01": THREES}, frame=framework(tie_break=("role_play", "interview"))).warnings == (
        "Named in the tie-break but not in the matrix, and passed over: role_play.",
    )


def test_rating_that_no_score_uses_is_pointed_out() -> None:
    frame = framework()
    stray = [agreed("A01", "interview", "warmth", "3")]
    sheet = score_sheet(frame, ["A01"], ratings("A01", THREES), stray)
    assert order_of_merit(frame, sheet, ["A01"], None).warnings == (
        "Rated but not in the matrix or not an applicant, and not counted: A01 interview / warmth.",
    )


@given(st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), max_size=12))
def test_order_does_not_depend_on_the_order_of_applicants(cells: list[list[int]]) -> None:
    everybody = {f"A{n:02}": [f"{each} {each}" for each in own] for n, own in enumerate(cells)}
    backwards = dict(reversed(everybody.items()))
    order = ranked(everybody)
    assert ranked(backwards).lines == order.lines
    overalls = [line.overall for line in order.lines if line.rank is not None and line.overall is not None]
    assert overalls == sorted(overalls, reverse=True)
    assert [line.rank for line in order.lines if line.rank is not None] == list(range(1, len(overalls) + 1))
