"""The sessions of a campaign: a calendar (dates down, venues across) and one chart each."""

from __future__ import annotations

from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.documents import Kind
from api.exports.packs.chart import Chart
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.running_order import rooms_chart
from api.exports.packs.runs import SessionHead, applicants_in, head_of, held_sessions
from api.exports.packs.wording import counted
from api.presenters.links import PaperLinks
from scheduler.timetable import Timetable

SESSION_KINDS = (Kind.RUNNING_ORDER, Kind.REGISTRATION, Kind.DOOR_SHEET, Kind.ROTATION)
SHORT_NAMES = ("Running order", "Registration list", "Door sheets", "Service users' sheet")


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session that is held. `papers` are pairs of a short name and where that paper lies.

    `people_link` leads to the tables of its applicants and panels, or is empty.
    """

    head: SessionHead
    people: str
    people_link: str
    chart: Chart
    papers: tuple[tuple[str, PaperLinks], ...]


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One date: for each venue the sessions held there."""

    day: str
    cells: tuple[tuple[SessionView, ...], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All sessions held. `signs` are those of all their charts."""

    venues: tuple[str, ...]
    rows: tuple[CalendarRow, ...]
    signs: tuple[Sign, ...]
    sessions: tuple[SessionView, ...]


def calendar_of(
    campaign: Campaign, timetable: Timetable, links: dict[tuple[Kind, str], PaperLinks]
) -> Calendar:
    """Every session held, by date and venue."""
    held = held_sessions(campaign, timetable)
    views = {session: _view(campaign, timetable, links, session) for session in held}
    sessions = campaign.problem.session_by_reference
    venues = list(dict.fromkeys(sessions[session].venue for session in held))
    dates = list(dict.fromkeys(sessions[session].date for session in held))
    rows = [
        CalendarRow(
            day=next(views[s].head.day for s in held if sessions[s].date == date),
            cells=tuple(
                tuple(views[s] for s in held if sessions[s].date == date and sessions[s].venue == venue)
                for venue in venues
            ),
        )
        for date in dates
    ]
    drawn = {sign for view in views.values() for sign in view.chart.signs}
    return Calendar(
        venues=tuple(campaign.name_of("venues", venue) for venue in venues),
        rows=tuple(rows),
        signs=tuple(sign for sign in signs_of(campaign).values() if sign in drawn),
        sessions=tuple(views[session] for session in held),
    )


def _view(
    campaign: Campaign, timetable: Timetable, links: dict[tuple[Kind, str], PaperLinks], session: str
) -> SessionView:
    panels = sum(panel.session == session for panel in timetable.panels)
    applicants = len(applicants_in(timetable, session))
    order = links.get((Kind.RUNNING_ORDER, session))
    return SessionView(
        head=head_of(campaign, session),
        people=f"{counted(applicants, 'applicant')}, {counted(panels, 'panel')}",
        people_link=f"{order.html}#panels" if order and panels else order.html if order else "",
        chart=rooms_chart(campaign, timetable, session),
        papers=tuple(
            (name, links[kind, session])
            for kind, name in zip(SESSION_KINDS, SHORT_NAMES, strict=True)
            if (kind, session) in links
        ),
    )
