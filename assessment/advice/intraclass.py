"""Intraclass correlations: how much of the differences between ratings are differences between applicants.

One-way (`one_way`) is for panels that differ from applicant to applicant; a severe panel then counts as
disagreement, as it does for the applicant. Two-way (`two_way`) needs the same assessors for everybody.

Sources: P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979) 420-428, for the six forms; A.
Donner, International Statistical Review 54 (1986) 67-82, for unequal numbers of ratings; A. Wald, Annals of
Mathematical Statistics 11 (1940) 96-100, for the exact interval with unequal numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import f as f_distribution

CONFIDENCE = 0.95
FAR = 1e9
# Less than any difference that ratings could show.
NOUGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Correlation:
    """An intraclass correlation, at most 1, with its 95 % interval; None where no exact one is known."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class OneWay:
    """ICC(1) for one rating, ICC(k) for the mean of `raters_mean` ratings (k0 of the analysis).

    `mean` is None where the means of all applicants are alike, so that nothing tells them apart.
    """

    applicants: int
    ratings: int
    raters_mean: float
    f_ratio: float
    single: Correlation
    mean: Correlation | None


@dataclass(frozen=True, slots=True)
class TwoWay:
    """ICC(2,1), ICC(2,k): agreement of assessors like these. ICC(3,1), ICC(3,k): consistency of these.

    One is None where nothing tells applicants apart.
    """

    agreement_single: Correlation | None
    agreement_mean: Correlation | None
    consistency_single: Correlation | None
    consistency_mean: Correlation | None


def one_way(groups: Sequence[Sequence[float]]) -> OneWay | None:
    """Each group is one applicant's ratings; one rating alone still tells applicants apart.

    None where nothing can be said: fewer than two applicants, no two ratings of anybody, or all the same.
    """
    sizes = np.array([len(group) for group in groups], dtype=float)
    total, number = sizes.sum(), len(groups)
    if number < 2 or total <= number:
        return None
    means = np.array([np.mean(group) for group in groups])
    flat = np.concatenate([np.asarray(group, dtype=float) for group in groups])
    within = float(((flat - np.repeat(means, sizes.astype(int))) ** 2).sum() / (total - number))
    between = float((sizes * (means - flat.mean()) ** 2).sum() / (number - 1))
    if between + within <= NOUGHT:
        return None
    raters_mean = float((total - (sizes**2).sum() / total) / (number - 1))
    single = (between - within) / (between + (raters_mean - 1) * within)
    low, high = wald_interval(means, sizes, within, total - number) if within > NOUGHT else (None, None)
    return OneWay(
        applicants=number,
        ratings=int(total),
        raters_mean=raters_mean,
        f_ratio=between / within if within > NOUGHT else float("inf"),
        single=Correlation(single, low, high),
        mean=stepped_up(Correlation(single, low, high), raters_mean),
    )


def two_way(matrix: Sequence[Sequence[float]]) -> TwoWay | None:
    """Rows are applicants, columns assessors, nothing missing. None where nothing can be said.

    The consistency forms have an exact interval; for the agreement forms there is none.
    """
    y = np.asarray(matrix, dtype=float)
    if y.ndim != 2 or min(y.shape) < 2 or float(y.var()) == 0:
        return None
    n, k = y.shape
    rows, columns = y.mean(axis=1), y.mean(axis=0)
    between = float(k * ((rows - y.mean()) ** 2).sum() / (n - 1))
    raters = float(n * ((columns - y.mean()) ** 2).sum() / (k - 1))
    rest = y - rows[:, None] - columns[None, :] + y.mean()
    error = float((rest**2).sum() / ((n - 1) * (k - 1)))
    ahead, spread = between - error, (raters - error) / n
    consistency = balanced(between, error, k, n - 1, (n - 1) * (k - 1))
    return TwoWay(
        agreement_single=quotient(ahead, between + (k - 1) * error + k * spread),
        agreement_mean=quotient(ahead, between + spread),
        consistency_single=consistency,
        consistency_mean=None if consistency is None else stepped_up(consistency, k),
    )


def balanced(
    between: float, error: float, k: int, between_degrees: int, error_degrees: int
) -> Correlation | None:
    found = quotient(between - error, between + (k - 1) * error)
    if found is None or error <= NOUGHT:
        return found
    ratio, tail = between / error, (1 + CONFIDENCE) / 2
    low = ratio / f_distribution.ppf(tail, between_degrees, error_degrees)
    high = ratio * f_distribution.ppf(tail, error_degrees, between_degrees)
    return Correlation(found.value, float((low - 1) / (low + k - 1)), float((high - 1) / (high + k - 1)))


def quotient(above: float, below: float) -> Correlation | None:
    return Correlation(above / below) if below > NOUGHT else None


def stepped_up(single: Correlation, raters: float) -> Correlation | None:
    """The correlation of means of so many ratings (Spearman and Brown).

    None where all means are alike: there it falls without bound, and so may the lower end of an interval.
    """
    value, low, high = (
        None if each is None else step(each, raters) for each in (single.value, single.low, single.high)
    )
    return None if value is None else Correlation(value, low, high)


def step(value: float, raters: float) -> float | None:
    below = 1 + (raters - 1) * value
    return raters * value / below if below > NOUGHT else None


def wald_interval(
    means: np.ndarray, sizes: np.ndarray, within: float, degrees: float
) -> tuple[float | None, float | None]:
    """The exact interval: the ratios of variances at which the weighted differences of means are as found.

    For any true ratio the quantity below has an F distribution, and it falls as the ratio grows.
    """
    number = len(means)

    def spread(ratio: float) -> float:
        weights = sizes / (1 + sizes * ratio)
        centre = (weights * means).sum() / weights.sum()
        return float((weights * (means - centre) ** 2).sum() / ((number - 1) * within))

    tail = (1 - CONFIDENCE) / 2
    high = ratio_at(spread, float(f_distribution.ppf(tail, number - 1, degrees)), float(sizes.max()))
    low = ratio_at(spread, float(f_distribution.ppf(1 - tail, number - 1, degrees)), float(sizes.max()))
    return low / (1 + low), high / (1 + high)


def ratio_at(spread: Callable[[float], float], wanted: float, largest: float) -> float:
    least = -1 / largest * (1 - 1e-9)
    if spread(least) <= wanted:
        return least
    if spread(FAR) >= wanted:
        return FAR
    return float(brentq(lambda ratio: spread(ratio) - wanted, least, FAR, xtol=1e-12))
