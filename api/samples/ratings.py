"""Made-up ratings: what assessors of differing severity gave those who came, and what the wash-up agreed.

Each applicant has an ability, each criterion a deviation, each rater a severity. Ratings of one thing lie
within one of each other but for a few wide gaps, which are settled with a reason. Where the case asks for
it, two applicants are level where the places run out (`tie.py`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from api.samples.applicants import MadeUpApplicant
from api.samples.attendance import came
from api.samples.cases import Case
from api.samples.evidence import REASONS, evidence_for
from api.samples.plan import PlantedPlan
from api.samples.programme import MATRIX
from api.samples.staff import MadeUpAssessor, Staff
from api.samples.tie import Ratings, make_level

Row = tuple[str, ...]


def made_up_ratings(
    case: Case,
    applicants: Sequence[MadeUpApplicant],
    plan: PlantedPlan,
    staff: Staff,
    interests: Sequence[Row],
    status_of: Mapping[str, str],
    rng: random.Random,
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of `ratings` and of `agreed`: every cell of the matrix for everybody who came."""
    rated = [a.reference for a in applicants if came(status_of[a.reference])]
    raters = _raters(rated, plan, staff, interests, rng)
    severity = {rater: rng.gauss(0, 0.18) for rater in sorted({r for rs in raters.values() for r in rs})}
    ratings: Ratings = {}
    for applicant in rated:
        ability = min(4.6, max(2.3, rng.gauss(3.4, 0.6)))
        strengths = {criterion: rng.gauss(0, 0.22) for _, criterion in MATRIX}
        for exercise, criterion in MATRIX:
            given = {
                rater: _on_scale(ability + strengths[criterion] - severity[rater] + rng.gauss(0, 0.33))
                for rater in raters[applicant, exercise]
            }
            ratings[applicant, exercise, criterion] = _close_together(given)
    agreed = _wide_gaps(ratings, rng)
    if case.tie_at:
        make_level(ratings, agreed, case.tie_at)
    return _rating_rows(ratings, rng), _agreed_rows(agreed, rng)


def _raters(
    rated: Sequence[str], plan: PlantedPlan, staff: Staff, interests: Sequence[Row], rng: random.Random
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who rates each applicant in each exercise: the panel, two service users, two who read the papers."""
    apart = {(applicant, person) for applicant, person, _, decision in interests if decision == "exclude"}
    readers = [a for a in staff.assessors if not a.standby and not a.trained_for]
    groups = {half.reference: group for group in staff.groups for half in group.planted}
    panel_of = {a.reference: panel for panel in plan.panels for a in panel.applicants}
    raters: dict[tuple[str, str], tuple[str, ...]] = {}
    for applicant in rated:
        panel = panel_of[applicant]
        members = [ref for ref, _ in groups[panel.session].members if (applicant, ref) not in apart]
        there = {ref for other in plan.panels_of(panel.session) for ref in other.members} - set(panel.members)
        open_to = [r for r in readers if (applicant, r.reference) not in apart]
        raters[applicant, "interview"] = tuple(panel.members)
        raters[applicant, "service_users"] = tuple(rng.sample(members, 2))
        raters[applicant, "written"] = _two(open_to, there, rng)
        raters[applicant, "self_evaluation_1"] = raters[applicant, "self_evaluation_2"] = _two(
            open_to, there, rng
        )
    return raters


def _two(readers: Sequence[MadeUpAssessor], there: set[str], rng: random.Random) -> tuple[str, ...]:
    """Two readers, from those of the session's other panels where there are enough."""
    near = [r.reference for r in readers if r.reference in there]
    return tuple(rng.sample(near if len(near) >= 2 else [r.reference for r in readers], 2))


def _on_scale(value: float) -> int:
    return min(5, max(1, round(value)))


def _close_together(given: dict[str, int]) -> dict[str, int]:
    """Pulls the extremes in until no two ratings are two apart."""
    middle = sorted(given.values())[len(given) // 2]
    close = {rater: min(middle + 1, max(middle - 1, rating)) for rater, rating in given.items()}
    if max(close.values()) - min(close.values()) > 1:
        close = {rater: max(middle, rating) for rater, rating in close.items()}
    return close


def _wide_gaps(ratings: Ratings, rng: random.Random) -> dict[tuple[str, str, str], int]:
    """Opens a few wide gaps; gives each cell's agreed rating, which lies between the two."""
    agreed: dict[tuple[str, str, str], int] = {}
    cells = [cell for cell, given in ratings.items() if set(given.values()) <= {3, 4}]
    people = len({applicant for applicant, _, _ in ratings})
    for cell in rng.sample(cells, min(len(cells), max(2, people // 8))):
        one, other = rng.sample(sorted(ratings[cell]), 2)
        ratings[cell][one], ratings[cell][other] = rng.choice(((2, 4), (3, 5), (2, 5)))
        agreed[cell] = rng.choice((3, 4))
    return agreed


def _rating_rows(ratings: Ratings, rng: random.Random) -> tuple[Row, ...]:
    return tuple(
        (applicant, exercise, criterion, rater, str(rating), evidence_for(criterion, rating, rng))
        for (applicant, exercise, criterion), given in ratings.items()
        for rater, rating in given.items()
    )


def _agreed_rows(agreed: Mapping[tuple[str, str, str], int], rng: random.Random) -> tuple[Row, ...]:
    return tuple((*cell, str(rating), rng.choice(REASONS)) for cell, rating in sorted(agreed.items()))
