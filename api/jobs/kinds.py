"""Which function does which kind of job. To add a kind: `JobKind`, a function of a `Task`, its line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from api.jobs.explaining import explain_job
from api.jobs.forecasting import forecast_job
from api.jobs.letters import letters_job
from api.jobs.papers import papers_job
from api.jobs.task import Outcome, Task
from api.jobs.timetabling import repair_job, schedule_job
from api.storage.tables.jobs import JobKind

RUNNERS: Mapping[JobKind, Callable[[Task], Outcome]] = {
    JobKind.SCHEDULE: schedule_job,
    JobKind.REPAIR: repair_job,
    JobKind.EXPLAIN: explain_job,
    JobKind.FORECAST: forecast_job,
    JobKind.PAPERS: papers_job,
    JobKind.LETTERS: letters_job,
}


def load_libraries() -> None:
    """Load what takes a second or more to load before there is a job: on the day people wait for a repair."""
    import scheduler.solver.repair.door
    import scheduler.solver.schedule  # noqa: F401
