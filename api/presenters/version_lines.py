"""The versions of a campaign as a list: every change with its number, when, who, and what it did."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from api.campaign import Table
from api.presenters.data_table import Cell, Column, DataTable, TableQuery, data_table
from api.presenters.makers import maker_name
from api.storage.tables.campaigns import CampaignChange
from api.templating import moment

KINDS = {
    "import": "Brought in",
    "edit": "Edited here",
    "undo": "Taken back",
    "way_out": "Way out applied",
    "pin": "Pinned",
    "day": "On the day",
    "rating": "Ratings locked",
    "washup": "Wash-up",
    "offers": "Ranking and offers",
    "desk": "By a council",
}
COLUMNS = (
    Column("number", "Change", number=True),
    Column("when", "When"),
    Column("who", "Who"),
    Column("kind", "How"),
    Column("what", "What"),
)


def version_table(
    changes: Sequence[CampaignChange], names: Mapping[str, str], query: TableQuery, address: str, zone: str
) -> DataTable:
    """`names` are the names of the accounts that made them. `address` is that of the list."""
    rows = [_row(change, names, address, zone) for change in changes]
    return data_table(
        "Every change", COLUMNS, rows, query, address, nouns=("change", "changes"), downloads=()
    )


def kind_in_words(kind: str) -> str:
    return KINDS.get(kind, kind)


def names_of_rows(*states: Mapping[str, Table]) -> dict[tuple[str, str], str]:
    """The name of whatever has one, by table and reference; the last state counts."""
    names: dict[tuple[str, str], str] = {}
    for tables in states:
        for table in tables.values():
            if "name" in table.columns[1:]:
                place = table.columns.index("name")
                names.update({(table.name, row[0]): row[place] for row in table.rows if row[place]})
    return names


def _row(change: CampaignChange, names: Mapping[str, str], address: str, zone: str) -> tuple[Cell | str, ...]:
    return (
        Cell(
            f"{change.number:,}",
            f"{address}/{change.number}",
            change.number,
            spoken=f"Change {change.number}",
        ),
        Cell(moment(change.made_at, zone), order=_seconds(change.made_at)),
        maker_name(change.made_by, names),
        kind_in_words(change.kind),
        change.sentence,
    )


def _seconds(at: datetime.datetime) -> float:
    return at.timestamp()
