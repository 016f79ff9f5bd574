"""Single rows: added, changed, taken away. A row that somebody else changed meanwhile is a conflict."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from api.imports.columns import TABLES
from api.permissions import Permission
from api.routes.access import Caller, NotYours, needs_token
from api.routes.interface.shapes import (
    WHOLE_MAX,
    ChangedRow,
    Conflict,
    NewRow,
    RowChangedShape,
    fault_shapes,
)
from api.routes.interface.tables import TableName, row_shape
from api.services.change_tables import ChangedMeanwhile, RowChanged, add_row, change_row, remove_row
from api.storage.repositories.campaigns import KeptTable

router = APIRouter(prefix="/campaigns/{campaign}", tags=["Rows"])

Writer = Annotated[Caller, needs_token(Permission.TOKEN_WRITE)]
RowId = Annotated[int, Path(ge=0, le=2**62, description="The row_id, as it was read with the row.")]
Since = Annotated[int, Query(ge=0, le=WHOLE_MAX, description="The change with which the row was read.")]
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": Conflict, "description": "The row was changed meanwhile."}
}


@router.post("/tables/{table}/rows", status_code=201, summary="Add a row")
def add(caller: Writer, table: TableName, row: NewRow) -> RowChangedShape:
    record = caller.hold()
    if table not in TABLES:
        raise NotYours
    return _done(add_row(caller.work, record, table, row.cells, caller.doing))


@router.put(
    "/tables/{table}/rows/{row_id}",
    summary="Change cells of a row",
    responses=CONFLICT,
    response_model=RowChangedShape,
)
def change(caller: Writer, table: TableName, row_id: RowId, row: ChangedRow) -> Any:
    record = caller.hold()
    kept = _table(caller, table)
    try:
        done = change_row(caller.work, record, table, row_id, row.since, row.cells, caller.doing)
    except ChangedMeanwhile as meanwhile:
        return _conflict(kept, meanwhile)
    return _done(done)


@router.delete(
    "/tables/{table}/rows/{row_id}",
    summary="Take a row away",
    responses=CONFLICT,
    response_model=RowChangedShape,
)
def remove(caller: Writer, table: TableName, row_id: RowId, since: Since) -> Any:
    record = caller.hold()
    kept = _table(caller, table)
    try:
        done = remove_row(caller.work, record, table, row_id, since, caller.doing)
    except ChangedMeanwhile as meanwhile:
        return _conflict(kept, meanwhile)
    return _done(done)


def _table(caller: Caller, table: str) -> KeptTable:
    kept = caller.opened().tables.get(table)
    if kept is None:
        raise NotYours
    return kept


def _conflict(table: KeptTable, meanwhile: ChangedMeanwhile) -> JSONResponse:
    now = row_shape(table, meanwhile.now) if meanwhile.now else None
    words = "The row was changed meanwhile." if now else "The row is not there any more."
    said = Conflict(detail=f"{words} Nothing was changed.", now=now)
    return JSONResponse(said.model_dump(), 409)


def _done(changed: RowChanged) -> RowChangedShape:
    return RowChangedShape(
        change=changed.change, row_id=changed.row_id, faults=fault_shapes(changed.elsewhere)
    )
