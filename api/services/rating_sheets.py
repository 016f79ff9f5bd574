"""Whose sheets are whose: what somebody is to rate by the published timetable, and the scripts they took.

A sheet is made when it is first opened. Interviews and group rounds are rated by whom the timetable names;
written work, where it names nobody, by assessors who take a script each. Saving is in `save_ratings.py`,
locking in `lock_ratings.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.campaign import Campaign
from api.errors import BadInput, Fault
from api.security import new_reference
from api.services.doing import Doing
from api.services.published_timetable import Published
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.ratings import RatingSheet
from api.storage.unit_of_work import UnitOfWork
from assessment.framework import Framework
from assessment.ratings import Attendance
from scheduler.timetable import Role, Sitting

NOT_HERE = frozenset({Attendance.DECLINED, Attendance.WITHDREW, Attendance.DID_NOT_ATTEND})


@dataclass(frozen=True, slots=True)
class Where:
    """When and where somebody is seen. `start` and `end` are minutes after midnight of the session."""

    session: str = ""
    sitting: str = ""
    start: int = 0
    end: int = 0
    room: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One applicant whom somebody is to rate in one exercise, `rater` being the assessor, group or member.

    `sheet` is None until it was opened.
    """

    applicant: str
    exercise: str
    rater: str
    where: Where
    sheet: RatingSheet | None

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.applicant, self.exercise, self.rater)


def criteria_of(framework: Framework, exercise: str) -> tuple[str, ...]:
    """What is rated in an exercise, in the order of the criteria."""
    return tuple(c for c in framework.criteria if (exercise, c) in framework.weights)


def rated_exercises(framework: Framework) -> frozenset[str]:
    return frozenset(exercise for exercise, _ in framework.weights)


def tasks_of(work: UnitOfWork, record: CampaignRecord, published: Published, person: str) -> tuple[Task, ...]:
    """What an assessor, or a service-user group, is to rate by the published timetable, in order of time.

    A sheet that was begun stays, whatever became of the timetable; scripts are there once they were taken.
    """
    campaign = published.reading.campaign
    sheets = {(s.applicant, s.exercise, s.rater): s for s in work.ratings.sheets_of_person(record.id, person)}
    tasks = [
        Task(*key, where, sheets.pop(key, None))
        for key, where in timetabled(published, person)
        if key[1] in rated_exercises(campaign.framework)
    ]
    tasks += [Task(*key, _place_of(published, key[0], key[1]), sheet) for key, sheet in sheets.items()]
    days = {s.reference: f"{s.date}" for s in campaign.problem.sessions}
    return tuple(
        sorted(tasks, key=lambda t: (days.get(t.where.session, ""), t.where.start, t.applicant, t.rater))
    )


def open_sheet(
    work: UnitOfWork,
    record: CampaignRecord,
    published: Published,
    person: str,
    key: tuple[str, str, str],
    doing: Doing,
) -> RatingSheet | None:
    """The sheet of (applicant, exercise, rater), made where there is none; None where it is not theirs."""
    if not any(task.key == key for task in tasks_of(work, record, published, person)):
        return None
    return made_sheet(work, record, published.reading.campaign, person, key, doing)


@dataclass(frozen=True, slots=True)
class Script:
    """A piece of written work that still wants raters. `raters` are those who have it."""

    applicant: str
    exercise: str
    raters: frozenset[str]
    wanted: int

    @property
    def taken(self) -> int:
        return len(self.raters)


def scripts_for(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign, published: Published, person: str
) -> tuple[Script, ...]:
    """Written work that this assessor may take, what has most raters first, then in order of time.

    `campaign` is the campaign as it stands now: whoever is known not to have come has written nothing.
    """
    assessor = next((a for a in campaign.problem.assessors if a.reference == person), None)
    if assessor is None:
        return ()
    apart = kept_apart(campaign)
    mine = [
        script
        for script in open_scripts(work, record, campaign, published)
        if (not assessor.trained_for or script.exercise in assessor.trained_for)
        and person not in script.raters | apart.get(script.applicant, frozenset())
    ]
    # What one more rater completes comes first.
    return tuple(sorted(mine, key=lambda script: -script.taken))


