"""What is published, for those it concerns: an assessor's own days.

Nothing else of a timetable can be had here, and nothing that is not published. A partner council's own people
are in `our_people.py`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.permissions import Permission
from api.presenters.own_days import own_days
from api.routes.access import Caller, needs
from api.routes.answers import show
from api.routes.drafts import zone_of
from api.services.own_ratings import own_sheets
from api.services.published_timetable import latest_published

router = APIRouter(prefix="/campaigns/{campaign}", include_in_schema=False)


@router.get("/my-day")
def my_day_page(caller: Annotated[Caller, needs(Permission.READ_OWN_TIMETABLE)]) -> Response:
    published = latest_published(caller.work, caller.campaign)
    days = None
    if published is not None:
        campaign, person = published.reading.campaign, caller.standing.person
        sheets = own_sheets(
            caller.work, caller.campaign, caller.opened().campaign or campaign, published, person
        )
        facts = [own.facts for own in sheets]
        days = own_days(campaign, published.reading.timetable, person, facts)
    return show(
        caller,
        "my_day/my_day.html",
        "Where am I needed, and when?",
        days=days,
        person=caller.standing.person,
        account=caller.standing.account,
        publication=published.publication if published else None,
        zone=zone_of(caller),
    )
