"""What no change of the tables may touch: ratings that are locked, and what two people have agreed to.

Neither an import, nor an edit, nor taking a change back. What ought to count instead of a locked rating is
settled by the wash-up; a release or a pass is undone on the page Offers, with a reason.
"""

from __future__ import annotations

from api.errors import BadInput, Fault
from api.storage.repositories.campaigns import KeptRow, KeptTable
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork

RATING_COLUMNS = ("applicant", "exercise", "criterion", "assessor", "rating", "evidence")
BY_TWO = ("release", "pass")
WANTED_BY_TWO = "the page Offers, where one person proposes it and another agrees"


def refuse_to_touch(
    work: UnitOfWork,
    record: CampaignRecord,
    before: KeptTable | None,
    after: KeptTable | None,
    on_its_own_page: bool,
) -> None:
    """Raises `BadInput` where this change of one table would touch what has to stay.

    `on_its_own_page`: it is made where such things are decided. A campaign that is brought in whole, as the
    first thing there is of it, brings what was decided elsewhere.
    """
    name = before.name if before else after.name if after else ""
    faults: list[Fault] = []
    if name == "ratings" and before is not None:
        faults = _other_ratings(work, record, before, after)
    if name == "offer_events" and not on_its_own_page and record.change > 0:
        faults = _other_releases(before, after)
    if faults:
        raise BadInput(faults)


def _other_ratings(
    work: UnitOfWork, record: CampaignRecord, before: KeptTable, after: KeptTable | None
) -> list[Fault]:
    """Locked ratings that would change or go."""
    locked = work.ratings.locked_keys(record.id)
    if not locked:
        return []
    stays = {_rating_of(after.columns, row) for row in after.rows} if after else set()
    return [
        Fault(
            "ratings",
            number,
            "rating",
            f"another rating, or none, of {was[0]} by {was[3]} in {was[1]} / {was[2]}",
            f"{was[4]}, as it was locked; the wash-up settles what ought to count instead",
        )
        for number, row in enumerate(before.rows, start=2)
        if (was := _rating_of(before.columns, row)) not in stays and (was[0], was[1], was[3]) in locked
    ]


def _rating_of(columns: tuple[str, ...], row: KeptRow) -> tuple[str, ...]:
    cells = dict(zip(columns, row.cells, strict=True))
    return tuple(cells.get(name, "") for name in RATING_COLUMNS)


def _other_releases(before: KeptTable | None, after: KeptTable | None) -> list[Fault]:
    """Releases and passes that would come, change or go."""
    was, now = _by_two(before), _by_two(after)
    come = [(now[event], event, "that nobody agreed to") for event in now if event not in was]
    gone = [(was[event], event, "changed or taken away") for event in was if event not in now]
    return [
        Fault("offer_events", row, "kind", f"{dict(event)['kind']} {what}", WANTED_BY_TWO)
        for row, event, what in (*come, *gone)
    ]


def _by_two(table: KeptTable | None) -> dict[frozenset[tuple[str, str]], int]:
    """Every release and pass with what it says, and its row."""
    found = {}
    for number, row in enumerate(table.rows if table else (), start=2):
        assert table is not None
        cells = {name: text for name, text in zip(table.columns, row.cells, strict=True) if text}
        if cells.get("kind") in BY_TWO:
            found[frozenset(cells.items())] = number
    return found
