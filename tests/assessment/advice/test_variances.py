"""The mixed model beside an established implementation and beside its definition, on small data."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as models

from assessment.advice.severity import numbered, told_apart_effects
from assessment.advice.variances import Eliminated, MixedFit, fit_mixed, slope
from tests.assessment.advice.made_up import ratings_of_known_severity

NAMES = ("view", "exercise", "applicant")
Data = tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]


def small_data() -> Data:
    ratings, _ = ratings_of_known_severity(6, applicants=10, panels=3, severity=0.4, view=0.4)
    given = np.array([float(each.rating) for each in ratings])
    _, cells = numbered([(each.exercise, each.criterion) for each in ratings])
    _, raters = numbered([each.assessor for each in ratings])
    _, nests = told_apart_effects(ratings)
    return given, cells, raters, nests


@pytest.mark.parametrize("kept", [(2,), (1, 2), (0, 1, 2)])
def test_variances_and_effects_are_those_of_statsmodels(kept: tuple[int, ...]) -> None:
    given, cells, raters, nests = small_data()
    ours = fit_mixed(given, cells, raters, [nests[level] for level in kept])
    columns = {"rating": given, "cell": cells, "rater": raters, "everybody": 1}
    columns |= {name: nests[level] for level, name in enumerate(NAMES)}
    components = {"rater": "0 + C(rater)"} | {NAMES[level]: f"0 + C({NAMES[level]})" for level in kept}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = models.mixedlm(
            "rating ~ 0 + C(cell)",
            pd.DataFrame(columns),
            groups="everybody",
            vc_formula=components,
            re_formula="0",
        ).fit(reml=True, method="lbfgs", gtol=1e-8, maxiter=1000)
    variances = dict(zip(theirs.model.exog_vc.names, theirs.vcomp, strict=True))
    effects = theirs.random_effects[1]
    raters_effects = [float(effect) for name, effect in effects.items() if name.startswith("rater[")]
    assert (ours.residual, ours.rater, *ours.nested) == pytest.approx(
        (theirs.scale, variances["rater"], *(variances[NAMES[level]] for level in kept)), abs=5e-4
    )
    assert ours.rater_effects.tolist() == pytest.approx(raters_effects, abs=5e-4)
    assert ours.cell_means.tolist() == pytest.approx(theirs.fe_params.tolist(), abs=5e-4)


def test_prediction_errors_are_those_of_the_definition() -> None:
    """G - G Z' P Z G, written out with matrices of the size of the data."""
    given, cells, raters, nests = small_data()
    fit = fit_mixed(given, cells, raters, nests)
    x, z = (np.eye(groups.max() + 1)[groups] for groups in (cells, raters))
    covariance = fit.residual * np.eye(len(given)) + fit.rater * z @ z.T
    for variance, groups in zip(fit.nested, nests, strict=True):
        covariance += variance * (groups[:, None] == groups[None, :])
    inverse = np.linalg.inv(covariance)
    projection = inverse - inverse @ x @ np.linalg.inv(x.T @ inverse @ x) @ x.T @ inverse
    errors = fit.rater * np.eye(z.shape[1]) - fit.rater**2 * z.T @ projection @ z
    assert fit.rater_errors == pytest.approx(errors, abs=1e-9)
    assert fit.rater_effects == pytest.approx(fit.rater * z.T @ projection @ given, abs=1e-9)


@pytest.mark.parametrize("roots", [(0.5, 0.4, 0.3, 1.2), (0.02, 0.4, 0.0, 1.2), (1.0, 0.1, 0.1, 0.2)])
def test_slope_is_that_of_the_deviance(roots: tuple[float, ...]) -> None:
    model, at, step = Eliminated(*small_data()), np.array(roots), 1e-5
    measured = [
        (model.deviance(at + step * each) - model.deviance(at - step * each)) / (2 * step)
        for each in np.eye(len(at))
    ]
    assert slope(model, at, model.system(at)) == pytest.approx(measured, rel=1e-4, abs=1e-4)


def test_no_other_variances_are_likelier() -> None:
    fit, model = fit_mixed(*small_data()), Eliminated(*small_data())
    best = np.sqrt(np.array([fit.rater, *fit.nested]) / fit.residual)
    chance = np.random.default_rng(0)
    others = [model.deviance(np.abs(best + chance.normal(0, 0.05, len(best)))) for _ in range(20)]
    assert min(others) >= fit.deviance


def test_effect_that_is_not_there_has_no_variance() -> None:
    assert rated_alike().rater == 0
    assert rated_alike().rater_effects.tolist() == [0.0] * 4


def rated_alike() -> MixedFit:
    """Four raters who each give every applicant a 2 and a 4, in turn."""
    applicants, raters = np.repeat(np.arange(12), 4), np.tile(np.arange(4), 12)
    given = np.where((applicants + raters) % 2, 4.0, 2.0)
    return fit_mixed(given, np.zeros(48, dtype=int), raters, [applicants])
