"""When each assessor saw each applicant: from a timetable, or else from the sessions of the attendance table.

Only ratings given on the spot have a moment. Who read a written exercise did so whenever they did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.campaign import Campaign
from assessment.advice.order_effects import Moment
from assessment.advice.views import View
from scheduler.programme import ExerciseKind
from scheduler.timetable import Entry, Role, Sitting, Timetable

ON_THE_SPOT = (ExerciseKind.PANEL, ExerciseKind.GROUP)


def moments_of_timetable(
    campaign: Campaign, timetable: Timetable, views: Sequence[View]
) -> tuple[Moment, ...]:
    """The moment of every view whose assessor sat in the same run as the applicant."""
    runs = {
        (entry.person, sitting.exercise): (sitting, entry)
        for sitting in timetable.sittings
        for entry in sitting.of(Role.APPLICANT)
    }
    meetings = {(m.session, m.sitting, m.service_user, m.applicant): m.start for m in timetable.meetings}
    there = {_run(sitting): frozenset(_staff(campaign, sitting)) for sitting in timetable.sittings}
    found: list[Moment] = []
    for view in views:
        sitting, entry = runs.get((view.applicant, view.exercise), (None, None))
        if sitting is None or entry is None or view.assessor not in there[_run(sitting)]:
            continue
        key = (sitting.session, sitting.reference, view.assessor, view.applicant)
        found.append(_moment(campaign, view, entry, meetings.get(key, entry.start)))
    return tuple(found)


def moments_of_attendance(campaign: Campaign, views: Sequence[View]) -> tuple[Moment, ...]:
    """Day and half-day of every view on an exercise with staff present; none without an attendance table."""
    session_of = _sessions_attended(campaign)
    exercises = campaign.problem.exercise_by_reference
    found: list[Moment] = []
    for view in views:
        exercise = exercises.get(view.exercise)
        session = campaign.problem.session_by_reference.get(session_of.get(view.applicant, ""))
        if session is not None and exercise is not None and exercise.kind in ON_THE_SPOT:
            day, start = session.date.toordinal(), session.window.start
            found.append(Moment(view.applicant, view.exercise, view.assessor, day, start, exact=False))
    return tuple(found)


def _run(sitting: Sitting) -> tuple[str, str, str]:
    return sitting.session, sitting.exercise, sitting.reference


def _staff(campaign: Campaign, sitting: Sitting) -> Iterator[str]:
    """The assessors of a run, its service-user group and the members of that."""
    for entry in sitting.of(Role.ASSESSOR):
        yield entry.person
    for entry in sitting.of(Role.SERVICE_USER_GROUP):
        yield entry.person
        yield from campaign.problem.group_by_reference[entry.person].members


def _moment(campaign: Campaign, view: View, entry: Entry, start: int) -> Moment:
    day = campaign.problem.session_by_reference[entry.session].date.toordinal()
    return Moment(view.applicant, view.exercise, view.assessor, day, start, exact=True)


def _sessions_attended(campaign: Campaign) -> dict[str, str]:
    table = campaign.tables.get("attendance")
    if table is None or "session" not in table.columns:
        return {}
    applicant, session = table.columns.index("applicant"), table.columns.index("session")
    return {row[applicant]: row[session] for row in table.rows}
