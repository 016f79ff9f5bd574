"""Letters and lists after a release: one by one, or all as an archive that a job makes. Nothing before."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import BadInput
from api.exports.documents import Kind
from api.exports.packs.wording import plain_name
from api.presenters.data_table import TableQuery, data_table
from api.presenters.frame import PageError
from api.presenters.job_words import job_words
from api.presenters.letters_page import LETTER_COLUMNS, letter_rows, lists_of
from api.presenters.papers_page import course_share, course_words, size_words
from api.routes.access import Caller, NotYours
from api.routes.answers import base_of, fault_words, on_to, part
from api.routes.downloads import file
from api.routes.offer_standing import (
    may_decide,
    offers_here,
    offers_page,
    sentence_error,
)
from api.routes.results import Decider, ResultsReader
from api.services.ask_job import cancel_job
from api.services.ask_letters import LETTERS_KEPT, NOT_RELEASED, ask_letters
from api.services.offer_acts import NotPossible
from api.services.outcome_letters import letter_of, letters_of_release, pdf_of
from api.storage.tables.jobs import Job, JobKind, JobState

router = APIRouter(prefix="/campaigns/{campaign}/offers/letters", include_in_schema=False)

NO_LETTER = "There is no letter for {}: their result is not settled."


@router.get("")
def letters_page(caller: ResultsReader) -> Response:
    return _letters_page(caller)


@router.post("")
def ask(caller: Decider) -> Response:
    record = caller.hold()
    try:
        job = ask_letters(caller.work, record, caller.doing)
    except NotPossible as why:
        caller.refuse()
        return _letters_page(caller, sentence_error(why.why), 409)
    except BadInput as bad:
        caller.refuse()
        return _letters_page(caller, sentence_error(" ".join(fault_words(f) for f in bad.faults)), 422)
    return on_to(f"{base_of(caller)}/offers/letters/made/{job.id}")


@router.get("/of/{applicant}")
def letter(caller: ResultsReader, applicant: str) -> Response:
    here = offers_here(caller)
    found = here.now.followed
    if found is None or not here.now.is_released:
        return on_to(f"{base_of(caller)}/offers", NOT_RELEASED)
    document = letter_of(here.campaign, found, applicant)
    if document is None:
        return on_to(f"{base_of(caller)}/offers/letters", NO_LETTER.format(applicant))
    return file(caller, pdf_of(here.campaign, document), f"letter-{plain_name(applicant)}.pdf")


@router.get("/lists/{council}")
def allocation_list(caller: ResultsReader, council: str) -> Response:
    """The sheet of one council; the whole allocation for `all`."""
    here = offers_here(caller)
    found = here.now.followed
    if found is None or not here.now.is_released:
        return on_to(f"{base_of(caller)}/offers", NOT_RELEASED)
    kind, subject = (Kind.ALLOCATION, "") if council == "all" else (Kind.COUNCIL, council)
    documents = letters_of_release(here.campaign, found)
    document = next((d for d in documents if d.kind is kind and d.subject == subject), None)
    if document is None:
        raise NotYours
    return file(caller, pdf_of(here.campaign, document), f"allocation-{plain_name(council)}.pdf")


@router.get("/made/{letters}")
def job_page(caller: ResultsReader, letters: str) -> Response:
    job = _found(caller, letters)
    return offers_page(
        caller,
        "letters_job.html",
        "Are the letters ready?",
        offers_here(caller),
        is_held=job.id in caller.work.jobs.with_content(caller.campaign.id, JobKind.LETTERS),
        size=size_words(job),
        **_progress(caller, job),
    )


@router.get("/made/{letters}/progress")
def progress_part(caller: ResultsReader, letters: str) -> Response:
    job = _found(caller, letters)
    return part("offers/letters_progress.html", base=base_of(caller), **_progress(caller, job))


@router.post("/made/{letters}/cancel")
def cancel(caller: Decider, letters: str) -> Response:
    record = caller.hold()
    job = _found(caller, letters)
    done = cancel_job(caller.work, record, job, caller.doing)
    return on_to(
        f"{base_of(caller)}/offers/letters/made/{job.id}", "Cancelled." if done else "It had ended already."
    )


@router.get("/made/{letters}/letters.zip")
def download(caller: ResultsReader, letters: str) -> Response:
    job = _found(caller, letters)
    content = caller.work.jobs.content(job.id)
    if content is None:
        return on_to(f"{base_of(caller)}/offers/letters/made/{job.id}")
    return file(caller, content, f"{plain_name(str(job.asked.get('name', 'letters')))}.zip")


def _letters_page(caller: Caller, errors: tuple[PageError, ...] = (), status: int = 200) -> Response:
    here = offers_here(caller)
    found = here.now.followed if here.now.is_released else None
    documents = letters_of_release(here.campaign, found) if found else ()
    base = base_of(caller)
    table = data_table(
        "Letters",
        LETTER_COLUMNS,
        letter_rows(here.campaign, documents, base, may_decide(caller)),
        TableQuery.read(caller.request.query_params),
        f"{base}/offers/letters",
        nouns=("letter", "letters"),
        downloads=(),
        anchor="letters",
    )
    jobs = caller.work.jobs.in_campaign(caller.campaign.id, LETTERS_KEPT, (JobKind.LETTERS,))
    return offers_page(
        caller,
        "letters.html",
        "Which letters go out?",
        here,
        errors=errors,
        status=status,
        table=table,
        number=sum(document.kind is Kind.LETTER for document in documents),
        lists=lists_of(documents, base),
        jobs=[(job.id, job.made_at) for job in jobs],
        zone=caller.settings.time_zone,
    )


def _progress(caller: Caller, job: Job) -> dict[str, Any]:
    names = caller.work.accounts.names_of({job.made_by})
    unended = caller.work.jobs.unended() if JobState(job.state) is JobState.WAITING else []
    told = caller.work.jobs.progress(job)
    done, total = course_share(told)
    return {
        "job": job_words(job, names, caller.settings.time_zone, caller.now, unended),
        "may_cancel": may_decide(caller),
        "course": course_words(told),
        "done": done,
        "total": total,
    }


def _found(caller: Caller, reference: str) -> Job:
    job = caller.work.jobs.of_campaign(caller.campaign.id, reference)
    if job is None or JobKind(job.kind) is not JobKind.LETTERS:
        raise NotYours
    return job
