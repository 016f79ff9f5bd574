"""Solve: start one, see how far it is, stop it, see what came of it; why people have no place; ways out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.campaign import Campaign, Table
from api.errors import BadInput
from api.permissions import Permission, may
from api.presenters.data_table import Cell, TableQuery, data_table, rows_to_download
from api.presenters.explanations import explanation_lines
from api.presenters.fault_links import fault_links
from api.presenters.frame import PageError
from api.presenters.job_words import job_words
from api.presenters.solve_page import (
    COLUMNS,
    campaign_figures,
    counting_sentences,
    course_of,
    solve_rows,
    solved,
    time_left_words,
    took_words,
    what_words,
)
from api.presenters.solving import no_place_cards
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, on_to, page_errors, part, show
from api.routes.downloads import table_file
from api.services.ask_job import SECONDS_LEAST, ask_job, cancel_job, seconds_asked
from api.services.keep_findings import explanation_of
from api.services.read_run import result_of_draft
from api.services.try_way_out import TablesChanged, try_way_out
from api.storage.tables.jobs import ENDED, Job, JobKind, JobState
from scheduler.result import Result

router = APIRouter(prefix="/campaigns/{campaign}/solve", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_PLAN)]
Solver = Annotated[Caller, needs(Permission.SOLVE)]
KINDS = (JobKind.SCHEDULE, JobKind.REPAIR, JobKind.EXPLAIN)
SECONDS = 60
JOBS_SHOWN = 200


@router.get("")
def solve_page(caller: Reader) -> Response:
    query = TableQuery.read(caller.request.query_params)
    jobs = caller.work.jobs.in_campaign(caller.campaign.id, JOBS_SHOWN, KINDS)
    if caller.request.query_params.get("download") == "csv":
        rows = rows_to_download(COLUMNS, _rows(caller, jobs), query)
        table = Table("solves", tuple(c.key for c in COLUMNS), tuple(tuple(c.text for c in r) for r in rows))
        return table_file(caller, table, "csv", "solves")
    return _start_page(caller, jobs)


@router.post("")
def start(caller: Solver, form: Form) -> Response:
    typed = field(form, "seconds")
    record = caller.hold()
    try:
        seconds = seconds_asked(typed, caller.settings.solve_seconds_max, _usual(caller))
        job = ask_job(caller.work, record, JobKind.SCHEDULE, {"seconds": seconds, "seed": 0}, caller.doing)
    except BadInput as bad:
        caller.refuse()
        jobs = caller.work.jobs.in_campaign(record.id, JOBS_SHOWN, KINDS)
        return _start_page(caller, jobs, typed, bad)
    return on_to(f"{base_of(caller)}/solve/{job.id}")


@router.get("/{job}")
def job_page(caller: Reader, job: str) -> Response:
    return _job_page(caller, _found(caller, job))


@router.get("/{job}/progress")
def progress_part(caller: Reader, job: str) -> Response:
    found = _found(caller, job)
    return part("solving/progress.html", base=base_of(caller), **_progress(caller, found))


@router.post("/{job}/cancel")
def cancel(caller: Solver, job: str) -> Response:
    record = caller.hold()
    found = _found(caller, job)
    said, waited = "It had ended already.", JobState(found.state) is JobState.WAITING
    if cancel_job(caller.work, record, found, caller.doing):
        said = "Cancelled before it began." if waited else "It is stopping. The best so far is kept."
    return on_to(f"{base_of(caller)}/solve/{found.id}", said)


@router.post("/{job}/explain")
def explain(caller: Solver, job: str) -> Response:
    """Of a solve, or once more where the tables have changed since an explanation."""
    record = caller.hold()
    found = _found(caller, job)
    asked = {name: value for name, value in found.asked.items() if name in ("seconds", "seed")}
    made = ask_job(caller.work, record, JobKind.EXPLAIN, {"seconds": _usual(caller)} | asked, caller.doing)
    return on_to(f"{base_of(caller)}/solve/{made.id}")


@router.post("/{explanation}/try")
def try_one(caller: Solver, form: Form, explanation: str) -> Response:
    record = caller.hold()
    found = _found(caller, explanation, (JobKind.EXPLAIN,))
    case, way = (_position(field(form, name)) for name in ("case", "way"))
    try:
        made = try_way_out(caller.work, record, found, case, way, caller.doing)
    except TablesChanged:
        caller.refuse()
        words = "The tables have changed since, so this way out was not applied. Look again first."
        return _job_page(caller, found, (PageError(words, "#changed"),), 409)
    except BadInput as bad:
        caller.refuse()
        return _job_page(caller, found, page_errors(bad.faults), 422)
    said = f"Done: the tables now have the way out (change {record.change}), and are being solved again."
    return on_to(f"{base_of(caller)}/solve/{made.id}", said)


def _start_page(caller: Caller, jobs: list[Job], typed: str = "", bad: BadInput | None = None) -> Response:
    opened, base = caller.opened(), base_of(caller)
    errors = page_errors(bad.faults) if bad and opened.campaign else ()
    unended = next((job for job in jobs if JobState(job.state) not in ENDED), None)
    query = TableQuery.read(caller.request.query_params)
    return show(
        caller,
        "solving/start.html",
        "Is the timetable solved, and is it the best there is?",
        errors=errors,
        status=422 if bad else 200,
        latest=_latest(caller, jobs),
        unended=unended,
        figures=campaign_figures(opened.campaign, f"{base}/tables") if opened.campaign else (),
        change=opened.change,
        has_tables=bool(opened.tables),
        faults=fault_links(opened.faults, opened.tables, base),
        warnings=opened.warnings,
        may_solve=may(caller.standing, Permission.SOLVE),
        seconds=typed or str(_usual(caller)),
        seconds_least=SECONDS_LEAST,
        seconds_most=caller.settings.solve_seconds_max,
        table=data_table(
            "Solves so far",
            COLUMNS,
            _rows(caller, jobs),
            query,
            f"{base}/solve",
            nouns=("solve", "solves"),
            downloads=(("CSV", "csv"),),
        ),
    )


def _job_page(caller: Caller, job: Job, errors: tuple[PageError, ...] = (), status: int = 200) -> Response:
    values = _progress(caller, job)
    changed = job.campaign_change != caller.campaign.change
    values |= {"has_changed": changed, "may_solve": may(caller.standing, Permission.SOLVE)}
    values |= {"change": job.campaign_change, "now": caller.campaign.change}
    if JobKind(job.kind) is JobKind.EXPLAIN:
        title, template = (
            "Why can these people not be placed, and what would it take?",
            "solving/explained.html",
        )
        values |= _explained(caller, job)
    else:
        title, template = "Is it done, and is it the best there is?", "solving/job.html"
        values |= {"seconds": job.asked.get("seconds", SECONDS)}
    return show(caller, template, title, errors=errors, status=status, **values)


def _progress(caller: Caller, job: Job) -> dict[str, Any]:
    """What both the page and the part of it that keeps itself up to date show."""
    campaign = caller.opened(job.campaign_change).campaign
    names = caller.work.accounts.names_of({job.made_by})
    unended = caller.work.jobs.unended() if JobState(job.state) is JobState.WAITING else []
    words = job_words(job, names, caller.settings.time_zone, caller.now, unended)
    has_aims = JobKind(job.kind) is JobKind.SCHEDULE
    result = _result(caller, job, campaign)
    told = caller.work.jobs.progress(job) if has_aims else []
    return {
        "job": words,
        "kind": JobKind(job.kind),
        "what": what_words(job),
        "course": course_of(campaign if has_aims else None, told, result, words.has_ended),
        "so_far": time_left_words(job, words.time),
        "took": took_words(job),
        "solved": solved(campaign, job, result) if words.has_ended and job.kind != JobKind.EXPLAIN else None,
        "may_cancel": may(caller.standing, Permission.SOLVE),
    }


def _explained(caller: Caller, job: Job) -> dict[str, Any]:
    """The cards with their names, as soon as there are any."""
    campaign = caller.opened(job.campaign_change).campaign
    if campaign is None or "explanation" not in job.result:
        return {"headline": "", "cards": (), "counting": ()}
    explanation = explanation_of(job.result["explanation"])
    cards = no_place_cards(campaign, explanation)
    return {
        "headline": explanation_lines(campaign, explanation)[0],
        "cards": cards,
        "counting": counting_sentences(campaign) if cards else (),
    }


def _result(caller: Caller, job: Job, campaign: Campaign | None) -> Result | None:
    number = job.result.get("draft")
    if campaign is None or not isinstance(number, int):
        return None
    draft = caller.work.timetables.by_number(job.campaign_id, number)
    return result_of_draft(campaign, draft) if draft else None


def _latest(caller: Caller, jobs: list[Job]) -> tuple[str, str] | None:
    """What came of the last solve that ended with a timetable, and where it is."""
    for job in jobs:
        if JobKind(job.kind) is JobKind.SCHEDULE and isinstance(job.result.get("draft"), int):
            campaign = caller.opened(job.campaign_change).campaign
            found = solved(campaign, job, _result(caller, job, campaign))
            return found.headline, f"{base_of(caller)}/solve/{job.id}"
    return None


def _rows(caller: Caller, jobs: list[Job]) -> list[tuple[Cell | str | int, ...]]:
    names = caller.work.accounts.names_of({job.made_by for job in jobs})
    return solve_rows(jobs, names, caller.settings.time_zone, base_of(caller))


def _found(caller: Caller, reference: str, kinds: tuple[JobKind, ...] = KINDS) -> Job:
    job = caller.work.jobs.of_campaign(caller.campaign.id, reference)
    if job is None or JobKind(job.kind) not in kinds:
        raise NotYours
    return job


def _usual(caller: Caller) -> int:
    return min(SECONDS, caller.settings.solve_seconds_max)


def _position(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
