"""What named people decide: floors after discussion, red flags, ties; and decisions nobody had to take."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.decisions import Decisions, FlagDecision, RedFlag, StandardDecision, TieDecision
from assessment.framework import BelowFloor, Framework, LastResort
from assessment.ranking import OrderOfMerit, order_of_merit
from assessment.scoring import score_sheet
from tests.assessment.builders import framework, ratings

THREES = ["3 3", "3 3", "3 3", "3 3"]
FOURS = ["4 4", "4 4", "4 4", "4 4"]
BELOW_FLOOR = ["5 5", "5 5", "5 5", "1 1"]
INCOMPLETE = ["5 5", "5 5", "5 5", "5"]
DISCUSSED = framework(below_floor=BelowFloor.PANEL_DISCUSSION)
BY_PANEL = framework(last_resort=LastResort.PANEL, lot_seed="")


def ranked(
    cells_by_applicant: dict[str, list[str]], decisions: Decisions, frame: Framework = DISCUSSED
) -> OrderOfMerit:
    given = [each for applicant, cells in cells_by_applicant.items() for each in ratings(applicant, cells)]
    applicants = list(cells_by_applicant)
    sheet = score_sheet(frame, applicants, given, [])
    return order_of_merit(frame, sheet, applicants, None, decisions)


def stands(order: OrderOfMerit) -> list[tuple[int | None, str, str]]:
    return [(line.rank, line.applicant, line.appointable.value) for line in order.lines]


def test_applicant_below_a_floor_waits_for_the_discussion() -> None:
    order = ranked({"A01": BELOW_FLOOR, "A02": THREES}, Decisions())
    assert stands(order) == [(1, "A02", "yes"), (None, "A01", "panel_discussion")]


@pytest.mark.parametrize(
    ("appointable", "said", "expected"),
    [
        (True, "appointable", [(1, "A01", "yes"), (2, "A02", "yes")]),
        (False, "not appointable", [(1, "A02", "yes"), (None, "A01", "no")]),
    ],
)
def test_decision_after_discussion_settles_a_broken_floor(
    appointable: bool, said: str, expected: list[tuple[int | None, str, str]]
) -> None:
    order = ranked(
        {"A01": BELOW_FLOOR, "A02": THREES}, Decisions(standards=(StandardDecision("A01", appointable),))
    )
    assert (stands(order), order.warnings) == (expected, ())
    assert {line.applicant: line.why for line in order.lines}["A01"] == (
        "No final rating of 1 is allowed; there is one: written / analysis 1.00. "
        f"After discussion a named person decided: {said}."
    )
    assert {line.applicant: line.overall for line in order.lines}["A01"] == Fraction(9, 2)


def test_decision_cannot_lift_anybody_over_the_standard() -> None:
    below = ["2 2", "2 2", "3 3", "3 3"]
    order = ranked({"A01": below}, Decisions(standards=(StandardDecision("A01", True),)))
    assert stands(order) == [(None, "A01", "no")]
    assert order.warnings == ("Decided about the standard, where the panel has nothing to decide: A01.",)


def test_decision_where_floors_are_not_discussed_is_pointed_out() -> None:
    order = ranked({"A01": BELOW_FLOOR}, Decisions(standards=(StandardDecision("A01", True),)), framework())
    assert stands(order) == [(None, "A01", "no")]
    assert order.warnings == ("Decided about the standard, where the panel has nothing to decide: A01.",)


@pytest.mark.parametrize(
    ("decision", "expected", "why"),
    [
        (
            None,
            (None, "A01", "panel_discussion"),
            "Overall 4.00 of 5 is 80 %; the standard of 60 % is met and no floor is broken. "
            "A named person has still to decide on red flag F01.",
        ),
        (
            FlagDecision.NOT_APPOINTABLE,
            (None, "A01", "no"),
            "Not appointable by a named person's decision on red flag F01.",
        ),
        (
            FlagDecision.NO_CONCERN,
            (1, "A01", "yes"),
            "Overall 4.00 of 5 is 80 %; the standard of 60 % is met and no floor is broken.",
        ),
    ],
)
def test_red_flag_holds_an_applicant_until_it_is_decided(
    decision: FlagDecision | None, expected: tuple[int | None, str, str], why: str
) -> None:
    order = ranked({"A01": FOURS}, Decisions(flags=(RedFlag("F01", "A01", decision),)))
    assert (stands(order), order.lines[0].why) == ([expected], why)
    assert order.lines[0].overall == 4


def test_one_red_flag_decided_against_is_enough() -> None:
    flags = (
        RedFlag("F01", "A01", FlagDecision.NO_CONCERN),
        RedFlag("F02", "A01", FlagDecision.NOT_APPOINTABLE),
        RedFlag("F03", "A01", FlagDecision.NOT_APPOINTABLE),
    )
    order = ranked({"A01": FOURS}, Decisions(flags=flags))
    assert order.lines[0].why == "Not appointable by a named person's decision on red flags F02, F03."


def test_red_flag_changes_nothing_for_somebody_who_is_not_appointable_anyway() -> None:
    flags = (RedFlag("F01", "A01", None), RedFlag("F02", "A02", FlagDecision.NOT_APPOINTABLE))
    order = ranked({"A01": INCOMPLETE, "A02": ["2 2", "2 2", "2 2", "2 2"]}, Decisions(flags=flags))
    assert stands(order) == [(None, "A01", "unrankable"), (None, "A02", "no")]
    assert "red flag" not in order.lines[0].why + order.lines[1].why


def test_tie_is_settled_in_the_order_that_the_panel_decided() -> None:
    ties = (TieDecision("A01", 2), TieDecision("A02", 3), TieDecision("A03", 1))
    cells = {"A01": THREES, "A02": THREES, "A03": THREES, "A04": FOURS}
    order = ranked(cells, Decisions(ties=ties), BY_PANEL)
    assert [(line.rank, line.applicant, line.tie_break) for line in order.lines] == [
        (1, "A04", ""),
        (2, "A03", "panel"),
        (3, "A01", "panel"),
        (4, "A02", "panel"),
    ]
    assert order.warnings == ()


@pytest.mark.parametrize(
    "ties",
    [(TieDecision("A01", 1),), (TieDecision("A01", 1), TieDecision("A02", 1))],
    ids=["not everybody", "twice the same place"],
)
def test_tie_decided_in_part_stays_a_tie_and_is_pointed_out(ties: tuple[TieDecision, ...]) -> None:
    order = ranked({"A01": THREES, "A02": THREES}, Decisions(ties=ties), BY_PANEL)
    assert [(line.rank, line.tie_break) for line in order.lines] == [(1, "panel decision needed")] * 2
    named = ", ".join(tie.applicant for tie in ties)
    assert order.warnings == (f"Decided about a tie that there is not, or not for everybody in it: {named}.",)


def test_tie_decision_where_the_lot_decides_is_pointed_out() -> None:
    ties = (TieDecision("A01", 1), TieDecision("A02", 2))
    order = ranked({"A01": THREES, "A02": THREES}, Decisions(ties=ties), framework())
    assert [line.tie_break for line in order.lines] == ["lot", "lot"]
    assert order.warnings == ("Decided about a tie that there is not, or not for everybody in it: A01, A02.",)
