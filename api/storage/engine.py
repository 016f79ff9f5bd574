"""The one place that knows which database there is: SQLite, the embedded default, or PostgreSQL.

SQLite runs with write-ahead logging, so that reading never waits for writing, and takes the right to write
at the beginning of a unit of work that will write, so that none fails half way. `unit_of_work.py` is next.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry

# The database cannot be reached, has just gone, has no room left, or no connection came free: trying again
# later may help.
UNREACHABLE = (OperationalError, NoConnectionFree)

BUSY_SECONDS = 30
POOL_SIZE = 10
CONNECTIONS_MAX = 3 * POOL_SIZE
POOL = {"pool_size": POOL_SIZE, "max_overflow": CONNECTIONS_MAX - POOL_SIZE}
WRITES = "stepup_writes"
# What a statement was given may be somebody's name, and an error with it would come into the log.
HIDDEN = True


def engine_of(url: str) -> Engine:
    """An engine for `sqlite:///file` or `postgresql://…`. The folder of the file is made where missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
            hide_parameters=HIDDEN,
            # A database in memory is one connection.
            **(POOL if parsed.database else {}),
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() != "postgresql":
        raise ValueError(
            f"STEPUP_DATABASE_URL names {parsed.get_backend_name()}; wanted sqlite or postgresql"
        )
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=HIDDEN,
        **POOL,
    )
    event.listen(engine, "handle_error", _leave_out_details)
    return engine


def plain_address(url: str) -> str:
    """The same PostgreSQL database for a library that knows no driver's names."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def sqlite_file(url: str) -> Path | None:
    """Where SQLite's file is; None for PostgreSQL, and for a database in memory."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def writing(engine: Engine) -> Engine:
    """The same engine, for units of work that write."""
    return engine.execution_options(**{WRITES: True})


def is_postgresql(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _set_up_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    # The driver's own idea of transactions is switched off; `_begin_sqlite` says when one begins.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _leave_out_details(context: ExceptionContext) -> None:
    """PostgreSQL says of a row that it refuses what is in it."""
    diagnosis = getattr(context.original_exception, "diag", None)
    if diagnosis is None or not diagnosis.message_detail:
        return
    context.original_exception.args = (diagnosis.message_primary,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (diagnosis.message_primary,)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
