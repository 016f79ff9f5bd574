"""The people of a campaign: who is what in it, inviting somebody, changing and taking roles.

Tokens of other programs, which belong to this page too, are in `tokens.py`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission, Role
from api.presenters.accounts import MadeLink, account_name, members_table, state_words
from api.presenters.data_table import TableQuery
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, page_errors, show
from api.services.manage_people import (
    AskedRole,
    RoleChoices,
    change_role,
    councils_of,
    invite_to_campaign,
    may_renew,
    people_who_rate,
    renew_invitation,
    take_role_away,
)
from api.storage.tables.people import Account, Membership

router = APIRouter(include_in_schema=False)

Organiser = Annotated[Caller, needs(Permission.MANAGE_PEOPLE)]
WHO = "Who has a part in this campaign?"
INVITE = "Whom do you want to invite?"


@router.get("/campaigns/{campaign}/people")
def people_page(caller: Organiser) -> Response:
    members = caller.work.memberships.in_campaign(caller.campaign.id)
    query = TableQuery.read(caller.request.query_params)
    waiting = sum(1 for _, account in members if state_words(account)[1] == "blue")
    table = members_table(members, base_of(caller), query)
    return show(caller, "people/list.html", WHO, table=table, number=len(members), waiting=waiting)


@router.get("/campaigns/{campaign}/people/invite")
def invite_page(caller: Organiser) -> Response:
    return _invite_page(caller)


@router.post("/campaigns/{campaign}/people/invite")
def invite(caller: Organiser, form: Form) -> Response:
    record = caller.hold()
    name, email, asked = field(form, "name"), field(form, "email"), _asked(form)
    try:
        done = invite_to_campaign(caller.work, caller.opened(), record, name, email, asked, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _invite_page(caller, page_errors(bad.faults), name, email, asked)
    link = _link(caller, done.account, done.link_token)
    role = Role(done.membership.role).words
    return show(
        caller,
        "people/invited.html",
        f"{account_name(done.account)} is {role} of this campaign now",
        link=link,
        elsewhere=done.is_elsewhere,
        email=done.account.email,
    )


@router.get("/campaigns/{campaign}/people/{membership}")
def person_page(caller: Organiser, membership: str) -> Response:
    return _person_page(caller, *_member(caller, membership))


@router.post("/campaigns/{campaign}/people/{membership}/role")
def change(caller: Organiser, membership: str, form: Form) -> Response:
    record = caller.hold()
    kept, account = _member(caller, membership)
    try:
        change_role(caller.work, caller.opened(), record, kept, account, _asked(form), caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _person_page(caller, kept, account, page_errors(bad.faults), _asked(form))
    said = f"{account_name(account)} is {Role(kept.role).words} of this campaign now."
    return on_to(f"{base_of(caller)}/people", said)


@router.post("/campaigns/{campaign}/people/{membership}/link")
def new_link(caller: Organiser, membership: str) -> Response:
    record = caller.hold()
    kept, account = _member(caller, membership)
    try:
        token = renew_invitation(caller.work, record, account, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _person_page(caller, kept, account, page_errors(bad.faults))
    title = f"A new link for {account_name(account)}"
    link = _link(caller, account, token)
    return show(caller, "people/invited.html", title, link=link, elsewhere=False, email=account.email)


@router.get("/campaigns/{campaign}/people/{membership}/leave")
def leave_page(caller: Organiser, membership: str) -> Response:
    kept, account = _member(caller, membership)
    return _leave_page(caller, kept, account)


@router.post("/campaigns/{campaign}/people/{membership}/leave")
def leave(caller: Organiser, membership: str) -> Response:
    record = caller.hold()
    kept, account = _member(caller, membership)
    name = account_name(account)
    try:
        take_role_away(caller.work, record, kept, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _leave_page(caller, kept, account, page_errors(bad.faults))
    is_self = caller.account is not None and account.id == caller.account.id
    return on_to(
        "/" if is_self else f"{base_of(caller)}/people", f"{name} has no part in this campaign any more."
    )


def _member(caller: Caller, reference: str) -> tuple[Membership, Account]:
    kept = caller.work.memberships.by_id(caller.campaign.id, reference)
    account = caller.work.accounts.by_id(kept.account_id) if kept else None
    if kept is None or account is None:
        raise NotYours
    return kept, account


def _asked(form: Form) -> AskedRole:
    return AskedRole(field(form, "role"), field(form, "council"), field(form, "person"))


def _invite_page(
    caller: Caller,
    errors: tuple[PageError, ...] = (),
    name: str = "",
    email: str = "",
    asked: AskedRole | None = None,
) -> Response:
    return show(
        caller,
        "people/invite.html",
        INVITE,
        errors=errors,
        status=422 if errors else 200,
        name=name,
        email=email,
        asked=asked or AskedRole(""),
        choices=_choices(caller),
    )


def _person_page(
    caller: Caller,
    kept: Membership,
    account: Account,
    errors: tuple[PageError, ...] = (),
    asked: AskedRole | None = None,
) -> Response:
    return show(
        caller,
        "people/person.html",
        account_name(account),
        errors=errors,
        status=422 if errors else 200,
        kept=kept,
        role=Role(kept.role),
        account=account,
        state=state_words(account)[0],
        renewable=may_renew(caller.work, caller.campaign, account),
        asked=asked or AskedRole(kept.role, kept.council, kept.person),
        choices=_choices(caller),
    )


def _leave_page(
    caller: Caller, kept: Membership, account: Account, errors: tuple[PageError, ...] = ()
) -> Response:
    return show(
        caller,
        "people/leave.html",
        f"Take {account_name(account)}’s part in this campaign away?",
        errors=errors,
        status=422 if errors else 200,
        kept=kept,
        role=Role(kept.role).words,
        name=account_name(account),
    )


def _choices(caller: Caller) -> RoleChoices:
    opened = caller.opened()
    return RoleChoices(tuple(Role), councils_of(opened), people_who_rate(opened))


def _link(caller: Caller, account: Account, token: str | None) -> MadeLink | None:
    if token is None:
        return None
    return MadeLink(f"{caller.settings.base_url.rstrip('/')}/link/{token}", account_name(account), "7 days")
