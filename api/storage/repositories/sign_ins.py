"""Browsers that are signed in, tries that failed, and visits to a council's own sign-in."""

from __future__ import annotations

import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from api.storage.tables.people import Account, OpenIdVisit, SignedIn, SignInFailure


class SignIns:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, signed_in: SignedIn) -> None:
        self._session.add(signed_in)
        self._session.flush()

    def account_of(self, token_sha256: str, now: datetime.datetime) -> tuple[SignedIn, Account] | None:
        """Who is signed in with this token, where it holds and the account is active."""
        found = self._session.exec(
            select(SignedIn, Account)
            .where(col(SignedIn.token_sha256) == token_sha256, col(SignedIn.account_id) == col(Account.id))
            .where(col(SignedIn.expires_at) > now, col(Account.is_active))
        ).first()
        return None if found is None else (found[0], found[1])

    def end(self, token_sha256: str) -> None:
        self._session.exec(delete(SignedIn).where(col(SignedIn.token_sha256) == token_sha256))

    def end_all_of(self, account: str) -> None:
        self._session.exec(delete(SignedIn).where(col(SignedIn.account_id) == account))

    def browsers_of(self, account: str, now: datetime.datetime) -> list[SignedIn]:
        """Where an account is signed in, the latest first."""
        found = select(SignedIn).where(
            SignedIn.account_id == account, SignedIn.is_complete, col(SignedIn.expires_at) > now
        )
        return list(self._session.exec(found.order_by(col(SignedIn.created_at).desc())))

    def end_others_of(self, account: str, token_sha256: str) -> int:
        """Sign every browser of an account out but this one; how many there were."""
        done = self._session.exec(
            delete(SignedIn).where(
                col(SignedIn.account_id) == account, col(SignedIn.token_sha256) != token_sha256
            )
        )
        return done.rowcount

    def forget_expired(self, now: datetime.datetime) -> None:
        self._session.exec(delete(SignedIn).where(col(SignedIn.expires_at) <= now))
        self._session.exec(delete(OpenIdVisit).where(col(OpenIdVisit.expires_at) <= now))

    def add_failure(self, key: str, at: datetime.datetime) -> None:
        self._session.add(SignInFailure(key=key, at=at))
        self._session.flush()

    def failures_since(self, key: str, since: datetime.datetime) -> int:
        counted = select(func.count()).select_from(SignInFailure)
        return self._session.exec(
            counted.where(col(SignInFailure.key) == key, col(SignInFailure.at) > since)
        ).one()

    def forget_failures(self, key: str) -> None:
        self._session.exec(delete(SignInFailure).where(col(SignInFailure.key) == key))

    def forget_failures_before(self, at: datetime.datetime) -> None:
        self._session.exec(delete(SignInFailure).where(col(SignInFailure.at) < at))

    def add_visit(self, visit: OpenIdVisit) -> None:
        self._session.add(visit)
        self._session.flush()

    def take_visit(self, state_sha256: str, now: datetime.datetime) -> OpenIdVisit | None:
        """The visit that this state belongs to, once."""
        visit = self._session.get(OpenIdVisit, state_sha256)
        if visit is None:
            return None
        gone = self._session.exec(delete(OpenIdVisit).where(col(OpenIdVisit.state_sha256) == state_sha256))
        self._session.expunge(visit)
        return visit if gone.rowcount and visit.expires_at > now else None
