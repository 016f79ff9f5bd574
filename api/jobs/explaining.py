"""The job that finds out why somebody cannot be placed, and what it would take."""

from __future__ import annotations

from api.jobs.task import Outcome, Task
from api.services.explain_campaign import explain_campaign
from api.services.keep_findings import explanation_record
from scheduler.params import Params


def explain_job(task: Task) -> Outcome:
    """Reasons, and ways out that were each solved again, by reference. `asked`: `seconds`, `seed`."""
    seconds = min(task.number("seconds", 60), task.settings.solve_seconds_max)
    params = Params(seconds=seconds, workers=task.settings.solve_workers, seed=task.number("seed", 0))
    explained = explain_campaign(task.campaign, params, task.watch, task.stop)
    result: dict[str, object] = {"explanation": explanation_record(explained.explanation)}
    return Outcome(lambda work, campaign, doing: result)
