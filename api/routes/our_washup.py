"""The wash-up for those who rated: their own discrepancies, side by side once everybody has locked.

To be read only, and nothing in it of ranks, offers, other panels, or who else gave which rating.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.washup_page import own_answer, own_cells, own_waiting
from api.routes.access import Caller, needs
from api.routes.answers import show
from api.services.follow_ratings import raters_for
from api.services.open_washup import open_washup

router = APIRouter(prefix="/campaigns/{campaign}", include_in_schema=False)


@router.get("/our-washup")
def our_washup_page(caller: Annotated[Caller, needs(Permission.JOIN_WASHUP)]) -> Response:
    try:
        opened = open_washup(caller.work, caller.campaign)
    except BadInput:
        opened = None
    own = raters_for(opened.campaign, caller.standing.person) if opened else frozenset()
    cells = own_cells(opened, own) if opened else ()
    return show(
        caller,
        "washup/ours.html",
        "Where do my ratings lie far from others’?",
        answer=own_answer(cells),
        cells=cells,
        waiting=own_waiting(opened, own) if opened else 0,
    )
