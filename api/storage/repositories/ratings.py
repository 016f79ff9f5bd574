"""Rating sheets and the entries on them. Entries are added and read, never changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as columns_of
from sqlalchemy.dialects.postgresql import insert as insert_into_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite
from sqlmodel import Session, col, select

from api.storage.tables.ratings import RatingEntry, RatingSheet

# (applicant, exercise, rater)
SheetKey = tuple[str, str, str]


class SheetLine(NamedTuple):
    """One sheet without what is written on it."""

    id: str
    applicant: str
    exercise: str
    rater: str
    person: str
    is_locked: bool


def as_typed(entries: Iterable[RatingEntry]) -> list[RatingEntry]:
    """Entries in the order in which they were typed.

    By the devices' clocks; among those of one device, whose clock may have been put right meanwhile, by its
    numbers. An entry was typed no later than any that its device numbered after it.
    """
    by_device: dict[str, list[RatingEntry]] = {}
    for entry in entries:
        by_device.setdefault(entry.device, []).append(entry)
    placed: list[tuple[datetime.datetime, RatingEntry]] = []
    for own in by_device.values():
        own.sort(key=lambda e: e.number, reverse=True)
        latest = own[0].typed_at
        for entry in own:
            latest = min(latest, entry.typed_at)
            placed.append((latest, entry))
    return [entry for _, entry in sorted(placed, key=lambda p: (p[0], p[1].device, p[1].number))]


class Ratings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open_sheet(self, sheet: RatingSheet) -> RatingSheet:
        """The sheet of this rater, applicant and exercise: the one that is there already, else this one."""
        self._insert_new(RatingSheet, [sheet.model_dump()], ["campaign_id", "applicant", "exercise", "rater"])
        found = self.of_rater(sheet.campaign_id, sheet.applicant, sheet.exercise, sheet.rater)
        assert found is not None
        return found

    def of_rater(self, campaign: str, applicant: str, exercise: str, rater: str) -> RatingSheet | None:
        return self._session.exec(
            select(RatingSheet).where(
                RatingSheet.campaign_id == campaign,
                RatingSheet.applicant == applicant,
                RatingSheet.exercise == exercise,
                RatingSheet.rater == rater,
            )
        ).first()

    def sheet(self, campaign: str, reference: str, *, held: bool = False) -> RatingSheet | None:
        """One sheet of the campaign; `held` until this unit of work is over."""
        found = self._session.get(
            RatingSheet, reference, with_for_update=held or None, populate_existing=held
        )
        return found if found is not None and found.campaign_id == campaign else None

    def sheets_of_person(self, campaign: str, person: str) -> list[RatingSheet]:
        mine = select(RatingSheet).where(RatingSheet.campaign_id == campaign, RatingSheet.person == person)
        return list(self._session.exec(mine.order_by(col(RatingSheet.opened_at), col(RatingSheet.id))))

    def sheets(self, campaign: str) -> list[RatingSheet]:
        """Every sheet of the campaign."""
        every = select(RatingSheet).where(RatingSheet.campaign_id == campaign)
        return list(self._session.exec(every.order_by(col(RatingSheet.opened_at), col(RatingSheet.id))))

    def lines(self, campaign: str) -> list[SheetLine]:
        """Every sheet of the campaign in short, for whoever asks every few seconds."""
        texts = (RatingSheet.id, RatingSheet.applicant, RatingSheet.exercise, RatingSheet.rater)
        columns = [col(text) for text in (*texts, RatingSheet.person)]
        found = self._session.execute(
            columns_of(*columns, col(RatingSheet.locked_at).is_not(None))
            .where(col(RatingSheet.campaign_id) == campaign)
            .order_by(col(RatingSheet.opened_at), col(RatingSheet.id))
        )
        return [SheetLine(r[0], r[1], r[2], r[3], r[4], bool(r[5])) for r in found]

    def begun_and_open(self, campaign: str) -> dict[str, int]:
        """As `begun`, of sheets that are not locked: these few are looked up by their index."""
        counted = (
            select(RatingEntry.sheet_id, func.count(func.distinct(col(RatingEntry.criterion))))
            .join(RatingSheet, col(RatingSheet.id) == col(RatingEntry.sheet_id))
            .where(
                RatingSheet.campaign_id == campaign,
                col(RatingSheet.locked_at).is_(None),
                col(RatingEntry.rating).is_not(None),
            )
            .group_by(col(RatingEntry.sheet_id))
        )
        return dict(self._session.exec(counted).all())

    def sheets_about(self, campaign: str, applicant: str, exercise: str) -> list[RatingSheet]:
        """Everybody's sheets of one applicant in one exercise."""
        about = select(RatingSheet).where(
            RatingSheet.campaign_id == campaign,
            RatingSheet.applicant == applicant,
            RatingSheet.exercise == exercise,
        )
        return list(self._session.exec(about.order_by(col(RatingSheet.rater))))

    def with_entries(self, campaign: str) -> list[str]:
        """The sheets of a campaign on which anything was ever entered."""
        found = (
            select(RatingEntry.sheet_id)
            .join(RatingSheet, col(RatingSheet.id) == col(RatingEntry.sheet_id))
            .where(RatingSheet.campaign_id == campaign)
            .distinct()
        )
        return list(self._session.exec(found))

    def begun(self, campaign: str) -> dict[str, int]:
        """How many criteria of each sheet have a rating, by the sheet's reference; locked or not."""
        counted = (
            select(RatingEntry.sheet_id, func.count(func.distinct(col(RatingEntry.criterion))))
            .join(RatingSheet, col(RatingSheet.id) == col(RatingEntry.sheet_id))
            .where(
                RatingSheet.campaign_id == campaign,
                col(RatingEntry.rating).is_not(None),
                col(RatingEntry.was_locked).is_(False),
            )
            .group_by(col(RatingEntry.sheet_id))
        )
        return dict(self._session.exec(counted).all())

    def save_sheet(self, sheet: RatingSheet) -> None:
        self._session.add(sheet)
        self._session.flush()

    def remove_sheet(self, sheet: RatingSheet) -> None:
        """Take back a sheet that nothing was written on."""
        self._session.delete(sheet)
        self._session.flush()

    def add_entries(self, entries: Sequence[RatingEntry]) -> None:
        """Add those whose device and number are not there yet; the others stay as they were first."""
        rows = [entry.model_dump(exclude={"id"}) for entry in entries]
        self._insert_new(RatingEntry, rows, ["device", "number"])

    def entries_numbered(self, device: str, numbers: Iterable[int]) -> list[RatingEntry]:
        found = select(RatingEntry).where(
            RatingEntry.device == device, col(RatingEntry.number).in_(list(numbers))
        )
        return list(self._session.exec(found.order_by(col(RatingEntry.number))))

    def entries(self, sheet: str) -> list[RatingEntry]:
        """Everything that was ever entered on a sheet, in the order in which it was typed."""
        return self.entries_of([sheet])[sheet]

    def entries_of(self, sheets: Iterable[str]) -> dict[str, list[RatingEntry]]:
        """The same for several sheets at once; each is named, also where nothing was entered."""
        by_sheet: dict[str, list[RatingEntry]] = {sheet: [] for sheet in sheets}
        found = select(RatingEntry).where(col(RatingEntry.sheet_id).in_(list(by_sheet)))
        for entry in self._session.exec(found.order_by(col(RatingEntry.id))):
            by_sheet[entry.sheet_id].append(entry)
        return {sheet: as_typed(entries) for sheet, entries in by_sheet.items()}

    def last_saved_at(self, sheet: str) -> datetime.datetime | None:
        return self._session.exec(
            select(func.max(RatingEntry.saved_at)).where(RatingEntry.sheet_id == sheet)
        ).one()

    def locked_keys(self, campaign: str) -> set[SheetKey]:
        """Applicant, exercise and rater of every locked sheet."""
        found = self._session.exec(
            select(RatingSheet.applicant, RatingSheet.exercise, RatingSheet.rater).where(
                RatingSheet.campaign_id == campaign, col(RatingSheet.locked_at).is_not(None)
            )
        )
        return set(found.all())

    def _insert_new(
        self, table: type[RatingSheet] | type[RatingEntry], rows: list[dict[str, object]], unique: list[str]
    ) -> None:
        if not rows:
            return
        is_postgresql = self._session.get_bind().dialect.name == "postgresql"
        insert = insert_into_postgresql if is_postgresql else insert_into_sqlite
        self._session.execute(insert(table).on_conflict_do_nothing(index_elements=unique), rows)
