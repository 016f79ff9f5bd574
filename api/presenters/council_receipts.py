"""For the lead authority: each council with its places and trainees now, and whether it has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Table
from api.exports.packs.wording import counted, day_and_time, listed
from api.presenters.data_table import Cell, Column
from api.presenters.desk_trainees import Receipt

COLUMNS = (
    Column("council", "Council"),
    Column("places", "Places", number=True),
    Column("trainees", "Trainees now", number=True),
    Column("state", "Receipt"),
    Column("asked", "Places asked for"),
)


@dataclass(frozen=True, slots=True)
class CouncilReceipt:
    """One council. `trainees` are references; `asked` is its open request for places, empty where none."""

    council: str
    name: str
    places: int
    trainees: tuple[str, ...]
    receipt: Receipt
    asked: str


def receipts_answer(receipts: Sequence[CouncilReceipt]) -> str:
    """How many have confirmed, and who has not."""
    due = [each.name for each in receipts if each.receipt.is_due]
    done = len(receipts) - len(due)
    if not due:
        return f"All {counted(len(receipts), 'council')} have confirmed their trainees."
    verb = "has" if done == 1 else "have"
    said = f"{done} of {counted(len(receipts), 'council')} {verb} confirmed the trainees of today."
    return f"{said} Still to come: {listed(due)}."


def receipts_rows(receipts: Sequence[CouncilReceipt]) -> list[tuple[Cell | str | int, ...]]:
    return [
        (
            Cell(each.name, note=each.council),
            each.places,
            len(each.trainees),
            _state(each.receipt),
            each.asked or "–",
        )
        for each in receipts
    ]


def receipts_table(receipts: Sequence[CouncilReceipt]) -> Table:
    """The same for a file."""
    columns = ("council", "name", "places", "trainees", "confirmed_at", "confirmed_by", "is_current")
    rows = tuple(
        (
            each.council,
            each.name,
            str(each.places),
            ";".join(each.trainees),
            f"{each.receipt.last.at:%Y-%m-%d %H:%M}" if each.receipt.last else "",
            each.receipt.last.by if each.receipt.last else "",
            "no" if each.receipt.is_due else "yes",
        )
        for each in receipts
    )
    return Table("council_receipts", columns, rows)


def _state(receipt: Receipt) -> Cell:
    last = receipt.last
    if last is None:
        return Cell("Not yet", tag="grey")
    note = f"{last.by}, {day_and_time(last.at)}"
    if not receipt.is_due:
        return Cell("Confirmed", tag="green", note=note)
    changes = [f"{each} came" for each in receipt.came] + [f"{each} went" for each in receipt.gone]
    return Cell("Changed since", tag="yellow", note=f"{note}. Since then {listed(changes)}")
