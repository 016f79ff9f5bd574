"""Modelled journeys, for where a campaign gives no real times: the campaign format's formula, no more.

Who travels from where, and which given time comes first, is decided where the tables are assembled
(`api.imports.journeys`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scheduler.grid import round_up

EARTH_RADIUS_KM = 6371.0
ROAD_KM_PER_STRAIGHT_KM = 1.3
KM_PER_HOUR = 85.0
START_AND_STOP_MINUTES = 12.0
ON_THE_SPOT_KM = 2.0
ROUNDING_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point on the map, in decimal degrees: north and east are positive."""

    latitude: float
    longitude: float


def straight_km(one: Coordinates, other: Coordinates) -> float:
    """The great-circle distance by the haversine formula, in kilometres."""
    phi, other_phi = math.radians(one.latitude), math.radians(other.latitude)
    half_rise = (other_phi - phi) / 2
    half_turn = math.radians(other.longitude - one.longitude) / 2
    square = math.sin(half_rise) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_turn) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(square)))


def modelled_minutes(one: Coordinates, other: Coordinates) -> int:
    """One-way minutes on the road: straight line x 1.3 at 85 km/h plus 12, rounded up to 5; 0 within 2 km."""
    km = straight_km(one, other)
    if km <= ON_THE_SPOT_KM:
        return 0
    minutes = km * ROAD_KM_PER_STRAIGHT_KM / KM_PER_HOUR * 60 + START_AND_STOP_MINUTES
    return round_up(math.ceil(minutes), ROUNDING_MINUTES)
