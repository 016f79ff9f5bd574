"""A short round of killing: nothing is lost, nothing is doubled, never too many at once."""

from __future__ import annotations

from pathlib import Path

from api.storage.engine import engine_of
from api.storage.migrate import migrate
from tests.databases import PostgresqlCopies
from tests.journeys.killing import Round, kill_server, kill_workers
from tests.service import install


def test_killed_workers_lose_and_double_nothing(postgresql_copies: PostgresqlCopies) -> None:
    url = postgresql_copies.fresh()
    install(url, "south-west-2015").database.close()
    seen = kill_workers(url, Round(solves=2, kills=1, workers=2, at_once=1), seed=1)
    assert (seen.states, seen.drafts, seen.drafts_of_jobs, seen.kills) == ({"done": 2}, 2, 2, 1)
    assert (seen.most_at_once, seen.attempts) == (1, 3)
    postgresql_copies.drop(url)


def test_killed_server_loses_and_doubles_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stepup.sqlite3'}"
    migrate(engine_of(url))
    install(url, "south-west-2015").database.close()
    seen = kill_server(tmp_path, Round(solves=1, kills=1, at_once=1), seed=1)
    assert (seen.states, seen.drafts, seen.drafts_of_jobs, seen.kills) == ({"done": 1}, 1, 1, 1)
    assert seen.attempts == 2
