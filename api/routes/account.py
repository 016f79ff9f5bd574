"""One's own account: name, password, one-time codes, and where one is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.permissions import Permission
from api.presenters.accounts import sign_in_words
from api.presenters.frame import PageError
from api.presenters.square_code import square_code
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import on_to, page_errors, show
from api.routes.sign_in import with_cookie
from api.security import code_address, code_secret_or_new, new_code_secret
from api.services.own_account import change_password, rename, replace_codes, sign_out_elsewhere
from api.storage.tables.people import Account

router = APIRouter(include_in_schema=False)

Person = Annotated[Caller, needs(Permission.HAVE_ACCOUNT)]


@router.get("/account")
def account_page(caller: Person) -> Response:
    return _account_page(caller)


@router.post("/account/name")
def change_name(caller: Person, form: Form) -> Response:
    name = field(form, "name")
    try:
        rename(caller.work, _own(caller), name, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _account_page(caller, page_errors(bad.faults), name)
    return on_to("/account", "Your name is changed.")


@router.get("/account/password")
def password_page(caller: Person) -> Response:
    return _password_page(caller)


@router.post("/account/password")
def new_password(caller: Person, form: Form) -> Response:
    typed = field(form, "old"), field(form, "password"), field(form, "again")
    try:
        tried = change_password(caller.work, _own(caller), *typed, caller.doing)
    except BadInput as bad:
        # Not taken back: a wrong password is counted.
        return _password_page(caller, page_errors(bad.faults))
    said = "Your password is changed. Wherever else you were signed in, you are signed out."
    return with_cookie(caller, on_to("/account", said), tried)


@router.get("/account/codes")
def codes_page(caller: Person) -> Response:
    return _codes_page(caller, new_code_secret())


@router.post("/account/codes")
def new_codes(caller: Person, form: Form) -> Response:
    old, secret, code = field(form, "old"), code_secret_or_new(field(form, "secret")), field(form, "code")
    try:
        replace_codes(caller.work, _own(caller), old, secret, code, caller.doing)
    except BadInput as bad:
        return _codes_page(caller, secret, page_errors(bad.faults))
    return on_to("/account", "From now on you sign in with codes from this telephone.")


@router.post("/account/browsers")
def leave_elsewhere(caller: Person) -> Response:
    ended = sign_out_elsewhere(caller.work, _own(caller), caller.token, caller.doing)
    said = "You were signed in nowhere else." if not ended else "You are signed out everywhere else."
    return on_to("/account", said)


def _own(caller: Caller) -> Account:
    if caller.account is None:
        raise NotYours
    return caller.account


def _account_page(caller: Caller, errors: tuple[PageError, ...] = (), name: str | None = None) -> Response:
    account = _own(caller)
    return show(
        caller,
        "account/account.html",
        "Your account",
        errors=errors,
        status=422 if errors else 200,
        account=account,
        name=account.name if name is None else name,
        sign_in=sign_in_words(account),
        browsers=caller.work.sign_ins.browsers_of(account.id, caller.now),
        openid=caller.settings.has_openid,
    )


def _password_page(caller: Caller, errors: tuple[PageError, ...] = ()) -> Response:
    return show(
        caller,
        "account/password.html",
        "Change your password",
        errors=errors,
        status=422 if errors else 200,
        has_one=_own(caller).password_hash is not None,
    )


def _codes_page(caller: Caller, secret: str, errors: tuple[PageError, ...] = ()) -> Response:
    account = _own(caller)
    address = code_address(secret, account.email or account.id)
    return show(
        caller,
        "account/codes.html",
        "Use another telephone for one-time codes" if account.code_secret else "Set up one-time codes",
        errors=errors,
        status=422 if errors else 200,
        secret=secret,
        square=square_code(address),
        asks_password=account.password_hash is not None,
    )
