"""Migrations: from empty to the newest on both databases, in a straight line, without drift."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError

from api.storage.engine import engine_of
from api.storage.migrate import configuration, drift, is_current, migrate
from api.storage.unit_of_work import Database
from tests.databases import PostgresqlCopies


def test_migrations_are_numbered_and_follow_each_other() -> None:
    found = ScriptDirectory.from_config(configuration()).walk_revisions()
    steps = [(step.revision, step.down_revision) for step in found]
    numbers = [f"{number:04d}" for number in range(1, len(steps) + 1)]
    assert steps[::-1] == list(zip(numbers, [None, *numbers], strict=False))


def test_migrations_from_empty_leave_no_drift_on_sqlite(tmp_path: Path) -> None:
    engine = engine_of(f"sqlite:///{tmp_path / 'new' / 'fresh.sqlite3'}")
    assert not is_current(engine)
    migrate(engine)
    assert (is_current(engine), drift(engine)) == (True, [])
    migrate(engine)
    assert is_current(engine)
    engine.dispose()


def test_migrations_from_empty_leave_no_drift_on_postgresql(postgresql_copies: PostgresqlCopies) -> None:
    url = postgresql_copies.fresh(empty=True)
    engine = engine_of(url)
    assert not is_current(engine)
    migrate(engine)
    assert (is_current(engine), drift(engine)) == (True, [])
    assert "procrastinate_jobs" in inspect(engine).get_table_names()
    engine.dispose()
    postgresql_copies.drop(url)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry"])
def test_database_refuses_to_change_the_audit(database: Database, statement: str) -> None:
    from api.clock import utc_now

    with database.writing() as work:
        work.audit.record("", utc_now(), "program", "tried")
    refusal = "an entry of the audit is never changed or deleted"
    with pytest.raises(DatabaseError, match=refusal), database.writing() as work:
        work.session.connection().exec_driver_sql(statement)
    with database.reading() as work:
        assert [entry.act for entry, _ in work.audit.entries("")] == ["tried"]
