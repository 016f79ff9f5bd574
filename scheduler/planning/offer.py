"""What all sessions of a campaign offer together: applicants, panels, half-days. Upper bounds, by counting.

What a number of applicants needs of it is in `needs.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.capacity.supply import may_work, needs_of
from scheduler.people import Assessor
from scheduler.planning.sessions import SessionCapacity, session_capacity
from scheduler.problem import Problem


@dataclass(frozen=True)
class Offer:
    """Everything offered. `panels_max` is what the assessors' half-days allow over the whole campaign."""

    sessions: tuple[SessionCapacity, ...]
    panels_max: int | None

    @property
    def applicants(self) -> int:
        """The most applicants that counting lets all sessions hold together."""
        if self.panels_max is None:
            return sum(s.applicants for s in self.sessions)
        return sum(_panel_loads(self.sessions)[: self.panels_max])

    def at(self, venue: str) -> tuple[SessionCapacity, ...]:
        return tuple(s for s in self.sessions if s.venue == venue)


def offer_of(problem: Problem) -> Offer:
    """Count every session, and the half-days of those without whom there is no panel."""
    sessions = tuple(session_capacity(problem, session) for session in problem.sessions)
    if not problem.panel_exercises:
        return Offer(sessions, None)
    by_need = [half_days(problem, n.counts) // n.number for n in needs_of(problem) if n.number]
    return Offer(sessions, min(by_need, default=sum(s.panels for s in sessions)))


def half_days(problem: Problem, counts: Callable[[Assessor], bool], venue: str | None = None) -> int:
    """The most half-days that the assessors who count could work, at one venue or, without one, anywhere."""
    return sum(_half_days_of(problem, a, venue) for a in problem.assessors if counts(a))


def fewest_sessions(sessions: Iterable[SessionCapacity], applicants: int) -> int | None:
    """The fewest of these sessions that could hold so many, further ones like the largest where they do not.

    None where none of them holds anybody.
    """
    return _fewest((s.applicants for s in sessions), applicants)


def fewest_panels(sessions: Iterable[SessionCapacity], applicants: int) -> int | None:
    """The fewest panels, each in one session, that could see so many; further ones like the largest."""
    return _fewest(_panel_loads(sessions), applicants)


def _half_days_of(problem: Problem, assessor: Assessor, venue: str | None) -> int:
    """Nobody works at two venues on one day: a day counts for the venue with most sessions open to them."""
    open_by_day: dict[str, Counter[str]] = {}
    for session in problem.sessions:
        if venue in (None, session.venue) and may_work(problem, assessor, session):
            open_by_day.setdefault(session.date.isoformat(), Counter())[session.venue] += 1
    return min(assessor.half_days_max, sum(max(day.values()) for day in open_by_day.values()))


def _panel_loads(sessions: Iterable[SessionCapacity]) -> list[int]:
    """How many applicants each possible panel could see, the fullest first."""
    loads: list[int] = []
    for session in sessions:
        left = session.applicants
        for _ in range(session.panels):
            loads.append(min(session.per_panel, left))
            left -= loads[-1]
    return sorted(loads, reverse=True)


def _fewest(sizes: Iterable[int], applicants: int) -> int | None:
    number, left, largest = 0, applicants, 0
    for size in sorted((size for size in sizes if size > 0), reverse=True):
        largest = max(largest, size)
        if left <= 0:
            return number
        number, left = number + 1, left - size
    if left <= 0:
        return number
    return number + -(-left // largest) if largest else None
