"""Jobs without PostgreSQL: child processes of the server, started with it and watched over by it.

A child that dies is replaced, and its job waits again. A server that is killed takes its children with it:
each holds the reading end of a pipe that closes when the server is gone. At the next start every job that
was running waits again, so none is lost; an attempt that came too late stores nothing, so none is doubled.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time

from api.jobs.attempt import attempt_job
from api.jobs.kinds import load_libraries
from api.settings import Settings
from api.storage.unit_of_work import Database

log = logging.getLogger("stepup.jobs")

LOOK_SECONDS = 0.25
CHILD = "stepup-child"


class Workshop:
    """The children of one server: as many as there may be solves at once."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._closing = threading.Event()
        self._watch = threading.Thread(target=self._look_after, daemon=True)

    def open(self) -> None:
        """Put back what an earlier server left running, and start the children."""
        with self._database.writing() as work:
            left = work.jobs.put_back_all()
        if left:
            log.info("%d jobs of an earlier run are started again", left)
        for number in range(1, self._settings.solves_at_once + 1):
            name = f"{CHILD}-{number}"
            self._children[name] = self._start(name)
        self._watch.start()

    def close(self) -> None:
        """Send the children away. A job that is running is begun again at the next start."""
        self._closing.set()
        for child in self._children.values():
            assert child.stdin is not None
            child.stdin.close()
        for child in self._children.values():
            try:
                child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        given = {
            "STEPUP_DATABASE_URL": self._settings.url,
            "STEPUP_SOLVE_WORKERS": str(self._settings.solve_workers),
            "STEPUP_SOLVE_SECONDS_MAX": str(self._settings.solve_seconds_max),
        }
        command = [sys.executable, "-m", "api.worker", name]
        # A group of its own: Ctrl-C in the terminal is for the server, which then closes the pipe.
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, env={**os.environ, **given}, start_new_session=True
        )

    def _look_after(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            for name, child in list(self._children.items()):
                if child.poll() is None or self._closing.is_set():
                    continue
                log.warning("%s has gone (%s); another takes its place", name, child.returncode)
                if child.stdin is not None:
                    child.stdin.close()
                self._put_back(name)
                self._children[name] = self._start(name)
                time.sleep(LOOK_SECONDS)

    def _put_back(self, name: str) -> None:
        with self._database.writing() as work:
            work.jobs.put_back_all(name)


def work_for_ever(database: Database, settings: Settings, name: str) -> None:
    """What a child does: the job that is to be done next, again and again."""
    load_libraries()
    while True:
        with database.reading() as work:
            waiting = work.jobs.first_waiting()
        if waiting is None or not attempt_job(database, settings, waiting, name):
            time.sleep(LOOK_SECONDS)


def leave_with_the_server() -> None:
    """End this process at once when the pipe to the server closes."""

    def wait() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
