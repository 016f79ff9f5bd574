"""Fifty organisers who read and edit one campaign at once, over PostgreSQL: how long a page takes, and
whether any change is lost.

Each is a thread with a connection of its own: it opens a page, thinks for a second on average, opens the
next; every fourth is an edit of a row that others edit too. An edit adds one to a number; where somebody
else was faster it is told so, reads again and tries again. In the end the number must be that of the edits.
"""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field

import httpx

from api.permissions import Role
from tests.benchmarks.report import Line, Part
from tests.databases import PostgresqlCopies, postgresql_server
from tests.service import Service, install
from tests.serving import http_browser, serving

ORGANISERS = 50
SECONDS = 60.0
THINKING_SECONDS = 1.0
PERCENTILE_SECONDS = 0.150
SHARED_ROWS = 10
PLACES = "tables tables/applicants tables/assessors tables/sessions timetables capacity solve publish audit"
PAGES = ("", *(f"/{place}" for place in PLACES.split()))
SEEN = re.compile(r'name="seen" value="(\d+)"')
BREAK = re.compile(r'name="break_minutes"[^>]*value="(\d*)"')


@dataclass
class Played:
    """What all organisers saw: seconds of each page and edit, edits made, turned away, errors."""

    pages: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    made: dict[int, int] = field(default_factory=dict)
    turned_away: int = 0
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure_organisers(quick: bool) -> Part:
    """South West 2015 in the database, two server processes, everything on this machine's cores."""
    number, seconds = (10, 10.0) if quick else (ORGANISERS, SECONDS)
    with postgresql_server() as server:
        copies = PostgresqlCopies(server)
        url = copies.fresh()
        service = install(url, "south-west-2015")
        played, lost = play(service, url, number, seconds)
        service.database.close()
    return Part(
        "Organisers at once",
        (
            _percentile(
                f"{number} organisers, 95th percentile of a page ({len(played.pages):,})", played.pages
            ),
            _percentile(f"the same of saving a row ({len(played.edits):,})", played.edits),
            Line("updates lost", "none", str(lost), lost == 0),
            Line("told that somebody else was faster", "", str(played.turned_away), None),
            Line("errors", "none", "; ".join(played.errors[:3]) or "none", not played.errors),
        ),
        quick=quick,
    )


def play(service: Service, url: str, number: int, seconds: float) -> tuple[Played, int]:
    """Let them work for so long. Returns what they saw and how many edits are missing in the end."""
    with serving(url, "--processes", "2", second_factor="nobody") as server:
        rows = _shared_rows(service)
        before = {row: _number(service, row) for row in rows}
        played = Played(made=dict.fromkeys(rows, 0))
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=_organise, args=(service, server.base, rows, until, seed, played))
            for seed in range(number)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lost = sum(before[row] + played.made[row] - _number(service, row) for row in rows)
    return played, lost


def _organise(service: Service, base: str, rows: list[int], until: float, seed: int, played: Played) -> None:
    rng = random.Random(seed)
    account = service.account(f"organiser-{seed}@stepup.example", f"Organiser {seed}")
    service.give(account, Role.ORGANISER)
    with http_browser(service, base, account) as browser:
        time.sleep(rng.uniform(0, THINKING_SECONDS))
        turn = rng.randrange(4)
        while time.monotonic() < until:
            try:
                if turn % 4 == 0:
                    _edit(browser, service.base, rng.choice(rows), rng, played)
                else:
                    _open(browser, service.base + rng.choice(PAGES), played)
            except httpx.HTTPError as error:
                played.errors.append(type(error).__name__)
            turn += 1
            time.sleep(rng.expovariate(1 / THINKING_SECONDS))


def _open(browser: httpx.Client, address: str, played: Played) -> str:
    began = time.monotonic()
    answer = browser.get(address)
    with played.lock:
        played.pages.append(time.monotonic() - began)
        if answer.status_code != 200:
            played.errors.append(f"{answer.status_code} at {address.rsplit('/', 1)[-1]}")
    return answer.text


def _edit(browser: httpx.Client, base: str, row: int, rng: random.Random, played: Played) -> None:
    """Add one to the row's break, again until nobody else was faster."""
    address = f"{base}/tables/applicants/rows/{row}"
    while True:
        text = _open(browser, address, played)
        seen, minutes = SEEN.search(text), BREAK.search(text)
        if seen is None or minutes is None:
            played.errors.append("a row's page without its fields")
            return
        time.sleep(rng.uniform(0, 0.3))
        began = time.monotonic()
        given = {"seen": seen[1], "break_minutes": str(int(minutes[1] or 0) + 1)}
        answer = browser.post(address, data=given)
        with played.lock:
            played.edits.append(time.monotonic() - began)
            if answer.status_code == 303:
                played.made[row] += 1
                return
            if answer.status_code != 409:
                played.errors.append(f"{answer.status_code} at an edit")
                return
            played.turned_away += 1


def _shared_rows(service: Service) -> list[int]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        return [row.row_id for row in work.campaigns.tables(record)["applicants"].rows[:SHARED_ROWS]]


def _number(service: Service, row_id: int) -> int:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        table = work.campaigns.tables(record)["applicants"]
        row = table.row(row_id)
        assert row is not None
        return int(row.cells[table.columns.index("break_minutes")] or 0)


def _percentile(what: str, seconds: list[float]) -> Line:
    ordered = sorted(seconds) or [0.0]
    reached = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    middle = ordered[len(ordered) // 2]
    words = (
        f"{reached * 1000:.0f} ms (half within {middle * 1000:.0f} ms, longest {ordered[-1] * 1000:.0f} ms)"
    )
    return Line(what, f"at most {PERCENTILE_SECONDS * 1000:.0f} ms", words, reached <= PERCENTILE_SECONDS)
