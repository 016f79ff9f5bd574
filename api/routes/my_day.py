"""What is published, for those it concerns: an assessor's own days, and a partner council's own people.

Nothing else of a timetable can be had here, and nothing that is not published.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.permissions import Permission
from api.presenters.own_days import council_days, own_days
from api.routes.access import Caller, needs
from api.routes.answers import show
from api.routes.drafts import zone_of
from api.services.published_timetable import latest_published

router = APIRouter(prefix="/campaigns/{campaign}", include_in_schema=False)


@router.get("/my-day")
def my_day_page(caller: Annotated[Caller, needs(Permission.READ_OWN_TIMETABLE)]) -> Response:
    published = latest_published(caller.work, caller.campaign)
    days = None
    if published is not None:
        days = own_days(published.reading.campaign, published.reading.timetable, caller.standing.person)
    return show(
        caller,
        "my_day/my_day.html",
        "Where am I needed, and when?",
        days=days,
        publication=published.publication if published else None,
        zone=zone_of(caller),
    )


@router.get("/our-people")
def our_people_page(caller: Annotated[Caller, needs(Permission.READ_COUNCIL_TIMETABLE)]) -> Response:
    published = latest_published(caller.work, caller.campaign)
    days = None
    if published is not None:
        days = council_days(published.reading.campaign, published.reading.timetable, caller.standing.council)
    return show(
        caller,
        "my_day/our_people.html",
        "When are our people needed?",
        days=days,
        publication=published.publication if published else None,
        zone=zone_of(caller),
    )
