"""A release or a pass: what it would do, one person proposes it, another agrees to just the same."""

from __future__ import annotations

import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.presenters.data_table import TableQuery, data_table
from api.presenters.frame import PageError
from api.presenters.release_page import (
    KIND_WORDS,
    OUTCOME_COLUMNS,
    PASS,
    RELEASE,
    held_back_lines,
    outcome_rows,
    what_happens,
)
from api.routes.access import Caller, Form, field, moment
from api.routes.answers import base_of, on_to
from api.routes.offer_standing import (
    OffersHere,
    may_decide,
    name_of_caller,
    offer_errors,
    offers_here,
    offers_page,
    proposal_of,
)
from api.routes.results import Decider, ResultsReader
from api.services.offer_acts import NotPossible
from api.services.offer_moments import read_moment, spell_moment
from api.services.propose_release import (
    ChangedSince,
    Preview,
    agree,
    ended_words,
    look_ahead,
    propose,
    what_changed,
    withdraw,
)
from api.storage.repositories.proposals import OPEN
from api.storage.tables.proposals import Proposal

router = APIRouter(prefix="/campaigns/{campaign}/offers", include_in_schema=False)

TITLES = {RELEASE: "What would be released?", PASS: "What would a pass give out now?"}
SEEN_OTHERWISE = "What would be done was changed after this page was shown. Look again before you propose it."


@router.get("/release")
def release_page(caller: ResultsReader) -> Response:
    return _ahead_page(caller, RELEASE)


@router.post("/release")
def propose_release(caller: Decider, form: Form) -> Response:
    return _propose(caller, RELEASE, moment(form, "at"), field(form, "seen"))


@router.get("/pass")
def pass_page(caller: ResultsReader) -> Response:
    return _ahead_page(caller, PASS)


@router.post("/pass")
def propose_pass(caller: Decider, form: Form) -> Response:
    return _propose(caller, PASS, moment(form, "at"), field(form, "seen"))


@router.get("/proposals/{proposal}")
def proposal_page(caller: ResultsReader, proposal: str) -> Response:
    return _proposal_page(caller, proposal_of(caller, proposal))


@router.post("/proposals/{proposal}/agree")
def agree_to(caller: Decider, form: Form, proposal: str) -> Response:
    record = caller.hold()
    found = proposal_of(caller, proposal)
    at, seen = moment(form, "at"), field(form, "seen")
    try:
        event = agree(caller.work, record, found, at, seen, caller.doing)
    except ChangedSince as changed:
        caller.refuse()
        return _proposal_page(caller, found, changed=changed, status=409)
    except NotPossible as why:
        caller.refuse()
        return _proposal_page(caller, found, why=why.why, status=409)
    except BadInput as bad:
        caller.refuse()
        return _proposal_page(caller, found, errors=offer_errors(bad.faults), typed=at, status=422)
    said = f"Done, as {event}: {KIND_WORDS[found.kind]}. Nothing was sent: tell people now."
    return on_to(f"{base_of(caller)}/offers", said)


@router.post("/proposals/{proposal}/withdraw")
def take_back(caller: Decider, proposal: str) -> Response:
    record = caller.hold()
    found = proposal_of(caller, proposal)
    try:
        withdraw(caller.work, record, found, caller.doing)
    except NotPossible as why:
        caller.refuse()
        return _proposal_page(caller, found, why=why.why, status=409)
    return on_to(f"{base_of(caller)}/offers", "The proposal is withdrawn. Nothing was released or given out.")


def _propose(caller: Caller, kind: str, at: str, seen: str) -> Response:
    record = caller.hold()
    try:
        made = propose(caller.work, record, kind, at, seen, caller.doing)
    except ChangedSince:
        caller.refuse()
        return _ahead_page(caller, kind, why=SEEN_OTHERWISE, typed=at, status=409)
    except NotPossible as why:
        caller.refuse()
        return _ahead_page(caller, kind, why=why.why, typed=at, status=409)
    except BadInput as bad:
        caller.refuse()
        return _ahead_page(caller, kind, errors=offer_errors(bad.faults), typed=at, status=422)
    said = "Proposed. Another person who may decide about offers has to agree; tell them of this page."
    return on_to(f"{base_of(caller)}/offers/proposals/{made.id}", said)


