"""Bringing a database to the newest state of its tables, by numbered migrations (`migrations/versions`)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

import api.storage.tables  # noqa: F401  (makes the tables known)
from api.storage.engine import writing

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the database to the newest state, in one transaction. Does nothing where it is there already."""
    with writing(engine).begin() as connection:
        command.upgrade(configuration(connection), "head")


def is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest()


def newest() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()


def drift(engine: Engine) -> list[object]:
    """What the tables as declared have and the migrated database lacks, or the other way round."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours, "compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Procrastinate keeps its own tables beside ours."""
    return not (name or "").startswith("procrastinate_")


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
