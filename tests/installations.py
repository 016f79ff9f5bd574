"""An installation in which everything exists once, for tests that go to every address: what each part of an
address may be."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi.testclient import TestClient

from api.campaign import Table
from api.clock import utc_now
from api.permissions import Role
from api.samples import sample_tables
from api.security import new_reference
from api.services.ask_forecast import ask_forecast
from api.services.ask_job import ask_job
from api.services.ask_letters import ask_letters
from api.services.ask_papers import ask_papers
from api.services.change_tables import DAY, IMPORT, add_row, put_tables
from api.services.doing import Doing
from api.services.keep_draft import SOLVE, Origin, keep_draft
from api.services.make_up_installation import AFTERWARDS
from api.services.manage_accounts import invite
from api.services.manage_tokens import make_token
from api.services.open_campaign import open_campaign
from api.services.published_timetable import latest_published
from api.services.rating_sheets import open_sheet, tasks_of
from api.services.save_ratings import Typed, save_ratings
from api.services.schedule_campaign import schedule_campaign
from api.services.work_out_allocation import work_out_allocation
from api.storage.tables.campaigns import CampaignRecord, StoredUpload
from api.storage.tables.jobs import JobKind
from api.storage.tables.people import Account
from api.storage.tables.proposals import Proposal
from api.storage.tables.ratings import RatingSheet
from api.storage.tables.timetables import Publication
from api.storage.unit_of_work import UnitOfWork
from scheduler.params import Params
from tests.service import Service, install

SCOPES = ("read", "write", "solve")


@dataclass
class Installation:
    """`values` holds, for each parameter of an address, something that is there; `tokens` one per scope.

    `put_back` brings the database back to how it was, where a test has kept it.
    """

    service: Service
    values: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, TestClient] = field(default_factory=dict)
    put_back: Callable[[], None] = lambda: None

    @property
    def base(self) -> str:
        return self.service.base

    def address(self, path: str) -> str:
        """A path with its parameters filled in. Raises `KeyError` for a parameter without a value."""
        return path.format(**self.values)


def install_everything(
    url: str, sample: str = "tiny", tables: dict[str, Table] | None = None
) -> Installation:
    """A campaign with a draft that is published, a job, an upload, tokens; and people of every kind."""
    service = install(url, sample, tables)
    made = Installation(service)
    newcomer = _people(made)
    _campaign(made)
    _day_and_after(made, sample)
    made.values |= {
        "campaign": service.campaign,
        "partnership": service.partnership,
        "account": newcomer.id,
        "act": "close",
        "table": "applicants",
        "setting": "offer_hours",
        "part": "timetable",
        "change": "1",
    }
    for who in (*(role.value for role in Role), "administrator"):
        made.browsers[who] = service.browser(who)
    made.browsers["stranger"] = service.browser("nobody")
    made.browsers["nobody"] = service.browser(None)
    return made


def _people(made: Installation) -> Account:
    """Somebody invited who has not come in, with their link, and tokens for programs."""
    service, doing = made.service, Doing("program", utc_now())
    with service.database.writing() as work:
        newcomer, link = invite(work, "Nia Newcomer", "new@stepup.example", doing)
        made.values["token"] = link or ""
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        by = Doing(service.accounts["organiser"].id, doing.at)
        for scope in SCOPES:
            token, secret = make_token(work, record, f"Program that may {scope}", [scope], "30", by)
            made.tokens[scope] = secret
            made.values["api_token"] = token.id
    service.give(newcomer, Role.CENTRE_MANAGER)
    with service.database.reading() as work:
        membership = work.memberships.of(newcomer.id, service.campaign)
        assert membership is not None
        made.values["membership"] = membership.id
    return newcomer


def _campaign(made: Installation) -> None:
    service, now = made.service, utc_now()
    doing = Doing(service.accounts["organiser"].id, now)
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        opened = open_campaign(work, record)
        assert opened.campaign is not None
        result = schedule_campaign(opened.campaign, Params(seconds=10, workers=1))
        origin = Origin(SOLVE, "Solved")
        draft = keep_draft(work, record, opened.campaign, record.change, result.timetable, origin, doing)
        published = Publication(
            campaign_id=record.id,
            number=1,
            timetable_number=draft.number,
            campaign_change=record.change,
            published_by=doing.by,
            published_at=now + datetime.timedelta(seconds=1),
        )
        work.timetables.publish(published, [])
        run = next(entry for entry in result.timetable.entries if entry.panel)
        asked = {"seconds": 10, "seed": 0}
        jobs = {
            "job": ask_job(work, record, JobKind.SCHEDULE, asked, doing),
            "explanation": ask_job(work, record, JobKind.EXPLAIN, asked, doing),
            "forecast": ask_forecast(work, record, {}, doing),
            "papers": ask_papers(work, record, "draft-1", "then", "Europe/London", doing),
        }
        day = {
            "draft": draft.number,
            "version": 1,
            "day": run.session,
            "seconds": 2,
            "now": "2015-07-06 08:00",
        }
        absent = {"absent": [run.person], "late": [], "leaving": [], "rooms_lost": []}
        jobs["repair"] = ask_job(work, record, JobKind.REPAIR, {**day, **absent}, doing)
        upload = StoredUpload(id=new_reference(), campaign_id=record.id, made_by=doing.by, made_at=now)
        work.uploads.add(upload, [("councils.csv", b"council,name,places\nSOM,Somerset,3\n")])
        row = opened.tables["applicants"].rows[0]
    made.values |= {
        "number": str(draft.number),
        "draft": str(draft.number),
        "version": "1",
        "publication": "1",
        **{name: job.id for name, job in jobs.items()},
        "of": "draft-1",
        "session": run.session,
        "exercise": run.exercise,
        "sitting": run.sitting,
        "person": run.person,
        "applicant": next(e.person for e in result.timetable.entries if e.role == "applicant"),
        "capacity_file": "capacity.csv",
        "forecast_file": "forecast.csv",
        "upload": upload.id,
        "row_id": str(row.row_id),
    }


# What somebody has typed and not locked yet: nobody else may see it anywhere.
NOT_LOCKED = "Words that nobody but their writer has seen"
RELEASED_AT = "2015-08-03 09:00"


def _day_and_after(made: Installation, sample: str) -> None:
    """Everybody came or did not, everything is rated, offers are out; something of each is still open."""
    service, now = made.service, utc_now()
    doing = Doing(service.accounts["organiser"].id, now)
    later = {name: table for name, table in sample_tables(sample).items() if name in AFTERWARDS}
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        # Before anything is locked, so that what the sample has of these raters may stand.
        made.values["sheet"] = _sheets(work, record, service)
        put_tables(work, record, later, IMPORT, "Brought in what came after the day", doing)
        # Before the release: it may decide who is offered a place.
        flag = {
            "flag": "F01",
            "applicant": made.values["applicant"],
            "raised_by": "S01",
            "at": RELEASED_AT,
            "concern": "Something that no rating should decide.",
            "evidence": "What was heard.",
        }
        add_row(work, record, "flags", flag, doing, DAY)
        release = work_out_allocation(open_campaign(work, record))
        council = service.council
        rows = {
            "offer_events": {
                "event": "E01",
                "at": RELEASED_AT,
                "kind": "release",
                "offers_sha256": release.offers_sha256,
                "by": "Made-up Organiser",
                "second_by": "Made-up Second Organiser",
            },
            "place_requests": {
                "request": "R01",
                "council": council,
                "places": "3",
                "reason": "One more team.",
                "asked_by": "Made-up Officer",
                "at": RELEASED_AT,
            },
        }
        for table, row in rows.items():
            add_row(work, record, table, row, doing, DAY)
        proposal = Proposal(
            id=new_reference(),
            campaign_id=record.id,
            kind="pass",
            offers_sha256=release.offers_sha256,
            seen_at=RELEASED_AT,
            seen_change=record.change,
            proposed_by=doing.by,
            proposed_at=now,
        )
        work.proposals.add(proposal)
        letters = ask_letters(work, record, doing)
    made.values |= {
        "letters": letters.id,
        "offers_file": "offers.csv",
        "assessor": service.person,
        "criterion": "values",
        "proposal": proposal.id,
        "request": "R01",
        "flag": "F01",
        "council": council,
        "rater": service.person,
    }


def _sheets(work: UnitOfWork, record: CampaignRecord, service: Service) -> str:
    """A sheet of the assessor's, and one of somebody else's with words on it that are not locked.

    Returns the assessor's.
    """
    published = latest_published(work, record)
    assert published is not None
    own = service.person
    people = [own, *(a.reference for a in published.reading.campaign.problem.assessors if a.reference != own)]
    made: dict[str, RatingSheet] = {}
    for person in people:
        tasks = tasks_of(work, record, published, person)
        if tasks and len(made) < 2:
            account = service.accounts["assessor" if person == own else "nobody"].id
            doing = Doing(account, utc_now())
            sheet = open_sheet(work, record, published, person, tasks[0].key, doing)
            assert sheet is not None
            words = "Own words" if person == own else NOT_LOCKED
            typed = Typed(1, sheet.id, sheet.criteria[0], sheet.scale_min, words, doing.at)
            save_ratings(work, record.id, person, f"device0123456789{person}", [typed], doing)
            made[person] = sheet
    assert len(made) == 2
    return made[own].id
