"""Fifty organisers who read and edit at once, over PostgreSQL: how long a page takes; is a change lost?

They work on five campaigns, ten on each. Each is a thread with a connection of its own: it opens a page,
thinks for five seconds on average, opens the next; every fifth is an edit of a row that others edit too. An
edit adds one to a number (in a name, or in the minutes of a break, which concerns the timetable); where
somebody else was faster it is told so, reads again and tries again. In the end the numbers must be those of
the edits.
"""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass, field

import httpx

from api.clock import utc_now
from api.jobs.attempt import attempt_job
from api.permissions import Role
from api.services.ask_job import ask_job
from api.services.doing import Doing
from api.storage.tables.jobs import JobKind
from tests.benchmarks.report import Line, Part
from tests.databases import PostgresqlCopies, postgresql_server
from tests.service import Service, install, tables_before_the_day
from tests.serving import http_browser, serving

ORGANISERS = 50
SECONDS = 60.0
THINKING_SECONDS = 5.0
WARM_UP_SECONDS = 15.0
CAMPAIGNS = 5
EDIT_EVERY = 5
PERCENTILE_SECONDS = 0.150
SHARED_ROWS = 10
PLACES = (
    "tables tables/applicants tables/assessors tables/sessions capacity solve publish audit "
    "timetables timetables/1 timetables/1/session?of=H01 timetables/1/find?who=a"
)
PAGES = ("", *(f"/{place}" for place in PLACES.split()))
SEEN = re.compile(r'name="seen" value="(\d+)"')
# The column that is counted up in rows of even and of odd number, and where its number stands on the page.
COUNTED = ("name", "break_minutes")
FIELDS = {name: re.compile(rf'<input[^>]*name="cell-{name}"[^>]*>') for name in COUNTED}
VALUE = re.compile(r'value="\D*(\d*)"')


@dataclass
class Played:
    """What all organisers saw: seconds of each page and edit, edits made, turned away, errors."""

    pages: dict[str, list[float]] = field(default_factory=dict)
    edits: list[float] = field(default_factory=list)
    made: dict[tuple[str, int], int] = field(default_factory=dict)
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
        campaigns = [service.campaign]
        tables = tables_before_the_day("south-west-2015")
        campaigns += [service.new_campaign(tables, f"Campaign {n}") for n in range(2, CAMPAIGNS + 1)]
        _solve(service, campaigns)
        played, lost = play(service, campaigns, url, number, seconds)
        service.database.close()
    pages = [seconds for each in played.pages.values() for seconds in each]
    slowest = sorted(played.pages, key=lambda place: -_at(played.pages[place], 0.95))[:4]
    return Part(
        "Organisers at once",
        (
            _percentile(f"{number} organisers, 95th percentile of a page ({len(pages):,})", pages),
            _percentile(f"the same of saving a row ({len(played.edits):,})", played.edits),
            *(_percentile(f"slowest pages: {place}", played.pages[place], bar=False) for place in slowest),
            Line("updates lost", "none", str(lost), lost == 0),
            Line("told that somebody else was faster", "", str(played.turned_away), None),
            Line("errors", "none", "; ".join(played.errors[:3]) or "none", not played.errors),
        ),
        quick=quick,
    )


def play(service: Service, campaigns: list[str], url: str, number: int, seconds: float) -> tuple[Played, int]:
    """Let them work for so long. Returns what they saw and how many edits are missing in the end."""
    with serving(url, "--processes", "2", second_factor="nobody") as server:
        rows = {campaign: _shared_rows(service, campaign) for campaign in campaigns}
        before = {(c, row): _number(service, c, row) for c in campaigns for row in rows[c]}
        played = Played(made=dict.fromkeys(before, 0))
        until = time.monotonic() + WARM_UP_SECONDS + seconds
        threads = [
            threading.Thread(target=_organise, args=(service, server.base, rows, until, seed, played))
            for seed in range(number)
        ]
        for thread in threads:
            thread.start()
        time.sleep(WARM_UP_SECONDS)
        with played.lock:
            played.pages.clear()
            played.edits.clear()
        for thread in threads:
            thread.join()
    lost = sum(number + played.made[place] - _number(service, *place) for place, number in before.items())
    return played, lost


