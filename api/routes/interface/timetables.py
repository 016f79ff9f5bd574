"""Timetables and what was published of them: listed, read as JSON, downloaded as the files of the format."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.errors import Fault
from api.imports.csv_folder import csv_table
from api.permissions import Permission
from api.routes.access import Caller, NotYours, needs_token
from api.routes.downloads import file
from api.routes.interface.shapes import (
    WHOLE_MAX,
    PublicationShape,
    TimetableShape,
    TimetableSummary,
)
from api.storage.tables.timetables import StoredTimetable

router = APIRouter(prefix="/campaigns/{campaign}", tags=["Timetables"])

Reader = Annotated[Caller, needs_token(Permission.TOKEN_READ)]
Number = Annotated[int, Path(ge=1, le=WHOLE_MAX, description="The draft’s number.")]
CSV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("/timetables", summary="Every draft of a timetable, the newest first")
def list_timetables(caller: Reader) -> list[TimetableSummary]:
    published = _published(caller)
    return [
        TimetableSummary(**_summary(kept, published))
        for kept in caller.work.timetables.all(caller.campaign.id)
    ]


@router.get("/timetables/{number}", summary="One draft: who is where when")
def read_timetable(caller: Reader, number: Number) -> TimetableShape:
    kept = _kept(caller, number)
    return TimetableShape(
        **_summary(kept, _published(caller)),
        timetable=_rows("timetable", kept.timetable_csv),
        rotations=_rows("rotations", kept.rotations_csv),
    )


@router.get(
    "/timetables/{number}/{part}.csv",
    summary="One draft as a file of the campaign format",
    response_class=Response,
    responses=CSV_ANSWER,
)
def download(caller: Reader, number: Number, part: Literal["timetable", "rotations"]) -> Response:
    kept = _kept(caller, number)
    text = kept.timetable_csv if part == "timetable" else kept.rotations_csv
    return file(caller, text.encode(), f"{part}.csv")


@router.get("/publications", summary="Every published version, the newest first")
def list_publications(caller: Reader) -> list[PublicationShape]:
    return [
        PublicationShape(
            version=kept.number,
            timetable=kept.timetable_number,
            change=kept.campaign_change,
            published_at=kept.published_at,
        )
        for kept in caller.work.timetables.publications(caller.campaign.id)
    ]


def _kept(caller: Caller, number: int) -> StoredTimetable:
    kept = caller.work.timetables.by_number(caller.campaign.id, number)
    if kept is None:
        raise NotYours
    return kept


def _published(caller: Caller) -> dict[int, list[int]]:
    """By number of a draft, the versions under which it was published."""
    versions: dict[int, list[int]] = {}
    for kept in caller.work.timetables.publications(caller.campaign.id):
        versions.setdefault(kept.timetable_number, []).insert(0, kept.number)
    return versions


def _summary(kept: StoredTimetable, published: dict[int, list[int]]) -> dict[str, Any]:
    return {
        "number": kept.number,
        "name": kept.name,
        "origin": kept.origin,
        "sentence": kept.sentence,
        "change": kept.campaign_change,
        "made_at": kept.made_at,
        "published_as": published.get(kept.number, []),
    }


def _rows(name: str, text: str) -> list[dict[str, str]]:
    faults: list[Fault] = []
    table = csv_table(name, text, faults) if text else None
    if table is None:
        return []
    empty = ("",) * len(table.header)
    return [dict(zip(table.header, (*row.cells, *empty), strict=False)) for row in table.rows]
