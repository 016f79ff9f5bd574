"""What the wash-up changed: two ways of carrying the same ratings through, set beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.result import Outcome
from assessment.ranking import order_of_merit
from assessment.ratings import AgreedRating, Rating
from assessment.scoring import score_sheet
from assessment.standard import Appointable
from assessment.washup_effect import EffectLine, Outcomes, Position, offers_moved, washup_effect
from tests.assessment.builders import agreed, framework, problem, ratings

GIVEN = (
    ratings("A01", ["4 4", "4 4", "4 4", "2 4"])
    + ratings("A02", ["4 4", "4 4", "4 4", "4 3"])
    + ratings("A03", ["3 3", "3 3", "3 3", "3"])
)
ONE_PLACE = {"A01": "SOM", "A02": "SOM", "A03": "SOM"}


def carried(
    settled: Sequence[AgreedRating], given: Sequence[Rating] = GIVEN, *, places: bool = True
) -> Outcomes:
    people = ["A01", "A02", "A03"]
    sheet = score_sheet(framework(), people, given, settled)
    order = order_of_merit(framework(), sheet, people, None)
    return Outcomes(
        sheet, order, allocate_by_merit(problem(order, ONE_PLACE, {"SOM": 1})) if places else None
    )


def test_agreed_rating_can_move_an_offer() -> None:
    """A01's mean of 3 on weight 1 was below A02's 3 1/2; agreed at 4 it is above."""
    settled = [agreed("A01", "written", "analysis", "4")]
    lines = washup_effect(carried([]), carried(settled))
    low, middle, high = Fraction(31, 8), Fraction(63, 16), Fraction(4)
    yes = Appointable.YES
    assert lines == (
        EffectLine(
            "A01",
            1,
            (),
            Position(low, 2, yes, Outcome.RESERVE, None),
            Position(high, 1, yes, Outcome.OFFER, "SOM"),
        ),
        EffectLine(
            "A02",
            0,
            (),
            Position(middle, 1, yes, Outcome.OFFER, "SOM"),
            Position(middle, 2, yes, Outcome.RESERVE, None),
        ),
        EffectLine(
            "A03",
            0,
            (),
            Position(None, None, Appointable.UNRANKABLE, Outcome.UNRANKABLE, None),
            Position(None, None, Appointable.UNRANKABLE, Outcome.UNRANKABLE, None),
        ),
    )
    assert [line.changed for line in lines] == [True, True, False]
    assert offers_moved(lines) == ("A01", "A02")


def test_cell_that_only_the_washup_completed_is_named() -> None:
    settled = [agreed("A03", "written", "analysis", "3")]
    (line,) = (line for line in washup_effect(carried([]), carried(settled)) if line.settled)
    assert line == EffectLine(
        "A03",
        1,
        (("written", "analysis"),),
        Position(None, None, Appointable.UNRANKABLE, Outcome.UNRANKABLE, None),
        Position(Fraction(3), 3, Appointable.YES, Outcome.RESERVE, None),
    )
    assert not line.offer_changed


def test_reserve_position_without_an_offer_is_no_other_offer() -> None:
    settled = [agreed("A01", "written", "analysis", "3")]
    assert [line.changed for line in washup_effect(carried([]), carried(settled))] == [False, False, False]


def test_without_an_allocation_scores_and_ranks_are_told_alone() -> None:
    settled = [agreed("A01", "written", "analysis", "4")]
    lines = washup_effect(carried([], places=False), carried(settled, places=False))
    assert [(line.applicant, line.without.rank, line.after.rank) for line in lines] == [
        ("A01", 2, 1),
        ("A02", 1, 2),
        ("A03", None, None),
    ]
    assert offers_moved(lines) == ()


def test_somebody_whom_only_the_washup_rated_was_in_no_order_without_it() -> None:
    people = [each for each in GIVEN if each.applicant != "A03"]
    settled = [agreed("A03", "interview", "empathy", "3")]
    line = washup_effect(carried([], people), carried(settled, people))[-1]
    assert (line.applicant, line.without) == ("A03", Position())
