"""The severity model on a national campaign, and how much closer to the truth it is than plain means."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np

from assessment.advice.severity import Severities, severities
from assessment.ratings import Rating
from tests.benchmarks.measure import apart
from tests.benchmarks.report import Line, Part, within

SECONDS = 60.0
MEMORY_MIB = 4096
LARGE = (5_000, 300)
SMALL = (500, 60)
# Criteria by exercise; four assessors on each.
CRITERIA = {"interview": 5, "service_users": 3, "written": 2, "presentation": 2, "reflection": 1}
RATERS = 4
SEVERITY = 0.18
REPEATS = 10


def measure_severity(quick: bool) -> Part:
    """5,000 applicants, about 250,000 ratings and 300 assessors; then small campaigns of known severities."""
    applicants, assessors = SMALL if quick else LARGE
    run = apart(SECONDS * 5, fitted, applicants, assessors)
    ratings, seconds, error = run.value or (0, None, 0.0)
    ratios = [error_ratio(seed) for seed in range(2 if quick else REPEATS)]
    return Part(
        "Severity",
        (
            within(
                f"severity of {assessors:,} assessors from {applicants:,} applicants, {ratings:,} ratings",
                SECONDS,
                seconds,
            ),
            Line(
                "peak memory, ratings included",
                f"at most {MEMORY_MIB} MiB",
                f"{run.peak_mib:.0f} MiB" if run.value else run.fault,
                run.value is not None and run.peak_mib <= MEMORY_MIB,
            ),
            Line("error of the severities found, in points", "", f"{error:.3f}", None),
            Line(
                f"error over that of plain means, {len(ratios)} campaigns of 90 applicants",
                "below 1 in each",
                f"{np.mean(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})",
                max(ratios) < 1,
            ),
        ),
        quick=quick,
    )


def fitted(applicants: int, assessors: int) -> tuple[int, float, float]:
    """Ratings, seconds of the model alone, and the error (root mean square) of its severities."""
    ratings, known = made_up(applicants, assessors, 0)
    began = time.monotonic()
    found = severities(ratings)
    seconds = time.monotonic() - began
    assert isinstance(found, Severities)
    return len(ratings), seconds, errors(found, known)[0]


def error_ratio(seed: int) -> float:
    ratings, known = made_up(90, 36, seed)
    found = severities(ratings)
    assert isinstance(found, Severities)
    model, plain = errors(found, known)
    return model / plain


def errors(found: Severities, known: dict[str, float]) -> tuple[float, float]:
    """The root mean squares of what the model and the plain means are off by."""
    truth = np.array([known[each.assessor] for each in found.assessors])
    model = np.array([each.severity for each in found.assessors])
    plain = np.array([each.difference for each in found.assessors])
    return float(((model - truth) ** 2).mean() ** 0.5), float(((plain - truth) ** 2).mean() ** 0.5)


def made_up(applicants: int, assessors: int, seed: int) -> tuple[list[Rating], dict[str, float]]:
    """Whole ratings of 1 to 5; standing panels with a guest on one exercise, mixed readers on the others."""
    chance = np.random.default_rng(seed)
    names = [f"S{number:03}" for number in range(assessors)]
    known = dict(zip(names, chance.normal(0, SEVERITY, assessors).tolist(), strict=True))
    panels = assessors // RATERS
    scale = [Fraction(rating) for rating in range(6)]
    ratings: list[Rating] = []
    for number in range(applicants):
        ability, applicant = chance.normal(3.4, 0.6), f"A{number:05}"
        for exercise, criteria in CRITERIA.items():
            own = chance.choice(assessors, RATERS, replace=False)
            if exercise == "interview":
                first = number % panels * RATERS
                own = np.unique([*range(first, first + RATERS - 1), int(own[0])])
            in_exercise = chance.normal(0, 0.2)
            for rater in own:
                level = ability + in_exercise + chance.normal(0, 0.2) - known[names[rater]]
                for criterion, noise in enumerate(chance.normal(0, 0.33, criteria)):
                    rating = scale[min(5, max(1, round(level + noise)))]
                    ratings.append(Rating(applicant, exercise, f"c{criterion}", names[rater], rating))
    return ratings, known
