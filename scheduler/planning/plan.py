"""A plan of capacity: what is offered, what so many applicants need of it, and what trials have shown.

`plan_of` only counts; the trials are made by `trial.py`, which is the one file here that needs the solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.planning.needs import Line, lines_for
from scheduler.planning.offer import Offer, offer_of
from scheduler.planning.spread import Origin, Spread, spread_over
from scheduler.planning.usage import Usage
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Held:
    """What one session holds in a trial."""

    session: str
    applicants: int
    panels: int


@dataclass(frozen=True)
class Trial:
    """What a trial came to. No timetable whatever places more than `placed_max` of these `applicants`.

    `used` is what its timetable uses (`usage.py`). `without_first_choice` is how many applicants' panels
    lack members of their first-choice council.
    """

    applicants: int
    placed: int
    placed_max: int
    held: tuple[Held, ...]
    used: Usage
    without_first_choice: int

    @property
    def panels(self) -> int:
        return sum(held.panels for held in self.held)


@dataclass(frozen=True)
class Plan:
    """The plan for so many applicants. Where their number is not known, there is no `spread` and no line.

    `interpreted` of them need interpreters. `trial` places them; `trial_of_most` as many as counting allows.
    """

    applicants: int | None
    interpreted: int
    offer: Offer
    spread: Spread | None
    lines: tuple[Line, ...]
    trial: Trial | None = None
    trial_of_most: Trial | None = None

    @property
    def enough(self) -> bool:
        """Whether what is offered will do, as far as was looked: a trial outweighs counting by venue.

        Always True where the number of applicants is not known.
        """
        if any(line.must and not line.enough for line in self.lines if not line.venue):
            return False
        if self.trial is not None:
            return self.trial.placed == self.trial.applicants
        return all(line.enough or not line.must for line in self.lines)

    @property
    def shortages(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.enough)

    @property
    def shown(self) -> int | None:
        """The most applicants that any trial placed; None where there was none."""
        placed = [trial.placed for trial in (self.trial, self.trial_of_most) if trial is not None]
        return max(placed, default=None)


def plan_of(problem: Problem, origins: Sequence[Origin] | None, interpreted: int) -> Plan:
    """Count the offer and, where there are origins, what these applicants need of it."""
    offer = offer_of(problem)
    if origins is None:
        return Plan(None, interpreted, offer, None, ())
    venues = dict.fromkeys(session.venue for session in problem.sessions)
    room = {venue: sum(s.applicants for s in offer.at(venue)) for venue in venues}
    spread = spread_over(origins, room)
    lines = tuple(lines_for(problem, offer, spread, interpreted))
    return Plan(sum(o.applicants for o in origins), interpreted, offer, spread, lines)
