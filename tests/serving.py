"""The real service in a process of its own, for tests with a browser, and for measuring and killing it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.clock import utc_now
from api.services.sign_in import begin
from api.storage.tables.people import Account
from tests.service import OWN_PAGE, Service

ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, "-c", "from api.cli import main; main()")
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers at `base`; `log` is what it has written so far."""

    base: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextmanager
def serving(url: str, *arguments: str, **settings: str) -> Iterator[Running]:
    """`stepup serve` over this database; settings in small letters, e.g. `second_factor="nobody"`."""
    port = free_port()
    given = {f"STEPUP_{name.upper()}": value for name, value in {"database_url": url, **settings}.items()}
    command = (*PROGRAM, "serve", "--port", port, *arguments)
    with tempfile.NamedTemporaryFile() as log:
        server = subprocess.Popen(
            command, env={**os.environ, **given}, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
        )
        running = Running(f"http://127.0.0.1:{port}", server, Path(log.name))
        try:
            wait_for(running)
            yield running
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()


@contextmanager
def working(url: str) -> Iterator[None]:
    """`stepup worker` over this database, where it takes one: with SQLite the server does the jobs."""
    if url.startswith("sqlite"):
        yield
        return
    environment = {**os.environ, "STEPUP_DATABASE_URL": url}
    worker = subprocess.Popen((*PROGRAM, "worker"), env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.kill()
        worker.wait()


def wait_for(running: Running) -> None:
    """Wait until the first page can be had."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{running.base}/sign-in").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
        if running.process.poll() is not None:
            break
    raise RuntimeError(f"the service did not come up:\n{running.said()}")


def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def token_of(service: Service, who: str | Account) -> str:
    """The cookie of somebody who has just signed in."""
    account = service.accounts[who] if isinstance(who, str) else who
    with service.database.writing() as work:
        return begin(work, account, utc_now(), is_complete=True).token or ""


def http_browser(service: Service, base: str, who: str | Account) -> httpx.Client:
    """A connection to the running server, signed in."""
    cookies = {"stepup": token_of(service, who)}
    return httpx.Client(base_url=base, cookies=cookies, headers=OWN_PAGE, timeout=120.0)


class Server:
    """`stepup serve` on one port, killed and started again."""

    def __init__(self, url: str, processes: int) -> None:
        self.port = free_port()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `end`)
        self._environment = {
            **os.environ,
            "STEPUP_DATABASE_URL": url,
            "STEPUP_SECOND_FACTOR": "nobody",
            "STEPUP_BASE_URL": f"http://127.0.0.1:{self.port}",
        }
        self._command = [*PROGRAM, "serve", "--port", self.port, "--processes", str(processes)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
            cwd=ROOT,
            start_new_session=True,
        )

    def kill(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def end(self) -> None:
        self.kill()
        self._log.close()
