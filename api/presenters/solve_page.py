"""The pages of a solve: what will be solved, how far one is, what came of it, and the list of all.

The words for the aims are `solving.py`'s, those for a job `job_words.py`'s. Everything is made from what is
kept of a job and from the campaign as it was then, so that a page looks the same whenever it is opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from api.campaign import Campaign
from api.exports.packs.wording import counted
from api.presenters.counting import limit_sentence
from api.presenters.curves import CurvePoint, CurveState, TierCurve, tier_curve
from api.presenters.data_table import Cell, Column
from api.presenters.job_words import STATE_WORDS, elapsed_seconds
from api.presenters.makers import maker_name
from api.presenters.page_parts import Figure
from api.presenters.solving import SolvingLine, State, progress_lines, result_lines, solving_headline
from api.storage.tables.jobs import Job, JobKind, JobProgress, JobState
from api.templating import moment
from scheduler.capacity import session_limits_of, shortages_of
from scheduler.result import Progress, Result, Status
from scheduler.timetable import Timetable

POINTS_MAX = 40
# Its value is two numbers in one, which no scale shows.
WITHOUT_CURVE = frozenset({"assessor_links"})
COLUMNS = (
    Column("when", "Asked for"),
    Column("by", "By"),
    Column("what", "What"),
    Column("result", "What came of it"),
    Column("draft", "Draft"),
)
CURVE_STATES: dict[State, CurveState] = {
    State.WAITING: "waiting",
    State.LOOKING: "looking",
    State.FOUND: "stopped",
    State.PROVEN: "proven",
}
NOT_BEGUN = "It was cancelled before it began. Nothing was changed."
FAILED = "This did not work, and nothing was changed."


@dataclass(frozen=True, slots=True)
class Course:
    """How far a search is: `said` in one sentence, then each aim with value and bound."""

    said: str
    curves: tuple[TierCurve, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody without a place, and what counting says of them."""

    reference: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of a solve. `left` have no place; `can_explain` says that reasons can be looked for."""

    headline: str
    is_best: bool
    left: tuple[Left, ...]
    can_explain: bool
    draft: int | None


def campaign_figures(campaign: Campaign, tables_url: str) -> tuple[Figure, ...]:
    """What will be solved, in numbers that lead to their tables."""
    problem = campaign.problem
    numbers = (
        (len(problem.applicants), "applicant", "applicants"),
        (len(problem.sessions), "session", "sessions"),
        (len(problem.assessors), "assessor", "assessors"),
        (len(problem.pins), "pin", "pins"),
    )
    return tuple(
        Figure(f"{number:,}", one if number == 1 else f"{one}s", f"{tables_url}/{table}")
        for number, one, table in numbers
        if number or table != "pins"
    )


def course_of(
    campaign: Campaign | None, told: Sequence[JobProgress], result: Result | None, ended: bool
) -> Course:
    """From what a job told, oldest first; once it has ended, with what its result says."""
    if campaign is None:
        return Course("", ())
    if ended and result is not None and result.objective:
        lines, told_words = result_lines(campaign, result), True
    else:
        lines, told_words = _with_the_one_at_work(campaign, told, ended), False
    points = {line.key: _points(line, told) for line in lines}
    has_course = any(len(each) > 1 for each in points.values())
    curves = tuple(
        tier_curve(
            line.aim,
            CURVE_STATES[line.state],
            # What was known from the first moment on needs no picture beside those that changed.
            points[line.key] if len(points[line.key]) > 1 or not has_course else (),
            line.sentence if told_words else _words(line),
        )
        for line in lines
    )
    return Course(_said(lines), curves)


def solved(campaign: Campaign | None, job: Job, result: Result | None) -> Solved:
    """What came of a solve that has ended. `result` is that of its draft, where it has one."""
    draft = job.result.get("draft")
    number = draft if isinstance(draft, int) else None
    found = result or _without_timetable(job)
    if JobState(job.state) is JobState.FAILED:
        return Solved(FAILED, False, (), False, None)
    if found is None or campaign is None:
        return Solved(NOT_BEGUN if found is None else result_words(job), False, (), False, number)
    left = tuple(
        Left(u.applicant, campaign.name_of("applicants", u.applicant), u.reason) for u in found.unplaced
    )
    return Solved(
        headline=solving_headline(campaign, found),
        is_best=found.status is Status.OPTIMAL and not left,
        left=left if number is not None else (),
        can_explain=bool(left) or not found.timetable.entries,
        draft=number,
    )


def solve_rows(
    jobs: Sequence[Job], names: Mapping[str, str], zone: str, base: str
) -> list[tuple[Cell | str | int, ...]]:
    """One row for each solve, repair and explanation that was asked for."""
    rows: list[tuple[Cell | str | int, ...]] = []
    for job in jobs:
        when = Cell(moment(job.made_at, zone), f"{base}/solve/{job.id}", order=job.made_at.isoformat())
        number = job.result.get("draft")
        draft = Cell("")
        if isinstance(number, int):
            draft = Cell(
                f"Draft {number}", f"{base}/timetables/{number}", spoken=f"The timetable, draft {number}"
            )
        rows.append((when, maker_name(job.made_by, names), what_words(job), result_words(job), draft))
    return rows


def what_words(job: Job) -> str:
    kind = JobKind(job.kind)
    if kind is JobKind.REPAIR:
        return f"Repair of draft {job.asked.get('draft')}"
    return "Why people have no place" if kind is JobKind.EXPLAIN else "Solve"


def result_words(job: Job) -> str:
    """What came of it in a few words, from the job's row alone."""
    state, kind = JobState(job.state), JobKind(job.kind)
    if state in (JobState.WAITING, JobState.RUNNING, JobState.FAILED):
        return STATE_WORDS[state][0]
    if not job.result:
        return "Cancelled before it began"
    if kind is JobKind.REPAIR:
        changed = job.result.get("people_changed")
        number = len(changed) if isinstance(changed, list) else 0
        return f"{counted(number, 'person', 'people')} {'changes' if number == 1 else 'change'}"
    early = ", stopped early" if state is JobState.CANCELLED else ""
    if kind is JobKind.EXPLAIN:
        return f"Reasons and ways out{early}"
    return f"{_placed(job)}{early}"


