"""Planted effects of order are found, and none is found where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.advice.order_effects import Effect, Moment, OrderEffect, order_effects, seen_of
from assessment.advice.regression import Slope
from assessment.advice.views import View
from tests.assessment.advice.made_up import days_of_interviews

NO_TIMETABLE = "A timetable is needed for this: only the sessions are known."


def slopes(found: tuple[OrderEffect, ...]) -> dict[Effect, Slope]:
    return {each.effect: each.slope for each in found if each.slope}


def test_no_effect_is_found_where_there_is_none() -> None:
    for seed in range(4):
        found = slopes(order_effects(*days_of_interviews(seed)))
        assert list(found) == list(Effect)
        assert all(each.p_value > 0.01 for each in found.values())


def test_planted_drift_is_found() -> None:
    found = slopes(order_effects(*days_of_interviews(1, drift=0.08)))
    assert found[Effect.POSITION].value == pytest.approx(0.08, abs=2 * found[Effect.POSITION].standard_error)
    assert found[Effect.POSITION].p_value < 0.001
    assert found[Effect.TIME_OF_DAY].p_value < 0.001
    assert found[Effect.AFTERNOON].value > 0


def test_planted_contrast_is_found_and_none_invented() -> None:
    leaning = slopes(order_effects(*days_of_interviews(2, contrast=-0.4)))[Effect.CONTRAST]
    assert leaning.value == pytest.approx(-0.4, abs=2.5 * leaning.standard_error)
    assert leaning.p_value < 0.01
    plain = [slopes(order_effects(*days_of_interviews(seed)))[Effect.CONTRAST].value for seed in range(6)]
    assert sum(plain) / len(plain) == pytest.approx(0, abs=0.06)


def test_without_times_only_half_days_and_days_are_compared() -> None:
    views, moments = days_of_interviews(3)
    by_session = [replace(each, exact=False, start=540 if each.start < 720 else 780) for each in moments]
    found = order_effects(views, by_session)
    assert [each.why_not for each in found] == [NO_TIMETABLE, NO_TIMETABLE, NO_TIMETABLE, "", ""]
    assert [each.detectable is None for each in found] == [True, True, True, False, False]


def test_nothing_is_said_without_moments_or_with_too_few() -> None:
    views, moments = days_of_interviews(3)
    assert [each.why_not for each in order_effects(views, [])] == [
        "It is not known when anybody was seen."
    ] * 5
    few = order_effects(views, moments[:9])
    assert [each.why_not for each in few] == ["Too few ratings can be compared for this."] * 5


def test_every_assessor_seen_on_one_half_day_only_is_told_so() -> None:
    views, moments = days_of_interviews(3)
    mornings = [replace(each, start=540) for each in moments]
    found = {each.effect: each for each in order_effects(views, mornings)}
    assert (
        found[Effect.AFTERNOON].why_not
        == "No assessor saw applicants under different conditions of this kind."
    )


def test_those_seen_at_the_same_time_do_not_come_before_each_other() -> None:
    starts = {"A1": 540, "A2": 540, "A3": 600}
    views = [
        View(applicant, "group", "S1", score)
        for applicant, score in zip(starts, (2.0, 4.0, 3.0), strict=True)
    ]
    others = [View(applicant, "written", "S2", 3.0) for applicant in starts]
    moments = [Moment(applicant, "group", "S1", 0, start, True) for applicant, start in starts.items()]
    seen = seen_of([*views, *others], moments)
    assert seen.before.tolist() == [0, 0, 2]
    assert seen.rated_before[2] == 3.0
    assert seen.others_before[2] == 0.0
