"""What cannot be enough to place everybody, however it is arranged. Finding nothing promises nothing.

Why a particular applicant has no place is in `reasons.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.capacity.supply import counted, interpreters_free, is_free, may_work, needs_of
from scheduler.people import Assessor
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Session


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
    return sum(
        min(a.half_days_max, sum(1 for session in problem.sessions if may_work(problem, a, session)))
        for a in problem.assessors
        if counts(a)
    )


def _panels_possible(problem: Problem, session: Session) -> int:
    """The most panels of the session that those who may work in it could staff."""
    here = [a for a in problem.assessors if may_work(problem, a, session)]
    limits = [sum(1 for a in here if n.counts(a)) // n.number for n in needs_of(problem) if n.number]
    return min([session.panels_max, *limits])


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


def _offered(number: int) -> str:
    return "1 is offered" if number == 1 else f"{number} are offered"
