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
from api.services.look_at_own import assessor_home, council_home
from api.services.look_over_campaign import look_over_campaign

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
    if not may(caller.standing, Permission.READ_TABLES):
        return _own_home(caller)
    opened = caller.opened()
    zone = time_zone_of(opened, caller.settings.time_zone)
    state = look_over_campaign(caller.work, caller.campaign, opened, caller.now, zone)
    home = campaign_home(
        state,
        base_of(caller),
        may(caller.standing, Permission.CHANGE_TABLES),
        may(caller.standing, Permission.READ_RESULTS),
    )
    return show(caller, "campaigns/home.html", "What is done, what is next, what is wrong?", home=home)


def _own_home(caller: Caller) -> Response:
    """For assessors and officers: the answer they need first, and nothing else about the campaign."""
    standing, opened = caller.standing, caller.opened()
    if standing.role is Role.OFFICER:
        home = council_home(caller.work, caller.campaign, opened, standing.council, caller.now)
    else:
        zone = time_zone_of(opened, caller.settings.time_zone)
        home = assessor_home(caller.work, caller.campaign, opened, standing.person, caller.now, zone)
    return show(caller, "campaigns/mine.html", "What is there for you?", home=home)
