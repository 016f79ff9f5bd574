"""What is recorded after a release: answers, longer deadlines, and whatever has to be taken back."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.presenters.frame import PageError
from api.presenters.offer_log import act_words, plain_why, recorded_acts, release_alone
from api.presenters.offers_page import clock_words, weekday_and_time
from api.presenters.response_form import ANSWER_SAID, ResponseForm
from api.routes.access import Caller, Form, NotYours, field, moment
from api.routes.answers import base_of, on_to
from api.routes.offer_standing import (
    known_applicant,
    name_of_caller,
    offer_errors,
    offers_here,
    offers_page,
    sentence_error,
)
from api.routes.offers import person_page
from api.routes.results import Decider
from api.services.offer_acts import (
    NotPossible,
    extend_deadline,
    record_response,
    undo_act,
    why_not_undone,
)
from api.services.offer_moments import UNDO, proposed_moment, spell_moment

router = APIRouter(prefix="/campaigns/{campaign}/offers", include_in_schema=False)


@router.post("/people/{applicant}/response")
def respond(caller: Decider, form: Form, applicant: str) -> Response:
    record, response, at = caller.hold(), field(form, "response"), moment(form, "at")
    _known(caller, applicant)
    typed = ResponseForm(response, at, until_at=at)
    try:
        record_response(caller.work, record, applicant, response, at, caller.doing)
    except NotPossible as why:
        caller.refuse()
        return person_page(caller, applicant, typed, sentence_error(plain_why(why.why)), 422)
    except BadInput as bad:
        caller.refuse()
        return person_page(caller, applicant, typed, offer_errors(bad.faults), 422)
    return on_to(f"{base_of(caller)}/offers/people/{applicant}", f"{applicant} {ANSWER_SAID[response]}")


@router.post("/people/{applicant}/deadline")
def longer(caller: Decider, form: Form, applicant: str) -> Response:
    record, by = caller.hold(), name_of_caller(caller)
    until, reason, at = moment(form, "until"), field(form, "reason"), moment(form, "at")
    _known(caller, applicant)
    typed = ResponseForm(at=at, until=until, reason=reason, until_at=at)
    try:
        ends = extend_deadline(caller.work, record, applicant, until, reason, at, by, caller.doing)
    except NotPossible as why:
        caller.refuse()
        return person_page(caller, applicant, typed, sentence_error(plain_why(why.why)), 422)
    except BadInput as bad:
        caller.refuse()
        return person_page(caller, applicant, typed, offer_errors(bad.faults, "until-"), 422)
    said = f"{applicant} has until {clock_words(ends)}."
    return on_to(f"{base_of(caller)}/offers/people/{applicant}", said)


@router.get("/undo")
def undo_page(caller: Decider, act: str = "") -> Response:
    return _undo_page(caller, act)


@router.post("/undo")
def undo(caller: Decider, form: Form) -> Response:
    record, by = caller.hold(), name_of_caller(caller)
    act, reason, at = field(form, "act"), field(form, "reason"), moment(form, "at")
    try:
        undo_act(caller.work, record, act, reason, at, by, caller.doing)
    except NotPossible as why:
        caller.refuse()
        return _undo_page(caller, act, sentence_error(plain_why(why.why)), (reason, at), 409)
    except BadInput as bad:
        caller.refuse()
        return _undo_page(caller, act, offer_errors(bad.faults), (reason, at), 422)
    return on_to(f"{base_of(caller)}/offers/log", f"{act} is taken back, as if it had never been.")


def _undo_page(
    caller: Caller,
    act: str,
    errors: tuple[PageError, ...] = (),
    typed: tuple[str, str] = ("", ""),
    status: int = 200,
) -> Response:
    here = offers_here(caller)
    found, campaign = here.now.followed, here.campaign
    acts = recorded_acts(campaign, found.ledger) if found else release_alone(campaign)
    chosen = next((each for each in acts if act and each.undoes == act), None)
    at = proposed_moment(campaign, caller.now, UNDO)
    why_not = why_not_undone(campaign, here.now.started, act, at) if chosen and here.now.started else ""
    return offers_page(
        caller,
        "undo.html",
        "What is taken back?",
        here,
        errors=errors,
        status=status,
        act=chosen,
        act_words=act_words(chosen) if chosen else "",
        act_when=weekday_and_time(chosen.at) if chosen else "",
        why_not=plain_why(why_not),
        choices=[(each, act_words(each)) for each in acts if each.undoes],
        reason=typed[0],
        typed=typed[1] or spell_moment(at),
        fields={error.url: error.text for error in errors},
    )


def _known(caller: Caller, applicant: str) -> None:
    campaign = caller.opened().campaign
    if campaign is None:
        raise NotYours
    known_applicant(campaign, applicant)
