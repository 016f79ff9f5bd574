"""The level of false alarms, and how it grows with the number of comparisons."""

from __future__ import annotations

import math

from assessment.plausibility.doubt import FALSE_ALARMS, needed, needed_of_moved, needed_to_refuse


def test_single_comparison_needs_the_level_itself() -> None:
    assert math.exp(-needed(1)) - FALSE_ALARMS < 1e-12


def test_ten_times_the_comparisons_need_a_tenth_of_the_chance() -> None:
    assert math.isclose(needed(1_000) - needed(100), math.log(10))


def test_refusing_and_moving_need_more() -> None:
    assert needed(50) < needed_of_moved(50) < needed_to_refuse(50)


def test_nothing_to_compare_needs_as_much_as_one_comparison() -> None:
    assert needed(0) == needed(1)
