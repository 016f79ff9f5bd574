"""The modelled journeys between council bases and venues, worked out by hand from the coordinates."""

from __future__ import annotations

import pytest

from api.samples.regions import COUNCIL_BY_REFERENCE, VENUE_SPOTS, travel_minutes


@pytest.mark.parametrize(
    ("council", "venue", "minutes"),
    [
        ("SOM", "TAU", 0),
        ("SOM", "GLC", 115),
        ("BAN", "TAU", 75),
        ("NSO", "TAU", 50),
        ("COR", "EXE", 125),
    ],
)
def test_travel_minutes_follow_the_formats_model(council: str, venue: str, minutes: int) -> None:
    assert travel_minutes(COUNCIL_BY_REFERENCE[council].base, VENUE_SPOTS[venue][1]) == minutes
