"""What every page of the day starts from: the session of the published timetable, and what time it is there.

No addresses are here; those are in `day.py`, `day_repair.py`, `incidents.py` and `day_close.py`.
"""

from __future__ import annotations

from typing import Annotated

from starlette.datastructures import FormData

from api.campaign import Campaign
from api.imports.disruption import minutes_of
from api.permissions import Permission, may
from api.presenters.day_terms import Arrival
from api.routes.access import Caller, NotYours, field, needs
from api.routes.drafts import zone_of
from api.services.check_in import Seen
from api.services.day_of_session import DayOfSession, day_of_session, is_today, proposed_minute
from api.storage.repositories.campaigns import KeptRow
from scheduler.grid import clock

Reader = Annotated[Caller, needs(Permission.READ_DAY)]
Runner = Annotated[Caller, needs(Permission.RUN_DAY)]


def day_at(caller: Caller, session: str) -> DayOfSession:
    """This session as it stands now."""
    found = day_of_session(caller.work, caller.campaign, caller.opened(), session)
    if found is None:
        raise NotYours
    return found


def arrival_at(day: DayOfSession, person: str) -> Arrival:
    found = day.of(person)
    if found is None:
        raise NotYours
    return found


def names_at(day: DayOfSession) -> Campaign:
    """The campaign that knows everybody's and everything's name: the one that was published."""
    return day.published.reading.campaign


def minute_at(caller: Caller, day: DayOfSession, form: FormData | None = None) -> int:
    """What time it is: as the address or the form says (`at`), else as it probably is."""
    said = field(form, "at") if form is not None else caller.request.query_params.get("at", "")
    minute = minutes_of(said.strip())
    return proposed_minute(day, zone_of(caller), caller.now) if minute is None else minute


def is_now(caller: Caller, day: DayOfSession) -> bool:
    """Whether the clock's time holds, because it is the session's day."""
    return is_today(day.session, zone_of(caller), caller.now)


def kept_time(caller: Caller, day: DayOfSession, minute: int) -> str:
    """The time as the next page is to have it: nothing on the session's day, when the clock goes on."""
    return "" if is_now(caller, day) else clock(minute)


def may_run(caller: Caller) -> bool:
    return may(caller.standing, Permission.RUN_DAY)


def seen_in(form: FormData) -> Seen:
    """Which row somebody saw when they filled in the form."""
    return Seen(_number(field(form, "row")), _number(field(form, "seen")))


def words_of_row(row: KeptRow | None, columns: tuple[str, ...]) -> str:
    """How a row stands now, in words: status attended, arrived 09:05."""
    if row is None:
        return "it is noted no more"
    cells = zip(columns, row.cells, strict=True)
    return ", ".join(f"{name.replace('_', ' ')} {text.replace('_', ' ')}" for name, text in cells if text)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
