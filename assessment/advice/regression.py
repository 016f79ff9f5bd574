"""A slope within groups: does one number change with another, beside what is the same in all of a group?

Each group (an assessor on an exercise) is compared with itself only. Errors may go together within a cluster
(an applicant); the standard error allows for it. With an instrument the slope is by two-stage least squares.

Sources: A. C. Cameron and D. L. Miller, Journal of Human Resources 50 (2015) 317-372 (clusters, and leaving
them out in turn); D. Staiger and J. H. Stock, Econometrica 65 (1997) 557-586 (an instrument with F below 10
is too weak).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as t_distribution

INSTRUMENT_F_MIN = 10.0


@dataclass(frozen=True, slots=True)
class Slope:
    """By how much the one changes for one unit of the other.

    `low` and `high` are the 95 % interval, `p_value` the chance of a slope so far from 0 if there were none.
    `instrument_f` is None without an instrument.
    """

    value: float
    standard_error: float
    low: float
    high: float
    p_value: float
    rows: int
    clusters: int
    instrument_f: float | None = None


def slope_within(
    y: np.ndarray,
    x: np.ndarray,
    controls: np.ndarray,
    groups: np.ndarray,
    clusters: np.ndarray,
    instrument: np.ndarray | None = None,
) -> Slope | None:
    """The slope of y on x; `controls` has a column for each other number to hold still.

    None where x does not vary within groups, or where too little is left to say anything.
    """
    kept = np.bincount(groups)[groups] > 1
    groups, clusters = compact(groups[kept]), compact(clusters[kept])
    if not kept.any() or clusters.max() < 2:
        return None
    y, x = within(y[kept], groups), within(x[kept], groups)
    others = np.column_stack(
        [within(column[kept], groups) for column in controls.T] or [np.zeros((len(y), 0))]
    )
    z = x if instrument is None else within(instrument[kept], groups)
    if len(y) - groups.max() - others.shape[1] < 3 or varies_not(x, others) or varies_not(z, others):
        return None
    value, error = estimate(y, x, z, others, groups, clusters)
    first = None if instrument is None else estimate(x, z, z, others, groups, clusters)
    limit = float(t_distribution.ppf(0.975, clusters.max()))
    return Slope(
        value=value,
        standard_error=error,
        low=value - limit * error,
        high=value + limit * error,
        p_value=float(2 * t_distribution.sf(abs(value) / error, clusters.max())) if error else 0.0,
        rows=len(y),
        clusters=int(clusters.max()) + 1,
        instrument_f=None
        if first is None
        else float((first[0] / first[1]) ** 2)
        if first[1]
        else float("inf"),
    )


def estimate(
    y: np.ndarray,
    x: np.ndarray,
    z: np.ndarray,
    others: np.ndarray,
    groups: np.ndarray,
    clusters: np.ndarray,
) -> tuple[float, float]:
    """The slope and its standard error, as if each cluster were left out in turn; z is x or its instrument.

    Leaving out (CR3) allows for what the groups' own means and the clusters' own weight take away from the
    residuals; without it the standard error would be too small, for panels move together.
    """
    instruments = np.column_stack([z, others])
    # What the instruments say of the regressors; without an instrument these are the regressors themselves.
    fitted = instruments @ np.linalg.lstsq(instruments, np.column_stack([x, others]), rcond=None)[0]
    inverse = np.linalg.inv(fitted.T @ fitted)
    coefficients = inverse @ (fitted.T @ y)
    residual = y - np.column_stack([x, others]) @ coefficients
    sizes = np.bincount(groups)
    moved = np.zeros((clusters.max() + 1, fitted.shape[1]))
    order = np.argsort(clusters, kind="stable")
    for cluster, own in enumerate(np.split(order, np.cumsum(np.bincount(clusters))[:-1])):
        same = (groups[own][:, None] == groups[own][None, :]) / sizes[groups[own]]
        pull = np.eye(len(own)) - same - fitted[own] @ inverse @ fitted[own].T
        moved[cluster] = inverse @ (fitted[own].T @ np.linalg.lstsq(pull, residual[own], rcond=None)[0])
    covariance = (len(moved) - 1) / len(moved) * moved.T @ moved
    return float(coefficients[0]), float(np.sqrt(covariance[0, 0]))


def within(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Each value less the mean of its group."""
    return values - (np.bincount(groups, weights=values) / np.bincount(groups))[groups]


def compact(labels: np.ndarray) -> np.ndarray:
    return np.asarray(np.unique(labels, return_inverse=True)[1]).ravel()


def varies_not(x: np.ndarray, others: np.ndarray) -> bool:
    """Whether nothing of x is left once the other numbers are held still."""
    rest = x - others @ np.linalg.lstsq(others, x, rcond=None)[0] if others.shape[1] else x
    return bool((rest**2).sum() <= 1e-9 * max(float((x**2).sum()), 1e-9))
