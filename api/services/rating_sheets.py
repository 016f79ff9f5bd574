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
from scheduler.timetable import Role, Sitting


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
        for key, where in _timetabled(published, person)
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
    return _made(work, record, published.reading.campaign, person, key, doing)


@dataclass(frozen=True, slots=True)
class Script:
    """A piece of written work that still wants raters. `taken` counts those who have it."""

    applicant: str
    exercise: str
    taken: int
    wanted: int


def scripts_for(
    work: UnitOfWork, record: CampaignRecord, campaign: Campaign, published: Published, person: str
) -> tuple[Script, ...]:
    """Written work that this assessor may take, what has fewest raters first, then in order of time.

    `campaign` is the campaign as it stands now: whoever is known not to have come has written nothing.
    """
    assessor = next((a for a in campaign.problem.assessors if a.reference == person), None)
    if assessor is None:
        return ()
    taken: dict[tuple[str, str], set[str]] = {}
    for sheet in work.ratings.sheets(record.id):
        taken.setdefault((sheet.applicant, sheet.exercise), set()).add(sheet.rater)
    for rating in campaign.ratings:
        taken.setdefault((rating.applicant, rating.exercise), set()).add(rating.assessor)
    apart = kept_apart(campaign)
    wanted = campaign.framework.raters_min
    found = []
    for run in _unstaffed(published):
        if assessor.trained_for and run.exercise not in assessor.trained_for:
            continue
        for applicant in run.applicants:
            raters = taken.get((applicant, run.exercise), set())
            came = (campaign.attendance or {}).get(applicant)
            is_mine = person in raters or person in apart.get(applicant, frozenset())
            if len(raters) < wanted and not is_mine and (came is None or came.came):
                found.append(Script(applicant, run.exercise, len(raters), wanted))
    return tuple(sorted(found, key=lambda script: -script.taken))


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
    return _made(work, record, campaign, person, (applicant, exercise, person), doing)


def kept_apart(campaign: Campaign) -> dict[str, frozenset[str]]:
    """By applicant, everybody whom a declared interest keeps away from them."""
    apart: dict[str, set[str]] = {}
    for interest in campaign.problem.interests:
        if interest.excluded:
            apart.setdefault(interest.applicant, set()).add(interest.person)
    return {applicant: frozenset(people) for applicant, people in apart.items()}


def _made(
    work: UnitOfWork,
    record: CampaignRecord,
    campaign: Campaign,
    person: str,
    key: tuple[str, str, str],
    doing: Doing,
) -> RatingSheet:
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


def _timetabled(published: Published, person: str) -> Iterator[tuple[tuple[str, str, str], Where]]:
    raters = raters_of(published.reading.campaign, person)
    for run in published.reading.timetable.sittings:
        for entry in (*run.of(Role.ASSESSOR), *run.of(Role.SERVICE_USER_GROUP)):
            if entry.person == person:
                where = Where(run.session, run.reference, entry.start, entry.end, entry.room)
                for applicant in run.applicants:
                    for rater in raters:
                        yield (applicant, run.exercise, rater), where


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
