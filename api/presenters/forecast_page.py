"""The pages of a forecast: those made earlier in one line each, and one with its advice first.

What it says is the sheet's (`api.exports.packs.forecast_sheet`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.exports.packs.forecast_sheet import Forecast
from api.exports.packs.wording import counted
from api.presenters.data_table import Cell, Column
from api.presenters.makers import maker_name
from api.storage.tables.jobs import Job, JobState
from api.templating import moment

COLUMNS = (
    Column("when", "Asked for"),
    Column("by", "By"),
    Column("of", "Of"),
    Column("rate", "Attendance"),
    Column("risk", "Accepted risk"),
    Column("result", "What came of it"),
)


def forecast_rows(
    jobs: Sequence[Job], names: Mapping[str, str], zone: str, base: str
) -> list[tuple[Cell | str | int, ...]]:
    """One row for each forecast that was asked for."""
    return [
        (
            Cell(moment(job.made_at, zone), f"{base}/forecast/{job.id}", order=job.made_at.isoformat()),
            maker_name(job.made_by, names),
            of_words(job),
            rate_words(job),
            f"{_number(job, 'risk'):g} %",
            _result_words(job),
        )
        for job in jobs
    ]


def of_words(job: Job) -> str:
    """What was forecast: a draft's sessions, or all sessions as counted."""
    draft = job.asked.get("draft")
    return f"draft {draft}" if draft else "all sessions, by counting"


def rate_words(job: Job) -> str:
    """82 % of 106; 87/106."""
    rate, of = str(job.asked.get("rate", "")), job.asked.get("of")
    spelled = rate.replace("%", " %")
    return f"{spelled} of {of}" if of else spelled


def asked_words(job: Job) -> str:
    risk, plays, seed = (_number(job, name) for name in ("risk", "plays", "seed"))
    return (
        f"{of_words(job).capitalize()}; attendance {rate_words(job)}; accepted risk {risk:g} %; "
        f"{counted(int(plays), 'play')}, seed {seed:.0f}."
    )


def forecast_headline(forecast: Forecast) -> str:
    """The advice in one short sentence; the sheet's sentences follow it."""
    sessions = sum(len(advice.sessions) for advice in forecast.advice)
    return f"Invite {forecast.invite:,} in all to {counted(sessions, 'session')}."


def _result_words(job: Job) -> Cell | str:
    state = JobState(job.state)
    if state is JobState.WAITING:
        return Cell("Waiting", tag="grey")
    if state is JobState.RUNNING:
        return Cell("At work", tag="yellow")
    if state is JobState.FAILED:
        return Cell("Did not work", tag="red")
    found = job.result.get("invite")
    return f"Invite {found:,}" if isinstance(found, int) else "Cancelled"


def _number(job: Job, name: str) -> float:
    value = job.asked.get(name, 0)
    return float(value) if isinstance(value, int | float) else 0.0
