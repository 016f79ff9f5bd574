"""Accounts, and the links that work once."""

from __future__ import annotations

import datetime

from sqlmodel import Session, col, select, update

from api.storage.tables.people import Account, OneTimeLink


class Accounts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, account: Account) -> None:
        self._session.add(account)
        self._session.flush()

    def by_id(self, reference: str) -> Account | None:
        return self._session.get(Account, reference)

    def by_email(self, email: str) -> Account | None:
        return self._session.exec(select(Account).where(Account.email == email.strip().lower())).first()

    def by_openid(self, subject: str) -> Account | None:
        return self._session.exec(select(Account).where(Account.openid_subject == subject)).first()

    def all(self) -> list[Account]:
        return list(self._session.exec(select(Account).order_by(col(Account.name), col(Account.id))))

    def have_administrator(self) -> bool:
        found = select(Account.id).where(Account.is_administrator, Account.is_active).limit(1)
        return self._session.exec(found).first() is not None

    def administrators(self) -> list[Account]:
        """Those who can sign in and look after the installation."""
        found = select(Account).where(Account.is_administrator, Account.is_active)
        return list(self._session.exec(found.order_by(col(Account.id))))

    def names_of(self, references: set[str]) -> dict[str, str]:
        """The name of each of these accounts that has one; whoever was erased has none."""
        if not references:
            return {}
        rows = self._session.exec(select(Account.id, Account.name).where(col(Account.id).in_(references)))
        return {reference: name for reference, name in rows if name}

    def save(self, account: Account) -> None:
        self._session.add(account)
        self._session.flush()

    def use_code_step(self, account: Account, step: int) -> bool:
        """Whether this time step had not been used yet; it is now. Two at once: one of them gets it."""
        unused = (col(Account.code_step_used).is_(None)) | (col(Account.code_step_used) < step)
        done = self._session.exec(
            update(Account).where(col(Account.id) == account.id, unused).values(code_step_used=step)
        )
        return bool(done.rowcount)

    def add_link(self, link: OneTimeLink) -> None:
        self._session.add(link)
        self._session.flush()

    def link(self, token_sha256: str, now: datetime.datetime) -> OneTimeLink | None:
        """The link, if it may still be used."""
        link = self._session.get(OneTimeLink, token_sha256)
        return link if link and link.used_at is None and link.expires_at > now else None

    def use_link(self, token_sha256: str, now: datetime.datetime) -> bool:
        """Whether the link could still be used; it cannot any more. Two at once: one of them gets it."""
        done = self._session.exec(
            update(OneTimeLink)
            .where(
                col(OneTimeLink.token_sha256) == token_sha256,
                col(OneTimeLink.used_at).is_(None),
                col(OneTimeLink.expires_at) > now,
            )
            .values(used_at=now)
        )
        return bool(done.rowcount)

    def end_links(self, purpose: str, account: str | None, now: datetime.datetime) -> None:
        """Earlier links for the same thing end when a new one is made."""
        same = col(OneTimeLink.account_id) == account if account else col(OneTimeLink.account_id).is_(None)
        self._session.exec(
            update(OneTimeLink)
            .where(col(OneTimeLink.purpose) == purpose, same, col(OneTimeLink.used_at).is_(None))
            .values(used_at=now)
        )

    def end_links_of(self, account: str, now: datetime.datetime) -> None:
        """No link of this account works any more."""
        self._session.exec(
            update(OneTimeLink)
            .where(col(OneTimeLink.account_id) == account, col(OneTimeLink.used_at).is_(None))
            .values(used_at=now)
        )

    def open_link_of(self, account: str, now: datetime.datetime) -> OneTimeLink | None:
        """The link of this account that may still be used and holds longest."""
        found = select(OneTimeLink).where(
            OneTimeLink.account_id == account,
            col(OneTimeLink.used_at).is_(None),
            col(OneTimeLink.expires_at) > now,
        )
        return self._session.exec(found.order_by(col(OneTimeLink.expires_at).desc()).limit(1)).first()
