"""Personal timetables: one per applicant, and one per assessor, role player and interpreter.

An applicant's names the panel and gives the applicant's own arrangements; nobody's choices are in it.
Staff see applicants by reference only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.arrangements import arrangements_of, interpreters_of
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.running_order import council_of
from api.exports.packs.runs import Run, SessionHead, head_of, held_sessions, runs_of
from api.exports.packs.wording import hours, listed
from assessment.figures import number_word
from scheduler.grid import clock
from scheduler.programme import ExerciseKind
from scheduler.timetable import Entry, Role, Timetable

ARRIVE_MINUTES_BEFORE = 15
ROLE_NAMES = {
    Role.ASSESSOR: "Assessor",
    Role.ROLE_PLAYER: "Role player",
    Role.INTERPRETER: "Interpreter",
    Role.SERVICE_USER_GROUP: "Service-user group",
}


@dataclass(frozen=True, slots=True)
class ApplicantLine:
    """One activity, or a stretch of free time where `sign` is None."""

    hours: str
    sign: Sign | None
    what: str
    where: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicantPack:
    """One applicant's half-day."""

    reference: str
    name: str
    head: SessionHead
    arrive_by: str
    finish: str
    lines: tuple[ApplicantLine, ...]
    arrangements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One run of one member of staff. `writing` is empty where no writing time follows.

    An interpreter's `applicants` are those they interpret for; an assessor's are everybody in the run.
    """

    hours: str
    sign: Sign
    room: str
    applicants: tuple[str, ...]
    writing: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffSession:
    """One half-day of one member of staff. `panel` is empty for those who sit on none."""

    head: SessionHead
    panel: str
    rooms: tuple[str, ...]
    arrive_by: str
    finish: str
    colleagues: tuple[str, ...]
    lines: tuple[StaffLine, ...]


@dataclass(frozen=True, slots=True)
class StaffPack:
    """Every half-day of one assessor, role player or interpreter."""

    reference: str
    name: str
    role: str
    council: str
    sessions: tuple[StaffSession, ...]


def applicant_pack(campaign: Campaign, timetable: Timetable, applicant: str) -> ApplicantPack:
    """The timetable of one placed applicant."""
    session = timetable.session_of_applicant[applicant]
    rows = [row for row in timetable.applicant_entries[applicant] if row.session == session]
    runs = {(run.exercise, run.sitting): run for run in runs_of(campaign, timetable, session)}
    rest_minutes = campaign.problem.applicant_by_reference[applicant].adjustment.break_minutes
    lines: list[ApplicantLine] = []
    before: Entry | None = None
    for row in rows:
        if before is not None and row.start - before.end > campaign.problem.move_minutes:
            lines.append(_free_time(before.end, row.start, rest_minutes))
        lines.append(_applicant_line(campaign, row, runs[row.exercise, row.sitting]))
        before = row
    return ApplicantPack(
        reference=applicant,
        name=campaign.name_of("applicants", applicant),
        head=head_of(campaign, session),
        arrive_by=clock(rows[0].start - ARRIVE_MINUTES_BEFORE),
        finish=clock(rows[-1].end),
        lines=tuple(lines),
        arrangements=arrangements_of(campaign, timetable, applicant),
    )


def staff_pack(campaign: Campaign, timetable: Timetable, person: str) -> StaffPack:
    """The timetable of one member of staff who works in at least one session."""
    rows = timetable.by_person[person]
    by_session: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        by_session[row.session].append(row)
    assessor = campaign.problem.assessor_by_reference.get(person)
    return StaffPack(
        reference=person,
        name=campaign.person_name(person),
        role=ROLE_NAMES[rows[0].role],
        council=campaign.name_of("councils", assessor.council) if assessor else "",
        sessions=tuple(
            _staff_session(campaign, timetable, person, by_session[session])
            for session in held_sessions(campaign, timetable)
            if session in by_session
        ),
    )


def _free_time(start: int, end: int, rest_minutes: int) -> ApplicantLine:
    """A stretch between two activities, called a break where it is as long as the one that was promised."""
    what = f"{'Break' if 0 < rest_minutes <= end - start else 'Free time'}, {end - start} minutes"
    return ApplicantLine(hours(start, end), None, what, "Waiting area", ())


def _applicant_line(campaign: Campaign, row: Entry, run: Run) -> ApplicantLine:
    sign = signs_of(campaign)[row.exercise]
    return ApplicantLine(
        hours=hours(row.start, row.end),
        sign=sign,
        what=sign.name,
        where=campaign.name_of("rooms", row.room),
        notes=_what_happens(campaign, run),
    )


def _what_happens(campaign: Campaign, run: Run) -> tuple[str, ...]:
    """What an applicant should know beforehand about one run, in plain sentences."""
    exercise = campaign.problem.exercise_by_reference[run.exercise]
    notes: list[str] = []
    if exercise.preparation_minutes:
        notes.append(f"The first {exercise.preparation_minutes} minutes are yours alone, to prepare.")
    if exercise.kind is ExerciseKind.PANEL and run.assessors:
        names = listed([campaign.name_of("assessors", member) for member in run.assessors])
        notes.append(f"You meet {names}.")
    if run.role_players:
        notes.append("A role player takes part.")
    if exercise.kind is ExerciseKind.GROUP:
        notes.append(_with_service_users(campaign, run))
    if exercise.kind is ExerciseKind.SITTING:
        others = ", in a room with other applicants" if len(run.applicants) > 1 else ""
        notes.append(f"You write by yourself{others}.")
    if exercise.kind is ExerciseKind.SOLO:
        notes.append("You work on this by yourself.")
    return tuple(notes)


def _with_service_users(campaign: Campaign, run: Run) -> str:
    exercise = campaign.problem.exercise_by_reference[run.exercise]
    groups = [campaign.problem.group_by_reference[group] for group in run.groups]
    members = sum(len(group.members) for group in groups)
    if exercise.station_minutes and members:
        each = f"about {exercise.station_minutes} minutes with each"
        in_turn = f"{number_word(members)} service users in turn" if members > 1 else "one service user"
        return f"You talk with {in_turn}, {each if members > 1 else each.removesuffix(' with each')}."
    return f"You{' and other applicants' if len(run.applicants) > 1 else ''} talk with service users."


def _staff_session(campaign: Campaign, timetable: Timetable, person: str, rows: list[Entry]) -> StaffSession:
    session = rows[0].session
    runs = {(run.exercise, run.sitting): run for run in runs_of(campaign, timetable, session)}
    own = [(row, runs[row.exercise, row.sitting]) for row in rows]
    beside = sorted({member for _, run in own for member in run.assessors if member != person})
    return StaffSession(
        head=head_of(campaign, session),
        panel=next((row.panel for row in rows if row.role is Role.ASSESSOR), ""),
        rooms=tuple(dict.fromkeys(campaign.name_of("rooms", row.room) for row in rows)),
        arrive_by=clock(rows[0].start - ARRIVE_MINUTES_BEFORE),
        finish=clock(max(row.end for row in rows)),
        colleagues=tuple(
            f"{campaign.name_of('assessors', member)} ({council_of(campaign, member)})" for member in beside
        ),
        lines=tuple(_staff_line(campaign, timetable, person, row, run) for row, run in own),
    )


def _staff_line(campaign: Campaign, timetable: Timetable, person: str, row: Entry, run: Run) -> StaffLine:
    notes: list[str] = []
    players = [campaign.name_of("role_players", each) for each in run.role_players if each != person]
    if players:
        notes.append(f"Role player: {listed(players)}")
    interpreters = [campaign.name_of("interpreters", each) for each in run.interpreters if each != person]
    if interpreters and row.role is Role.INTERPRETER:
        notes.append(f"With {listed(interpreters)}")
    elif interpreters:
        notes.append(f"Interpreters in the room: {listed(interpreters)}")
    return StaffLine(
        hours=hours(row.start, min(row.end, run.contact_end)),
        sign=signs_of(campaign)[row.exercise],
        room=campaign.name_of("rooms", row.room),
        applicants=_applicants_for(timetable, row, run),
        writing=hours(run.contact_end, row.end) if row.end > run.contact_end else "",
        notes=tuple(notes),
    )


def _applicants_for(timetable: Timetable, row: Entry, run: Run) -> tuple[str, ...]:
    """Whom this member of staff is there for: an interpreter for their own applicant, others for the run."""
    if row.role is not Role.INTERPRETER:
        return run.applicants
    own = tuple(each for each in run.applicants if row.person in interpreters_of(timetable, each))
    return own or run.applicants
