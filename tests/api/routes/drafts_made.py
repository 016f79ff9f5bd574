"""A sound timetable of the sample `tiny` for tests of pages: kept as files, brought in by its page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from fastapi.testclient import TestClient

from api.campaign import Table
from api.clock import utc_now
from api.services.change_tables import IMPORT, put_tables
from api.services.doing import Doing
from api.services.open_campaign import plain_tables
from tests.api.routes.page_reading import PageReading
from tests.service import Service

FILES = Path(__file__).parent / "tiny_draft"
INTERVIEW = {"session": "H02", "exercise": "interview", "sitting": "H02-interview-1"}
ROTATING = {"session": "H02", "exercise": "service_users", "sitting": "H02-service_users-1"}


def bring_in_draft(service: Service, browser: TestClient | None = None) -> str:
    """The timetable as the next draft. Returns the address of the timetables."""
    base = f"{service.base}/timetables"
    files = [("files", (path.name, path.read_bytes(), "text/csv")) for path in sorted(FILES.glob("*.csv"))]
    answer = (browser or service.browser("organiser")).post(f"{base}/files", files=files)
    assert answer.status_code == 303, answer.text
    return base


def read(browser: TestClient, url: str, status: int = 200) -> PageReading:
    """What a page says."""
    answer = browser.get(url)
    assert answer.status_code == status, answer.text
    return PageReading(answer.text)


def asked_of(url: str, **parameters: str) -> str:
    return f"{url}?{urlencode(parameters)}"


def forget_applicant(service: Service, applicant: str) -> None:
    """Take somebody out of all tables, as an organiser would who brings in a new workbook."""
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        tables = plain_tables(work.campaigns.tables(record))
        left = {
            name: Table(name, table.columns, tuple(row for row in table.rows if applicant not in row))
            for name, table in tables.items()
        }
        put_tables(work, record, left, IMPORT, "Brought in anew", Doing("program", utc_now()))
