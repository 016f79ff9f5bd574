"""Made-up assessors, role players, service users and interpreters: enough for the planted plan, little more.

Each has the half-days they work in the plan (`planted`), so that availability can be set around them.
The lead authority's members are the scarce ones: they offer about 1.3 times what the plan needs.
Read `availability.py` next.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.samples.adjustments import Arrangement
from api.samples.cases import Case, HalfDay, half_days
from api.samples.people import Names, Person
from api.samples.plan import PlantedPlan

LEAD_SURPLUS = 0.28  # half-days the lead authority offers beyond its need, as a share of the need


@dataclass
class Worker:
    """Anybody who works in sessions; `planted` holds the half-days they work in the planted plan."""

    reference: str
    person: Person
    planted: list[HalfDay] = field(default_factory=list)

    def can_also_work(self, half: HalfDay) -> bool:
        """Whether this half-day clashes with none of theirs: one venue a day, one session at a time."""
        return all(
            other.date != half.date or (other.venue == half.venue and other.reference != half.reference)
            for other in self.planted
        )


@dataclass
class MadeUpAssessor(Worker):
    """An assessor of a sample."""

    council: str = ""
    chair: bool = False
    safer_recruitment: bool = False
    lived_experience: bool = False
    standby: bool = False
    trained_for: tuple[str, ...] = ()
    half_days_max: int = 4


@dataclass
class MadeUpGroup(Worker):
    """A service-user group of a sample, with its four members."""

    members: tuple[tuple[str, str], ...] = ()


@dataclass
class Staff:
    """Everybody who works in a sample."""

    assessors: list[MadeUpAssessor]
    groups: list[MadeUpGroup]
    role_players: list[Worker]
    interpreters: list[Worker]

    def plant_interpreters(self, plan: PlantedPlan, arranged: Mapping[str, Arrangement]) -> None:
        """Plants a pair in the session of each applicant who needs one."""
        halves = {half.reference: half for half in plan.sessions}
        for applicant, session in plan.session_by_applicant.items():
            if applicant in arranged and arranged[applicant].interpreter == "yes":
                for interpreter in self.interpreters[:2]:
                    interpreter.planted.append(halves[session])


def made_up_staff(case: Case, plan: PlantedPlan, rng: random.Random, names: Names) -> Staff:
    """Staff for the plan; fills in each planted panel's members."""
    role_players = [Worker(f"R{n:02d}", names.next()) for n in range(1, case.role_players + 1)]
    groups = [
        MadeUpGroup(
            f"G{n}",
            Person(f"{word} group", ""),
            members=tuple((f"U{n}{letter}", names.next().name) for letter in "ABCD"),
        )
        for n, word in zip(range(1, case.service_user_groups + 1), _GROUP_NAMES, strict=False)
    ]
    interpreters = [Worker(f"T{n:02d}", names.next()) for n in range(1, 4)]
    for half in plan.sessions:
        panels = len(plan.panels_of(half.reference))
        _assign(role_players, half, min(panels, case.panels_max), rng)
        _assign(groups, half, 1, rng)
    return Staff(_made_up_assessors(case, plan, rng, names), groups, role_players, interpreters)


_GROUP_NAMES = (
    "Avon",
    "Brue",
    "Cary",
    "Dart",
    "Exe",
    "Frome",
    "Gade",
    "Hayle",
    "Isle",
    "Kenn",
    "Lyd",
    "Mole",
)


def _assign(workers: Sequence[Worker], half: HalfDay, wanted: int, rng: random.Random) -> None:
    free = [worker for worker in workers if worker.can_also_work(half)]
    free.sort(key=lambda worker: (not _works_on_day_of(worker, half), len(worker.planted), rng.random()))
    if len(free) < wanted:
        raise ValueError(f"{half.reference}: {wanted} wanted, {len(free)} free")
    for worker in free[:wanted]:
        worker.planted.append(half)


def _works_on_day_of(worker: Worker, half: HalfDay) -> bool:
    """They go first: on a day with two venues, each day's staff must do for both half-days of one."""
    return any(other.date == half.date for other in worker.planted)


def _made_up_assessors(
    case: Case, plan: PlantedPlan, rng: random.Random, names: Names
) -> list[MadeUpAssessor]:
    staff: dict[str, list[MadeUpAssessor]] = defaultdict(list)
    capacity: dict[str, int] = {}
    half_by_reference = {half.reference: half for half in half_days(case)}
    order: list[MadeUpAssessor] = []

    def new(council: str) -> MadeUpAssessor:
        assessor = MadeUpAssessor(f"S{len(order) + 1:02d}", names.next(), council=council)
        capacity[assessor.reference] = rng.choice((2, 3, 3, 4, 4, 5))
        staff[council].append(assessor)
        order.append(assessor)
        return assessor

    for panel in plan.panels:
        half = half_by_reference[panel.session]
        for council in panel.councils:
            free = [
                s for s in staff[council] if len(s.planted) < capacity[s.reference] and s.can_also_work(half)
            ]
            assessor = rng.choice(free) if free else new(council)
            assessor.planted.append(half)
            panel.members.append(assessor.reference)
    _give_qualities(case, plan, order, rng)
    partners = sorted(set(case.places) - {case.region.lead})
    for council in (case.region.lead, *rng.sample(partners, 2 if len(order) > 12 else 0)):
        standby = new(council)
        standby.standby = True
        standby.safer_recruitment = True
    return order


def _give_qualities(
    case: Case, plan: PlantedPlan, assessors: Sequence[MadeUpAssessor], rng: random.Random
) -> None:
    for assessor in assessors:
        assessor.safer_recruitment = rng.random() < 0.58
        assessor.chair = rng.random() < 0.4
        spare = rng.random() < 0.6 if assessor.council != case.region.lead else False
        assessor.half_days_max = min(6, max(2, len(assessor.planted) + int(spare)))
    by_reference = {assessor.reference: assessor for assessor in assessors}
    for panel in plan.panels:
        members = [by_reference[reference] for reference in panel.members]
        if not any(member.safer_recruitment for member in members):
            members[0].safer_recruitment = True
    partners = [a for a in assessors if a.council != case.region.lead]
    for assessor in rng.sample(partners, min(3, len(partners) // 5)):
        assessor.lived_experience = True
        assessor.chair = False
        assessor.trained_for = ("interview",)
    lead = [a for a in assessors if a.council == case.region.lead]
    _offer_more(lead, round(len(plan.panels) * (1 + LEAD_SURPLUS)), rng)


def _offer_more(lead: Sequence[MadeUpAssessor], wanted: int, rng: random.Random) -> None:
    """Raises half-days until the lead authority offers as many as wanted, or everybody is at 6."""
    while sum(a.half_days_max for a in lead) < wanted:
        open_to_more = [a for a in lead if a.half_days_max < 6]
        if not open_to_more:
            return
        rng.choice(open_to_more).half_days_max += 1
