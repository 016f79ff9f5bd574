"""Killing whoever does the jobs, again and again, and counting: `python -m tests.journeys.killing`.

With PostgreSQL three workers do twenty solves while they are killed ten times at random; with SQLite the
server is killed ten times in mid-solve. Every solve must end exactly once with one stored draft, and never
more run at once than allowed. The tests play a shorter round (`test_killing.py`).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from api.clock import stopwatch_seconds, utc_now
from api.jobs.queue import waker_of
from api.services.ask_job import ask_job
from api.services.doing import Doing
from api.storage.engine import engine_of
from api.storage.migrate import migrate
from api.storage.solve_places import LOCK_FAMILY
from api.storage.tables.jobs import ENDED, JobKind, JobState
from api.storage.unit_of_work import Database
from tests.databases import PostgresqlCopies, postgresql_server
from tests.service import install
from tests.serving import PROGRAM, free_port

PATIENCE_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Round:
    """How much is asked: solves, kills, workers, the most at once, the sample, seconds for each solve."""

    solves: int
    kills: int
    workers: int = 3
    at_once: int = 2
    sample: str = "south-west-2015"
    seconds: int = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: how jobs ended, drafts, the most at once, kills, the longest replacement."""

    states: dict[str, int]
    drafts: int
    drafts_of_jobs: int
    most_at_once: int
    kills: int
    attempts: int
    replaced_seconds_max: float
    seconds: float


def kill_workers(url: str, played: Round, seed: int) -> Seen:
    """Workers over PostgreSQL, killed at random."""
    rng = random.Random(seed)
    environment = {**os.environ, "STEPUP_DATABASE_URL": url, "STEPUP_SOLVES_AT_ONCE": str(played.at_once)}
    log = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the processes that write to it)

    def start() -> subprocess.Popen[bytes]:
        command = [*PROGRAM, "worker"]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    workers = [start() for _ in range(played.workers)]

    def kill(running: dict[str, str]) -> str | None:
        """One of the workers that are solving, if any is. Returns the job that it was at."""
        by_pid = {worker.rsplit("-", 1)[1]: job for job, worker in running.items()}
        solving = [place for place, worker in enumerate(workers) if str(worker.pid) in by_pid]
        if not solving:
            return None
        place = rng.choice(solving)
        job = by_pid[str(workers[place].pid)]
        workers[place].send_signal(signal.SIGKILL)
        workers[place].wait()
        workers[place] = start()
        return job

    def is_alive(worker: str) -> bool:
        return any(str(w.pid) == worker.rsplit("-", 1)[1] and w.poll() is None for w in workers)

    database = Database(engine_of(url), waker_of(url))
    try:
        return _play(database, played, rng, kill, is_alive)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        database.close()
        log.close()


def kill_server(folder: Path, played: Round, seed: int) -> Seen:
    """A server over SQLite with its embedded child, killed at random and started again."""
    rng = random.Random(seed)
    url = f"sqlite:///{folder / 'stepup.sqlite3'}"
    port = free_port()
    environment = {**os.environ, "STEPUP_DATABASE_URL": url, "STEPUP_SOLVES_AT_ONCE": str(played.at_once)}
    log = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the processes that write to it)

    def start() -> subprocess.Popen[bytes]:
        command = [*PROGRAM, "serve", "--port", port]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    server = [start()]

    def kill(running: dict[str, str]) -> str | None:
        if not running:
            return None
        server[0].send_signal(signal.SIGKILL)
        server[0].wait()
        server[0] = start()
        return rng.choice(sorted(running))

    database = Database(engine_of(url))
    try:
        return _play(database, played, rng, kill, lambda worker: True)
    finally:
        database.close()
        server[0].terminate()
        server[0].wait()
        log.close()


def _play(
    database: Database,
    played: Round,
    rng: random.Random,
    kill: Callable[[dict[str, str]], str | None],
    is_alive: Callable[[str], bool],
) -> Seen:
    begun = stopwatch_seconds()
    jobs = _ask(database, played)
    kills, most, next_kill = 0, 0, begun + 3.0
    killed_at: dict[str, tuple[float, int]] = {}
    replaced: list[float] = []
    while True:
        now = stopwatch_seconds()
        states, running, attempts = _look(database, jobs)
        most = max(most, sum(is_alive(worker) for worker in running.values()), _places_taken(database))
        for job, (since, attempt) in list(killed_at.items()):
            if attempts[job] > attempt:
                replaced.append(now - since)
                del killed_at[job]
        if all(JobState(state) in ENDED for state in states.values()):
            break
        if now - begun > PATIENCE_SECONDS:
            raise AssertionError(f"not over after {PATIENCE_SECONDS:.0f} s: {Counter(states.values())}")
        if kills < played.kills and now > next_kill and (hit := kill(running)) is not None:
            kills += 1
            killed_at[hit] = (now, attempts[hit])
            next_kill = now + rng.uniform(2.0, 6.0)
        time.sleep(0.2)
    with database.reading() as work:
        ended = [work.jobs.by_id(job) for job in jobs]
        named = {job.result.get("draft") for job in ended if job}
        drafts = sum(len(work.timetables.all(campaign.id)) for campaign in work.campaigns.all())
    return Seen(
        dict(Counter(states.values())),
        drafts,
        len(named - {None}),
        most,
        kills,
        sum(attempts.values()),
        max(replaced, default=0.0),
        stopwatch_seconds() - begun,
    )


def _ask(database: Database, played: Round) -> list[str]:
    with database.reading() as work:
        campaign = work.campaigns.all()[0].id
    jobs = []
    for number in range(played.solves):
        with database.writing() as work:
            record = work.campaigns.held(campaign)
            assert record is not None
            asked = {"seconds": played.seconds, "seed": number}
            jobs.append(ask_job(work, record, JobKind.SCHEDULE, asked, Doing("program", utc_now())).id)
    return jobs


def _look(database: Database, jobs: list[str]) -> tuple[dict[str, str], dict[str, str], dict[str, int]]:
    """The state of each job, who runs those that run, and how often each was begun."""
    with database.reading() as work:
        found = {reference: work.jobs.by_id(reference) for reference in jobs}
    known = {reference: job for reference, job in found.items() if job is not None}
    return (
        {reference: job.state for reference, job in known.items()},
        {reference: job.worker for reference, job in known.items() if job.state == JobState.RUNNING},
        {reference: job.attempt for reference, job in known.items()},
    )


def _places_taken(database: Database) -> int:
    if database.engine.dialect.name != "postgresql":
        return 0
    with database.engine.connect() as connection:
        taken = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :f AND granted")
        return int(connection.execute(taken, {"f": LOCK_FAMILY}).scalar_one())


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with postgresql_server() as server:
        copies = PostgresqlCopies(server)
        url = copies.fresh()
        install(url, "south-west-2015").database.close()
        print("PostgreSQL, three workers:", kill_workers(url, Round(20, 10), seed), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'stepup.sqlite3'}"
        migrate(engine_of(url))
        install(url, "south-west-2015").database.close()
        print("SQLite, embedded child:", kill_server(Path(folder), Round(12, 10, at_once=1), seed))


if __name__ == "__main__":
    main()
