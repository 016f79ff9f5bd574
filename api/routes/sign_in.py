"""Signing in, by password and one-time code, and out; taking up a link that works once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.frame import PageError
from api.presenters.square_code import square_code
from api.routes.access import (
    Caller,
    Form,
    address_of,
    cookie_name,
    field,
    needs,
)
from api.routes.answers import on_to, page_errors, show
from api.security import code_address, code_secret_or_new, new_code_secret
from api.services.manage_accounts import FIRST_ADMINISTRATOR, link_of, take_up
from api.services.openid import can_connect
from api.services.sign_in import (
    Tried,
    begin,
    enrol,
    needs_code,
    sign_out,
    signed_in_as,
    try_code,
    try_password,
)

router = APIRouter(include_in_schema=False)

Anybody = Annotated[Caller, needs(Permission.OPEN)]
WRONG = "The e-mail address or the password is not right"
THROTTLED = "Too many tries have failed. Wait 15 minutes, or ask your administrator for a new link"
WRONG_CODE = "That is not the code that the app shows now"


@router.get("/sign-in")
def sign_in_page(caller: Anybody, next: str = "/") -> Response:
    if caller.account is not None:
        return on_to(own_path(next))
    return _sign_in_page(caller, next=own_path(next))


@router.post("/sign-in")
def sign_in(caller: Anybody, form: Form) -> Response:
    email, wanted = field(form, "email"), own_path(field(form, "next"))
    tried = try_password(
        caller.work, email, field(form, "password"), address_of(caller.request), caller.now, caller.settings
    )
    if tried.token is None:
        words = THROTTLED if tried.is_throttled else WRONG
        return _sign_in_page(caller, email=email, next=wanted, words=words, status=422)
    return with_cookie(caller, on_to(wanted if tried.is_complete else "/sign-in/code"), tried)


@router.get("/sign-in/code")
def code_page(caller: Anybody) -> Response:
    return _code_page(caller, new_code_secret())


@router.post("/sign-in/code")
def code(caller: Anybody, form: Form) -> Response:
    typed, secret = field(form, "code"), code_secret_or_new(field(form, "secret"))
    who = signed_in_as(caller.work, caller.token, caller.now)
    if who is None or who.is_complete:
        return on_to("/")
    if who.account.code_secret:
        tried = try_code(caller.work, caller.token, typed, caller.now)
    else:
        try:
            tried = enrol(caller.work, caller.token, secret, typed, caller.now)
        except (BadInput, ValueError):
            tried = Tried(None)
    if tried.token is None:
        return _code_page(caller, secret, THROTTLED if tried.is_throttled else WRONG_CODE)
    return with_cookie(caller, on_to("/"), tried)


@router.post("/sign-out")
def leave(caller: Anybody) -> Response:
    sign_out(caller.work, caller.token, caller.doing)
    answer = on_to("/sign-in", "You are signed out.")
    answer.delete_cookie(cookie_name(caller.settings), secure=caller.settings.is_secure, httponly=True)
    return answer


@router.get("/link/{token}")
def link_page(caller: Anybody, token: str) -> Response:
    return _link_page(caller, token)


@router.post("/link/{token}")
def use_link(caller: Anybody, token: str, form: Form) -> Response:
    name, email = field(form, "name"), field(form, "email")
    try:
        account = take_up(
            caller.work, token, field(form, "password"), field(form, "again"), caller.now, name, email
        )
    except BadInput as bad:
        caller.refuse()
        return _link_page(caller, token, bad, name, email)
    complete = not needs_code(caller.work, account, caller.settings)
    return with_cookie(
        caller,
        on_to("/" if complete else "/sign-in/code"),
        begin(caller.work, account, caller.now, is_complete=complete),
    )


def with_cookie(caller: Caller, answer: Response, tried: Tried) -> Response:
    """The answer with the token that makes its browser signed in, until the browser is closed."""
    answer.set_cookie(
        cookie_name(caller.settings),
        tried.token or "",
        httponly=True,
        samesite="lax",
        secure=caller.settings.is_secure,
        path="/",
    )
    return answer


def openid_name(caller: Caller) -> str:
    """What the council's own sign-in is called; empty where there is none."""
    return caller.settings.openid_name or "your council’s account" if caller.settings.has_openid else ""


def own_path(wanted: str) -> str:
    """Where to go on to: only ever a page of ours."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours and "\\" not in wanted else "/"


def _sign_in_page(
    caller: Caller, email: str = "", next: str = "/", words: str = "", status: int = 200
) -> Response:
    errors = (PageError(words, "#email"),) if words else ()
    return show(
        caller,
        "sign_in/password.html",
        "Sign in",
        errors=errors,
        status=status,
        email=email,
        next=next,
        openid=openid_name(caller),
    )


def _code_page(caller: Caller, secret: str, words: str = "") -> Response:
    who = signed_in_as(caller.work, caller.token, caller.now)
    if who is None or who.is_complete:
        return on_to("/" if who else "/sign-in")
    enrols = not who.account.code_secret
    square = square_code(code_address(secret, who.account.email or who.account.id)) if enrols else ""
    errors = (PageError(words, "#code"),) if words else ()
    return show(
        caller,
        "sign_in/code.html",
        "Set up one-time codes" if enrols else "Type your one-time code",
        errors=errors,
        status=422 if words else 200,
        enrols=enrols,
        secret=secret if enrols else "",
        square=square,
    )


def _link_page(
    caller: Caller, token: str, bad: BadInput | None = None, name: str = "", email: str = ""
) -> Response:
    link = link_of(caller.work, token, caller.now)
    errors = page_errors(bad.faults) if bad else ()
    return show(
        caller,
        "sign_in/link.html",
        "Choose a password" if link else "This link does not work any more",
        errors=errors if link else (),
        status=422 if bad else (200 if link else 404),
        works=link is not None,
        is_first=link is not None and link.purpose == FIRST_ADMINISTRATOR,
        openid=openid_name(caller) if can_connect(link) else "",
        link=token,
        name=name,
        email=email,
    )
