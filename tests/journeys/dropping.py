"""A bad network: connections that break before what is sent arrives, or before the answer does."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

CHUNK_BYTES = 65_536


class BadNetwork:
    """Hands connections on to a port of this machine, and breaks some at each part that goes through.

    `breaks` is the share broken; 0 hands everything on. `broken` counts those that
    were broken on the way there, and on the way back.
    """

    def __init__(self, port: int, breaks: float, seed: int) -> None:
        self.breaks = breaks
        self.broken = {"there": 0, "back": 0}
        self._to = port
        self._rng = random.Random(seed)
        self._server: asyncio.Server | None = None
        self._going: set[asyncio.Task[None]] = set()

    async def open(self) -> int:
        """Begin. Returns the port to connect to."""
        self._server = await asyncio.start_server(self._hand_on, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        await asyncio.gather(*self._going, return_exceptions=True)

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        going = asyncio.current_task()
        assert going is not None
        self._going.add(going)
        going.add_done_callback(self._going.discard)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            await closed(writer)
            return
        ways = (self._pipe(reader, back, "there"), self._pipe(there, writer, "back"))
        _, waiting = await asyncio.wait(map(asyncio.ensure_future, ways), return_when=asyncio.FIRST_COMPLETED)
        for way in waiting:
            way.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for end in (writer, back):
            await closed(end)

    async def _pipe(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, way: str) -> None:
        with suppress(OSError):
            while part := await source.read(CHUNK_BYTES):
                if self._rng.random() < self.breaks:
                    self.broken[way] += 1
                    return
                to.write(part)
                await to.drain()


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close one end of a connection, whatever became of the other."""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
