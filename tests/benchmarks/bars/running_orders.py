"""Each session of the samples by itself: is the least waiting of its people proven, and how soon?"""

from __future__ import annotations

import time
from dataclasses import dataclass

from scheduler.checks.panels import applicants_without_first_choice
from scheduler.checks.views import panels_of
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.engine import Budget
from scheduler.solver.running_order.options import clusters
from scheduler.solver.running_order.solve import best_running_order
from scheduler.solver.schedule import schedule
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry, Role, Timetable
from tests.benchmarks.campaigns import SAMPLES, problem_of
from tests.benchmarks.measure import apart
from tests.benchmarks.report import Line, Part, Table

SECONDS = 10.0
FIRST_SECONDS = 30.0
SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Solved:
    """One session's running order. `idle_minutes` None where none was found."""

    session: str
    applicants: int
    idle_minutes: int | None
    bound: int
    seconds: float

    @property
    def proven(self) -> bool:
        return self.idle_minutes == self.bound


def measure_running_orders(quick: bool) -> Part:
    """`idle_minutes` proven in at least 95 % of the samples' sessions, within 10 s each."""
    rows: list[tuple[str, ...]] = []
    proven = sessions = 0
    for name in SAMPLES[: 1 if quick else None]:
        found = apart(1200, solved_sessions, name, SECONDS)
        solved = found.value or []
        sessions += len(solved)
        proven += sum(one.proven for one in solved)
        rows += [
            (
                name,
                one.session,
                str(one.applicants),
                "none found" if one.idle_minutes is None else str(one.idle_minutes),
                str(one.bound),
                "yes" if one.proven else "no",
                f"{one.seconds:.2f}",
            )
            for one in solved
        ]
    share = proven / sessions if sessions else 0.0
    line = Line(
        "`idle_minutes` proven for a session's people",
        f"at least {SHARE:.0%} of sessions, {SECONDS:g} s each",
        f"{proven} of {sessions} ({share:.1%})",
        share >= SHARE,
    )
    head = ("sample", "session", "applicants", "idle minutes", "bound", "proven", "seconds")
    return Part("One session's running order", (line,), (Table("Sessions", head, tuple(rows)),), quick)


def solved_sessions(name: str, seconds: float) -> list[Solved]:
    """The people are those of a timetable made in half a minute; each session is solved anew, alone."""
    problem = problem_of(name)
    timetable = schedule(problem, Params(seconds=FIRST_SECONDS)).timetable
    staffings = {s: staffing_of(problem, timetable, s) for s in timetable.by_session}
    solved: list[Solved] = []
    for cluster in clusters(problem, list(staffings)):
        group = tuple(staffings[s] for s in cluster)
        began, params = time.monotonic(), Params(seconds=seconds)
        order = best_running_order(problem, group, params, Budget(params), seconds)
        idle = None if order.entries is None else order.idle_minutes
        people = sum(len(staffing.applicants) for staffing in group)
        solved.append(Solved("+".join(cluster), people, idle, order.idle_bound, time.monotonic() - began))
    return solved


def staffing_of(problem: Problem, timetable: Timetable, session: str) -> SessionStaffing:
    """Who is in a session of a timetable, as the placement would have handed it over."""
    rows = timetable.by_session[session]
    panels = [panel for panel in panels_of(problem, timetable) if panel.session == session]
    applicants = _who(rows, Role.APPLICANT)
    return SessionStaffing(
        session=session,
        applicants=applicants,
        assessors=_who(rows, Role.ASSESSOR),
        panels=len(panels),
        group=next(iter(_who(rows, Role.SERVICE_USER_GROUP)), None),
        role_players=_who(rows, Role.ROLE_PLAYER),
        pair_by_applicant=_pairs(problem, rows, applicants),
        without_first_choice_max=sum(len(applicants_without_first_choice(problem, p)) for p in panels),
    )


def _who(rows: list[Entry], role: Role) -> tuple[str, ...]:
    return tuple(sorted({row.person for row in rows if row.role is role}))


def _pairs(problem: Problem, rows: list[Entry], applicants: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    needy = [a for a in applicants if problem.applicant_by_reference[a].adjustment.interpreter]
    runs = {a: {(r.exercise, r.sitting, r.start, r.end) for r in rows if r.person == a} for a in needy}
    return {
        a: tuple(
            sorted(
                {
                    row.person
                    for row in rows
                    if row.role is Role.INTERPRETER
                    and (row.exercise, row.sitting, row.start, row.end) in runs[a]
                }
            )
        )
        for a in needy
    }
