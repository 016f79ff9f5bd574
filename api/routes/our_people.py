"""A partner council's own assessors: when they are needed, and when they can come, which it may say itself.

Whoever is not the council's own assessor is not found. What is published changes only by publishing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.permissions import Permission
from api.presenters.desk_people import (
    away_words,
    our_people,
    own_half_days,
    said_rule,
    session_choices,
)
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, show
from api.routes.drafts import zone_of
from api.services.council_gaps import council_gaps
from api.services.keep_availability import (
    SaidMeanwhile,
    keep_availability,
    needed_but_away,
    newly_away,
    own_assessors,
    said_by,
)
from api.services.published_timetable import Published, latest_published
from scheduler.timetable import Timetable

router = APIRouter(prefix="/campaigns/{campaign}/our-people", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_COUNCIL_TIMETABLE)]
Officer = Annotated[Caller, needs(Permission.WORK_FOR_COUNCIL)]
NOT_NOW = "The organiser is putting the campaign’s tables right. Nothing can be changed here until then."


@router.get("")
def our_people_page(caller: Reader) -> Response:
    published = latest_published(caller.work, caller.campaign)
    campaign, council = caller.opened().campaign, caller.standing.council
    people = None
    if campaign is not None:
        mine = own_assessors(campaign, council)
        away = needed_but_away(campaign, published.reading.timetable, mine) if published else []
        said = {person: said_by(campaign, person) for person in mine}
        gaps = council_gaps(campaign, council)
        people = our_people(campaign, council, _read(published), said, away, gaps, base_of(caller))
    return show(
        caller,
        "desk/people.html",
        "When are our people needed, and when can they come?",
        people=people,
        not_now=NOT_NOW,
        publication=published.publication if published else None,
        zone=zone_of(caller),
    )


@router.get("/{assessor}")
def assessor_page(caller: Reader, assessor: str) -> Response:
    campaign = _campaign_of_own(caller, assessor)
    said = said_by(campaign, assessor)
    return _assessor_page(caller, campaign, assessor, said, said)


@router.post("/{assessor}")
def say_availability(caller: Officer, form: Form, assessor: str) -> Response:
    record = caller.hold()
    campaign = _campaign_of_own(caller, assessor)
    said = said_by(campaign, assessor)
    # A session that came in after the form was shown is not in it, and stays as it is.
    wanted = {s: field(form, f"can-{s}") for s in said if f"can-{s}" in form}
    shown_as = {s: field(form, f"was-{s}") for s in wanted}
    published = latest_published(caller.work, record)
    timetable = published.reading.timetable if published else None
    away = newly_away(campaign, timetable, assessor, said | wanted)
    if away and field(form, "accepted") != "yes":
        caller.refuse()
        return _needed_page(caller, campaign, assessor, away, wanted, shown_as)
    try:
        changed = keep_availability(
            caller.work, record, caller.standing.council, assessor, shown_as, wanted, caller.doing
        )
    except SaidMeanwhile as meanwhile:
        caller.refuse()
        return _assessor_page(caller, campaign, assessor, said, said | wanted, meanwhile.sessions, status=409)
    except BadInput as bad:
        caller.refuse()
        errors = tuple(PageError(_fault_words(fault), "#availability") for fault in bad.faults[:10])
        return _assessor_page(caller, campaign, assessor, said, said | wanted, errors=errors, status=422)
    name = campaign.name_of("assessors", assessor)
    told = " The lead authority sees that the timetable needs them then." if away else ""
    number = f"{changed} session" if changed == 1 else f"{changed} sessions"
    words = f"Saved for {name}: {number} changed.{told}" if changed else f"Nothing was changed for {name}."
    return on_to(f"{base_of(caller)}/our-people", words)


def _assessor_page(
    caller: Caller,
    campaign: Campaign,
    assessor: str,
    said: Mapping[str, str],
    chosen: Mapping[str, str],
    meanwhile: Sequence[str] = (),
    errors: Sequence[PageError] = (),
    status: int = 200,
) -> Response:
    published = latest_published(caller.work, caller.campaign)
    read = _read(published)
    answer, half_days = own_half_days(*read, assessor) if read else ("No timetable is published yet.", ())
    found = [PageError("Somebody else has said something else meanwhile. Look again.", "#availability")]
    return show(
        caller,
        "desk/assessor.html",
        f"When is {campaign.name_of('assessors', assessor)} needed, and when can they come?",
        errors=found if meanwhile else errors,
        status=status,
        assessor=assessor,
        answer=answer,
        half_days=half_days,
        rule=said_rule(said),
        choices=session_choices(campaign, read, assessor, said, chosen, meanwhile),
        publication=published.publication if published else None,
        zone=zone_of(caller),
    )


def _needed_page(
    caller: Caller,
    campaign: Campaign,
    assessor: str,
    away: Sequence[str],
    wanted: Mapping[str, str],
    shown_as: Mapping[str, str],
) -> Response:
    """Asked once more before it is saved: the published timetable needs them then."""
    published = latest_published(caller.work, caller.campaign)
    read = _read(published)
    assert read is not None
    fields = [(f"can-{session}", answer) for session, answer in wanted.items()]
    fields += [(f"was-{session}", answer) for session, answer in shown_as.items()]
    return show(
        caller,
        "desk/needed.html",
        f"{campaign.name_of('assessors', assessor)} is needed then. Save it all the same?",
        assessor=assessor,
        what=[
            f"{away_words(*read, assessor, session)}: the lead authority is told, the timetable does not "
            "change by itself."
            for session in away
        ],
        fields=[*fields, ("accepted", "yes")],
    )


def _campaign_of_own(caller: Caller, assessor: str) -> Campaign:
    """The campaign as it stands, where the assessor is the council's own."""
    campaign = caller.opened().campaign
    if campaign is None or assessor not in own_assessors(campaign, caller.standing.council):
        raise NotYours
    return campaign


def _read(published: Published | None) -> tuple[Campaign, Timetable] | None:
    return (published.reading.campaign, published.reading.timetable) if published else None


def _fault_words(fault: Fault) -> str:
    if fault.table == "pins":
        session = fault.found.split(",")[0].strip('"')
        return f"The organiser has fixed them for {session}. Ask the lead authority to release them first."
    return f"Found {fault.found}; wanted {fault.wanted}"
