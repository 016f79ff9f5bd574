"""`Explanation`: why somebody has no session, and what would help; by reference, in no words yet.

A reason is a set of obstacles, each a rule or facts about people, that together leave no session and of
which none could be spared. A way out is one change, or several of one kind. What removing an obstacle means
is in `scheduler.solver.explain.relaxations`, what a change does in `...explain.changes`; the sentences are
made in `api`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Fact = tuple[str, ...]
WHOLE: tuple[Fact, ...] = ((),)


class ObstacleKind(StrEnum):
    """What can stand in the way, and what a fact of it is; where nothing is said it is one rule, one fact."""

    LEAD_MEMBERS = "panel_lead_members"
    SAFER_RECRUITMENT = "panel_safer_recruitment_members"
    CHAIR = "panel_chair_members"
    LIVED_EXPERIENCE = "panel_lived_experience_members"
    FIRST_CHOICE = "panel_first_choice_rule"
    ONE_COUNCIL = "panel_one_council_max"
    PANEL_SIZE = "panel_size"
    INTERVIEWS_MAX = "panel_interviews_max"
    LATE_START = "travel_minutes_max_morning"
    LENGTHS = "lengths"
    """How long exercises and moves take, against how long the sessions are."""
    SEQUENCE = "sequence"
    """`after` and `within_minutes`."""
    GROUP_SIZES = "group_sizes"
    """`group_min` and `group_max`."""
    PANELS_MAX = "panels_max"
    """(session)"""
    ROOMS = "rooms"
    """(venue, kind of exercise): there are no more such rooms there."""
    ASSESSORS = "assessors"
    """(council): it has no more assessors."""
    HALF_DAYS = "half_days_max"
    """(assessor)"""
    TRAINING = "trained_for"
    """(assessor)"""
    STANDBY = "standby"
    """(assessor)"""
    GROUPS = "service_user_groups"
    """There are no more of them; likewise the next two."""
    ROLE_PLAYERS = "role_players"
    INTERPRETERS = "interpreters"
    MINUTES_MAX = "minutes_max"
    """(service-user group or role player)"""
    CLASHES = "clashes"
    """Sessions at the same time, or at two venues on one day."""
    STAFF_AVAILABILITY = "staff_availability"
    """(anybody but an applicant)"""
    PIN = "pins"
    """(person, session)"""
    INTEREST = "interests"
    """(applicant, person)"""
    ARRANGEMENT = "arrangements"
    """(applicant, column)"""
    AVAILABILITY = "availability"
    """(applicant)"""
    OTHERS = "other_applicants"
    """(applicant): somebody who has a session and keeps one."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something without which there would be a session: a rule, or facts of one kind taken together."""

    kind: ObstacleKind
    facts: tuple[Fact, ...] = WHOLE


@dataclass(frozen=True, slots=True)
class Reason:
    """Obstacles that together leave no session, whatever else were otherwise.

    `settled` says that each was shown to be needed: without it, and with nothing but the others, there is a
    timetable. Where it is False, time ran out for one of them. With no obstacle at all, nothing that is
    looked at here would help.
    """

    obstacles: tuple[Obstacle, ...]
    settled: bool


class ChangeKind(StrEnum):
    """What an organiser may do, the cheapest first; the order of this list is the order of cost.

    A word to somebody who is already coming costs less than more of somebody's time, that less than a rule
    of the campaign, and that less than people or rooms to be found. To look again at a declared interest
    comes last: it was decided once already.
    """

    PIN = "pin"
    """(person, session): look again at this pin."""
    APPLICANT_AVAILABLE = "applicant_available"
    """(applicant, session)"""
    STAFF_AVAILABLE = "staff_available"
    """(assessor, service-user group, role player or interpreter; session)"""
    STANDBY = "standby"
    """(assessor): plan with them from the start."""
    HALF_DAYS = "half_days"
    """(assessor)"""
    PANELS_MAX = "panels_max"
    """(session)"""
    SESSION_END = "session_end"
    """(session), in minutes"""
    MINUTES_MAX = "minutes_max"
    """(service-user group or role player), in minutes"""
    INTERVIEWS_MAX = "interviews_max"
    TRAINING = "training"
    """(assessor)"""
    ASSESSOR = "assessor"
    """(council, session, what they must have besides...)"""
    ROLE_PLAYER = "role_player"
    """(session); likewise the next two, of which interpreters come in pairs."""
    INTERPRETERS = "interpreters"
    GROUP = "service_user_group"
    ROOM = "room"
    """(venue, kind of exercise, what it must be besides...)"""
    LATE_START = "late_start"
    """Long travellers start earlier, in minutes."""
    WITHIN_MINUTES = "within_minutes"
    """(exercise), in minutes"""
    RULE = "rule"
    """(setting), or (column, exercise)"""
    INTEREST = "interest"
    """(applicant, person): look again at what was decided."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `target` is what it concerns; `size` is how much: minutes, half-days, panels, members.

    Of two changes of one kind the one of smaller size is cheaper.
    """

    kind: ChangeKind
    target: Fact
    size: int = 1


@dataclass(frozen=True, slots=True)
class WayOut:
    """Changes of one kind with which `places` of the `of` applicants have a session, shown by a timetable.

    `least` says that it was shown that no smaller single change of this kind does as much; of several
    changes, that no single one does.
    """

    changes: tuple[Change, ...]
    places: int
    of: int
    least: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Applicants without a session for the same reasons. Without reasons, time ran out before any was shown.

    Each reason would be enough on its own. They are about each of the applicants, beside all who have a
    session; or, where they come `together` only (a group has a least size), about all of them at once.
    `complete` says that without all the obstacles but the other applicants they can all be placed.
    `fallback` is what counting says of the first of them.
    """

    applicants: tuple[str, ...]
    together: bool
    reasons: tuple[Reason, ...]
    complete: bool
    ways_out: tuple[WayOut, ...]
    fallback: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`proven`: it is proven that no more applicants can be placed than `placed`.

    `impossible`: proven that there is no timetable at all, not even with nobody in it.
    """

    applicants: int
    placed: int
    proven: bool
    impossible: bool
    cases: tuple[Case, ...]
    seconds: float

    @property
    def unplaced(self) -> tuple[str, ...]:
        return tuple(applicant for case in self.cases for applicant in case.applicants)
