"""Looking after the installation: partnerships and campaigns, with their first organisers, and its own audit.

Accounts are in `administration_accounts.py`. Nothing here shows what is inside a campaign.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.accounts import MadeLink, account_name
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import on_to, page_errors, show
from api.services.administer import Named, name_organiser, new_campaign, organisers_by_campaign
from api.services.create_campaign import create_partnership
from api.storage.tables.campaigns import Partnership

router = APIRouter(include_in_schema=False)

Administrator = Annotated[Caller, needs(Permission.ADMINISTER)]
TITLE = "Which partnerships and campaigns are here?"


@router.get("/administration")
def overview_page(caller: Administrator) -> Response:
    return _overview_page(caller)


@router.post("/administration/partnerships")
def make_partnership(caller: Administrator, form: Form) -> Response:
    name = field(form, "name")
    try:
        made = create_partnership(caller.work, name, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _overview_page(caller, page_errors(bad.faults), name)
    return on_to(
        f"/administration/partnerships/{made.id}", f"{made.name} is made. Make its first campaign here."
    )


@router.get("/administration/partnerships/{partnership}")
def partnership_page(caller: Administrator, partnership: str) -> Response:
    return _partnership_page(caller, _partnership(caller, partnership))


@router.post("/administration/partnerships/{partnership}/campaigns")
def make_campaign(caller: Administrator, partnership: str, form: Form) -> Response:
    kept = _partnership(caller, partnership)
    typed = field(form, "campaign_name"), field(form, "name"), field(form, "email")
    try:
        named = new_campaign(caller.work, kept, *typed, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _partnership_page(caller, kept, page_errors(bad.faults), typed)
    return _named_page(caller, named)


@router.get("/administration/campaigns/{campaign}/organiser")
def organiser_page(caller: Administrator) -> Response:
    return _organiser_page(caller)


@router.post("/administration/campaigns/{campaign}/organiser")
def name_an_organiser(caller: Administrator, form: Form) -> Response:
    record = caller.hold()
    name, email = field(form, "name"), field(form, "email")
    try:
        named = name_organiser(caller.work, record, name, email, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _organiser_page(caller, page_errors(bad.faults), name, email)
    return _named_page(caller, named)


def _partnership(caller: Caller, reference: str) -> Partnership:
    kept = caller.work.campaigns.partnership(reference)
    if kept is None:
        raise NotYours
    return kept


def _overview_page(caller: Caller, errors: tuple[PageError, ...] = (), name: str = "") -> Response:
    partnerships = caller.work.campaigns.partnerships()
    campaigns = caller.work.campaigns.all()
    return show(
        caller,
        "administration/overview.html",
        TITLE,
        errors=errors,
        status=422 if errors else 200,
        partnerships=[(p, sum(1 for c in campaigns if c.partnership_id == p.id)) for p in partnerships],
        campaigns=len(campaigns),
        accounts=sum(1 for account in caller.work.accounts.all() if account.erased_at is None),
        name=name,
    )


def _partnership_page(
    caller: Caller,
    kept: Partnership,
    errors: tuple[PageError, ...] = (),
    typed: tuple[str, str, str] = ("", "", ""),
) -> Response:
    campaigns = [c for c in caller.work.campaigns.all() if c.partnership_id == kept.id]
    return show(
        caller,
        "administration/partnership.html",
        kept.name,
        errors=errors,
        status=422 if errors else 200,
        partnership=kept,
        campaigns=campaigns,
        organisers=organisers_by_campaign(caller.work, campaigns),
        typed=typed,
    )


def _organiser_page(
    caller: Caller, errors: tuple[PageError, ...] = (), name: str = "", email: str = ""
) -> Response:
    return show(
        caller,
        "administration/organiser.html",
        f"Who is to organise {caller.campaign.name}?",
        errors=errors,
        status=422 if errors else 200,
        partnership=caller.campaign.partnership_id,
        organisers=organisers_by_campaign(caller.work, [caller.campaign])[caller.campaign.id],
        name=name,
        email=email,
    )


def _named_page(caller: Caller, named: Named) -> Response:
    url = f"{caller.settings.base_url.rstrip('/')}/link/{named.link_token}"
    name = account_name(named.account)
    return show(
        caller,
        "administration/named.html",
        f"{name} organises {named.record.name} now",
        link=MadeLink(url, name, "7 days") if named.link_token else None,
        email=named.account.email,
        partnership=named.record.partnership_id,
    )