def _organise(
    service: Service, base: str, rows: dict[str, list[int]], until: float, seed: int, played: Played
) -> None:
    rng = random.Random(seed)
    account = service.account(f"organiser-{seed}@stepup.example", f"Organiser {seed}")
    campaign = sorted(rows)[seed % len(rows)]
    service.give(account, Role.ORGANISER, campaign=campaign)
    with http_browser(service, base, account) as browser:
        time.sleep(rng.uniform(0, THINKING_SECONDS))
        turn = rng.randrange(EDIT_EVERY)
        while time.monotonic() < until:
            try:
                if turn % EDIT_EVERY == 0:
                    _edit(browser, campaign, rng.choice(rows[campaign]), rng, played)
                else:
                    place = rng.choice(PAGES)
                    _open(browser, f"/campaigns/{campaign}{place}", place, played)
            except httpx.HTTPError as error:
                played.errors.append(type(error).__name__)
            turn += 1
            time.sleep(rng.expovariate(1 / THINKING_SECONDS))


def _open(browser: httpx.Client, address: str, place: str, played: Played) -> str:
    began = time.monotonic()
    answer = browser.get(address)
    with played.lock:
        played.pages.setdefault(place or "home", []).append(time.monotonic() - began)
        if answer.status_code != 200:
            played.errors.append(f"{answer.status_code} at {place}")
    return answer.text


def _edit(browser: httpx.Client, campaign: str, row: int, rng: random.Random, played: Played) -> None:
    """Add one to the row's number, again until nobody else was faster."""
    address, column = f"/campaigns/{campaign}/tables/applicants/rows/{row}", COUNTED[row % 2]
    while True:
        text = _open(browser, address, "a row", played)
        seen, shown = SEEN.search(text), FIELDS[column].search(text)
        if seen is None or shown is None:
            played.errors.append("a row's page without its fields")
            return
        found = VALUE.search(shown[0])
        number = int(found[1] or 0) + 1 if found else 1
        time.sleep(rng.uniform(0, 0.3))
        began = time.monotonic()
        value = f"Applicant {number}" if column == "name" else str(number)
        answer = browser.post(address, data={"seen": seen[1], f"cell-{column}": value})
        with played.lock:
            played.edits.append(time.monotonic() - began)
            if answer.status_code == 303:
                played.made[campaign, row] += 1
                return
            if answer.status_code != 409:
                played.errors.append(f"{answer.status_code} at an edit")
                return
            played.turned_away += 1


def _shared_rows(service: Service, campaign: str) -> list[int]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(campaign)
        assert record is not None
        return [row.row_id for row in work.campaigns.tables(record)["applicants"].rows[:SHARED_ROWS]]


def _number(service: Service, campaign: str, row_id: int) -> int:
    with service.database.reading() as work:
        record = work.campaigns.by_id(campaign)
        assert record is not None
        table = work.campaigns.tables(record)["applicants"]
        row = table.row(row_id)
        assert row is not None
        return int(re.sub(r"\D", "", row.cells[table.columns.index(COUNTED[row_id % 2])]) or 0)


def _solve(service: Service, campaigns: list[str]) -> None:
    """One draft in each, so that there is a timetable to look at."""
    for campaign in campaigns:
        with service.database.writing() as work:
            record = work.campaigns.held(campaign)
            assert record is not None
            job = ask_job(work, record, JobKind.SCHEDULE, {"seconds": 10}, Doing("program", utc_now())).id
        attempt_job(service.database, service.settings, job, "benchmark")


def _percentile(what: str, seconds: list[float], *, bar: bool = True) -> Line:
    reached = _at(seconds, 0.95)
    longest = max(seconds, default=0.0)
    middle = _at(seconds, 0.5)
    words = f"{reached * 1000:.0f} ms (half within {middle * 1000:.0f} ms, longest {longest * 1000:.0f} ms)"
    wanted = f"at most {PERCENTILE_SECONDS * 1000:.0f} ms" if bar else ""
    return Line(what, wanted, words, reached <= PERCENTILE_SECONDS if bar else None)


def _at(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds) or [0.0]
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
