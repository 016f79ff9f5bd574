"""What cannot be enough to place everybody, however it is arranged. Finding nothing promises nothing.

Why a particular applicant has no place is in `reasons.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.capacity.supply import counted, half_days_of, interpreters_free, is_free, may_work, needs_of
from scheduler.people import Assessor
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Exercise, ExerciseKind, Session


@dataclass(frozen=True, slots=True)
class Shortage:
    """Something of which `wanted` are needed to place everybody and at most `offered` can be had."""

    resource: str
    wanted: int
    offered: int
    sentence: str


def shortages_of(problem: Problem) -> list[Shortage]:
    """Every shortage that counting shows, each proving that not everybody can be placed."""
    found: list[Shortage] = []
    if problem.panel_exercises:
        found += _panel_shortages(problem)
    found += _interpreter_shortages(problem)
    found += _role_player_shortages(problem)
    found += _group_shortages(problem)
    found += _seat_shortages(problem)
    return [shortage for shortage in found if shortage.wanted > shortage.offered]


def _panel_shortages(problem: Problem) -> Iterator[Shortage]:
    applicants = counted(len(problem.applicants), "applicant")
    panels = _panels_for(problem, len(problem.applicants))
    most = sum(session.panels_max for session in problem.sessions)
    yield Shortage(
        "panels",
        panels,
        most,
        f"{applicants} need {counted(panels, 'panel')}, the sessions allow {most}.",
    )
    for need in needs_of(problem):
        wanted, offered = panels * need.number, _half_days(problem, need.counts)
        half_days = counted(wanted, f"{need.kind} half-day")
        sentence = f"{counted(panels, 'panel')} need {half_days}, {_offered(offered)}."
        yield Shortage(f"{need.kind} half-days", wanted, offered, sentence)
    roomed = sum(_panels_with_room(problem, session) for session in problem.sessions)
    if roomed < most:
        yield Shortage(
            "panel rooms",
            panels,
            roomed,
            f"{applicants} need {counted(panels, 'panel')}; there are rooms for at most {roomed}.",
        )
    staffed = sum(_panels_possible(problem, session) for session in problem.sessions)
    yield Shortage(
        "staffed panels",
        panels,
        staffed,
        f"{applicants} need {counted(panels, 'panel')};"
        f" with those available in each session at most {staffed} can be staffed.",
    )
    if problem.panel.first_choice_rule is FirstChoiceRule.HARD:
        yield from _first_choice_shortages(problem)


def _first_choice_shortages(problem: Problem) -> Iterator[Shortage]:
    first_choices = Counter(a.first_choice for a in problem.applicants if a.first_choice is not None)
    for council, applicants in sorted(first_choices.items()):
        wanted = _panels_for(problem, applicants) * problem.panel.first_choice_members
        offered = _half_days(problem, _from(council))
        sentence = (
            f"{counted(applicants, 'applicant')} with first choice {council}:"
            f" {counted(wanted, 'half-day')} of its assessors needed, {offered} offered."
        )
        yield Shortage(f"half-days of {council}", wanted, offered, sentence)


def _panels_for(problem: Problem, applicants: int) -> int:
    """The fewest panels that see so many applicants."""
    return -(-applicants // max(problem.panel.interviews_max, 1))


def _from(council: str) -> Callable[[Assessor], bool]:
    return lambda assessor: assessor.council == council


def _half_days(problem: Problem, counts: Callable[[Assessor], bool]) -> int:
    """The most half-days that the assessors who count could work between them."""
    return sum(half_days_of(problem, a) for a in problem.assessors if counts(a))


def _panels_possible(problem: Problem, session: Session) -> int:
    """The most panels of the session that those who may work in it could staff."""
    here = [a for a in problem.assessors if may_work(problem, a, session)]
    limits = [sum(1 for a in here if n.counts(a)) // n.number for n in needs_of(problem) if n.number]
    return min([_panels_with_room(problem, session), *limits])


def _panels_with_room(problem: Problem, session: Session) -> int:
    """The most panels of the session that have a room each."""
    rooms = (r for r in problem.rooms if r.venue == session.venue and ExerciseKind.PANEL in r.use)
    return min(session.panels_max, sum(1 for room in rooms if room.seats > 0))


def _interpreter_shortages(problem: Problem) -> Iterator[Shortage]:
    wanted = sum(1 for a in problem.applicants if a.adjustment.interpreter)
    pairs = sum(len(interpreters_free(problem, session)) // 2 for session in problem.sessions)
    yield Shortage(
        "interpreter pairs",
        wanted,
        pairs,
        f"Pairs of interpreters needed for a session: {wanted}; pairs that can be had: {pairs}.",
    )


def _role_player_shortages(problem: Problem) -> Iterator[Shortage]:
    """Only for exercises that each applicant does alone; shared ones may need as little as one run."""
    alone = [exercise for exercise in problem.exercises if exercise.role_player and not exercise.is_shared]
    wanted = sum(problem.minutes_for(a, exercise) for a in problem.applicants for exercise in alone)
    offered = sum(
        session.window.minutes if player.minutes_max is None else player.minutes_max
        for session in problem.sessions
        for player in problem.role_players
        if is_free(problem, player.reference, session)
    )
    yield Shortage(
        "role-player minutes",
        wanted,
        offered,
        f"The applicants need {wanted} minutes of role players, {_offered(offered)}.",
    )


def _group_shortages(problem: Problem) -> Iterator[Shortage]:
    """The runs that service-user groups have time for, one group in each session, all of them full."""
    for exercise in problem.group_exercises:
        places = sum(_group_places(problem, exercise, session) for session in problem.sessions)
        yield Shortage(
            f"places in {exercise.reference}",
            len(problem.applicants),
            places,
            f"{counted(len(problem.applicants), 'applicant')} need a place in {exercise.reference};"
            f" the service-user groups have time for {places}.",
        )


def _group_places(problem: Problem, exercise: Exercise, session: Session) -> int:
    minutes = [
        min(session.window.minutes, session.window.minutes if g.minutes_max is None else g.minutes_max)
        for g in problem.service_user_groups
        if all(is_free(problem, person, session) for person in (g.reference, *g.members))
    ]
    runs = max(minutes, default=0) // max(1, exercise.minutes + exercise.writing_minutes)
    rooms = problem.rooms_for(exercise, session.venue)
    return runs * max((_run_size(exercise, room) for room in rooms), default=0)


def _seat_shortages(problem: Problem) -> Iterator[Shortage]:
    """Seats for writing and working alone, each taken as often as there is time for it in a session."""
    for exercise in problem.exercises:
        if exercise.kind not in (ExerciseKind.SITTING, ExerciseKind.SOLO):
            continue
        length = exercise.preparation_minutes + exercise.minutes + exercise.writing_minutes
        places = sum(
            _run_size(exercise, room) * (session.window.minutes // max(1, length))
            for session in problem.sessions
            for room in problem.rooms_for(exercise, session.venue)
        )
        yield Shortage(
            f"seats for {exercise.reference}",
            len(problem.applicants),
            places,
            f"{counted(len(problem.applicants), 'applicant')} need a seat for {exercise.reference};"
            f" the sessions have time and seats for {places}.",
        )


def _run_size(exercise: Exercise, room: Room) -> int:
    """The most applicants of one run in this room; solo runs share it up to its seats."""
    if exercise.group_max is None or not exercise.is_shared:
        return room.seats
    return min(room.seats, exercise.group_max)


def _offered(number: int) -> str:
    return "1 is offered" if number == 1 else f"{number} are offered"
