"""Moments of the offers, in the campaign's own time: which one a page proposes, and which may be recorded.

Everything is to the minute and without a zone, as the tables hold it. A campaign that ended long ago is
looked back at, or played: there the last recorded moment is "now", or every offer would have run out.
In one minute an answer counts as after a release or a pass and as before an undoing (`follow_offers.py`); so
some acts need the next minute to come after what was recorded last.
"""

from __future__ import annotations

import datetime
import zoneinfo

from api.campaign import Campaign
from api.errors import BadInput, Fault, shown
from api.exports.packs.wording import day_and_time
from api.imports.cells import Unreadable, spelled
from api.imports.kinds import Column, Kind

LOOKED_BACK_AFTER = datetime.timedelta(days=366)
ONE_MINUTE = datetime.timedelta(minutes=1)
# So that acts recorded one right after the other can each have their own minute.
AHEAD = datetime.timedelta(minutes=5)
ANSWER, EXTEND, PLACES, UNDO = "answer", "extend", "places", "undo"
MOMENT_COLUMN = Column("at", Kind.MOMENT, "")


def campaign_clock(campaign: Campaign, now: datetime.datetime) -> datetime.datetime:
    """What the clock on the campaign's wall says."""
    there = now.astimezone(zoneinfo.ZoneInfo(campaign.settings["time_zone"]))
    return there.replace(tzinfo=None, second=0, microsecond=0)


def last_session_ends(campaign: Campaign) -> datetime.datetime:
    """When the last session is over; nothing about offers can have been before."""
    midnight = datetime.time()
    ends = (
        datetime.datetime.combine(each.date, midnight) + datetime.timedelta(minutes=each.window.end)
        for each in campaign.problem.sessions
    )
    return max(ends, default=datetime.datetime(2000, 1, 1))


def last_answer(campaign: Campaign) -> datetime.datetime | None:
    return max((answer.at for answer in campaign.answers if answer.at is not None), default=None)


def last_recorded(campaign: Campaign) -> datetime.datetime:
    """The latest moment that the offers know of: an event, an answer, or else the last session's end."""
    answers = [answer.at for answer in campaign.answers if answer.at is not None]
    return max([last_session_ends(campaign), *(event.at for event in campaign.offer_events), *answers])


def earliest_moment(campaign: Campaign, kind: str) -> datetime.datetime:
    """The first minute for an act of this kind that comes after everything it has to come after."""
    earliest = last_session_ends(campaign)
    for event in campaign.offer_events:
        later = ONE_MINUTE if kind == ANSWER and event.kind == UNDO else datetime.timedelta()
        earliest = max(earliest, event.at + later)
    answered = last_answer(campaign)
    if answered is None or kind == ANSWER:
        return earliest
    return max(earliest, answered if kind == UNDO else answered + ONE_MINUTE)


def proposed_moment(campaign: Campaign, now: datetime.datetime, kind: str = UNDO) -> datetime.datetime:
    """The clock's time or the last recorded moment, whichever is later; the latter long after the end."""
    clock, last = campaign_clock(campaign, now), last_recorded(campaign)
    looks_back = clock > last_session_ends(campaign) + LOOKED_BACK_AFTER
    return max(earliest_moment(campaign, kind), last if looks_back else max(clock, last))


def read_moment(text: str, field: str = "at") -> datetime.datetime:
    """What was typed. Raises `BadInput`, for the field of that name."""
    try:
        return datetime.datetime.fromisoformat(spelled(MOMENT_COLUMN, text.strip()))
    except (Unreadable, ValueError):
        wanted = "a day and a time, such as 3 August 2015, 09:00"
        raise BadInput([Fault("offers", None, field, shown(text), wanted)]) from None


def moment_to_record(campaign: Campaign, text: str, now: datetime.datetime, kind: str) -> datetime.datetime:
    """The moment of an act: after what it has to come after, and not in the future. Raises `BadInput`."""
    at = read_moment(text)
    found = f'"{day_and_time(at)}"'
    earliest, clock = earliest_moment(campaign, kind), campaign_clock(campaign, now)
    if at < earliest:
        recorded = bool(campaign.offer_events or campaign.answers)
        why = "because of what is recorded already" if recorded else "when the last session ended"
        wanted = f"a time not before {day_and_time(earliest)}, {why}"
        raise BadInput([Fault("offers", None, "at", found, wanted)])
    # Before its sessions are over a campaign is only being tried out.
    if at > clock + AHEAD and clock > last_session_ends(campaign):
        raise BadInput([Fault("offers", None, "at", found, f"a time not after {day_and_time(clock)}")])
    return at


def spell_moment(at: datetime.datetime) -> str:
    """As the tables have it."""
    return f"{at:%Y-%m-%d %H:%M}"
