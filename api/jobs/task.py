"""What a job is given and what it gives back, whichever kind it is and whoever runs it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api.campaign import Campaign
from api.clock import stopwatch_seconds
from api.services.doing import Doing
from api.settings import Settings
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.jobs import Job, JobProgress
from api.storage.tables.timetables import StoredTimetable
from api.storage.unit_of_work import UnitOfWork
from scheduler.params import Stop
from scheduler.result import Progress

Result = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job. `store` keeps it in the unit of work that ends the job and returns its result.

    `is_whole` is false where the job was stopped before anything was found that is worth keeping.
    """

    store: Callable[[UnitOfWork, CampaignRecord, Doing], Result]
    content: bytes | None = None
    is_whole: bool = True


@dataclass
class Task:
    """One attempt at a job. `draft` is the timetable that the job starts from, where it names one."""

    job: Job
    campaign: Campaign
    settings: Settings
    draft: StoredTimetable | None = None
    stop: Stop = field(default_factory=Stop)
    _told: list[JobProgress] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _begun: float = field(default_factory=stopwatch_seconds)

    def watch(self, progress: Progress) -> None:
        """Hear how the solver gets on; it is written down with the next sign of life."""
        line = JobProgress(
            job_id=self.job.id,
            attempt=self.job.attempt,
            seconds=round(progress.seconds, 1),
            tier=progress.tier,
            value=progress.value,
            bound=progress.bound,
            is_proven=progress.proven,
        )
        with self._lock:
            if self._told and _same(self._told[-1], line):
                self._told.pop()
            self._told.append(line)

    def count(self, done: int, of: int) -> None:
        """The same for work that is counted: `done` of `of` papers."""
        self.watch(Progress(stopwatch_seconds() - self._begun, "papers", done, of, done == of))

    def told(self) -> list[JobProgress]:
        """What was heard since the last time."""
        with self._lock:
            lines, self._told = self._told, []
        return lines

    def number(self, name: str, usual: int) -> int:
        value = self.job.asked.get(name, usual)
        return value if isinstance(value, int) else usual

    def text(self, name: str) -> str:
        value = self.job.asked.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.job.asked.get(name, [])
        return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _same(one: JobProgress, other: JobProgress) -> bool:
    """Small steps of one tier within a second are told as one."""
    return one.tier == other.tier and not one.is_proven and other.seconds - one.seconds < 1.0
