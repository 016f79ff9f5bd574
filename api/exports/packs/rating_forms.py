"""Blank rating forms on paper: a page for each applicant somebody sees, and plain ones to copy.

They are for a day without network, and for whoever would rather write. Applicants are here by reference only;
who, when and where is printed already. Service users' forms are in large type, with fewer words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.runs import Run, head_of, held_sessions, runs_of
from api.exports.packs.wording import counted, hours
from scheduler.timetable import Timetable


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One number of the scale and what it means, empty where the campaign does not say."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class FormCriterion:
    """What is rated, with its scale; `lines` are left for what was seen and heard."""

    name: str
    steps: tuple[ScaleStep, ...]
    lines: int

    @property
    def anchored(self) -> tuple[ScaleStep, ...]:
        """For large type the ends and the middle, where the campaign says what they mean."""
        told = [step for step in self.steps if step.anchor]
        return tuple(dict.fromkeys((told[0], told[len(told) // 2], told[-1]))) if told else ()


@dataclass(frozen=True, slots=True)
class RatingForm:
    """One page. On a plain one `applicant`, `when`, `where` and `rater` are empty, to be filled in."""

    applicant: str
    exercise: str
    when: str
    where: str
    rater: str
    criteria: tuple[FormCriterion, ...]


@dataclass(frozen=True, slots=True)
class RatingForms:
    """Forms that go together: one rater's, or the plain ones."""

    title: str
    answer: str
    is_large: bool
    forms: tuple[RatingForm, ...]


def rater_forms(campaign: Campaign, timetable: Timetable, person: str) -> RatingForms | None:
    """The forms of one assessor, or of every member of a service-user group; None where they rate nobody."""
    group = person in campaign.problem.group_by_reference
    found = [
        form
        for session in held_sessions(campaign, timetable)
        for form in _forms(campaign, timetable, session, {person})
    ]
    return _together(f"Rating forms, {campaign.person_name(person)}", found, is_large=group)


def plain_forms(campaign: Campaign) -> RatingForms | None:
    """One form for each rated exercise with nothing filled in, to be copied."""
    exercises = [e.reference for e in campaign.problem.exercises]
    found = [
        RatingForm("", campaign.name_of("exercises", each), "", "", "", criteria)
        for each in exercises
        if (criteria := _criteria(campaign, each, is_large=False))
    ]
    return _together("Rating forms to copy", found, is_large=False)


def raters_in(campaign: Campaign, timetable: Timetable) -> tuple[str, ...]:
    """Every assessor and group with somebody to rate, by reference."""
    rated = {exercise for exercise, _ in campaign.framework.weights}
    found: set[str] = set()
    for session in held_sessions(campaign, timetable):
        for run in runs_of(campaign, timetable, session):
            if run.exercise in rated:
                found |= {*run.assessors, *run.groups}
    return tuple(sorted(found))


def _together(title: str, forms: list[RatingForm], *, is_large: bool) -> RatingForms | None:
    if not forms:
        return None
    people = len({form.applicant for form in forms} - {""})
    if not people:
        answer = (
            f"{counted(len(forms), 'form')}, one for each exercise that is rated. Copy as many as you need."
        )
    else:
        answer = f"{counted(len(forms), 'form')} for {counted(people, 'applicant')}, one on each page."
    return RatingForms(title, answer, is_large, tuple(forms))


def _forms(campaign: Campaign, timetable: Timetable, session: str, people: set[str]) -> Iterator[RatingForm]:
    """The forms of these raters in one session, in order of time."""
    head = head_of(campaign, session)
    for run in runs_of(campaign, timetable, session):
        for rater, is_member in _raters(campaign, run, people):
            criteria = _criteria(campaign, run.exercise, is_large=is_member)
            panel = f", panel {run.panel}" if run.panel else ""
            for applicant in run.applicants if criteria else ():
                yield RatingForm(
                    applicant=applicant,
                    exercise=campaign.name_of("exercises", run.exercise),
                    when=f"{head.day}, {hours(run.start, run.contact_end)}",
                    where=f"{campaign.name_of('rooms', run.room)}{panel}, session {session}",
                    rater=rater,
                    criteria=criteria,
                )


def _raters(campaign: Campaign, run: Run, people: set[str]) -> Iterator[tuple[str, bool]]:
    """By name and reference, and whether it is a service user. Each member of a group rates alone."""
    for person in run.assessors:
        if person in people:
            yield _called(campaign.name_of("assessors", person), person), False
    for reference in run.groups:
        if reference in people:
            members = campaign.problem.group_by_reference[reference].members
            for member in members or (reference,):
                yield _called(campaign.person_name(member), member), True


def _criteria(campaign: Campaign, exercise: str, *, is_large: bool) -> tuple[FormCriterion, ...]:
    framework, anchors = campaign.framework, _anchors(campaign)
    mine = [each for each in framework.criteria if (exercise, each) in framework.weights]
    steps = range(framework.scale_min, framework.scale_max + 1)
    # As many lines as a page has room for.
    lines = 2 if is_large else max(3, 15 // max(1, len(mine)))
    return tuple(
        FormCriterion(
            campaign.name_of("criteria", each),
            tuple(ScaleStep(number, anchors.get((each, str(number)), "")) for number in steps),
            min(lines, 8),
        )
        for each in mine
    )


def _anchors(campaign: Campaign) -> dict[tuple[str, str], str]:
    table = campaign.tables.get("anchors")
    if table is None:
        return {}
    what, number, words = (table.columns.index(column) for column in ("criterion", "rating", "anchor"))
    return {(row[what], row[number]): row[words] for row in table.rows}


def _called(name: str, reference: str) -> str:
    return name if name == reference else f"{name} ({reference})"
