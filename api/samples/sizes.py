"""Made-up campaigns of any size, and a whole country of them: the map is made up as well as the people.

They are for finding out how the program bears size. Each is a campaign before its day, without attendance
or ratings, made around a planted plan like the others (`plan.py`). The number of councils and venues
follows the number of applicants as in the South West: 6 and 2 for 106, 11 and 3 for 200, 40 and 6 for 1,000.
"""

from __future__ import annotations

import datetime
import math
import random
from collections.abc import Mapping, Sequence
from itertools import pairwise

from api.samples.cases import Case
from api.samples.regions import Council, Region, Spot, kilometres

SIZES = (12, 50, 106, 200, 400, 1000)
SIZE_MIN, SIZE_MAX = 6, 2000
NATIONAL = "national"
# As many partnerships and applicants as there were in 2017.
PARTNERSHIPS, NATIONAL_APPLICANTS = 22, 4391

_INTERVIEWS_MAX, _PANELS_MAX = 3, 4
_LEAD_SHARE = 0.27
_OFFERED = 1.3  # half-days offered for each one needed
_DATES_WANTED = 18  # where more days are offered, venues work side by side
_FIRST_DAY = datetime.date(2019, 6, 3)  # a Monday
_APPLICANTS_A_PLACE = 4.1
# applicants, councils, venues
_GROWTH = ((SIZE_MIN, 3, 1), (12, 3, 1), (50, 4, 2), (106, 6, 2), (200, 11, 3), (400, 20, 4), (1000, 40, 6))
_NAMES = tuple(
    first + last
    for first in (
        "Alder", "Ash", "Birch", "Bramble", "Cedar", "Elder", "Fern", "Hazel", "Heather", "Holly", "Maple",
        "Oak", "Rowan", "Sedge", "Thorn", "Willow",
    )
    for last in (
        "borough", "bourne", "bridge", "combe", "dale", "field", "ford", "gate", "ham", "holme", "ley",
        "mere", "minster", "moor", "port", "stead", "wick", "worth",
    )
)  # fmt: skip


def case_of_size(invited: int) -> Case:
    """The made-up campaign `size-N` of that many applicants. Raises `ValueError` beyond the limits."""
    if not SIZE_MIN <= invited <= SIZE_MAX:
        raise ValueError(f"{invited} applicants; from {SIZE_MIN} to {SIZE_MAX} are made up")
    name = f"size-{invited}"
    rng = random.Random(f"map/{name}")
    councils, venues = _grown(invited)
    return _case(name, f"A campaign of {invited:,}", invited, rng.sample(_NAMES, councils), venues, rng)


def national_cases() -> tuple[Case, ...]:
    """The partnerships of a whole country, `partnership-01` ...: 4,391 applicants, 199 or 200 in each."""
    rng = random.Random(f"map/{NATIONAL}")
    names = rng.sample(_NAMES, len(_NAMES))
    cases = []
    for number in range(1, PARTNERSHIPS + 1):
        invited = NATIONAL_APPLICANTS // PARTNERSHIPS + (number <= NATIONAL_APPLICANTS % PARTNERSHIPS)
        # From eight councils to fourteen, at two venues to four.
        towns = [names.pop() for _ in range(8 + number % 7)]
        title = f"Partnership {number} of {PARTNERSHIPS}"
        cases.append(_case(f"partnership-{number:02d}", title, invited, towns, 2 + number % 3, rng))
    return tuple(cases)


def _grown(invited: int) -> tuple[int, int]:
    """How many councils and venues so many applicants come with."""
    for (few, councils, venues), (many, most, most_venues) in pairwise(_GROWTH):
        if few <= invited <= many:
            share = (invited - few) / (many - few)
            return round(councils + share * (most - councils)), round(venues + share * (most_venues - venues))
    return _GROWTH[-1][1], _GROWTH[-1][2]


