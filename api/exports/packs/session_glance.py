"""All sessions at a glance: dates down, venues across, a small card for each half-day, held or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.runs import SessionHead, applicants_in, head_of
from api.exports.packs.session_chart import Wrong, is_about
from api.exports.packs.wording import counted, day_and_date
from scheduler.timetable import Timetable


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One half-day. `room_for` is how many more its panels could see; `wrong` how many rules are broken."""

    session: str
    head: SessionHead
    held: bool
    applicants: int
    panels: int
    panels_max: int
    room_for: int
    wrong: int
    sentence: str


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One date: for each venue its half-days in order of time."""

    day: str
    cells: tuple[tuple[SessionCard, ...], ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """The whole campaign. `unplaced` are applicants without a session, as reference and name."""

    answer: str
    venues: tuple[str, ...]
    rows: tuple[GlanceRow, ...]
    unplaced: tuple[tuple[str, str], ...]


def sessions_glance(campaign: Campaign, timetable: Timetable, breaches: Iterable[Wrong] = ()) -> Glance:
    """Every session of the campaign, also those with nobody in them."""
    problem = campaign.problem
    told = tuple(breaches)
    wrong = Counter(s.reference for s in problem.sessions for b in told if is_about(b, s.reference))
    cards = {s.reference: _card(campaign, timetable, s.reference, wrong) for s in problem.sessions}
    ordered = sorted(problem.sessions, key=lambda s: (s.date, s.window.start, s.reference))
    venues = list(dict.fromkeys(session.venue for session in problem.sessions))
    placed = timetable.applicant_entries
    unplaced = tuple(
        (a.reference, campaign.name_of("applicants", a.reference))
        for a in problem.applicants
        if a.reference not in placed
    )
    return Glance(
        answer=_answer(campaign, cards, len(unplaced)),
        venues=tuple(campaign.name_of("venues", venue) for venue in venues),
        rows=tuple(
            GlanceRow(
                day_and_date(date),
                tuple(
                    tuple(cards[s.reference] for s in ordered if (s.date, s.venue) == (date, venue))
                    for venue in venues
                ),
            )
            for date in dict.fromkeys(session.date for session in ordered)
        ),
        unplaced=unplaced,
    )


def _answer(campaign: Campaign, cards: dict[str, SessionCard], unplaced: int) -> str:
    everybody = len(campaign.problem.applicants)
    held = sum(card.held for card in cards.values())
    have = (
        f"All {counted(everybody, 'applicant')} have a session"
        if not unplaced
        else f"{everybody - unplaced} of {counted(everybody, 'applicant')} have a session"
    )
    return f"{have}; {held} of {counted(len(cards), 'session')} {'is' if held == 1 else 'are'} held."


def _card(campaign: Campaign, timetable: Timetable, session: str, wrong: Counter[str]) -> SessionCard:
    problem = campaign.problem
    applicants = len(applicants_in(timetable, session))
    panels = sum(panel.session == session for panel in timetable.panels)
    room_for = max(0, panels * problem.panel.interviews_max - applicants) if problem.panel_exercises else 0
    held = session in timetable.by_session
    said = [f"{counted(applicants, 'applicant')}, {counted(panels, 'panel')}"] if held else ["Not held"]
    if room_for:
        said.append(f"its panels could see {room_for} more")
    if wrong[session]:
        said.append(f"{counted(wrong[session], 'breach', 'breaches')} of the rules")
    return SessionCard(
        session=session,
        head=head_of(campaign, session),
        held=held,
        applicants=applicants,
        panels=panels,
        panels_max=problem.session_by_reference[session].panels_max,
        room_for=room_for,
        wrong=wrong[session],
        sentence="; ".join(said) + ".",
    )
