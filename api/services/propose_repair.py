"""A repair on the day: what there is to repair, asking for it, and publishing what was proposed after a yes.

What to do about it is the scheduler's (`api.services.repair_timetable`), by the job that any repair is. Here
it is worked out from what was noted on arrival, from interests declared since the timetable was published,
and from what whoever runs the day adds. A proposal that nobody says yes to changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.imports.disruption import Told, disruption_of
from api.presenters.day_terms import AWAY, Arrival, Asked, Here, Together, Trouble, What
from api.services.affected_people import Affected, affected_people
from api.services.ask_job import ask_job
from api.services.day_of_session import DayOfSession
from api.services.doing import Doing
from api.services.open_campaign import Opened
from api.services.open_draft import Fit, OpenDraft, open_draft
from api.services.publish_timetable import PublishedMeanwhile, publish_timetable
from api.services.published_timetable import published_version, with_what_is_gone
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import Job, JobKind
from api.storage.tables.timetables import Publication
from api.storage.unit_of_work import UnitOfWork
from scheduler.disruption import InForce, Moment, in_force
from scheduler.grid import clock
from scheduler.timetable import Timetable, timetable_of

# People are waiting in a corridor: what is not found in this time is not looked for. It is what the command
# line takes, too (`REPAIR_PARAMS`).
SECONDS = 1.2
END_OF_DAY = 24 * 60
TABLE = "repair"


def troubles_of(day: DayOfSession, now: int) -> tuple[Trouble, ...]:
    """Everybody of the session whose plan no longer holds, and whom no earlier repair has seen to."""
    force = in_force(day.published.reading.repairs)
    found = (_trouble(day, force, each, now) for each in day.everybody)
    return tuple(trouble for trouble in found if trouble)


def together_in(day: DayOfSession, opened: Opened, now: int) -> tuple[Together, ...]:
    """Pairs of a declared interest who would still meet in what has not begun, all sessions of the timetable.

    By the campaign as it stands now: the interest may be newer than the timetable.
    """
    if opened.campaign is None:
        return ()
    problem, moment = opened.campaign.problem, Moment(day.session.date, now)
    return tuple(
        Together(applicant, row.person, run)
        for run in day.published.reading.timetable.sittings
        if run.session in problem.session_by_reference
        and not moment.has_passed(problem.session_by_reference[run.session], run.window.start)
        for applicant in run.applicants
        for row in run.entries
        if row.person != applicant and problem.excluded(applicant, row.person)
    )


def ask_repair(
    work: UnitOfWork, record: CampaignRecord, opened: Opened, day: DayOfSession, asked: Asked, doing: Doing
) -> Job:
    """Ask for the nearest timetable after this. The campaign must be held.

    Raises `BadInput` at once where what is told cannot be, so that nobody waits for nothing.
    """
    if opened.campaign is None:
        raise BadInput(opened.faults, opened.warnings)
    told = _told(day, asked)
    reading = day.published.reading
    try:
        now = disruption_of(told, opened.campaign, reading.timetable, reading.repairs, is_needed=True).now
    except BadInput as bad:
        raise BadInput([_in_form(fault) for fault in bad.faults]) from bad
    if not (asked.people or asked.rooms_lost or together_in(day, opened, now.minutes)):
        wanted = "somebody who is absent, late or leaving, a room that is lost, or a declared interest"
        raise BadInput([Fault(TABLE, None, None, "nothing that happened", wanted)])
    wanted_job: dict[str, object] = {
        "draft": day.published.draft.number,
        "version": day.published.publication.number,
        "day": day.session.reference,
        "seconds": SECONDS,
        "seed": 0,
        "now": told.now,
        "absent": list(told.absent),
        "rooms_lost": list(told.rooms_lost),
        "late": [f"{person}={time}" for person, time in told.late],
        "leaving": [f"{person}={time}" for person, time in told.leaving],
        "missing": list(_of(asked.people, What.MISSING)),
    }
    return ask_job(work, record, JobKind.REPAIR, wanted_job, doing)


def asked_of_day(work: UnitOfWork, record: CampaignRecord, session: str, reference: str) -> Job | None:
    """A repair that was asked for at this session's desk; None where there is none of this reference."""
    job = work.jobs.of_campaign(record.id, reference)
    if job is None or JobKind(job.kind) is not JobKind.REPAIR or job.asked.get("day") != session:
        return None
    return job


def proposed(work: UnitOfWork, record: CampaignRecord, job: Job) -> OpenDraft | None:
    """The draft that came of it; None as long as there is none."""
    number = job.result.get("draft")
    draft = work.timetables.by_number(record.id, number) if isinstance(number, int) else None
    return open_draft(work, record, draft) if draft else None


