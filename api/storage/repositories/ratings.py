"""Rating sheets and the entries on them. Entries are added and read, never changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert as insert_into_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite
from sqlmodel import Session, col, select

from api.storage.tables.ratings import RatingEntry, RatingSheet

# (applicant, exercise, rater)
SheetKey = tuple[str, str, str]


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

    def begun(self, campaign: str) -> dict[str, int]:
        """How many criteria of each sheet have a rating, by the sheet's reference; locked or not."""
        counted = (
            select(RatingEntry.sheet_id, func.count(func.distinct(col(RatingEntry.criterion))))
            .join(RatingSheet, col(RatingSheet.id) == col(RatingEntry.sheet_id))
            .where(RatingSheet.campaign_id == campaign, col(RatingEntry.rating).is_not(None))
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
        found = select(RatingEntry).where(RatingEntry.sheet_id == sheet)
        return list(self._session.exec(found.order_by(col(RatingEntry.typed_at), col(RatingEntry.id))))

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
