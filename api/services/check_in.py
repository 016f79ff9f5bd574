"""Noting who has come, is late, is not coming or has left: rows of `attendance` and `staff_attendance`.

Whoever notes something says which row they saw; where somebody else was quicker they are told, and nothing
is lost. Everything can be put right later: the campaign keeps every version of a row, and the audit who made
it. Who there is to be noted is in `day_of_session.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.errors import BadInput, Fault
from api.imports.disruption import minutes_of
from api.presenters.day_terms import LATER, Arrival, Here, Noted
from api.services.change_tables import DAY, ChangedMeanwhile, RowChanged, add_row, change_row, remove_row
from api.services.day_of_session import ATTENDANCE, STAFF_ATTENDANCE, DayOfSession
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.grid import clock

Cells = Mapping[str, str]

APPLICANT_WORD = {
    Here.NOT_YET: "invited",
    Here.HERE: "attended",
    Here.LATE: "late",
    Here.ABSENT: "did_not_attend",
    Here.WITHDREW: "withdrew",
    Here.LEFT: "left_early",
}
STAFF_WORD = {Here.HERE: "here", Here.LATE: "late", Here.ABSENT: "absent", Here.LEFT: "left_early"}
NEEDED = {
    Here.HERE: ("arrived", "when they came, e.g. 09:05"),
    Here.LATE: ("arrived", "when they are expected, e.g. 09:40"),
    Here.LEFT: ("left", "when they left or will leave, e.g. 11:20"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The row that somebody saw before they noted anything; zeros where there was none."""

    row_id: int = 0
    since: int = 0


def check_in(
    work: UnitOfWork,
    record: CampaignRecord,
    day: DayOfSession,
    person: str,
    seen: Seen,
    at: int,
    doing: Doing,
) -> RowChanged:
    """One tap: they are here, since `at` minutes after midnight. What else was noted stays."""
    arrival = _known(day, person)
    cells = {"status": _word(arrival, Here.HERE), "arrived": clock(at), "left": ""}
    return _keep(work, record, day, arrival, seen, cells, doing)


def note_arrival(
    work: UnitOfWork,
    record: CampaignRecord,
    day: DayOfSession,
    person: str,
    seen: Seen,
    noted: Noted,
    doing: Doing,
) -> RowChanged:
    """All of what is known of somebody. The campaign must be held.

    Raises `BadInput` where it does not hold together, `ChangedMeanwhile` where somebody else was quicker.
    """
    arrival = _known(day, person)
    faults = list(_faults(noted))
    if faults or noted.state is None:
        raise BadInput(faults)
    if noted.state is Here.NOT_YET and arrival.is_staff:
        return _take_away(work, record, arrival, seen, doing)
    was_there = noted.state in (Here.HERE, Here.LEFT)
    cells = {
        "status": _word(arrival, noted.state),
        "arrived": noted.arrived if was_there or noted.state is Here.LATE else "",
        "left": noted.left if noted.state is Here.LEFT else "",
    }
    if not arrival.is_staff:
        cells["id_seen"] = noted.id_seen if was_there else ""
        is_later = was_there and noted.certificates == LATER
        cells["certificates_seen"] = "no" if is_later else noted.certificates if was_there else ""
        cells["certificates_by"] = noted.certificates_by if is_later else ""
    return _keep(work, record, day, arrival, seen, cells, doing)


def _known(day: DayOfSession, person: str) -> Arrival:
    found = day.of(person)
    if found is None:
        raise LookupError(person)
    return found


def _word(arrival: Arrival, state: Here) -> str:
    return STAFF_WORD[state] if arrival.is_staff else APPLICANT_WORD[state]


def _keep(
    work: UnitOfWork,
    record: CampaignRecord,
    day: DayOfSession,
    arrival: Arrival,
    seen: Seen,
    cells: Cells,
    doing: Doing,
) -> RowChanged:
    table = STAFF_ATTENDANCE if arrival.is_staff else ATTENDANCE
    key = "person" if arrival.is_staff else "applicant"
    here = {**cells, "session": day.session.reference}
    if seen.row_id:
        return change_row(work, record, table, seen.row_id, seen.since, here, doing, DAY)
    _refuse_quicker(work, record, table, arrival)
    filled = {name: text for name, text in here.items() if text}
    return add_row(work, record, table, {key: arrival.person, **filled}, doing, DAY)


def _take_away(
    work: UnitOfWork, record: CampaignRecord, arrival: Arrival, seen: Seen, doing: Doing
) -> RowChanged:
    if seen.row_id:
        return remove_row(work, record, STAFF_ATTENDANCE, seen.row_id, seen.since, doing, DAY)
    _refuse_quicker(work, record, STAFF_ATTENDANCE, arrival)
    return RowChanged(record.change, 0, ())


def _refuse_quicker(work: UnitOfWork, record: CampaignRecord, table: str, arrival: Arrival) -> None:
    """Where nothing was noted when they looked, and something is now, somebody else was quicker."""
    if not arrival.row_id:
        return
    row = work.campaigns.tables(record)[table].row(arrival.row_id)
    change = work.campaigns.change(record, arrival.since)
    raise ChangedMeanwhile(row, change.made_by if change else "")


def _faults(noted: Noted) -> list[Fault]:
    """What does not hold together in itself; whether a time is a time is the table's own matter."""
    if noted.state is None:
        return [Fault(ATTENDANCE, None, "status", "nothing chosen", "one of these")]
    found: list[Fault] = []
    needed, wanted = NEEDED.get(noted.state, ("", ""))
    if needed and not getattr(noted, needed).strip():
        found.append(Fault(ATTENDANCE, None, needed, "nothing", wanted))
    arrived, left = minutes_of(noted.arrived.strip()), minutes_of(noted.left.strip())
    if noted.state is Here.LEFT and arrived is not None and left is not None and left <= arrived:
        found.append(Fault(ATTENDANCE, None, "left", clock(left), f"a time after {clock(arrived)}"))
    if noted.certificates == LATER and not noted.certificates_by.strip():
        wanted = "the day by which they are to follow"
        found.append(Fault(ATTENDANCE, None, "certificates_by", "nothing", wanted))
    return found
