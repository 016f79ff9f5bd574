"""Many made-up assessors with sheets to rate, and what a browser of theirs does: keep, send, forget.

`Device` does in Python what `templates/static/rate.js` does in a browser: it numbers what is typed, keeps it
until it is acknowledged, and sends it again.
"""

from __future__ import annotations

import asyncio
import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.clock import utc_now
from api.permissions import Role
from api.services.doing import Doing
from api.services.keep_draft import SOLVE, Origin, keep_draft
from api.services.open_campaign import open_campaign
from api.services.published_timetable import Published, latest_published
from api.services.rating_sheets import open_sheet, tasks_of
from api.services.schedule_campaign import schedule_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.timetables import Publication
from api.storage.unit_of_work import UnitOfWork
from scheduler.params import Params
from scheduler.result import Result
from tests.service import Service, tables_before_the_day
from tests.serving import token_of

SOLVE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Rater:
    """One assessor with an account; `sheets` maps each of their sheets to its criteria."""

    campaign: str
    person: str
    account: str
    cookie: str
    sheets: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing typed, as it is sent."""

    number: int
    sheet: str
    criterion: str
    rating: int | None
    evidence: str
    typed_at: str


@dataclass
class Device:
    """One browser: what it has not been told is kept, and what it has."""

    name: str = field(default_factory=lambda: secrets.token_hex(16))
    outbox: dict[int, Entry] = field(default_factory=dict)
    acknowledged: dict[int, Entry] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    _number: int = 0

    def type(self, sheet: str, criterion: str, rating: int | None, evidence: str) -> Entry:
        self._number += 1
        now = datetime.datetime.now(datetime.UTC).isoformat()
        entry = Entry(self._number, sheet, criterion, rating, evidence, now)
        self.outbox[entry.number] = entry
        return entry

    def to_send(self, most: int = 200) -> dict[str, object]:
        entries = list(self.outbox.values())[:most]
        return {"device": self.name, "entries": [_fields(entry) for entry in entries]}

    def told(self, answer: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """What the server says it has is forgotten here."""
        for kept in answer["kept"]:
            if entry := self.outbox.pop(int(str(kept["number"])), None):
                self.acknowledged[entry.number] = entry
        for refused in answer["refused"]:
            if entry := self.outbox.pop(int(str(refused["number"])), None):
                self.refused[entry.number] = str(refused["why"])


def _fields(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "sheet": entry.sheet,
        "criterion": entry.criterion,
        "rating": entry.rating,
        "evidence": entry.evidence,
        "typed_at": entry.typed_at,
    }


def make_raters(service: Service, number: int, sample: str = "south-west-2015") -> list[Rater]:
    """So many assessors who have something to rate, in as many campaigns as that takes.

    The sample is solved once, and its timetable published in each campaign.
    """
    solved: Result | None = None
    made: list[Rater] = []
    while len(made) < number:
        campaign = service.new_campaign(tables_before_the_day(sample), f"Campaign {len(made)}")
        with service.database.writing() as work:
            record = work.campaigns.held(campaign)
            assert record is not None
            solved = solved or solve(work, record)
            publish(work, record, solved)
        made += _raters(service, campaign, number - len(made))
    return made


def solve(work: UnitOfWork, record: CampaignRecord) -> Result:
    """A timetable of the campaign as it stands."""
    opened = open_campaign(work, record)
    assert opened.campaign is not None
    return schedule_campaign(opened.campaign, Params(seconds=SOLVE_SECONDS, workers=2))


def publish(work: UnitOfWork, record: CampaignRecord, solved: Result) -> None:
    """Keep a timetable as a draft and publish it as version 1."""
    opened = open_campaign(work, record)
    assert opened.campaign is not None
    doing = Doing("program", utc_now())
    origin = Origin(SOLVE, "Solved")
    draft = keep_draft(work, record, opened.campaign, record.change, solved.timetable, origin, doing)
    publication = Publication(
        campaign_id=record.id,
        number=1,
        timetable_number=draft.number,
        campaign_change=record.change,
        published_by=doing.by,
        published_at=doing.at,
    )
    work.timetables.publish(publication, [])


def _raters(service: Service, campaign: str, most: int) -> list[Rater]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(campaign)
        assert record is not None
        published = latest_published(work, record)
        assert published is not None
        people = [
            a.reference
            for a in published.reading.campaign.problem.assessors
            if tasks_of(work, record, published, a.reference)
        ]
    return [_rater(service, record, published, person) for person in people[:most]]


def _rater(service: Service, record: CampaignRecord, published: Published, person: str) -> Rater:
    account = service.account(f"{person}-{record.id}@stepup.example".lower(), f"Assessor {person}")
    service.give(account, Role.ASSESSOR, "SOM", person, record.id)
    doing = Doing(account.id, utc_now())
    sheets = {}
    with service.database.writing() as work:
        for task in tasks_of(work, record, published, person):
            sheet = open_sheet(work, record, published, person, task.key, doing)
            assert sheet is not None
            sheets[sheet.id] = tuple(sheet.criteria)
    return Rater(record.id, person, account.id, token_of(service, account), sheets)


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of one answer that says how long it is."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
    return int(head.split(" ", 2)[1]), await reader.readexactly(int(length.partition(":")[2]))
