"""Krippendorff's own worked examples, and where nothing can be said."""

from __future__ import annotations

import pytest

from assessment.advice.alpha import Distance, alpha
from tests.assessment.advice.published import groups_of


@pytest.mark.parametrize(
    ("name", "distance", "published"),
    [
        ("krippendorff_2011_units", Distance.NOMINAL, 0.743),
        ("krippendorff_2011_units", Distance.ORDINAL, 0.815),
        ("krippendorff_2011_units", Distance.INTERVAL, 0.849),
        ("krippendorff_2011_units", Distance.RATIO, 0.797),
        ("krippendorff_2011_binary", Distance.NOMINAL, 0.095),
        ("krippendorff_2011_nominal", Distance.NOMINAL, 0.692),
    ],
)
def test_alpha_is_as_published(name: str, distance: Distance, published: float) -> None:
    found = alpha(groups_of(name), distance)
    assert found is not None
    assert round(found, 3) == published


def test_units_with_one_rating_do_not_count() -> None:
    groups = [[1, 2], [3, 3], [2, 2]]
    assert alpha([*groups, [5], []], Distance.ORDINAL) == alpha(groups, Distance.ORDINAL)


@pytest.mark.parametrize("groups", [[], [[3], [4]], [[3, 3], [3, 3]]])
def test_nothing_is_said_without_differences(groups: list[list[float]]) -> None:
    assert alpha(groups, Distance.INTERVAL) is None


def test_agreement_of_everybody_is_one_and_systematic_disagreement_below_nought() -> None:
    assert alpha([[1, 1], [4, 4]], Distance.NOMINAL) == 1
    assert alpha([[1, 4], [4, 1]], Distance.NOMINAL) == pytest.approx(-0.5)
