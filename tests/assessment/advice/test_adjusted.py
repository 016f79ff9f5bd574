"""What equal severity would change, reckoned by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from assessment.advice.adjusted import (
    AdjustedStanding,
    Change,
    adjusted_standings,
    changes_of_score,
    movers_at_the_line,
)
from assessment.advice.severity import AssessorSeverity, Severities, Shares
from assessment.ranking import Appointable, MeritLine, OrderOfMerit
from assessment.scoring import score_sheet
from tests.assessment.builders import agreed, framework, ratings

FRAME = framework()
SHARES = Shares(0.5, None, None, 0.1, 0.2)
SEVERE = Severities(
    assessors=(
        AssessorSeverity("S01", 8, 2, 0.4, 0.1, 0.5),
        AssessorSeverity("S02", 8, 2, -0.2, 0.2, -0.1),
    ),
    shares=SHARES,
    ratings=16,
    applicants=2,
    covariances=np.array([[0.01, 0.0], [0.0, 0.04]]),
)


def test_severity_is_given_back_to_each_rating() -> None:
    given = ratings("A01", ["3 4", "4 4", "3 3", "2 3"])
    sheet = score_sheet(FRAME, ["A01"], given, [])
    change = changes_of_score(FRAME, sheet, given, SEVERE)["A01"]
    # On every cell half of 0.4 and half of -0.2; the weights sum to 1.
    assert (change.change, change.standard_error) == pytest.approx((0.1, (0.25 * 0.01 + 0.25 * 0.04) ** 0.5))


def test_agreed_rating_stays_as_it_is() -> None:
    given = ratings("A01", ["3 5", "4 4", "3 3", "2 3"])
    sheet = score_sheet(FRAME, ["A01"], given, [agreed("A01", "interview", "empathy", "4")])
    assert changes_of_score(FRAME, sheet, given, SEVERE)["A01"].change == pytest.approx(0.1 * 5 / 8)


def test_nobody_without_a_score_has_a_change() -> None:
    given = ratings("A01", ["3 4", "4 4", "3 3", ""])
    assert changes_of_score(FRAME, score_sheet(FRAME, ["A01"], given, []), given, SEVERE) == {}


def order(*overall: str) -> OrderOfMerit:
    lines = [
        MeritLine(rank, f"A{rank}", Fraction(score), Fraction(70), Appointable.YES, "", "")
        for rank, score in enumerate(overall, start=1)
    ]
    return OrderOfMerit((*lines, MeritLine(None, "A9", Fraction(2), Fraction(40), Appointable.NO, "", "")))


CHANGES = {"A1": Change(-0.3, 0.1), "A2": Change(0.0, 0.1), "A3": Change(0.1, 0.1), "A9": Change(3.0, 0.1)}


def test_ranks_are_among_those_ranked_already() -> None:
    found = adjusted_standings(order("4", "3.8", "3.6"), CHANGES, frozenset(["A1"]), frozenset(["A2"]))
    assert found == (
        AdjustedStanding("A1", 1, 4.0, -0.3, 0.1, 2, True, False),
        AdjustedStanding("A2", 2, 3.8, 0.0, 0.1, 1, False, True),
        AdjustedStanding("A3", 3, 3.6, 0.1, 0.1, 3, False, False),
    )
    assert [(each.places, each.told_apart) for each in found] == [(-1, True), (1, False), (0, False)]


def test_those_level_after_the_adjustment_stay_in_order() -> None:
    level = dict.fromkeys(("A1", "A2", "A3"), Change(0.0, 0.1))
    found = adjusted_standings(order("4", "4", "4"), level, frozenset(), None)
    assert [each.places for each in found] == [0, 0, 0]


def test_movers_are_those_whose_offer_changes_then_those_near_the_last_offer() -> None:
    found = adjusted_standings(order("4", "3.8", "3.6"), CHANGES, frozenset(["A1"]), frozenset(["A2"]))
    assert [each.applicant for each in movers_at_the_line(found)] == ["A1", "A2"]
    assert [each.applicant for each in movers_at_the_line(found, most=0)] == ["A1", "A2"]
    without = adjusted_standings(order("4", "3.8", "3.6"), CHANGES, frozenset(["A1"]), None)
    assert [each.applicant for each in movers_at_the_line(without, most=1)] == ["A1"]
