"""A job in words: what it waits for, how long it takes, why it failed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from api.presenters.job_words import job_words, seconds_in_words
from api.storage.tables.jobs import Job, JobState

NOON = datetime.datetime(2015, 7, 14, 11, tzinfo=datetime.UTC)


def job(reference: str = "j", state: JobState = JobState.WAITING, attempt: int = 0, **facts: Any) -> Job:
    return Job(
        id=reference,
        campaign_id="c",
        kind="schedule",
        state=state,
        asked={},
        campaign_change=1,
        input_sha256="",
        attempt=attempt,
        made_by="a",
        made_at=NOON,
        **facts,
    )


@pytest.mark.parametrize(
    ("before", "attempt", "words"),
    [
        (0, 0, "It is next, and begins in a moment."),
        (1, 0, "1 other job is before it; it begins by itself."),
        (3, 0, "3 other jobs are before it; it begins by itself."),
        (0, 2, "It was interrupted and will be begun again by itself."),
    ],
)
def test_waiting_job_says_what_it_waits_for(before: int, attempt: int, words: str) -> None:
    own = job(attempt=attempt)
    others = [job(str(number)) for number in range(before)]
    found = job_words(own, {"a": "Olive"}, "Europe/London", NOON, [*others, own])
    assert (found.wait, found.state, found.time) == (words, "Waiting", "")
    assert found.asked == "Asked for by Olive on 14 July 2015, 12:00"


def test_running_job_says_how_long_and_that_it_is_stopping() -> None:
    now = NOON + datetime.timedelta(seconds=65)
    found = job_words(job(state=JobState.RUNNING, started_at=NOON), {}, "Europe/London", now)
    stopping = job_words(
        job(state=JobState.RUNNING, started_at=NOON, cancel_asked=True), {}, "Europe/London", now
    )
    assert (found.time, found.state, stopping.state) == ("1 minute 5 seconds", "At work", "Stopping")


def test_failed_job_says_why() -> None:
    found = job_words(
        job(state=JobState.FAILED, result={"error": ["rooms: none"]}), {}, "Europe/London", NOON
    )
    assert (found.failed, found.has_ended, found.errors) == (True, True, ("rooms: none",))


def test_seconds_are_told_as_people_do() -> None:
    assert [seconds_in_words(n) for n in (0, 1, 59.6, 60, 3601)] == [
        "0 seconds",
        "1 second",
        "1 minute",
        "1 minute",
        "60 minutes 1 second",
    ]
