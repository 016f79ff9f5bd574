"""Whether ratings drift over the day or the campaign, or lean against those given just before. Advice only.

Each assessor is compared with themself on one exercise, and each applicant with what other assessors saw in
other exercises, so neither severe assessors nor strong applicants can pass for an effect of order. Panels who
saw strong applicants before have been found to rate the next one lower by about a tenth of the difference (U.
Simonsohn and F. Gino, Psychological Science 24 (2013) 219-224). The arithmetic is in `regression.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assessment.advice.regression import INSTRUMENT_F_MIN, Slope, slope_within
from assessment.advice.views import View

ROWS_MIN = 30
APPLICANTS_MIN = 10
NOON = 720
# An effect so many standard errors from 0 is found four times in five.
POWER_80 = 2.8


class Effect(StrEnum):
    """What is looked at, and by what unit.

    `position`: per applicant seen before on that day. `time_of_day`: per hour. `contrast`: per point that
    those seen before on that day were rated higher. `afternoon`: against the morning. `day`: per further day
    of sessions.
    """

    POSITION = "position"
    TIME_OF_DAY = "time_of_day"
    CONTRAST = "contrast"
    AFTERNOON = "afternoon"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Moment:
    """When one assessor saw one applicant in one exercise.

    `day` numbers the days of the calendar. `start` is in minutes after midnight; where only the session is
    known, it is the session's, and `exact` is false.
    """

    applicant: str
    exercise: str
    assessor: str
    day: int
    start: int
    exact: bool


@dataclass(frozen=True, slots=True)
class OrderEffect:
    """One effect, in points of the scale per unit; without a slope, `why_not` says why."""

    effect: Effect
    slope: Slope | None
    why_not: str

    @property
    def detectable(self) -> float | None:
        """The least effect that data like these would show four times in five."""
        return None if self.slope is None else POWER_80 * self.slope.standard_error


@dataclass(frozen=True)
class Seen:
    """Views with their moments, as columns: one entry per view whose moment is known.

    `others` is what other assessors saw in the applicant in other exercises, beside the mean of those; not a
    number where nobody did. `before` is how many applicants the assessor had seen that day on the exercise,
    `rated_before` the mean of what they gave those, `others_before` the mean of what others saw in those.
    """

    score: np.ndarray
    day: np.ndarray
    start: np.ndarray
    exact: np.ndarray
    others: np.ndarray
    before: np.ndarray
    rated_before: np.ndarray
    others_before: np.ndarray
    groups: np.ndarray
    clusters: np.ndarray


def order_effects(views: Sequence[View], moments: Sequence[Moment]) -> tuple[OrderEffect, ...]:
    """Every effect that can be looked at; without exact times only those of half-day and day."""
    if not moments:
        return tuple(OrderEffect(each, None, "It is not known when anybody was seen.") for each in Effect)
    seen = seen_of(views, moments)
    return tuple(measured(each, seen) for each in Effect)


def measured(effect: Effect, seen: Seen) -> OrderEffect:
    if effect not in (Effect.AFTERNOON, Effect.DAY) and not seen.exact.any():
        return OrderEffect(effect, None, "A timetable is needed for this: only the sessions are known.")
    y, x, controls, instrument, kept = COLUMNS[effect](seen)
    if kept.sum() < ROWS_MIN or len(np.unique(seen.clusters[kept])) < APPLICANTS_MIN:
        return OrderEffect(effect, None, "Too few ratings can be compared for this.")
    slope = slope_within(
        y[kept],
        x[kept],
        controls[kept],
        seen.groups[kept],
        seen.clusters[kept],
        None if instrument is None else instrument[kept],
    )
    if slope is None:
        return OrderEffect(
            effect, None, "No assessor saw applicants under different conditions of this kind."
        )
    if slope.instrument_f is not None and slope.instrument_f < INSTRUMENT_F_MIN:
        why = "What others saw in the applicants before says too little about how these were rated."
        return OrderEffect(effect, None, why)
    return OrderEffect(effect, slope, "")


Columns = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None, np.ndarray]


def by_position(seen: Seen) -> Columns:
    return seen.score, seen.before, seen.others[:, None], None, seen.exact & np.isfinite(seen.others)


def by_time(seen: Seen) -> Columns:
    return seen.score, seen.start / 60, seen.others[:, None], None, seen.exact & np.isfinite(seen.others)


def by_contrast(seen: Seen) -> Columns:
    """What an assessor gave before depends on their own day; what others saw in those applicants does not.

    So the latter stands for the former. Without that, the assessor's own mean would tie each rating to the
    others and show a contrast where there is none (S. Nickell, Econometrica 49 (1981) 1417-1426).
    """
    kept = seen.exact & np.isfinite(seen.others) & np.isfinite(seen.others_before)
    return seen.score, seen.rated_before, seen.others[:, None], seen.others_before, kept


def by_afternoon(seen: Seen) -> Columns:
    everywhere = np.ones(len(seen.score), dtype=bool)
    return seen.score, (seen.start >= NOON).astype(float), nothing(seen), None, everywhere


def by_day(seen: Seen) -> Columns:
    """Days are counted where there were sessions, so that a weekend is no longer than a night."""
    number = np.unique(seen.day, return_inverse=True)[1].astype(float)
    return seen.score, number, nothing(seen), None, np.ones(len(seen.score), dtype=bool)


COLUMNS: Mapping[Effect, Callable[[Seen], Columns]] = {
    Effect.POSITION: by_position,
    Effect.TIME_OF_DAY: by_time,
    Effect.CONTRAST: by_contrast,
    Effect.AFTERNOON: by_afternoon,
    Effect.DAY: by_day,
}


def seen_of(views: Sequence[View], moments: Sequence[Moment]) -> Seen:
    at = {(each.applicant, each.exercise, each.assessor): each for each in moments}
    with_moment = [view for view in views if (view.applicant, view.exercise, view.assessor) in at]
    found = [at[view.applicant, view.exercise, view.assessor] for view in with_moment]
    others = seen_by_others(views, with_moment)
    before, rated_before, others_before = earlier_that_day(with_moment, found, others)
    return Seen(
        score=np.array([view.score for view in with_moment]),
        day=np.array([each.day for each in found]),
        start=np.array([each.start for each in found], dtype=float),
        exact=np.array([each.exact for each in found], dtype=bool),
        others=others,
        before=before,
        rated_before=rated_before,
        others_before=others_before,
        groups=labels([f"{view.assessor} {view.exercise}" for view in with_moment]),
        clusters=labels([view.applicant for view in with_moment]),
    )


def seen_by_others(views: Sequence[View], wanted: Sequence[View]) -> np.ndarray:
    scores: dict[str, list[float]] = {}
    for view in views:
        scores.setdefault(view.exercise, []).append(view.score)
    mean = {exercise: sum(own) / len(own) for exercise, own in scores.items()}
    by_applicant: dict[str, list[View]] = {}
    for view in views:
        by_applicant.setdefault(view.applicant, []).append(view)
    found = np.full(len(wanted), np.nan)
    for place, view in enumerate(wanted):
        beside = [
            other.score - mean[other.exercise]
            for other in by_applicant[view.applicant]
            if other.exercise != view.exercise and other.assessor != view.assessor
        ]
        if beside:
            found[place] = sum(beside) / len(beside)
    return found


def earlier_that_day(
    views: Sequence[View], moments: Sequence[Moment], others: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Those an assessor saw at the same time, in a group, do not come before each other."""
    days: dict[tuple[str, str, int], list[int]] = {}
    for place, each in enumerate(moments):
        days.setdefault((each.assessor, each.exercise, each.day), []).append(place)
    before = np.zeros(len(views))
    rated, beside = np.full(len(views), np.nan), np.full(len(views), np.nan)
    for own in days.values():
        for place in own:
            earlier = [other for other in own if moments[other].start < moments[place].start]
            before[place] = len(earlier)
            if earlier:
                rated[place] = sum(views[other].score for other in earlier) / len(earlier)
                beside[place] = float(np.mean(others[earlier]))
    return before, rated, beside


def nothing(seen: Seen) -> np.ndarray:
    return np.zeros((len(seen.score), 0))


def labels(names: Sequence[str]) -> np.ndarray:
    return np.asarray(np.unique(names, return_inverse=True)[1]).ravel()
