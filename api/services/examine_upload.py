"""What an upload would make of the campaign: its faults, or what would change; and applying it.

Tables in the upload take the place of those of the same name, the others stay, and all of them together are
checked. It may be applied where nothing is wrong but that tables are missing which were missing before: a
campaign may be brought in piece by piece. Few uploads are read at once, and the last few are remembered.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Table
from api.errors import Fault
from api.imports.columns import TABLES
from api.imports.raw import RawTable, RawTables, plain_name
from api.imports.read import Reading, in_order, raw_tables_of, read_tables
from api.imports.upload import headers_of, raw_of_uploads
from api.services.change_tables import IMPORT, put_tables
from api.services.compare_tables import TableChange, compare_tables
from api.services.doing import Doing
from api.services.lately import Lately
from api.services.open_campaign import Opened, plain_tables
from api.services.receive_upload import files_of_upload
from api.storage.tables.campaigns import CampaignRecord, StoredUpload
from api.storage.unit_of_work import UnitOfWork

READ_AT_ONCE_MAX = 2
REMEMBERED_MAX = 4
# A larger one is read again each time: it may not lie about in memory.
REMEMBERED_CELLS_MAX = 60_000
MISSING = ("no such table", "no rows")
NOTHING_KNOWN = "no table of a campaign"


@dataclass(frozen=True, slots=True)
class Examined:
    """An upload beside the campaign as it stands after `change`.

    `faults` are in the upload, `faults_there` those that its other tables would have beside it;
    `missing` are tables still to be brought in. `sheets` holds the header of each sheet by its own name.
    `changes` is what applying would change; it may be applied where `is_sound`.
    """

    change: int
    faults: tuple[Fault, ...]
    faults_there: tuple[Fault, ...]
    missing: tuple[Fault, ...]
    warnings: tuple[str, ...]
    sheets: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table]
    changes: tuple[TableChange, ...]

    @property
    def is_sound(self) -> bool:
        return not (self.faults or self.faults_there)


class _Remembered:
    """The uploads read last, by reference: what an upload holds never changes."""

    def __init__(self) -> None:
        self._kept = Lately[str, RawTables](REMEMBERED_MAX)
        self.reading = threading.BoundedSemaphore(READ_AT_ONCE_MAX)

    def raw(self, work: UnitOfWork, upload: StoredUpload) -> RawTables:
        if (found := self._kept.get(upload.id)) is not None:
            return found
        with self.reading:
            raw = raw_of_uploads(files_of_upload(work, upload))
        cells = sum(len(row.cells) for table in raw.tables for row in table.rows)
        if cells <= REMEMBERED_CELLS_MAX:
            self._kept.put(upload.id, raw)
        return raw


_REMEMBERED = _Remembered()


def examine_upload(work: UnitOfWork, upload: StoredUpload, opened: Opened) -> Examined:
    """Read an upload and hold it against the campaign. Nothing raises: what is wrong with it is a fault."""
    raw = _REMEMBERED.raw(work, upload)
    present = plain_tables(opened.tables)
    filled = {name for name, table in present.items() if table.rows}
    # An empty sheet is how a workbook to fill in says that there is no such table yet.
    given = [table for table in raw.tables if table.rows or plain_name(table.name) in filled]
    brought = {plain_name(table.name) for table in given}
    damaged = {plain_name(fault.table) for fault in raw.faults}
    others = {name: table for name, table in present.items() if name not in brought | damaged}
    reading = _read_together(raw, given, others)
    faults = list(reading.faults)
    if not raw.faults and not brought & set(TABLES):
        wanted = f"sheets or files named as in the blank workbook: {', '.join(list(TABLES)[:5])} and so on"
        faults = [Fault("upload", None, None, NOTHING_KNOWN, wanted)]
    missing = [fault for fault in faults if _is_missing(fault) and fault.table not in filled]
    rest = [fault for fault in faults if fault not in missing]
    tables = {name: checked.table for name, checked in reading.tables.by_name.items() if name in brought}
    found = Examined(
        change=opened.change,
        faults=tuple(fault for fault in rest if plain_name(fault.table) not in others),
        faults_there=tuple(fault for fault in rest if plain_name(fault.table) in others),
        missing=tuple(missing),
        warnings=reading.warnings,
        sheets=headers_of(raw),
        tables=tables,
        changes=(),
    )
    if not found.is_sound:
        return found
    changes = compare_tables(present, {**present, **tables})
    return Examined(opened.change, (), (), tuple(missing), reading.warnings, found.sheets, tables, changes)


def marked_upload(work: UnitOfWork, upload: StoredUpload, examined: Examined) -> bytes:
    """The upload as a workbook with its faults marked in it, and listed on its first sheet."""
    # A slow import that `stepup --help` must not pay for.
    from api.exports.marked_workbook import marked_workbook

    with _REMEMBERED.reading:
        return marked_workbook(files_of_upload(work, upload), examined.faults)


def apply_upload(
    work: UnitOfWork, record: CampaignRecord, upload: StoredUpload, examined: Examined, doing: Doing
) -> int:
    """Bring the upload's tables into the campaign as one change, whose number is returned.

    The campaign must be held and stand where `examined` looked at it; the upload must be sound.
    """
    assert examined.is_sound
    assert examined.change == record.change
    sentence = f"Brought in {what_changes(examined.changes)}"
    facts = {"upload": upload.id}
    upload.applied_as = put_tables(work, record, examined.tables, IMPORT, sentence, doing, facts)
    work.uploads.save(upload)
    return upload.applied_as


def what_changes(changes: Sequence[TableChange], most: int = 4) -> str:
    """The changes in one phrase: "applicants (12 applicants added, 2 changed), pins (1 pin gone)"."""
    parts = [f"{c.table.replace('_', ' ')} ({_phrase(c.sentence)})" for c in changes[:most]]
    more = len(changes) - most
    if more > 0:
        parts.append(f"{more} more {'table' if more == 1 else 'tables'}")
    return ", ".join(parts) or "the same again"


def apply_words(changes: Sequence[TableChange]) -> str:
    """What the button says: "Apply: 12 applicants added, 2 changed"."""
    if len(changes) <= 2:
        return f"Apply: {'; '.join(_phrase(c.sentence) for c in changes)}"
    rows = sum(len(c.added) + len(c.changed) + len(c.gone) for c in changes)
    new = sum(c.is_new for c in changes)
    if new == len(changes):
        return f"Apply: {new} new tables with {rows:,} rows"
    return f"Apply: {rows:,} rows added, changed or gone in {len(changes)} tables"


def _phrase(sentence: str) -> str:
    first = sentence.removesuffix(".").replace(". ", "; ")
    return first[0].lower() + first[1:]


def _read_together(raw: RawTables, given: list[RawTable], others: Mapping[str, Table]) -> Reading:
    if raw.faults and not given:
        return Reading(None, in_order(raw.faults), tuple(raw.warnings))
    beside = raw_tables_of(others)
    return read_tables(RawTables([*given, *beside.tables], [*raw.faults, *beside.faults], [*raw.warnings]))


def _is_missing(fault: Fault) -> bool:
    return fault.row is None and fault.column is None and fault.found in MISSING
