"""An installation in which everything exists once, for tests that go to every address: what each part of an
address may be."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi.testclient import TestClient

from api.clock import utc_now
from api.permissions import Role
from api.security import new_reference
from api.services.ask_forecast import ask_forecast
from api.services.ask_job import ask_job
from api.services.ask_papers import ask_papers
from api.services.doing import Doing
from api.services.keep_draft import SOLVE, Origin, keep_draft
from api.services.manage_accounts import invite
from api.services.manage_tokens import make_token
from api.services.open_campaign import open_campaign
from api.services.schedule_campaign import schedule_campaign
from api.storage.tables.campaigns import StoredUpload
from api.storage.tables.jobs import JobKind
from api.storage.tables.people import Account
from api.storage.tables.timetables import Publication
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


def install_everything(url: str, sample: str = "tiny") -> Installation:
    """A campaign with a draft that is published, a job, an upload, tokens; and people of every kind."""
    service = install(url, sample)
    made = Installation(service)
    newcomer = _people(made)
    _campaign(made)
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
        asked = {"seconds": 10, "seed": 0}
        jobs = {
            "job": ask_job(work, record, JobKind.SCHEDULE, asked, doing),
            "explanation": ask_job(work, record, JobKind.EXPLAIN, asked, doing),
            "forecast": ask_forecast(work, record, {}, doing),
            "papers": ask_papers(work, record, "draft-1", "then", "Europe/London", doing),
        }
        upload = StoredUpload(id=new_reference(), campaign_id=record.id, made_by=doing.by, made_at=now)
        work.uploads.add(upload, [("councils.csv", b"council,name,places\nSOM,Somerset,3\n")])
        run = next(entry for entry in result.timetable.entries if entry.panel)
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
        "capacity_file": "capacity.csv",
        "forecast_file": "forecast.csv",
        "upload": upload.id,
        "row_id": str(row.row_id),
    }
