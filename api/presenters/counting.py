"""What counting says before any timetable is tried, in sentences: session by session, and in all.

The numbers come from `scheduler.capacity` and `scheduler.planning`; here they get dates and names.
"""

from __future__ import annotations

from api.campaign import Campaign
from api.exports.packs.wording import half_day, listed, long_date
from scheduler.capacity import SessionLimit
from scheduler.programme import Session


def limit_sentence(campaign: Campaign, limit: SessionLimit) -> str:
    """On 14 July 2015 in the morning (S01) 4 panels are planned and 2 lead-authority members are free."""
    by_reference = campaign.problem.session_by_reference
    sessions = [by_reference[reference] for reference in limit.sessions]
    are = "is" if limit.panels == 1 else "are"
    planned = f"{limit.panels} {'panel' if limit.panels == 1 else 'panels'} {are} planned"
    if limit.wanted != limit.panels:
        planned += f", which {'needs' if limit.panels == 1 else 'need'} {limit.wanted} {limit.many},"
    if len(sessions) > 1:
        return f"{_when(sessions)}, where nobody can work in both, {planned} and {_free(limit)}."
    return f"{_when(sessions)} {planned} and {_free(limit)}."


def _when(sessions: list[Session]) -> str:
    """Sessions that clash are on one day."""
    if len(sessions) == 1:
        (session,) = sessions
        half = half_day(session.window.start)
        return f"On {long_date(session.date)} in the {half} ({session.reference})"
    return f"On {long_date(sessions[0].date)} in {listed([session.reference for session in sessions])}"


def _free(limit: SessionLimit) -> str:
    number = str(limit.free) if limit.free else "none"
    what = "" if limit.wanted != limit.panels else f" {limit.one if limit.free == 1 else limit.many}"
    if limit.wanted == limit.panels and not limit.free:
        return f"no {limit.one} is free"
    return f"{number}{what} {'is' if limit.free == 1 else 'are'} free"
