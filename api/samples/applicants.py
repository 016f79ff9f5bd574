"""Made-up applicants: where they live, and which councils they listed.

About a quarter put the lead authority first (over 50 of some 200 did in 2015 [R1]), the rest follow the
places. Homes lie around the first choice's base; neighbours are likelier further choices.
Adjustments are given once the planted plan stands (`adjustments.py`). Read `plan.py` next.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from api.samples.cases import Case
from api.samples.people import Names, Person
from api.samples.regions import Spot, kilometres

CHOICES_MAX = 4
_HOME_KM = 9.0  # spread of homes; most lie within 20 km of the base


@dataclass(frozen=True, slots=True)
class MadeUpApplicant:
    """An applicant of a sample, with the point their journey starts from."""

    reference: str
    person: Person
    home: Spot
    choices: tuple[str, ...]

    @property
    def first_choice(self) -> str:
        return self.choices[0]


def made_up_applicants(case: Case, rng: random.Random, names: Names) -> tuple[MadeUpApplicant, ...]:
    """As many applicants as were invited: `A001`, `A002` ..."""
    firsts = _first_choices(case, rng)
    width = max(3, len(str(case.invited)))
    return tuple(
        MadeUpApplicant(
            reference=f"A{number:0{width}d}",
            person=names.next(),
            home=_home(case.region.base(first), rng),
            choices=(first, *_further_choices(case, first, rng)),
        )
        for number, first in enumerate(firsts, start=1)
    )


def _first_choices(case: Case, rng: random.Random) -> list[str]:
    lead = round(case.invited * case.lead_share)
    others = {c: places for c, places in case.places.items() if c != case.region.lead}
    exact = {c: (case.invited - lead) * places / sum(others.values()) for c, places in others.items()}
    counts = {c: math.floor(share) for c, share in exact.items()}
    short = case.invited - lead - sum(counts.values())
    for council in sorted(exact, key=lambda c: counts[c] - exact[c])[:short]:
        counts[council] += 1
    firsts = [case.region.lead] * lead + [c for c, count in counts.items() for _ in range(count)]
    rng.shuffle(firsts)
    return firsts


def _further_choices(case: Case, first: str, rng: random.Random) -> list[str]:
    base = case.region.base(first)
    left = [council for council in case.places if council != first]
    chosen: list[str] = []
    wanted = min(rng.choice((1, 2, 2, 3, 3)), CHOICES_MAX - 1, len(left))
    while len(chosen) < wanted:
        nearness = [math.exp(-kilometres(base, case.region.base(c)) / 45) for c in left]
        council = rng.choices(left, weights=nearness)[0]
        left.remove(council)
        chosen.append(council)
    return chosen


def _home(base: Spot, rng: random.Random) -> Spot:
    north = rng.gauss(0, _HOME_KM) / 111.2
    east = rng.gauss(0, _HOME_KM) / (111.2 * math.cos(math.radians(base.latitude)))
    return Spot(round(base.latitude + north, 3), round(base.longitude + east, 3))