def open_scripts(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign, published: Published
) -> tuple[Script, ...]:
    """Every piece of written work that wants raters, in order of time."""
    raters: dict[tuple[str, str], set[str]] = {}
    for sheet in work.ratings.sheets(record.id):
        raters.setdefault((sheet.applicant, sheet.exercise), set()).add(sheet.rater)
    for rating in campaign.ratings:
        raters.setdefault((rating.applicant, rating.exercise), set()).add(rating.assessor)
    wanted = campaign.framework.raters_min
    found = []
    for run in _unstaffed(published):
        for applicant in run.applicants:
            known = raters.get((applicant, run.exercise), set())
            is_here = (campaign.attendance or {}).get(applicant) not in NOT_HERE
            if len(known) < wanted and is_here:
                found.append(Script(applicant, run.exercise, frozenset(known), wanted))
    return tuple(found)


def take_script(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    published: Published,
    person: str,
    applicant: str,
    exercise: str,
    doing: Doing,
) -> RatingSheet:
    """Put one piece of written work on somebody's list. The campaign must be held.

    Raises `BadInput` where it is not to be had, for instance because others were quicker.
    """
    offered = scripts_for(work, record, campaign, published, person)
    if not any((s.applicant, s.exercise) == (applicant, exercise) for s in offered):
        wanted = "one that still wants a rater; others may have been quicker"
        raise BadInput([Fault("scripts", None, None, f"{applicant}'s {exercise}", wanted)])
    return made_sheet(work, record, campaign, person, (applicant, exercise, person), doing)


def kept_apart(campaign: Campaign) -> dict[str, frozenset[str]]:
    """By applicant, everybody whom a declared interest keeps away from them."""
    apart: dict[str, set[str]] = {}
    for interest in campaign.problem.interests:
        if interest.excluded:
            apart.setdefault(interest.applicant, set()).add(interest.person)
    return {applicant: frozenset(people) for applicant, people in apart.items()}


def made_sheet(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    person: str,
    key: tuple[str, str, str],
    doing: Doing,
) -> RatingSheet:
    """The sheet of this key, written on by `person`'s account; whether it is theirs is not asked here."""
    applicant, exercise, rater = key
    framework = campaign.framework
    return work.ratings.open_sheet(
        RatingSheet(
            id=new_reference(),
            campaign_id=record.id,
            applicant=applicant,
            exercise=exercise,
            rater=rater,
            person=person,
            criteria=list(criteria_of(framework, exercise)),
            scale_min=framework.scale_min,
            scale_max=framework.scale_max,
            opened_at=doing.at,
        )
    )


def timetabled(published: Published, person: str) -> Iterator[tuple[tuple[str, str, str], Where]]:
    """Whom the timetable names somebody, or a group, as a rater of: each sheet's key, when and where."""
    return ((key, where) for who, key, where in everybody_timetabled(published) if who == person)


def everybody_timetabled(published: Published) -> Iterator[tuple[str, tuple[str, str, str], Where]]:
    """The same of everybody: who writes, each sheet's key, when and where."""
    campaign, timetable = published.reading.campaign, published.reading.timetable
    met = {(m.session, m.sitting, m.applicant, m.service_user) for m in timetable.meetings}
    rotating = {(session, sitting) for session, sitting, _, _ in met}
    for run in timetable.sittings:
        for entry in (*run.of(Role.ASSESSOR), *run.of(Role.SERVICE_USER_GROUP)):
            where = Where(run.session, run.reference, entry.start, entry.end, entry.room)
            place = (run.session, run.reference)
            for applicant in run.applicants:
                for rater in raters_of(campaign, entry.person):
                    # In a round that rotates, nobody can rate whom they never sat with.
                    if place not in rotating or rater == entry.person or (*place, applicant, rater) in met:
                        yield entry.person, (applicant, run.exercise, rater), where


def raters_of(campaign: Campaign, person: str) -> tuple[str, ...]:
    """Whose ratings an account writes down: an assessor's own, or those of each member of a group."""
    group = campaign.problem.group_by_reference.get(person)
    return (group.members or (person,)) if group else (person,)


def _unstaffed(published: Published) -> Iterator[Sitting]:
    """Runs of rated exercises that nobody on the staff takes part in."""
    rated = rated_exercises(published.reading.campaign.framework)
    for run in published.reading.timetable.sittings:
        if run.exercise in rated and not run.of(Role.ASSESSOR) and not run.of(Role.SERVICE_USER_GROUP):
            yield run


def _place_of(published: Published, applicant: str, exercise: str) -> Where:
    for entry in published.reading.timetable.by_person.get(applicant, ()):
        if entry.exercise == exercise:
            return Where(entry.session, entry.sitting, entry.start, entry.end, entry.room)
    return Where()
