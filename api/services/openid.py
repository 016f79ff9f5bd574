"""Signing in with a council's own account: OpenID Connect, authorization code with PKCE, state and nonce.

The only home of Authlib. People are known by what never changes hands: Entra ID's tenant and object (`tid`,
`oid`), elsewhere the issuer with `sub`; never by e-mail. Somebody not known here is refused, unless they come
from their invitation, which connects them. A one-time code of ours is not asked for on top: that is left to
the council's sign-in, which is trusted for it.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.clock import stopwatch_seconds
from api.security import new_token, token_sha256
from api.services.doing import Doing
from api.services.manage_accounts import FIRST_ADMINISTRATOR
from api.services.sign_in import Tried, begin
from api.settings import Settings
from api.storage.tables.people import Account, OneTimeLink, OpenIdVisit
from api.storage.unit_of_work import UnitOfWork

BACK = "/sign-in/council/back"
VISIT_HOLDS_FOR = datetime.timedelta(minutes=10)
PROVIDER_SECONDS = 3600.0
ANSWER_SECONDS = 5.0
LEEWAY_SECONDS = 60
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "PS384", "PS512", "ES512")
TENANT = "{tenantid}"


class NotSignedIn(Exception):
    """The council's sign-in did not lead to somebody who may come in; the message says why, in words."""


NO_ANSWER = (
    "Your council’s sign-in did not answer. Try again in a few minutes, or sign in with your password."
)
NOT_EXPECTED = "This sign-in was not begun here, or it took longer than ten minutes. Please begin again."
NOT_PROVEN = "What your council’s sign-in sent back could not be verified, so nobody was signed in."
DENIED = "Your council’s sign-in did not let you in. Try again, or sign in with your password."
UNKNOWN = (
    "Your council knows you, but no account here is connected with it yet. Open the link of your invitation "
    "and choose “Connect your council account” there. If you have no link any more, ask whoever invited you."
)
CLOSED = "Your account here is closed. Ask your administrator."
TAKEN = "That council account is connected with another account here already. Ask your administrator."
LINK_USED = (
    "The link that you came from has been used or has run out. Ask whoever sent it to you for a new one."
)


@dataclass(frozen=True, slots=True)
class Provider:
    """A council's sign-in, as it describes itself. `issuer` may hold a place for the tenant (Entra ID)."""

    issuer: str
    authorization_url: str
    token_url: str
    keys: Mapping[str, Any]
    posts_secret: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """Where to send somebody, and the state that their browser must bring back."""

    url: str
    state: str


def provider_of(settings: Settings, *, fresh: bool = False) -> Provider:
    """The installation's provider, asked once an hour at most. Raises `NotSignedIn` without an answer."""
    with _LOCK:
        known = _PROVIDERS.get(settings.openid_issuer)
    if known is not None and not fresh and stopwatch_seconds() - known[1] < PROVIDER_SECONDS:
        return known[0]
    found = _described(settings.openid_issuer)
    with _LOCK:
        _PROVIDERS[settings.openid_issuer] = (found, stopwatch_seconds())
    return found


def send(work: UnitOfWork, settings: Settings, provider: Provider, link: str, now: datetime.datetime) -> Sent:
    """Send somebody to their council's sign-in. `link` is the token of the link they came from, or empty."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
    from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

    state, nonce, verifier = new_token(), new_token(), new_token()
    work.sign_ins.forget_expired(now)
    work.sign_ins.add_visit(
        OpenIdVisit(
            state_sha256=token_sha256(state),
            nonce=nonce,
            verifier=verifier,
            link_sha256=token_sha256(link) if link else "",
            expires_at=now + VISIT_HOLDS_FOR,
        )
    )
    url: str = prepare_grant_uri(
        provider.authorization_url,
        client_id=settings.openid_client,
        response_type="code",
        redirect_uri=settings.base_url.rstrip("/") + BACK,
        scope="openid profile",
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    return Sent(url, state)


def expected_visit(work: UnitOfWork, state: str, browser_state: str, now: datetime.datetime) -> OpenIdVisit:
    """The visit that this browser was sent on, once. Raises `NotSignedIn`: also for another browser's."""
    visit = work.sign_ins.take_visit(token_sha256(state), now) if state else None
    if visit is None or state != browser_state:
        raise NotSignedIn(NOT_EXPECTED)
    return visit


def proven_subject(
    settings: Settings, provider: Provider, visit: OpenIdVisit, code: str, now: datetime.datetime
) -> str:
    """Who came back, as what never changes hands. Raises `NotSignedIn` for anything that is not proven."""
    if not code:
        raise NotSignedIn(DENIED)
    token = _id_token(settings, provider, visit, code)
    claims = _verified(settings, provider, visit, token, now)
    return _subject(claims)


