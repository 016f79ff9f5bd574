"""One row of a table: looked at, added, changed, taken away; where two people change it, both versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.errors import BadInput, Fault
from api.imports.columns import TABLES
from api.permissions import Permission, may
from api.presenters.frame import PageError
from api.presenters.makers import maker_name
from api.presenters.row_conflict import conflict_lines
from api.presenters.row_form import RowField, errors_by_column, field_id, row_fields, typed_cells
from api.presenters.table_pages import row_history, table_label
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, fault_words, on_to, show
from api.services.change_tables import RowChanged, add_row, new_columns
from api.services.compare_tables import ROWS_IN_WORDS
from api.services.open_campaign import Opened
from api.services.save_row import Conflict, save_row, take_row_away
from api.storage.repositories.campaigns import KeptRow, KeptTable

router = APIRouter(prefix="/campaigns/{campaign}/tables/{table}/rows", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_TABLES)]
Changer = Annotated[Caller, needs(Permission.CHANGE_TABLES)]
RowId = Annotated[int, Path(ge=0, lt=2**53)]


@router.get("/new")
def new_row_page(caller: Changer, table: str) -> Response:
    return _new_row_page(caller, table, {})


@router.post("/new")
def new_row(caller: Changer, form: Form, table: str) -> Response:
    _known(table)
    record = caller.hold()
    cells = _typed(form, table, _columns(caller.work.campaigns.tables(record), table), {})
    try:
        done = add_row(caller.work, record, table, cells, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _new_row_page(caller, table, cells, bad.faults)
    return _on_to_table(caller, table, done, f"Added {row_words(table, next(iter(cells.values()), ''))}.")


@router.get("/{row_id}")
def row_page(caller: Reader, table: str, row_id: RowId) -> Response:
    kept, row = _row(caller.opened(), table, row_id)
    return _row_page(caller, kept, row, dict(zip(kept.columns, row.cells, strict=True)), row.since)


@router.post("/{row_id}")
def change_row(caller: Changer, form: Form, table: str, row_id: RowId) -> Response:
    record = caller.hold()
    kept = _table(caller.work.campaigns.tables(record), table)
    row = _state(caller, table, row_id)
    seen = number_of(field(form, "seen"))
    cells = _typed(form, table, kept.columns, dict(zip(kept.columns, row.cells, strict=False)))
    try:
        done = save_row(caller.work, record, table, row_id, seen, cells, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _row_page(caller, kept, row, cells, seen, bad.faults)
    if isinstance(done, Conflict):
        caller.refuse()
        return conflict_page(caller, done)
    return _on_to_table(caller, table, done, f"Saved: {row_words(table, cells.get(kept.columns[0], ''))}.")


@router.get("/{row_id}/remove")
def remove_page(caller: Changer, table: str, row_id: RowId) -> Response:
    return _remove_page(caller, table, row_id)


@router.post("/{row_id}/remove")
def remove(caller: Changer, form: Form, table: str, row_id: RowId) -> Response:
    record = caller.hold()
    _table(caller.work.campaigns.tables(record), table)
    state = _state(caller, table, row_id)
    try:
        done = take_row_away(caller.work, record, table, row_id, number_of(field(form, "seen")), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _remove_page(caller, table, row_id, faults=bad.faults)
    if isinstance(done, Conflict) and done.theirs is None:
        return on_to(f"{base_of(caller)}/tables/{table}", "It was removed already.")
    if isinstance(done, Conflict):
        caller.refuse()
        return _remove_page(caller, table, row_id, done)
    return _on_to_table(caller, table, done, f"Removed {row_words(table, state.cells[0])}.")


def conflict_page(caller: Caller, conflict: Conflict, setting: str = "") -> Response:
    """Both versions of a row that two people changed, to keep either."""
    names = caller.work.accounts.names_of({conflict.by})
    address = f"{base_of(caller)}/tables/{conflict.table}"
    what = f"the setting {setting}" if setting else row_words(conflict.table, _first(conflict.began))
    return show(
        caller,
        "tables/conflict.html",
        f"Somebody else changed {what}. Which version is right?",
        status=409,
        lines=conflict_lines(
            conflict.columns,
            conflict.began,
            conflict.theirs,
            conflict.mine,
            conflict.changed_by_them,
            conflict.changed_by_me,
        ),
        what=what,
        who=maker_name(conflict.by, names),
        at=conflict.at,
        is_gone=conflict.theirs is None,
        now=conflict.now,
        mine=_sent(conflict.mine, setting),
        both=_sent(conflict.both, setting) if conflict.both and conflict.changed_by_me else (),
        action=_action(address, conflict, setting),
        theirs_url=f"{address}/{setting}" if setting else address,
    )


def row_words(table: str, reference: str) -> str:
    """A row in a sentence: "applicant A017"; where its first cell is empty, what such a row is called."""
    one, _ = ROWS_IN_WORDS.get(table, (table.removesuffix("s"), table))
    return f"{one} {reference}".strip()


def number_of(text: str) -> int:
    """A number that a page of ours has put into a form; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _new_row_page(
    caller: Caller, table: str, cells: Mapping[str, str], faults: Iterable[Fault] = ()
) -> Response:
    _known(table)
    opened = caller.opened()
    columns = _columns(opened.tables, table)
    fields = row_fields(table, columns, cells, opened.tables, faults)
    errors = _page_errors(fields, errors_by_column(faults, columns))
    return show(
        caller,
        "tables/new_row.html",
        f"What should the new {row_words(table, '')} say?",
        errors=errors,
        status=422 if errors else 200,
        fields=fields,
        label=table_label(table),
        help=TABLES[table].help,
        address=f"{base_of(caller)}/tables/{table}",
    )