def _case(name: str, title: str, invited: int, towns: Sequence[str], venues: int, rng: random.Random) -> Case:
    councils = _councils(towns, venues, rng)
    spots = {f"V{n}": (c.name, c.base) for n, c in enumerate(councils[:venues], start=1)}
    region = Region(
        lead=councils[0].reference,
        council_by_reference={council.reference: council for council in councils},
        venue_spots=spots,
        not_step_free={venue: rng.choice((("3", "4"), ("2", "4"), ("4",))) for venue in spots},
    )
    places = _places(councils, invited, rng)
    days = _days(region, places, invited)
    side_by_side = max(sum(day == other for other, _ in days) for day, _ in days)
    return Case(
        name=name,
        title=f"{title} (made-up people, illustrative details)",
        places=places,
        invited=invited,
        attended=0,
        days=days,
        lead_share=_LEAD_SHARE,
        lot_seed=f"a made-up lot for {name}",
        role_players=_PANELS_MAX * (side_by_side + 1),
        service_user_groups=side_by_side + 2,
        panels_max=_PANELS_MAX,
        interviews_max=_INTERVIEWS_MAX,
        region=region,
    )


def _councils(towns: Sequence[str], venues: int, rng: random.Random) -> list[Council]:
    """The lead authority in the middle, the other venues' towns around it, the other councils near venues."""
    middle = Spot(52.3, -1.4)
    turn = rng.random() * 2 * math.pi
    bases = [middle]
    for number in range(1, venues):
        angle = turn + 2 * math.pi * number / (venues - 1)
        bases.append(_beyond(middle, rng.uniform(55, 100), angle))
    for number in range(len(towns) - venues):
        bases.append(_beyond(bases[number % venues], rng.uniform(12, 40), rng.random() * 2 * math.pi))
    return [
        Council(f"C{number:02d}", town, base)
        for number, (town, base) in enumerate(zip(towns, bases, strict=True), start=1)
    ]


def _beyond(spot: Spot, kilometres_away: float, angle: float) -> Spot:
    north = kilometres_away * math.sin(angle) / 111.2
    east = kilometres_away * math.cos(angle) / (111.2 * math.cos(math.radians(spot.latitude)))
    return Spot(round(spot.latitude + north, 3), round(spot.longitude + east, 3))


def _places(councils: Sequence[Council], invited: int, rng: random.Random) -> dict[str, int]:
    """About one place for four applicants, every council at least one, the lead authority the most."""
    weights = [4.0, *(rng.uniform(0.6, 3.0) for _ in councils[1:])]
    wanted = invited / _APPLICANTS_A_PLACE
    return {
        council.reference: max(1, round(wanted * weight / sum(weights)))
        for council, weight in zip(councils, weights, strict=True)
    }


def _days(region: Region, places: Mapping[str, int], invited: int) -> tuple[tuple[str, str], ...]:
    """The days offered, each at one venue: more where more applicants live near, over a few weeks."""
    panels = math.ceil(invited / _INTERVIEWS_MAX)
    sessions = math.ceil(panels / _PANELS_MAX)
    wanted = max(math.ceil(sessions * _OFFERED / 2), len(region.venue_spots), 2)
    near = dict.fromkeys(region.venue_spots, 0.0)
    others = sum(places.values()) - places[region.lead]
    for council, number in places.items():
        share = _LEAD_SHARE if council == region.lead else (1 - _LEAD_SHARE) * number / others
        base = region.base(council)
        near[min(near, key=lambda v: kilometres(base, region.venue_spots[v][1]))] += share
    left = dict.fromkeys(near, 1)
    for _ in range(wanted - len(near)):
        left[max(near, key=lambda v: near[v] / left[v])] += 1
    side_by_side = min(len(near), -(-wanted // _DATES_WANTED))
    days: list[tuple[str, str]] = []
    date = _FIRST_DAY
    while any(left.values()):
        for venue in sorted((v for v in left if left[v]), key=lambda v: -left[v])[:side_by_side]:
            left[venue] -= 1
            days.append((date.isoformat(), venue))
        date += datetime.timedelta(days=3 if date.weekday() == 4 else 1)
    return tuple(days)
