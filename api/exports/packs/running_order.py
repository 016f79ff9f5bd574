"""The centre manager's running order of one session: two charts, every run, the staff, the arrangements.

Applicants appear by reference, so that the sheet may lie on a desk; the registration list has the names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.arrangements import arrangements_of
from api.exports.packs.chart import Bar, Chart, chart_of, window_of
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.runs import Run, SessionHead, applicants_in, head_of, runs_of, solo_runs_joined
from api.exports.packs.wording import anchor_name, counted, hours, listed
from scheduler.grid import clock
from scheduler.timetable import Role, Timetable

STAFF_TABLES = {
    Role.SERVICE_USER_GROUP: ("service_user_groups", "Service users"),
    Role.ROLE_PLAYER: ("role_players", "Role player"),
    Role.INTERPRETER: ("interpreters", "Interpreter"),
}
ROOM_LINES_MAX = 6
STAFF_ORDER = tuple(label for _, label in STAFF_TABLES.values())


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run as a row of the table. `writing` is empty where staff have no writing time."""

    hours: str
    sign: Sign
    room: str
    applicants: tuple[str, ...]
    staff: str
    writing: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    reference: str
    room: str
    members: tuple[str, ...]
    applicants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffLine:
    role: str
    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class ArrangementLine:
    applicant: str
    arrangements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """Everything on one running order."""

    head: SessionHead
    answer: str
    rooms_chart: Chart
    people_chart: Chart
    runs: tuple[RunLine, ...]
    panels: tuple[PanelLine, ...]
    staff: tuple[StaffLine, ...]
    arrangements: tuple[ArrangementLine, ...]


def running_order(campaign: Campaign, timetable: Timetable, session: str) -> RunningOrder:
    """The running order of one session that has somebody in it."""
    head = head_of(campaign, session)
    runs = runs_of(campaign, timetable, session)
    panels = _panels(campaign, timetable, session)
    applicants = applicants_in(timetable, session)
    first, last = window_of(timetable, session)
    answer = (
        f"{counted(len(applicants), 'applicant')} and {counted(len(panels), 'panel')}. "
        f"The first activity starts at {clock(first)}, the last ends at {clock(last)}."
    )
    return RunningOrder(
        head=head,
        answer=answer,
        rooms_chart=rooms_chart(campaign, timetable, session),
        people_chart=people_chart(campaign, timetable, session),
        runs=tuple(_run_line(campaign, run) for run in solo_runs_joined(campaign, runs)),
        panels=panels,
        staff=_staff(campaign, timetable, session),
        arrangements=tuple(
            ArrangementLine(applicant, phrases)
            for applicant in applicants
            if (phrases := arrangements_of(campaign, timetable, applicant, by_letter=True))
        ),
    )


def rooms_chart(campaign: Campaign, timetable: Timetable, session: str) -> Chart:
    """Time across, the venue's rooms down. Solo runs at the same time in one room are one block."""
    signs = signs_of(campaign)
    by_room: dict[str, list[Run]] = defaultdict(list)
    for run in solo_runs_joined(campaign, runs_of(campaign, timetable, session), by_start_only=True):
        by_room[run.room].append(run)
    rows = [
        (
            campaign.name_of("rooms", room.reference),
            [_room_bar(campaign, signs, r) for r in by_room[room.reference]],
        )
        for room in campaign.problem.rooms
        if room.reference in by_room
    ]
    return chart_of(
        f"rooms-{anchor_name(session)}",
        f"Rooms of session {session} over time",
        rows,
        window_of(timetable, session),
        ROOM_LINES_MAX,
    )


def people_chart(campaign: Campaign, timetable: Timetable, session: str) -> Chart:
    """Time across, the session's applicants down."""
    signs = signs_of(campaign)
    bars: dict[str, list[Bar]] = defaultdict(list)
    for run in runs_of(campaign, timetable, session):
        for applicant in run.applicants:
            bars[applicant].append(_applicant_bar(campaign, timetable, signs, run, applicant))
    rows = [(applicant, bars[applicant]) for applicant in sorted(bars)]
    title = f"Applicants of session {session} over time"
    return chart_of(f"people-{anchor_name(session)}", title, rows, window_of(timetable, session), 1)


def council_of(campaign: Campaign, assessor: str) -> str:
    """The name of an assessor's council."""
    return campaign.name_of("councils", campaign.problem.assessor_by_reference[assessor].council)


def _run_line(campaign: Campaign, run: Run) -> RunLine:
    return RunLine(
        hours=hours(run.start, run.contact_end),
        sign=signs_of(campaign)[run.exercise],
        room=campaign.name_of("rooms", run.room),
        applicants=run.applicants,
        staff=_staff_of_run(campaign, run),
        writing=hours(run.contact_end, run.end) if run.end > run.contact_end else "",
    )


def _staff_of_run(campaign: Campaign, run: Run) -> str:
    names = [f"Panel {run.panel}"] if run.panel else [campaign.person_name(p) for p in run.assessors]
    names += [campaign.name_of("service_user_groups", group) for group in run.groups]
    names += [f"{campaign.name_of('role_players', player)} (role player)" for player in run.role_players]
    names += [f"{campaign.name_of('interpreters', person)} (interpreter)" for person in run.interpreters]
    return listed(names)


def _panels(campaign: Campaign, timetable: Timetable, session: str) -> tuple[PanelLine, ...]:
    return tuple(
        PanelLine(
            reference=panel.reference,
            room=listed([campaign.name_of("rooms", room) for room in panel.rooms]),
            members=tuple(
                f"{campaign.name_of('assessors', member)} ({council_of(campaign, member)})"
                for member in panel.members
            ),
            applicants=panel.applicants,
        )
        for panel in timetable.panels
        if panel.session == session
    )


def _staff(campaign: Campaign, timetable: Timetable, session: str) -> tuple[StaffLine, ...]:
    windows: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in timetable.by_session[session]:
        if row.role in STAFF_TABLES:
            table, label = STAFF_TABLES[row.role]
            windows[label, campaign.name_of(table, row.person)].append((row.start, row.end))
    ordered = sorted(windows.items(), key=lambda item: (STAFF_ORDER.index(item[0][0]), item[0][1]))
    return tuple(
        StaffLine(role, name, hours(min(s for s, _ in found), max(e for _, e in found)))
        for (role, name), found in ordered
    )


def _room_bar(campaign: Campaign, signs: dict[str, Sign], run: Run) -> Bar:
    sign = signs[run.exercise]
    count = counted(len(run.applicants), "applicant")
    where = campaign.name_of("rooms", run.room)
    return Bar(
        start=run.start,
        contact_start=run.contact_start,
        contact_end=run.contact_end,
        end=run.end,
        sign=sign,
        words=run.applicants,
        short=count if len(run.applicants) > 1 else run.applicants[0] if run.applicants else "",
        title=f"{sign.letter}, {sign.name}: {listed(run.applicants)}, {hours(run.start, run.end)}, {where}",
    )


def _applicant_bar(
    campaign: Campaign, timetable: Timetable, signs: dict[str, Sign], run: Run, applicant: str
) -> Bar:
    sign = signs[run.exercise]
    room = campaign.name_of("rooms", run.room)
    end = max(
        row.end
        for row in timetable.applicant_entries[applicant]
        if (row.session, row.exercise, row.sitting) == (run.session, run.exercise, run.sitting)
    )
    return Bar(
        start=run.start,
        contact_start=run.contact_start,
        contact_end=end,
        end=end,
        sign=sign,
        words=(room,),
        short="",
        title=f"{applicant}: {sign.letter}, {sign.name}, {hours(run.start, end)}, {room}",
    )
