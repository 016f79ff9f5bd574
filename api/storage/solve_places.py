"""The places for solves over all machines: at most so many are held at once, whoever holds them.

A place is an advisory lock of PostgreSQL, which belongs to a connection: a worker that is killed gives its
place back at once, without anybody having to notice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

LOCK_FAMILY = 7_301
TRY_AGAIN_SECONDS = 0.3


@contextmanager
def solve_place(engine: Engine, number: int) -> Iterator[int]:
    """Wait for one of `number` places and hold it. Yields which, from 1."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        place = 0
        while not place:
            for one in range(1, number + 1):
                got = connection.execute(
                    text("SELECT pg_try_advisory_lock(:f, :o)"), {"f": LOCK_FAMILY, "o": one}
                )
                if got.scalar():
                    place = one
                    break
            else:
                time.sleep(TRY_AGAIN_SECONDS)
        try:
            yield place
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:f, :o)"), {"f": LOCK_FAMILY, "o": place})
