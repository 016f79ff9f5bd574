"""`Problem`: one campaign to be timetabled, with the look-ups that every rule needs.

It is plain data. Its tables were checked where they were read (`api.imports`), so nothing here
validates; whoever builds a `Problem` by hand may call `faults_of` first. Read `timetable.py` next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from scheduler.grid import round_up
from scheduler.people import (
    Applicant,
    Assessor,
    DeclaredInterest,
    Interpreter,
    Pin,
    RolePlayer,
    ServiceUserGroup,
)
from scheduler.places import Room
from scheduler.programme import Exercise, ExerciseKind, Session


class FirstChoiceRule(StrEnum):
    """Whether a panel must hold members of the applicant's first-choice council."""

    HARD = "hard"
    SOFT = "soft"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class PanelRules:
    """What every interview panel must hold; all are numbers of members but `interviews_max`."""

    size: int = 3
    lead_members: int = 1
    first_choice_members: int = 1
    first_choice_rule: FirstChoiceRule = FirstChoiceRule.SOFT
    one_council_max: int = 2
    safer_recruitment_members: int = 1
    chair_members: int = 0
    lived_experience_members: int = 0
    interviews_max: int = 3


@dataclass(frozen=True)
class Problem:
    """One campaign to be timetabled.

    `travel_minutes` is one way, for every applicant and assessor to every venue; a pair that is not
    there counts as 0. `unavailable` holds the (person, session) pairs that availability rules out,
    for any kind of person. `travel_minutes_max_morning` None switches that rule off;
    `travel_late_start` is in minutes after midnight. `tiers` names the aims in the
    organiser's order; empty means all of them in the catalogue's (`scheduler.rules.tiers_of`).
    """

    lead_council: str
    councils: tuple[str, ...]
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    exercises: tuple[Exercise, ...]
    applicants: tuple[Applicant, ...]
    assessors: tuple[Assessor, ...]
    service_user_groups: tuple[ServiceUserGroup, ...] = ()
    role_players: tuple[RolePlayer, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    travel_minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unavailable: frozenset[tuple[str, str]] = frozenset()
    interests: tuple[DeclaredInterest, ...] = ()
    pins: tuple[Pin, ...] = ()
    panel: PanelRules = field(default_factory=PanelRules)
    grid_minutes: int = 5
    move_minutes: int = 5
    travel_minutes_max_morning: int | None = None
    travel_late_start: int = 600
    tiers: tuple[str, ...] = ()

    @cached_property
    def session_by_reference(self) -> dict[str, Session]:
        return {session.reference: session for session in self.sessions}

    @cached_property
    def exercise_by_reference(self) -> dict[str, Exercise]:
        return {exercise.reference: exercise for exercise in self.exercises}

    @cached_property
    def room_by_reference(self) -> dict[str, Room]:
        return {room.reference: room for room in self.rooms}

    @cached_property
    def applicant_by_reference(self) -> dict[str, Applicant]:
        return {applicant.reference: applicant for applicant in self.applicants}

    @cached_property
    def assessor_by_reference(self) -> dict[str, Assessor]:
        return {assessor.reference: assessor for assessor in self.assessors}

    @cached_property
    def group_by_reference(self) -> dict[str, ServiceUserGroup]:
        return {group.reference: group for group in self.service_user_groups}

    @cached_property
    def role_player_by_reference(self) -> dict[str, RolePlayer]:
        return {player.reference: player for player in self.role_players}

    @cached_property
    def interpreter_by_reference(self) -> dict[str, Interpreter]:
        return {interpreter.reference: interpreter for interpreter in self.interpreters}

    @cached_property
    def panel_exercises(self) -> tuple[Exercise, ...]:
        return self.exercises_of(ExerciseKind.PANEL)

    @cached_property
    def group_exercises(self) -> tuple[Exercise, ...]:
        return self.exercises_of(ExerciseKind.GROUP)

    @cached_property
    def excluded_pairs(self) -> frozenset[tuple[str, str]]:
        """(applicant, person) pairs that must never meet, service users and their groups as declared."""
        return frozenset((i.applicant, i.person) for i in self.interests if i.excluded)

    @cached_property
    def forbidden_pins(self) -> frozenset[tuple[str, str]]:
        return frozenset((pin.person, pin.session) for pin in self.pins if not pin.must)

    @cached_property
    def required_pins(self) -> frozenset[tuple[str, str]]:
        return frozenset((pin.person, pin.session) for pin in self.pins if pin.must)

    def exercises_of(self, kind: ExerciseKind) -> tuple[Exercise, ...]:
        return tuple(exercise for exercise in self.exercises if exercise.kind is kind)

    def rooms_for(self, exercise: Exercise, venue: str) -> tuple[Room, ...]:
        """The rooms of `venue` that may serve this kind of exercise."""
        return tuple(r for r in self.rooms if r.venue == venue and exercise.kind in r.use)

    def minutes_for(self, applicant: Applicant, exercise: Exercise) -> int:
        """The contact minutes of this applicant in this exercise, extra time rounded up to the grid."""
        percent = applicant.adjustment.extra_time_percent
        if not exercise.extra_time or percent == 0:
            return exercise.minutes
        return round_up(-(-exercise.minutes * (100 + percent) // 100), self.grid_minutes)

    def travel_of(self, person: str, venue: str) -> int:
        return self.travel_minutes.get((person, venue), 0)

    def must_start_late(self, person: str, venue: str) -> bool:
        """Whether this person's journey is too long for a start before `travel_late_start`."""
        limit = self.travel_minutes_max_morning
        return limit is not None and self.travel_of(person, venue) > limit

    def available(self, person: str, session: str) -> bool:
        """Whether availability allows this person in this session (pins are another rule)."""
        return (person, session) not in self.unavailable

    def excluded(self, applicant: str, person: str) -> bool:
        """Whether a declared interest keeps the two apart, directly or through a service-user group."""
        if (applicant, person) in self.excluded_pairs:
            return True
        group = self.group_by_reference.get(person)
        return group is not None and any((applicant, m) in self.excluded_pairs for m in group.members)

    def session_clashes(self) -> Iterator[tuple[Session, Session]]:
        """Pairs of sessions that no person can work in together: overlapping, or two venues on one day."""
        for i, one in enumerate(self.sessions):
            for other in self.sessions[i + 1 :]:
                if one.date == other.date and (one.venue != other.venue or one.overlaps(other)):
                    yield one, other
