"""The repair on the day: what will be asked, the proposal while it is looked for, then the yes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.errors import BadInput, Fault
from api.exports.packs.runs import head_of
from api.imports.disruption import minutes_of
from api.presenters.job_words import job_words
from api.presenters.moving import broken_words, wrong_words
from api.presenters.repair_form import asked_of, repair_form
from api.presenters.repair_proposal import proposal_of
from api.routes.access import Caller, Form, NotYours, field
from api.routes.answers import on_to, page_errors, part, show
from api.routes.desk import Runner, day_at, minute_at, names_at
from api.routes.drafts import address
from api.services.ask_job import cancel_job
from api.services.day_of_session import DayOfSession
from api.services.open_draft import Fit, OpenDraft
from api.services.propose_repair import (
    ask_repair,
    asked_of_day,
    proposed,
    publish_repair,
    reasons_of,
    still_stands,
    together_in,
    troubles_of,
    version_it_became,
    what_it_moves,
)
from api.services.publish_timetable import PublishedMeanwhile, tell_people, what_publishing_does
from api.storage.tables.jobs import ENDED, Job, JobState
from scheduler.grid import clock

router = APIRouter(prefix="/campaigns/{campaign}/day/{session}/repair", include_in_schema=False)

Repair = Annotated[str, Path(max_length=100)]
PEOPLE_MAX = 200
FIELD_WORDS = {"now": "What time it is", "people": "Who is not there", "rooms": "Rooms"}
MEANWHILE = (
    "Another version was published, or something that concerns the timetable was changed, after this was "
    "proposed. Nothing was published: propose a repair again."
)


@router.get("")
def form_page(caller: Runner, session: str) -> Response:
    day = day_at(caller, session)
    return _form_page(caller, day, clock(minute_at(caller, day)))


@router.post("")
def ask(caller: Runner, form: Form, session: str) -> Response:
    record = caller.hold()
    day = day_at(caller, session)
    people, rooms = _sent(form), [str(room) for room in form.getlist("room")][:PEOPLE_MAX]
    now = field(form, "now")
    try:
        asked = asked_of(now, people, rooms)
        job = ask_repair(caller.work, record, caller.opened(), day, asked, caller.doing)
    except BadInput as bad:
        caller.refuse()
        return _form_page(caller, day, now, {p: (what, at) for p, what, at in people}, rooms, bad.faults)
    return on_to(address(caller, f"/day/{session}/repair/{job.id}"))


@router.get("/{repair}")
def proposal_page(caller: Runner, session: str, repair: Repair) -> Response:
    return _proposal_page(caller, day_at(caller, session), _found(caller, session, repair))


@router.get("/{repair}/progress")
def progress_part(caller: Runner, session: str, repair: Repair) -> Response:
    return part("day/progress.html", **_progress(caller, session, _found(caller, session, repair)))


@router.post("/{repair}/cancel")
def cancel(caller: Runner, session: str, repair: Repair) -> Response:
    record = caller.hold()
    done = cancel_job(caller.work, record, _found(caller, session, repair), caller.doing)
    said = "It is no longer looked for." if done else "It had ended already."
    return on_to(address(caller, f"/day/{session}/repair/{repair}"), said)


@router.post("/{repair}/publish")
def publish(caller: Runner, form: Form, session: str, repair: Repair) -> Response:
    record = caller.hold()
    day, job = day_at(caller, session), _found(caller, session, repair)
    opened = proposed(caller.work, record, job)
    if opened is None:
        return on_to(address(caller, f"/day/{session}/repair/{repair}"), "There is nothing to publish.")
    version = int(said) if (said := field(form, "version")).isdecimal() and len(said) < 10 else 0
    accepted, reason = field(form, "accepted") == "yes", field(form, "reason")
    try:
        made = publish_repair(caller.work, record, job, opened, version, accepted, reason, caller.doing)
    except PublishedMeanwhile:
        caller.refuse()
        return _proposal_page(caller, day, job, status=409, meanwhile=MEANWHILE)
    except BadInput as bad:
        caller.refuse()
        return _proposal_page(caller, day, job, status=422, typed=(accepted, reason), faults=bad.faults)
    said = f"Version {made.number} is published. Now tell the people below: nothing is sent from here."
    return on_to(address(caller, f"/day/{session}/repair/{repair}"), said)


@router.post("/{repair}/told")
def told(caller: Runner, form: Form, session: str, repair: Repair) -> Response:
    """`person` of the version's list, any number of them, or everybody who was not told yet (`all`)."""
    record = caller.hold()
    version = version_it_became(caller.work, record, _found(caller, session, repair))
    if version is None:
        return on_to(address(caller, f"/day/{session}/repair/{repair}"), "It was not published.")
    waiting = [n.person for n in caller.work.timetables.notices(record.id, version) if not n.told_at]
    chosen = {str(person) for person in form.getlist("person")}
    people = waiting if field(form, "all") == "yes" else [one for one in waiting if one in chosen]
    number = tell_people(caller.work, record, version, people, caller.doing)
    said = f"{number} {'person is' if number == 1 else 'people are'} noted as told."
    back = address(caller, f"/day/{session}/repair/{repair}")
    return on_to(back, said if number else "Nobody was chosen who had not been told already.")


