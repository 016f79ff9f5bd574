"""Tokens of other programs, each for one campaign."""

from __future__ import annotations

import datetime

from sqlmodel import Session, col, select

from api.storage.tables.people import ApiToken


class Tokens:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, token: ApiToken) -> None:
        self._session.add(token)
        self._session.flush()

    def by_sha256(self, token_sha256: str, now: datetime.datetime) -> ApiToken | None:
        """The token, where it still holds."""
        found = self._session.exec(select(ApiToken).where(ApiToken.token_sha256 == token_sha256)).first()
        return found if found and found.revoked_at is None and found.expires_at > now else None

    def in_campaign(self, campaign: str) -> list[ApiToken]:
        made = select(ApiToken).where(ApiToken.campaign_id == campaign)
        return list(self._session.exec(made.order_by(col(ApiToken.created_at), col(ApiToken.id))))

    def by_id(self, campaign: str, reference: str) -> ApiToken | None:
        found = self._session.get(ApiToken, reference)
        return found if found is not None and found.campaign_id == campaign else None

    def names_of(self, references: set[str]) -> dict[str, str]:
        """What each of these tokens is called."""
        if not references:
            return {}
        rows = self._session.exec(select(ApiToken.id, ApiToken.name).where(col(ApiToken.id).in_(references)))
        return dict(rows.all())

    def save(self, token: ApiToken) -> None:
        self._session.add(token)
        self._session.flush()
