"""What every route about offers starts from: the moment it looks at, how the offers stand then, its frame."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi.responses import Response

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.permissions import Permission, may
from api.presenters.frame import PageError
from api.presenters.offers_page import weekday_and_time
from api.presenters.reconciliation import CheckLine, check_lines
from api.presenters.typed_times import typed_moment
from api.routes.access import Caller, NotYours
from api.routes.answers import base_of, page_errors, show
from api.services.look_at_offers import OffersNow, look_at_offers, names_a_release
from api.services.offer_moments import UNDO, proposed_moment, read_moment, spell_moment
from api.services.reconcile_offers import reconcile_offers
from api.storage.tables.proposals import Proposal

OTHERWISE = "The tables lead to other offers now than those that were released."
FIELD_WORDS = {
    "at": "When",
    "until": "Until when",
    "reason": "Why",
    "why": "Why",
    "response": "Answer",
    "decision": "Decision",
}


@dataclass(frozen=True, slots=True)
class OffersHere:
    """The offers at the moment `at`; `asked` where the address named it. `error` says that it could not."""

    now: OffersNow
    at: datetime.datetime | None
    asked: bool = False
    error: tuple[PageError, ...] = ()

    @property
    def campaign(self) -> Campaign:
        """The campaign; not found where its tables have faults."""
        if self.now.campaign is None:
            raise NotYours
        return self.now.campaign


def offers_here(caller: Caller, kind: str = UNDO) -> OffersHere:
    """At the moment of `?at=`; else at the one that would be proposed for an act of this kind."""
    opened = caller.opened()
    if opened.campaign is None:
        return OffersHere(look_at_offers(opened, None), None)
    usual = proposed_moment(opened.campaign, caller.now, kind)
    text = caller.request.query_params.get("at", "")
    try:
        at = read_moment(typed_moment(text)) if text else usual
    except BadInput as bad:
        return OffersHere(look_at_offers(opened, usual), usual, error=offer_errors(bad.faults))
    return OffersHere(look_at_offers(opened, at), at, asked=bool(text) and at != usual)


def offers_page(
    caller: Caller,
    template: str,
    title: str,
    here: OffersHere,
    *,
    errors: Iterable[PageError] = (),
    status: int = 200,
    wide: bool = False,
    **values: object,
) -> Response:
    """A page about the offers: with what is wrong with the record, and a proposal that waits."""
    campaign = here.now.campaign
    faulty = here.now.followed is None
    return show(
        caller,
        f"offers/{template}",
        title,
        errors=(*here.error, *errors),
        status=422 if here.error else status,
        wide=wide,
        may_decide=may_decide(caller),
        released=campaign is not None and names_a_release(campaign),
        wrong=wrong_lines(caller, here) if faulty else (),
        at=here.at,
        at_value=spell_moment(here.at) if here.at else "",
        at_words=weekday_and_time(here.at) if here.at else "",
        asked=here.asked,
        at_query=f"?at={spell_moment(here.at).replace(' ', '+')}" if here.asked and here.at else "",
        waiting=waiting_proposals(caller),
        **values,
    )


def wrong_lines(caller: Caller, here: OffersHere) -> tuple[CheckLine, ...]:
    """Why the offers cannot be followed: what nobody could rank, or what is recorded and cannot be right."""
    found = reconcile_offers(caller.work, caller.opened(), here.now)
    if here.now.started is not None and not found.faults and is_released_otherwise(here.now.faults):
        return (CheckLine("stops", OTHERWISE),)
    if here.now.started is not None and not found.faults:
        return tuple(
            CheckLine(
                "stops",
                f"{fault.table.replace('_', ' ').capitalize()}: found {fault.found}; wanted {fault.wanted}.",
            )
            for fault in here.now.faults
        )
    return check_lines(found, base_of(caller))


def is_released_otherwise(faults: Iterable[Fault]) -> bool:
    return any(fault.column == "offers_sha256" for fault in faults)


def offer_errors(faults: Iterable[Fault], prefix: str = "") -> tuple[PageError, ...]:
    """Faults of a form of the offers as errors beside its fields."""
    return page_errors(faults, prefix, FIELD_WORDS)


def waiting_proposals(caller: Caller) -> list[dict[str, Any]]:
    """What waits for a second person, with who proposed it."""
    waiting = caller.work.proposals.open_ones(caller.campaign.id)
    names = caller.work.accounts.names_of({each.proposed_by for each in waiting})
    return [
        {
            "url": f"{base_of(caller)}/offers/proposals/{each.id}",
            "kind": each.kind,
            "by": names.get(each.proposed_by, "somebody"),
            "own": each.proposed_by == caller.doing.by,
        }
        for each in waiting
    ]


def proposal_of(caller: Caller, reference: str) -> Proposal:
    """One proposal of this campaign."""
    found = caller.work.proposals.in_campaign(caller.campaign.id, reference)
    if found is None:
        raise NotYours
    return found


def known_applicant(campaign: Campaign, reference: str) -> str:
    if not any(each.reference == reference for each in campaign.problem.applicants):
        raise NotYours
    return reference


def may_decide(caller: Caller) -> bool:
    return may(caller.standing, Permission.DECIDE_RESULTS)


def name_of_caller(caller: Caller) -> str:
    """The name that stands in the campaign's tables for whoever is asking."""
    return caller.account.name if caller.account else ""


def sentence_error(why: str, field: str = "main-content") -> tuple[PageError, ...]:
    return (PageError(why, f"#{field}"),)
