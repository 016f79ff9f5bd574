"""Is any acknowledged rating ever lost? `python -m tests.journeys.nothing_lost`, about eleven minutes.

A hundred assessors rate at once, each with a browser that keeps what is not acknowledged. Connections break
at random, on the way there and on the way back; the server and PostgreSQL are killed with a signal that none
can catch. Now and then a browser sends an entry again with other words under the same number. In the end
every entry that was typed must be there exactly once, with what it said first; every locked sheet's ratings
must be rows of the campaign, once each, as they were typed last. The tests play a shorter round.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from urllib.parse import urlencode

from sqlmodel import col, select

from api.services.open_campaign import open_campaign
from api.storage.engine import engine_of
from api.storage.migrate import migrate
from api.storage.tables.ratings import RatingEntry, RatingSheet
from tests.databases import OwnPostgresql, own_postgresql, postgresql_programs
from tests.journeys.dropping import BadNetwork, closed
from tests.raters import Device, Entry, Rater, answer_of, make_raters
from tests.service import Service, install
from tests.serving import Server

EVIDENCE = (
    "Listened to the whole story. ",
    "Named the risk to the child. ",
    "Asked who else had been told. ",
    "Said what they did not know. ",
)
ANSWER_SECONDS = 10.0
FLUSH_SECONDS = 120.0
SENT_AGAIN_SHARE = 0.05
LOOKED_AT = re.compile(r'name="seen" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Round:
    """How much is asked: assessors, seconds, kills of the server and of the database, connections broken."""

    assessors: int = 100
    seconds: float = 600.0
    server_kills: int = 20
    database_kills: int = 10
    breaks: float = 0.05
    sample: str = "south-west-2015"


@dataclass
class Seen:
    """What was seen; `wrong` are sentences, none if nothing was lost."""

    typed: int = 0
    acknowledged: int = 0
    locked: int = 0
    sent: int = 0
    sent_again_otherwise: int = 0
    without_answer: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    broken: dict[str, int] = field(default_factory=dict)
    server_kills: int = 0
    database_kills: int = 0
    back_seconds_max: float = 0.0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Sitting:
    """One assessor at work: their browser, and what they have typed last on each sheet."""

    rater: Rater
    device: Device
    rng: random.Random
    last: dict[tuple[str, str], Entry] = field(default_factory=dict)
    to_lock: list[str] = field(default_factory=list)
    locked: set[str] = field(default_factory=set)


def play(played: Round, seed: int, *, durable: bool = True) -> Seen:
    """PostgreSQL of our own, two server processes, everything on this machine."""
    programs = postgresql_programs()
    assert programs is not None, "PostgreSQL is missing"
    with own_postgresql(programs, durable=durable) as own:
        return _play_on(own.url, own, played, seed)


def play_on_sqlite(played: Round, seed: int) -> Seen:
    """The embedded default: one file and one server process, which alone can be killed."""
    assert played.database_kills == 0, "SQLite is in the server's process"
    with tempfile.TemporaryDirectory(prefix="stepup-lost-") as folder:
        return _play_on(f"sqlite:///{folder}/stepup.sqlite3", None, played, seed)


def _play_on(url: str, own: OwnPostgresql | None, played: Round, seed: int) -> Seen:
    engine = engine_of(url)
    migrate(engine)
    engine.dispose()
    service = install(url, played.sample)
    raters = make_raters(service, played.assessors, played.sample)
    service.database.close()
    # In a thread of its own: Playwright, where it was used before, keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _play(service, raters, own, played, seed)).result()


async def _play(
    service: Service, raters: list[Rater], own: OwnPostgresql | None, played: Round, seed: int
) -> Seen:
    seen = Seen()
    rng = random.Random(seed)
    server = Server(service.settings.url, 2 if own else 1)
    server.start()
    network = BadNetwork(int(server.port), 0.0, seed)
    port = await network.open()
    people = [Sitting(rater, Device(), random.Random(rng.random())) for rater in raters]
    try:
        await _until_up(port, people[0])
        network.breaks = played.breaks
        until = time.monotonic() + played.seconds
        killing = asyncio.create_task(_kill(own, server, port, people[0], played, until, rng, seen))
        await asyncio.gather(*(_rate(port, person, until, seen) for person in people))
        await killing
        network.breaks = 0.0
        await asyncio.gather(*(_flush(port, person, seen) for person in people))
    finally:
        await network.close()
        server.end()
    seen.broken = network.broken
    _compare(service, people, seen)
    service.database.close()
    return seen


async def _kill(
    own: OwnPostgresql | None,
    server: Server,
    port: int,
    somebody: Sitting,
    played: Round,
    until: float,
    rng: random.Random,
    seen: Seen,
) -> None:
    """Kill one or the other at random moments, evenly over the time, and start it again at once."""
    kills: list[Callable[[], None]] = [server.kill] * played.server_kills
    kills += [own.kill] * played.database_kills if own else []
    rng.shuffle(kills)
    gap = (until - time.monotonic()) / (len(kills) + 1)
    for kill in kills:
        await asyncio.sleep(rng.uniform(0.5, 1.0) * gap)
        began = time.monotonic()
        await asyncio.to_thread(kill)
        if kill == server.kill:
            server.start()
            seen.server_kills += 1
        elif own:
            await asyncio.to_thread(own.start)
            seen.database_kills += 1
        await _until_up(port, somebody)
        seen.back_seconds_max = max(seen.back_seconds_max, time.monotonic() - began)


async def _until_up(port: int, somebody: Sitting) -> None:
    """Until the service answers with what it has to ask the database for."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, HTTPException):
            status, _ = await _ask(port, somebody.rater, "GET", "", b"", "text/html")
            if status == 200:
                return
        await asyncio.sleep(0.1)


