"""Where lead-authority members are needed, half-day by half-day, held against those who could come then.

The panels that a venue needs are shared evenly among its sessions, first as far as their people allow, and
only what is left over goes where rooms alone would allow it: there, members are short. It is a picture to
talk about, not a timetable; who could come on several half-days is counted at each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.capacity.supply import may_work, needs_of
from scheduler.planning.needs import Line
from scheduler.planning.sessions import SessionCapacity
from scheduler.problem import Problem

PANELS = "panels"
MIXED = "assessors of different councils"


@dataclass(frozen=True, slots=True)
class LeadMembers:
    """One session with its share of the panels: so many members are `needed`, so many are `offered`."""

    session: str
    panels: int
    needed: int
    offered: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.offered)


def lead_members_by_session(
    problem: Problem, sessions: Sequence[SessionCapacity], lines: Sequence[Line]
) -> tuple[LeadMembers, ...]:
    """Every session in the campaign's order; none where panels need no member of the lead authority.

    `lines` are those of a plan: they say how many panels each venue needs.
    """
    each = problem.panel.lead_members
    wanted = {line.venue: line.needed or 0 for line in lines if line.venue and line.what == PANELS}
    if not each or not wanted:
        return ()
    people = {*(need.many for need in needs_of(problem)), MIXED}
    shares: dict[str, int] = {}
    for venue, panels in wanted.items():
        here = [session for session in sessions if session.venue == venue]
        shares |= _shared(panels, here, lambda session: _panels_that_rooms_allow(session, people))
    lead = [a for a in problem.assessors if a.council == problem.lead_council]
    return tuple(
        LeadMembers(
            session.reference,
            shares.get(session.reference, 0),
            shares.get(session.reference, 0) * each,
            sum(may_work(problem, assessor, session) for assessor in lead),
        )
        for session in problem.sessions
    )


def _shared(
    panels: int, sessions: Sequence[SessionCapacity], most: Callable[[SessionCapacity], int]
) -> dict[str, int]:
    """So many panels, one at a time to the session with most room left; what fits nowhere is left out."""
    shares = dict.fromkeys((session.session for session in sessions), 0)
    by_people = {session.session: _panels_worth(session, session.applicants) for session in sessions}
    by_rooms = {session.session: most(session) for session in sessions}
    for room in (by_people, by_rooms):
        while panels and (session := _roomiest(shares, room)):
            shares[session] += 1
            panels -= 1
    return shares


def _roomiest(shares: Mapping[str, int], room: Mapping[str, int]) -> str | None:
    """The session with most room left, the first of several."""
    found = max(shares, key=lambda session: room[session] - shares[session], default=None)
    return found if found is not None and room[found] > shares[found] else None


def _panels_that_rooms_allow(session: SessionCapacity, people: set[str]) -> int:
    """By everything but who could come."""
    return _panels_worth(
        session, min((limit.most for limit in session.limits if limit.what not in people), default=0)
    )


def _panels_worth(session: SessionCapacity, applicants: int) -> int:
    return -(-applicants // session.per_panel) if session.per_panel else 0