def _form_page(
    caller: Caller,
    day: DayOfSession,
    now: str,
    typed: dict[str, tuple[str, str]] | None = None,
    rooms: list[str] | None = None,
    faults: tuple[Fault, ...] = (),
) -> Response:
    minute, names = minutes_of(now.strip()), names_at(day)
    if minute is None:
        minute = minute_at(caller, day)
    errors = page_errors(faults, words=FIELD_WORDS)
    return show(
        caller,
        "day/repair.html",
        "What has happened, and what can still be done?",
        errors=errors,
        status=422 if faults else 200,
        url=address(caller, f"/day/{day.session.reference}"),
        head=head_of(names, day.session.reference),
        version=day.published.publication.number,
        form=repair_form(
            day,
            day.published.reading.timetable,
            names,
            now,
            minute,
            troubles_of(day, minute),
            together_in(day, caller.opened(), minute),
            typed,
            rooms or [],
        ),
        fields={error.url: error.text for error in errors},
    )


def _proposal_page(
    caller: Caller,
    day: DayOfSession,
    job: Job,
    *,
    status: int = 200,
    meanwhile: str = "",
    typed: tuple[bool, str] = (False, ""),
    faults: tuple[Fault, ...] = (),
) -> Response:
    opened = proposed(caller.work, caller.campaign, job)
    values: dict[str, Any] = _progress(caller, day.session.reference, job)
    errors = page_errors(faults)
    values |= {
        "head": head_of(names_at(day), day.session.reference),
        "cancelled": JobState(job.state) is JobState.CANCELLED,
        "proposal": None,
        "meanwhile": meanwhile,
        "accepted": typed[0],
        "reason": typed[1],
        "fields": {error.url: error.text for error in errors},
    }
    if opened is not None:
        values |= _proposal(caller, job, opened)
    version = values.get("version")
    title = f"Who must be told of version {version}?" if version else "What would the repair change?"
    return show(caller, "day/proposal.html", title, errors=errors, status=status, **values)


def _proposal(caller: Caller, job: Job, opened: OpenDraft) -> dict[str, Any]:
    work, record = caller.work, caller.campaign
    version = version_it_became(work, record, job)
    moves = what_it_moves(work, record, job, opened)
    publishing = None if opened.fit is Fit.PAST or version else what_publishing_does(work, record, opened)
    wrong = opened.reading.breaches
    return {
        "proposal": proposal_of(
            moves.campaign, moves.old, moves.new, moves.affected, reasons_of(job), moves.left_out
        ),
        "publishing": publishing,
        "version": version,
        "stands": still_stands(work, record, job, opened),
        "draft": opened.draft.number,
        "wrong": wrong_words(wrong),
        "broken": broken_words(wrong) if wrong else "",
        "told": {n.person: n.told_at for n in work.timetables.notices(record.id, version)} if version else {},
    }


def _progress(caller: Caller, session: str, job: Job) -> dict[str, Any]:
    """What both the page and the part of it that keeps itself up to date show."""
    names = caller.work.accounts.names_of({job.made_by})
    unended = caller.work.jobs.unended() if JobState(job.state) is JobState.WAITING else []
    return {
        "url": address(caller, f"/day/{session}"),
        "repair_url": address(caller, f"/day/{session}/repair/{job.id}"),
        "job": job_words(job, names, caller.settings.time_zone, caller.now, unended),
        "has_ended": JobState(job.state) in ENDED,
        "waits_for_others": bool(unended) and unended[0].id != job.id,
    }


def _sent(form: FormData) -> list[tuple[str, str, str]]:
    """Person, what and time of each line; the lines are numbered, and each person stands in one."""
    people = [str(person) for person in form.getlist("person")][:PEOPLE_MAX]
    return [
        (person, field(form, f"what-{number}"), field(form, f"time-{number}"))
        for number, person in enumerate(people, start=1)
    ]


def _found(caller: Caller, session: str, reference: str) -> Job:
    job = asked_of_day(caller.work, caller.campaign, session, reference)
    if job is None:
        raise NotYours
    return job
