"""Signing in with a council's own account: sent there, and back again.

What must be proven before anybody is signed in is in `api/services/openid.py`.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.permissions import Permission
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import on_to, show
from api.routes.sign_in import openid_name, own_path, with_cookie
from api.services import openid
from api.services.openid import NotSignedIn, Provider
from api.services.sign_in import Tried
from api.settings import Settings
from api.storage.unit_of_work import Database

router = APIRouter(include_in_schema=False)

VISIT = "stepup-visit"
TITLE = "Sign in with your council’s account"


def _provider(request: Request) -> Provider | str | None:
    """The provider, or in words why there is none now. Asked first, so that no database waits for it."""
    settings: Settings = request.app.state.settings
    if not settings.has_openid:
        return None
    try:
        return openid.provider_of(settings)
    except NotSignedIn as why:
        return str(why)


Anybody = Annotated[Caller, needs(Permission.OPEN)]
Asked = Annotated[Provider | str | None, Depends(_provider)]


@router.post("/sign-in/council")
def to_council(provider: Asked, caller: Anybody, form: Form) -> Response:
    if provider is None:
        raise NotYours
    if isinstance(provider, str):
        return _refused(caller, provider)
    sent = openid.send(caller.work, caller.settings, provider, field(form, "link"), caller.now)
    # Not a redirect: a form may only lead to our own pages (the policy in `guard.py`), and browsers hold the
    # redirect after it to the same. The page that is shown instead goes there by itself.
    wanted = quote(own_path(field(form, "next")), safe="")
    answer = show(caller, "sign_in/council.html", TITLE, url=sent.url, name=openid_name(caller))
    answer.set_cookie(
        VISIT,
        f"{sent.state}.{wanted}",
        max_age=int(openid.VISIT_HOLDS_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=caller.settings.is_secure,
        path="/sign-in/council",
    )
    return answer


@router.get("/sign-in/council/back")
def back(provider: Asked, caller: Anybody, state: str = "", code: str = "") -> Response:
    if provider is None:
        raise NotYours
    browser_state, _, wanted = caller.request.cookies.get(VISIT, "").partition(".")
    if isinstance(provider, str):
        return _refused(caller, provider)
    try:
        tried = _come_back(caller, provider, state, browser_state, code)
    except NotSignedIn as why:
        answer = _refused(caller, str(why))
    else:
        answer = with_cookie(caller, on_to(own_path(unquote(wanted))), tried)
    answer.delete_cookie(VISIT, path="/sign-in/council")
    return answer


def _come_back(caller: Caller, provider: Provider, state: str, browser_state: str, code: str) -> Tried:
    """Coming back is a GET, and writes all the same; nothing is held while the provider is asked."""
    database: Database = caller.request.app.state.database
    with database.writing() as work:
        visit = openid.expected_visit(work, state, browser_state, caller.now)
    subject = openid.proven_subject(caller.settings, provider, visit, code, caller.now)
    refusal: NotSignedIn | None = None
    with database.writing() as work:
        try:
            return openid.come_in(work, subject, visit, caller.now)
        except NotSignedIn as why:
            # Kept, since that somebody was refused is in the audit.
            refusal = why
    raise refusal


def _refused(caller: Caller, words: str) -> Response:
    return show(
        caller,
        "sign_in/refused.html",
        "You are not signed in",
        status=422,
        words=words,
        name=openid_name(caller),
    )
