"""A council says when its own assessors can come: per person and session yes, no or nothing.

What it says becomes rows of the campaign's table `availability`, all of one form as one change. A published
timetable does not move by it: where it needs somebody who cannot come, that is told before saving, and the
organiser sees it (`needed_but_away`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault, shown
from api.imports.read import raw_tables_of, read_tables
from api.services.change_tables import DESK, put_tables
from api.services.doing import Doing
from api.services.open_campaign import open_campaign, plain_tables
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from scheduler.timetable import Role, Timetable

TABLE = "availability"
COLUMNS = ("person", "session", "available")
YES, NO, NOT_SAID = "yes", "no", ""
ANSWERS = (YES, NO, NOT_SAID)
Said = Mapping[str, str]


class SaidMeanwhile(Exception):
    """Others said something else for these `sessions` since the form was shown; `now` is what is said."""

    def __init__(self, sessions: tuple[str, ...], now: Said) -> None:
        super().__init__("others have said something else meanwhile")
        self.sessions = sessions
        self.now = now


def said_by(campaign: Campaign, person: str) -> dict[str, str]:
    """What is said of one person, for every session in the campaign's order."""
    table = campaign.tables.get(TABLE)
    found = {}
    if table is not None:
        who, where, can = (table.columns.index(column) for column in COLUMNS)
        found = {row[where]: row[can] for row in table.rows if row[who] == person}
    return {each.reference: found.get(each.reference, NOT_SAID) for each in campaign.problem.sessions}


def can_come(said: Said) -> dict[str, bool]:
    """By session. Nothing said counts as yes; but where somebody said yes to any, those alone count."""
    any_yes = YES in said.values()
    return {session: answer == YES if any_yes else answer != NO for session, answer in said.items()}


def own_assessors(campaign: Campaign, council: str) -> tuple[str, ...]:
    """The assessors whom a council sends, by reference."""
    return tuple(each.reference for each in campaign.problem.assessors if each.council == council)


def needed_but_away(
    campaign: Campaign, timetable: Timetable, people: Collection[str]
) -> list[tuple[str, str]]:
    """(person, session) pairs in which a timetable needs one of these assessors who cannot come then."""
    needed = {(row.person, row.session) for row in timetable.entries if row.role is Role.ASSESSOR}
    return sorted(
        (person, session)
        for person, session in needed
        if person in people and not campaign.problem.available(person, session)
    )


def newly_away(campaign: Campaign, timetable: Timetable | None, person: str, wanted: Said) -> tuple[str, ...]:
    """The sessions in which the timetable needs somebody who could come so far, and by `wanted` could not."""
    if timetable is None:
        return ()
    before, after = can_come(said_by(campaign, person)), can_come(wanted)
    needed = {row.session for row in timetable.by_person.get(person, ())}
    return tuple(s for s in after if s in needed and before.get(s, True) and not after[s])


def keep_availability(
    work: UnitOfWork,
    record: CampaignRecord,
    council: str,
    person: str,
    shown_as: Said,
    wanted: Said,
    doing: Doing,
) -> int:
    """Keep what is `wanted` by session, where it is not as it was `shown_as`. Returns how many changed.

    The campaign must be held, and the assessor be the council's own. Sessions that are not in `wanted` stay.
    Raises `SaidMeanwhile` where others have changed the same sessions to something else, `BadInput` where
    the tables would not hold together, for instance because the organiser has pinned somebody there.
    """
    opened = open_campaign(work, record)
    campaign = opened.campaign
    if campaign is None or person not in own_assessors(campaign, council):
        raise BadInput([Fault(TABLE, None, None, shown(person), "an assessor of your council")])
    now = said_by(campaign, person)
    if faults := [
        Fault(TABLE, None, session, shown(answer), "yes, no or nothing said")
        for session, answer in wanted.items()
        if answer not in ANSWERS or session not in now
    ]:
        raise BadInput(faults)
    mine = {s: answer for s, answer in wanted.items() if answer != shown_as.get(s, NOT_SAID)}
    meanwhile = [s for s in mine if now[s] not in (shown_as.get(s, NOT_SAID), mine[s])]
    if meanwhile:
        raise SaidMeanwhile(tuple(meanwhile), now)
    changed = {session: answer for session, answer in mine.items() if now[session] != answer}
    if not changed:
        return 0
    tables = plain_tables(opened.tables)
    table = _with(tables.get(TABLE) or Table(TABLE, COLUMNS, ()), person, changed)
    reading = read_tables(raw_tables_of({**tables, TABLE: table}))
    if new := [fault for fault in reading.faults if fault not in opened.faults]:
        raise BadInput(new)
    number = f"{len(changed)} {'session' if len(changed) == 1 else 'sessions'}"
    facts = {"council": council, "person": person, "sessions": sorted(changed)}
    put_tables(work, record, {TABLE: table}, DESK, f"Availability of {person}: {number}", doing, facts)
    return len(changed)


def _with(table: Table, person: str, changed: Said) -> Table:
    """The table with these answers of one person; the order of other rows stays."""
    who, where, can = (table.columns.index(column) for column in COLUMNS)
    left = dict(changed)
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        if row[who] != person or row[where] not in left:
            rows.append(row)
        elif answer := left.pop(row[where]):
            rows.append(tuple(answer if place == can else cell for place, cell in enumerate(row)))
    for session, answer in left.items():
        cells = {"person": person, "session": session, "available": answer}
        if answer:
            rows.append(tuple(cells.get(column, "") for column in table.columns))
    return Table(table.name, table.columns, tuple(rows))
