"""Tokens with which other programs come to one campaign: listed, made, ended. What they may do there is in
`interface/`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.accounts import scopes_words, token_state, tokens_table
from api.presenters.data_table import TableQuery
from api.presenters.frame import PageError
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, page_errors, show
from api.services.manage_tokens import make_token, revoke_token
from api.storage.tables.people import ApiToken

router = APIRouter(include_in_schema=False)

Organiser = Annotated[Caller, needs(Permission.MANAGE_PEOPLE)]
TITLE = "Which other programs may come to this campaign?"


@router.get("/campaigns/{campaign}/people/tokens")
def tokens_page(caller: Organiser) -> Response:
    return _tokens_page(caller)


@router.post("/campaigns/{campaign}/people/tokens")
def make(caller: Organiser, form: Form) -> Response:
    record = caller.hold()
    name, days = field(form, "name"), field(form, "days")
    scopes = [scope for scope in form.getlist("scopes") if isinstance(scope, str)]
    try:
        token, secret = make_token(caller.work, record, name, scopes, days, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _tokens_page(caller, page_errors(bad.faults), name, scopes, days)
    title = f"The token for {token.name}"
    address = f"{caller.settings.base_url.rstrip('/')}/api/v1{base_of(caller)}"
    return show(
        caller,
        "people/token_made.html",
        title,
        secret=secret,
        address=address,
        scopes=scopes_words(token),
        until=token.expires_at.date(),
    )


@router.get("/campaigns/{campaign}/people/tokens/{api_token}")
def token_page(caller: Organiser, api_token: str) -> Response:
    token = _token(caller, api_token)
    words, colour = token_state(token, caller.now)
    names = caller.work.accounts.names_of({token.created_by})
    return show(
        caller,
        "people/token.html",
        token.name,
        token=token,
        state=words,
        holds=colour == "green",
        scopes=scopes_words(token),
        made_by=names.get(token.created_by, "somebody whose account was erased"),
    )


@router.post("/campaigns/{campaign}/people/tokens/{api_token}/end")
def end(caller: Organiser, api_token: str) -> Response:
    record = caller.hold()
    token = _token(caller, api_token)
    revoke_token(caller.work, record, token, caller.doing)
    return on_to(f"{base_of(caller)}/people/tokens", f"The token for {token.name} does not work any more.")


def _token(caller: Caller, reference: str) -> ApiToken:
    token = caller.work.tokens.by_id(caller.campaign.id, reference)
    if token is None:
        raise NotYours
    return token


def _tokens_page(
    caller: Caller,
    errors: tuple[PageError, ...] = (),
    name: str = "",
    scopes: list[str] | None = None,
    days: str = "90",
) -> Response:
    tokens = caller.work.tokens.in_campaign(caller.campaign.id)
    query = TableQuery.read(caller.request.query_params)
    return show(
        caller,
        "people/tokens.html",
        TITLE,
        errors=errors,
        status=422 if errors else 200,
        table=tokens_table(tokens, base_of(caller), caller.now, query),
        number=sum(1 for token in tokens if token_state(token, caller.now)[1] == "green"),
        name=name,
        scopes=["read"] if scopes is None else scopes,
        days=days,
    )
