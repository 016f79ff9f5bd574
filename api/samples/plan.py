"""The planted plan: one way to run the whole made-up campaign, found before anybody's availability is set.

It is never written out. It says which sessions are held and who is on which panel, so that whatever
else the sample rules out, a timetable exists with the fewest panels and sessions, and with a member of
the first-choice council for every applicant. Staff are planted in `staff.py`, which you may read next.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from api.samples.applicants import MadeUpApplicant
from api.samples.cases import Case, HalfDay, half_days
from api.samples.regions import kilometres


@dataclass
class PlantedPanel:
    """A panel of the planted plan: the applicants it sees, and the council each member comes from.

    `members` is filled when the assessors are made.
    """

    session: str
    applicants: tuple[MadeUpApplicant, ...]
    councils: tuple[str, ...]
    members: list[str] = field(default_factory=list)


@dataclass
class PlantedPlan:
    """Sessions held, panels in order of session, and the session of each applicant."""

    sessions: tuple[HalfDay, ...]
    panels: list[PlantedPanel]

    @property
    def session_by_applicant(self) -> dict[str, str]:
        return {a.reference: panel.session for panel in self.panels for a in panel.applicants}

    def panels_of(self, session: str) -> list[PlantedPanel]:
        return [panel for panel in self.panels if panel.session == session]


def plant(case: Case, applicants: Sequence[MadeUpApplicant], rng: random.Random) -> PlantedPlan:
    """The fewest panels and sessions that hold everybody, near home as far as seats go."""
    panels_needed = -(-len(applicants) // case.interviews_max)
    sessions_needed = -(-panels_needed // case.panels_max)
    held = _sessions_held(case, applicants, sessions_needed, rng)
    sizes = _panel_sizes(case, held, len(applicants), panels_needed)
    by_venue = _applicants_by_venue(case, applicants, sizes)
    panels: list[PlantedPanel] = []
    for venue in case.venues:
        venue_sizes = [size for half, size in sizes if half.venue == venue]
        venue_sessions = [half.reference for half, _ in sizes if half.venue == venue]
        groups = _grouped(case, by_venue[venue], venue_sizes, rng)
        for session, group in zip(venue_sessions, groups, strict=True):
            panels.append(PlantedPanel(session, group, _panel_councils(case, venue, group, rng)))
    panels.sort(key=lambda panel: panel.session)
    return PlantedPlan(held, panels)


def _sessions_held(
    case: Case, applicants: Sequence[MadeUpApplicant], needed: int, rng: random.Random
) -> tuple[HalfDay, ...]:
    offered = half_days(case)
    nearest = [min(case.venues, key=lambda v: case.region.minutes(a.home, v)) for a in applicants]
    held: list[HalfDay] = []
    counts = dict.fromkeys(case.venues, 0)
    rooms = {v: sum(half.venue == v for half in offered) for v in case.venues}
    for _ in range(needed):
        open_venues = [v for v in case.venues if counts[v] < rooms[v]]
        venue = max(open_venues, key=lambda v: nearest.count(v) / (counts[v] + 0.5))
        counts[venue] += 1
    for venue in case.venues:
        held += rng.sample([half for half in offered if half.venue == venue], counts[venue])
    return tuple(sorted(held, key=lambda half: half.reference))


def _panel_sizes(
    case: Case, held: Sequence[HalfDay], people: int, panels_needed: int
) -> list[tuple[HalfDay, int]]:
    """Each planted panel's session and how many applicants it sees; the last session gets what is left."""
    slots = [half for half in held for _ in range(case.panels_max)][:panels_needed]
    spare = panels_needed * case.interviews_max - people
    sizes = [case.interviews_max] * panels_needed
    for index in range(spare):
        sizes[-1 - index * case.panels_max % panels_needed] -= 1
    return list(zip(slots, sizes, strict=True))


def _applicants_by_venue(
    case: Case, applicants: Sequence[MadeUpApplicant], sizes: Sequence[tuple[HalfDay, int]]
) -> dict[str, list[MadeUpApplicant]]:
    seats = {v: sum(size for half, size in sizes if half.venue == v) for v in case.venues}
    placed: dict[str, list[MadeUpApplicant]] = {venue: [] for venue in case.venues}

    def journeys(applicant: MadeUpApplicant) -> list[tuple[int, str]]:
        return sorted((case.region.minutes(applicant.home, v), v) for v in case.venues)

    def urgency(applicant: MadeUpApplicant) -> int:
        best = journeys(applicant)
        return best[0][0] - best[min(1, len(best) - 1)][0]

    for applicant in sorted(applicants, key=urgency):
        venue = next(v for _, v in journeys(applicant) if len(placed[v]) < seats[v])
        placed[venue].append(applicant)
    return placed


def _grouped(
    case: Case, people: list[MadeUpApplicant], sizes: Sequence[int], rng: random.Random
) -> list[tuple[MadeUpApplicant, ...]]:
    """Panels whose applicants' first choices leave room for the lead authority's member."""
    line = sorted(people, key=lambda a: (a.first_choice == case.region.lead, a.first_choice, a.reference))
    groups: list[list[MadeUpApplicant]] = []
    for size in sizes:
        groups.append([line.pop(0) for _ in range(size)])
    limit = case.panel_size - 1
    tries = 0
    while tries < 60 * len(groups) or any(_partners(case, group) > limit for group in groups):
        tries += 1
        if tries > 100_000:
            raise ValueError(f"{case.name}: no panels hold everybody's first choice")
        one, other = rng.choice(groups), rng.choice(groups)
        i, j = rng.randrange(len(one)), rng.randrange(len(other))
        before = max(_partners(case, one), limit) + max(_partners(case, other), limit)
        one[i], other[j] = other[j], one[i]
        if max(_partners(case, one), limit) + max(_partners(case, other), limit) > before:
            one[i], other[j] = other[j], one[i]
    rng.shuffle(groups)
    groups.sort(key=len, reverse=True)
    return _in_order_of(groups, sizes)


def _in_order_of(
    groups: list[list[MadeUpApplicant]], sizes: Sequence[int]
) -> list[tuple[MadeUpApplicant, ...]]:
    result: list[tuple[MadeUpApplicant, ...]] = []
    for size in sizes:
        index = next(i for i, group in enumerate(groups) if len(group) == size)
        result.append(tuple(groups.pop(index)))
    return result


def _partners(case: Case, group: Sequence[MadeUpApplicant]) -> int:
    return len({a.first_choice for a in group} - {case.region.lead})


def _panel_councils(
    case: Case, venue: str, group: Sequence[MadeUpApplicant], rng: random.Random
) -> tuple[str, ...]:
    """One lead-authority member, one for each first choice, and neighbours to fill the panel."""
    councils = [case.region.lead, *sorted({a.first_choice for a in group} - {case.region.lead})]
    spot = case.region.venue_spots[venue][1]
    while len(councils) < case.panel_size:
        others = [c for c in case.places if c not in councils]
        weights = [case.places[c] / (30 + kilometres(case.region.base(c), spot)) for c in others]
        councils.append(rng.choices(others, weights=weights)[0])
    return tuple(councils)
