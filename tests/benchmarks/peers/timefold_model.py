"""The same placement for Timefold: run by Timefold's own Python, it reads a problem as JSON and answers so.

It imports nothing of ours, and nobody imports it: `timefold_peer.py` starts it and says what the JSON holds.
Each applicant is booked on a panel, each seat of a panel is given an assessor or nobody, and the tiers are
the levels of a bendable score, so that Timefold too decides a later one without giving up an earlier one.
Every applicant is booked always, since leaving one out would look better than three empty seats. Timefold's
free edition uses one thread.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    BendableScore,
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    Joiners,
    constraint_provider,
)

# Two hard levels: nobody where they may not be; then every panel staffed as it must be. In one level a new
# panel would cost three empty seats, which no crowd on another panel outweighs.
HARD, SOFT = 2, 6


@dataclass
class Panel:
    id: Annotated[str, PlanningId]
    session: str
    day: str
    venue: str
    start: int
    end: int


@dataclass
class Assessor:
    id: Annotated[str, PlanningId]
    council: str
    half_days_max: int
    lead: int
    safer: int
    chair: int
    lived: int
    sessions: list[str]
    minutes: dict[str, int]


@dataclass
class Rules:
    id: Annotated[str, PlanningId]
    interviews_max: int
    one_council_max: int
    lead: int
    safer: int
    chair: int
    lived: int
    first_choice_hard: bool


@dataclass
class Pin:
    id: Annotated[str, PlanningId]
    assessor: str
    session: str


@planning_entity
@dataclass
class Booking:
    id: Annotated[str, PlanningId]
    choice: str
    sessions: list[str]
    minutes: dict[str, int]
    apart: list[str]
    panel: Annotated[Panel | None, PlanningVariable] = field(default=None)


@planning_entity
@dataclass
class Seat:
    id: Annotated[str, PlanningId]
    panel: Panel
    assessor: Annotated[Assessor | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass
class Placement:
    rules: Annotated[list[Rules], ProblemFactCollectionProperty]
    pins: Annotated[list[Pin], ProblemFactCollectionProperty]
    panels: Annotated[list[Panel], ProblemFactCollectionProperty, ValueRangeProvider]
    assessors: Annotated[list[Assessor], ProblemFactCollectionProperty, ValueRangeProvider]
    bookings: Annotated[list[Booking], PlanningEntityCollectionProperty]
    seats: Annotated[list[Seat], PlanningEntityCollectionProperty]
    score: Annotated[
        BendableScore | None, PlanningScore(bendable_hard_levels_size=2, bendable_soft_levels_size=6)
    ] = field(default=None)


def hard(level: int) -> BendableScore:
    return BendableScore.of_hard(HARD, SOFT, level, 1)


def soft(level: int) -> BendableScore:
    return BendableScore.of_soft(HARD, SOFT, level, 1)


@constraint_provider
def constraints(factory: ConstraintFactory) -> list[Constraint]:
    return [
        # What each booking and each seat may be
        factory.for_each(Booking)
        .filter(lambda booking: booking.panel.session not in booking.sessions)
        .penalize(hard(0))
        .as_constraint("applicant is available"),
        factory.for_each(Seat)
        .filter(lambda seat: seat.panel.session not in seat.assessor.sessions)
        .penalize(hard(0))
        .as_constraint("assessor is available"),
        factory.for_each(Booking)
        .group_by(lambda booking: booking.panel, ConstraintCollectors.count())
        .join(Rules)
        .filter(lambda panel, seen, rules: seen > rules.interviews_max)
        .penalize(hard(0), lambda panel, seen, rules: seen - rules.interviews_max)
        .as_constraint("panel sees at most its number"),
        # Who may work when
        factory.for_each_unique_pair(
            Seat,
            Joiners.equal(lambda seat: seat.assessor),
            Joiners.equal(lambda seat: seat.panel.day),
        )
        .filter(
            lambda one, other: (
                one.panel.venue != other.panel.venue
                or (one.panel.start < other.panel.end and other.panel.start < one.panel.end)
            )
        )
        .penalize(hard(0))
        .as_constraint("assessor is on one panel at a time, at one venue a day"),
        factory.for_each(Seat)
        .group_by(lambda seat: seat.assessor, ConstraintCollectors.count())
        .filter(lambda assessor, worked: worked > assessor.half_days_max)
        .penalize(hard(0), lambda assessor, worked: worked - assessor.half_days_max)
        .as_constraint("half-days"),
        factory.for_each(Pin)
        .if_not_exists(
            Seat,
            Joiners.equal(lambda pin: pin.assessor, lambda seat: seat.assessor.id),
            Joiners.equal(lambda pin: pin.session, lambda seat: seat.panel.session),
        )
        .penalize(hard(0))
        .as_constraint("pins"),
        # What a panel with anybody on it must hold
        factory.for_each_including_unassigned(Seat)
        .filter(lambda seat: seat.assessor is None)
        .if_exists(Booking, Joiners.equal(lambda seat: seat.panel, lambda booking: booking.panel))
        .penalize(hard(1))
        .as_constraint("panel has its full size"),
        lacking(factory, "lead", lambda seat: seat.assessor.lead, lambda rules: rules.lead),
        lacking(factory, "safer recruitment", lambda seat: seat.assessor.safer, lambda rules: rules.safer),
        lacking(factory, "chair", lambda seat: seat.assessor.chair, lambda rules: rules.chair),
        lacking(factory, "lived experience", lambda seat: seat.assessor.lived, lambda rules: rules.lived),
        factory.for_each(Seat)
        .group_by(lambda seat: seat.panel, lambda seat: seat.assessor.council, ConstraintCollectors.count())
        .join(Rules)
        .filter(lambda panel, council, held, rules: held > rules.one_council_max)
        .penalize(hard(0), lambda panel, council, held, rules: held - rules.one_council_max)
        .as_constraint("one council's limit"),
        factory.for_each(Booking)
        .join(Seat, Joiners.equal(lambda booking: booking.panel, lambda seat: seat.panel))
        .filter(lambda booking, seat: seat.assessor.id in booking.apart)
        .penalize(hard(0))
        .as_constraint("declared interests"),
        without_first_choice(factory)
        .join(Rules)
        .filter(lambda booking, rules: rules.first_choice_hard)
        .penalize(hard(1))
        .as_constraint("first choice, hard"),
        # The tiers, each a level of its own
        factory.for_each(Booking)
        .group_by(lambda booking: booking.panel)
        .penalize(soft(0))
        .as_constraint("panel_half_days"),
        factory.for_each(Booking)
        .group_by(lambda booking: booking.panel.session)
        .penalize(soft(1))
        .as_constraint("sessions_held"),
        without_first_choice(factory).penalize(soft(2)).as_constraint("without_first_choice_member"),
        factory.for_each(Booking)
        .penalize(soft(3), lambda booking: booking.minutes[booking.panel.venue])
        .as_constraint("applicant_travel_minutes"),
        # A member of a panel that sees nobody would travel for nothing: one minute more keeps them at home.
        factory.for_each(Seat)
        .penalize(soft(4), lambda seat: 1 + seat.assessor.minutes[seat.panel.venue])
        .as_constraint("assessor_travel_minutes"),
        factory.for_each(Seat)
        .group_by(lambda seat: seat.assessor, ConstraintCollectors.count())
        .group_by(
            ConstraintCollectors.max(
                lambda assessor, worked: (100 * worked + assessor.half_days_max - 1) // assessor.half_days_max
            )
        )
        .penalize(soft(5), lambda heaviest: heaviest)
        .as_constraint("heaviest_load"),
    ]


def lacking(factory: ConstraintFactory, name: str, counts: object, wanted: object) -> Constraint:
    """Members with a quality that a panel must hold so many of; an empty seat is another constraint's."""
    return (
        factory.for_each(Seat)
        .group_by(lambda seat: seat.panel, ConstraintCollectors.sum(counts))
        .if_exists(Booking, Joiners.equal(lambda panel, held: panel, lambda booking: booking.panel))
        .join(Rules)
        .filter(lambda panel, held, rules: held < wanted(rules))
        .penalize(hard(1), lambda panel, held, rules: wanted(rules) - held)
        .as_constraint(name)
    )


