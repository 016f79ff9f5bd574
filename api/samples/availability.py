"""Who cannot come when: set around the planted plan, never against it.

Part-time assessors give the half-days they can work (`yes` rows); those who can nearly always come give
the ones they cannot (`no` rows); about one in ten applicants is away on some days. Declared interests and
pins are here too, for the same reason. Read `attendance.py` next.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from api.samples.applicants import MadeUpApplicant
from api.samples.cases import Case, HalfDay, half_days
from api.samples.plan import PlantedPlan
from api.samples.staff import MadeUpAssessor, Staff, Worker

Row = tuple[str, ...]


def availability_rows(
    case: Case, applicants: Sequence[MadeUpApplicant], plan: PlantedPlan, staff: Staff, rng: random.Random
) -> tuple[Row, ...]:
    """The availability table's rows."""
    offered = half_days(case)
    rows: list[Row] = []
    for assessor in staff.assessors:
        rows += _rows_of(assessor, offered, _assessor_half_days(case, assessor, offered, rng))
    for worker in (*staff.role_players, *staff.groups):
        rows += _rows_of(worker, offered, _with_others(worker, offered, 0.7, rng))
    for interpreter in staff.interpreters:
        rows += _rows_of(interpreter, offered, _with_others(interpreter, offered, 0.5, rng))
    rows += _applicant_rows(applicants, plan, offered, rng)
    return tuple(rows)


def interest_rows(
    applicants: Sequence[MadeUpApplicant], plan: PlantedPlan, staff: Staff, rng: random.Random
) -> tuple[Row, ...]:
    """Declared interests: some keep two people apart, some were looked at and accepted."""
    session_of = plan.session_by_applicant
    small = len(applicants) < 20
    met = {
        (applicant.reference, member)
        for panel in plan.panels
        for applicant in panel.applicants
        for member in panel.members
    }
    rows: list[Row] = []
    people = rng.sample(list(applicants), 3 if small else 8 + len(applicants) // 60)
    for index, applicant in enumerate(people[:-2]):
        close = [s for s in staff.assessors if s.council in applicant.choices and not s.standby]
        apart = [s for s in close if (applicant.reference, s.reference) not in met]
        if apart:
            decision = "allow" if index in (2, 5) else "exclude"
            kind = rng.choice(_KINDS if decision == "exclude" else _LIGHT_KINDS)
            rows.append((applicant.reference, rng.choice(apart).reference, kind, decision))
    members = [(member, group) for group in staff.groups for member, _ in group.members]
    for applicant, pool in (
        (people[-2], [(player.reference, player) for player in staff.role_players]),
        (people[-1], members),
    ):
        session = session_of[applicant.reference]
        away = [ref for ref, worker in pool if all(half.reference != session for half in worker.planted)]
        if away:
            rows.append((applicant.reference, rng.choice(away), "neighbours", "exclude"))
    return tuple(rows)


def pin_rows(
    case: Case, applicants: Sequence[MadeUpApplicant], plan: PlantedPlan, staff: Staff, rng: random.Random
) -> tuple[Row, ...]:
    """A few of the organiser's own words, each of which the planted plan keeps."""
    session_of = plan.session_by_applicant
    working = [a for a in staff.assessors if a.planted]
    offered = half_days(case)
    one, other = rng.sample(working, 2)
    first, second = rng.sample(list(applicants), 2)
    rows = [
        (one.reference, one.planted[0].reference, "must"),
        (first.reference, session_of[first.reference], "must"),
    ]
    elsewhere = [half.reference for half in offered if half not in other.planted]
    if elsewhere:
        rows.append((other.reference, rng.choice(elsewhere), "must_not"))
    not_theirs = [half.reference for half in offered if half.reference != session_of[second.reference]]
    rows.append((second.reference, rng.choice(not_theirs), "must_not"))
    return tuple(rows)


_KINDS = ("works with the applicant", "line manager of the applicant", "relative", "wrote the reference")
_LIGHT_KINDS = ("met once at an open evening", "same large office, never worked together")


def _assessor_half_days(
    case: Case, assessor: MadeUpAssessor, offered: Sequence[HalfDay], rng: random.Random
) -> set[str]:
    base = case.region.base(assessor.council)
    if assessor.standby:
        return {half.reference for half in offered if rng.random() < 0.7} or {offered[0].reference}
    available = {half.reference for half in assessor.planted}
    others = [half for half in offered if half.reference not in available]
    rng.shuffle(others)
    for half in others:
        minutes = case.region.minutes(base, half.venue)
        likely = 0.4 if assessor.council == case.region.lead or minutes <= 90 else 0.12
        if rng.random() < likely or len(available) < min(assessor.half_days_max, len(offered)):
            available.add(half.reference)
    return available


def _with_others(worker: Worker, offered: Sequence[HalfDay], likely: float, rng: random.Random) -> set[str]:
    planted = {half.reference for half in worker.planted}
    return planted | {half.reference for half in offered if rng.random() < likely}


def _applicant_rows(
    applicants: Sequence[MadeUpApplicant], plan: PlantedPlan, offered: Sequence[HalfDay], rng: random.Random
) -> list[Row]:
    session_of = plan.session_by_applicant
    day_of = {half.reference: half.date for half in offered}
    rows: list[Row] = []
    for applicant in rng.sample(list(applicants), max(1, len(applicants) // 10)):
        kept = day_of[session_of[applicant.reference]]
        days = sorted({half.date for half in offered if half.date != kept})
        away = set(rng.sample(days, min(len(days), rng.randint(1, 3))))
        rows += [(applicant.reference, half.reference, "no") for half in offered if half.date in away]
    return rows


def _rows_of(worker: Worker, offered: Sequence[HalfDay], available: set[str]) -> list[Row]:
    """`yes` rows for somebody who can come on few half-days, `no` rows for the rest."""
    yes = [half.reference for half in offered if half.reference in available]
    no = [half.reference for half in offered if half.reference not in available]
    if 2 * len(yes) <= len(offered):
        return [(worker.reference, session, "yes") for session in yes]
    return [(worker.reference, session, "no") for session in no]
