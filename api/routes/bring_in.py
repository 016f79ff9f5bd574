"""Bringing tables in: files are taken, looked at, and applied when a person has seen what would change.

Versions and the campaign as files are in `versions.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from api.errors import BadInput, Fault, sentence_of
from api.imports.limits import UPLOAD_BYTES_MAX
from api.imports.upload import Upload
from api.permissions import Permission
from api.presenters.fault_links import fault_causes
from api.presenters.faults import headline
from api.presenters.frame import PageError
from api.presenters.makers import maker_name
from api.presenters.uploads import marked_name, upload_faults, upload_lines
from api.presenters.version_lines import names_of_rows
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, show
from api.routes.downloads import file
from api.routes.table_rows import number_of
from api.services.campaign_clock import time_zone_of
from api.services.examine_upload import apply_upload, apply_words, examine_upload, marked_upload
from api.services.open_campaign import plain_tables
from api.services.receive_upload import KEPT_DAYS, receive_upload
from api.storage.tables.campaigns import StoredUpload

router = APIRouter(prefix="/campaigns/{campaign}/bring-in", include_in_schema=False)


Changer = Annotated[Caller, needs(Permission.CHANGE_TABLES)]
NO_FILE = "Choose a workbook, CSV files or an archive of CSV files first"


@router.get("")
def bring_in_page(caller: Changer) -> Response:
    return _page(caller)


@router.post("")
def take_in(caller: Changer, form: Form) -> Response:
    files = _files(form)
    if not files:
        caller.refuse()
        return _page(caller, PageError(NO_FILE, "#files"))
    upload = receive_upload(caller.work, caller.campaign, files, caller.doing)
    return on_to(f"{base_of(caller)}/bring-in/{upload.id}")


@router.get("/{upload}")
def upload_page(caller: Changer, upload: str) -> Response:
    return _upload_page(caller, _upload(caller, upload))


@router.get("/{upload}/marked.xlsx")
def marked(caller: Changer, upload: str) -> Response:
    kept = _upload(caller, upload)
    examined = examine_upload(caller.work, kept, caller.opened())
    name = marked_name([name for name, _ in caller.work.uploads.files_of(kept)])
    return file(caller, marked_upload(caller.work, kept, examined), name)


@router.post("/{upload}/apply")
def apply(caller: Changer, form: Form, upload: str) -> Response:
    kept = _upload(caller, upload)
    if kept.applied_as is not None:
        return on_to(
            f"{base_of(caller)}/bring-in/{upload}", f"It was applied already, as change {kept.applied_as}."
        )
    # Read before the campaign is held: reading may take seconds.
    examined = examine_upload(caller.work, kept, caller.opened())
    record = caller.hold()
    if record.change != number_of(field(form, "seen")) or record.change != examined.change:
        return _upload_page(caller, kept, moved=True)
    if not examined.is_sound or not examined.changes:
        return _upload_page(caller, kept)
    try:
        number = apply_upload(caller.work, record, kept, examined, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _upload_page(caller, kept, refused=bad.faults)
    return on_to(f"{base_of(caller)}/bring-in/versions/{number}", f"Applied, as change {number}.")


def _page(caller: Caller, error: PageError | None = None) -> Response:
    opened = caller.opened()
    uploads = caller.work.uploads.of(caller.campaign.id)
    names = caller.work.accounts.names_of({upload.made_by for upload, _ in uploads})
    zone = time_zone_of(opened, caller.settings.time_zone)
    return show(
        caller,
        "bring_in/choose.html",
        "What would you like to bring in?",
        errors=(error,) if error else (),
        status=422 if error else 200,
        uploads=upload_lines(uploads, names, base_of(caller), zone),
        kept_days=KEPT_DAYS,
        megabytes=UPLOAD_BYTES_MAX // 1_000_000,
        missing=opened.missing,
        has_tables=bool(opened.tables),
        change=caller.campaign.change,
    )


def _upload_page(
    caller: Caller, upload: StoredUpload, moved: bool = False, refused: Sequence[Fault] = ()
) -> Response:
    opened = caller.opened()
    examined = examine_upload(caller.work, upload, opened)
    names = caller.work.accounts.names_of({upload.made_by})
    present = plain_tables(opened.tables)
    return show(
        caller,
        "bring_in/upload.html",
        "What did I just upload, and what is wrong with it?"
        if examined.faults or examined.faults_there
        else "What would this upload change?",
        status=409 if moved else 422 if refused else 200,
        moved=moved,
        refused=[sentence_of(fault) for fault in refused],
        upload=upload,
        files=[name or "no name" for name, _ in caller.work.uploads.files_of(upload)],
        who=maker_name(upload.made_by, names),
        zone=time_zone_of(opened, caller.settings.time_zone),
        examined=examined,
        headline=headline(examined.faults),
        groups=upload_faults(examined.faults, examined.sheets),
        there=fault_causes(examined.faults_there, opened.tables, base_of(caller)),
        names=names_of_rows(examined.tables, present),
        act=apply_words(examined.changes),
    )


def _upload(caller: Caller, reference: str) -> StoredUpload:
    kept = caller.work.uploads.by_id(caller.campaign.id, reference)
    if kept is None:
        raise NotYours
    return kept


def _files(form: FormData) -> list[Upload]:
    sent = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
    files = [Upload(part.filename or "", part.file.read()) for part in sent]
    # A form sent without a file still sends a nameless empty one.
    return [file for file in files if file.name or file.content]
