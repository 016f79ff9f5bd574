"""Whole tables: listed, read, and replaced at once; applicants pushed by reference."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, HTTPException, Path
from fastapi.responses import Response

from api.permissions import Permission
from api.routes.access import Caller, NotYours, needs_token
from api.routes.interface.shapes import (
    Cells,
    PushedApplicants,
    PushedShape,
    Refusal,
    RowShape,
    TableShape,
    TableSummary,
    fault_shapes,
)
from api.services.push_tables import ChangedSince, push_applicants, push_tables
from api.storage.repositories.campaigns import KeptRow, KeptTable

router = APIRouter(prefix="/campaigns/{campaign}", tags=["Tables"])

Reader = Annotated[Caller, needs_token(Permission.TOKEN_READ)]
Writer = Annotated[Caller, needs_token(Permission.TOKEN_WRITE)]
TableName = Annotated[str, Path(description="A table of the campaign format, such as applicants.")]
Pushed = Annotated[
    dict[str, list[Cells]],
    Body(description="Rows by table. Each named table is replaced as a whole; the others stay."),
]
IfMatch = Annotated[
    str | None, Header(description='The change that you have read, for instance "12": see the campaign.')
]
ETAG = re.compile(r'(?:W/)?"?([0-9]{1,10})"?')
STALE: dict[int | str, dict[str, Any]] = {
    412: {"model": Refusal, "description": "The campaign was changed after the change named in If-Match."},
    428: {"model": Refusal, "description": "If-Match is missing."},
}


@router.get("/tables", summary="The tables that the campaign has")
def list_tables(caller: Reader) -> list[TableSummary]:
    tables = caller.opened().tables
    return [
        TableSummary(name=name, columns=list(table.columns), rows=len(table.rows))
        for name, table in sorted(tables.items())
    ]


@router.get("/tables/{table}", summary="One table with its rows")
def read_table(caller: Reader, table: TableName, response: Response) -> TableShape:
    opened = caller.opened()
    kept = opened.tables.get(table)
    if kept is None:
        raise NotYours
    response.headers["etag"] = f'"{opened.change}"'
    return TableShape(
        name=table,
        change=opened.change,
        columns=list(kept.columns),
        rows=[row_shape(kept, row) for row in kept.rows],
    )


@router.put("/tables", summary="Replace whole tables, all at once or none", responses=STALE)
def replace_tables(caller: Writer, pushed: Pushed, if_match: IfMatch = None) -> PushedShape:
    record = caller.hold()
    if if_match is None:
        raise HTTPException(428, "Say in If-Match which change of the campaign you have read.")
    named = ETAG.fullmatch(if_match.strip())
    try:
        done = push_tables(caller.work, record, pushed, int(named[1]) if named else -1, caller.doing)
    except ChangedSince as since:
        words = f"The campaign stands at change {since.change} now. Read it again; nothing was changed."
        raise HTTPException(412, words) from since
    return PushedShape(change=done.change, faults=fault_shapes(done.left))


@router.post("/applicants", summary="Push applicants: new ones are added, known references are changed")
def add_applicants(caller: Writer, pushed: PushedApplicants) -> PushedShape:
    done = push_applicants(caller.work, caller.hold(), pushed.applicants, caller.doing)
    return PushedShape(change=done.change, faults=fault_shapes(done.left))


def row_shape(table: KeptTable, row: KeptRow) -> RowShape:
    return RowShape(
        row_id=row.row_id, since=row.since, cells=dict(zip(table.columns, row.cells, strict=True))
    )
