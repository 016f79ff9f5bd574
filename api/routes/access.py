"""The door of every route: who is there, what they may do here, and the one unit of work of the request.

A route names exactly one permission, `caller: Annotated[Caller, needs(Permission.SOLVE)]`. Whoever is not
signed in is asked to; whatever is not theirs is not found. The unit of work is committed when the route's
function has ended and before anything is sent, unless it was taken back (`Caller.refuse`) or has failed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.clock import utc_now
from api.permissions import Permission, Standing, may
from api.presenters.typed_times import typed_moment
from api.routes.turns import Turns
from api.security import token_sha256
from api.services.doing import Doing
from api.services.note_download import Download, note_downloads
from api.services.open_campaign import Opened, open_campaign
from api.services.sign_in import SignedInAs, signed_in_as, standing_of
from api.settings import Settings
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.people import Account
from api.storage.unit_of_work import Database, UnitOfWork

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIELDS_MAX = 20_000
FILES_MAX = 60


class NotYours(Exception):
    """What was asked for is not there for whoever asked: 404, whether or not it is there for others."""


class SignInWanted(Exception):
    """Nobody is signed in, or not completely; `where` is where to send them."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class TokenWanted(Exception):
    """The interface was asked without a token, or with one that does not hold."""


@dataclass(slots=True)
class Caller:
    """Whoever is at the door. `account` is None for a token and for whoever is not signed in."""

    request: Request
    work: UnitOfWork
    now: datetime
    settings: Settings
    standing: Standing
    account: Account | None = None
    record: CampaignRecord | None = None
    token: str = ""
    given: list[Download] = dataclass_field(default_factory=list)

    @property
    def campaign(self) -> CampaignRecord:
        """The campaign of this address."""
        if self.record is None:
            raise NotYours
        return self.record

    @property
    def doing(self) -> Doing:
        return Doing(self.standing.account or "nobody", self.now)

    @property
    def nonce(self) -> str:
        nonce: str = self.request.state.nonce
        return nonce

    def opened(self, change: int | None = None) -> Opened:
        """The campaign's tables, read and checked."""
        return open_campaign(self.work, self.campaign, change)

    def hold(self) -> CampaignRecord:
        """The campaign, held so that nobody else changes it before this request is over."""
        held = self.work.campaigns.held(self.campaign.id)
        if held is None:
            raise NotYours
        self.record = held
        return held

    def refuse(self) -> None:
        """Keep nothing of what this request has written."""
        self.work.take_back()


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """The fields and files of a form; the files are closed when the route's function has ended.

    Fields come without the character of number 0, which not every database can keep.
    """
    async with request.form(max_files=FILES_MAX, max_fields=FIELDS_MAX) as form:
        yield FormData(
            [
                (name, part.replace("\0", "") if isinstance(part, str) else part)
                for name, part in form.multi_items()
            ]
        )


Form = Annotated[FormData, Depends(form_of, scope="function")]


async def its_turn(request: Request, received: Form) -> AsyncIterator[None]:
    """Waits for the turn of this request, which is kept until its unit of work is over.

    A form is received whole before that: it may come slowly over a bad network, and others would wait for it.
    """
    turns: Turns = request.app.state.turns
    async with turns.turn(writes=request.method not in SAFE_METHODS):
        yield


Turn = Annotated[None, Depends(its_turn, scope="function")]
Door = Callable[..., Iterator[Caller]]


def needs(permission: Permission) -> Any:
    """The door for people with a browser."""

    def door(request: Request, turn: Turn) -> Iterator[Caller]:
        with _work(request) as work:
            caller = _person(request, work, permission)
            yield caller
        _note(caller)

    door.permission = permission  # type: ignore[attr-defined]
    return Depends(door, scope="function")


def needs_token(permission: Permission) -> Any:
    """The door for other programs."""

    def door(request: Request, turn: Turn) -> Iterator[Caller]:
        with _work(request) as work:
            caller = _program(request, work, permission)
            yield caller
        _note(caller)

    door.permission = permission  # type: ignore[attr-defined]
    return Depends(door, scope="function")


def field(form: FormData, name: str) -> str:
    """One field as text, empty where it was not sent."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def moment(form: FormData, name: str) -> str:
    """One field that holds a day and a time, as tables spell it where it can be read."""
    return typed_moment(field(form, name))


def cookie_name(settings: Settings) -> str:
    return "__Host-stepup" if settings.is_secure else "stepup"


def address_of(request: Request) -> str:
    """Where a request comes from, for throttling."""
    return request.client.host if request.client else ""


def _work(request: Request) -> UnitOfWork:
    database: Database = request.app.state.database
    return database.reading() if request.method in SAFE_METHODS else database.writing()


def _person(request: Request, work: UnitOfWork, permission: Permission) -> Caller:
    _refuse_no_text(request)
    settings: Settings = request.app.state.settings
    now = utc_now()
    token = request.cookies.get(cookie_name(settings), "")
    who = signed_in_as(work, token, now)
    if permission is not Permission.OPEN:
        _complete(request, who)
    reference = request.path_params.get("campaign")
    account = who.account if who and who.is_complete else None
    standing = standing_of(work, account, reference) if account else Standing()
    record = work.campaigns.by_id(reference) if reference else None
    if not may(standing, permission) or (reference and record is None):
        raise NotYours
    return Caller(request, work, now, settings, standing, account, record, token)


def _note(caller: Caller) -> None:
    """The audit tells of the files that this request gives: afterwards, because most requests only read."""
    if caller.given:
        with caller.request.app.state.database.writing() as work:
            note_downloads(work, caller.record, caller.given, caller.doing)


def _refuse_no_text(request: Request) -> None:
    """The character of number 0 is in no address of ours, and not every database can look for it."""
    if "\0" in request.scope["path"] or any("\0" in part for part in request.query_params.values()):
        raise NotYours


def _complete(request: Request, who: SignedInAs | None) -> None:
    if who is None:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = f"?next={quote(wanted)}" if request.method in SAFE_METHODS and wanted != "/" else ""
        raise SignInWanted(f"/sign-in{back}")
    if not who.is_complete:
        raise SignInWanted("/sign-in/code")


def _program(request: Request, work: UnitOfWork, permission: Permission) -> Caller:
    _refuse_no_text(request)
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    now = utc_now()
    found = work.tokens.by_sha256(token_sha256(value.strip()), now) if kind.lower() == "bearer" else None
    if found is None:
        raise TokenWanted
    standing = Standing(f"token:{found.id}", scopes=frozenset(found.scopes))
    reference = request.path_params.get("campaign")
    if reference != found.campaign_id or not may(standing, permission):
        raise NotYours
    record = work.campaigns.by_id(found.campaign_id)
    if record is None:
        raise NotYours
    return Caller(request, work, now, request.app.state.settings, standing, None, record)
