"""The sheets of one session: a door sheet per room, the service users' rotation, the arrivals desk's list.

Door sheets and rotation sheets hang where anybody can read them: applicants by reference only. The
registration list stays on the desk and has the names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.arrangements import arrangements_of
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.runs import (
    Run,
    SessionHead,
    applicants_in,
    head_of,
    runs_of,
    solo_runs_joined,
)
from api.exports.packs.wording import hours
from scheduler.grid import clock
from scheduler.programme import ExerciseKind
from scheduler.timetable import Timetable


@dataclass(frozen=True, slots=True)
class DoorLine:
    hours: str
    sign: Sign
    applicants: tuple[str, ...]
    panel: str


@dataclass(frozen=True, slots=True)
class DoorSheet:
    """What happens behind one door in one session. `reference` is the room's."""

    head: SessionHead
    reference: str
    room: str
    lines: tuple[DoorLine, ...]


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """A service user, who finds themselves by name. `reference` is empty where it says nothing more."""

    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round: for each service user of the run the applicant they meet, or "" for a rest."""

    number: int
    hours: str
    applicants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RotationRun:
    """One run with the service users. `rounds` is empty where everybody meets together."""

    sign: Sign
    hours: str
    room: str
    service_users: tuple[ServiceUser, ...]
    rounds: tuple[Round, ...]
    applicants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RotationSheet:
    """All runs with service users in one session, for the service users themselves."""

    head: SessionHead
    group: str
    runs: tuple[RotationRun, ...]


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    reference: str
    name: str
    first_start: str
    arrangements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegistrationList:
    """Who comes to one session, by name, for the arrivals desk."""

    head: SessionHead
    lines: tuple[RegistrationLine, ...]


def door_sheets(campaign: Campaign, timetable: Timetable, session: str) -> tuple[DoorSheet, ...]:
    """One sheet per room in use, in the order of the rooms table."""
    signs = signs_of(campaign)
    by_room: dict[str, list[Run]] = defaultdict(list)
    for run in solo_runs_joined(campaign, runs_of(campaign, timetable, session)):
        by_room[run.room].append(run)
    return tuple(
        DoorSheet(
            head=head_of(campaign, session),
            reference=room.reference,
            room=campaign.name_of("rooms", room.reference),
            lines=tuple(
                DoorLine(hours(run.start, run.contact_end), signs[run.exercise], run.applicants, run.panel)
                for run in by_room[room.reference]
            ),
        )
        for room in campaign.problem.rooms
        if room.reference in by_room
    )


def rotation_sheet(campaign: Campaign, timetable: Timetable, session: str) -> RotationSheet | None:
    """The rotation sheet of one session, or None where no service users take part."""
    group_exercises = {exercise.reference for exercise in campaign.problem.exercises_of(ExerciseKind.GROUP)}
    runs = [run for run in runs_of(campaign, timetable, session) if run.exercise in group_exercises]
    if not runs:
        return None
    groups = sorted({group for run in runs for group in run.groups})
    return RotationSheet(
        head=head_of(campaign, session),
        group=", ".join(campaign.name_of("service_user_groups", group) for group in groups),
        runs=tuple(_rotation_run(campaign, timetable, run) for run in runs),
    )


def registration_list(campaign: Campaign, timetable: Timetable, session: str) -> RegistrationList:
    """Who comes to one session, sorted by name."""
    lines = [
        RegistrationLine(
            reference=applicant,
            name=campaign.name_of("applicants", applicant),
            first_start=clock(timetable.applicant_entries[applicant][0].start),
            arrangements=arrangements_of(campaign, timetable, applicant),
        )
        for applicant in applicants_in(timetable, session)
    ]
    return RegistrationList(
        head_of(campaign, session), tuple(sorted(lines, key=lambda line: line.name.casefold()))
    )


def _rotation_run(campaign: Campaign, timetable: Timetable, run: Run) -> RotationRun:
    meetings = [
        meeting
        for meeting in timetable.meetings
        if (meeting.session, meeting.sitting) == (run.session, run.sitting)
    ]
    service_users = tuple(sorted({meeting.service_user for meeting in meetings}))
    rounds: list[Round] = []
    for number in sorted({meeting.round for meeting in meetings}):
        now = [meeting for meeting in meetings if meeting.round == number]
        met = {meeting.service_user: meeting.applicant for meeting in now}
        span = hours(min(m.start for m in now), max(m.end for m in now))
        rounds.append(Round(number, span, tuple(met.get(user, "") for user in service_users)))
    return RotationRun(
        sign=signs_of(campaign)[run.exercise],
        hours=hours(run.start, run.contact_end),
        room=campaign.name_of("rooms", run.room),
        service_users=tuple(_service_user(campaign, user) for user in service_users),
        rounds=tuple(rounds),
        applicants=run.applicants,
    )


def _service_user(campaign: Campaign, reference: str) -> ServiceUser:
    name = campaign.name_of("service_users", reference)
    return ServiceUser(name, reference if name != reference else "")
