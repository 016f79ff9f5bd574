"""The sample `tiny` with its timetable published, and raters with accounts: for tests of rating."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.testclient import TestClient

from api.campaign import Campaign
from api.clock import utc_now
from api.permissions import Role
from api.services.change_tables import DAY, add_rows
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from api.services.published_timetable import Published, latest_published
from api.services.rating_sheets import open_sheet
from api.storage.tables.campaigns import CampaignRecord
from api.storage.tables.people import Account
from api.storage.tables.ratings import RatingSheet
from api.storage.unit_of_work import UnitOfWork
from tests.api.routes.drafts_made import bring_in_draft
from tests.service import Service

INTERVIEW_OF = ("values", "communication", "analysis", "reflection", "motivation")
DEVICE = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Held:
    """One unit of work that writes, with the campaign held."""

    work: UnitOfWork
    record: CampaignRecord
    published: Published
    campaign: Campaign
    doing: Doing


def publish_draft(service: Service) -> None:
    """The tiny timetable, published as version 1: S01 and S04 interview A007, A003 and A001."""
    organiser = service.browser("organiser")
    bring_in_draft(service, organiser)
    fields = {"version": "1", "change": "1"}
    answer = organiser.post(f"{service.base}/publish/draft/1", data=fields)
    assert answer.status_code == 303


@contextmanager
def held(service: Service, who: str | Account = "assessor") -> Iterator[Held]:
    account = service.accounts[who] if isinstance(who, str) else who
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        published = latest_published(work, record)
        campaign = open_campaign(work, record).campaign
        assert published is not None
        assert campaign is not None
        yield Held(work, record, published, campaign, Doing(account.id, utc_now()))


def made_sheet_of(
    service: Service,
    person: str = "S01",
    applicant: str = "A007",
    exercise: str = "interview",
    rater: str = "",
) -> RatingSheet:
    """A sheet that is open, with nothing on it."""
    with held(service) as at:
        key = (applicant, exercise, rater or person)
        sheet = open_sheet(at.work, at.record, at.published, person, key, at.doing)
        assert sheet is not None
    return sheet


def another(service: Service, person: str) -> Account:
    """Somebody else who rates: an assessor, or the supporter of a group."""
    account = service.account(f"{person.lower()}@stepup.example", f"Made-up {person}")
    service.give(account, Role.ASSESSOR, "SOM", person)
    service.accounts[person] = account
    return account


def entry(
    number: int, sheet: str, criterion: str, rating: int | None, evidence: str = "", at: str = ""
) -> dict[str, object]:
    """One entry as a device sends it."""
    return {
        "number": number,
        "sheet": sheet,
        "criterion": criterion,
        "rating": rating,
        "evidence": evidence,
        "typed_at": at or utc_now().isoformat(),
    }


def send(
    browser: TestClient, service: Service, *entries: dict[str, object], device: str = DEVICE
) -> dict[str, list[dict[str, object]]]:
    answer = browser.post(f"{service.base}/rate/entries", json={"device": device, "entries": list(entries)})
    assert answer.status_code == 200, answer.text
    told: dict[str, list[dict[str, object]]] = answer.json()
    return told


def fill(
    browser: TestClient, service: Service, sheet: RatingSheet, rating: int = 3, device: str = DEVICE
) -> None:
    """A rating and evidence on every criterion."""
    entries = [
        entry(n, sheet.id, c, rating, f"Saw {c} of {sheet.applicant}, noted by {sheet.rater}.")
        for n, c in enumerate(sheet.criteria, start=1)
    ]
    told = send(browser, service, *entries, device=device)
    assert (len(told["kept"]), told["refused"]) == (len(entries), [])


def lock(browser: TestClient, service: Service, sheet: RatingSheet) -> None:
    """As its page does it."""
    from tests.api.routes.page_reading import PageReading

    page = PageReading(browser.get(f"{service.base}/rate/{sheet.id}/lock").text)
    answer = browser.post(f"{service.base}/rate/{sheet.id}/lock", data={"seen": page.fields["seen"][0]})
    assert answer.status_code == 303, answer.text


def note_attendance(service: Service, applicant: str, status: str) -> None:
    with held(service, "centre_manager") as at:
        row = {"applicant": applicant, "status": status}
        add_rows(at.work, at.record, "attendance", [row], at.doing, DAY)
