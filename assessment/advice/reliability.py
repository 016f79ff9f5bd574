"""How far ratings agree: per exercise and per criterion, as ICC and as Krippendorff's alpha.

The formulas are in `intraclass.py` and `alpha.py`; here they are applied to a campaign. Assessors differ from
applicant to applicant, so the one-way forms apply; the two-way forms are given where one set of assessors
rated everybody. Advice only: no figure here changes a rating or a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.advice.alpha import Distance, alpha
from assessment.advice.intraclass import OneWay, TwoWay, one_way, two_way
from assessment.advice.views import views_of
from assessment.framework import Framework
from assessment.ratings import Rating

# Each applicant's ratings of one thing, by assessor.
Given = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Reliability:
    """The agreement on one exercise (`criterion` is "") or on one criterion of it.

    `applicants` were rated by at least two, `ratings` are theirs. For an exercise a rating is one assessor's
    view: all its criteria, weighed. `one_way` is None, and `why_not` says so, where nothing can be computed;
    `two_way` where assessors differ from applicant to applicant. Alpha is at most 1, and about 0 where
    ratings agree as by chance; nominal alpha is left out for views, which are hardly ever quite the same.
    """

    exercise: str
    criterion: str
    applicants: int
    ratings: int
    one_way: OneWay | None
    two_way: TwoWay | None
    alpha_nominal: float | None
    alpha_ordinal: float | None
    alpha_interval: float | None
    why_not: str


def reliabilities(framework: Framework, ratings: Sequence[Rating]) -> tuple[Reliability, ...]:
    """Every exercise of the matrix, each followed by its criteria."""
    by_exercise: dict[str, dict[str, dict[str, float]]] = {}
    for view in views_of(framework, ratings):
        by_exercise.setdefault(view.exercise, {}).setdefault(view.applicant, {})[view.assessor] = view.score
    by_cell = given_by_cell(framework, ratings)
    found: list[Reliability] = []
    for exercise in dict.fromkeys(exercise for exercise, _ in framework.weights):
        found.append(reliability_of(exercise, "", by_exercise.get(exercise, {})))
        found += [
            reliability_of(exercise, criterion, by_cell[exercise, criterion])
            for other, criterion in framework.weights
            if other == exercise
        ]
    return tuple(found)


def given_by_cell(
    framework: Framework, ratings: Iterable[Rating]
) -> dict[tuple[str, str], dict[str, dict[str, float]]]:
    found: dict[tuple[str, str], dict[str, dict[str, float]]] = {cell: {} for cell in framework.weights}
    for each in ratings:
        if (each.exercise, each.criterion) in found:
            own = found[each.exercise, each.criterion].setdefault(each.applicant, {})
            own[each.assessor] = float(each.rating)
    return found


def reliability_of(exercise: str, criterion: str, given: Given) -> Reliability:
    several = {applicant: own for applicant, own in given.items() if len(own) > 1}
    groups = [list(own.values()) for own in several.values()]
    found = one_way(groups)
    return Reliability(
        exercise=exercise,
        criterion=criterion,
        applicants=len(groups),
        ratings=sum(map(len, groups)),
        one_way=found,
        two_way=two_way(complete_matrix(several)) if found else None,
        alpha_nominal=alpha(groups, Distance.NOMINAL) if criterion else None,
        alpha_ordinal=alpha(groups, Distance.ORDINAL),
        alpha_interval=alpha(groups, Distance.INTERVAL),
        why_not="" if found else why_not(groups),
    )


def complete_matrix(given: Given) -> list[list[float]]:
    """One row per applicant and one column per assessor; nothing where not everybody rated everybody."""
    assessors = sorted({assessor for own in given.values() for assessor in own})
    if any(len(own) < len(assessors) for own in given.values()):
        return []
    return [[own[assessor] for assessor in assessors] for own in given.values()]


def why_not(groups: Sequence[Sequence[float]]) -> str:
    if len(groups) < 2:
        return "Fewer than two applicants were rated by two assessors, so agreement cannot be measured."
    return "Every rating is the same, so there is nothing that assessors could agree or differ on."
