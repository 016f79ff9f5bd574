"""Who could work at all, and what every panel must hold: what both questions of this package count."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.people import Assessor
from scheduler.problem import Problem
from scheduler.programme import Session


@dataclass(frozen=True, slots=True)
class Need:
    """`number` members of one kind on every panel; `kind` stands before a noun, `one` and `many` alone."""

    kind: str
    one: str
    many: str
    number: int
    counts: Callable[[Assessor], bool]


def needs_of(problem: Problem) -> list[Need]:
    """What the campaign asks of every panel, whoever it sees."""
    panel, lead = problem.panel, problem.lead_council
    trained, lived = "with safer-recruitment training", "with lived experience"
    return [
        Need(
            "lead-authority",
            "lead-authority member",
            "lead-authority members",
            panel.lead_members,
            lambda a: a.council == lead,
        ),
        Need("assessor", "assessor", "assessors", panel.size, lambda a: True),
        Need(
            "safer-recruitment",
            f"member {trained}",
            f"members {trained}",
            panel.safer_recruitment_members,
            lambda a: a.safer_recruitment,
        ),
        Need(
            "chair", "member who may chair", "members who may chair", panel.chair_members, lambda a: a.chair
        ),
        Need(
            "lived-experience",
            f"member {lived}",
            f"members {lived}",
            panel.lived_experience_members,
            lambda a: a.lived_experience,
        ),
    ]


def may_work(problem: Problem, assessor: Assessor, session: Session) -> bool:
    """Whether nothing about the assessor alone keeps them from the session."""
    key = (assessor.reference, session.reference)
    trained = all(exercise.reference in assessor.trained_for for exercise in problem.panel_exercises)
    free = problem.available(*key) and key not in problem.forbidden_pins
    return trained and free and not assessor.standby


def half_days_of(problem: Problem, assessor: Assessor) -> int:
    """The most half-days the assessor could work: one venue a day, one session at a time, and their limit."""
    by_day: dict[tuple[datetime.date, str], list[Session]] = {}
    for session in problem.sessions:
        if may_work(problem, assessor, session):
            by_day.setdefault((session.date, session.venue), []).append(session)
    best: dict[datetime.date, int] = {}
    for (date, _), sessions in by_day.items():
        best[date] = max(best.get(date, 0), _most_apart(sessions))
    return min(assessor.half_days_max, sum(best.values()))


def _most_apart(sessions: list[Session]) -> int:
    """The most of one day's sessions that do not overlap: always the next that ends first."""
    number, free_from = 0, 0
    for session in sorted(sessions, key=lambda s: s.window.end):
        if session.window.start >= free_from:
            number, free_from = number + 1, session.window.end
    return number


def interpreters_free(problem: Problem, session: Session) -> list[str]:
    """The interpreters whom neither availability nor a pin keeps from the session."""
    return [i.reference for i in problem.interpreters if is_free(problem, i.reference, session)]


def is_free(problem: Problem, person: str, session: Session) -> bool:
    """Whether neither availability nor a pin keeps the person from the session."""
    key = (person, session.reference)
    return problem.available(*key) and key not in problem.forbidden_pins


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 panel", "2 panels"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
