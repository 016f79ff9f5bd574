"""A job in words, whichever kind it is: how far it is, who asked for it, how long it took, why it waits."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.exports.packs.wording import counted
from api.presenters.makers import maker_name
from api.storage.tables.jobs import ENDED, Job, JobState
from api.templating import moment

STATE_WORDS = {
    JobState.WAITING: ("Waiting", "grey"),
    JobState.RUNNING: ("At work", "yellow"),
    JobState.DONE: ("Done", "green"),
    JobState.CANCELLED: ("Cancelled", "blue"),
    JobState.FAILED: ("Did not work", "red"),
}
STOPPING = ("Stopping", "yellow")


@dataclass(frozen=True, slots=True)
class JobWords:
    """`state` and `colour` are for a tag. `wait` says what a waiting job waits for, `time` how long it has
    been at work; `errors` say why it failed. `asked` is who asked, and when.
    """

    reference: str
    state: str
    colour: str
    has_ended: bool
    is_waiting: bool
    is_running: bool
    is_stopping: bool
    failed: bool
    cancelled: bool
    asked: str
    wait: str
    time: str
    errors: tuple[str, ...]


def job_words(
    job: Job, names: Mapping[str, str], zone: str, now: datetime.datetime, unended: Sequence[Job] = ()
) -> JobWords:
    """`names` are those of accounts; `unended` are all jobs that have not ended, the oldest first."""
    state = JobState(job.state)
    stopping = state is JobState.RUNNING and job.cancel_asked
    words, colour = STOPPING if stopping else STATE_WORDS[state]
    return JobWords(
        reference=job.id,
        state=words,
        colour=colour,
        has_ended=state in ENDED,
        is_waiting=state is JobState.WAITING,
        is_running=state is JobState.RUNNING,
        is_stopping=stopping,
        failed=state is JobState.FAILED,
        cancelled=state is JobState.CANCELLED,
        asked=f"Asked for by {maker_name(job.made_by, names)} on {moment(job.made_at, zone)}",
        wait=_wait(job, unended) if state is JobState.WAITING else "",
        time=_time(job, now),
        errors=_errors(job),
    )


def seconds_in_words(seconds: float) -> str:
    """42 seconds, 3 minutes 5 seconds."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    if not minutes:
        return counted(rest, "second")
    return counted(minutes, "minute") + (f" {counted(rest, 'second')}" if rest else "")


def elapsed_seconds(job: Job, now: datetime.datetime) -> float | None:
    """How long the latest attempt has been at work, or was; None before it began."""
    if job.started_at is None:
        return None
    return ((job.ended_at or now) - job.started_at).total_seconds()


def _time(job: Job, now: datetime.datetime) -> str:
    seconds = elapsed_seconds(job, now)
    return seconds_in_words(seconds) if seconds is not None else ""


def _wait(job: Job, unended: Sequence[Job]) -> str:
    references = [each.id for each in unended]
    before = references.index(job.id) if job.id in references else 0
    if job.attempt:
        return "It was interrupted and will be begun again by itself."
    if not before:
        return "It is next, and begins in a moment."
    return f"{counted(before, 'other job')} {'is' if before == 1 else 'are'} before it; it begins by itself."


def _errors(job: Job) -> tuple[str, ...]:
    said = job.result.get("error")
    return tuple(str(each) for each in said) if isinstance(said, list) else ()
