"""One session as its runs: who is in which room from when until when, with the staff beside them.

A `Run` is a sitting of the timetable with its preparation and writing time told apart. Every paper about
a session starts from `runs_of`. Only references are here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from api.campaign import Campaign
from api.exports.packs.wording import anchor_name, day_and_date, half_day, hours
from scheduler.programme import ExerciseKind
from scheduler.timetable import Role, Sitting, Timetable


@dataclass(frozen=True, slots=True)
class SessionHead:
    """What stands at the top of every paper about one session, in words."""

    reference: str
    day: str
    half_day: str
    hours: str
    venue: str

    @property
    def anchor(self) -> str:
        """The place of this session on the campaign's first page."""
        return f"session-{anchor_name(self.reference)}"


@dataclass(frozen=True, slots=True)
class Run:
    """One sitting, in minutes after midnight.

    Preparation lasts from `start` to `contact_start`, writing from `contact_end` to `end`.
    """

    session: str
    exercise: str
    sitting: str
    room: str
    panel: str
    start: int
    contact_start: int
    contact_end: int
    end: int
    applicants: tuple[str, ...]
    assessors: tuple[str, ...]
    role_players: tuple[str, ...]
    groups: tuple[str, ...]
    interpreters: tuple[str, ...]


def head_of(campaign: Campaign, session: str) -> SessionHead:
    found = campaign.problem.session_by_reference[session]
    return SessionHead(
        reference=session,
        day=day_and_date(found.date),
        half_day=half_day(found.window.start),
        hours=hours(found.window.start, found.window.end),
        venue=campaign.name_of("venues", found.venue),
    )


def runs_of(campaign: Campaign, timetable: Timetable, session: str) -> tuple[Run, ...]:
    """The runs of one session, in order of start, room and name."""
    runs = [_run(campaign, sitting) for sitting in timetable.sittings if sitting.session == session]
    return tuple(sorted(runs, key=lambda run: (run.start, run.room, run.sitting)))


def held_sessions(campaign: Campaign, timetable: Timetable) -> tuple[str, ...]:
    """The sessions with anybody in them, by date and start."""
    sessions = campaign.problem.session_by_reference
    return tuple(
        sorted(
            (reference for reference in timetable.by_session if reference in sessions),
            key=lambda reference: (sessions[reference].date, sessions[reference].window.start, reference),
        )
    )


def applicants_in(timetable: Timetable, session: str) -> tuple[str, ...]:
    """The applicants of one session, by reference."""
    rows = timetable.by_session.get(session, [])
    return tuple(sorted({row.person for row in rows if row.role is Role.APPLICANT}))


def solo_runs_joined(campaign: Campaign, runs: tuple[Run, ...], *, by_start_only: bool = False) -> list[Run]:
    """The same runs, with solo runs of one exercise at one time in one room as a single one.

    `by_start_only` joins those that start together though extra time lets them end apart.
    """
    joined: dict[tuple[str, str, int, int, str], list[Run]] = defaultdict(list)
    for run in runs:
        solo = campaign.problem.exercise_by_reference[run.exercise].kind is ExerciseKind.SOLO
        end = 0 if solo and by_start_only else run.end
        joined[run.room, run.exercise, run.start, end, "" if solo else run.sitting].append(run)
    return [_joined(group) for group in joined.values()]


def _run(campaign: Campaign, sitting: Sitting) -> Run:
    exercise = campaign.problem.exercise_by_reference[sitting.exercise]
    window = sitting.window
    first = sitting.entries[0]
    leaving = [entry.end for entry in sitting.of(Role.APPLICANT)] or [window.end]
    return Run(
        session=sitting.session,
        exercise=sitting.exercise,
        sitting=sitting.reference,
        room=first.room,
        panel=first.panel,
        start=window.start,
        contact_start=window.start + exercise.preparation_minutes,
        contact_end=max(leaving),
        end=window.end,
        applicants=_people(sitting, Role.APPLICANT),
        assessors=_people(sitting, Role.ASSESSOR),
        role_players=_people(sitting, Role.ROLE_PLAYER),
        groups=_people(sitting, Role.SERVICE_USER_GROUP),
        interpreters=_people(sitting, Role.INTERPRETER),
    )


def _people(sitting: Sitting, role: Role) -> tuple[str, ...]:
    return tuple(sorted({entry.person for entry in sitting.of(role)}))


def _joined(runs: list[Run]) -> Run:
    applicants = tuple(sorted(applicant for run in runs for applicant in run.applicants))
    return replace(
        runs[0],
        applicants=applicants,
        contact_end=max(run.contact_end for run in runs),
        end=max(run.end for run in runs),
    )
