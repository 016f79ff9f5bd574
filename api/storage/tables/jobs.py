"""Jobs: what is asked of the solver and the printer, how far each has come, and what came of it.

The row is the truth in both ways of running jobs (the embedded child process, or Procrastinate's workers);
a queue only wakes somebody up. `attempt` counts who works at it: only the latest may store a result.
"""

from __future__ import annotations

import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, Integer
from sqlmodel import Field, SQLModel

from api.storage.types import JSON, LargeBinary, UtcDateTime


class JobKind(StrEnum):
    SCHEDULE = "schedule"
    REPAIR = "repair"
    EXPLAIN = "explain"
    FORECAST = "forecast"
    PAPERS = "papers"
    LETTERS = "letters"


class JobState(StrEnum):
    """`cancelled` may have a result all the same: the best that was found until then."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


# From running back to waiting: its worker has gone, and another takes it up.
MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset({JobState.WAITING, JobState.DONE, JobState.CANCELLED, JobState.FAILED}),
    JobState.DONE: frozenset(),
    JobState.CANCELLED: frozenset(),
    JobState.FAILED: frozenset(),
}
ENDED = frozenset(state for state, moves in MOVES.items() if not moves)


class Job(SQLModel, table=True):
    """One job. `worker` names who runs it, and `place` which of the places for solves it holds, from 1.

    `campaign_change` and `input_sha256` say what it works on: the tables as they were when it was asked for.
    `result` is a small record (the draft's number, sentences); papers and the like are in `content`.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state"), Index("ix_job_campaign", "campaign_id", "made_at"))

    id: str = Field(primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id")
    kind: str
    state: str
    asked: dict[str, object] = Field(sa_type=JSON)
    campaign_change: int
    input_sha256: str
    attempt: int = 0
    worker: str = ""
    place: int = 0
    cancel_asked: bool = False
    made_by: str
    made_at: datetime.datetime = Field(sa_type=UtcDateTime)
    started_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    alive_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime.datetime | None = Field(default=None, sa_type=UtcDateTime)
    result: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)


class JobProgress(SQLModel, table=True):
    """A line of a job's progress: after `seconds`, `tier` stands at `value` with `bound`, where known."""

    __tablename__ = "job_progress"
    __table_args__ = (Index("ix_job_progress_job", "job_id", "id"),)

    id: int | None = Field(
        default=None, sa_type=BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    job_id: str = Field(foreign_key="job.id")
    attempt: int
    seconds: float
    tier: str
    value: int | None = None
    bound: int | None = None
    is_proven: bool = False
