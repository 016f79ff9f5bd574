"""What the advice sheet says, as data, and in which words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from api.exports.packs.advice_sheet import Advice, advice_answers, advice_sheet, near_the_line
from api.exports.packs.advice_wording import (
    ONLY_ADVICE,
    crossing_words,
    interval_words,
    order_answer,
    reliability_word,
    signed,
)
from assessment.advice.adjusted import AdjustedStanding
from assessment.advice.cut_line import CutLine, LineStanding
from assessment.advice.intraclass import Correlation, one_way
from assessment.advice.order_effects import Effect, OrderEffect
from assessment.advice.refusal import Refusal
from assessment.advice.regression import Slope
from assessment.advice.reliability import Reliability
from assessment.advice.score_errors import ExerciseError
from assessment.advice.severity import AssessorSeverity, Severities, Shares

AGREEMENT = Reliability(
    "interview", "", 3, 6, one_way([[2, 2], [3, 4], [5, 5]]), None, None, 0.9, 0.91, why_not=""
)
SEVERE = Severities(
    (AssessorSeverity("S1", 9, 3, 0.4, 0.1, 0.5), AssessorSeverity("S2", 6, 2, -0.1, 0.1, -0.2)),
    Shares(0.5, 0.1, None, 0.1, 0.3),
    15,
    5,
    np.eye(2),
)
STANDINGS = (
    AdjustedStanding("A1", 1, 4.2, -0.3, 0.1, 2, True, False),
    AdjustedStanding("A2", 2, 4.1, 0.0, 0.1, 1, False, True),
)
DRIFT = OrderEffect(Effect.POSITION, Slope(-0.05, 0.01, -0.07, -0.03, 0.0001, 200, 60), "")
NO_DAY = OrderEffect(Effect.DAY, None, "Too few ratings can be compared for this.")
LINE = CutLine(
    standings=(
        LineStanding("A1", 1, 4.2, 0.1, True, 0.97),
        LineStanding("A2", 2, 4.1, 0.1, True, 0.6),
        LineStanding("A3", 3, 4.0, 0.1, False, 0.4),
        LineStanding("A4", None, 2.9, 0.1, False, 0.03),
    ),
    exercises=(ExerciseError("interview", 1.0, 0.09, 87),),
    reliability=0.9,
    lowest_with_offer=4.1,
    highest_without=4.0,
    pairs=4,
    pairs_alike=1,
    offers_elsewhere=0.43,
    simulations=5000,
    seed=0,
)
ADVICE = Advice((AGREEMENT,), SEVERE, STANDINGS, (DRIFT, NO_DAY), True, 200, 300, LINE)


def test_answers_say_what_came_of_it_the_line_first() -> None:
    assert advice_answers(ADVICE) == (
        "2 applicants cannot be told apart from the line between offer and no offer: 1 with an offer and 1"
        " without. Of 2 offers about 0.4 would go to somebody else if only the chance disagreement between"
        " assessors had fallen out differently. In 1 of 4 pairs across the line the two differ by less than"
        " the standard error of their difference.",
        "Agreement of the assessors' mean, of at most 1: interview 0.96 (poor to excellent).",
        "Differences in severity make up 10 % of the differences between single ratings; 1 of 2 assessors can"
        " be told apart from the average. Had all been equally severe, 2 of 2 ranked applicants would stand"
        " elsewhere in the order of merit, the most by 1 place; A2 would have an offer and A1 would have"
        " none.",
        "Order may have played a part: each further applicant seen on the same day −0.05 points. Look at how"  # noqa: RUF001
        " sessions were arranged.",
    )


def test_sheet_says_on_its_face_that_it_is_advice() -> None:
    sheet = advice_sheet(ADVICE, 5000, 0)
    assert sheet.only_advice == ONLY_ADVICE
    assert (sheet.simulations, sheet.seed) == ("5,000", 0)


def test_line_is_drawn_and_told_alike() -> None:
    sheet = advice_sheet(ADVICE, 5000, 0)
    assert [(line.rank, line.applicant, line.offer, line.chance, line.in_band) for line in sheet.line] == [
        ("1", "A1", "offer", "97 %", False),
        ("2", "A2", "offer", "60 %", True),
        ("3", "A3", "no offer", "40 %", True),
        ("", "A4", "below the standard", "3.0 %", False),
    ]
    assert sheet.line_chart is not None
    drawn = [line.estimate for line in sheet.line_chart.lines]
    assert [(each.label, each.filled, each.shaded, each.words) for each in drawn] == [
        ("1  A1", True, False, "97 %, offer"),
        ("2  A2", True, True, "60 %, offer"),
        ("3  A3", False, True, "40 %"),
        ("none  A4", False, False, "3.0 %"),
    ]
    assert not sheet.several_lines
    assert advice_sheet(replace(ADVICE, cut_line=replace(LINE, highest_without=4.15)), 9, 0).several_lines


def test_severity_is_told_with_its_interval() -> None:
    sheet = advice_sheet(ADVICE, 5000, 0)
    first, second = sheet.severity
    assert (first.assessor, first.severity, first.interval, first.told_apart) == (
        "S1",
        "+0.40",
        "+0.20 to +0.60",
        True,
    )
    assert (second.severity, second.told_apart) == ("−0.10", False)  # noqa: RUF001
    assert [(line.source, line.percent) for line in sheet.shares][2] == ("How severe the assessor is", "10 %")
    assert [(line.applicant, line.places, line.offer) for line in sheet.movers] == [
        ("A1", "1 down", "offer, would be none"),
        ("A2", "1 up", "no offer, would be an offer"),
    ]


def test_refusals_take_the_place_of_figures() -> None:
    refused = Refusal(("The assessors are not linked.",))
    sheet = advice_sheet(replace(ADVICE, severities=refused, standings=(), cut_line=refused), 5000, 0)
    assert (sheet.severity_refused, sheet.line_refused) == (refused.reasons, refused.reasons)
    assert (sheet.severity, sheet.movers, sheet.line, sheet.errors) == ((), (), (), ())
    assert (sheet.severity_chart, sheet.line_chart) == (None, None)
    assert sheet.answers[0] == "How sharp the line is cannot be said. The assessors are not linked."
    assert sheet.answers[2] == "How severe each assessor is cannot be said. The assessors are not linked."


def test_of_very_many_at_the_line_the_nearest_to_even_are_shown() -> None:
    many = tuple(
        LineStanding(f"A{rank}", rank, 4.0 - rank / 100, 0.3, rank <= 50, 1 - rank / 101)
        for rank in range(1, 101)
    )
    near = near_the_line(replace(LINE, standings=many))
    assert [near[0].rank, near[-1].rank, len(near)] == [35, 66, 32]
    sheet = advice_sheet(replace(ADVICE, cut_line=replace(LINE, standings=many)), 5000, 0)
    assert sheet.line_left_out == len(replace(LINE, standings=many).band) - 32


def test_sharp_line_shows_those_on_either_side() -> None:
    sharp = tuple(replace(each, chance=float(each.offer)) for each in LINE.standings)
    line = replace(LINE, standings=sharp, offers_elsewhere=0.0)
    assert [each.applicant for each in near_the_line(line)] == ["A1", "A2", "A3", "A4"]
    assert advice_answers(replace(ADVICE, cut_line=line))[0].startswith(
        "The line is sharp: of 2 offers about 0.0"
    )


def test_order_without_a_sign_warns_of_what_stays_hidden() -> None:
    assert DRIFT.slope is not None
    faint = replace(DRIFT, slope=replace(DRIFT.slope, p_value=0.03))
    # Of two looks each must show at 2.5 %.
    other = replace(faint, effect=Effect.DAY)
    assert order_answer([faint, other]).startswith("There is no sign that ratings depend on when")
    assert order_answer([faint]).startswith("Order may have played a part")
    assert order_answer([NO_DAY]) == (
        "Whether order played a part cannot be said. Too few ratings can be compared for this."
    )


def test_offers_that_stay_are_said_to_stay() -> None:
    assert crossing_words([replace(STANDINGS[0], offer_adjusted=True)]) == "no offer would change hands"


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (Correlation(0.95, 0.91, 0.97), "excellent"),
        (Correlation(0.8, 0.4, 0.9), "poor to excellent"),
        (Correlation(0.6), "moderate"),
    ],
)
def test_agreement_has_the_words_of_its_interval(found: Correlation, word: str) -> None:
    assert reliability_word(found) == word


def test_numbers_have_true_minus_signs() -> None:
    assert [signed(value) for value in (0.1, -0.1, 0.001, 0.0)] == ["+0.10", "−0.10", "0.00", "0.00"]  # noqa: RUF001
    assert (interval_words(None, 0.3), interval_words(-0.1, 0.3)) == ("", "−0.10 to 0.30")  # noqa: RUF001
