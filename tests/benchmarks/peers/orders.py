"""From any peer's placement to a timetable: who is where is the peer's, the times are by our own solver.

Only the placement differs between the peers, so none of them loses by a clumsy running order. Other staff
are given out here, first come first served; who cannot be given a place in a running order is left out.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.programme import Session
from scheduler.solver.engine import Budget
from scheduler.solver.rotations import rotations_of
from scheduler.solver.running_order.options import clusters
from scheduler.solver.running_order.solve import (
    any_running_order,
    best_running_order,
    largest_running_order,
)
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry, Timetable, timetable_of

ANY_SECONDS, LARGEST_SECONDS = 5.0, 10.0


@dataclass(frozen=True, slots=True)
class PeerPanel:
    """A panel of a peer's placement: its session, its members, the applicants it sees."""

    session: str
    members: tuple[str, ...]
    applicants: tuple[str, ...]


def timetable_from(problem: Problem, panels: Sequence[PeerPanel], params: Params) -> tuple[Timetable, float]:
    """The timetable of these panels, and the seconds until it was in hand.

    `params.seconds` are shared out evenly over the sessions.
    """
    whole = [panel for panel in panels if panel.applicants and is_sound(problem, panel)]
    staffings = {s.session: s for s in _staffings(problem, whole)}
    groups = clusters(problem, list(staffings))
    budget, seconds = Budget(params), 0.0
    budget.settle()
    entries: list[Entry] = []
    for number, group in enumerate(groups):
        share = max(0.5, budget.left / (len(groups) - number))
        rows, reached = _order(problem, tuple(staffings[s] for s in group), params, budget, share)
        seconds = budget.elapsed if reached is None else reached
        entries += rows
    return timetable_of(entries, rotations_of(problem, entries)), seconds


def may_work(problem: Problem, person: str, session: Session) -> bool:
    """Whether availability and the organiser's pins let this person into this session."""
    pair = (person, session.reference)
    return problem.available(*pair) and pair not in problem.forbidden_pins


def sessions_open_to(problem: Problem, applicant: str) -> tuple[Session, ...]:
    """The sessions that this applicant could attend, with two interpreters where they are needed."""
    must = {pin.session for pin in problem.pins if pin.must and pin.person == applicant}
    needed = 2 if problem.applicant_by_reference[applicant].adjustment.interpreter else 0
    return tuple(
        s
        for s in problem.sessions
        if may_work(problem, applicant, s)
        and (not must or s.reference in must)
        and sum(may_work(problem, i.reference, s) for i in problem.interpreters) >= needed
    )


def is_sound(problem: Problem, panel: PeerPanel) -> bool:
    """Whether the panel, taken by itself, keeps the rules of panels; others are left out as a whole."""
    rules, by_reference = problem.panel, problem.assessor_by_reference
    members = [by_reference[x] for x in panel.members]
    councils = [member.council for member in members]
    return (
        len(set(panel.members)) == rules.size
        and len(panel.applicants) <= rules.interviews_max
        and councils.count(problem.lead_council) >= rules.lead_members
        and all(councils.count(council) <= rules.one_council_max for council in councils)
        and sum(member.safer_recruitment for member in members) >= rules.safer_recruitment_members
        and sum(member.chair for member in members) >= rules.chair_members
        and sum(member.lived_experience for member in members) >= rules.lived_experience_members
        and not any(problem.excluded(a, x) for a in panel.applicants for x in panel.members)
    )


def lacking(problem: Problem, panel: PeerPanel) -> int:
    """The panel's applicants without members of their first choice, where that is an aim."""
    councils = [problem.assessor_by_reference[x].council for x in panel.members]
    firsts = [problem.applicant_by_reference[a].first_choice for a in panel.applicants]
    wanted = problem.panel.first_choice_members
    return sum(first is not None and councils.count(first) < wanted for first in firsts)


def _order(
    problem: Problem, group: tuple[SessionStaffing, ...], params: Params, budget: Budget, seconds: float
) -> tuple[tuple[Entry, ...], float | None]:
    """The rows, and when they were found if more time did not better them."""
    found: list[float] = []
    values: list[int | None] = [None]

    def sink(value: int | None, bound: int | None) -> None:
        if value != values[-1]:
            values.append(value)
            found.append(budget.elapsed)

    order = best_running_order(problem, group, params, budget, seconds, sink)
    if order.entries is None and not order.impossible:
        order = any_running_order(problem, group, params, budget, ANY_SECONDS)
    if order.entries is None:
        order = largest_running_order(problem, group, params, budget, LARGEST_SECONDS)
        return order.entries or (), None
    return order.entries, found[-1] if found else None


def _staffings(problem: Problem, panels: Sequence[PeerPanel]) -> Iterable[SessionStaffing]:
    """Sessions in order of time; whoever is not free, or already elsewhere that day, is passed over."""
    by_session: dict[str, list[PeerPanel]] = defaultdict(list)
    for panel in panels:
        by_session[panel.session].append(panel)
    at: dict[tuple[str, datetime.date], Session] = {}
    held = [session for session in problem.sessions if session.reference in by_session]
    for session in sorted(held, key=lambda s: (s.date, s.window, s.reference)):
        found = by_session[session.reference]
        applicants = tuple(sorted(a for panel in found for a in panel.applicants))

        def free(person: str, session: Session = session) -> bool:
            other = at.get((person, session.date))
            return may_work(problem, person, session) and (
                other is None or (other.venue == session.venue and not other.overlaps(session))
            )

        def take(people: Iterable[str], number: int, session: Session = session) -> tuple[str, ...]:
            ready = sorted((p for p in people if free(p)), key=lambda p: (p, session.date) not in at)
            for person in ready[:number]:
                at[person, session.date] = session
            return tuple(ready[:number])

        groups = take(
            (
                g.reference
                for g in problem.service_user_groups
                if all(free(member) for member in g.members)
                and not any(problem.excluded(a, g.reference) for a in applicants)
            ),
            1,
        )
        yield SessionStaffing(
            session=session.reference,
            applicants=applicants,
            assessors=tuple(sorted(x for panel in found for x in panel.members)),
            panels=len(found),
            group=groups[0] if groups else None,
            role_players=take((r.reference for r in problem.role_players), len(found)),
            pair_by_applicant={
                a: take((i.reference for i in problem.interpreters), 2)
                for a in applicants
                if problem.applicant_by_reference[a].adjustment.interpreter
            },
            without_first_choice_max=sum(lacking(problem, panel) for panel in found),
        )
