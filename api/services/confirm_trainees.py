"""A council confirms which trainees it was given; where they change later, it is asked anew.

Confirmations are rows of the campaign's table `council_confirmations`: added, and only changed within the
very minute, which is as fine as that table tells the time.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.presenters.desk_trainees import Confirmation, Receipt
from api.services.change_tables import DESK, add_row, change_row
from api.services.doing import Doing
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

TABLE = "council_confirmations"
SEPARATOR = ";"


class OthersNow(Exception):
    """The council's trainees are not those that were shown any more."""


def receipt_of(campaign: Campaign, council: str, trainees: Sequence[str]) -> Receipt:
    """`trainees` are those the council has now."""
    last = max(confirmations_of(campaign, council), key=lambda each: each.at, default=None)
    if last is None:
        return Receipt(None)
    came = tuple(each for each in trainees if each not in last.trainees)
    return Receipt(last, came, tuple(each for each in last.trainees if each not in trainees))


def confirmations_of(campaign: Campaign, council: str) -> tuple[Confirmation, ...]:
    """A council's confirmations, in the order of the table."""
    table = campaign.tables.get(TABLE)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []
    return tuple(
        Confirmation(
            datetime.datetime.fromisoformat(row["at"]),
            tuple(each.strip() for each in row.get("trainees", "").split(SEPARATOR) if each.strip()),
            row["confirmed_by"],
        )
        for row in rows
        if row["council"] == council
    )


def confirm_trainees(
    work: UnitOfWork,
    record: CampaignRecord,
    council: str,
    shown: Sequence[str],
    trainees: Sequence[str],
    name: str,
    at: datetime.datetime,
    doing: Doing,
) -> None:
    """Write down that the council has received word of these `trainees`. The campaign must be held.

    `shown` are those that stood on the page; raises `OthersNow` where they are others by now. `name` is the
    name of the account, `at` the time in the campaign.
    """
    if sorted(shown) != sorted(trainees):
        raise OthersNow
    cells = {
        "council": council,
        "at": f"{at:%Y-%m-%d %H:%M}",
        "trainees": SEPARATOR.join(trainees),
        "confirmed_by": name,
    }
    if any(SEPARATOR in each for each in trainees):
        found = "a reference with a semicolon in it"
        raise BadInput([Fault(TABLE, None, "trainees", found, "references without, from the lead authority")])
    kept = work.campaigns.tables(record).get(TABLE)
    this_minute = [
        row
        for row in (kept.rows if kept else ())
        if kept is not None and _cell(kept.columns, row.cells, "council") == council
        if _cell(kept.columns, row.cells, "at") == cells["at"]
    ]
    if this_minute:
        row = this_minute[-1]
        change_row(work, record, TABLE, row.row_id, row.since, cells, doing, DESK)
    else:
        add_row(work, record, TABLE, cells, doing, DESK)


def _cell(columns: Sequence[str], cells: Sequence[str], column: str) -> str:
    return cells[columns.index(column)]
