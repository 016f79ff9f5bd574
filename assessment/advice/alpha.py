"""Krippendorff's alpha: 1 less the disagreement found over the disagreement that chance would give.

It bears missing ratings and any number of assessors. Source: K. Krippendorff, Computing Krippendorff's
Alpha-Reliability (2011), Annenberg School for Communication, University of Pennsylvania.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np


class Distance(StrEnum):
    """How far apart two ratings are.

    `nominal`: the same or not. `ordinal`: by how many ratings lie between. `interval`: by their difference.
    `ratio`: by their difference as a share of their sum.
    """

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def alpha(groups: Sequence[Sequence[float]], distance: Distance) -> float | None:
    """Each group is one applicant's ratings, however many; those with one are left out.

    None where nothing can be said: no two ratings of anybody, or every rating the same.
    """
    paired = [np.asarray(group, dtype=float) for group in groups if len(group) > 1]
    if not paired:
        return None
    values, place = np.unique(np.round(np.concatenate(paired), 9), return_inverse=True)
    sizes = np.array([len(group) for group in paired])
    counts = np.zeros((len(paired), len(values)))
    np.add.at(counts, (np.repeat(np.arange(len(paired)), sizes), place.ravel()), 1)
    coincidences = (counts / (sizes - 1)[:, None]).T @ counts
    coincidences -= np.diag((counts / (sizes - 1)[:, None]).sum(axis=0))
    each = counts.sum(axis=0)
    squared = squared_distances(values, each, distance)
    expected = float(each @ squared @ each) / (each.sum() - 1)
    return 1 - float((coincidences * squared).sum()) / expected if expected > 0 else None


def squared_distances(values: np.ndarray, each: np.ndarray, distance: Distance) -> np.ndarray:
    """`each` is how often every value was given; only the ordinal distance asks."""
    if distance is Distance.NOMINAL:
        return 1 - np.eye(len(values))
    if distance is Distance.ORDINAL:
        middle = np.cumsum(each) - each / 2
        return (middle[:, None] - middle[None, :]) ** 2
    difference = (values[:, None] - values[None, :]) ** 2
    if distance is Distance.INTERVAL:
        return difference
    total = (values[:, None] + values[None, :]) ** 2
    return np.divide(difference, total, out=np.zeros_like(difference), where=total > 0)
