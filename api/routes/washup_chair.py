"""What hangs on the wash-up: ranks and offers. For the chair alone, and never on a page that a panel sees."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.exports.packs.washup_chair import chair_sheet
from api.presenters.washup_page import cell_page, cell_path, chair_lead, hanging
from api.routes.answers import base_of, show
from api.routes.downloads import file
from api.routes.washup import Chair, item_of, opened_or_said, opened_washup
from api.services.open_washup import effect_of_washup, what_hangs_on
from api.services.single_paper import paper_files

router = APIRouter(prefix="/campaigns/{campaign}/washup", include_in_schema=False)

TITLE = "What hangs on the wash-up?"


@router.get("/chair")
def chair_page(caller: Chair) -> Response:
    opened = opened_or_said(caller, TITLE)
    if isinstance(opened, Response):
        return opened
    washup = effect_of_washup(caller.work, caller.campaign, opened)
    sheet = chair_sheet(washup)
    base = base_of(caller)
    urls = [
        cell_path(base, (s.discrepancy.applicant, s.discrepancy.exercise, s.discrepancy.criterion))
        for s in washup.stakes
    ]
    return show(
        caller,
        "washup/chair.html",
        TITLE,
        lead=chair_lead(washup),
        sheet=sheet,
        stakes=list(zip(sheet.stakes, urls, strict=True)),
    )


@router.get("/chair.pdf")
def chair_paper(caller: Chair) -> Response:
    opened = opened_washup(caller)
    washup = effect_of_washup(caller.work, caller.campaign, opened)
    files = paper_files("washup_chair", "Wash-up: the chair's page", chair_sheet(washup), opened.campaign)
    return file(caller, files["washup_chair.pdf"], "washup_chair.pdf")


@router.get("/{applicant}/{exercise}/{criterion}/chair")
def one_chair_page(caller: Chair, applicant: str, exercise: str, criterion: str) -> Response:
    opened = opened_washup(caller)
    item = item_of(opened, (applicant, exercise, criterion))
    stake, why = (None, ()) if item.waits else what_hangs_on(item, opened.campaign)
    return show(
        caller,
        "washup/hanging.html",
        f"Does an offer hang on this rating of {applicant}?",
        cell=cell_page(opened, item, base_of(caller)),
        hanging=hanging(opened.campaign, stake, why),
    )
