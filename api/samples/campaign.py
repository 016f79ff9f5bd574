"""Puts one made-up campaign together, in the order in which its parts lean on each other.

Facts first, then applicants, the planted plan, staff made to fit it, and only then what rules anything
out; ratings last. `random.Random` is seeded with the sample's name and seed, and nothing else is random.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.campaign import Table
from api.samples.adjustments import Arrangement, arrangements
from api.samples.applicants import CHOICES_MAX, MadeUpApplicant, made_up_applicants
from api.samples.attendance import attendance_of, attendance_rows
from api.samples.availability import availability_rows, interest_rows, pin_rows
from api.samples.cases import Case
from api.samples.people import Names
from api.samples.plan import PlantedPlan, plant
from api.samples.programme import programme_tables
from api.samples.ratings import made_up_ratings
from api.samples.staff import MadeUpAssessor, Staff, made_up_staff

Row = tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    """Everybody in a made-up campaign, with the planted plan they were made around and what it allows."""

    applicants: tuple[MadeUpApplicant, ...]
    plan: PlantedPlan
    staff: Staff
    arranged: Mapping[str, Arrangement]
    availability: tuple[Row, ...]
    interests: tuple[Row, ...]
    pins: tuple[Row, ...]


def made_up_campaign(case: Case, seed: int) -> list[Table]:
    """Every table of the campaign format that the sample has, in the format's order."""
    rng = random.Random(f"{case.name}/{seed}")
    cast = made_up_cast(case, rng)
    before = [
        *programme_tables(case),
        _applicants_table(cast),
        *_staff_tables(cast.staff),
        Table("availability", ("person", "session", "available"), cast.availability),
        Table("interests", ("applicant", "person", "kind", "decision"), cast.interests),
        Table("pins", ("person", "session", "rule"), cast.pins),
    ]
    return [*before, *_after_the_day(case, cast, rng)] if case.attended else before


def made_up_cast(case: Case, rng: random.Random) -> Cast:
    """Applicants, the planted plan, and everything that is made around it."""
    names = Names(rng)
    applicants = made_up_applicants(case, rng, names)
    plan = plant(case, applicants, rng)
    staff = made_up_staff(case, plan, rng, names)
    arranged = arrangements(case, applicants, plan, rng)
    staff.plant_interpreters(plan, arranged)
    return Cast(
        applicants=applicants,
        plan=plan,
        staff=staff,
        arranged=arranged,
        availability=availability_rows(case, applicants, plan, staff, rng),
        interests=interest_rows(applicants, plan, staff, rng),
        pins=pin_rows(case, applicants, plan, staff, rng),
    )


_ATTENDANCE_COLUMNS = ("applicant", "session", "status", "arrived", "id_seen", "certificates_seen")
_ASSESSOR_COLUMNS = (
    "assessor", "name", "email", "council", "chair", "safer_recruitment", "lived_experience",
    "trained_for", "half_days_max", "standby", "latitude", "longitude",
)  # fmt: skip


def _after_the_day(case: Case, cast: Cast, rng: random.Random) -> list[Table]:
    status_of = attendance_of(case, cast.applicants, rng)
    ratings, agreed = made_up_ratings(
        case, cast.applicants, cast.plan, cast.staff, cast.interests, status_of, rng
    )
    attendance = attendance_rows(cast.applicants, cast.plan, status_of, rng)
    return [
        Table("attendance", _ATTENDANCE_COLUMNS, attendance),
        Table("ratings", ("applicant", "exercise", "criterion", "assessor", "rating", "evidence"), ratings),
        Table("agreed", ("applicant", "exercise", "criterion", "rating", "reason"), agreed),
    ]


def _applicants_table(cast: Cast) -> Table:
    choice_columns = tuple(f"choice_{n}" for n in range(1, CHOICES_MAX + 1))
    columns = (
        "applicant", "name", "email", "latitude", "longitude", *choice_columns,
        "extra_time_percent", "step_free", "quiet_room", "interpreter", "break_minutes",
    )  # fmt: skip
    none = Arrangement()
    rows = tuple(
        (
            a.reference,
            a.person.name,
            a.person.email,
            f"{a.home.latitude:.3f}",
            f"{a.home.longitude:.3f}",
            *(a.choices[n] if n < len(a.choices) else "" for n in range(CHOICES_MAX)),
            *cast.arranged.get(a.reference, none).cells,
        )
        for a in cast.applicants
    )
    return Table("applicants", columns, rows)


def _staff_tables(staff: Staff) -> Iterable[Table]:
    yield Table("assessors", _ASSESSOR_COLUMNS, tuple(_assessor_row(a) for a in staff.assessors))
    yield Table(
        "service_user_groups",
        ("group", "name", "minutes_max"),
        tuple((g.reference, g.person.name, "150") for g in staff.groups),
    )
    yield Table(
        "service_users",
        ("service_user", "group", "name"),
        tuple((reference, g.reference, name) for g in staff.groups for reference, name in g.members),
    )
    yield Table(
        "role_players",
        ("role_player", "name", "minutes_max"),
        tuple((r.reference, r.person.name, "240") for r in staff.role_players),
    )
    yield Table(
        "interpreters",
        ("interpreter", "name"),
        tuple((t.reference, t.person.name) for t in staff.interpreters),
    )


def _assessor_row(assessor: MadeUpAssessor) -> Row:
    """Coordinates are left empty: they mean the council's."""
    return (
        assessor.reference,
        assessor.person.name,
        assessor.person.email,
        assessor.council,
        _yes(assessor.chair),
        _yes(assessor.safer_recruitment),
        _yes(assessor.lived_experience),
        ";".join(assessor.trained_for),
        str(assessor.half_days_max),
        _yes(assessor.standby),
        "",
        "",
    )


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
