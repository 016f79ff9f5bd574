"""How far ratings lie from what is expected: the scale that is learnt, and the chances made of it."""

from __future__ import annotations

import math

from assessment.plausibility.spread import Tables, scale_of, t_tail


def test_chances_of_all_levels_sum_to_one_wherever_the_expected_rating_lies() -> None:
    tables = Tables(5, [0.5, 1.0])
    for kind in (0, 1):
        for expected in (-0.8, 0.0, 1.37, 4.0, 6.0):
            assert math.isclose(sum(map(math.exp, tables.row(kind, expected))), 1)


def test_likeliest_level_is_the_nearest_one() -> None:
    chances = Tables(5, [0.5]).row(0, 2.7)
    assert max(range(5), key=chances.__getitem__) == 3


def test_scale_grows_with_what_is_left_and_heeds_outliers_little() -> None:
    near = [0.5, -0.5] * 50
    assert math.isclose(scale_of([2 * each for each in near]), 2 * scale_of(near), rel_tol=0.01)
    assert scale_of([*near, 40.0]) < 1.2 * scale_of(near)


def test_no_residuals_have_no_scale() -> None:
    assert (scale_of([]), scale_of([0.0] * 9), t_tail(0.0)) == (0.0, 0.0, 0.0)
