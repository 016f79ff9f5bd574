"""The job that plays the campaign many times over: how many will come, and how many to book."""

from __future__ import annotations

from api.jobs.task import Outcome, Task
from api.services.forecast_attendance import forecast_sessions, rate_from
from api.services.keep_draft import timetable_of_draft
from api.services.keep_findings import forecast_record


def forecast_job(task: Task) -> Outcome:
    """A forecast for a draft's sessions or, without `draft`, for every session at its counted capacity.

    `asked`: `rate` ("82%", "87/106"), `of` for a rate in per cent, `risk` in per cent, `plays`, `seed`,
    `draft`.
    """
    rate = rate_from(task.text("rate"), task.number("of", 0) or None)
    risk = task.job.asked.get("risk", 5)
    share = risk / 100 if isinstance(risk, int | float) else 0.05
    timetable = timetable_of_draft(task.campaign, task.draft) if task.draft else None
    plays, seed = task.number("plays", 10_000), task.number("seed", 0)
    forecast = forecast_sessions(task.campaign, timetable, rate, share, plays, seed)
    if task.stop.asked:
        return Outcome(lambda work, campaign, doing: {}, is_whole=False)
    result: dict[str, object] = {"invite": forecast.invite, "forecast": forecast_record(forecast)}
    return Outcome(lambda work, campaign, doing: result)