def time_left_words(job: Job, time: str) -> str:
    """18 seconds so far; it ends after 60 seconds at the latest."""
    most = job.asked.get("seconds")
    limit = f"; it ends after about {counted(most, 'second')} at the latest" if isinstance(most, int) else ""
    return f"{time} so far{limit}." if time else ""


def took_words(job: Job) -> str:
    """It took 42 seconds."""
    if job.ended_at is None:
        return ""
    seconds = elapsed_seconds(job, job.ended_at)
    return f"It took {counted(max(1, round(seconds)), 'second')}." if seconds is not None else ""


def counting_sentences(campaign: Campaign) -> tuple[str, ...]:
    """What counting alone shows to be short, before any timetable is tried."""
    shortages = (shortage.sentence for shortage in shortages_of(campaign.problem))
    limits = (f"{limit_sentence(campaign, limit)}" for limit in session_limits_of(campaign.problem))
    return (*shortages, *limits)


def _without_timetable(job: Job) -> Result | None:
    """The result of a solve that has no draft, as far as its row says it."""
    if "status" not in job.result:
        return None
    status = Status(str(job.result["status"]))
    return Result(status, Timetable(()), (), (), 0.0, 0, 1)


def _placed(job: Job) -> str:
    placed, unplaced = job.result.get("placed"), job.result.get("unplaced")
    if not isinstance(placed, int) or not isinstance(unplaced, list) or "draft" not in job.result:
        status = job.result.get("status")
        return "No timetable keeps all the rules" if status == Status.INFEASIBLE else "No timetable was found"
    everybody = placed + len(unplaced)
    best = ", proven best" if job.result.get("status") == Status.OPTIMAL else ""
    if placed == everybody:
        return f"All {counted(everybody, 'applicant')} placed{best}"
    return f"{placed:,} of {counted(everybody, 'applicant')} placed{best}"


def _with_the_one_at_work(
    campaign: Campaign, told: Sequence[JobProgress], ended: bool
) -> tuple[SolvingLine, ...]:
    """The aim that is looked for now: the latest of which a bound was told, once that is proven the next."""
    lines = [
        replace(line, state=State.FOUND if line.value is not None else State.WAITING)
        if line.state is State.LOOKING
        else line
        for line in progress_lines(campaign, map(_progress, told))
    ]
    if ended or not told:
        return tuple(lines)
    keys = [line.key for line in lines]
    latest = next((each.tier for each in reversed(told) if each.bound is not None), None)
    start = keys.index(latest) if latest in keys else 0
    at_work = next((n for n in range(start, len(lines)) if lines[n].state is not State.PROVEN), None)
    if at_work is not None:
        lines[at_work] = replace(lines[at_work], state=State.LOOKING)
    return tuple(lines)


def _progress(line: JobProgress) -> Progress:
    return Progress(line.seconds, line.tier, line.value, line.bound, line.is_proven)


def _points(line: SolvingLine, told: Sequence[JobProgress]) -> list[CurvePoint]:
    """Each moment at which something new was known, thinned where there are very many."""
    found: list[CurvePoint] = []
    if line.key in WITHOUT_CURVE:
        return found
    value: int | None = None
    bound: int | None = None
    for each in told:
        if each.tier != line.key:
            continue
        value = each.value if each.value is not None else value
        is_true = each.bound is not None and each.bound >= 0 and (value is None or each.bound <= value)
        bound = each.bound if is_true else bound
        if bound is not None and value is not None and bound > value:
            bound = None
        if (value is not None or bound is not None) and (
            not found or (found[-1].value, found[-1].bound) != (value, bound)
        ):
            found.append(CurvePoint(each.seconds, value, bound))
    every = -(-len(found) // POINTS_MAX) or 1
    thinned = found[::every]
    return thinned if not found or thinned[-1] is found[-1] else [*thinned, found[-1]]


def _words(line: SolvingLine) -> str:
    """Beside a tag that says the state already."""
    if line.state is State.PROVEN:
        return f"{line.value_words}; no plan does better."
    if line.value is None:
        return f"At least {line.bound_words}." if line.bound_words else ""
    if not line.bound_words or line.bound == line.value:
        return f"{line.value_words} so far." if line.state is State.LOOKING else f"{line.value_words}."
    return f"Best found {line.value_words}, no plan below {line.bound_words}."


def _said(lines: Sequence[SolvingLine]) -> str:
    settled = sum(line.state is State.PROVEN for line in lines)
    now = next((line.aim for line in lines if line.state is State.LOOKING), "")
    said = f"{settled} of {counted(len(lines), 'aim')} {'is' if settled == 1 else 'are'} settled."
    return f"{said} Now: {now[:1].lower()}{now[1:]}." if now else said