def _row_page(
    caller: Caller,
    kept: KeptTable,
    row: KeptRow,
    cells: Mapping[str, str],
    seen: int,
    faults: Iterable[Fault] | None = None,
) -> Response:
    opened, table = caller.opened(), kept.name
    number = kept.rows.index(row) + 2 if row in kept.rows else 0
    here = (
        [f for f in opened.faults if (f.table, f.row) == (table, number)] if faults is None else list(faults)
    )
    fields = row_fields(table, kept.columns, cells, opened.tables, here)
    work, record = caller.work, caller.campaign
    states = work.campaigns.history_of_row(record, row.row_id)
    changes = {state.since: work.campaigns.change(record, state.since) for state in states}
    names = work.accounts.names_of({change.made_by for change in changes.values() if change})
    made = {n: (c.made_at, maker_name(c.made_by, names)) for n, c in changes.items() if c}
    return show(
        caller,
        "tables/row.html",
        f"What is kept about {row_words(table, row.cells[0])}?",
        errors=_page_errors(fields, errors_by_column(here, kept.columns)),
        status=200 if faults is None else 422,
        fields=fields,
        history=row_history(table, states, work.campaigns.headers_since(record, table), made),
        label=table_label(table),
        what=row_words(table, row.cells[0]),
        number=number,
        total=len(kept.rows),
        seen=seen,
        address=f"{base_of(caller)}/tables/{table}",
        row_id=row.row_id,
        may_change=may(caller.standing, Permission.CHANGE_TABLES),
    )


def _remove_page(
    caller: Caller,
    table: str,
    row_id: int,
    conflict: Conflict | None = None,
    faults: Iterable[Fault] = (),
) -> Response:
    kept, row = _row(caller.opened(), table, row_id)
    names = caller.work.accounts.names_of({conflict.by}) if conflict else {}
    return show(
        caller,
        "tables/remove_row.html",
        f"Should {row_words(table, row.cells[0])} go?",
        errors=(errors := tuple(PageError(fault_words(fault), "#main-content") for fault in faults)),
        status=409 if conflict else 422 if errors else 200,
        cells=[(c, text) for c, text in zip(kept.columns, row.cells, strict=True) if text],
        label=table_label(table),
        what=row_words(table, row.cells[0]),
        seen=row.since,
        address=f"{base_of(caller)}/tables/{table}",
        row_id=row_id,
        changed_by=maker_name(conflict.by, names) if conflict else "",
        changed_at=conflict.at if conflict else None,
    )


def _on_to_table(caller: Caller, table: str, done: RowChanged, said: str) -> Response:
    return on_to(f"{base_of(caller)}/tables/{table}?saved={done.change}", said)


def _page_errors(fields: Iterable[RowField], errors: Mapping[str, str]) -> tuple[PageError, ...]:
    """What is wrong, each with the field to go to; what concerns the whole row comes first."""
    found = [PageError(errors[""], "#main-content")] if "" in errors else []
    found += [PageError(f"{f.label}: {f.error}", f"#{f.focus}") for f in fields if f.error]
    return tuple(found)


def _typed(form: FormData, table: str, columns: Iterable[str], before: Mapping[str, str]) -> dict[str, str]:
    spec = TABLES[table]
    declared = [(name, column) for name in columns if (column := spec.column(name)) is not None]
    return typed_cells(declared, before, lambda name: [v for v in form.getlist(name) if isinstance(v, str)])


def _sent(cells: Mapping[str, str] | None, setting: str) -> tuple[tuple[str, str], ...]:
    """Cells as a form sends them."""
    if setting:
        return ((field_id(setting), (cells or {}).get("value", "")),)
    return tuple((field_id(column), text) for column, text in (cells or {}).items())


def _action(address: str, conflict: Conflict, setting: str) -> str:
    if setting:
        return f"{address}/{setting}"
    return f"{address}/rows/new" if conflict.theirs is None else f"{address}/rows/{conflict.row_id}"


def _first(cells: Mapping[str, str]) -> str:
    return next(iter(cells.values()), "")


def _known(table: str) -> None:
    if table not in TABLES:
        raise NotYours


def _columns(tables: Mapping[str, KeptTable], table: str) -> tuple[str, ...]:
    return tables[table].columns if table in tables else new_columns(TABLES[table])


def _table(tables: Mapping[str, KeptTable], table: str) -> KeptTable:
    if table not in tables:
        raise NotYours
    return tables[table]


def _row(opened: Opened, table: str, row_id: int) -> tuple[KeptTable, KeptRow]:
    kept = _table(opened.tables, table)
    row = kept.row(row_id)
    if row is None:
        raise NotYours
    return kept, row


def _state(caller: Caller, table: str, row_id: int) -> KeptRow:
    """How a row of this table stands, or stood last; it may be gone by now."""
    if caller.work.campaigns.table_of_row(caller.campaign, row_id) != table:
        raise NotYours
    return caller.work.campaigns.history_of_row(caller.campaign, row_id)[0]
