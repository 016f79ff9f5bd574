"""A campaign's versions and its tables as files: every change, how the tables stood then, taking one back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.exports.blank_workbook import CHOICES_MAX, blank_workbook
from api.exports.csv_archive import archive_bytes
from api.exports.packs.wording import plain_name
from api.exports.xlsx import workbook_bytes
from api.permissions import Permission, may
from api.presenters.data_table import TableQuery
from api.presenters.makers import maker_name
from api.presenters.version_lines import kind_in_words, names_of_rows, version_table
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, show
from api.routes.downloads import file
from api.routes.table_rows import number_of
from api.services.campaign_clock import time_zone_of
from api.services.change_tables import FINAL, undo_change
from api.services.look_back import difference, look_back
from api.services.open_campaign import Opened, plain_tables

router = APIRouter(prefix="/campaigns/{campaign}/bring-in", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_TABLES)]
Changer = Annotated[Caller, needs(Permission.CHANGE_TABLES)]


@router.get("/blank.xlsx")
def blank(caller: Reader, choices: int = 3) -> Response:
    if not 1 <= choices <= CHOICES_MAX:
        raise NotYours
    return file(caller, blank_workbook(choices), "campaign-to-fill-in.xlsx")


@router.get("/campaign.xlsx")
def whole_workbook(caller: Reader) -> Response:
    return _workbook(caller, caller.opened())


@router.get("/campaign.zip")
def whole_archive(caller: Reader) -> Response:
    return _archive(caller, caller.opened())


@router.get("/versions")
def versions_page(caller: Reader) -> Response:
    changes = caller.work.campaigns.changes(caller.campaign)
    names = caller.work.accounts.names_of({change.made_by for change in changes})
    zone = time_zone_of(caller.opened(), caller.settings.time_zone)
    query = TableQuery.read(dict(caller.request.query_params))
    address = f"{base_of(caller)}/bring-in/versions"
    return show(
        caller,
        "bring_in/versions.html",
        "What was changed, when, and by whom?",
        number=len(changes),
        table=version_table(changes, names, query, address, zone),
        may_change=may(caller.standing, Permission.CHANGE_TABLES),
    )


@router.get("/versions/{change}")
def version_page(caller: Reader, change: int) -> Response:
    opened = _opened_at(caller, change)
    found = look_back(caller.work, caller.campaign, change)
    if found is None:
        raise NotYours
    before = caller.opened(change - 1)
    names = caller.work.accounts.names_of({found.change.made_by})
    return show(
        caller,
        "bring_in/version.html",
        f"What did change {change} do?",
        change=found.change,
        who=maker_name(found.change.made_by, names),
        how=kind_in_words(found.change.kind),
        zone=time_zone_of(caller.opened(), caller.settings.time_zone),
        changes=found.changes,
        names=names_of_rows(plain_tables(before.tables), plain_tables(opened.tables)),
        tables=[(name, len(table.rows)) for name, table in plain_tables(opened.tables).items()],
        faults=len(opened.faults),
        is_latest=change == caller.campaign.change,
        may_change=may(caller.standing, Permission.CHANGE_TABLES),
    )


@router.get("/versions/{change}/campaign.xlsx")
def workbook_then(caller: Reader, change: int) -> Response:
    return _workbook(caller, _opened_at(caller, change), f"-change-{change}")


@router.get("/versions/{change}/campaign.zip")
def archive_then(caller: Reader, change: int) -> Response:
    return _archive(caller, _opened_at(caller, change), f"-change-{change}")


@router.get("/undo")
def undo_page(caller: Changer) -> Response:
    return _undo_page(caller)


@router.post("/undo")
def undo(caller: Changer, form: Form) -> Response:
    record = caller.hold()
    if record.change != number_of(field(form, "seen")):
        return _undo_page(caller, moved=True)
    last = caller.work.campaigns.change(record, record.change)
    if last is not None and last.kind in FINAL:
        return _undo_page(caller)
    undone = record.change
    number = undo_change(caller.work, record, caller.doing)
    said = f"Change {undone} is taken back. This was change {number}."
    return on_to(f"{base_of(caller)}/bring-in/versions", said)


def _undo_page(caller: Caller, moved: bool = False) -> Response:
    record = caller.campaign
    last = caller.work.campaigns.change(record, record.change)
    if last is None:
        return on_to(f"{base_of(caller)}/bring-in/versions", "There is no change to take back.")
    names = caller.work.accounts.names_of({last.made_by})
    now, before = caller.opened(), caller.opened(record.change - 1)
    return show(
        caller,
        "bring_in/undo.html",
        "Should the latest change be undone?",
        status=409 if moved else 200,
        moved=moved,
        last=last,
        is_final=last.kind in FINAL,
        who=maker_name(last.made_by, names),
        zone=time_zone_of(now, caller.settings.time_zone),
        changes=difference(caller.work, record, record.change, record.change - 1),
        names=names_of_rows(plain_tables(before.tables), plain_tables(now.tables)),
    )


def _opened_at(caller: Caller, change: int) -> Opened:
    if not 0 <= change <= caller.campaign.change:
        raise NotYours
    return caller.opened(change)


def _workbook(caller: Caller, opened: Opened, then: str = "") -> Response:
    tables = plain_tables(opened.tables).values()
    # A workbook must have a sheet; where there is no table yet, the one to fill in is what helps.
    content = workbook_bytes(tables) if tables else blank_workbook()
    return file(caller, content, f"{plain_name(opened.name)}{then}.xlsx")


def _archive(caller: Caller, opened: Opened, then: str = "") -> Response:
    content = archive_bytes(plain_tables(opened.tables).values())
    return file(caller, content, f"{plain_name(opened.name)}{then}.zip")
