"""A council's request for another number of places: granted or refused by the lead authority, with why.

Granted before a release, the council's row changes, and the allocation with it; afterwards it is an event of
the offers, with who did it and why. The campaign must be held.
"""

from __future__ import annotations

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.services.change_tables import OFFERS, change_row
from api.services.doing import Doing
from api.services.look_at_offers import names_a_release
from api.services.offer_acts import NotPossible, all_faults, campaign_of, reason_of, record_event
from api.services.offer_moments import moment_to_record, read_moment, spell_moment
from api.services.open_campaign import Opened, open_campaign
from api.storage.repositories.campaigns import KeptRow
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

REQUESTS, COUNCILS = "place_requests", "councils"
GRANTED, REFUSED = "granted", "refused"
DECIDED = "It was decided meanwhile, or the council has withdrawn it."


def request_of(opened: Opened, reference: str) -> dict[str, str] | None:
    """One request as its row says it."""
    found = _row(opened, REQUESTS, "request", reference)
    return found[1] if found else None


def requests_of(opened: Opened) -> list[dict[str, str]]:
    """Every request, those not decided first, each in the order in which it came."""
    table = opened.tables.get(REQUESTS)
    rows = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows] if table else []
    return sorted(rows, key=lambda row: bool(row.get("decision")))


def decide_request(
    work: UnitOfWork,
    record: CampaignRecord,
    reference: str,
    decision: str,
    why: str,
    at: str,
    by: str,
    doing: Doing,
) -> dict[str, str]:
    """Grant or refuse. Returns the request as it stood. Raises `BadInput` or `NotPossible`."""
    opened = open_campaign(work, record)
    campaign = campaign_of(work, record)
    found = _row(opened, REQUESTS, "request", reference)
    if found is None or found[1].get("decision"):
        raise NotPossible(DECIDED)
    row, cells = found
    all_faults(lambda: known_decision(decision), lambda: reason_of_request(why), lambda: read_moment(at))
    said = reason_of_request(why)
    if decision == GRANTED:
        when = _grant(work, record, campaign, cells, f"Request {reference}: {said}", at, by, doing)
    else:
        when = spell_moment(read_moment(at))
    decided = {"decision": decision, "decided_by": by, "decided_at": when, "why": said}
    change_row(work, record, REQUESTS, row.row_id, row.since, decided, doing, OFFERS)
    return cells


def _grant(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    request: dict[str, str],
    reason: str,
    at: str,
    by: str,
    doing: Doing,
) -> str:
    """Give the council its places. Returns when, as the tables spell it."""
    council, places = request["council"], request["places"]
    if names_a_release(campaign):
        moment = moment_to_record(campaign, at, doing.at, "places")
        cells = {"council": council, "places": places, "reason": reason, "by": by}
        record_event(work, record, campaign, "places", moment, doing, cells)
        return spell_moment(moment)
    found = _row(open_campaign(work, record), COUNCILS, "council", council)
    if found is None:
        raise NotPossible(f"{council} is not a council of the campaign any more.")
    row, _ = found
    change_row(work, record, COUNCILS, row.row_id, row.since, {"places": places}, doing, OFFERS)
    return spell_moment(read_moment(at))


def known_decision(decision: str) -> None:
    """Raises `BadInput` for what is no decision."""
    if decision not in (GRANTED, REFUSED):
        raise BadInput([Fault(REQUESTS, None, "decision", "none", "granted or refused")])


def reason_of_request(why: str) -> str:
    """Why it was decided so; the field is called `why`. Raises `BadInput`."""
    try:
        return reason_of(why)
    except BadInput as bad:
        raise BadInput([Fault(REQUESTS, None, "why", f.found, f.wanted) for f in bad.faults]) from None


def _row(opened: Opened, table: str, column: str, value: str) -> tuple[KeptRow, dict[str, str]] | None:
    kept = opened.tables.get(table)
    for row in kept.rows if kept else ():
        assert kept is not None
        cells = dict(zip(kept.columns, row.cells, strict=True))
        if cells.get(column) == value:
            return row, cells
    return None
