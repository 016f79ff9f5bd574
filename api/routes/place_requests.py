"""Councils' places: what they ask for, what the lead authority decides, and a change without being asked."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.presenters.data_table import TableQuery, data_table
from api.presenters.frame import PageError
from api.presenters.offers_page import council_stands
from api.presenters.place_requests import REQUEST_COLUMNS, request_rows, requests_answer
from api.routes.access import Caller, Form, NotYours, field, moment
from api.routes.answers import base_of, on_to
from api.routes.offer_standing import (
    may_decide,
    name_of_caller,
    offer_errors,
    offers_here,
    offers_page,
    sentence_error,
)
from api.routes.results import Decider, ResultsReader
from api.services.decide_place_request import GRANTED, decide_request, request_of, requests_of
from api.services.look_at_offers import names_a_release
from api.services.offer_acts import NotPossible, change_places
from api.services.offer_moments import proposed_moment, spell_moment

router = APIRouter(prefix="/campaigns/{campaign}/offers/places", include_in_schema=False)


@router.get("")
def places_page(caller: ResultsReader) -> Response:
    return _places_page(caller)


@router.post("")
def change(caller: Decider, form: Form) -> Response:
    record, by = caller.hold(), name_of_caller(caller)
    typed = {name: field(form, name) for name in ("council", "places", "reason")}
    typed["at"] = moment(form, "at")
    try:
        number = change_places(caller.work, record, **typed, by=by, doing=caller.doing)
    except NotPossible as why:
        caller.refuse()
        return _places_page(caller, typed, sentence_error(why.why, "places"), 422)
    except BadInput as bad:
        caller.refuse()
        return _places_page(caller, typed, offer_errors(bad.faults), 422)
    said = f"{typed['council']} has {number} places from now on. A pass gives out what is free."
    return on_to(f"{base_of(caller)}/offers/places", said)


@router.get("/{request}")
def request_page(caller: ResultsReader, request: str) -> Response:
    return _request_page(caller, request)


@router.post("/{request}")
def decide(caller: Decider, form: Form, request: str) -> Response:
    record, by = caller.hold(), name_of_caller(caller)
    if request_of(caller.opened(), request) is None:
        raise NotYours
    typed = {name: field(form, name) for name in ("decision", "why")}
    typed["at"] = moment(form, "at")
    try:
        asked = decide_request(caller.work, record, request, **typed, by=by, doing=caller.doing)
    except NotPossible as why:
        caller.refuse()
        return _request_page(caller, request, typed, sentence_error(why.why), 409)
    except BadInput as bad:
        caller.refuse()
        return _request_page(caller, request, typed, offer_errors(bad.faults), 422)
    verb = "granted" if typed["decision"] == GRANTED else "refused"
    said = f"Request {request} of {asked['council']} is {verb}. The council sees it on its own page."
    return on_to(f"{base_of(caller)}/offers/places", said)


def _places_page(
    caller: Caller,
    typed: Mapping[str, str] | None = None,
    errors: tuple[PageError, ...] = (),
    status: int = 200,
) -> Response:
    here = offers_here(caller)
    campaign, found = here.campaign, here.now.followed
    released = names_a_release(campaign)
    requests = requests_of(caller.opened())
    usual = spell_moment(proposed_moment(campaign, caller.now, "places"))
    book = found.ledger.book if found and released else None
    return offers_page(
        caller,
        "places.html",
        "How many places has each council?",
        here,
        errors=errors,
        status=status,
        answer=requests_answer(requests),
        councils=council_stands(campaign, book) if book else (),
        plain=[
            (campaign.name_of("councils", council), places)
            for council, places in campaign.places.by_council.items()
        ],
        table=data_table(
            "What councils have asked for",
            REQUEST_COLUMNS,
            request_rows(campaign, requests, base_of(caller)),
            TableQuery.read(caller.request.query_params),
            f"{base_of(caller)}/offers/places",
            nouns=("request", "requests"),
            downloads=(),
            anchor="requests",
        ),
        choices=[(council, campaign.name_of("councils", council)) for council in campaign.places.by_council],
        typed={"council": "", "places": "", "reason": "", "at": usual} | dict(typed or {}),
        fields={error.url: error.text for error in errors},
    )


def _request_page(
    caller: Caller,
    reference: str,
    typed: Mapping[str, str] | None = None,
    errors: tuple[PageError, ...] = (),
    status: int = 200,
) -> Response:
    here = offers_here(caller)
    asked = request_of(caller.opened(), reference)
    if asked is None:
        raise NotYours
    campaign, found = here.campaign, here.now.followed
    released = names_a_release(campaign)
    council = asked["council"]
    book = found.ledger.book if found and released else None
    usual = spell_moment(proposed_moment(campaign, caller.now, "places"))
    return offers_page(
        caller,
        "request.html",
        f"May {campaign.name_of('councils', council)} have {asked['places']} places?",
        here,
        errors=errors,
        status=status,
        request=asked,
        council=campaign.name_of("councils", council),
        places=(book.places if book else campaign.places.by_council).get(council, 0),
        held=book.held_by_council[council] if book else None,
        may_answer=may_decide(caller) and not asked.get("decision"),
        typed={"decision": "", "why": "", "at": usual} | dict(typed or {}),
        fields={error.url: error.text for error in errors},
    )
