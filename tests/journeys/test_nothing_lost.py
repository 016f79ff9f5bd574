"""A short round of rating on a bad network, with server and database killed: nothing is lost or doubled."""

from __future__ import annotations

from tests.databases import missing, postgresql_programs
from tests.journeys.nothing_lost import Round, play, play_on_sqlite


def test_nothing_acknowledged_is_lost_and_everything_typed_is_there_once() -> None:
    if postgresql_programs() is None:
        missing("PostgreSQL")
    played = Round(assessors=8, seconds=15, server_kills=1, database_kills=1, breaks=0.1, sample="tiny")
    seen = play(played, seed=1)
    assert seen.wrong == []
    assert (seen.server_kills, seen.database_kills) == (1, 1)
    assert seen.acknowledged == seen.typed > 0


def test_the_embedded_default_loses_nothing_either() -> None:
    played = Round(assessors=8, seconds=12, server_kills=2, database_kills=0, breaks=0.1, sample="tiny")
    seen = play_on_sqlite(played, seed=2)
    assert seen.wrong == []
    assert (seen.server_kills, seen.database_kills) == (2, 0)
    assert seen.acknowledged == seen.typed > 0
