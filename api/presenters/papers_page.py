"""The pages of papers: what they can be made of, the sets made so far, the running orders by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.runs import held_sessions
from api.exports.packs.wording import counted, day_and_date, half_day, hours
from api.presenters.data_table import Cell, Column
from api.presenters.makers import maker_name
from api.storage.tables.jobs import Job, JobProgress, JobState
from api.storage.tables.timetables import Publication, StoredTimetable
from api.templating import moment
from scheduler.timetable import Timetable

COLUMNS = (
    Column("when", "Asked for"),
    Column("by", "By"),
    Column("of", "Papers of"),
    Column("result", "What came of it"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What papers can be made of. `value` is how a form names it; `has_changed`: the tables have since."""

    value: str
    words: str
    has_changed: bool


@dataclass(frozen=True, slots=True)
class SessionPaper:
    """One session of a timetable, and its running order."""

    reference: str
    words: str
    url: str


def choices(
    drafts: Sequence[StoredTimetable], versions: Sequence[Publication], zone: str, change: int
) -> tuple[Choice, ...]:
    """Published versions first, the newest at the top; then drafts likewise. `change`: the tables' latest."""
    published = (
        Choice(
            f"version-{each.number}",
            f"Version {each.number}, issued {moment(each.published_at, zone)}",
            each.campaign_change != change,
        )
        for each in versions
    )
    kept = (
        Choice(
            f"draft-{each.number}",
            f"Draft {each.number}, not published: {each.name or each.sentence}",
            each.campaign_change != change,
        )
        for each in drafts
    )
    return (*published, *kept)


def paper_rows(
    jobs: Sequence[Job], held: frozenset[str], names: Mapping[str, str], zone: str, base: str
) -> list[tuple[Cell | str | int, ...]]:
    """A row for each set of papers that was asked for; `held` are the jobs whose papers are still kept."""
    return [
        (
            Cell(moment(job.made_at, zone), f"{base}/papers/{job.id}", order=job.made_at.isoformat()),
            maker_name(job.made_by, names),
            str(job.asked.get("marked", "")),
            _result(job, job.id in held),
        )
        for job in jobs
    ]


def course_words(told: Sequence[JobProgress]) -> str:
    """120 of 286 papers."""
    if not told or told[-1].value is None or told[-1].bound is None:
        return "Getting ready."
    last = told[-1]
    return f"{last.value:,} of {counted(last.bound or 0, 'paper')} made."


def course_share(told: Sequence[JobProgress]) -> tuple[int, int]:
    """How many of how many; none of one before it is known."""
    if not told or not told[-1].bound:
        return 0, 1
    return told[-1].value or 0, told[-1].bound


def session_papers(campaign: Campaign, timetable: Timetable, address: str) -> tuple[SessionPaper, ...]:
    """Every session that is held, with the address of its running order."""
    by_reference = campaign.problem.session_by_reference
    found = []
    for reference in held_sessions(campaign, timetable):
        session = by_reference[reference]
        when = f"{day_and_date(session.date)}, {half_day(session.window.start)}"
        venue = campaign.name_of("venues", session.venue)
        words = f"{when}, {hours(session.window.start, session.window.end)}, {venue}"
        found.append(SessionPaper(reference, words, f"{address}/{reference}"))
    return tuple(found)


def size_words(job: Job) -> str:
    """286 papers, each as PDF and as a page: 9.1 million bytes."""
    papers, size = job.result.get("papers"), job.result.get("bytes")
    if not isinstance(papers, int) or not isinstance(size, int):
        return ""
    return f"{counted(papers, 'paper')}, each as PDF and as a page: {size / 1_000_000:.1f} million bytes"


def _result(job: Job, is_held: bool) -> Cell | str:
    state = JobState(job.state)
    if state is JobState.WAITING:
        return Cell("Waiting", tag="grey")
    if state is JobState.RUNNING:
        return Cell("At work", tag="yellow")
    if state is JobState.FAILED:
        return Cell("Did not work", tag="red")
    if not is_held:
        return "Cancelled" if state is JobState.CANCELLED else "Not kept any more"
    return size_words(job)
