"""A council asks for more or fewer places, or takes its question back; the lead authority decides elsewhere.

Requests are rows of the campaign's table `place_requests`. A council has one open request at a time, sees
its own only, and reads there what was decided and why.
"""

from __future__ import annotations

import datetime
import re

from api.campaign import Campaign
from api.errors import BadInput, Fault, shown
from api.presenters.desk_trainees import PlaceRequest
from api.services.change_tables import DESK, ChangedMeanwhile, add_row, change_row, remove_row
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

TABLE = "place_requests"
PLACES_MAX = 10_000
REASON_CHARACTERS = (3, 2_000)
NUMBERED = re.compile(r"R(\d{1,9})")


class DecidedMeanwhile(Exception):
    """The request is not open any more."""


def requests_of(campaign: Campaign, council: str) -> tuple[PlaceRequest, ...]:
    """What a council asked for, the newest first."""
    table = campaign.tables.get(TABLE)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []
    found = [
        PlaceRequest(
            reference=row["request"],
            places=int(row["places"]),
            reason=row["reason"],
            asked_by=row["asked_by"],
            at=datetime.datetime.fromisoformat(row["at"]),
            decision=row.get("decision", ""),
            decided_by=row.get("decided_by", ""),
            decided_at=_moment(row.get("decided_at", "")),
            why=row.get("why", ""),
        )
        for row in rows
        if row["council"] == council
    ]
    return tuple(reversed(found))


def ask_for_places(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    council: str,
    has: int,
    places: str,
    reason: str,
    name: str,
    at: datetime.datetime,
    doing: Doing,
) -> str:
    """Ask for so many places instead of those it `has`. The campaign must be held. Returns the reference.

    Raises `BadInput` for what was typed, and where a request of the council is still open.
    """
    said = " ".join(reason.replace("\0", " ").split())
    faults = _faults(campaign, council, has, places.strip(), said)
    if faults:
        raise BadInput(faults)
    reference = _next_reference(campaign)
    cells = {
        "request": reference,
        "council": council,
        "places": str(int(places)),
        "reason": said,
        "asked_by": name,
        "at": f"{at:%Y-%m-%d %H:%M}",
    }
    add_row(work, record, TABLE, cells, doing, DESK)
    return reference


def withdraw_request(
    work: UnitOfWork,
    record: CampaignRecord,
    council: str,
    reference: str,
    name: str,
    at: datetime.datetime,
    doing: Doing,
) -> bool:
    """Take back a request of the council's own; False where it has none of that reference.

    The campaign must be held. Raises `DecidedMeanwhile` where it is not open any more.
    """
    kept = work.campaigns.tables(record).get(TABLE)
    for row in kept.rows if kept else ():
        assert kept is not None
        cells = dict(zip(kept.columns, row.cells, strict=True))
        if (cells["request"], cells["council"]) != (reference, council):
            continue
        if cells.get("decision"):
            raise DecidedMeanwhile
        decided = {"decision": "withdrawn", "decided_by": name, "decided_at": f"{at:%Y-%m-%d %H:%M}"}
        try:
            if "decision" in kept.columns:
                known = {column: text for column, text in decided.items() if column in kept.columns}
                change_row(work, record, TABLE, row.row_id, row.since, known, doing, DESK)
            else:
                remove_row(work, record, TABLE, row.row_id, row.since, doing, DESK)
        except ChangedMeanwhile as meanwhile:
            raise DecidedMeanwhile from meanwhile
        return True
    return False


def _faults(campaign: Campaign, council: str, has: int, places: str, reason: str) -> list[Fault]:
    faults = []
    number = int(places) if places.isascii() and places.isdigit() and len(places) < 6 else -1
    if not 0 <= number <= PLACES_MAX:
        wanted = f"a whole number from 0 to {PLACES_MAX:,}"
        faults.append(Fault(TABLE, None, "places", shown(places), wanted))
    elif number == has:
        faults.append(Fault(TABLE, None, "places", f"{number}, which is what you have", "another number"))
    least, most = REASON_CHARACTERS
    if not least <= len(reason) <= most:
        found = "no reason" if not reason else f"{len(reason):,} characters"
        faults.append(Fault(TABLE, None, "reason", found, f"why, in at most {most:,} characters"))
    if still := [each.reference for each in requests_of(campaign, council) if each.is_open]:
        wanted = "one request at a time: withdraw that one first, or wait for its decision"
        faults.append(Fault(TABLE, None, "", f"request {still[0]}, which is still open", wanted))
    return faults


def _next_reference(campaign: Campaign) -> str:
    table = campaign.tables.get(TABLE)
    place = table.columns.index("request") if table else 0
    names = [row[place] for row in table.rows] if table else []
    numbers = [int(found[1]) for name in names if (found := NUMBERED.fullmatch(name))]
    return f"R{max(numbers, default=0) + 1:02d}"


def _moment(text: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
