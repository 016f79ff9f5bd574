"""Publishing a timetable: what it would mean, and doing it. Nothing is sent: whom to tell is listed.

A published version never changes. It holds the number of its draft and of the tables' change, and a notice
for everybody whose times, rooms or panel are not what the version before said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.errors import BadInput, Fault
from api.services.affected_people import Affected, affected_headline, affected_people
from api.services.doing import Doing
from api.services.open_draft import Fit, OpenDraft
from api.services.published_timetable import latest_published, with_what_is_gone
from api.storage.repositories.audit import AuditFilter
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import Notice, Publication
from api.storage.unit_of_work import UnitOfWork

PUBLISHED = "timetable published"
REASON_CHARACTERS = (3, 2_000)


class PublishedMeanwhile(Exception):
    """Somebody else has published, or changed the tables, after the page was shown."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """What publishing this draft now would do: version `number`, after `previous` (0 for none).

    `unplaced` are applicants without a place, by reference. `is_published`: it is what holds already.
    """

    number: int
    previous: int
    affected: tuple[Affected, ...]
    headline: str
    unplaced: tuple[str, ...]
    is_published: bool

    @property
    def people_to_tell(self) -> int:
        return len({name for one in self.affected for name in one.tell})


def what_publishing_does(work: UnitOfWork, record: CampaignRecord, opened: OpenDraft) -> Publishing:
    """Raises `BadInput` where the tables no longer know everybody in the draft."""
    if opened.fit is Fit.PAST:
        raise BadInput(opened.misfits)
    campaign, timetable = opened.reading.campaign, opened.reading.timetable
    before = latest_published(work, record)
    old = before.reading.timetable if before else None
    known = with_what_is_gone(campaign, before.reading.campaign) if before else campaign
    affected = affected_people(known, old, timetable)
    placed = timetable.applicant_entries
    return Publishing(
        number=work.timetables.next_publication(record.id),
        previous=before.publication.number if before else 0,
        affected=affected,
        headline=affected_headline(affected),
        unplaced=tuple(a.reference for a in campaign.problem.applicants if a.reference not in placed),
        is_published=before is not None and before.draft.number == opened.draft.number,
    )


def publish_timetable(
    work: UnitOfWork,
    record: CampaignRecord,
    opened: OpenDraft,
    seen: tuple[int, int],
    accepted: bool,
    reason: str,
    doing: Doing,
) -> Publication:
    """Make the draft the next version. The campaign must be held.

    `seen` is the number that the version was to have, and the change of the tables, when it was asked for;
    raises `PublishedMeanwhile` where these are others now. A draft that breaks rules wants a reason in
    words: `BadInput` otherwise.
    """
    publishing = what_publishing_does(work, record, opened)
    if seen != (publishing.number, record.change):
        raise PublishedMeanwhile
    said = " ".join(reason.replace("\x00", " ").split())
    faults = list(_faults(opened, publishing, accepted, said))
    if faults:
        raise BadInput(faults)
    publication = Publication(
        campaign_id=record.id,
        number=publishing.number,
        timetable_number=opened.draft.number,
        campaign_change=record.change,
        published_by=doing.by,
        published_at=doing.at,
    )
    work.timetables.publish(publication, [_notice(record, publishing, one) for one in publishing.affected])
    facts = {
        "draft": opened.draft.number,
        "change": record.change,
        "sha256": opened.draft.content_sha256,
        "breaches": len(opened.reading.breaches),
        "unplaced": len(publishing.unplaced),
        "people_to_tell": len(publishing.affected),
    }
    private = said if opened.reading.breaches else None
    thing = f"version {publishing.number}"
    work.audit.record(record.id, doing.at, doing.by, PUBLISHED, thing, facts, private)
    return publication


def reason_given(work: UnitOfWork, record: CampaignRecord, version: int) -> str:
    """Why a version was published although it broke rules; empty where it broke none."""
    thing = f"version {version}"
    found = work.audit.newest(record.id, AuditFilter(act=PUBLISHED, thing=thing), limit=50)
    said = next((private for entry, private in found if entry.thing == thing), None)
    return said.text or "" if said else ""


def tell_people(
    work: UnitOfWork, record: CampaignRecord, version: int, people: Sequence[str], doing: Doing
) -> int:
    """Note that these people were told of a version; how many of them had not been before."""
    told = work.timetables.tell(record.id, version, list(people), doing.by, doing.at)
    if told:
        facts = {"people": sorted(people), "newly": told}
        work.audit.record(record.id, doing.at, doing.by, "people told", f"version {version}", facts)
    return told


def _faults(opened: OpenDraft, publishing: Publishing, accepted: bool, reason: str) -> list[Fault]:
    if publishing.is_published:
        found = f"draft {opened.draft.number}, which is version {publishing.previous} already"
        return [Fault("publish", None, None, found, "another draft")]
    breaches = len(opened.reading.breaches)
    if not breaches:
        return []
    faults = []
    if not accepted:
        found = f"{breaches} {'breach' if breaches == 1 else 'breaches'} of the rules"
        faults.append(Fault("publish", None, "accepted", found, "your yes to publish it all the same"))
    least, most = REASON_CHARACTERS
    if not least <= len(reason) <= most:
        wanted = f"in words why it is published all the same, at most {most:,} characters"
        faults.append(Fault("publish", None, "reason", "no reason" if not reason else "this", wanted))
    return faults


def _notice(record: CampaignRecord, publishing: Publishing, one: Affected) -> Notice:
    return Notice(
        campaign_id=record.id, publication=publishing.number, person=one.person, lines=list(one.lines)
    )