def come_in(work: UnitOfWork, subject: str, visit: OpenIdVisit, now: datetime.datetime) -> Tried:
    """Sign in whoever this is, connecting their account first where they came from a link."""
    account = work.accounts.by_openid(subject)
    if visit.link_sha256:
        account = _connected(work, subject, account, visit.link_sha256, now)
    if account is None:
        work.audit.record("", now, "nobody known", "council sign-in refused")
        raise NotSignedIn(UNKNOWN)
    if not account.is_active:
        work.audit.record("", now, account.id, "council sign-in refused")
        raise NotSignedIn(CLOSED)
    return begin(work, account, now, is_complete=True)


def can_connect(link: OneTimeLink | None) -> bool:
    """Whether a council account may be connected by this link: one of a person who is known already."""
    return link is not None and link.purpose != FIRST_ADMINISTRATOR and link.account_id is not None


_PROVIDERS: dict[str, tuple[Provider, float]] = {}
_LOCK = threading.Lock()


def _described(issuer: str) -> Provider:
    base = issuer.rstrip("/")
    said = _asked("GET", f"{base}/.well-known/openid-configuration")
    named = str(said.get("issuer", ""))
    if named.rstrip("/") != base and TENANT not in named:
        raise NotSignedIn(NOT_PROVEN)
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    try:
        return Provider(
            issuer=named,
            authorization_url=str(said["authorization_endpoint"]),
            token_url=str(said["token_endpoint"]),
            keys=_asked("GET", str(said["jwks_uri"])),
            posts_secret="client_secret_post" in methods,
        )
    except KeyError as missing:
        raise NotSignedIn(NO_ANSWER) from missing


def _id_token(settings: Settings, provider: Provider, visit: OpenIdVisit, code: str) -> str:
    secret = settings.openid_secret.get_secret_value()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": settings.base_url.rstrip("/") + BACK,
        "code_verifier": visit.verifier,
    }
    named: tuple[str, str] | None = None
    if secret and not provider.posts_secret:
        named = (settings.openid_client, secret)
    else:
        form["client_id"] = settings.openid_client
        if secret:
            form["client_secret"] = secret
    said = _asked("POST", provider.token_url, form, named)
    token = said.get("id_token")
    if not isinstance(token, str):
        raise NotSignedIn(NOT_PROVEN)
    return token


def _verified(
    settings: Settings, provider: Provider, visit: OpenIdVisit, token: str, now: datetime.datetime
) -> Mapping[str, Any]:
    """The token's claims: signature, issuer, audience, nonce and expiry all hold. Else `NotSignedIn`."""
    from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
    from joserfc.errors import JoseError

    try:
        header, said = _signed(settings, provider, token)
        issuer = provider.issuer.replace(TENANT, str(said.get("tid", "")))
        claims = CodeIDToken(
            said,
            header,
            options={
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": settings.openid_client},
            },
            params={"nonce": visit.nonce, "client_id": settings.openid_client},
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise NotSignedIn(NOT_PROVEN) from problem
    return said


def _signed(settings: Settings, provider: Provider, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token signed by the provider. Keys change: an unknown one is asked for once."""
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError
    from joserfc.jwk import KeySet

    def read(by: Provider) -> tuple[dict[str, Any], dict[str, Any]]:
        keys: Any = by.keys
        found = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))
        return dict(found.header), dict(found.claims)

    try:
        return read(provider)
    except (InvalidKeyIdError, ValueError):
        return read(provider_of(settings, fresh=True))


def _subject(claims: Mapping[str, Any]) -> str:
    tenant, person = claims.get("tid"), claims.get("oid")
    if isinstance(tenant, str) and isinstance(person, str) and tenant and person:
        return f"tid:{tenant} oid:{person}"
    return f"iss:{claims['iss']} sub:{claims['sub']}"


def _connected(
    work: UnitOfWork, subject: str, known: Account | None, link_sha256: str, now: datetime.datetime
) -> Account:
    link = work.accounts.link(link_sha256, now)
    if link is None or not can_connect(link):
        raise NotSignedIn(LINK_USED)
    account = work.accounts.by_id(link.account_id or "")
    if account is None or (known is not None and known.id != account.id):
        raise NotSignedIn(TAKEN)
    if not work.accounts.use_link(link_sha256, now):
        raise NotSignedIn(LINK_USED)
    account.openid_subject = subject
    work.accounts.save(account)
    work.sign_ins.end_all_of(account.id)
    doing = Doing(account.id, now)
    work.audit.record("", doing.at, doing.by, "council account connected", f"account {account.id}")
    return account


def _asked(
    method: str, url: str, form: Mapping[str, str] | None = None, named: tuple[str, str] | None = None
) -> dict[str, Any]:
    """What the provider answers, as JSON. Raises `NotSignedIn` for anything else."""
    # Loaded only where somebody signs in this way.
    import httpx

    try:
        answer = httpx.request(method, url, data=form, auth=named, timeout=ANSWER_SECONDS)
        said = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
        raise NotSignedIn(NO_ANSWER) from problem
    if not isinstance(said, dict):
        raise NotSignedIn(NOT_PROVEN if method == "POST" else NO_ANSWER)
    return said
