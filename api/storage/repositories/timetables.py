"""Drafts, published versions and notices of a campaign."""

from __future__ import annotations

import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from api.storage.tables.timetables import Notice, Publication, StoredTimetable


class Timetables:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, campaign: str) -> int:
        """The number of the next draft. The campaign must be locked, so that no two get the same."""
        return self._highest(StoredTimetable, campaign) + 1

    def latest_number(self, campaign: str) -> int:
        """The number of the latest draft, 0 where there is none."""
        return self._highest(StoredTimetable, campaign)

    def add(self, timetable: StoredTimetable) -> None:
        self._session.add(timetable)
        self._session.flush()

    def by_number(self, campaign: str, number: int) -> StoredTimetable | None:
        return self._session.exec(
            select(StoredTimetable).where(
                StoredTimetable.campaign_id == campaign, StoredTimetable.number == number
            )
        ).first()

    def all(self, campaign: str) -> list[StoredTimetable]:
        """Every draft, the newest first."""
        made = select(StoredTimetable).where(StoredTimetable.campaign_id == campaign)
        return list(self._session.exec(made.order_by(col(StoredTimetable.number).desc())))

    def latest(self, campaign: str) -> StoredTimetable | None:
        made = select(StoredTimetable).where(StoredTimetable.campaign_id == campaign)
        return self._session.exec(made.order_by(col(StoredTimetable.number).desc()).limit(1)).first()

    def save(self, timetable: StoredTimetable) -> None:
        self._session.add(timetable)
        self._session.flush()

    def next_publication(self, campaign: str) -> int:
        return self._highest(Publication, campaign) + 1

    def publish(self, publication: Publication, notices: list[Notice]) -> None:
        self._session.add(publication)
        self._session.flush()
        self._session.add_all(notices)
        self._session.flush()

    def publications(self, campaign: str) -> list[Publication]:
        """Every published version, the newest first."""
        made = select(Publication).where(Publication.campaign_id == campaign)
        return list(self._session.exec(made.order_by(col(Publication.number).desc())))

    def publication(self, campaign: str, number: int) -> Publication | None:
        return self._session.exec(
            select(Publication).where(Publication.campaign_id == campaign, Publication.number == number)
        ).first()

    def latest_publication(self, campaign: str) -> Publication | None:
        made = select(Publication).where(Publication.campaign_id == campaign)
        return self._session.exec(made.order_by(col(Publication.number).desc()).limit(1)).first()

    def notices(self, campaign: str, publication: int) -> list[Notice]:
        listed = select(Notice).where(Notice.campaign_id == campaign, Notice.publication == publication)
        return list(self._session.exec(listed.order_by(col(Notice.person))))

    def tell(self, campaign: str, publication: int, people: list[str], by: str, at: datetime.datetime) -> int:
        """Note that these people were told; how many of them had not been before."""
        done = self._session.exec(
            update(Notice)
            .where(
                col(Notice.campaign_id) == campaign,
                col(Notice.publication) == publication,
                col(Notice.person).in_(people),
                col(Notice.told_at).is_(None),
            )
            .values(told_at=at, told_by=by)
        )
        return done.rowcount

    def told_of_each(self, campaign: str) -> dict[int, tuple[int, int]]:
        """For each published version how many people are to be told, and how many have been."""
        counts = select(Notice.publication, func.count(), func.count(col(Notice.told_at)))
        listed = counts.where(Notice.campaign_id == campaign).group_by(col(Notice.publication))
        return {version: (people, told) for version, people, told in self._session.exec(listed)}

    def _highest(self, table: type[StoredTimetable] | type[Publication], campaign: str) -> int:
        highest = select(func.max(table.number)).where(table.campaign_id == campaign)
        return self._session.exec(highest).one() or 0
