"""The campaign's tables: all of them, one with its rows, its settings. One row is in `table_rows.py`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Table
from api.errors import BadInput
from api.imports.columns import TABLES
from api.imports.settings import SETTINGS
from api.permissions import Permission, may
from api.presenters.data_table import TableQuery, rows_to_download
from api.presenters.fault_links import fault_causes
from api.presenters.frame import PageError
from api.presenters.row_form import errors_by_column, field_id
from api.presenters.settings_page import other_rows, setting_field, setting_line, setting_lines
from api.presenters.table_pages import table_label, table_lines, table_page, table_rows
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, show
from api.routes.downloads import table_file
from api.routes.table_rows import conflict_page, number_of
from api.services.faults_left import faults_left
from api.services.open_campaign import Opened
from api.services.save_row import Conflict, add_column, columns_to_add, save_setting
from api.storage.repositories.campaigns import KeptTable

router = APIRouter(prefix="/campaigns/{campaign}/tables", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_TABLES)]
Changer = Annotated[Caller, needs(Permission.CHANGE_TABLES)]


@router.get("")
def tables_page(caller: Reader) -> Response:
    opened = caller.opened()
    before, later = table_lines(opened.tables, opened.faults, base_of(caller))
    return show(
        caller,
        "tables/all.html",
        "What does this campaign know?",
        before=before,
        later=later,
        faults=fault_causes(opened.faults, opened.tables, base_of(caller)),
        has_tables=bool(opened.tables),
        may_change=may(caller.standing, Permission.CHANGE_TABLES),
    )


@router.get("/settings")
def settings_page(caller: Reader, change: int | None = None, saved: int = 0) -> Response:
    opened = _opened_at(caller, "settings", change)
    kept = opened.tables.get("settings")
    if kept is not None and (wanted := caller.request.query_params.get("download")):
        return _download(caller, kept, opened, TableQuery(), wanted, False)
    return show(
        caller,
        "tables/settings.html",
        "What are the rules of this campaign?" if change is None else "What were the rules of this campaign?",
        lines=setting_lines(kept, opened.faults),
        others=other_rows(kept),
        change=change,
        left=_left(caller, opened, saved) if change is None else (),
        may_change=change is None and may(caller.standing, Permission.CHANGE_TABLES),
    )


@router.get("/settings/{setting}")
def setting_page(caller: Changer, setting: str) -> Response:
    return _setting_page(caller, setting)


@router.post("/settings/{setting}")
def change_setting(caller: Changer, form: Form, setting: str) -> Response:
    if setting not in SETTINGS:
        raise NotYours
    value, seen = field(form, field_id(setting)), number_of(field(form, "seen"))
    record = caller.hold()
    try:
        done = save_setting(caller.work, record, setting, seen, value, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _setting_page(caller, setting, bad, value, seen)
    if isinstance(done, Conflict):
        caller.refuse()
        return conflict_page(caller, done, setting)
    return on_to(f"{base_of(caller)}/tables/settings?saved={done.change}", f"Saved: {setting}.")


@router.get("/{table}")
def one_table_page(caller: Reader, table: str, change: int | None = None, saved: int = 0) -> Response:
    parameters = dict(caller.request.query_params)
    opened = _opened_at(caller, table, change)
    query, only_faulty = TableQuery.read(parameters), "faulty" in parameters
    kept = opened.tables.get(table)
    if kept is not None and (wanted := parameters.get("download")):
        return _download(caller, kept, opened, query, wanted, only_faulty)
    address = f"{base_of(caller)}/tables/{table}"
    is_now = change is None
    in_address = [("change", str(change))] if change is not None else []
    in_address += [("faulty", "1")] if only_faulty else []
    drawn = kept and table_page(
        kept,
        opened.tables,
        opened.faults,
        query,
        address,
        only_faulty=only_faulty,
        kept=in_address,
        links=is_now,
    )
    title = f"What is in {table_label(table)}?" if is_now else f"What was in {table_label(table)}?"
    return show(
        caller,
        "tables/table.html",
        title,
        table=drawn,
        spec=TABLES[table],
        label=table_label(table),
        number=len(kept.rows) if kept else 0,
        faulty=sum(1 for fault in opened.faults if fault.table == table),
        only_faulty=only_faulty,
        change=change,
        address=address,
        left=_left(caller, opened, saved) if is_now else (),
        to_add=columns_to_add(table, kept.columns) if kept else (),
        may_change=is_now and may(caller.standing, Permission.CHANGE_TABLES),
    )


@router.post("/{table}/columns")
def new_column(caller: Changer, form: Form, table: str) -> Response:
    column = field(form, "column")
    record = caller.hold()
    if table not in caller.work.campaigns.tables(record):
        raise NotYours
    add_column(caller.work, record, table, column, caller.doing)
    said = f"The column {column} is there now, empty in every row."
    return on_to(f"{base_of(caller)}/tables/{table}", said)


def _opened_at(caller: Caller, table: str, change: int | None) -> Opened:
    if table not in TABLES or (change is not None and not 0 <= change <= caller.campaign.change):
        raise NotYours
    return caller.opened(change)


def _left(caller: Caller, opened: Opened, saved: int) -> object:
    faults = faults_left(caller.work, caller.campaign, saved)
    return fault_causes(faults, opened.tables, base_of(caller))


def _download(
    caller: Caller, kept: KeptTable, opened: Opened, query: TableQuery, wanted: str, only_faulty: bool
) -> Response:
    """The rows that the page's search found, as they are kept: the file can be brought in again."""
    numbered = range(2, len(kept.rows) + 2)
    wrong = {fault.row for fault in opened.faults if fault.table == kept.name}
    rows = [
        row for number, row in zip(numbered, kept.rows, strict=True) if number in wrong or not only_faulty
    ]
    columns, cells = table_rows(kept, opened.tables, opened.faults, "", only_faulty=only_faulty)
    by_first = {id(drawn[0]): row for drawn, row in zip(cells, rows, strict=True)}
    found = [by_first[id(drawn[0])].cells for drawn in rows_to_download(columns, cells, query)]
    table = Table(kept.name, kept.columns, tuple(found))
    return table_file(caller, table, wanted)


def _setting_page(
    caller: Caller, setting: str, bad: BadInput | None = None, typed: str = "", seen: int = 0
) -> Response:
    if setting not in SETTINGS:
        raise NotYours
    opened = caller.opened()
    kept = opened.tables.get("settings")
    line = setting_line(setting, kept, opened.faults)
    value = typed if bad else line.value
    words = ". ".join(line.errors)
    if bad:
        words = ". ".join(errors_by_column(bad.faults, ()).values())
    errors = (PageError(f"{line.label}: {words}", f"#{field_id(setting)}"),) if words else ()
    return show(
        caller,
        "tables/setting.html",
        f"What should {line.label[0].lower()}{line.label[1:]} be?",
        errors=errors,
        status=422 if bad else 200,
        line=line,
        column=SETTINGS[setting],
        field=setting_field(setting, value, opened.tables, words),
        seen=seen if bad else line.seen,
    )
