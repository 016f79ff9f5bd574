"""Copying ratings from paper for whoever rated by hand: which sheet, what is on it, a second look, locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput
from api.permissions import Permission
from api.presenters.frame import PageError
from api.presenters.rating import session_words
from api.presenters.rating_paper import PaperFacts, paper_table, rater_words
from api.presenters.rating_sheet import criterion_forms, fault_errors, sheet_errors
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, show
from api.routes.drafts import asked, query_of
from api.services.paper_ratings import (
    Copied,
    blank_of,
    copy_and_lock,
    expected_on_paper,
    faults_of_copy,
    filled_from,
    to_copy,
)
from api.services.published_timetable import Published, latest_published
from api.services.save_form import NO_NUMBER, form_device, read_form

router = APIRouter(prefix="/campaigns/{campaign}/ratings/paper", include_in_schema=False)

Copier = Annotated[Caller, needs(Permission.COPY_RATINGS)]
CANNOT_BE = (
    "Choose somebody who may rate it: trained for it, not kept apart, and who does not have it already."
)
WHICH = "Whose ratings are on the paper?"


@router.get("")
def papers_page(caller: Copier) -> Response:
    published, campaign = _now(caller)
    table, number = None, 0
    if published is not None and campaign is not None:
        sheets = expected_on_paper(caller.work, caller.campaign, campaign, published)
        number = len(sheets)
        table = paper_table(campaign, sheets, query_of(caller), f"{base_of(caller)}/ratings/paper")
    return show(caller, "rating/papers.html", WHICH, table=table, number=number)


@router.get("/sheet")
def paper_page(caller: Copier) -> Response:
    published, campaign = _now(caller)
    key = (asked(caller, "applicant"), asked(caller, "exercise"), asked(caller, "rater"))
    if published is None or campaign is None:
        raise NotYours
    facts = to_copy(caller.work, caller.campaign, campaign, published, key)
    if facts is None:
        raise NotYours
    return _paper_page(caller, campaign, published, facts)


@router.post("/sheet")
def copy_paper(caller: Copier, form: Form) -> Response:
    record = caller.hold()
    published, campaign = _now(caller)
    applicant, exercise, rater = (field(form, name) for name in ("applicant", "exercise", "rater"))
    if published is None or campaign is None:
        raise NotYours
    url = f"{base_of(caller)}/ratings/paper"
    facts = to_copy(caller.work, record, campaign, published, (applicant, exercise, rater))
    if facts is None:
        kept = caller.work.ratings.of_rater(record.id, applicant, exercise, rater)
        if kept is not None and kept.locked_at is not None:
            return on_to(url, f"{rater}’s ratings of {applicant} are locked already. Nothing was changed.")
        facts = to_copy(caller.work, record, campaign, published, (applicant, exercise, ""))
    if facts is None:
        raise NotYours
    sent = read_form(blank_of(record, published, facts), lambda name: field(form, name))
    copied = Copied(sent.typed, field(form, "partial") == "yes", field(form, "counts") == "yes")
    errors = fault_errors(faults_of_copy(blank_of(record, published, facts), facts, copied))
    errors |= dict.fromkeys(sent.unreadable, f"{NO_NUMBER.capitalize()}.")
    if not facts.rater:
        errors["rater"] = CANNOT_BE if rater else "Choose whose paper it is."
    if errors or field(form, "step") == "change":
        return _paper_page(caller, campaign, published, facts, copied, errors)
    if field(form, "step") != "lock":
        return _second_look(caller, campaign, published, facts, copied)
    try:
        copy_and_lock(caller.work, record, published, facts, copied, field(form, "device"), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _paper_page(caller, campaign, published, facts, copied, fault_errors(bad.faults))
    return on_to(url, f"Locked: {rater}’s ratings of {applicant}, copied from paper by you.")


def _now(caller: Caller) -> tuple[Published | None, Campaign | None]:
    published = latest_published(caller.work, caller.campaign)
    return published, caller.opened().campaign or (published.reading.campaign if published else None)


def _paper_page(
    caller: Caller,
    campaign: Campaign,
    published: Published,
    facts: PaperFacts,
    copied: Copied | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    found = dict(errors or {})
    blank = blank_of(caller.campaign, published, facts)
    scale = range(blank.scale_min, blank.scale_max + 1)
    typed = copied.typed if copied else {}
    forms = criterion_forms(campaign, scale, filled_from(blank, typed), errors=found)
    others = [PageError(found[name], f"#{name}") for name in ("rater", "counts") if name in found]
    return show(
        caller,
        "rating/paper.html",
        f"What did {rater_words(campaign, facts.rater)} give {facts.applicant}?"
        if facts.rater
        else f"Who rated {facts.applicant}, and what did they give?",
        errors=(*others, *sheet_errors(forms, found)),
        status=422 if found else 200,
        facts=facts,
        exercise=campaign.name_of("exercises", facts.exercise),
        session=session_words(campaign, facts.session),
        raters=[(a.reference, rater_words(campaign, a.reference)) for a in campaign.problem.assessors],
        forms=forms,
        is_partial=bool(copied and copied.is_partial),
        paper_counts=bool(copied and copied.paper_counts),
        faults=found,
    )


def _second_look(
    caller: Caller, campaign: Campaign, published: Published, facts: PaperFacts, copied: Copied
) -> Response:
    blank = blank_of(caller.campaign, published, facts)
    scale = range(blank.scale_min, blank.scale_max + 1)
    return show(
        caller,
        "rating/paper_look.html",
        "Is this what the paper says?",
        facts=facts,
        rater=rater_words(campaign, facts.rater),
        exercise=campaign.name_of("exercises", facts.exercise),
        forms=criterion_forms(campaign, scale, filled_from(blank, copied.typed)),
        is_partial=copied.is_partial,
        paper_counts=copied.paper_counts,
        device=form_device(),
    )
