"""Partnerships, campaigns, and a campaign's tables with every state that they were ever in.

A row's cells are never changed in place: a change ends the row as it was and begins it anew, so that any
earlier state is one query. Only whoever holds the campaign (`held`) may change it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select, update

from api.storage.tables.audit import AuditChain
from api.storage.tables.campaigns import (
    CampaignChange,
    CampaignHeader,
    CampaignRecord,
    CampaignRow,
    Partnership,
)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row as it is kept: its lasting number, its place, its cells, the change that made it so."""

    row_id: int
    position: int
    cells: tuple[str, ...]
    since: int


@dataclass(frozen=True, slots=True)
class KeptTable:
    """One table of a campaign at one of its changes."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[KeptRow, ...]

    def row(self, row_id: int) -> KeptRow | None:
        return next((row for row in self.rows if row.row_id == row_id), None)


class Campaigns:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add_partnership(self, partnership: Partnership) -> None:
        self._session.add(partnership)
        self._session.flush()

    def partnerships(self) -> list[Partnership]:
        return list(self._session.exec(select(Partnership).order_by(col(Partnership.name))))

    def partnership(self, reference: str) -> Partnership | None:
        return self._session.get(Partnership, reference)

    def add(self, record: CampaignRecord) -> None:
        """A new campaign, with the beginning of its audit chain."""
        self._session.add(record)
        self._session.add(AuditChain(chain=record.id))
        self._session.flush()

    def all(self) -> list[CampaignRecord]:
        return list(self._session.exec(select(CampaignRecord).order_by(col(CampaignRecord.created_at))))

    def by_id(self, reference: str) -> CampaignRecord | None:
        return self._session.get(CampaignRecord, reference)

    def held(self, reference: str) -> CampaignRecord | None:
        """The campaign, held until this unit of work is over: nobody else changes it meanwhile."""
        return self._session.get(CampaignRecord, reference, with_for_update=True, populate_existing=True)

    def save(self, record: CampaignRecord) -> None:
        self._session.add(record)
        self._session.flush()

    def tables(self, record: CampaignRecord, change: int | None = None) -> dict[str, KeptTable]:
        """Every table as it stood after `change`; the latest where none is named."""
        at = record.change if change is None else change
        headers = self._session.exec(
            select(CampaignHeader.table_name, CampaignHeader.columns).where(
                CampaignHeader.campaign_id == record.id,
                CampaignHeader.since <= at,
                (col(CampaignHeader.until).is_(None)) | (col(CampaignHeader.until) > at),
            )
        )
        rows: dict[str, list[KeptRow]] = {}
        for table, row_id, position, cells, since in self._session.execute(
            columns_of(
                col(CampaignRow.table_name),
                col(CampaignRow.row_id),
                col(CampaignRow.position),
                col(CampaignRow.cells),
                col(CampaignRow.since),
            )
            .where(
                col(CampaignRow.campaign_id) == record.id,
                col(CampaignRow.since) <= at,
                (col(CampaignRow.until).is_(None)) | (col(CampaignRow.until) > at),
            )
            .order_by(col(CampaignRow.position), col(CampaignRow.row_id))
        ):
            rows.setdefault(table, []).append(KeptRow(row_id, position, tuple(cells), since))
        return {name: KeptTable(name, tuple(columns), tuple(rows.get(name, ()))) for name, columns in headers}

    def begin_change(self, record: CampaignRecord) -> int:
        """The number of the change that now begins. The campaign must be held."""
        record.change += 1
        return record.change

    def end_change(
        self, record: CampaignRecord, kind: str, sentence: str, by: str, at: datetime.datetime, sha256: str
    ) -> None:
        """Write down what the change that was begun did."""
        self._session.add(
            CampaignChange(
                campaign_id=record.id,
                number=record.change,
                kind=kind,
                sentence=sentence,
                made_by=by,
                made_at=at,
                tables_sha256=sha256,
            )
        )
        self.save(record)

    def changes(self, record: CampaignRecord, limit: int | None = None) -> list[CampaignChange]:
        """Every change, the newest first."""
        made = select(CampaignChange).where(CampaignChange.campaign_id == record.id)
        return list(self._session.exec(made.order_by(col(CampaignChange.number).desc()).limit(limit)))

    def change(self, record: CampaignRecord, number: int) -> CampaignChange | None:
        return self._session.exec(
            select(CampaignChange).where(
                CampaignChange.campaign_id == record.id, CampaignChange.number == number
            )
        ).first()

    def history_of_row(self, record: CampaignRecord, row_id: int) -> list[KeptRow]:
        """Every state of one row, the newest first."""
        found = self._states(record, row_id)
        return [KeptRow(row.row_id, row.position, tuple(row.cells), row.since) for row in found]

    def row_ended_by(self, record: CampaignRecord, row_id: int) -> int | None:
        """The change that took a row away; None for one that is there, or never was."""
        ends = [row.until for row in self._states(record, row_id)]
        return None if None in ends else max((end for end in ends if end is not None), default=None)

    def table_of_row(self, record: CampaignRecord, row_id: int) -> str | None:
        """The table that a row belongs to, also one that is gone."""
        return next((row.table_name for row in self._states(record, row_id)), None)

    def headers_since(self, record: CampaignRecord, table: str) -> list[tuple[int, tuple[str, ...]]]:
        """The columns that a table had, each with the change from which it had them, the oldest first."""
        headers = select(CampaignHeader).where(
            CampaignHeader.campaign_id == record.id, CampaignHeader.table_name == table
        )
        found = self._session.exec(headers.order_by(col(CampaignHeader.since)))
        return [(header.since, tuple(header.columns)) for header in found]

    def add_row(self, record: CampaignRecord, table: str, cells: Sequence[str]) -> KeptRow:
        """A new row below the others of its table."""
        highest = self._session.exec(
            select(func.max(CampaignRow.position)).where(
                CampaignRow.campaign_id == record.id, CampaignRow.table_name == table
            )
        ).one()
        row = KeptRow(self._new_row_id(record), (highest or 0) + 1, tuple(cells), record.change)
        self._insert(record, table, [row])
        return row

    def change_row(self, record: CampaignRecord, table: str, old: KeptRow, cells: Sequence[str]) -> None:
        self.end_rows(record, [old.row_id])
        self._insert(record, table, [replace(old, cells=tuple(cells), since=record.change)])

    def end_rows(self, record: CampaignRecord, row_ids: Sequence[int]) -> None:
        """These rows are no longer there from the change that was begun."""
        for start in range(0, len(row_ids), 500):
            self._session.exec(
                update(CampaignRow)
                .where(
                    col(CampaignRow.campaign_id) == record.id,
                    col(CampaignRow.until).is_(None),
                    col(CampaignRow.row_id).in_(row_ids[start : start + 500]),
                )
                .values(until=record.change)
            )

    def put_tables(
        self,
        record: CampaignRecord,
        old: Mapping[str, KeptTable],
        new: Mapping[str, KeptTable | None],
    ) -> None:
        """Bring these tables into this state; None takes a table away. A row id of 0 is a new row.

        Rows that stay as they were are not touched; `old` is what `tables` gave for the held campaign.
        """
        for name, table in new.items():
            before = old.get(name)
            self._put_header(record, name, before, table)
            was = {row.row_id: row for row in before.rows} if before else {}
            rows = table.rows if table else ()
            kept = {
                row.row_id
                for row in rows
                if (old_row := was.get(row.row_id))
                and (old_row.cells, old_row.position) == (row.cells, row.position)
            }
            self.end_rows(record, [row_id for row_id in was if row_id not in kept])
            fresh = [
                replace(row, row_id=row.row_id or self._new_row_id(record), since=record.change)
                for row in rows
                if row.row_id not in kept
            ]
            self._insert(record, name, fresh)

    def _states(self, record: CampaignRecord, row_id: int) -> list[CampaignRow]:
        states = select(CampaignRow).where(CampaignRow.campaign_id == record.id, CampaignRow.row_id == row_id)
        return list(self._session.exec(states.order_by(col(CampaignRow.since).desc())))

    def _put_header(
        self, record: CampaignRecord, name: str, before: KeptTable | None, table: KeptTable | None
    ) -> None:
        if before and table and before.columns == table.columns:
            return
        if before:
            self._session.exec(
                update(CampaignHeader)
                .where(
                    col(CampaignHeader.campaign_id) == record.id,
                    col(CampaignHeader.table_name) == name,
                    col(CampaignHeader.until).is_(None),
                )
                .values(until=record.change)
            )
        if table:
            self._session.add(
                CampaignHeader(
                    campaign_id=record.id,
                    table_name=name,
                    columns=list(table.columns),
                    since=record.change,
                )
            )
            self._session.flush()

    def _insert(self, record: CampaignRecord, table: str, rows: Sequence[KeptRow]) -> None:
        self._session.add_all(
            CampaignRow(
                campaign_id=record.id,
                table_name=table,
                row_id=row.row_id,
                position=row.position,
                cells=list(row.cells),
                since=row.since,
            )
            for row in rows
        )
        self._session.flush()

    def _new_row_id(self, record: CampaignRecord) -> int:
        record.rows_made += 1
        return record.rows_made
