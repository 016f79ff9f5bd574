"""The four made-up campaigns of the South West: each one's name, size, and the half-days it offers.

Places, councils, venues and the numbers invited and attended are the published ones of `regions.py`
where there are any; `south-west-bid` is the bid, which was never run. Campaigns of any size, on a map that
is made up too, are in `sizes.py`. Read `programme.py` next.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.samples.regions import PLACES_2015, PLACES_2017, PLACES_BID, SOUTH_WEST, Region

MORNING = ("09:00", "13:15")
AFTERNOON = ("13:30", "17:30")


@dataclass(frozen=True)
class Case:
    """One made-up campaign. `days` are the days offered, each at one venue, morning and afternoon.

    `lead_share` is the share of applicants whose first choice is the lead authority. `attended` 0 is a
    campaign before its day: nobody has been there, and nobody is rated.
    """

    name: str
    title: str
    places: Mapping[str, int]
    invited: int
    attended: int
    days: tuple[tuple[str, str], ...]
    lead_share: float
    lot_seed: str
    role_players: int
    service_user_groups: int
    settings: Mapping[str, str] = field(default_factory=dict)
    panels_max: int = 4
    panel_size: int = 3
    interviews_max: int = 3
    tie_at: int = 0
    region: Region = SOUTH_WEST

    @property
    def venues(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(venue for _, venue in self.days))

    @property
    def trainees(self) -> int:
        return sum(self.places.values())


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A session that the campaign offers."""

    reference: str
    venue: str
    date: datetime.date
    start: str
    end: str

    @property
    def is_morning(self) -> bool:
        return self.start == MORNING[0]


def half_days(case: Case) -> tuple[HalfDay, ...]:
    """Every session the campaign offers, in order of date and start: `H01`, `H02` ..."""
    when = sorted(
        (datetime.date.fromisoformat(day), start, end, venue)
        for day, venue in case.days
        for start, end in (MORNING, AFTERNOON)
    )
    width = max(2, len(str(len(when))))
    return tuple(
        HalfDay(f"H{number:0{width}d}", venue, date, start, end)
        for number, (date, start, end, venue) in enumerate(when, start=1)
    )


_DAYS_2015 = (
    ("2015-07-06", "TAU"), ("2015-07-07", "TAU"), ("2015-07-09", "GLC"), ("2015-07-10", "GLC"),
    ("2015-07-14", "TAU"), ("2015-07-14", "GLC"),
)  # fmt: skip
_DAYS_2017 = (
    ("2017-06-12", "TAU"), ("2017-06-13", "EXE"), ("2017-06-14", "GLC"), ("2017-06-15", "GLC"),
    ("2017-06-19", "TAU"), ("2017-06-20", "EXE"), ("2017-06-21", "GLC"), ("2017-06-22", "EXE"),
    ("2017-06-26", "TAU"), ("2017-06-27", "EXE"), ("2017-06-27", "GLC"),
)  # fmt: skip
_DAYS_BID = (
    *_DAYS_2017,
    ("2017-06-28", "TAU"), ("2017-06-29", "GLC"), ("2017-06-30", "EXE"), ("2017-06-30", "GLC"),
)  # fmt: skip

CASES: tuple[Case, ...] = (
    Case(
        name="south-west-2015",
        title="South West 2015 (made-up people, illustrative details)",
        places=PLACES_2015,
        invited=106,
        attended=87,
        days=_DAYS_2015,
        lead_share=0.28,
        lot_seed="nine herons over the levels",
        role_players=9,
        service_user_groups=3,
        tie_at=26,
    ),
    Case(
        name="south-west-2017",
        title="South West 2017 (made-up people, illustrative details)",
        places=PLACES_2017,
        invited=200,
        attended=164,
        days=_DAYS_2017,
        lead_share=0.27,
        lot_seed="blue slate and slow rivers",
        role_players=10,
        service_user_groups=4,
        tie_at=49,
    ),
    Case(
        name="south-west-bid",
        title="South West bid for 66 places, never run (made-up people, illustrative details)",
        places=PLACES_BID,
        invited=269,
        attended=221,
        days=_DAYS_BID,
        lead_share=0.26,
        lot_seed="four kites above the moor",
        role_players=12,
        service_user_groups=5,
        tie_at=66,
    ),
    Case(
        name="tiny",
        title="A tiny campaign to try things out (made-up people, illustrative details)",
        places={"SOM": 2, "NSO": 1, "BAN": 1},
        invited=8,
        attended=7,
        days=(("2015-07-06", "TAU"),),
        lead_share=0.4,
        lot_seed="one wren in the hedge",
        role_players=3,
        service_user_groups=1,
        panels_max=2,
        panel_size=2,
        tie_at=0,
    ),
)

CASE_BY_NAME: Mapping[str, Case] = {case.name: case for case in CASES}
