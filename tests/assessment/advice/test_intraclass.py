"""The published worked examples, the exact interval, and where nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f as f_distribution

from assessment.advice.intraclass import Correlation, OneWay, TwoWay, one_way, two_way
from tests.assessment.advice.published import groups_of


def one_way_of(name: str) -> OneWay:
    found = one_way(groups_of(name))
    assert found is not None
    return found


def two_way_of(name: str) -> TwoWay:
    found = two_way(groups_of(name))
    assert found is not None
    return found


def test_shrout_and_fleiss_have_all_six_forms() -> None:
    one, two = one_way_of("shrout_fleiss_1979"), two_way_of("shrout_fleiss_1979")
    forms = values(
        one.single,
        two.agreement_single,
        two.consistency_single,
        one.mean,
        two.agreement_mean,
        two.consistency_mean,
    )
    assert [round(form, 2) for form in forms] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_wine_has_the_published_values_and_intervals() -> None:
    one, two = one_way_of("wine"), two_way_of("wine")
    forms = values(one.single, two.agreement_single, two.consistency_single)
    assert [round(form, 4) for form in forms] == [0.7275, 0.7277, 0.7295]
    assert rounded(one.single) == (0.73, 0.43, 0.93)
    assert rounded(one.mean) == (0.91, 0.75, 0.98)
    assert rounded(two.consistency_single) == (0.73, 0.43, 0.93)


def test_ticks_have_the_published_f_and_average_size() -> None:
    found = one_way_of("sokal_rohlf")
    assert (found.applicants, found.ratings) == (4, 37)
    assert [round(figure, 3) for figure in (found.f_ratio, found.raters_mean)] == [5.263, 9.009]
    assert round(found.single.value, 2) == 0.32


def test_interval_of_equal_numbers_is_that_of_the_f_distribution() -> None:
    found = one_way_of("shrout_fleiss_1979")
    low = found.f_ratio / f_distribution.ppf(0.975, 5, 18)
    high = found.f_ratio * f_distribution.ppf(0.975, 18, 5)
    assert (found.single.low, found.single.high) == pytest.approx(
        ((low - 1) / (low + 3), (high - 1) / (high + 3))
    )


def test_interval_of_unequal_numbers_holds_the_truth_nineteen_times_in_twenty() -> None:
    chance, held, times = np.random.default_rng(1), 0, 300
    for _ in range(times):
        groups = [chance.normal(chance.normal(0, 1), 1, size) for size in (2, 2, 3, 3, 3, 4, 5, 2, 3, 6)]
        found = one_way(groups)
        assert found is not None
        assert found.single.low is not None
        assert found.single.high is not None
        held += found.single.low <= 0.5 <= found.single.high
    # Of 300 about 285, give or take twice 3.8.
    assert 277 <= held <= 293


@pytest.mark.parametrize("groups", [[], [[3, 4]], [[3], [4], [5]], [[3, 3], [3, 3]]])
def test_nothing_is_said_without_differences_to_compare(groups: list[list[float]]) -> None:
    assert one_way(groups) is None


@pytest.mark.parametrize("matrix", [[], [[3, 4]], [[3], [4]], [[3, 3], [3, 3]]])
def test_nothing_is_said_of_a_matrix_too_small(matrix: list[list[float]]) -> None:
    assert two_way(matrix) is None


def test_full_agreement_is_one_without_an_interval() -> None:
    found = one_way([[2, 2], [3, 3], [5, 5]])
    assert found is not None
    assert (found.single, found.mean) == (Correlation(1.0), Correlation(1.0))


def test_applicants_whom_nothing_tells_apart_have_no_agreement_of_means() -> None:
    alike = one_way([[2, 5], [5, 2], [2, 5]])
    assert alike is not None
    assert (alike.single.value, alike.mean) == (-1.0, None)
    assert two_way([[2, 5], [2, 5]]) == TwoWay(Correlation(0.0), Correlation(0.0), None, None)


def values(*forms: Correlation | None) -> list[float]:
    return [form.value for form in forms if form]


def rounded(found: Correlation | None) -> tuple[float, ...]:
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    return round(found.value, 2), round(found.low, 2), round(found.high, 2)