def _ahead_page(
    caller: Caller,
    kind: str,
    *,
    why: str = "",
    errors: tuple[PageError, ...] = (),
    typed: str = "",
    status: int = 200,
) -> Response:
    """What it would do at the moment that was typed, else at the one of the address."""
    here = offers_here(caller, kind)
    at = _readable(typed) or here.at
    preview = look_ahead(caller.work, caller.opened(), kind, at) if at else None
    return offers_page(
        caller,
        "ahead.html",
        TITLES[kind],
        here,
        errors=errors,
        status=status,
        wide=True,
        why=why,
        kind=kind,
        kind_words=KIND_WORDS[kind],
        action=f"{base_of(caller)}/offers/{kind}",
        fields={error.url: error.text for error in errors},
        typed=typed or (spell_moment(at) if at else ""),
        **_shown(caller, preview, f"{base_of(caller)}/offers/{kind}"),
    )


def _proposal_page(
    caller: Caller,
    proposal: Proposal,
    *,
    changed: ChangedSince | None = None,
    why: str = "",
    errors: tuple[PageError, ...] = (),
    typed: str = "",
    status: int = 200,
) -> Response:
    """What was proposed, as it would be done now; where that is something else, what has changed."""
    here = offers_here(caller, proposal.kind)
    at = _readable(typed) or _moment_of(here, proposal)
    is_open = proposal.state == OPEN
    preview = look_ahead(caller.work, caller.opened(), proposal.kind, at) if at and is_open else None
    same = preview is not None and preview.sha256 == proposal.offers_sha256
    if is_open and preview and not same and changed is None:
        changed = what_changed(caller.work, caller.campaign, proposal, preview)
    changes = changed.changes if changed else ()
    people = {proposal.proposed_by, proposal.ended_by, *(each.made_by for each in changes)}
    url = f"{base_of(caller)}/offers/proposals/{proposal.id}"
    return offers_page(
        caller,
        "proposal.html",
        f"Do you agree to {KIND_WORDS[proposal.kind]}?",
        here,
        errors=errors,
        status=status,
        wide=True,
        proposal=proposal,
        kind=proposal.kind,
        kind_words=KIND_WORDS[proposal.kind],
        names=caller.work.accounts.names_of(people),
        is_own=proposal.proposed_by == caller.doing.by,
        is_open=is_open,
        ended=ended_words(proposal) if not is_open else "",
        same=same,
        why=why,
        changed=changed,
        me=name_of_caller(caller),
        zone=here.campaign.settings["time_zone"] if here.now.campaign else caller.settings.time_zone,
        url=url,
        fields={error.url: error.text for error in errors},
        typed=typed or (spell_moment(at) if at else ""),
        **_shown(caller, preview, url),
    )


def _shown(caller: Caller, preview: Preview | None, url: str) -> dict[str, object]:
    """The preview as both pages show it."""
    campaign = preview.now.campaign if preview else None
    if preview is None or campaign is None:
        return {"preview": None, "table": None, "held": (), "happens": (), "answer": ""}
    followed = preview.now.followed
    table = data_table(
        "Who is told what" if preview.kind == RELEASE else "Who gets what",
        OUTCOME_COLUMNS,
        outcome_rows(campaign, preview.lines, base_of(caller), may_decide(caller)),
        TableQuery.read(caller.request.query_params),
        url,
        nouns=("applicant", "applicants"),
        kept=[("at", spell_moment(preview.at))],
        downloads=(),
        page_rows=200,
        anchor="people",
    )
    coming = followed.coming if followed else None
    happens = what_happens(preview.kind, preview.lines, preview.answer_by)
    return {
        "preview": preview,
        "answer": " ".join(each for each in happens if "applicant" in each),
        "table": table,
        "held": held_back_lines(campaign, coming) if coming and preview.kind == PASS else (),
        "happens": happens,
    }


def _moment_of(here: OffersHere, proposal: Proposal) -> datetime.datetime | None:
    """Not before the moment that the proposal looked at."""
    if here.at is None or here.asked or not proposal.seen_at:
        return here.at
    return max(here.at, read_moment(proposal.seen_at))


def _readable(typed: str) -> datetime.datetime | None:
    try:
        return read_moment(typed) if typed else None
    except BadInput:
        return None
