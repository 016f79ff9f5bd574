"""Why somebody is where they are: pins, journeys, first choices, offers of time, arrangements; a phrase each.

For organisers only: choices and arrangements are in it.
"""

from __future__ import annotations

from api.campaign import Campaign
from api.exports.packs.arrangements import arrangements_of
from api.exports.packs.wording import counted, listed
from scheduler.grid import clock
from scheduler.timetable import Role, Timetable


def why_here(campaign: Campaign, timetable: Timetable, person: str, session: str) -> tuple[str, ...]:
    """What speaks for, or against, this person in this session, in sentences."""
    problem = campaign.problem
    said = list(pin_sentences(campaign, person, session))
    if not problem.available(person, session):
        said.append("They said that they cannot come to this session.")
    if person in problem.applicant_by_reference:
        said += _of_applicant(campaign, timetable, person, session)
    elif person in problem.assessor_by_reference:
        said += _of_assessor(campaign, timetable, person, session)
    elif person in problem.group_by_reference:
        group = problem.group_by_reference[person]
        members = [campaign.name_of("service_users", member) for member in group.members]
        said.append(f"The group is {listed(members)}." if members else "The group has no members.")
    return tuple(said)


def pin_sentences(campaign: Campaign, person: str, session: str) -> tuple[str, ...]:
    """What the pins say of this person, here and elsewhere."""
    said = []
    for pin in campaign.problem.pins:
        if pin.person == person and pin.session == session:
            here = "Pinned to this session." if pin.must else "Pinned not to be in this session."
            said.append(here)
        elif pin.person == person and pin.must:
            said.append(f"Pinned to session {pin.session}.")
    return tuple(said)


def _of_applicant(campaign: Campaign, timetable: Timetable, person: str, session: str) -> list[str]:
    problem = campaign.problem
    venue = problem.session_by_reference[session].venue
    said = [_journey(campaign, person, venue)]
    if problem.must_start_late(person, venue):
        said.append(f"From so far away nobody starts before {clock(problem.travel_late_start)}.")
    could = sum(problem.available(person, each.reference) for each in problem.sessions)
    said.append(f"They can come to {could} of {counted(len(problem.sessions), 'session')}.")
    said += _first_choice(campaign, timetable, person, session)
    arrangements = arrangements_of(campaign, timetable, person)
    if arrangements:
        said.append(f"Arranged for them: {listed(arrangements)}.")
    return said


def _first_choice(campaign: Campaign, timetable: Timetable, person: str, session: str) -> list[str]:
    problem = campaign.problem
    choice = problem.applicant_by_reference[person].first_choice
    panel = next((p for p in timetable.panels if p.session == session and person in p.applicants), None)
    if panel is None or choice is None:
        return []
    council = campaign.name_of("councils", choice)
    members = [
        campaign.name_of("assessors", member)
        for member in panel.members
        if (found := problem.assessor_by_reference.get(member)) and found.council == choice
    ]
    if not members:
        return [f"Nobody on panel {panel.reference} is from {council}, their first choice."]
    verb = "is" if len(members) == 1 else "are"
    return [f"On panel {panel.reference}, {listed(members)} {verb} from {council}, their first choice."]


def _of_assessor(campaign: Campaign, timetable: Timetable, person: str, session: str) -> list[str]:
    problem = campaign.problem
    assessor = problem.assessor_by_reference[person]
    used = len({row.session for row in timetable.by_person.get(person, [])})
    said = [
        f"From {campaign.name_of('councils', assessor.council)}.",
        _journey(campaign, person, problem.session_by_reference[session].venue),
        f"Needed for {used} of the {counted(assessor.half_days_max, 'half-day')} they offered.",
    ]
    if assessor.standby:
        said.append("On standby: they work only after a repair.")
    return said


def _journey(campaign: Campaign, person: str, venue: str) -> str:
    minutes = campaign.problem.travel_of(person, venue)
    where = campaign.name_of("venues", venue)
    if not minutes:
        return f"No journey to {where} is counted for them."
    return f"Their journey to {where} takes {counted(minutes, 'minute')}."


def role_words(role: Role) -> str:
    """What somebody is in a run."""
    return role.value.replace("_", " ").replace("service user group", "service-user group")
