"""Whose turn it is to use the database, so that requests of one moment never wait for each other in a ring.

A route's door and its function run in threads, one after the other, and the unit of work lasts over both. If
doors that wait for a connection, or for SQLite's one right to write, took every thread, whoever has it would
get none to go on with and to give it back. So a request waits for its turn before it takes any thread: there
are fewer turns than connections and threads, and over SQLite one of them writes. They come in the order in
which they were asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary


class Turns:
    """The turns of one installation's server process; each event loop (a server has one) has its own."""

    def __init__(self, at_once: int, *, writes_one_by_one: bool) -> None:
        self._at_once = at_once
        self._writers = 1 if writes_one_by_one else at_once
        self._of_loop: WeakKeyDictionary[
            asyncio.AbstractEventLoop, tuple[asyncio.Semaphore, asyncio.Semaphore]
        ] = WeakKeyDictionary()

    @asynccontextmanager
    async def turn(self, *, writes: bool) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        if loop not in self._of_loop:
            self._of_loop[loop] = asyncio.Semaphore(self._at_once), asyncio.Semaphore(self._writers)
        places, pen = self._of_loop[loop]
        if not writes:
            async with places:
                yield
            return
        # Whoever waits for the pen takes nobody's place who only reads.
        async with pen, places:
            yield
