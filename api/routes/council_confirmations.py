"""For the lead authority: which councils have confirmed that they received word of their trainees."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.exports.tables import csv_text
from api.permissions import Permission
from api.presenters.council_receipts import COLUMNS, receipts_answer, receipts_rows, receipts_table
from api.presenters.data_table import TableQuery, data_table
from api.presenters.desk_trainees import Told
from api.routes.access import Caller, needs
from api.routes.answers import base_of, show
from api.routes.downloads import file
from api.services.council_receipts import council_receipts

router = APIRouter(prefix="/campaigns/{campaign}/offers/councils", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_RESULTS)]


@router.get("")
def councils_page(caller: Reader) -> Response:
    told, receipts = council_receipts(caller.opened().campaign, caller.now)
    if caller.request.query_params.get("download") == "csv":
        content = csv_text(receipts_table(receipts)).encode()
        return file(caller, content, "councils-and-their-trainees.csv")
    table = data_table(
        "Councils and their trainees",
        COLUMNS,
        receipts_rows(receipts),
        TableQuery.read(caller.request.query_params),
        f"{base_of(caller)}/offers/councils",
        nouns=("council", "councils"),
        downloads=(("CSV", "csv"),),
    )
    return show(
        caller,
        "desk/receipts.html",
        "Which councils have confirmed their trainees?",
        answer=receipts_answer(receipts) if told is Told.RELEASED else "",
        is_held_up=told is Told.HELD_UP,
        table=table,
    )
