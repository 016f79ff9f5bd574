"""What is published: a version's timetable by the tables as they stood then, whatever became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from api.campaign import Campaign
from api.services.open_draft import DraftReading, read_draft
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import Publication, StoredTimetable
from api.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Published:
    """One published version and its timetable."""

    publication: Publication
    draft: StoredTimetable
    reading: DraftReading


def latest_published(work: UnitOfWork, record: CampaignRecord) -> Published | None:
    """The version that holds now; None where nothing is published yet."""
    latest = work.timetables.latest_publication(record.id)
    return _published(work, record, latest) if latest else None


def published_version(work: UnitOfWork, record: CampaignRecord, number: int) -> Published | None:
    """One version of the campaign; None where there is none of this number."""
    found = work.timetables.publication(record.id, number)
    return _published(work, record, found) if found else None


def with_what_is_gone(now: Campaign, before: Campaign) -> Campaign:
    """The campaign as it is now, and beside it what an earlier timetable may name that it no longer has."""
    new, old = now.problem, before.problem
    problem = replace(
        new,
        sessions=_together(new.sessions, old.sessions),
        exercises=_together(new.exercises, old.exercises),
        rooms=_together(new.rooms, old.rooms),
        applicants=_together(new.applicants, old.applicants),
        assessors=_together(new.assessors, old.assessors),
        service_user_groups=_together(new.service_user_groups, old.service_user_groups),
        role_players=_together(new.role_players, old.role_players),
        interpreters=_together(new.interpreters, old.interpreters),
    )
    return replace(now, names={**before.names, **now.names}, problem=problem)


def known_when_told(work: UnitOfWork, record: CampaignRecord, published: Published) -> Campaign:
    """The campaign as a version knew it, with whoever was only in the version before: they are told too."""
    campaign = published.reading.campaign
    before = published_version(work, record, published.publication.number - 1)
    return with_what_is_gone(campaign, before.reading.campaign) if before else campaign


class _Named(Protocol):
    @property
    def reference(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _together(now: Iterable[N], before: Iterable[N]) -> tuple[N, ...]:
    here = tuple(now)
    known = {one.reference for one in here}
    return (*here, *(one for one in before if one.reference not in known))


def _published(work: UnitOfWork, record: CampaignRecord, publication: Publication) -> Published:
    draft = work.timetables.by_number(record.id, publication.timetable_number)
    assert draft is not None
    return Published(publication, draft, read_draft(work, record, draft, publication.campaign_change))