async def _rate(port: int, person: Sitting, until: float, seen: Seen) -> None:
    """Sheet after sheet, criterion after criterion: a rating, then its evidence bit by bit; then lock it."""
    rng = person.rng
    sending = asyncio.create_task(_send_until(port, person, until, seen))
    await asyncio.sleep(rng.uniform(0, 3))
    for sheet, criteria in person.rater.sheets.items():
        for criterion in criteria:
            rating, evidence = rng.randint(1, 5), ""
            for part in ("", *rng.sample(EVIDENCE, rng.randint(1, 3))):
                if time.monotonic() > until:
                    break
                evidence += part
                person.last[sheet, criterion] = person.device.type(sheet, criterion, rating, evidence)
                seen.typed += 1
                await asyncio.sleep(rng.uniform(0.3, 2.5))
        if time.monotonic() > until:
            break
        person.to_lock.append(sheet)
    await sending


async def _send_until(port: int, person: Sitting, until: float, seen: Seen) -> None:
    wait = 0.2
    while time.monotonic() < until:
        is_well = await _send(port, person, seen)
        wait = 0.2 if is_well else min(wait * 2, 3.0)
        await asyncio.sleep(wait * person.rng.uniform(0.5, 1.5))


async def _flush(port: int, person: Sitting, seen: Seen) -> None:
    until = time.monotonic() + FLUSH_SECONDS
    while (person.device.outbox or person.to_lock) and time.monotonic() < until:
        if not await _send(port, person, seen):
            await asyncio.sleep(0.5)


async def _send(port: int, person: Sitting, seen: Seen) -> bool:
    """Send what is kept, then lock what is ready. Whether everything that was asked was answered well."""
    device, rng = person.device, person.rng
    try:
        if device.outbox:
            sent = device.to_send()
            if device.acknowledged and rng.random() < SENT_AGAIN_SHARE:
                sent = _with_other_words(sent, device, rng)
                seen.sent_again_otherwise += 1
            seen.sent += 1
            content = json.dumps(sent).encode()
            status, body = await _ask(
                port, person.rater, "POST", "/rate/entries", content, "application/json"
            )
            seen.answers[status] += 1
            if status != 200:
                return False
            device.told(json.loads(body))
        for sheet in list(person.to_lock):
            if any(entry.sheet == sheet for entry in device.outbox.values()):
                continue
            if not await _lock(port, person.rater, sheet, seen):
                return False
            person.to_lock.remove(sheet)
            person.locked.add(sheet)
    except (TimeoutError, OSError, asyncio.IncompleteReadError):
        seen.without_answer += 1
        return False
    return True


async def _lock(port: int, rater: Rater, sheet: str, seen: Seen) -> bool:
    """Look over a sheet and lock it, as the pages do. Whether it is locked, now or since before."""
    path = f"/rate/{sheet}/lock"
    status, page = await _ask(port, rater, "GET", path, b"", "text/html")
    seen.answers[status] += 1
    if status != 200:
        return status == 303
    found = LOOKED_AT.search(page.decode())
    assert found is not None, "the page that locks says what was looked at"
    form = urlencode({"seen": found[1]}).encode()
    status, _ = await _ask(port, rater, "POST", path, form, "application/x-www-form-urlencoded")
    seen.answers[status] += 1
    return status == 303


