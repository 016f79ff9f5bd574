"""Ratings of the sample `tiny` locked or begun, for tests of the boards and the wash-up."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.services.change_tables import DAY, add_rows
from api.services.lock_ratings import lock_sheet
from tests.api.routes.page_reading import PageReading
from tests.rating_made import another, fill, held, made_sheet_of, publish_draft
from tests.service import Service

PANEL = ("S01", "S04")
CELL = "A007/interview/values"


def begin(service: Service, person: str, rating: int, applicant: str = "A007") -> str:
    """An interview rated in full by somebody of its panel, and not locked. Returns the sheet's reference."""
    if person != "S01" and person not in service.accounts:
        another(service, person)
    account = service.accounts["assessor" if person == "S01" else person]
    sheet = made_sheet_of(service, person, applicant)
    fill(service.browser(account), service, sheet, rating, device=f"{person}{applicant}".ljust(32, "0"))
    return sheet.id


def lock_begun(service: Service, sheet: str) -> None:
    with held(service) as at:
        found = at.work.ratings.sheet(at.record.id, sheet, held=True)
        assert found is not None
        lock_sheet(at.work, at.record, found, at.doing)


def rate(service: Service, person: str, rating: int, applicant: str = "A007") -> None:
    """The same, and locked."""
    lock_begun(service, begin(service, person, rating, applicant))


def come(service: Service, *applicants: str) -> None:
    """Note that these came."""
    rows = [{"applicant": applicant, "status": "attended"} for applicant in applicants]
    with held(service, "centre_manager") as at:
        add_rows(at.work, at.record, "attendance", rows, at.doing, DAY)


def two_apart(service: Service) -> None:
    """A007's panel has locked, S01 gave 2 on everything and S04 gave 4."""
    publish_draft(service)
    come(service, "A007", "A001")
    rate(service, "S01", 2)
    rate(service, "S04", 4)


def send_form(browser: TestClient, url: str, **fields: str) -> tuple[int, str, PageReading]:
    """Status, where it leads, and what the page says."""
    answer = browser.post(url, data=fields)
    return answer.status_code, answer.headers.get("location", ""), PageReading(answer.text)
