"""What so many applicants need of each venue and of the whole campaign, held against what is offered.

Needs are least numbers and offers most numbers, each counted alone: where an offer is below its need, no
timetable can mend it; where it is not, `trial.py` shows whether there is a timetable. Read `plan.py` next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.capacity.supply import interpreters_free, needs_of
from scheduler.people import Assessor
from scheduler.planning.offer import Offer, fewest_panels, fewest_sessions, half_days
from scheduler.planning.sessions import (
    SessionCapacity,
    group_minutes_for,
    group_minutes_offered,
    role_played_alone,
    role_player_minutes,
)
from scheduler.planning.spread import Spread
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import ExerciseKind


class Unit(StrEnum):
    """What a line counts."""

    NUMBER = "number"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Line:
    """`needed` at least, `offered` at most, at one venue or, where `venue` is "", in the whole campaign.

    `needed` is None where no number of it would do, nothing being offered that holds anybody. Where `must` is
    False the campaign can do without, at a price (a panel without a member of the first-choice council).
    `about` is the council or exercise that the line is about, where there is one.
    """

    venue: str
    what: str
    needed: int | None
    offered: int
    unit: Unit = Unit.NUMBER
    must: bool = True
    about: str = ""

    @property
    def enough(self) -> bool:
        return self.needed is not None and self.needed <= self.offered


def lines_for(problem: Problem, offer: Offer, spread: Spread, interpreted: int) -> list[Line]:
    """Every line: the whole campaign first, then venue by venue. `interpreted` is who need interpreters."""
    venues = list(dict.fromkeys(session.venue for session in problem.sessions))
    by_venue = [line for venue in venues for line in _venue_lines(problem, offer, spread, venue)]
    return [*_campaign_lines(problem, offer, spread, interpreted), *by_venue]


def _campaign_lines(problem: Problem, offer: Offer, spread: Spread, interpreted: int) -> Iterator[Line]:
    applicants = sum(origin.applicants for origin in spread.origins)
    yield Line("", "applicants", applicants, offer.applicants)
    yield Line("", "sessions", fewest_sessions(offer.sessions, applicants), len(offer.sessions))
    if problem.panel_exercises:
        panels = fewest_panels(offer.sessions, applicants)
        yield Line("", "panels", panels, sum(session.panels for session in offer.sessions))
        for need in needs_of(problem):
            if need.number:
                wanted = None if panels is None else panels * need.number
                yield Line("", f"{need.kind} half-days", wanted, half_days(problem, need.counts))
        totals: dict[str, int] = {}
        for origin in spread.origins:
            totals[origin.first_choice] = totals.get(origin.first_choice, 0) + origin.applicants
        yield from _first_choice_lines(problem, offer.sessions, totals, "")
    yield from _others(problem, offer.sessions, applicants, "")
    if interpreted:
        pairs = sum(len(interpreters_free(problem, s)) // 2 * 2 for s in problem.sessions)
        yield Line("", "interpreter half-days", 2 * interpreted, pairs)


def _venue_lines(problem: Problem, offer: Offer, spread: Spread, venue: str) -> Iterator[Line]:
    here, applicants = offer.at(venue), spread.applicants_at(venue)
    sessions = fewest_sessions(here, applicants)
    fullest = -(-applicants // sessions) if sessions else 0
    yield Line(venue, "applicants", applicants, sum(s.applicants for s in here))
    yield Line(venue, "sessions", sessions, len(here))
    if problem.panel_exercises:
        panels = fewest_panels(here, applicants)
        yield Line(venue, "panels", panels, sum(s.panels for s in here))
        for need in needs_of(problem):
            if need.number:
                wanted = None if panels is None else panels * need.number
                yield Line(venue, f"{need.kind} half-days", wanted, half_days(problem, need.counts, venue))
        yield from _first_choice_lines(problem, here, spread.first_choices_at(venue), venue)
    yield from _room_lines(problem, here, venue, fullest)
    yield from _others(problem, here, applicants, venue)


def _first_choice_lines(
    problem: Problem, sessions: tuple[SessionCapacity, ...], first_choices: dict[str, int], venue: str
) -> Iterator[Line]:
    """Half-days of each council for those who want it first; the lead authority is on every panel anyway."""
    rules = problem.panel
    if rules.first_choice_rule is FirstChoiceRule.OFF:
        return
    per_panel = max((s.per_panel for s in sessions), default=0)
    for council in problem.councils:
        number = first_choices.get(council, 0)
        if not number or (
            council == problem.lead_council and rules.lead_members >= rules.first_choice_members
        ):
            continue
        wanted = -(-number // per_panel) * rules.first_choice_members if per_panel else None
        offered = half_days(problem, _from(council), venue or None)
        must = rules.first_choice_rule is FirstChoiceRule.HARD
        yield Line(venue, "half-days for first choices", wanted, offered, must=must, about=council)


def _from(council: str) -> Callable[[Assessor], bool]:
    return lambda assessor: assessor.council == council


def _room_lines(
    problem: Problem, sessions: tuple[SessionCapacity, ...], venue: str, fullest: int
) -> Iterator[Line]:
    """Rooms and seats for the fullest session, when applicants are shared evenly over the fewest sessions."""
    rooms = [room for room in problem.rooms if room.venue == venue and room.seats]
    longest = max((problem.session_by_reference[s.session].window.minutes for s in sessions), default=0)
    if problem.panel_exercises:
        per_panel = max((s.per_panel for s in sessions), default=0)
        wanted = -(-fullest // per_panel) if per_panel else None
        yield Line(venue, "panel rooms", wanted, sum(ExerciseKind.PANEL in room.use for room in rooms))
    for exercise in problem.exercises_of(ExerciseKind.SITTING):
        length = exercise.preparation_minutes + exercise.minutes + exercise.writing_minutes
        runs = longest // max(1, length)
        offered = sum(room.seats for room in rooms if ExerciseKind.SITTING in room.use)
        seats = -(-fullest // runs) if runs else None
        yield Line(venue, "writing seats", seats, offered, about=exercise.reference)
    if problem.group_exercises:
        groups = sum(ExerciseKind.GROUP in room.use for room in rooms)
        yield Line(venue, "group rooms", 1 if fullest else 0, groups)
    if solo := problem.exercises_of(ExerciseKind.SOLO):
        minutes = fullest * sum(e.preparation_minutes + e.minutes + e.writing_minutes for e in solo)
        offered = sum(room.seats for room in rooms if ExerciseKind.SOLO in room.use)
        yield Line(venue, "seats for working alone", -(-minutes // longest) if longest else None, offered)


def _others(
    problem: Problem, sessions: tuple[SessionCapacity, ...], applicants: int, venue: str
) -> Iterator[Line]:
    """Service users' and role players' time. With no more runs than applicants need, whoever comes when."""
    held = [problem.session_by_reference[s.session] for s in sessions]
    if problem.group_exercises and sessions:
        minutes = min(
            (
                m
                for v in {s.venue for s in held}
                if (m := group_minutes_for(problem, v, applicants)) is not None
            ),
            default=None,
        )
        offered = sum(group_minutes_offered(problem, session) for session in held)
        yield Line(venue, "service-user group's time", minutes, offered, Unit.MINUTES)
    if alone := role_played_alone(problem):
        wanted = applicants * sum(exercise.minutes for exercise in alone)
        offered = sum(sum(role_player_minutes(problem, session)) for session in held)
        yield Line(venue, "role players' time", wanted, offered, Unit.MINUTES)
