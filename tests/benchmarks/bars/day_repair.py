"""A repair on the day, from the click to the proposal's page: the whole service, as a centre manager has it.

The server and whatever does its jobs are real processes on this machine's cores. What happens depends on the
seed alone: somebody absent, late or leaving, a room lost, an interest declared after the timetable was
published. Nothing is published, so that every case starts from the same version.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from api.clock import utc_now
from api.services.declare_interest import declare_interest
from api.services.doing import Doing
from api.services.keep_draft import SOLVE, Origin, keep_draft
from api.services.open_campaign import open_campaign
from api.storage.engine import engine_of
from api.storage.migrate import migrate
from api.storage.tables.timetables import Publication
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.timetable import Role, Timetable
from tests.benchmarks.repairs import timetabled
from tests.benchmarks.report import Line, Part
from tests.databases import PostgresqlCopies, postgresql_server
from tests.service import Service, install
from tests.serving import http_browser, serving, working

SAMPLE = "south-west-2015"
CASES = 60
SECONDS_MAX = 5.0
PATIENCE_SECONDS = 60.0
# As often as the proposal's page asks while it waits.
LOOK_SECONDS = 0.5
KINDS = ("absent", "late", "leaving", "room lost", "interest")
SENTENCE = re.compile(r'id="sentence">([^<]+)<')
Form = dict[str, str]


def measure_day_repair(quick: bool) -> Part:
    """South West 2015 over both databases: the longest counts, not the usual."""
    number = len(KINDS) if quick else CASES
    lines: list[Line] = []
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with opened() as url:
            first, seconds, lost = _measured(url, number)
        words = f"{max(seconds):.2f} s (half within {sorted(seconds)[len(seconds) // 2]:.2f} s)"
        holds = max(seconds) <= SECONDS_MAX
        lines += [
            Line(f"{name}: longest of {number} from click to proposal", "at most 5 s", words, holds),
            Line(f"{name}: the very first after a start", "", f"{first:.2f} s", None),
            Line(f"{name}: asked and without a proposal", "none", str(lost), lost == 0),
        ]
    return Part("Repairs on the day", tuple(lines), quick=quick)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'day.sqlite3'}"
        engine = engine_of(url)
        migrate(engine)
        engine.dispose()
        yield url


@contextmanager
def _postgresql() -> Iterator[str]:
    with postgresql_server() as server:
        yield PostgresqlCopies(server).fresh()


def _measured(url: str, number: int) -> tuple[float, list[float], int]:
    """How long the first took, right after the start, and each of the others; how many came to nothing."""
    service = install(url, SAMPLE)
    problem, timetable = timetabled(SAMPLE)
    _publish(service, timetable)
    seconds, lost = [], 0
    with (
        serving(url, second_factor="nobody") as server,
        working(url),
        http_browser(service, server.base, "centre_manager") as browser,
    ):
        first, _ = _repair(browser, service, *_case(service, problem, timetable, 0))
        for seed in range(1, number + 1):
            session, form = _case(service, problem, timetable, seed)
            took, sentence = _repair(browser, service, session, form)
            seconds.append(took)
            lost += not sentence
    service.database.close()
    return first, seconds, lost


def _publish(service: Service, timetable: Timetable) -> None:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        doing = Doing("program", utc_now())
        origin = Origin(SOLVE, "Solved")
        draft = keep_draft(work, record, campaign, record.change, timetable, origin, doing)
        version = Publication(
            campaign_id=record.id,
            number=1,
            timetable_number=draft.number,
            campaign_change=record.change,
            published_by=doing.by,
            published_at=doing.at,
        )
        work.timetables.publish(version, [])


def _case(service: Service, problem: Problem, timetable: Timetable, seed: int) -> tuple[str, Form]:
    """What goes wrong, as the form of the repair says it, before some run of some session."""
    rng, kind = random.Random(seed), KINDS[seed % len(KINDS)]
    session = rng.choice(sorted(timetable.by_session))
    row = rng.choice([r for r in timetable.by_session[session] if r.role is not Role.INTERPRETER])
    now = max(problem.session_by_reference[session].window.start - 30, row.start - rng.choice((5, 20, 60)))
    if kind == "room lost":
        return session, {"now": clock(now), "room": row.room}
    if kind == "interest":
        _declare(service, timetable, session, row.start, rng)
        return session, {"now": clock(now)}
    what = {"absent": "gone" if row.role is Role.APPLICANT else "missing"}.get(kind, kind)
    at = row.start + rng.choice((10, 20, 40)) if kind == "late" else row.end - 5
    return session, {"now": clock(now), "person": row.person, "what-1": what, "time-1": clock(at)}


def _declare(service: Service, timetable: Timetable, session: str, start: int, rng: random.Random) -> None:
    """Somebody knows an applicant whom they are to see; nobody says so twice."""
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        declared = {(interest.applicant, interest.person) for interest in campaign.problem.interests}
        pairs = [
            (run.applicants[0], row.person)
            for run in timetable.sittings
            if run.session == session and run.window.start >= start
            for row in run.entries
            if row.role in (Role.ASSESSOR, Role.ROLE_PLAYER)
            and (run.applicants[0], row.person) not in declared
        ]
        if not pairs:
            return
        applicant, person = rng.choice(pairs)
        declare_interest(work, record, person, applicant, "A neighbour", Doing("program", utc_now()))


def _repair(browser: httpx.Client, service: Service, session: str, form: Form) -> tuple[float, str]:
    """From sending the form to having the proposal's page; its sentence, empty where there is none."""
    began = time.monotonic()
    answer = browser.post(f"{service.base}/day/{session}/repair", data=form)
    if answer.status_code != 303:
        return time.monotonic() - began, "nothing to repair" if "nothing that happened" in answer.text else ""
    address = answer.headers["location"]
    browser.get(address)
    while time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(LOOK_SECONDS)
        if "data-live-stop" in browser.get(f"{address}/progress").text:
            break
    found = SENTENCE.search(browser.get(address).text)
    return time.monotonic() - began, found[1] if found else ""