def _with_other_words(sent: dict[str, object], device: Device, rng: random.Random) -> dict[str, object]:
    """The same, and an entry that the server has already, with another rating under the same number."""
    again = rng.choice(list(device.acknowledged.values()))
    changed = replace(again, rating=6 - (again.rating or 3), evidence="Something else.")
    twice = Device(device.name, {changed.number: changed}).to_send()["entries"]
    entries = sent["entries"]
    assert isinstance(entries, list)
    assert isinstance(twice, list)
    return {**sent, "entries": [*twice, *entries]}


async def _ask(port: int, rater: Rater, method: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """One request over a connection of its own."""
    async with asyncio.timeout(ANSWER_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            head = (
                f"{method} /campaigns/{rater.campaign}{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                f"Cookie: stepup={rater.cookie}\r\nContent-Type: {kind}\r\nSec-Fetch-Site: same-origin\r\n"
                f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
            return await answer_of(reader)
        finally:
            await closed(writer)


def _compare(service: Service, people: list[Sitting], seen: Seen) -> None:
    """Hold what the browsers typed, and were told, against what the database has."""
    with service.database.reading() as work:
        kept: dict[tuple[str, int], list[RatingEntry]] = {}
        for entry in work.session.exec(select(RatingEntry).order_by(col(RatingEntry.id))):
            kept.setdefault((entry.device, entry.number), []).append(entry)
        sheets = {sheet.id: sheet for sheet in work.session.exec(select(RatingSheet))}
        rows = Counter[tuple[str, ...]]()
        for campaign in {person.rater.campaign for person in people}:
            record = work.campaigns.by_id(campaign)
            assert record is not None
            table = open_campaign(work, record).tables.get("ratings")
            rows.update((campaign, *row.cells) for row in (table.rows if table else ()))
    for person in people:
        _compare_device(person.device, kept, seen)
        seen.acknowledged += len(person.device.acknowledged)
        seen.locked += len(person.locked)
    typed = sum(len(p.device.acknowledged) + len(p.device.outbox) for p in people)
    if (found := sum(map(len, kept.values()))) != typed:
        seen.wrong.append(f"{found} entries are kept, {typed} were typed")
    wanted = Counter(row for person in people for row in _rows_of(person, sheets))
    for row in (wanted - rows) + (rows - wanted):
        seen.wrong.append(f"a locked rating: {wanted[row]} wanted, {rows[row]} in the campaign: {row[:5]}")


def _compare_device(device: Device, kept: dict[tuple[str, int], list[RatingEntry]], seen: Seen) -> None:
    if device.outbox:
        seen.wrong.append(f"{len(device.outbox)} entries were never acknowledged")
    seen.wrong += [f"entry {number} was refused: {why}" for number, why in device.refused.items()]
    for number, entry in device.acknowledged.items():
        found = kept.get((device.name, number), [])
        said = [(e.sheet_id, e.criterion, e.rating, e.evidence) for e in found]
        if said != [(entry.sheet, entry.criterion, entry.rating, entry.evidence)]:
            seen.wrong.append(f"acknowledged entry {number} is there {len(found)} times, or says otherwise")


def _rows_of(person: Sitting, sheets: dict[str, RatingSheet]) -> list[tuple[str, ...]]:
    """The rows of `ratings` that the locked sheets of somebody must have become."""
    rows: list[tuple[str, ...]] = []
    for (sheet, criterion), entry in person.last.items():
        if sheet in person.locked:
            of = sheets[sheet]
            where = (of.campaign_id, of.applicant, of.exercise, criterion, of.rater)
            rows.append((*where, str(entry.rating), " ".join(entry.evidence.split())))
    return rows


def main(arguments: list[str]) -> int:
    usual = Round()
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.nothing_lost")
    parser.add_argument("--minutes", type=float, default=usual.seconds / 60)
    parser.add_argument("--assessors", type=int, default=usual.assessors)
    parser.add_argument("--kills", type=int, nargs=2, default=(usual.server_kills, usual.database_kills))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--sqlite", action="store_true", help="the embedded default; only the server is killed"
    )
    given = parser.parse_args(arguments)
    server_kills, database_kills = given.kills
    if given.sqlite:
        server_kills, database_kills = server_kills + database_kills, 0
    played = Round(given.assessors, given.minutes * 60, server_kills, database_kills)
    seen = play_on_sqlite(played, given.seed) if given.sqlite else play(played, given.seed)
    for name in seen.__dataclass_fields__:
        if name != "wrong":
            print(f"{name.replace('_', ' ')}: {getattr(seen, name)}")
    print("Nothing was lost." if not seen.wrong else f"{len(seen.wrong)} faults:")
    for sentence in seen.wrong[:20]:
        print(f"  {sentence}")
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
