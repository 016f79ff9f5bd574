"""Papers of a draft or of a published version: asked for, made by a job, downloaded; running orders."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.exports.packs.wording import plain_name
from api.permissions import Permission, may
from api.presenters.data_table import TableQuery, data_table
from api.presenters.frame import PageError
from api.presenters.job_words import job_words
from api.presenters.papers_page import (
    COLUMNS,
    choices,
    course_share,
    course_words,
    paper_rows,
    session_papers,
    size_words,
)
from api.presenters.solve_page import took_words
from api.routes.access import Caller, Form, NotYours, field, needs
from api.routes.answers import base_of, fault_words, on_to, part, show
from api.routes.downloads import file
from api.services.ask_job import cancel_job
from api.services.ask_papers import FORMS, NOW, PAPERS_KEPT, THEN, Printed, ask_papers, printed_of
from api.services.keep_draft import timetable_of_draft
from api.services.session_paper import marked, running_order_pdf
from api.storage.tables.jobs import Job, JobKind, JobState

router = APIRouter(prefix="/campaigns/{campaign}/papers", include_in_schema=False)

Reader = Annotated[Caller, needs(Permission.READ_TIMETABLES)]
Solver = Annotated[Caller, needs(Permission.SOLVE)]


@router.get("")
def papers_page(caller: Reader, of: str = "") -> Response:
    return _start_page(caller, of, THEN)


@router.post("")
def start(caller: Solver, form: Form) -> Response:
    of, tables, forms = field(form, "of"), field(form, "tables"), field(form, "forms") == FORMS
    record, zone = caller.hold(), caller.settings.time_zone
    try:
        job = ask_papers(caller.work, record, of, tables, zone, caller.doing, with_forms=forms)
    except BadInput as bad:
        caller.refuse()
        return _start_page(caller, of, tables, bad, forms=forms)
    return on_to(f"{base_of(caller)}/papers/{job.id}")


@router.get("/of/{of}")
def session_papers_page(caller: Reader, of: str) -> Response:
    """The running orders of one draft or version, each by itself."""
    printed = _printed(caller, of)
    campaign = caller.opened(printed.change).campaign
    if campaign is None:
        raise NotYours
    timetable = timetable_of_draft(campaign, printed.draft)
    return show(
        caller,
        "papers/sessions.html",
        "Which running order is needed?",
        marked=printed.marked,
        papers=session_papers(campaign, timetable, f"{base_of(caller)}/papers/of/{of}"),
        of=of,
    )


@router.get("/of/{of}/{session}")
def running_order(caller: Reader, of: str, session: str) -> Response:
    printed = _printed(caller, of)
    campaign = caller.opened(printed.change).campaign
    if campaign is None:
        raise NotYours
    timetable = timetable_of_draft(campaign, printed.draft)
    content = running_order_pdf(marked(campaign, printed.marked), timetable, session)
    if content is None:
        raise NotYours
    return file(caller, content, f"running-order-{plain_name(session)}-{of}.pdf")


@router.get("/{papers}")
def job_page(caller: Reader, papers: str) -> Response:
    found = _found(caller, papers)
    is_held = found.id in caller.work.jobs.with_content(caller.campaign.id, JobKind.PAPERS)
    return show(
        caller,
        "papers/job.html",
        "Are the papers ready?",
        **_progress(caller, found),
        is_held=is_held,
        marked=found.asked.get("marked", ""),
        of=found.asked.get("of", ""),
        size=size_words(found),
        took=took_words(found),
        change=found.campaign_change,
    )


@router.get("/{papers}/progress")
def progress_part(caller: Reader, papers: str) -> Response:
    return part("papers/progress.html", base=base_of(caller), **_progress(caller, _found(caller, papers)))


@router.post("/{papers}/cancel")
def cancel(caller: Solver, papers: str) -> Response:
    record = caller.hold()
    found = _found(caller, papers)
    done = cancel_job(caller.work, record, found, caller.doing)
    said = "Cancelled." if done else "It had ended already."
    return on_to(f"{base_of(caller)}/papers/{found.id}", said)


@router.get("/{papers}/papers.zip")
def download(caller: Reader, papers: str) -> Response:
    found = _found(caller, papers)
    content = caller.work.jobs.content(found.id)
    if content is None:
        return on_to(f"{base_of(caller)}/papers/{found.id}")
    return file(caller, content, f"{plain_name(str(found.asked.get('name', 'papers')))}.zip")


def _start_page(
    caller: Caller, of: str, tables: str, bad: BadInput | None = None, *, forms: bool = False
) -> Response:
    record, zone, base = caller.campaign, caller.settings.time_zone, base_of(caller)
    drafts, versions = caller.work.timetables.all(record.id), caller.work.timetables.publications(record.id)
    found = choices(drafts, versions, zone, record.change)
    jobs = caller.work.jobs.in_campaign(record.id, 50, (JobKind.PAPERS,))
    held = frozenset(caller.work.jobs.with_content(record.id, JobKind.PAPERS))
    names = caller.work.accounts.names_of({job.made_by for job in jobs})
    faults = bad.faults if bad else ()
    errors = tuple(PageError(fault_words(f), "#of" if f.column == "of" else "#main-content") for f in faults)
    return show(
        caller,
        "papers/start.html",
        "Which papers are needed?",
        errors=errors,
        status=422 if bad else 200,
        choices=found,
        of=of or (found[0].value if found else ""),
        tables=NOW if tables == NOW else THEN,
        forms=forms,
        may_solve=may(caller.standing, Permission.SOLVE),
        kept=PAPERS_KEPT,
        table=data_table(
            "Papers made so far",
            COLUMNS,
            paper_rows(jobs, held, names, zone, base),
            TableQuery.read(caller.request.query_params),
            f"{base}/papers",
            nouns=("set", "sets"),
            downloads=(),
        ),
    )


def _progress(caller: Caller, job: Job) -> dict[str, Any]:
    names = caller.work.accounts.names_of({job.made_by})
    unended = caller.work.jobs.unended() if JobState(job.state) is JobState.WAITING else []
    told = caller.work.jobs.progress(job)
    done, total = course_share(told)
    return {
        "job": job_words(job, names, caller.settings.time_zone, caller.now, unended),
        "may_solve": may(caller.standing, Permission.SOLVE),
        "course": course_words(told),
        "done": done,
        "total": total,
    }


def _printed(caller: Caller, of: str) -> Printed:
    printed = printed_of(caller.work, caller.campaign, of, caller.settings.time_zone)
    if printed is None:
        raise NotYours
    return printed


def _found(caller: Caller, reference: str) -> Job:
    job = caller.work.jobs.of_campaign(caller.campaign.id, reference)
    if job is None or JobKind(job.kind) is not JobKind.PAPERS:
        raise NotYours
    return job
