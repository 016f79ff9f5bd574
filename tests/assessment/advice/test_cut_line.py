"""Chances at the line: sure where nobody disagrees, even where two are level, and true in simulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from assessment.advice.cut_line import CutLine, LineStanding, cut_line, pairs_over_the_line
from assessment.advice.redrawn import offers_by_merit
from assessment.advice.score_errors import ScoreErrors
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.councils import Choices, Places
from assessment.decisions import NO_DECISIONS, Decisions, FlagDecision, RedFlag
from assessment.framework import Framework
from assessment.ranking import order_of_merit
from assessment.scoring import score_sheet
from tests.assessment.builders import framework, ratings

WEIGHTS = {("interview", "empathy"): Fraction(1), ("written", "analysis"): Fraction(1)}
FRAME = framework(weights=WEIGHTS)


def line_of(
    given: Mapping[str, tuple[str, str]],
    error: float,
    places: int = 2,
    frame: Framework = FRAME,
    decisions: Decisions = NO_DECISIONS,
    seed: int = 0,
) -> CutLine:
    """Everybody wants the one council; all scores have one error."""
    people = list(given)
    rated = [each for applicant, own in given.items() for each in ratings(applicant, own, WEIGHTS)]
    sheet = score_sheet(frame, people, rated, [])
    order = order_of_merit(frame, sheet, people, None, decisions)
    choices = Choices(dict.fromkeys(people, ("SOM",)))
    problem = AllocationProblem(order, choices, Places({"SOM": places}, "SOM"), None)
    errors = ScoreErrors((), {}, dict.fromkeys(people, error**2))
    return cut_line(frame, sheet, decisions, problem, allocate_by_merit(problem), errors, 2000, seed)


FOUR = {"A1": ("5 5", "5 5"), "A2": ("4 4", "4 4"), "A3": ("4 4", "3 4"), "A4": ("3 4", "3 3")}


def chances(line: CutLine) -> dict[str, float]:
    return {each.applicant: each.chance for each in line.standings}


def test_line_is_as_it_stands_where_nobody_disagrees() -> None:
    line = line_of(FOUR, 0.0)
    assert line.standings == (
        LineStanding("A1", 1, 5.0, 0.0, True, 1.0),
        LineStanding("A2", 2, 4.0, 0.0, True, 1.0),
        LineStanding("A3", 3, 3.75, 0.0, False, 0.0),
        LineStanding("A4", 4, 3.25, 0.0, False, 0.0),
    )
    assert (line.band, line.pairs, line.pairs_alike, line.offers_elsewhere) == ((), 4, 0, 0.0)
    assert (line.lowest_with_offer, line.highest_without) == (4.0, 3.75)
    assert line.reliability == 1.0


def test_offers_are_as_many_in_every_draw() -> None:
    line = line_of(FOUR, 0.3)
    assert sum(chances(line).values()) == pytest.approx(2.0)
    assert [each.applicant for each in line.band] == ["A2", "A3"]
    # A2 is a quarter point ahead, and the error of the difference is 0.42: nearly three times in four.
    assert 0.66 < chances(line)["A2"] < 0.76
    assert (line.pairs, line.pairs_alike) == (4, 1)
    assert line.offers_elsewhere == pytest.approx(chances(line)["A3"] + chances(line)["A4"])


def test_same_seed_gives_the_same_chances() -> None:
    assert line_of(FOUR, 0.3) == line_of(FOUR, 0.3)
    assert chances(line_of(FOUR, 0.3)) != chances(line_of(FOUR, 0.3, seed=1))


def test_somebody_just_below_the_standard_may_have_a_place_by_other_assessors() -> None:
    frame = replace(FRAME, standard_percent=Fraction(72))
    line = line_of({"A1": ("4 4", "4 4"), "A2": ("4 4", "3 3")}, 0.2, frame=frame)
    below = line.standings[1]
    assert (below.applicant, below.rank, below.offer, below.in_band) == ("A2", None, False, True)
    # 3.5 against a standard of 3.6 with an error of 0.2: half a standard deviation below.
    assert below.chance == pytest.approx(0.31, abs=0.03)


def test_broken_floors_and_red_flags_stay_as_they_were_found() -> None:
    with_floor = {**FOUR, "A5": ("1 1", "5 5")}
    assert "A5" not in chances(line_of(with_floor, 0.5))
    flagged = Decisions(flags=(RedFlag("F1", "A2", FlagDecision.NOT_APPOINTABLE),))
    assert list(chances(line_of(FOUR, 0.5, decisions=flagged))) == ["A1", "A3", "A4"]


def test_pair_counts_where_the_offer_goes_to_the_higher_score() -> None:
    def standing(applicant: str, overall: float, offer: bool) -> LineStanding:
        return LineStanding(applicant, 1, overall, 0.1, offer, 0.5)

    above = [standing("A1", 4.0, True), standing("A2", 3.5, True)]
    below = [standing("A3", 3.9, False), standing("A4", 3.45, False)]
    # A1 and A3 differ by 0.1, A2 and A4 by 0.05, both within 0.14; A3 is above A2, so that is no such pair.
    assert pairs_over_the_line([*above, *below]) == (3, 2)
    assert pairs_over_the_line(above) == (0, 0)


def test_chances_come_true() -> None:
    """Where truth is known, of those given a chance of about 40 % about 40 % are truly among the best."""
    chance, stated, true = np.random.default_rng(3), np.zeros(5), np.zeros(5)
    number = np.zeros(5)
    for _ in range(80):
        truth = chance.normal(3.5, 0.55, 87)
        found = truth + chance.normal(0, 0.1, 87)
        drawn = found + 0.1 * chance.standard_normal((300, 87))
        chances = offers_by_merit(drawn, [("SOM",)] * 87, {"SOM": 26}).mean(axis=0)
        best = np.zeros(87)
        best[np.argsort(-truth)[:26]] = 1
        near = (chances > 0.02) & (chances < 0.98)
        bins = np.minimum((chances[near] * 5).astype(int), 4)
        np.add.at(number, bins, 1)
        np.add.at(stated, bins, chances[near])
        np.add.at(true, bins, best[near])
    assert (true / number).tolist() == pytest.approx((stated / number).tolist(), abs=0.06)
