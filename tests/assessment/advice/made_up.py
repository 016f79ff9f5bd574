"""Made-up ratings whose severities are known, and views with planted effects of order."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assessment.advice.order_effects import Moment
from assessment.advice.views import View
from assessment.ratings import Rating

CRITERIA = {"interview": 4, "written": 2}
PANEL_SIZE = 3


def ratings_of_known_severity(
    seed: int, applicants: int = 60, panels: int = 8, severity: float = 0.2, view: float = 0.2
) -> tuple[list[Rating], dict[str, float]]:
    """Whole ratings of 1 to 5; panels swap one member now and then, papers have two readers."""
    chance = np.random.default_rng(seed)
    assessors = [f"S{number:02}" for number in range(panels * PANEL_SIZE)]
    known = dict(zip(assessors, chance.normal(0, severity, len(assessors)).tolist(), strict=True))
    found: list[Rating] = []
    for number in range(applicants):
        ability = chance.normal(3.3, 0.6)
        for exercise, criteria in CRITERIA.items():
            in_exercise = chance.normal(0, 0.2)
            for assessor in seen_by(chance, exercise, number % panels, assessors):
                level = ability + in_exercise + chance.normal(0, view) - known[assessor]
                found += [
                    Rating(f"A{number:03}", exercise, f"c{criterion}", assessor, on_scale(level, chance))
                    for criterion in range(criteria)
                ]
    return found, known


def seen_by(chance: np.random.Generator, exercise: str, panel: int, assessors: list[str]) -> list[str]:
    if exercise == "written":
        return list(chance.choice(assessors, 2, replace=False))
    own = [panel * PANEL_SIZE + place for place in range(PANEL_SIZE)]
    own[0] = (own[0] + PANEL_SIZE * int(chance.integers(0, 4))) % len(assessors)
    return [assessors[place] for place in own]


def on_scale(level: float, chance: np.random.Generator) -> Fraction:
    return Fraction(min(5, max(1, round(level + chance.normal(0, 0.4)))))


def days_of_interviews(
    seed: int, drift: float = 0.0, contrast: float = 0.0, days: int = 8, panels: int = 3
) -> tuple[list[View], list[Moment]]:
    """Panels of three who see six applicants a day; two others read two papers of each.

    `drift` is added for each applicant seen before on the day, `contrast` for each point by which those were
    rated above 3.3.
    """
    chance = np.random.default_rng(seed)
    assessors = [f"S{number:02}" for number in range(9 * panels)]
    severity = dict(zip(assessors, chance.normal(0, 0.18, len(assessors)).tolist(), strict=True))
    views: list[View] = []
    moments: list[Moment] = []
    for day in range(days):
        order = chance.permutation(assessors)
        for panel in range(panels):
            given: dict[str, list[float]] = {each: [] for each in order[panel * 3 : panel * 3 + 3]}
            for place in range(6):
                applicant, ability = f"A{day}{panel}{place}", chance.normal(3.3, 0.6)
                for assessor, before in given.items():
                    lean = contrast * (np.mean(before) - 3.3) if before else 0.0
                    score = ability - severity[assessor] + chance.normal(0, 0.3) + drift * place + lean
                    views.append(View(applicant, "interview", assessor, float(score)))
                    start = 540 + 60 * place + (60 if place > 2 else 0)
                    moments.append(Moment(applicant, "interview", assessor, day, start, exact=True))
                    before.append(float(score))
                for exercise in ("written", "letter"):
                    for reader in chance.choice(assessors, 2, replace=False):
                        score = ability - severity[reader] + chance.normal(0, 0.35)
                        views.append(View(applicant, exercise, str(reader), float(score)))
    return views, moments
