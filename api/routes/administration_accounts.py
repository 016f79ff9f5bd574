"""Every account of the installation, for its administrators: found, and looked after one at a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.account_acts import act_words
from api.presenters.accounts import (
    MadeLink,
    account_name,
    accounts_table,
    sign_in_words,
    state_words,
)
from api.presenters.data_table import TableQuery
from api.presenters.frame import PageError
from api.routes.access import Caller, NotYours, needs
from api.routes.answers import on_to, page_errors, show
from api.services.administer import Act, acts_for, do_to_account, parts_of_all
from api.storage.tables.people import Account

router = APIRouter(include_in_schema=False)

Administrator = Annotated[Caller, needs(Permission.ADMINISTER)]
TITLE = "Who has an account here?"
ACCOUNTS = "/administration/accounts"


@router.get("/administration/accounts")
def accounts_page(caller: Administrator) -> Response:
    accounts = caller.work.accounts.all()
    query = TableQuery.read(caller.request.query_params)
    table = accounts_table(accounts, parts_of_all(caller.work), query, ACCOUNTS)
    return show(caller, "administration/accounts.html", TITLE, table=table, number=len(accounts))


@router.get("/administration/accounts/{account}")
def account_page(caller: Administrator, account: str) -> Response:
    kept = _account(caller, account)
    name = account_name(kept)
    return show(
        caller,
        "administration/account.html",
        name,
        account=kept,
        state=state_words(kept)[0],
        sign_in=sign_in_words(kept) or "nothing yet",
        parts=parts_of_all(caller.work).get(kept.id, []),
        acts=[act_words(act, name, kept) for act in acts_for(kept, caller.standing.account)],
    )


@router.get("/administration/accounts/{account}/{act}")
def act_page(caller: Administrator, account: str, act: Act) -> Response:
    return _act_page(caller, _account(caller, account), act)


@router.post("/administration/accounts/{account}/{act}")
def do_act(caller: Administrator, account: str, act: Act) -> Response:
    kept = _account(caller, account)
    name, words = account_name(kept), act_words(act, account_name(kept), kept)
    hours = "4 hours" if kept.password_hash else "7 days"
    try:
        token = do_to_account(caller.work, kept, act, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _act_page(caller, kept, act, page_errors(bad.faults))
    if token is None:
        return on_to(ACCOUNTS, words.done)
    link = MadeLink(f"{caller.settings.base_url.rstrip('/')}/link/{token}", name, hours)
    return show(caller, "administration/link.html", words.done, link=link, email=kept.email)


def _account(caller: Caller, reference: str) -> Account:
    kept = caller.work.accounts.by_id(reference)
    if kept is None:
        raise NotYours
    return kept


def _act_page(caller: Caller, kept: Account, act: Act, errors: tuple[PageError, ...] = ()) -> Response:
    if act not in acts_for(kept, caller.standing.account) and not errors:
        raise NotYours
    name = account_name(kept)
    words = act_words(act, name, kept)
    return show(
        caller,
        "administration/act.html",
        f"{words.button}: {name}",
        errors=errors,
        status=422 if errors else 200,
        words=words,
        back=f"{ACCOUNTS}/{kept.id}",
        action=f"{ACCOUNTS}/{kept.id}/{act.value}",
    )
