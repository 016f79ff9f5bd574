"""Incidents of a session, written down as they happen: rows of the table `incidents`, read and added.

They are never changed from here. An applicant may ask to read what was noted about them.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.errors import BadInput, Fault
from api.imports.disruption import minutes_of
from api.services.change_tables import DAY, add_rows
from api.services.day_of_session import INCIDENTS, DayOfSession, noted
from api.services.doing import Doing
from api.services.open_campaign import Opened
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.grid import clock

WORDS_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. `at` is a moment in the campaign's time, "2015-07-14 11:20"."""

    reference: str
    at: str
    applicant: str
    what: str
    noted_by: str


def incidents_of(opened: Opened, session: str) -> tuple[Incident, ...]:
    """Those of one session, in order of time."""
    found = [
        Incident(c["incident"], c["at"], c.get("applicant", ""), c["what"], c["noted_by"])
        for _, c in noted(opened, INCIDENTS)
        if c["session"] == session
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.reference)))


def note_incident(
    work: UnitOfWork,
    record: CampaignRecord,
    opened: Opened,
    day: DayOfSession,
    at: str,
    applicant: str,
    what: str,
    name: str,
    doing: Doing,
) -> None:
    """Write one down, as noted by `name`. The campaign must be held.

    The same incident sent twice is noted once. Raises `BadInput` for what is lacking.
    """
    said, minutes, faults = " ".join(what.split()), minutes_of(at.strip()), []
    if minutes is None:
        faults.append(Fault(INCIDENTS, None, "at", at.strip() or "nothing", "a time, e.g. 10:40"))
    if not 0 < len(said) <= WORDS_MAX:
        found = f"{len(said):,} characters" if said else "nothing"
        wanted = f"what happened and what was done about it, in at most {WORDS_MAX:,} characters"
        faults.append(Fault(INCIDENTS, None, "what", found, wanted))
    if applicant and all(each.person != applicant for each in day.applicants):
        faults.append(Fault(INCIDENTS, None, "applicant", applicant, "an applicant of this session"))
    if faults or minutes is None:
        raise BadInput(faults)
    row = {
        "session": day.session.reference,
        "at": f"{day.session.date.isoformat()} {clock(minutes)}",
        "applicant": applicant,
        "what": said,
        "noted_by": name,
    }
    if any(row.items() <= cells.items() for _, cells in noted(opened, INCIDENTS)):
        return
    reference = _next_reference(opened)
    sentence = f"Noted incident {reference} of {day.session.reference}"
    add_rows(work, record, INCIDENTS, [{"incident": reference, **row}], doing, DAY, sentence)


def _next_reference(opened: Opened) -> str:
    """N01, N02 and so on; one more than the highest there is."""
    numbers = [
        int(cells["incident"][1:])
        for _, cells in noted(opened, INCIDENTS)
        if cells["incident"][:1] == "N"
        and cells["incident"][1:].isascii()
        and cells["incident"][1:].isdigit()
    ]
    return f"N{max(numbers, default=0) + 1:02d}"
