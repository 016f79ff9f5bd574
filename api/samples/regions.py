"""The South West as it was published: councils, venues, places and the numbers invited and attended.

Nothing in here is made up except what says so: the split of places between councils whose number was
never published is assumed (shared by under-18 population), and so are the dates and half-days offered.
Sources are named by the numbers of the project's list of sources. Read `cases.py` next.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

LEAD_COUNCIL = "SOM"  # Somerset led the partnership in every year [S2, S4, R3]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map, in degrees (GeoNames [R133])."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Council:
    """A council and the town it is based in."""

    reference: str
    name: str
    base: Spot


COUNCILS: tuple[Council, ...] = (
    Council("SOM", "Somerset", Spot(51.015, -3.103)),
    Council("GLO", "Gloucestershire", Spot(51.866, -2.243)),
    Council("SGL", "South Gloucestershire", Spot(51.541, -2.418)),
    Council("SWI", "Swindon", Spot(51.558, -1.781)),
    Council("NSO", "North Somerset", Spot(51.346, -2.977)),
    Council("BAN", "Bath and North East Somerset", Spot(51.375, -2.362)),
    Council("DEV", "Devon", Spot(50.724, -3.528)),
    Council("COR", "Cornwall", Spot(50.265, -5.054)),
    Council("BRI", "Bristol", Spot(51.455, -2.597)),
    Council("PLY", "Plymouth", Spot(50.372, -4.143)),
    Council("TOR", "Torbay", Spot(50.462, -3.525)),
)

COUNCIL_BY_REFERENCE: Mapping[str, Council] = {council.reference: council for council in COUNCILS}


@dataclass(frozen=True)
class Region:
    """Where a made-up campaign takes place: its councils, who leads, and its venues.

    `not_step_free` holds, for each venue, the suffixes of the rooms that have steps.
    """

    lead: str
    council_by_reference: Mapping[str, Council]
    venue_spots: Mapping[str, tuple[str, Spot]]
    not_step_free: Mapping[str, tuple[str, ...]]

    def base(self, council: str) -> Spot:
        return self.council_by_reference[council].base

    def minutes(self, home: Spot, venue: str) -> int:
        """The journey from a home to a venue, one way."""
        return travel_minutes(home, self.venue_spots[venue][1])


# Published: 26 in all and Somerset 8 [S4]; the rest is assumed.
PLACES_2015: Mapping[str, int] = {"SOM": 8, "GLO": 7, "SGL": 3, "SWI": 3, "NSO": 3, "BAN": 2}

# Published: 49 in all, Somerset 8 [R3], Cornwall 5 [R130], Plymouth 4 [R131]; the rest is assumed.
PLACES_2017: Mapping[str, int] = {
    "SOM": 8, "GLO": 7, "SGL": 3, "SWI": 3, "NSO": 2, "BAN": 2,
    "DEV": 8, "COR": 5, "BRI": 5, "PLY": 4, "TOR": 2,
}  # fmt: skip

# Published: a bid for 66 places [S2], never awarded; the known numbers are held, the rest is assumed.
PLACES_BID: Mapping[str, int] = {
    "SOM": 8, "GLO": 11, "SGL": 5, "SWI": 4, "NSO": 4, "BAN": 3,
    "DEV": 12, "COR": 5, "BRI": 8, "PLY": 4, "TOR": 2,
}  # fmt: skip

# Taunton, and "Gloucestershire" with the town not named [S4]; Exeter as a third venue is assumed.
VENUE_SPOTS: Mapping[str, tuple[str, Spot]] = {
    "TAU": ("Taunton", Spot(51.015, -3.103)),
    "GLC": ("Gloucester", Spot(51.866, -2.243)),
    "EXE": ("Exeter", Spot(50.724, -3.528)),
}
_NOT_STEP_FREE = {"TAU": ("3", "4"), "GLC": ("2", "4"), "EXE": ("4",)}

SOUTH_WEST = Region(LEAD_COUNCIL, COUNCIL_BY_REFERENCE, VENUE_SPOTS, _NOT_STEP_FREE)


def kilometres(one: Spot, other: Spot) -> float:
    """The straight line between two points, by the haversine formula (radius 6371 km)."""
    north = math.radians(other.latitude - one.latitude)
    east = math.radians(other.longitude - one.longitude)
    cosines = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    h = math.sin(north / 2) ** 2 + cosines * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def travel_minutes(one: Spot, other: Spot) -> int:
    """The journey as the campaign format models it: 85 km/h on 1.3 times the line, plus 12 minutes."""
    distance = kilometres(one, other)
    if distance <= 2:
        return 0
    return math.ceil((distance * 1.3 / 85 * 60 + 12) / 5) * 5