def still_stands(work: UnitOfWork, record: CampaignRecord, job: Job, opened: OpenDraft) -> bool:
    """Whether it may be published: the same version holds, and nothing of the tables has changed that
    concerns the timetable. That others have arrived meanwhile does not.
    """
    latest = work.timetables.latest_publication(record.id)
    return opened.fit is Fit.SAME and latest is not None and latest.number == job.asked.get("version")


@dataclass(frozen=True, slots=True)
class Moves:
    """What a proposal changes: the timetables before and after it, and whoever has to be told.

    `left_out` are applicants who are there and cannot be kept. `campaign` knows everybody of both.
    """

    campaign: Campaign
    old: Timetable
    new: Timetable
    affected: tuple[Affected, ...]
    left_out: frozenset[str]


def what_it_moves(work: UnitOfWork, record: CampaignRecord, job: Job, opened: OpenDraft) -> Moves:
    """Against the version that it was asked for, also once it is published itself."""
    version = job.asked.get("version")
    before = published_version(work, record, version) if isinstance(version, int) else None
    campaign, new = opened.reading.campaign, opened.reading.timetable
    old = before.reading.timetable if before else timetable_of(())
    known = with_what_is_gone(campaign, before.reading.campaign) if before else campaign
    earlier = in_force(before.reading.repairs).left_out if before else frozenset()
    left_out = in_force(opened.reading.repairs).left_out - earlier
    return Moves(known, old, new, affected_people(known, old, new), left_out)


def reasons_of(job: Job) -> frozenset[str]:
    """Whoever is not there at all, and so is why anything changes; the late must be told like others."""
    told = [job.asked.get(name) for name in ("absent", "missing")]
    return frozenset(str(person) for people in told if isinstance(people, list) for person in people)


def version_it_became(work: UnitOfWork, record: CampaignRecord, job: Job) -> int | None:
    """The number of the version that the proposal was published as; None where it was not."""
    number = job.result.get("draft")
    made = work.timetables.publications(record.id)
    return next((each.number for each in made if each.timetable_number == number), None)


def publish_repair(
    work: UnitOfWork,
    record: CampaignRecord,
    job: Job,
    opened: OpenDraft,
    version: int,
    accepted: bool,
    reason: str,
    doing: Doing,
) -> Publication:
    """Make what was proposed the next version, `version` as it was shown. The campaign must be held.

    Raises `PublishedMeanwhile` where the proposal no longer stands, `BadInput` as `publish_timetable` does.
    """
    if not still_stands(work, record, job, opened):
        raise PublishedMeanwhile
    seen = (version, record.change)
    return publish_timetable(work, record, opened, seen, accepted, reason, doing)


def _trouble(day: DayOfSession, force: InForce, each: Arrival, now: int) -> Trouble | None:
    person, date = each.person, day.session.date
    left = [entry for entry in each.entries if entry.start > now]
    if not left or force.is_absent(day.published.reading.campaign.problem, person):
        return None
    known_late, known_leaving = (
        force.late.get((person, date), 0),
        force.leaving.get((person, date), END_OF_DAY),
    )
    if each.state in AWAY or (each.state is Here.LEFT and (each.left or 0) <= now):
        if each.is_staff:
            is_known = known_late >= day.session.window.end
            return None if is_known else Trouble(person, What.MISSING)
        return Trouble(person, What.GONE)
    if each.state is Here.LATE and each.arrived is not None and each.arrived > now:
        is_known = known_late >= each.arrived
        return None if is_known or left[0].start >= each.arrived else Trouble(person, What.LATE, each.arrived)
    if each.state is Here.LEFT and each.left is not None:
        is_known = known_leaving <= each.left or left[-1].end <= each.left
        return None if is_known else Trouble(person, What.LEAVING, each.left)
    return None


def _told(day: DayOfSession, asked: Asked) -> Told:
    """As the repair takes it: staff who miss one session are late until it ends, and are there on others."""
    ends = clock(day.session.window.end)
    return Told(
        now=f"{day.session.date.isoformat()} {asked.now.strip()}",
        absent=tuple(_of(asked.people, What.GONE)),
        late=(
            *((person, at) for person, what, at in asked.people if what is What.LATE),
            *((person, ends) for person in _of(asked.people, What.MISSING)),
        ),
        leaving=tuple((person, at) for person, what, at in asked.people if what is What.LEAVING),
        rooms_lost=asked.rooms_lost,
    )


def _of(people: Sequence[tuple[str, What, str]], wanted: What) -> Iterator[str]:
    return (person for person, what, _ in people if what is wanted)


def _in_form(fault: Fault) -> Fault:
    """The fault beside its field of the form; `--late` and such are words of the command line."""
    column = {"--now": "now", "--room-lost": "rooms"}.get(fault.table, "people")
    return Fault(TABLE, None, column, fault.found, fault.wanted)
