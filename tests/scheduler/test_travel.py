"""The modelled journey against the published table of the region, and its own corners."""

from __future__ import annotations

import pytest

from scheduler.travel import Coordinates, modelled_minutes, straight_km

TAUNTON = Coordinates(51.015, -3.103)
GLOUCESTER = Coordinates(51.866, -2.243)
EXETER = Coordinates(50.724, -3.528)
PLYMOUTH = Coordinates(50.372, -4.143)
BATH = Coordinates(51.375, -2.362)
SWINDON = Coordinates(51.558, -1.781)
TRURO = Coordinates(50.265, -5.054)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (TAUNTON, GLOUCESTER, 112),
        (TAUNTON, EXETER, 44),
        (TAUNTON, PLYMOUTH, 102),
        (BATH, GLOUCESTER, 55),
        (SWINDON, TAUNTON, 110),
        (TRURO, TAUNTON, 161),
        (TRURO, GLOUCESTER, 265),
        (EXETER, PLYMOUTH, 59),
    ],
)
def test_straight_km_agrees_with_the_table_of_the_region(
    one: Coordinates, other: Coordinates, km: int
) -> None:
    assert straight_km(one, other) == pytest.approx(km, abs=0.6)
    assert straight_km(one, other) == pytest.approx(straight_km(other, one))


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (TAUNTON, GLOUCESTER, 115),
        (TAUNTON, PLYMOUTH, 110),
        (TAUNTON, EXETER, 55),
        (BATH, GLOUCESTER, 65),
        (SWINDON, TAUNTON, 115),
        (TRURO, TAUNTON, 160),
        (TRURO, GLOUCESTER, 260),
    ],
)
def test_modelled_minutes_are_rounded_up_to_five(one: Coordinates, other: Coordinates, minutes: int) -> None:
    exact = straight_km(one, other) * 1.3 / 85 * 60 + 12
    assert minutes - 5 < exact <= minutes
    assert modelled_minutes(one, other) == minutes


def test_modelled_minutes_are_none_on_the_spot() -> None:
    """A hundredth of a degree of latitude is 1.1 km; twice that is beyond the 2 km that count as here."""
    assert modelled_minutes(TAUNTON, TAUNTON) == 0
    assert modelled_minutes(TAUNTON, Coordinates(51.025, -3.103)) == 0
    assert modelled_minutes(TAUNTON, Coordinates(51.035, -3.103)) == 15


def test_straight_km_spans_half_the_globe() -> None:
    assert straight_km(Coordinates(0, 0), Coordinates(0, 180)) == pytest.approx(20015.1, abs=0.1)
