"""A booking by applicants, first come first served: what booking systems do, and then somebody staffs it.

Applicants come in a seeded order and each books the session they like best among those with a place left:
the one nearest to them, and of those the first. A session has `panels_max` times `panel_interviews_max`
places. When all have booked, panels are staffed session after session, each seat with whoever is free and
does most for the panel: the lead authority's member first, then members of its applicants' first choices,
then the training that is still missing, then others before the lead authority's few, then the nearest.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

from scheduler.people import Assessor
from scheduler.problem import Problem
from scheduler.programme import Session
from tests.benchmarks.peers.orders import PeerPanel, may_work, sessions_open_to


def first_come_placement(problem: Problem, seed: int = 0) -> list[PeerPanel]:
    """The panels of the sessions that applicants booked; a panel that cannot be staffed sees nobody."""
    booked = _bookings(problem, random.Random(f"first come/{seed}"))
    desk = _Desk(problem)
    panels: list[PeerPanel] = []
    for session in sorted(problem.sessions, key=lambda s: (s.date, s.window, s.reference)):
        people = booked[session.reference]
        for group in _groups(problem, people):
            members = desk.staff(session, group)
            if members:
                panels.append(PeerPanel(session.reference, members, tuple(group)))
    return panels


def _bookings(problem: Problem, rng: random.Random) -> dict[str, list[str]]:
    booked: dict[str, list[str]] = defaultdict(list)
    arriving = [applicant.reference for applicant in problem.applicants]
    rng.shuffle(arriving)
    # Whom the organiser has pinned is booked in before anybody else may choose.
    must = {pin.person for pin in problem.pins if pin.must}
    for a in sorted(arriving, key=lambda a: a not in must):
        open_to_them = [
            s
            for s in sessions_open_to(problem, a)
            if len(booked[s.reference]) < s.panels_max * problem.panel.interviews_max
        ]
        if open_to_them:
            best = min(open_to_them, key=lambda s: (problem.travel_of(a, s.venue), s.date, s.window))
            booked[best.reference].append(a)
    return booked


def _groups(problem: Problem, people: Sequence[str]) -> list[list[str]]:
    """Panel by panel in the order of booking, which is how a booking sheet fills."""
    size = problem.panel.interviews_max
    return [list(people[at : at + size]) for at in range(0, len(people), size)]


class _Desk:
    """Who works where so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.worked: Counter[str] = Counter()
        self.sessions: dict[str, list[Session]] = defaultdict(list)
        self.must = {(pin.person, pin.session) for pin in problem.pins if pin.must}

    def staff(self, session: Session, group: Sequence[str]) -> tuple[str, ...]:
        """The members, seat by seat; nobody where a seat cannot be filled."""
        members: list[Assessor] = []
        for _ in range(self.problem.panel.size):
            ready = [x for x in self.problem.assessors if self._may_join(x, session, group, members)]
            if not ready:
                return ()
            members.append(max(ready, key=lambda x: self._worth(x, session, group, members)))
        for member in members:
            self.worked[member.reference] += 1
            self.sessions[member.reference].append(session)
        return tuple(member.reference for member in members)

    def _may_join(
        self, x: Assessor, session: Session, group: Sequence[str], members: Sequence[Assessor]
    ) -> bool:
        problem, reference = self.problem, x.reference
        needed = {e.reference for e in problem.panel_exercises}
        same_council = sum(member.council == x.council for member in members)
        return (
            not x.standby
            and x not in members
            and needed <= x.trained_for
            and may_work(problem, reference, session)
            and self.worked[reference] < x.half_days_max
            and same_council < problem.panel.one_council_max
            and not any(problem.excluded(a, reference) for a in group)
            and not any(_clash(other, session) for other in self.sessions[reference])
        )

    def _worth(
        self, x: Assessor, session: Session, group: Sequence[str], members: Sequence[Assessor]
    ) -> tuple[bool, bool, bool, int, bool, bool, int]:
        rules, problem = self.problem.panel, self.problem
        lead_missing = sum(m.council == problem.lead_council for m in members) < rules.lead_members
        safer_missing = rules.safer_recruitment_members - sum(m.safer_recruitment for m in members)
        last_chance = safer_missing >= rules.size - len(members)
        here = {member.council for member in members}
        firsts = [problem.applicant_by_reference[a].first_choice for a in group]
        return (
            (x.reference, session.reference) in self.must,
            lead_missing and x.council == problem.lead_council,
            last_chance and x.safer_recruitment,
            firsts.count(x.council) if x.council not in here else 0,
            safer_missing > 0 and x.safer_recruitment,
            x.council != problem.lead_council,
            -problem.travel_of(x.reference, session.venue),
        )


def _clash(one: Session, other: Session) -> bool:
    return one.overlaps(other) or (one.date == other.date and one.venue != other.venue)
