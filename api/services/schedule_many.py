"""Many campaigns side by side: each is timetabled in a process of its own, so many of them at once.

A process ends with its campaign, which gives its memory back, and whatever goes wrong with one campaign
leaves the others alone. The processes only read and solve; everything is written from here. Each takes the
same steps as `schedule_campaign.py`, which is where to read on; how it is told is in `summarise_many.py`.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from api.clock import stopwatch_seconds
from api.errors import BadInput, Fault
from api.exports.tables import write_files
from api.services.check_campaign import check_campaign
from api.services.schedule_campaign import forget_repairs, schedule_campaign, schedule_files
from scheduler.params import Params
from scheduler.result import Progress, Watcher

SUMMARY = "summary.csv"
# Beside the statuses of a run (`scheduler.result.Status`): the tables have faults; the program gave up.
FAULTS, FAILED = "faults", "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One campaign of many: its name, where it is, and where its timetable goes."""

    name: str
    source: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Looked:
    """What checking one campaign's tables came to, each fault with its campaign before its table's name."""

    job: Job
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of one campaign. `seconds` are of wall clock, from reading its tables to the timetable.

    Without a timetable there are no `applicants` and none `placed`; `why` then says what happened.
    """

    name: str
    status: str
    applicants: int | None = None
    placed: int | None = None
    seconds: float = 0.0
    why: str = ""

    @property
    def all_placed(self) -> bool:
        return self.applicants is not None and self.applicants == self.placed

    @property
    def has_timetable(self) -> bool:
        return self.applicants is not None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a process hands back at its end: the outcome, and the files to be written."""

    finished: Finished
    files: dict[str, bytes]


Teller = Callable[[str, Progress], None]
Ender = Callable[[Finished], None]


def jobs_of(sources: Sequence[Path], out: Path) -> tuple[Job, ...]:
    """A job for each campaign, its result in a folder of the campaign's name. Raises `BadInput`.

    Refused are two campaigns of one name, and a result that would be written into its own campaign.
    """
    jobs = []
    for source in sources:
        place = source.resolve()
        name = place.name if place.is_dir() else place.stem
        jobs.append(Job(name, source, out / name))
    faults = [
        *_clashes(jobs),
        *(_own_folder(job) for job in jobs if job.out.resolve() == job.source.resolve()),
    ]
    if faults:
        raise BadInput(faults)
    return tuple(jobs)


def look_at(job: Job) -> Looked:
    """Every fault and every warning of one campaign. Nothing of it is kept: there may be many."""
    faults: tuple[Fault, ...] = ()
    try:
        warnings = check_campaign(job.source).warnings
    except BadInput as bad:
        faults = tuple(replace(fault, table=f"{job.name}: {fault.table}") for fault in bad.faults)
        warnings = bad.warnings
    return Looked(job, faults, tuple(f"{job.name}: {warning}" for warning in warnings))


def schedule_many(
    jobs: Sequence[Job], params: Params, at_once: int, tell: Teller | None = None, end: Ender | None = None
) -> list[Finished]:
    """Timetable the campaigns, `at_once` of them at a time, and write each result as it comes.

    `tell` hears how each gets on, `end` what became of it. The outcomes come in the order of the jobs. A
    campaign that fails does not stop the others. However this ends, no process is left behind.
    """
    waiting = list(jobs)
    running: dict[Connection, tuple[Job, BaseProcess]] = {}
    outcomes: dict[str, Finished] = {}
    try:
        while waiting or running:
            while waiting and len(running) < max(1, at_once):
                job = waiting.pop(0)
                connection, process = _started(job, params, tell is not None)
                running[connection] = (job, process)
            for ready in multiprocessing.connection.wait(list(running)):
                assert isinstance(ready, Connection)
                job, process = running[ready]
                said = _heard(ready)
                if isinstance(said, Progress):
                    if tell is not None:
                        tell(job.name, said)
                    continue
                del running[ready]
                ready.close()
                if said is not None:
                    # All it had to say is here; nobody waits for how it ends.
                    process.kill()
                process.join()
                outcomes[job.name] = _written(job, said, process.exitcode)
                if end is not None:
                    end(outcomes[job.name])
    finally:
        _stop([process for _, process in running.values()])
    return [outcomes[job.name] for job in jobs]


def _clashes(jobs: Sequence[Job]) -> Iterator[Fault]:
    """Some file systems do not tell capitals from small letters."""
    names = [job.name.casefold() for job in jobs]
    for number, job in enumerate(jobs):
        if names.index(job.name.casefold()) < number:
            first = jobs[names.index(job.name.casefold())]
            found = f"two campaigns of that name: {first.source} and {job.source}"
            yield Fault(job.name, None, None, found, "a name of its own for each campaign")
        if job.name.casefold() == SUMMARY:
            yield Fault(job.name, None, None, "a campaign of that name", f"a name other than {SUMMARY}")


def _own_folder(job: Job) -> Fault:
    found = "the campaign's own folder, to write its timetable in"
    return Fault(job.name, None, None, found, "another folder after --out")


def _heard(connection: Connection) -> Progress | _Answer | None:
    """The next thing a process says; None where it ended without a word."""
    try:
        said = connection.recv()
    except (EOFError, OSError):
        return None
    assert isinstance(said, (Progress, _Answer))
    return said


def _written(job: Job, answer: _Answer | None, exit_code: int | None) -> Finished:
    """The outcome, its files written; one that could not be written counts as failed."""
    if answer is None:
        return Finished(job.name, FAILED, why=f"its process ended by itself (exit code {exit_code})")
    try:
        if answer.files:
            write_files(answer.files, job.out)
            forget_repairs(job.out)
    except OSError as error:
        return Finished(job.name, FAILED, why=f"cannot write: {(error.strerror or str(error)).lower()}")
    return answer.finished


def _started(job: Job, params: Params, told: bool) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, params, sender, told), daemon=True)
    with _ctrl_c_held_back():
        process.start()
    # Only the process holds the sending end now, so that its end is heard here.
    sender.close()
    return receiver, process


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """A process started in here never hears Ctrl-C: it is for this one, which stops all the others."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop(processes: Sequence[BaseProcess]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.join()


def _work(job: Job, params: Params, sender: Connection, told: bool) -> None:
    """In the process: read, solve, hand the files over."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    one_at_a_time = threading.Lock()

    def watch(progress: Progress) -> None:
        # The solver tells from several threads, and what they send must not run into each other.
        with one_at_a_time:
            sender.send(progress)

    sender.send(_answer(job, params, watch if told else None))
    sender.close()


def _answer(job: Job, params: Params, watch: Watcher | None) -> _Answer:
    began = stopwatch_seconds()
    try:
        campaign = check_campaign(job.source).campaign
        result = schedule_campaign(campaign, params, watch)
        files = schedule_files(campaign, result)
    except BadInput:
        return _Answer(Finished(job.name, FAULTS, why="its tables have changed and have faults now"), {})
    except Exception as error:
        # Whatever it is, the other campaigns go on. Messages may hold what stood in a table; types do not.
        why = f"the program failed ({type(error).__name__})"
        return _Answer(Finished(job.name, FAILED, seconds=stopwatch_seconds() - began, why=why), {})
    applicants = len(campaign.problem.applicants)
    placed = applicants - len(result.unplaced)
    seconds = stopwatch_seconds() - began
    return _Answer(Finished(job.name, str(result.status), applicants, placed, seconds), files)


def _end_with_parent() -> None:
    """Whoever started this is gone, however that came: nobody waits for the answer."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
