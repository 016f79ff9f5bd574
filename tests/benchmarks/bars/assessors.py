"""Five hundred assessors, each saving every five seconds, over PostgreSQL: how long until it is acknowledged?

Each has a connection of their own and sends one entry at a time, as `rate.js` does. Server, database and the
assessors themselves share this machine's cores.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import text

from tests.benchmarks.report import Line, Part
from tests.databases import PostgresqlCopies, postgresql_server
from tests.raters import Device, Rater, answer_of, make_raters
from tests.service import install
from tests.serving import serving

ASSESSORS = 500
EVERY_SECONDS = 5.0
SECONDS = 60.0
WARM_UP_SECONDS = 15.0
PERCENTILE_SECONDS = 0.200
EVIDENCE = "Listened, asked what the child wanted, and said what would have to be checked first. "


@dataclass
class Seen:
    """Seconds until each entry was acknowledged, and whatever else was answered."""

    saves: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure_assessors(quick: bool) -> Part:
    number, seconds = (50, 10.0) if quick else (ASSESSORS, SECONDS)
    with postgresql_server(durable=True) as server:
        url = PostgresqlCopies(server).fresh()
        service = install(url, "south-west-2015")
        raters = make_raters(service, number)
        devices = [Device() for _ in raters]
        with serving(url, "--processes", "2", second_factor="nobody") as running:
            seen = asyncio.run(_rate(running.base, raters, devices, seconds))
        acknowledged = sum(len(device.acknowledged) for device in devices)
        with service.database.reading() as work:
            kept = work.session.execute(text("SELECT count(*) FROM rating_entry")).scalar_one()
        service.database.close()
    ordered = sorted(seen.saves) or [0.0]
    reached = ordered[int(len(ordered) * 0.95)]
    words = (
        f"{reached * 1000:.0f} ms (half within {ordered[len(ordered) // 2] * 1000:.0f} ms, "
        f"longest {ordered[-1] * 1000:.0f} ms)"
    )
    wanted = f"at most {PERCENTILE_SECONDS * 1000:.0f} ms"
    return Part(
        "Assessors at once",
        (
            Line(
                f"{number} assessors saving every {EVERY_SECONDS:.0f} s, 95th percentile ({len(ordered):,})",
                wanted,
                words,
                reached <= PERCENTILE_SECONDS,
            ),
            Line("errors", "none", "; ".join(seen.errors[:3]) or "none", not seen.errors),
            Line("acknowledged and not kept", "none", str(acknowledged - kept), acknowledged == kept),
        ),
        quick=quick,
    )


async def _rate(base: str, raters: list[Rater], devices: list[Device], seconds: float) -> Seen:
    seen = Seen()
    began = time.monotonic()
    each = (
        _one(base, rater, device, began, seconds, seen, random.Random(place))
        for place, (rater, device) in enumerate(zip(raters, devices, strict=True))
    )
    await asyncio.gather(*each)
    return seen


async def _one(
    base: str, rater: Rater, device: Device, began: float, seconds: float, seen: Seen, rng: random.Random
) -> None:
    address = urlsplit(base)
    await asyncio.sleep(rng.uniform(0, EVERY_SECONDS))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    sheets = list(rater.sheets.items())
    turn = 0
    while (now := time.monotonic()) < began + WARM_UP_SECONDS + seconds:
        sheet, criteria = sheets[turn // 10 % len(sheets)]
        device.type(sheet, criteria[turn % len(criteria)], rng.randint(1, 5), EVIDENCE * (1 + turn % 5))
        status, body = await _post(reader, writer, address.netloc, rater, device.to_send())
        if status == 200:
            device.told(json.loads(body))
            if now > began + WARM_UP_SECONDS:
                seen.saves.append(time.monotonic() - now)
        else:
            seen.errors.append(f"{status}: {body[:100]!r}")
        turn += 1
        await asyncio.sleep(max(0.0, now + EVERY_SECONDS - time.monotonic()))
    writer.close()


async def _post(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    host: str,
    rater: Rater,
    sent: dict[str, object],
) -> tuple[int, bytes]:
    """One request over a connection that stays open; small, since who asks uses the same cores."""
    body = json.dumps(sent).encode()
    head = (
        f"POST /campaigns/{rater.campaign}/rate/entries HTTP/1.1\r\nHost: {host}\r\n"
        f"Cookie: stepup={rater.cookie}\r\nContent-Type: application/json\r\n"
        f"Sec-Fetch-Site: same-origin\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    return await answer_of(reader)
