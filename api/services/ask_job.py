"""Asking for long work: a timetable, a repair, an explanation, a forecast, papers. It is done by `api.jobs`.

What it works on is frozen by number and fingerprint when it is asked for; what came of it is stored with
both. Changes of the tables meanwhile do not disturb it.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.security import new_reference
from api.services.before_invitations import campaign_before_invitations
from api.services.doing import Doing
from api.services.identify_campaign import campaign_sha256
from api.services.open_campaign import open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import ENDED, Job, JobKind, JobState
from api.storage.unit_of_work import UnitOfWork

UNENDED_OF_CAMPAIGN_MAX = 20
SECONDS_LEAST = 10
# Jobs that may be asked for before anybody has applied.
BEFORE_INVITATIONS = frozenset({JobKind.FORECAST})


def ask_job(
    work: UnitOfWork,
    record: CampaignRecord,
    kind: JobKind,
    asked: Mapping[str, object],
    doing: Doing,
    change: int | None = None,
) -> Job:
    """Ask for a job on the campaign as it stands, or as it stood after `change`.

    `asked` is what the kind of job wants (`api.jobs.kinds`). Raises `BadInput` where the campaign has faults,
    or where too many of its jobs have not ended.
    """
    number = record.change if change is None else change
    campaign = campaign_of_job(work, record, kind, number)
    unended = [job for job in work.jobs.unended() if job.campaign_id == record.id]
    if len(unended) >= UNENDED_OF_CAMPAIGN_MAX:
        wanted = f"fewer than {UNENDED_OF_CAMPAIGN_MAX} at once; wait, or cancel some"
        raise BadInput([Fault("jobs", None, None, f"{len(unended)} that have not ended", wanted)])
    job = Job(
        id=new_reference(),
        campaign_id=record.id,
        kind=kind,
        state=JobState.WAITING,
        asked=dict(asked),
        campaign_change=number,
        input_sha256=campaign_sha256(campaign),
        made_by=doing.by,
        made_at=doing.at,
    )
    work.jobs.add(job)
    work.wake_workers(job.id)
    facts = {"kind": kind.value, "change": number, "input_sha256": job.input_sha256}
    work.audit.record(record.id, doing.at, doing.by, "job asked for", f"job {job.id}", facts)
    return job


def campaign_of_job(work: UnitOfWork, record: CampaignRecord, kind: JobKind, change: int) -> Campaign:
    """The campaign that a job of this kind works on. Raises `BadInput` where it has faults."""
    opened = open_campaign(work, record, change)
    if kind in BEFORE_INVITATIONS:
        return campaign_before_invitations(opened)
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    return opened.campaign


def cancel_job(work: UnitOfWork, record: CampaignRecord, job: Job, doing: Doing) -> bool:
    """End a job that waits, or ask a running one to stop and keep its best. False where it has ended."""
    if JobState(job.state) in ENDED or not work.jobs.ask_cancel(job.id, doing.at):
        return False
    work.audit.record(record.id, doing.at, doing.by, "job cancelled", f"job {job.id}")
    return True


def seconds_asked(text: str, most: int, usual: int = 60) -> int:
    """How long a solve may take, from a field of a form. Raises `BadInput`."""
    typed = text.strip() or str(usual)
    if not typed.isdecimal() or not SECONDS_LEAST <= int(typed) <= most:
        wanted = f"whole seconds from {SECONDS_LEAST} to {most}"
        raise BadInput([Fault("solve", None, "seconds", f'"{typed[:20]}"', wanted)])
    return int(typed)