def without_first_choice(factory: ConstraintFactory):
    """Bookings whose panel has no member of the applicant's first-choice council."""
    return (
        factory.for_each(Booking)
        .filter(lambda booking: booking.choice != "")
        .if_not_exists(
            Seat,
            Joiners.equal(lambda booking: booking.panel, lambda seat: seat.panel),
            Joiners.equal(lambda booking: booking.choice, lambda seat: seat.assessor.council),
        )
    )


def placement_of(given: dict) -> Placement:
    panels = [Panel(**panel) for panel in given["panels"]]
    return Placement(
        rules=[Rules(id="rules", **given["rules"])],
        pins=[Pin(f"{x}@{s}", x, s) for x, s in given["pins"]],
        panels=panels,
        assessors=[Assessor(**assessor) for assessor in given["assessors"]],
        bookings=[Booking(**applicant) for applicant in given["applicants"]],
        seats=[Seat(f"{panel.id}-{seat}", panel) for panel in panels for seat in range(given["panel_size"])],
    )


def main() -> None:
    given = json.load(sys.stdin)
    config = SolverConfig(
        solution_class=Placement,
        entity_class_list=[Booking, Seat],
        environment_mode=EnvironmentMode.NO_ASSERT,
        random_seed=given["seed"],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints),
        termination_config=TerminationConfig(
            spent_limit=Duration(milliseconds=round(1000 * given["seconds"]))
        ),
    )
    solver = SolverFactory.create(config).build_solver()
    began = time.monotonic()
    solved = solver.solve(placement_of(given))
    json.dump(
        {
            "score": str(solved.score),
            "seconds": time.monotonic() - began,
            "bookings": {b.id: b.panel.id for b in solved.bookings if b.panel is not None},
            "seats": [
                [seat.panel.id, seat.assessor.id] for seat in solved.seats if seat.assessor is not None
            ],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
