"""The list of one's campaigns, and a campaign's home: what is done, what is next, what is wrong."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.permissions import Permission, Role
from api.routes.access import Caller, needs
from api.routes.answers import on_to, show

router = APIRouter(include_in_schema=False)


@router.get("/")
def campaigns_page(caller: Annotated[Caller, needs(Permission.HAVE_ACCOUNT)]) -> Response:
    assert caller.account is not None
    mine = [(record, Role(m.role)) for m, record in caller.work.memberships.campaigns_of(caller.account.id)]
    if len(mine) == 1 and not caller.standing.is_administrator:
        return on_to(f"/campaigns/{mine[0][0].id}")
    return show(caller, "campaigns/list.html", "Your campaigns", mine=mine)


@router.get("/campaigns/{campaign}")
def home_page(caller: Annotated[Caller, needs(Permission.ENTER_CAMPAIGN)]) -> Response:
    return show(caller, "campaigns/home.html", "What is done, what is next, what is wrong?")
