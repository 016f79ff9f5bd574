"""A partner council's own trainees after the release: seen, downloaded, confirmed; and places asked for.

Before a release there are no trainees here, not even for somebody who guesses an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput
from api.exports.packs.wording import day_and_time, plain_name
from api.exports.tables import csv_text
from api.exports.xlsx import workbook_bytes
from api.permissions import Permission
from api.presenters.data_table import TableQuery, data_table
from api.presenters.desk_trainees import (
    TRAINEE_COLUMNS,
    OwnTrainees,
    Told,
    receipt_words,
    request_lines,
    trainee_rows,
    trainees_answer,
    trainees_sheet,
)
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, field, needs
from api.routes.answers import base_of, fault_words, on_to, show
from api.routes.downloads import file
from api.services.ask_for_places import DecidedMeanwhile, ask_for_places, requests_of, withdraw_request
from api.services.confirm_trainees import OthersNow, confirm_trainees, receipt_of
from api.services.offer_moments import campaign_clock
from api.services.own_trainees import own_trainees, trainees_table
from api.services.single_paper import paper_files

router = APIRouter(prefix="/campaigns/{campaign}/our-trainees", include_in_schema=False)

Officer = Annotated[Caller, needs(Permission.WORK_FOR_COUNCIL)]
QUESTION = "Who is coming to us?"
NOTHING_YET = "No offers have been released yet, so nothing was done."
HELD_UP = "The lead authority is putting its record right, so nothing was done."
KINDS = ("csv", "xlsx", "pdf")
FIELD = {"places": "#places", "reason": "#reason"}


@router.get("")
def our_trainees_page(caller: Officer) -> Response:
    kind = caller.request.query_params.get("download", "")
    if kind not in KINDS:
        return _page(caller)
    campaign, own = _own(caller)
    if campaign is None or own.told is not Told.RELEASED:
        return _back(caller, own)
    return _download(caller, campaign, own, kind)


@router.post("/confirm")
def confirm(caller: Officer, form: Form) -> Response:
    record = caller.hold()
    campaign, own = _own(caller)
    if campaign is None or own.told is not Told.RELEASED:
        return _back(caller, own)
    council = caller.standing.council
    shown = [each for each in form.getlist("trainee") if isinstance(each, str)]
    receipt = receipt_of(campaign, council, own.references)
    if not receipt.is_due and sorted(shown) == sorted(own.references):
        caller.refuse()
        return on_to(f"{base_of(caller)}/our-trainees", "That was confirmed already.")
    at = campaign_clock(campaign, caller.now)
    try:
        confirm_trainees(caller.work, record, council, shown, own.references, _name(caller), at, caller.doing)
    except OthersNow:
        caller.refuse()
        error = PageError("Your trainees have changed since the page was shown. Look again.", "#table")
        return _page(caller, errors=(error,), status=409)
    except BadInput as bad:
        caller.refuse()
        return _page(
            caller, errors=tuple(PageError(fault_words(f), "#table") for f in bad.faults), status=422
        )
    return on_to(f"{base_of(caller)}/our-trainees", "Confirmed. The lead authority sees it.")


@router.post("/places")
def ask(caller: Officer, form: Form) -> Response:
    record = caller.hold()
    campaign, own = _own(caller)
    if campaign is None or own.told is Told.HELD_UP:
        return _back(caller, own)
    typed = {name: field(form, name) for name in ("places", "reason")}
    try:
        reference = ask_for_places(
            caller.work,
            record,
            campaign,
            caller.standing.council,
            _places(campaign, own, caller.standing.council),
            typed["places"],
            typed["reason"],
            _name(caller),
            campaign_clock(campaign, caller.now),
            caller.doing,
        )
    except BadInput as bad:
        caller.refuse()
        errors = tuple(
            PageError(_said(f.found, f.wanted), FIELD.get(f.column or "", "#requests")) for f in bad.faults
        )
        return _page(caller, typed, errors, 422)
    said = f"Request {reference} is with the lead authority. Nothing has changed yet."
    return on_to(f"{base_of(caller)}/our-trainees", said)


@router.post("/places/withdraw")
def withdraw(caller: Officer, form: Form) -> Response:
    record = caller.hold()
    campaign, own = _own(caller)
    if campaign is None or own.told is Told.HELD_UP:
        return _back(caller, own)
    council, reference = caller.standing.council, field(form, "request")
    at = campaign_clock(campaign, caller.now)
    try:
        done = withdraw_request(caller.work, record, council, reference, _name(caller), at, caller.doing)
    except DecidedMeanwhile:
        caller.refuse()
        error = PageError(f"Request {reference} was decided or withdrawn meanwhile.", "#requests")
        return _page(caller, errors=(error,), status=409)
    if not done:
        # Another council's is no different from one that is not there.
        caller.refuse()
        error = PageError("There is no such request of your council.", "#requests")
        return _page(caller, errors=(error,), status=422)
    return on_to(f"{base_of(caller)}/our-trainees", f"Request {reference} is withdrawn.")


def _page(
    caller: Caller,
    typed: Mapping[str, str] | None = None,
    errors: tuple[PageError, ...] = (),
    status: int = 200,
) -> Response:
    campaign, own = _own(caller)
    if campaign is None or own.told is Told.HELD_UP:
        return show(caller, "desk/trainees_held_up.html", QUESTION)
    council = caller.standing.council
    requests = request_lines(requests_of(campaign, council))
    asking: dict[str, Any] = {
        "errors": errors,
        "status": status,
        "council": campaign.name_of("councils", council),
        "places": _places(campaign, own, council),
        "requests": requests,
        "may_ask": not any(each.is_open for each in requests),
        "typed": typed or {"places": "", "reason": ""},
    }
    if own.told is Told.NOT_YET:
        return show(caller, "desk/trainees_before.html", QUESTION, **asking)
    receipt = receipt_of(campaign, council, own.references)
    table = data_table(
        "Your trainees",
        TRAINEE_COLUMNS,
        trainee_rows(own),
        TableQuery.read(caller.request.query_params),
        f"{base_of(caller)}/our-trainees",
        nouns=("trainee", "trainees"),
        downloads=(("CSV", "csv"), ("Excel", "xlsx"), ("PDF", "pdf")),
    )
    return show(
        caller,
        "desk/trainees.html",
        QUESTION,
        **asking,
        answer=trainees_answer(own),
        as_of=day_and_time(own.at) if own.at else "",
        table=table,
        receipt=receipt,
        receipt_words=receipt_words(receipt),
        trainees=own.trainees,
        whom=[f"{each.name} ({each.reference})" for each in own.trainees],
    )


def _download(caller: Caller, campaign: Campaign, own: OwnTrainees, kind: str) -> Response:
    """All of the council's trainees, whatever was searched for: a list to work with should be whole."""
    council = caller.standing.council
    name = campaign.name_of("councils", council)
    table = trainees_table(own)
    if kind == "csv":
        content = csv_text(table).encode("utf-8-sig")
    elif kind == "xlsx":
        content = workbook_bytes([table])
    else:
        pack = trainees_sheet(council, name, own)
        content = paper_files("council", f"Trainees of {name}", pack, campaign)["council.pdf"]
    return file(caller, content, f"our-trainees-{plain_name(council)}.{kind}")


def _own(caller: Caller) -> tuple[Campaign | None, OwnTrainees]:
    campaign = caller.opened().campaign
    return campaign, own_trainees(campaign, caller.standing.council, caller.now)


def _places(campaign: Campaign, own: OwnTrainees, council: str) -> int:
    """The council's places: by the offers once they are released, till then by the tables."""
    return own.places if own.told is Told.RELEASED else campaign.places.by_council.get(council, 0)


def _back(caller: Caller, own: OwnTrainees) -> Response:
    """There is nothing to be had or done yet, and the page says why."""
    caller.refuse()
    said = NOTHING_YET if own.told is Told.NOT_YET else HELD_UP
    return on_to(f"{base_of(caller)}/our-trainees", said)


def _name(caller: Caller) -> str:
    return caller.account.name if caller.account else ""


def _said(found: str, wanted: str) -> str:
    return f"Found {found}; wanted {wanted}"
