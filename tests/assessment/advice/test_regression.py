"""The slope within groups beside its definition with a column for every group."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.advice.regression import Slope, slope_within


def data(seed: int = 0) -> tuple[np.ndarray, ...]:
    """y, x, a control, groups, clusters; some groups are of one row."""
    chance = np.random.default_rng(seed)
    groups = np.concatenate([np.repeat(np.arange(8), 6), [8, 9]])
    clusters = np.concatenate([np.tile(np.arange(12), 4), [0, 1]])
    x, control = chance.normal(0, 1, 50), chance.normal(0, 1, 50)
    shared = chance.normal(0, 0.5, 12)[clusters]
    y = 0.4 * x - 0.3 * control + chance.normal(0, 1, 10)[groups] + shared + chance.normal(0, 0.3, 50)
    return y, x, control[:, None], groups, clusters


def found(*arguments: np.ndarray) -> Slope:
    slope = slope_within(*arguments)
    assert slope is not None
    return slope


def with_columns(y: np.ndarray, x: np.ndarray, control: np.ndarray, groups: np.ndarray) -> float:
    regressors = np.column_stack([x, control, groups[:, None] == np.unique(groups)[None, :]])
    return float(np.linalg.lstsq(regressors, y, rcond=None)[0][0])


def test_slope_and_error_are_those_of_a_column_for_each_group() -> None:
    y, x, control, groups, clusters = data()
    slope = found(y, x, control, groups, clusters)
    inside = groups < 8
    assert slope.value == pytest.approx(with_columns(y[inside], x[inside], control[inside], groups[inside]))
    left_out = [
        with_columns(*(each[inside & (clusters != cluster)] for each in (y, x, control, groups)))
        for cluster in range(12)
    ]
    assert slope.standard_error == pytest.approx(
        float((11 / 12 * ((np.array(left_out) - slope.value) ** 2).sum()) ** 0.5)
    )
    assert (slope.rows, slope.clusters, slope.instrument_f) == (48, 12, None)
    assert slope.low < 0.4 < slope.high


def test_instrument_takes_away_what_x_and_y_have_in_common() -> None:
    chance = np.random.default_rng(5)
    groups, clusters = np.repeat(np.arange(20), 40), np.arange(800)
    instrument, common = chance.normal(0, 1, 800), chance.normal(0, 1, 800)
    x = instrument + common
    y = -0.5 * x + common + chance.normal(0, 0.2, 800)
    nothing = np.zeros((800, 0))
    assert found(y, x, nothing, groups, clusters).value > -0.2
    slope = found(y, x, nothing, groups, clusters, instrument)
    assert slope.value == pytest.approx(-0.5, abs=3 * slope.standard_error)
    assert slope.instrument_f is not None
    assert slope.instrument_f > 100


def test_nothing_is_said_where_x_is_the_same_in_every_group() -> None:
    y, _, control, groups, clusters = data()
    assert slope_within(y, groups.astype(float), control, groups, clusters) is None
    assert slope_within(y, control[:, 0], control, groups, clusters) is None


def test_nothing_is_said_of_groups_of_one() -> None:
    y, x, control, _, clusters = data()
    assert slope_within(y, x, control, np.arange(50), clusters) is None
