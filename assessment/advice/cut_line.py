"""How sharp the line between offer and no offer is, given how far the assessors themselves disagree.

Everybody's overall score is drawn anew very many times, each time as far from the one found as chance
disagreement between assessors may put it (`score_errors.py`), and the campaign's own rule gives out the
places (`redrawn.py`). The share of draws with an offer is the chance. No score, rank or offer is changed by
any of it.

What is assumed: errors are normal, independent between applicants, and as large for everybody as the number
of ratings says; floors, red flags and people's decisions stay as they were found; the standard is asked of
every drawn score; choices and places stay. Two applicants seen by the same assessors are in truth compared
more fairly than this allows for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from assessment.advice.redrawn import offers_by_merit
from assessment.advice.score_errors import ExerciseError, ScoreErrors
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation, Outcome
from assessment.decisions import Decisions
from assessment.framework import Framework
from assessment.scoring import ScoreSheet
from assessment.standard import Appointable, judgement_of

# Chances between these cannot be told apart from the line.
BAND_LOW, BAND_HIGH = 0.05, 0.95
# So many scores are drawn at a time, to bound the memory.
SCORES_AT_ONCE = 5_000_000


@dataclass(frozen=True, slots=True)
class LineStanding:
    """One applicant who is, or with a higher score would be, appointable.

    `rank` is None for those now below the standard. `chance` is of an offer, over all draws; `standard_error`
    is that of the overall score.
    """

    applicant: str
    rank: int | None
    overall: float
    standard_error: float
    offer: bool
    chance: float

    @property
    def in_band(self) -> bool:
        """Whether this applicant cannot be told apart from the line."""
        return BAND_LOW <= self.chance <= BAND_HIGH


@dataclass(frozen=True)
class CutLine:
    """The line and everybody near and far, in order of merit, those below the standard after it.

    `reliability` is the share of the differences between overall scores that is not chance disagreement, None
    where all are the same. `pairs` are of somebody with an offer and somebody without who scored no higher;
    `pairs_alike` of these differ by less than the standard error of their difference. `offers_elsewhere` is
    how many offers on average would go to somebody who now has none.
    """

    standings: tuple[LineStanding, ...]
    exercises: tuple[ExerciseError, ...]
    reliability: float | None
    lowest_with_offer: float | None
    highest_without: float | None
    pairs: int
    pairs_alike: int
    offers_elsewhere: float
    simulations: int
    seed: int

    @property
    def band(self) -> tuple[LineStanding, ...]:
        return tuple(each for each in self.standings if each.in_band)


def cut_line(
    framework: Framework,
    sheet: ScoreSheet,
    decisions: Decisions,
    problem: AllocationProblem,
    allocation: Allocation,
    errors: ScoreErrors,
    simulations: int,
    seed: int,
) -> CutLine:
    """The chances of everybody who could be offered a place; for the rule `merit`."""
    open_to = could_be_appointed(framework, sheet, decisions, problem)
    rank = problem.rank_by_applicant
    overall = np.array([float(sheet.overall[each] or 0) for each in open_to])
    spread = np.sqrt([errors.variance_by_applicant[each] for each in open_to])
    offered = {line.applicant for line in allocation.lines if line.outcome is Outcome.OFFER}
    chances = drawn_chances(framework, problem, open_to, overall, spread, simulations, seed)
    standings = tuple(
        LineStanding(each, rank.get(each), score, error, each in offered, chance)
        for each, score, error, chance in zip(
            open_to, overall.tolist(), spread.tolist(), chances.tolist(), strict=True
        )
    )
    pairs, alike = pairs_over_the_line(standings)
    return CutLine(
        standings=standings,
        exercises=errors.exercises,
        reliability=reliability_of_scores(sheet, errors),
        lowest_with_offer=min((each.overall for each in standings if each.offer), default=None),
        highest_without=max((each.overall for each in standings if not each.offer), default=None),
        pairs=pairs,
        pairs_alike=alike,
        offers_elsewhere=sum(each.chance for each in standings if not each.offer),
        simulations=simulations,
        seed=seed,
    )


def could_be_appointed(
    framework: Framework, sheet: ScoreSheet, decisions: Decisions, problem: AllocationProblem
) -> list[str]:
    """In order of merit; then, best first, those whom only the standard keeps from being appointable."""
    below = [
        line.applicant
        for line in problem.order.lines
        if line.rank is None and without_standard(framework, sheet, decisions, line.applicant)
    ]
    below.sort(key=lambda each: (-(sheet.overall[each] or Fraction(0)), each))
    return [*problem.rank_by_applicant, *below]


def without_standard(framework: Framework, sheet: ScoreSheet, decisions: Decisions, applicant: str) -> bool:
    judged = judgement_of(
        replace(framework, standard_percent=Fraction(0)),
        sheet.cells_by_applicant[applicant],
        decisions.flags_by_applicant.get(applicant, ()),
        decisions.standard_by_applicant.get(applicant),
    )
    return judged.appointable is Appointable.YES


def drawn_chances(
    framework: Framework,
    problem: AllocationProblem,
    open_to: Sequence[str],
    overall: np.ndarray,
    spread: np.ndarray,
    simulations: int,
    seed: int,
) -> np.ndarray:
    chance = np.random.default_rng(seed)
    standard = float(framework.standard_percent * framework.scale_max / 100)
    choices = [problem.choices_of(each) for each in open_to]
    offers = np.zeros(len(open_to))
    at_once = max(1, SCORES_AT_ONCE // max(len(open_to), 1))
    for first in range(0, simulations, at_once):
        draws = min(at_once, simulations - first)
        scores = overall + spread * chance.standard_normal((draws, len(open_to)))
        scores[scores < standard] = -np.inf
        offers += offers_by_merit(scores, choices, problem.places.by_council).sum(axis=0)
    return offers / simulations


def pairs_over_the_line(standings: Sequence[LineStanding]) -> tuple[int, int]:
    """How many pairs there are over the line, and how many of them are as good as level."""
    above = [each for each in standings if each.offer]
    below = [each for each in standings if not each.offer]
    if not above or not below:
        return 0, 0
    ahead, error = (
        first[:, None] + second[None, :]
        for first, second in (
            (overalls(above), -overalls(below)),
            (squared_errors(above), squared_errors(below)),
        )
    )
    return int((ahead >= 0).sum()), int(((ahead >= 0) & (ahead < np.sqrt(error))).sum())


def reliability_of_scores(sheet: ScoreSheet, errors: ScoreErrors) -> float | None:
    scores = [float(sheet.overall[each] or 0) for each in errors.variance_by_applicant]
    variance = float(np.var(scores, ddof=1)) if len(scores) > 1 else 0.0
    return 1 - float(np.mean(list(errors.variance_by_applicant.values()))) / variance if variance else None


def overalls(standings: Sequence[LineStanding]) -> np.ndarray:
    return np.array([each.overall for each in standings])


def squared_errors(standings: Sequence[LineStanding]) -> np.ndarray:
    return np.array([each.standard_error**2 for each in standings])
