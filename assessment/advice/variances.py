"""A linear mixed model of very many ratings: variances by restricted maximum likelihood, effects by BLUP.

A rating is a mean of its cell + the rater's effect + effects that lie within one applicant, each finer than
the next (one rater's view, the exercise, the applicant) + a residual. Because these effects are nested and
every rating belongs to one applicant, all of them are eliminated one after the other; what is left is a dense
system of the cells and the raters only, some hundred rows however many applicants there are.

Sources: H. D. Patterson and R. Thompson, Biometrika 58 (1971) 545-554 (restricted maximum likelihood);
C. R. Henderson, Biometrics 31 (1975) 423-447 (the equations of the effects and their prediction errors);
D. Bates and others, Journal of Statistical Software 67 (2015), section 3 (the deviance profiled over the
residual variance). What the effects mean is in `severity.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

STEP = 1e-4
START = 0.5
# A ratio of standard deviations below this is nought; a search that ends there is tried once more from above.
NOUGHT = 1e-3
AGAIN = 0.1


@dataclass(frozen=True)
class MixedFit:
    """What was estimated.

    `residual`, `rater` and `nested` are variances, `nested` in the order of the effects given. `cell_means`
    are the fixed effects, `rater_effects` the BLUPs, `rater_errors` the covariances of their prediction
    errors. `deviance` is -2 times the restricted log-likelihood, but for a constant.
    """

    residual: float
    rater: float
    nested: tuple[float, ...]
    cell_means: np.ndarray
    rater_effects: np.ndarray
    rater_errors: np.ndarray
    deviance: float


def fit_mixed(
    ratings: np.ndarray, cells: np.ndarray, raters: np.ndarray, nests: Sequence[np.ndarray]
) -> MixedFit:
    """Fit the model. All arrays have one number per rating; groups are numbered from 0 without gaps.

    `nests` come from the finest effect to the coarsest; each group lies within one group of the next.
    """
    model = Eliminated(ratings, cells, raters, nests)
    roots = best_roots(model, np.full(1 + len(nests), START))
    system = model.system(roots)
    residual = system.square / (len(ratings) - model.cells)
    effects, inverse = system.solution, system.inverse()
    first = model.cells
    return MixedFit(
        residual=residual,
        rater=float(residual * roots[0] ** 2),
        nested=tuple(float(residual * root**2) for root in roots[1:]),
        cell_means=effects[:first] + model.centre,
        rater_effects=roots[0] * effects[first:],
        rater_errors=residual * roots[0] ** 2 * inverse[first:, first:],
        deviance=model.deviance(roots),
    )


class Eliminated:
    """The likelihood by `roots`: every standard deviation over the residual's, the raters' first."""

    def __init__(
        self, ratings: np.ndarray, cells: np.ndarray, raters: np.ndarray, nests: Sequence[np.ndarray]
    ) -> None:
        self.ratings, self.cells, self.raters = len(ratings), int(cells.max()) + 1, int(raters.max()) + 1
        self.centre = float(ratings.mean())
        design = sparse.hstack(
            [indicators(cells), indicators(raters), sparse.csr_matrix((ratings - self.centre)[:, None])]
        ).tocsr()
        self.products = np.asarray((design.T @ design).todense())
        # Sums over each finest group, and which coarser group each group lies in.
        self.sums = (indicators(nests[0]).T @ design).tocsr() if nests else design
        self.sizes = np.bincount(nests[0]).astype(float) if nests else np.ones(len(ratings))
        self.parents = [parents_of(finer, coarser) for finer, coarser in pairwise(nests)]

    def deviance(self, roots: np.ndarray) -> float:
        return self.deviance_of(self.system(roots))

    def deviance_of(self, system: System) -> float:
        degrees = self.ratings - self.cells
        if system.square <= 0:
            return float("-inf")
        return float(degrees * np.log(system.square / degrees) + system.log_determinant)

    def system(self, roots: np.ndarray) -> System:
        """Henderson's equations of cells and raters, scaled by the raters' root so that it may be 0."""
        products, log_determinant = self.without_nests(tuple(roots[1:] ** 2))
        scale = self.scale(roots)
        matrix = products[:-1, :-1] * scale[:, None] * scale[None, :]
        matrix[np.arange(self.cells, len(scale)), np.arange(self.cells, len(scale))] += 1
        factor = cho_factor(matrix, lower=True)
        right = products[:-1, -1] * scale
        solution = cho_solve(factor, right)
        square = float(products[-1, -1] - right @ solution)
        log_determinant += 2 * float(np.log(np.diag(factor[0])).sum())
        return System(products, scale, factor, solution, square, log_determinant)

    def scale(self, roots: np.ndarray) -> np.ndarray:
        return np.concatenate([np.ones(self.cells), np.full(self.raters, roots[0])])

    def without_nests(self, ratios: tuple[float, ...]) -> tuple[np.ndarray, float]:
        """The products of design and ratings without the nested effects, and a log-determinant.

        Within a group of total weight t an effect of ratio r takes r / (1 + r t) times the square of the sum
        away, and leaves the group weighing t / (1 + r t).
        """
        products, log_determinant = self.products.copy(), 0.0
        sums, weights = self.sums, self.sizes
        for level, ratio in enumerate(ratios):
            shrink = 1 + ratio * weights
            log_determinant += float(np.log(shrink).sum())
            if ratio:
                products -= np.asarray((sums.T @ sparse.diags(ratio / shrink) @ sums).todense())
            if level < len(self.parents):
                sums = self.parents[level] @ (sparse.diags(1 / shrink) @ sums)
                weights = self.parents[level] @ (weights / shrink)
        return products, log_determinant


@dataclass(frozen=True)
class System:
    """The solved equations at one set of roots, made of `products` times `scale` by row and by column."""

    products: np.ndarray
    scale: np.ndarray
    factor: tuple[np.ndarray, bool]
    solution: np.ndarray
    square: float
    log_determinant: float

    def inverse(self) -> np.ndarray:
        return np.asarray(cho_solve(self.factor, np.eye(len(self.solution))))


def best_roots(model: Eliminated, start: np.ndarray) -> np.ndarray:
    """The roots of the least deviance; none is below 0.

    At a root of 0 the slope is 0 whatever lies above, so an effect that ends there is tried again from above.
    """
    found = searched(model, start)
    for effect in np.flatnonzero(found < NOUGHT):
        above = found.copy()
        above[effect] = AGAIN
        if model.deviance(above) < model.deviance(found):
            found = searched(model, above)
    return np.where(found < NOUGHT, 0.0, found)


def searched(model: Eliminated, start: np.ndarray) -> np.ndarray:
    def looked_at(roots: np.ndarray) -> tuple[float, np.ndarray]:
        system = model.system(roots)
        return model.deviance_of(system), slope(model, roots, system)

    done = minimize(
        looked_at,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * len(start),
        # The slope grows with the number of ratings, and so does what rounding leaves of it at the end.
        options={"ftol": 1e-11, "gtol": 1e-7 * model.ratings, "maxiter": 200},
    )
    return np.asarray(done.x)


def slope(model: Eliminated, roots: np.ndarray, system: System) -> np.ndarray:
    """How the deviance changes with each root.

    At the solution the squares change with the products alone, and the determinant by the trace; so one
    solved system serves all effects. How the products change with a nested effect is by central differences:
    they are even in every root, so a step below 0 does no harm.
    """
    cells, scale, products = model.cells, system.scale, system.products
    inverse = system.inverse() * scale[:, None]
    left = np.append(-scale * system.solution, 1.0)
    per_square = (model.ratings - cells) / system.square
    found = np.zeros(len(roots))
    pull = system.solution[cells:] @ (products @ left)[cells:-1]
    found[0] = 2 * float((inverse * products[:-1, :-1]).sum(axis=0)[cells:].sum() - per_square * pull)
    inverse *= scale[None, :]
    for effect in range(1, len(roots)):
        step = np.where(np.arange(len(roots)) == effect, STEP, 0.0)
        above, log_above = model.without_nests(tuple((roots + step)[1:] ** 2))
        below, log_below = model.without_nests(tuple((roots - step)[1:] ** 2))
        change = (above - below) / (2 * STEP)
        found[effect] = float((inverse * change[:-1, :-1]).sum() + per_square * (left @ change @ left))
        found[effect] += (log_above - log_below) / (2 * STEP)
    return found


def indicators(groups: np.ndarray) -> sparse.csr_matrix:
    """One row per rating, one column per group."""
    number = len(groups)
    return sparse.csr_matrix((np.ones(number), (np.arange(number), groups)), shape=(number, groups.max() + 1))


def parents_of(finer: np.ndarray, coarser: np.ndarray) -> sparse.csr_matrix:
    """One row per coarser group, one column per finer group; 1 where the one lies in the other."""
    groups, first = np.unique(finer, return_index=True)
    return sparse.csr_matrix(
        (np.ones(len(groups)), (coarser[first], groups)), shape=(coarser.max() + 1, len(groups))
    )
