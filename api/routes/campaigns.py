"""The list of one's campaigns, and a campaign's home: what is done, what is next, what is wrong."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.permissions import Permission, Role, may
from api.presenters.campaign_home import campaign_home
from api.routes.access import Caller, needs
from api.routes.answers import base_of, on_to, show
from api.services.campaign_clock import time_zone_of
from api.services.look_over_campaign import look_over_campaign

router = APIRouter(include_in_schema=False)

OWN_HOMES = {
    Role.ASSESSOR: (
        "See where you are wanted, and when, once it is published.",
        "See my day",
        "/my-day",
    ),
    Role.OFFICER: (
        "See where your council’s people are wanted, once it is published.",
        "See our people",
        "/our-people",
    ),
}


@router.get("/")
def campaigns_page(caller: Annotated[Caller, needs(Permission.HAVE_ACCOUNT)]) -> Response:
    assert caller.account is not None
    mine = [(record, Role(m.role)) for m, record in caller.work.memberships.campaigns_of(caller.account.id)]
    if len(mine) == 1 and not caller.standing.is_administrator:
        return on_to(f"/campaigns/{mine[0][0].id}")
    return show(caller, "campaigns/list.html", "Your campaigns", mine=mine)


@router.get("/campaigns/{campaign}")
def home_page(caller: Annotated[Caller, needs(Permission.ENTER_CAMPAIGN)]) -> Response:
    if not may(caller.standing, Permission.READ_TABLES):
        return _own_home(caller)
    opened = caller.opened()
    zone = time_zone_of(opened, caller.settings.time_zone)
    state = look_over_campaign(caller.work, caller.campaign, opened, caller.now, zone)
    home = campaign_home(state, base_of(caller), may(caller.standing, Permission.CHANGE_TABLES))
    return show(caller, "campaigns/home.html", "What is done, what is next, what is wrong?", home=home)


def _own_home(caller: Caller) -> Response:
    """For assessors and officers: what they can do here, and nothing else about the campaign."""
    what, act, path = OWN_HOMES[caller.standing.role or Role.ASSESSOR]
    return show(caller, "campaigns/mine.html", "What can you do here?", what=what, act=act, path=path)
